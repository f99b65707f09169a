/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "api/vrf-check.h"

G_BEGIN_DECLS

/*
 * One check: icon, name, value, how long it took; below it, once opened, the attempts before it.
 * Calls the actions "session.read-attempts" and "session.retry-check", both with the policy.
 */
#define VRF_TYPE_CHECK_ROW (vrf_check_row_get_type ())
G_DECLARE_FINAL_TYPE (VrfCheckRow, vrf_check_row, VRF, CHECK_ROW, GtkListBoxRow)

GtkWidget *
vrf_check_row_new (void);

/* @category: (nullable): stands above the first check of its category */
void
vrf_check_row_set_category (VrfCheckRow *self, const char *category);
/* No line below: the next row belongs to the same category. */
void
vrf_check_row_set_joined (VrfCheckRow *self, gboolean joined);
/* @attempts: (nullable) (element-type VrfCheck): all of them, NULL as long as they are not read */
void
vrf_check_row_set_check (VrfCheckRow *self, const VrfCheck *check, GPtrArray *attempts);
/* @possible: it can be tried again; @busy: that is on its way */
void
vrf_check_row_set_retry (VrfCheckRow *self, gboolean possible, gboolean busy);

G_END_DECLS
