/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "desk/core/vrf-row-store.h"

#include "base/vrf-time.h"

/* A link's end is looked for at least this often, so that a clock that was set is noticed. */
#define LONGEST_WAIT_MS 15000
/* A session that was told so shortly before may not be in every list yet. */
#define GRACE_US (60 * G_USEC_PER_SEC)

struct _VrfRowStore
{
  GObject parent_instance;

  /* owned */
  VrfClock *clock;
  GPtrArray *rows;       /* VrfRow, newest first */
  GHashTable *by_id;     /* borrowed id → borrowed row */
  GHashTable *workflows; /* id → name */

  guint n_made; /* by replies */
  guint timer;
  gint64 timer_at; /* the server's time it is set for */
};

static void
list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VrfRowStore,
                               vrf_row_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  SIGNAL_ROW_CHANGED,
  SIGNAL_LINK_OVER,
  SIGNAL_ROW_REMOVED,
  SIGNAL_KEPT_ONLY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return VRF_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return VRF_ROW_STORE (model)->rows->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  VrfRowStore *self = VRF_ROW_STORE (model);

  return position < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, position))
                                    : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* The end of links */

static gboolean
timer_cb (gpointer user_data);

static void
watch_end (VrfRowStore *self, VrfRow *row)
{
  gint64 now_us = vrf_clock_get_now_us (self->clock);
  gint64 end_us = vrf_row_get_expires_at (row);
  double wait_ms = 0;

  if (end_us == VRF_TIME_NONE || now_us == VRF_TIME_NONE || !vrf_row_can_show_qr (row)
      || (self->timer != 0 && self->timer_at <= end_us))
    return;

  wait_ms = (double) (end_us - now_us) / 1000.0 / vrf_clock_get_scale (self->clock) + 1;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer_at = end_us;
  self->timer = g_timeout_add ((guint) CLAMP (wait_ms, 1, LONGEST_WAIT_MS), timer_cb, self);
}

static gboolean
timer_cb (gpointer user_data)
{
  VrfRowStore *self = user_data;
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func (g_object_unref);

  self->timer = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      VrfRow *row = g_ptr_array_index (self->rows, i);

      if (vrf_row_get_status (row) == VRF_SESSION_STATUS_PENDING
          || vrf_row_get_status (row) == VRF_SESSION_STATUS_CAPTURING)
        g_ptr_array_add (over, g_object_ref (row));
    }
  for (guint i = 0; i < over->len; i++)
    {
      VrfRow *row = g_ptr_array_index (over, i);

      if (vrf_row_check_time (row))
        g_signal_emit (self, signals[SIGNAL_LINK_OVER], 0, row);
      watch_end (self, row);
    }
  return G_SOURCE_REMOVE;
}

static void
row_changed_cb (VrfRow *row, VrfRowStore *self)
{
  const char *name = NULL;

  if (vrf_row_get_workflow_id (row) != NULL)
    name = g_hash_table_lookup (self->workflows, vrf_row_get_workflow_id (row));
  if (name != NULL && g_strcmp0 (name, vrf_row_get_workflow_name (row)) != 0)
    {
      vrf_row_set_workflow_name (row, name); /* comes back here */
      return;
    }
  watch_end (self, row);
  g_signal_emit (self, signals[SIGNAL_ROW_CHANGED], 0, row);
}

/* GObject */

static void
forget_row (gpointer data)
{
  VrfRow *row = data;

  g_signal_handlers_disconnect_matched (
      row, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, G_CALLBACK (row_changed_cb), NULL);
  g_object_unref (row);
}

static void
vrf_row_store_finalize (GObject *object)
{
  VrfRowStore *self = VRF_ROW_STORE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->workflows, g_hash_table_unref);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (vrf_row_store_parent_class)->finalize (object);
}

static void
vrf_row_store_class_init (VrfRowStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_row_store_finalize;

  signals[SIGNAL_ROW_CHANGED] = g_signal_new ("row-changed",
                                              G_TYPE_FROM_CLASS (klass),
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              1,
                                              VRF_TYPE_ROW);
  signals[SIGNAL_LINK_OVER] = g_signal_new ("link-over",
                                            G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            1,
                                            VRF_TYPE_ROW);
  signals[SIGNAL_ROW_REMOVED] = g_signal_new ("row-removed",
                                              G_TYPE_FROM_CLASS (klass),
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              1,
                                              VRF_TYPE_ROW);
  signals[SIGNAL_KEPT_ONLY] = g_signal_new ("kept-only",
                                            G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            3,
                                            G_TYPE_INT64,
                                            G_TYPE_INT64,
                                            G_TYPE_STRV);
}

static void
vrf_row_store_init (VrfRowStore *self)
{
  self->rows = g_ptr_array_new_with_free_func (forget_row);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->workflows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * vrf_row_store_new:
 * @clock: the server's time
 *
 * Returns: (transfer full): an empty store
 */
VrfRowStore *
vrf_row_store_new (VrfClock *clock)
{
  VrfRowStore *self = g_object_new (VRF_TYPE_ROW_STORE, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

/* Order: created_at downwards, then the id; what has no time yet was made just now. */

static int
compare (gint64 created_a, const char *id_a, gint64 created_b, const char *id_b)
{
  gint64 a = created_a == VRF_TIME_NONE ? G_MAXINT64 : created_a;
  gint64 b = created_b == VRF_TIME_NONE ? G_MAXINT64 : created_b;

  if (a != b)
    return a > b ? -1 : 1;
  return strcmp (id_a, id_b);
}

static int
compare_rows (VrfRow *a, VrfRow *b)
{
  return compare (vrf_row_get_created_at (a),
                  vrf_row_get_id (a),
                  vrf_row_get_created_at (b),
                  vrf_row_get_id (b));
}

static int
compare_rows_cb (gconstpointer a, gconstpointer b)
{
  return compare_rows (*(VrfRow *const *) a, *(VrfRow *const *) b);
}

/* Where @row is, or belongs. */
static guint
position_of (VrfRowStore *self, VrfRow *row)
{
  guint low = 0;
  guint high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_rows (g_ptr_array_index (self->rows, middle), row) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
adopt_row (VrfRowStore *self, VrfRow *row)
{
  const char *workflow_id = vrf_row_get_workflow_id (row);

  vrf_row_set_clock (row, self->clock);
  if (workflow_id != NULL)
    vrf_row_set_workflow_name (row, g_hash_table_lookup (self->workflows, workflow_id));
  g_hash_table_insert (self->by_id, (char *) vrf_row_get_id (row), row);
}

static VrfRow *
make_row (VrfRowStore *self, VrfSession *session)
{
  VrfRow *row = vrf_row_new (session);

  adopt_row (self, row);
  return row;
}

static void
insert_rows (VrfRowStore *self, GPtrArray *fresh)
{
  guint old_length = self->rows->len;
  guint first = 0;
  guint last = 0;

  if (fresh->len == 0)
    return;
  g_ptr_array_sort (fresh, compare_rows_cb);
  first = position_of (self, g_ptr_array_index (fresh, 0));
  last = position_of (self, g_ptr_array_index (fresh, fresh->len - 1));

  for (guint i = 0; i < fresh->len; i++)
    {
      VrfRow *row = g_ptr_array_index (fresh, i);

      g_signal_connect (row, "changed", G_CALLBACK (row_changed_cb), self);
      g_ptr_array_insert (self->rows, (int) position_of (self, row), g_object_ref (row));
    }
  g_assert (self->rows->len == old_length + fresh->len);
  g_list_model_items_changed (G_LIST_MODEL (self), first, last - first, last - first + fresh->len);
  for (guint i = 0; i < fresh->len; i++)
    watch_end (self, g_ptr_array_index (fresh, i));
}

/* A row whose time of creation became known has another place. */
static void
move_row (VrfRowStore *self, VrfRow *row, guint from)
{
  guint to = 0;
  guint first = 0;
  guint n_rows = 0;

  g_ptr_array_steal_index (self->rows, from);
  to = position_of (self, row);
  g_ptr_array_insert (self->rows, (int) to, row);
  if (to == from)
    return;
  first = MIN (from, to);
  n_rows = MAX (from, to) - first + 1;
  g_list_model_items_changed (G_LIST_MODEL (self), first, n_rows, n_rows);
}

static void
update_row (VrfRowStore *self, VrfRow *row, VrfSession *session)
{
  gint64 created_at = vrf_row_get_created_at (row);
  guint position = position_of (self, row);
  g_autoptr (VrfRow) kept = g_object_ref (row);

  if (!vrf_row_update (row, session, vrf_clock_get_now_us (self->clock))
      || vrf_row_get_created_at (row) == created_at)
    return;
  if (position < self->rows->len && g_ptr_array_index (self->rows, position) == row)
    move_row (self, row, position);
}

/**
 * vrf_row_store_merge:
 * @self: a store
 * @sessions: (element-type VrfSession): what a reply said, in any order
 * @asked_at: when it was asked for, monotonic microseconds
 *
 * New rows come with one items-changed, after the known ones are updated.
 *
 * Returns: how many rows are new
 */
guint
vrf_row_store_merge (VrfRowStore *self, GPtrArray *sessions, gint64 asked_at)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_fresh = 0;

  for (guint i = 0; i < sessions->len; i++)
    {
      VrfSession *session = g_ptr_array_index (sessions, i);
      VrfRow *row = g_hash_table_lookup (self->by_id, session->id);

      if (row == NULL)
        g_ptr_array_add (fresh, make_row (self, session));
      else if (session->updated_at == VRF_TIME_NONE || vrf_row_get_acted_at (row) <= asked_at)
        update_row (self, row, session);
    }
  n_fresh = fresh->len;
  self->n_made += n_fresh;
  insert_rows (self, fresh);
  return n_fresh;
}

/**
 * vrf_row_store_upsert_all:
 * @self: a store
 * @sessions: (element-type VrfSession): what a reply said just now
 */
void
vrf_row_store_upsert_all (VrfRowStore *self, GPtrArray *sessions)
{
  vrf_row_store_merge (self, sessions, G_MAXINT64);
}

/**
 * vrf_row_store_upsert:
 * @self: a store
 * @session: what a reply said just now
 *
 * Returns: (transfer none): its row
 */
VrfRow *
vrf_row_store_upsert (VrfRowStore *self, VrfSession *session)
{
  g_autoptr (GPtrArray) sessions = g_ptr_array_new ();

  g_ptr_array_add (sessions, session);
  vrf_row_store_upsert_all (self, sessions);
  return g_hash_table_lookup (self->by_id, session->id);
}

/** vrf_row_store_get_n_made: Returns: how many sessions a reply has told first */
guint
vrf_row_store_get_n_made (VrfRowStore *self)
{
  return self->n_made;
}

/**
 * vrf_row_store_add:
 * @self: a store
 * @rows: (element-type VrfRow): what is remembered, in any order
 *
 * They come with one items-changed.
 */
void
vrf_row_store_add (VrfRowStore *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      VrfRow *row = g_ptr_array_index (rows, i);

      if (g_hash_table_contains (self->by_id, vrf_row_get_id (row)))
        continue;
      adopt_row (self, row);
      g_ptr_array_add (fresh, g_object_ref (row));
    }
  insert_rows (self, fresh);
}

static gboolean
is_unused (VrfRow *row)
{
  return vrf_row_get_told_at (row) == 0 && G_OBJECT (row)->ref_count == 1;
}

/**
 * vrf_row_store_drop_unused:
 * @self: a store
 * @most: so many remembered rows may stay
 *
 * Whoever shows a row, or waits for it, holds it.
 */
void
vrf_row_store_drop_unused (VrfRowStore *self, guint most)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (forget_row);
  guint n_before = self->rows->len;
  guint n_remembered = 0;

  for (guint i = 0; i < n_before; i++)
    n_remembered += vrf_row_get_told_at (g_ptr_array_index (self->rows, i)) == 0 ? 1 : 0;
  if (n_remembered <= most)
    return;
  for (guint i = 0; i < n_before; i++)
    {
      VrfRow *row = g_ptr_array_index (self->rows, i);

      if (is_unused (row))
        g_hash_table_remove (self->by_id, vrf_row_get_id (row));
      else
        {
          g_ptr_array_add (kept, row);
          self->rows->pdata[i] = NULL;
        }
    }
  for (guint i = 0; i < n_before; i++)
    if (self->rows->pdata[i] != NULL)
      forget_row (self->rows->pdata[i]);
  g_ptr_array_set_free_func (self->rows, NULL);
  g_ptr_array_unref (self->rows);
  self->rows = g_steal_pointer (&kept);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->rows->len);
}

static void
remove_row (VrfRowStore *self, VrfRow *row)
{
  guint position = position_of (self, row);
  g_autoptr (VrfRow) kept = g_object_ref (row);

  g_return_if_fail (position < self->rows->len && g_ptr_array_index (self->rows, position) == row);
  g_signal_emit (self, signals[SIGNAL_ROW_REMOVED], 0, row);
  g_hash_table_remove (self->by_id, vrf_row_get_id (row));
  g_ptr_array_remove_index (self->rows, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/** vrf_row_store_remove: @session_id: need not be there */
void
vrf_row_store_remove (VrfRowStore *self, const char *session_id)
{
  VrfRow *row = g_hash_table_lookup (self->by_id, session_id);

  if (row != NULL)
    remove_row (self, row);
}

/**
 * vrf_row_store_keep_only:
 * @self: a store
 * @from_us: %G_MININT64 for whenever
 * @until_us: %G_MAXINT64 for whenever
 * @sessions: (element-type VrfSession): what the server has of that time
 * @asked_at: when it was asked, monotonic microseconds
 */
void
vrf_row_store_keep_only (
    VrfRowStore *self, gint64 from_us, gint64 until_us, GPtrArray *sessions, gint64 asked_at)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < sessions->len; i++)
    g_hash_table_add (told, ((VrfSession *) g_ptr_array_index (sessions, i))->id);
  for (guint i = 0; i < self->rows->len; i++)
    {
      VrfRow *row = g_ptr_array_index (self->rows, i);
      gint64 created_at = vrf_row_get_created_at (row);

      if (created_at == VRF_TIME_NONE || created_at <= from_us || created_at >= until_us)
        continue;
      if (g_hash_table_contains (told, vrf_row_get_id (row))
          || (vrf_row_get_told_at (row) != 0 && vrf_row_get_told_at (row) >= asked_at - GRACE_US))
        g_ptr_array_add (ids, (char *) vrf_row_get_id (row));
      else
        g_ptr_array_add (gone, row);
    }
  g_ptr_array_add (ids, NULL);
  g_signal_emit (self, signals[SIGNAL_KEPT_ONLY], 0, from_us, until_us, ids->pdata);
  for (guint i = 0; i < gone->len; i++)
    remove_row (self, g_ptr_array_index (gone, i));
}

/** vrf_row_store_lookup: Returns: (nullable) (transfer none): the row of this session */
VrfRow *
vrf_row_store_lookup (VrfRowStore *self, const char *session_id)
{
  return g_hash_table_lookup (self->by_id, session_id);
}

static void
name_rows (VrfRowStore *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      VrfRow *row = g_ptr_array_index (self->rows, i);
      const char *id = vrf_row_get_workflow_id (row);

      if (id != NULL && g_hash_table_contains (self->workflows, id))
        vrf_row_set_workflow_name (row, g_hash_table_lookup (self->workflows, id));
    }
}

/**
 * vrf_row_store_set_workflows:
 * @self: a store
 * @workflows: (element-type VrfWorkflow): what the organization has
 *
 * Gives the rows, and those to come, the names of their workflows.
 */
void
vrf_row_store_set_workflows (VrfRowStore *self, GPtrArray *workflows)
{
  for (guint i = 0; i < workflows->len; i++)
    {
      VrfWorkflow *workflow = g_ptr_array_index (workflows, i);

      if (workflow->name != NULL)
        g_hash_table_replace (self->workflows, g_strdup (workflow->id), g_strdup (workflow->name));
    }
  name_rows (self);
}

/** vrf_row_store_name_workflows: @names: (element-type utf8 utf8): what is remembered of them */
void
vrf_row_store_name_workflows (VrfRowStore *self, GHashTable *names)
{
  GHashTableIter iter;
  gpointer id, name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &id, &name))
    g_hash_table_replace (self->workflows, g_strdup (id), g_strdup (name));
  name_rows (self);
}

/**
 * vrf_row_store_find_by_ref:
 * @self: a store
 * @external_ref: a reference, exactly
 *
 * Returns: (transfer full) (element-type VrfRow): the rows that have it, newest first
 */
GPtrArray *
vrf_row_store_find_by_ref (VrfRowStore *self, const char *external_ref)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->rows->len; i++)
    {
      VrfRow *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (vrf_row_get_external_ref (row), external_ref) == 0)
        g_ptr_array_add (found, g_object_ref (row));
    }
  return found;
}

/** vrf_row_store_has_active: Returns: whether any session still moves by itself */
gboolean
vrf_row_store_has_active (VrfRowStore *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (vrf_row_is_active (g_ptr_array_index (self->rows, i)))
      return TRUE;
  return FALSE;
}

/** vrf_row_store_dup_active: Returns: (transfer full) (element-type VrfRow): newest first */
GPtrArray *
vrf_row_store_dup_active (VrfRowStore *self, guint skip)
{
  GPtrArray *active = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = skip; i < self->rows->len; i++)
    if (vrf_row_is_active (g_ptr_array_index (self->rows, i)))
      g_ptr_array_add (active, g_object_ref (g_ptr_array_index (self->rows, i)));
  return active;
}

/** vrf_row_store_get_clock: Returns: (transfer none): the server's time */
VrfClock *
vrf_row_store_get_clock (VrfRowStore *self)
{
  return self->clock;
}

/** vrf_row_store_clear: forgets every row */
void
vrf_row_store_clear (VrfRowStore *self)
{
  guint n_rows = self->rows->len;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->rows, 0);
  if (n_rows > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_rows, 0);
}
