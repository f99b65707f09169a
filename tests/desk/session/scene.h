/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* What the tests of dialogs and pages share: a backend that was not started, rows in any state, and
 * a look into the widget tree. Names and numbers are invented. */

/* Its clock stands at the computer's time. */
VrfBackend *
scene_backend_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The one row "BK-20417" in the status; a link that is good for @left_s, none at 0. Borrowed. */
VrfRow *
scene_row (VrfBackend *backend, const char *status, int left_s);
/* The same with another reference and "is_sandbox": @sandbox. */
VrfRow *
scene_other_row (VrfBackend *backend, const char *id, const char *status, gboolean sandbox);
/* One of which the server told only @more, members of JSON in single quotes. */
VrfRow *
scene_told_row (VrfBackend *backend, const char *id, const char *status, const char *more);
void
scene_set_result (VrfRow *row, const char *status, double face_score);

/* The first widget below @root, itself included, of the type and, unless NULL, with the text. */
GtkWidget *
scene_find (GtkWidget *root, GType type, const char *text);
/* Whether a label with the text in it is shown below @root. */
gboolean
scene_shows (GtkWidget *root, const char *text);
/* Everything that is ready now. */
void
scene_drain (void);

G_END_DECLS
