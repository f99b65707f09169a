/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The metadata lines at the end of an expander row: one entry a line, and always an empty one to
 * write the next into. Signals: "changed", "activated" (Enter in one of them).
 */
#define VRF_TYPE_METADATA_ROWS (vrf_metadata_rows_get_type ())
G_DECLARE_FINAL_TYPE (VrfMetadataRows, vrf_metadata_rows, VRF, METADATA_ROWS, GObject)

VrfMetadataRows *
vrf_metadata_rows_new (AdwExpanderRow *expander, guint max_lines) G_GNUC_WARN_UNUSED_RESULT;

char *
vrf_metadata_rows_dup_text (VrfMetadataRows *self) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_metadata_rows_set_text (VrfMetadataRows *self, const char *text);
GtkWidget *
vrf_metadata_rows_get_first (VrfMetadataRows *self);

G_END_DECLS
