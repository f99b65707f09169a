/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* One way from a button to the server for every action on a session: asks where something would be
 * lost, sends, tells. */

/**
 * VrfActFuncs:
 * @started: the request is on its way; not called when the person cancels
 * @done: it came back; @error is %NULL when it worked. The widget may show another row by then
 *
 * What the widget does about it. Both are called on the widget that vrf_act_run() was given, unless
 * it is gone from its window by then.
 */
typedef struct
{
  void (*started) (GtkWidget *widget, VrfAction action);
  void (*done) (GtkWidget *widget, VrfRow *row, VrfAction action, const GError *error);
} VrfActFuncs;

void
vrf_act_run (GtkWidget *widget,
             VrfBackend *backend,
             VrfRow *row,
             VrfAction action,
             const VrfActFuncs *funcs);

gboolean
vrf_act_asks (VrfRow *row, VrfAction action);
const char *
vrf_act_get_receipt (VrfAction action);
char *
vrf_act_dup_failure (const GError *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
