/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/* Puts the capture URL of the row on the clipboard, and takes it away again the moment the link
 * cannot be opened any more, if it is still ours. Outlives the dialog that asked for it. */
void
vrf_link_copy (GdkClipboard *clipboard, VrfRow *row);
void
vrf_link_copy_follow (GdkClipboard *clipboard, VrfRow *row);

G_END_DECLS
