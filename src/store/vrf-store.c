/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include "store/vrf-store.h"

#include "store/vrf-store-worker.h"

struct _VrfStore
{
  GObject parent_instance;

  /* owned */
  char *directory;
  VrfStoreWorker *worker;

  gboolean closed;
};

G_DEFINE_FINAL_TYPE (VrfStore, vrf_store, G_TYPE_OBJECT)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
told_cb (gpointer user_data, const GError *error)
{
  g_signal_emit (user_data, signals[SIGNAL_FAILED], 0, error);
}

static void
vrf_store_finalize (GObject *object)
{
  VrfStore *self = VRF_STORE (object);

  vrf_store_worker_end (self->worker);
  g_clear_pointer (&self->worker, vrf_store_worker_unref);
  g_clear_pointer (&self->directory, g_free);

  G_OBJECT_CLASS (vrf_store_parent_class)->finalize (object);
}

static void
vrf_store_class_init (VrfStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_store_finalize;

  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_ERROR);
}

static void
vrf_store_init (VrfStore *self)
{
}

/**
 * vrf_store_new:
 * @directory: (type filename): the profile's
 *
 * Returns: (transfer full): a store; nothing is opened yet
 */
VrfStore *
vrf_store_new (const char *directory)
{
  VrfStore *self = g_object_new (VRF_TYPE_STORE, NULL);
  GWeakRef who;

  self->directory = g_strdup (directory);
  g_weak_ref_init (&who, self);
  self->worker = vrf_store_worker_new (directory, told_cb, &who);
  g_weak_ref_clear (&who);
  return self;
}

/** vrf_store_dup_directory: Returns: (transfer full): where the files of this profile are */
char *
vrf_store_dup_directory (const char *profile_id)
{
  return g_build_filename (g_get_user_data_dir (), "verifa-desk", "profiles", profile_id, NULL);
}

/* Start */

/** vrf_store_start_clear: lets go what @self holds */
void
vrf_store_start_clear (VrfStoreStart *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->workflows, g_hash_table_unref);
}

static gboolean
read_start (
    VrfIndex *index, const VrfIndexQuery *query, guint limit, VrfStoreStart *start, GError **error)
{
  start->entries = vrf_index_page (index, query, 0, limit, error);
  if (start->entries == NULL)
    return FALSE;
  start->workflows = vrf_index_dup_workflows (index, error);
  return start->workflows != NULL && vrf_index_get_synced (index, &start->sync, error)
         && vrf_index_count_views (index, query->midnight_us, &start->counts, error);
}

/**
 * vrf_store_open:
 * @self: a store of which nothing was asked yet
 * @query: what the window shows
 * @limit: how many rows it shows first
 * @ret_start: (out): what it begins with; cleared with vrf_store_start_clear() in any case
 * @error: why there is nothing; also when a file was set aside, and then the store works
 *
 * Reads on the caller's thread: a few milliseconds, whatever the size. An index that is not there
 * is not made here: that takes longer.
 */
gboolean
vrf_store_open (VrfStore *self,
                const VrfIndexQuery *query,
                guint limit,
                VrfStoreStart *ret_start,
                GError **error)
{
  g_autoptr (GError) why = NULL;
  VrfIndex *index = NULL;
  gboolean ok = FALSE;

  *ret_start = (VrfStoreStart){ .sync.synced_at = G_MININT64 };
  if (!vrf_index_exists (self->directory))
    {
      ret_start->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);
      ret_start->workflows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      return TRUE;
    }
  index = vrf_index_open_anew (self->directory, &why, error);
  if (index == NULL)
    return FALSE;
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  else
    ok = read_start (index, query, limit, ret_start, error);
  if (!ok && vrf_index_is_damaged (index))
    g_object_unref (index); /* the worker finds it out, and what to do */
  else
    vrf_store_worker_set_index (self->worker, index);
  return ok;
}

/* Writing: each job has what it writes as its task's data */

static void
push (VrfStore *self, VrfStoreJobKind kind, GTask *task, VrfStoreRun run)
{
  g_return_if_fail (!self->closed);
  vrf_store_worker_push (self->worker, kind, task, run);
}

static void
push_write (VrfStore *self, gpointer tag, gpointer data, GDestroyNotify free_data, VrfStoreRun run)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, data, free_data);
  push (self, VRF_STORE_JOB_NORMAL, task, run);
}

static gboolean
end_write (GTask *task, gboolean ok)
{
  if (ok)
    g_task_return_boolean (task, TRUE);
  return ok;
}

static gboolean
run_put (VrfIndex *index, GTask *task, GError **error)
{
  return end_write (task, vrf_index_put (index, g_task_get_task_data (task), error));
}

/** vrf_store_put: @entries: (transfer full) (element-type VrfIndexEntry): see vrf_index_put() */
void
vrf_store_put (VrfStore *self, GPtrArray *entries)
{
  push_write (self, vrf_store_put, entries, (GDestroyNotify) g_ptr_array_unref, run_put);
}

static gboolean
run_remove (VrfIndex *index, GTask *task, GError **error)
{
  return end_write (task, vrf_index_remove (index, g_task_get_task_data (task), error));
}

/** vrf_store_remove: forgets these, and scrubs their traces; see vrf_index_remove() */
void
vrf_store_remove (VrfStore *self, const char *const *ids)
{
  push_write (
      self, vrf_store_remove, g_strdupv ((char **) ids), (GDestroyNotify) g_strfreev, run_remove);
}

typedef struct
{
  gint64 from_us;
  gint64 until_us;
  GStrv ids;
} KeepOnly;

static void
keep_only_free (gpointer data)
{
  KeepOnly *keep = data;

  g_strfreev (keep->ids);
  g_free (keep);
}

static gboolean
run_keep_only (VrfIndex *index, GTask *task, GError **error)
{
  KeepOnly *keep = g_task_get_task_data (task);

  return end_write (
      task,
      vrf_index_keep_only (
          index, keep->from_us, keep->until_us, (const char *const *) keep->ids, error));
}

/** vrf_store_keep_only: see vrf_index_keep_only() */
void
vrf_store_keep_only (VrfStore *self, gint64 from_us, gint64 until_us, const char *const *ids)
{
  KeepOnly *keep = g_new0 (KeepOnly, 1);

  keep->from_us = from_us;
  keep->until_us = until_us;
  keep->ids = g_strdupv ((char **) ids);
  push_write (self, vrf_store_keep_only, keep, keep_only_free, run_keep_only);
}

static gboolean
run_set_workflows (VrfIndex *index, GTask *task, GError **error)
{
  GHashTableIter iter;
  gpointer id, name;

  g_hash_table_iter_init (&iter, g_task_get_task_data (task));
  while (g_hash_table_iter_next (&iter, &id, &name))
    if (!vrf_index_set_workflow (index, id, name, error))
      return FALSE;
  return end_write (task, TRUE);
}

/** vrf_store_set_workflows: @names: (transfer full): id → name */
void
vrf_store_set_workflows (VrfStore *self, GHashTable *names)
{
  push_write (
      self, vrf_store_set_workflows, names, (GDestroyNotify) g_hash_table_unref, run_set_workflows);
}

static gboolean
run_set_synced (VrfIndex *index, GTask *task, GError **error)
{
  return end_write (task, vrf_index_set_synced (index, g_task_get_task_data (task), error));
}

/** vrf_store_set_synced: see vrf_index_set_synced() */
void
vrf_store_set_synced (VrfStore *self, const VrfIndexSync *sync)
{
  push_write (self, vrf_store_set_synced, g_memdup2 (sync, sizeof *sync), g_free, run_set_synced);
}

/* Reading */

typedef struct
{
  VrfIndexQuery *query;
  guint offset;
  guint limit;
  gint64 most;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  vrf_index_query_free (question->query);
  g_free (question);
}

static GTask *
ask (VrfStore *self,
     gpointer tag,
     const VrfIndexQuery *query,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->query = vrf_index_query_copy (query);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, question, question_free);
  return task;
}

static gboolean
run_page (VrfIndex *index, GTask *task, GError **error)
{
  const Question *question = g_task_get_task_data (task);
  GPtrArray *page =
      vrf_index_page (index, question->query, question->offset, question->limit, error);

  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) g_ptr_array_unref);
  return page != NULL;
}

/** vrf_store_page_async: see vrf_index_page(); @query is copied */
void
vrf_store_page_async (VrfStore *self,
                      const VrfIndexQuery *query,
                      guint offset,
                      guint limit,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data) /* check: allow parameters: an _async of three */
{
  g_autoptr (GTask) task =
      ask (self, vrf_store_page_async, query, cancellable, callback, user_data);
  Question *question = g_task_get_task_data (task);

  question->offset = offset;
  question->limit = limit;
  push (self, VRF_STORE_JOB_NORMAL, task, run_page);
}

/** vrf_store_page_finish: Returns: (nullable) (transfer full) (element-type VrfIndexEntry): */
GPtrArray *
vrf_store_page_finish (VrfStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_store_page_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
run_count (VrfIndex *index, GTask *task, GError **error)
{
  const Question *question = g_task_get_task_data (task);
  gint64 n = vrf_index_count (index, question->query, question->most, error);

  if (n >= 0)
    g_task_return_pointer (task, g_memdup2 (&n, sizeof n), g_free);
  return n >= 0;
}

/** vrf_store_count_async: see vrf_index_count(); makes way for everything else */
void
vrf_store_count_async (VrfStore *self,
                       const VrfIndexQuery *query,
                       gint64 most,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task =
      ask (self, vrf_store_count_async, query, cancellable, callback, user_data);

  ((Question *) g_task_get_task_data (task))->most = most;
  push (self, VRF_STORE_JOB_SLOW, task, run_count);
}

/** vrf_store_count_finish: Returns: how many, -1 with an error */
gint64
vrf_store_count_finish (VrfStore *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *n = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_store_count_async), -1);
  n = g_task_propagate_pointer (G_TASK (result), error);
  return n != NULL ? *n : -1;
}

static gboolean
run_count_views (VrfIndex *index, GTask *task, GError **error)
{
  const Question *question = g_task_get_task_data (task);
  VrfIndexCounts counts;

  if (!vrf_index_count_views (index, question->query->midnight_us, &counts, error))
    return FALSE;
  g_task_return_pointer (task, g_memdup2 (&counts, sizeof counts), g_free);
  return TRUE;
}

/** vrf_store_count_views_async: see vrf_index_count_views() */
void
vrf_store_count_views_async (VrfStore *self,
                             gint64 midnight_us,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;
  g_autoptr (GTask) task = NULL;

  query.midnight_us = midnight_us;
  task = ask (self, vrf_store_count_views_async, &query, cancellable, callback, user_data);
  push (self, VRF_STORE_JOB_NORMAL, task, run_count_views);
}

/** vrf_store_count_views_finish: @ret_counts: (out): untouched with an error */
gboolean
vrf_store_count_views_finish (VrfStore *self,
                              GAsyncResult *result,
                              VrfIndexCounts *ret_counts,
                              GError **error)
{
  g_autofree VrfIndexCounts *counts = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_store_count_views_async), FALSE);
  counts = g_task_propagate_pointer (G_TASK (result), error);
  if (counts == NULL)
    return FALSE;
  *ret_counts = *counts;
  return TRUE;
}

/* Ends */

static gboolean
run_close (VrfIndex *index, GTask *task, GError **error)
{
  g_task_return_boolean (task, TRUE);
  return TRUE;
}

static gboolean
run_forget (VrfIndex *index, GTask *task, GError **error)
{
  return end_write (task, vrf_index_forget (g_task_get_task_data (task), error));
}

static void
close_with (VrfStore *self, gpointer tag, GTask *task, VrfStoreRun run)
{
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_strdup (self->directory), g_free);
  push (self, VRF_STORE_JOB_CLOSE, task, run);
  self->closed = TRUE;
}

/** vrf_store_close_async: writes what is still to be written, then closes */
void
vrf_store_close_async (VrfStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  close_with (self, vrf_store_close_async, task, run_close);
}

/** vrf_store_close_finish: it is closed */
void
vrf_store_close_finish (VrfStore *self, GAsyncResult *result)
{
  g_return_if_fail (g_async_result_is_tagged (result, vrf_store_close_async));
  g_task_propagate_boolean (G_TASK (result), NULL);
}

/** vrf_store_forget_async: closes and deletes everything, when a profile is removed */
void
vrf_store_forget_async (VrfStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  close_with (self, vrf_store_forget_async, task, run_forget);
}

/** vrf_store_forget_finish: Returns: whether the files are gone */
gboolean
vrf_store_forget_finish (VrfStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_store_forget_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
