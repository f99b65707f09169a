/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _VrfBackend VrfBackend;

/*
 * Whether our sandbox lets phones on the same network in, so that a guest's phone can open the QR
 * code. Off when the program starts, and again by itself after an hour. "changed" tells that any of
 * this is another than before.
 */
#define VRF_TYPE_PHONES (vrf_phones_get_type ())
G_DECLARE_FINAL_TYPE (VrfPhones, vrf_phones, VRF, PHONES, GObject)

/* @backend: borrowed; it owns the object */
VrfPhones *
vrf_phones_new (VrfBackend *backend) G_GNUC_WARN_UNUSED_RESULT;

/* Asks the server how it is. */
void
vrf_phones_refresh (VrfPhones *self);
/* For an hour from now, or no longer. */
void
vrf_phones_let_in (VrfPhones *self, gboolean let_in);

gboolean
vrf_phones_are_in (VrfPhones *self);
gboolean
vrf_phones_is_busy (VrfPhones *self);
/* "http://192.168.1.7:41234"; NULL while none is let in */
const char *
vrf_phones_get_url (VrfPhones *self);
/* Real time; VRF_TIME_NONE while none is let in */
gint64
vrf_phones_get_ends_at (VrfPhones *self);
/* A sentence for a person; NULL unless the last wish failed */
const char *
vrf_phones_get_problem (VrfPhones *self);

G_END_DECLS
