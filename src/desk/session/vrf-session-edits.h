/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The actions "session.…" with which the sections of a VrfSessionView change the session. */

void
vrf_session_edits_install (GtkWidgetClass *widget_class);
/* What to say when a change worked and nothing else on the page shows it; nullable. */
const char *
vrf_session_edits_get_receipt (int right);

G_END_DECLS
