/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/vrf-index.h"

G_BEGIN_DECLS

/*
 * A profile's index on a thread of its own: the main loop never waits for the disk. What is asked
 * is done in the order in which it was asked, except that counting makes way for everything else.
 * Writes are not waited for; "failed" (GError) tells once when the index cannot be used, or when
 * what was there was set aside (then it is empty, and what is known is to be written again).
 */
#define VRF_TYPE_STORE (vrf_store_get_type ())
G_DECLARE_FINAL_TYPE (VrfStore, vrf_store, VRF, STORE, GObject)

VrfStore *
vrf_store_new (const char *directory) G_GNUC_WARN_UNUSED_RESULT;
/* Where a profile's files are: $XDG_DATA_HOME/verifa-desk/profiles/ID. */
char *
vrf_store_dup_directory (const char *profile_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * VrfStoreStart: what a window begins with. @entries: VrfIndexEntry; @workflows: id → name.
 */
typedef struct
{
  GPtrArray *entries;
  GHashTable *workflows;
  VrfIndexSync sync;
  VrfIndexCounts counts;
} VrfStoreStart;

void
vrf_store_start_clear (VrfStoreStart *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VrfStoreStart, vrf_store_start_clear)

/* The one read that the main loop waits for: before anything else is asked. */
gboolean
vrf_store_open (VrfStore *self,
                const VrfIndexQuery *query,
                guint limit,
                VrfStoreStart *ret_start,
                GError **error);

void
vrf_store_put (VrfStore *self, GPtrArray *entries); /* transfer full */
void
vrf_store_remove (VrfStore *self, const char *const *ids);
void
vrf_store_keep_only (VrfStore *self, gint64 from_us, gint64 until_us, const char *const *ids);
void
vrf_store_set_workflows (VrfStore *self, GHashTable *names); /* transfer full: id → name */
void
vrf_store_set_synced (VrfStore *self, const VrfIndexSync *sync);

void
vrf_store_page_async (VrfStore *self,
                      const VrfIndexQuery *query,
                      guint offset,
                      guint limit,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
GPtrArray *
vrf_store_page_finish (VrfStore *self,
                       GAsyncResult *result,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_store_count_async (VrfStore *self,
                       const VrfIndexQuery *query,
                       gint64 most,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
gint64
vrf_store_count_finish (VrfStore *self, GAsyncResult *result, GError **error);
void
vrf_store_count_views_async (VrfStore *self,
                             gint64 midnight_us,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean
vrf_store_count_views_finish (VrfStore *self,
                              GAsyncResult *result,
                              VrfIndexCounts *ret_counts,
                              GError **error);

/* Ends when everything is written and the file is closed. Nothing may be asked afterwards. */
void
vrf_store_close_async (VrfStore *self, GAsyncReadyCallback callback, gpointer user_data);
void
vrf_store_close_finish (VrfStore *self, GAsyncResult *result);
/* As close, and the files are deleted. */
void
vrf_store_forget_async (VrfStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean
vrf_store_forget_finish (VrfStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
