/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "desk/core/vrf-memory.h"

#include "base/vrf-error.h"
#include "desk/core/vrf-view.h"

/* What changes is written together. */
#define FLUSH_MS 100
/* The age of the data is written no more often than this. */
#define SYNCED_S 20
/* So many sessions that still move are followed. */
#define ACTIVE_MOST 100
/* Remembered rows that are kept although nobody shows them. */
#define UNUSED_MOST 2000
/* A clock that is further off is not believed. */
#define SKEW_MOST_US (3650 * G_TIME_SPAN_DAY)
/* The views of both enumerations are the same, in the same order. */
G_STATIC_ASSERT ((int) VRF_VIEW_NOW == (int) VRF_INDEX_NOW);
G_STATIC_ASSERT ((int) VRF_VIEW_EXPIRED == (int) VRF_INDEX_EXPIRED);
G_STATIC_ASSERT ((int) VRF_VIEW_ALL == (int) VRF_INDEX_ALL);

struct _VrfMemory
{
  GObject parent_instance;

  /* owned */
  VrfStore *store; /* NULL once stopped */
  VrfRowStore *rows;
  VrfConnection *connection;
  GHashTable *changed;  /* VrfRow: to be written */
  GHashTable *redacted; /* ids whose redaction a reply may not know yet */
  GCancellable *wanting;
  char *problem;

  VrfIndexSync sync;
  VrfIndexCounts counts;
  gint64 midnight_us; /* of the counts */
  gint64 n_found;     /* of what is wanted, -1 unknown */
  gint64 synced_at;   /* monotonic: when sync was written last */
  gboolean counted;
  gboolean counting;
  gboolean count_again;
  gboolean adding; /* what is remembered, not what is new */
  gboolean environment_is_sandbox;
  guint flush_id;
};

G_DEFINE_FINAL_TYPE (VrfMemory, vrf_memory, G_TYPE_OBJECT)

typedef enum
{
  PROP_PROBLEM = 1,
} VrfMemoryProperty;

static GParamSpec *properties[PROP_PROBLEM + 1];

enum
{
  SIGNAL_COUNTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Rows and entries */

static VrfIndexEntry *
entry_of_row (VrfMemory *self, VrfRow *row)
{
  const VrfSession *session = vrf_row_get_session (row);
  VrfIndexEntry *entry = vrf_index_entry_new (session->id, session->status_text);
  gboolean redacted = g_hash_table_contains (self->redacted, session->id);

  entry->result = g_strdup (vrf_row_get_result_text (row));
  entry->risk_level = g_strdup (vrf_row_get_risk_level (row));
  entry->risk_score = vrf_row_get_risk_score (row);
  entry->external_ref = g_strdup (session->external_ref);
  entry->workflow_id = g_strdup (vrf_row_get_workflow_id (row));
  entry->retention_status = g_strdup (redacted ? "redacted" : session->retention_status);
  entry->tags = g_strdupv (session->tags);
  entry->created_at = session->created_at;
  entry->updated_at = session->updated_at;
  entry->expires_at = session->token_expires_at;
  entry->finished_at = vrf_row_get_finished_at (row);
  entry->seen = vrf_row_get_seen (row);
  return entry;
}

static VrfRow *
row_of_entry (VrfMemory *self, const VrfIndexEntry *entry)
{
  g_autoptr (VrfSession) session = vrf_session_new (entry->id, entry->status);

  session->is_sandbox = self->environment_is_sandbox;
  session->result_status = g_strdup (entry->result);
  session->risk_level = g_strdup (entry->risk_level);
  session->external_ref = g_strdup (entry->external_ref);
  session->workflow_id = g_strdup (entry->workflow_id);
  session->retention_status = g_strdup (entry->retention_status);
  if (entry->tags != NULL)
    {
      g_strfreev (session->tags);
      session->tags = g_strdupv (entry->tags);
    }
  session->created_at = entry->created_at;
  session->updated_at = entry->updated_at;
  session->token_expires_at = entry->expires_at;
  return vrf_row_new_remembered (session, entry->risk_score, entry->finished_at, entry->seen);
}

static void
add_entries (VrfMemory *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (rows, row_of_entry (self, g_ptr_array_index (entries, i)));
  self->adding = TRUE;
  vrf_row_store_drop_unused (self->rows, UNUSED_MOST);
  vrf_row_store_add (self->rows, rows);
  self->adding = FALSE;
}

/* Counting */

static void
count (VrfMemory *self);

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfMemory) self = user_data;
  VrfIndexCounts counts;
  gboolean ok = vrf_store_count_views_finish (VRF_STORE (source), result, &counts, NULL);

  self->counting = FALSE;
  if (ok && (!self->counted || memcmp (&counts, &self->counts, sizeof counts) != 0))
    {
      self->counts = counts;
      self->counted = TRUE;
      g_signal_emit (self, signals[SIGNAL_COUNTED], 0);
    }
  if (self->count_again)
    count (self);
}

static void
count (VrfMemory *self)
{
  self->count_again = self->counting;
  if (self->counting || self->store == NULL)
    return;
  self->counting = TRUE;
  vrf_store_count_views_async (
      self->store, self->midnight_us, NULL, counted_cb, g_object_ref (self));
}

/* Writing */

static void
flush (VrfMemory *self)
{
  GPtrArray *entries = NULL;
  GHashTableIter iter;
  gpointer row;

  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (self->store == NULL || g_hash_table_size (self->changed) == 0)
    return;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_index_entry_free);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    g_ptr_array_add (entries, entry_of_row (self, row));
  g_hash_table_remove_all (self->changed);
  vrf_store_put (self->store, entries);
  count (self);
}

static gboolean
flush_cb (gpointer user_data)
{
  VrfMemory *self = user_data;

  self->flush_id = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
note_row (VrfMemory *self, VrfRow *row)
{
  if (self->adding || self->store == NULL)
    return;
  g_hash_table_add (self->changed, g_object_ref (row));
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add_full (G_PRIORITY_LOW, FLUSH_MS, flush_cb, self, NULL);
}

static void
row_changed_cb (VrfMemory *self, VrfRow *row)
{
  note_row (self, row);
}

static void
items_changed_cb (VrfMemory *self, guint position, guint removed, guint added, GListModel *rows)
{
  if (self->adding || self->store == NULL)
    return;
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (rows, position + i);

      note_row (self, row);
    }
}

static void
row_removed_cb (VrfMemory *self, VrfRow *row)
{
  const char *ids[] = { vrf_row_get_id (row), NULL };

  g_hash_table_remove (self->changed, row);
  if (self->store == NULL)
    return;
  vrf_store_remove (self->store, ids);
  count (self);
}

static void
kept_only_cb (VrfMemory *self, gint64 from_us, gint64 until_us, char **ids)
{
  if (self->store == NULL)
    return;
  flush (self);
  vrf_store_keep_only (self->store, from_us, until_us, (const char *const *) ids);
  count (self);
}

/* Problems */

static void
take_problem (VrfMemory *self, const GError *error)
{
  g_free (self->problem);
  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_STORE_NEWER))
    self->problem =
        g_strdup (_ ("What a newer Verifa Desk remembered of the verifications cannot be "
                                 "read by this one. It was set aside."));
  else
    self->problem =
        g_strdup (_ ("What this computer remembers of the verifications cannot be read. "
                                 "The list comes from Verifa alone."));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
failed_cb (VrfMemory *self, const GError *error)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  take_problem (self, error);
  /* If it is empty now: what is known is written again. */
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      note_row (self, row);
    }
}

/* GObject */

static void
vrf_memory_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfMemory *self = VRF_MEMORY (object);

  switch ((VrfMemoryProperty) prop_id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_memory_dispose (GObject *object)
{
  vrf_memory_stop (VRF_MEMORY (object));

  G_OBJECT_CLASS (vrf_memory_parent_class)->dispose (object);
}

static void
vrf_memory_finalize (GObject *object)
{
  VrfMemory *self = VRF_MEMORY (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->redacted, g_hash_table_unref);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (vrf_memory_parent_class)->finalize (object);
}

static void
vrf_memory_class_init (VrfMemoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vrf_memory_get_property;
  object_class->dispose = vrf_memory_dispose;
  object_class->finalize = vrf_memory_finalize;

  properties[PROP_PROBLEM] =
      g_param_spec_string ("problem",
                           NULL,
                           NULL,
                           NULL,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[SIGNAL_COUNTED] = g_signal_new (
      "counted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_memory_init (VrfMemory *self)
{
  self->changed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->redacted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sync.synced_at = VRF_TIME_NONE;
  self->midnight_us = VRF_TIME_NONE;
  self->n_found = -1;
}

/**
 * vrf_memory_new:
 * @profile: whose sessions
 * @rows: what is written, and what is given what is remembered
 * @connection: is told how old that is
 *
 * Returns: (transfer full): a memory that has opened nothing yet
 */
VrfMemory *
vrf_memory_new (const VrfProfile *profile, VrfRowStore *rows, VrfConnection *connection)
{
  VrfMemory *self = g_object_new (VRF_TYPE_MEMORY, NULL);
  g_autofree char *directory = vrf_store_dup_directory (profile->id);
  struct
  {
    const char *signal;
    GCallback callback;
  } const follows[] = {
    { "items-changed", G_CALLBACK (items_changed_cb) },
    { "row-changed", G_CALLBACK (row_changed_cb) },
    { "row-removed", G_CALLBACK (row_removed_cb) },
    { "kept-only", G_CALLBACK (kept_only_cb) },
  };

  self->rows = g_object_ref (rows);
  self->connection = g_object_ref (connection);
  self->environment_is_sandbox = profile->environment == VRF_ENVIRONMENT_SANDBOX;
  self->store = vrf_store_new (directory);
  g_signal_connect_object (self->store, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (follows); i++)
    g_signal_connect_object (rows, follows[i].signal, follows[i].callback, self, G_CONNECT_SWAPPED);
  return self;
}

/* Recalling */

static void
recall_times (VrfMemory *self)
{
  gint64 now_us = g_get_real_time ();
  VrfClock *clock = vrf_row_store_get_clock (self->rows);
  gint64 age_us = 0;

  if (self->sync.synced_at == VRF_TIME_NONE)
    return;
  age_us = CLAMP (now_us - self->sync.synced_at, 0, SKEW_MOST_US);
  vrf_connection_set_age_s (self->connection, (int) (age_us / G_USEC_PER_SEC));
  if (vrf_clock_get_now_us (clock) == VRF_TIME_NONE && ABS (self->sync.skew_us) < SKEW_MOST_US)
    vrf_clock_feed_date (clock, now_us - self->sync.skew_us);
}

static void
wanted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfMemory) self = user_data;
  g_autoptr (GPtrArray) entries = vrf_store_page_finish (VRF_STORE (source), result, NULL);

  if (entries != NULL && self->store != NULL)
    add_entries (self, entries);
}

/* Sessions that still move are followed, whether they are on screen or not. */
static void
recall_active (VrfMemory *self, gint64 midnight_us)
{
  VrfIndexQuery query = VRF_INDEX_QUERY_INIT;

  query.view = VRF_INDEX_NOW;
  query.midnight_us = midnight_us;
  vrf_store_page_async (self->store, &query, 0, ACTIVE_MOST, NULL, wanted_cb, g_object_ref (self));
}

void
vrf_memory_recall (VrfMemory *self, const VrfIndexQuery *query, guint n_rows)
{
  g_auto (VrfStoreStart) start = { 0 };
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    return;
  if (!vrf_store_open (self->store, query, n_rows, &start, &error))
    {
      take_problem (self, error);
      return;
    }
  self->sync = start.sync;
  self->counts = start.counts;
  self->counted = TRUE;
  self->midnight_us = query->midnight_us;
  if (start.counts.views[VRF_INDEX_ALL] == 0)
    return;
  recall_times (self);
  recall_active (self, query->midnight_us);
  vrf_row_store_name_workflows (self->rows, start.workflows);
  add_entries (self, start.entries);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfMemory) self = user_data;
  gint64 n = vrf_store_count_finish (VRF_STORE (source), result, NULL);

  if (n < 0 || self->n_found == n)
    return;
  self->n_found = n;
  g_signal_emit (self, signals[SIGNAL_COUNTED], 0);
}

void
vrf_memory_want (VrfMemory *self, const VrfIndexQuery *query, guint offset, guint n_rows)
{
  g_cancellable_cancel (self->wanting);
  g_clear_object (&self->wanting);
  if (self->store == NULL)
    return;
  self->wanting = g_cancellable_new ();
  vrf_store_page_async (
      self->store, query, offset, n_rows, self->wanting, wanted_cb, g_object_ref (self));
  if (offset > 0)
    return;
  self->n_found = -1;
  vrf_store_count_async (
      self->store, query, G_MAXINT64, self->wanting, found_cb, g_object_ref (self));
}

gint64
vrf_memory_get_n_found (VrfMemory *self)
{
  return self->n_found;
}

const VrfIndexCounts *
vrf_memory_get_counts (VrfMemory *self, gint64 midnight_us)
{
  if (self->midnight_us != midnight_us)
    {
      self->midnight_us = midnight_us;
      count (self);
    }
  return self->counted ? &self->counts : NULL;
}

guint
vrf_memory_get_n_sessions (VrfMemory *self)
{
  return (guint) CLAMP (self->counts.views[VRF_INDEX_ALL], 0, G_MAXUINT);
}

gboolean
vrf_memory_get_complete (VrfMemory *self)
{
  return self->sync.complete;
}

/* What the server tells besides sessions */

void
vrf_memory_set_workflows (VrfMemory *self, GPtrArray *workflows)
{
  GHashTable *names = NULL;

  if (self->store == NULL)
    return;
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < workflows->len; i++)
    {
      const VrfWorkflow *workflow = g_ptr_array_index (workflows, i);

      if (workflow->name != NULL)
        g_hash_table_replace (names, g_strdup (workflow->id), g_strdup (workflow->name));
    }
  vrf_store_set_workflows (self->store, names);
}

void
vrf_memory_set_synced (VrfMemory *self, gboolean complete)
{
  gint64 now = g_get_monotonic_time ();
  gboolean news = complete && !self->sync.complete;

  self->sync.synced_at = g_get_real_time ();
  self->sync.skew_us = vrf_clock_get_skew_us (vrf_row_store_get_clock (self->rows));
  self->sync.complete = self->sync.complete || complete;
  if (self->store == NULL || (!news && now - self->synced_at < SYNCED_S * G_USEC_PER_SEC))
    return;
  self->synced_at = now;
  flush (self);
  vrf_store_set_synced (self->store, &self->sync);
}

void
vrf_memory_redact (VrfMemory *self, const char *session_id)
{
  const char *ids[] = { session_id, NULL };
  VrfRow *row = vrf_row_store_lookup (self->rows, session_id);

  g_hash_table_add (self->redacted, g_strdup (session_id));
  if (self->store != NULL)
    vrf_store_remove (self->store, ids);
  if (row != NULL)
    note_row (self, row);
}

/* The application ends when everything is written. */
static GApplication *
hold_application (void)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return NULL;
  g_application_hold (application);
  return g_object_ref (application);
}

static void
release_application (GApplication *application)
{
  if (application == NULL)
    return;
  g_application_release (application);
  g_object_unref (application);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  vrf_store_close_finish (VRF_STORE (source), result);
  release_application (user_data);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!vrf_store_forget_finish (VRF_STORE (source), result, &error))
    g_message ("The index of a removed profile could not be deleted");
  release_application (user_data);
}

static VrfStore *
take_store (VrfMemory *self)
{
  g_cancellable_cancel (self->wanting);
  g_clear_object (&self->wanting);
  g_signal_handlers_disconnect_by_data (self->store, self);
  return g_steal_pointer (&self->store);
}

void
vrf_memory_stop (VrfMemory *self)
{
  g_autoptr (VrfStore) store = NULL;

  if (self->store == NULL)
    return;
  flush (self);
  if (self->synced_at != 0)
    vrf_store_set_synced (self->store, &self->sync);
  store = take_store (self);
  vrf_store_close_async (store, closed_cb, hold_application ());
}

void
vrf_memory_forget (VrfMemory *self)
{
  g_autoptr (VrfStore) store = NULL;

  if (self->store == NULL)
    return;
  g_clear_handle_id (&self->flush_id, g_source_remove);
  g_hash_table_remove_all (self->changed);
  store = take_store (self);
  vrf_store_forget_async (store, forgotten_cb, hold_application ());
}

const char *
vrf_memory_get_problem (VrfMemory *self)
{
  return self->problem;
}
