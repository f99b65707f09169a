/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/*
 * One mail of the outbox as its plain text, which it asks the sandbox for. "changed" comes when
 * there is a link to copy, or none any more. For a window with the action "outbox.refresh", which
 * lists the mails again and sets the id of one.
 */
#define VRF_TYPE_MAIL_VIEW (vrf_mail_view_get_type ())
G_DECLARE_FINAL_TYPE (VrfMailView, vrf_mail_view, VRF, MAIL_VIEW, GtkWidget)

void
vrf_mail_view_setup (VrfMailView *self, VrfBackend *backend);
/* @mail_id: nullable: shows nothing. What did not load is asked for again. */
void
vrf_mail_view_set_mail_id (VrfMailView *self, const char *mail_id);
const char *
vrf_mail_view_get_mail_id (VrfMailView *self); /* nullable */
gboolean
vrf_mail_view_has_link (VrfMailView *self);
/* With a link only. Takes it off the clipboard when it dies, as far as the desk knows. */
void
vrf_mail_view_copy_link (VrfMailView *self);

/* "invite" as "Invitation"; a newer word stays as it is. */
const char *
vrf_mail_kind_to_text (const char *kind);

G_END_DECLS
