/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/vrf-index-entry.h"
#include "store/vrf-index-query.h"

G_BEGIN_DECLS

/*
 * Every session this desk has ever loaded of one profile, nothing personal of any: index.db in the
 * profile's directory. It is a copy of what the server said and may be deleted at any time.
 * Synchronous, for one thread at a time; VrfStore keeps it off the main loop. Errors of all calls:
 * VRF_ERROR_STORE, VRF_ERROR_STORE_BUSY, and G_IO_ERROR_CANCELLED after vrf_index_interrupt().
 */
#define VRF_TYPE_INDEX (vrf_index_get_type ())
G_DECLARE_FINAL_TYPE (VrfIndex, vrf_index, VRF, INDEX, GObject)

VrfIndex *
vrf_index_open (const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfIndex *
vrf_index_open_anew (const char *directory,
                     GError **ret_why,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfIndex *
vrf_index_open_empty (const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_index_exists (const char *directory);
gboolean
vrf_index_forget (const char *directory, GError **error);
/* From any thread. */
void
vrf_index_interrupt (VrfIndex *self);
gboolean
vrf_index_is_damaged (VrfIndex *self);

/* Writing */
gboolean
vrf_index_put (VrfIndex *self, GPtrArray *entries, GError **error);
gboolean
vrf_index_remove (VrfIndex *self, const char *const *ids, GError **error);
gboolean
vrf_index_keep_only (
    VrfIndex *self, gint64 from_us, gint64 until_us, const char *const *ids, GError **error);
gboolean
vrf_index_set_workflow (VrfIndex *self, const char *id, const char *name, GError **error);
gboolean
vrf_index_set_synced (VrfIndex *self, const VrfIndexSync *sync, GError **error);
gboolean
vrf_index_needs_scrub (VrfIndex *self);
gboolean
vrf_index_scrub (VrfIndex *self, GError **error);

/* Reading */
GPtrArray *
vrf_index_page (VrfIndex *self,
                const VrfIndexQuery *query,
                guint offset,
                guint limit,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64
vrf_index_count (VrfIndex *self, const VrfIndexQuery *query, gint64 most, GError **error);
gboolean
vrf_index_count_views (VrfIndex *self,
                       gint64 midnight_us,
                       VrfIndexCounts *ret_counts,
                       GError **error);
VrfIndexEntry *
vrf_index_lookup (VrfIndex *self, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *
vrf_index_dup_workflows (VrfIndex *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_index_get_synced (VrfIndex *self, VrfIndexSync *ret_sync, GError **error);

G_END_DECLS
