/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VRF_TYPE_KV_ROW (vrf_kv_row_get_type ())
G_DECLARE_FINAL_TYPE (VrfKvRow, vrf_kv_row, VRF, KV_ROW, GtkListBoxRow)

GtkWidget *
vrf_kv_row_new (const char *key, const char *value);

void
vrf_kv_row_set_key (VrfKvRow *self, const char *key);
void
vrf_kv_row_set_value (VrfKvRow *self, const char *value);
const char *
vrf_kv_row_get_value (VrfKvRow *self);
void
vrf_kv_row_set_mono (VrfKvRow *self, gboolean mono);
void
vrf_kv_row_set_copyable (VrfKvRow *self, gboolean copyable);
void
vrf_kv_row_set_masked (VrfKvRow *self, gboolean masked);
void
vrf_kv_row_set_mask (VrfKvRow *self, const char *mask);
void
vrf_kv_row_set_revealed (VrfKvRow *self, gboolean revealed);
void
vrf_kv_row_set_suffix (VrfKvRow *self, GtkWidget *suffix);

G_END_DECLS
