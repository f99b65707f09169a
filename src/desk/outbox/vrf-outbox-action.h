/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/* Adds the action "outbox" to @window: what the sandbox would have sent. It is enabled while the
 * server is a sandbox of ours and the key one of its sandbox; Verifa's service sends its mails. */
void
vrf_outbox_install (GtkApplicationWindow *window, VrfBackend *backend);

G_END_DECLS
