/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "store/vrf-index-private.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"

/*
 * n, by which sessions lie, is the millisecond of creation times 64 and a free place in it, so the
 * newest come first without an index, and parts of references are found in that order too. Sessions
 * of the same millisecond are in the order in which they came.
 */

#define PLACES_A_MS 64
/* Far beyond any date; room is left for places. */
#define LAST_MS (G_MAXINT64 / PLACES_A_MS / 64)
/* Whatever is longer is nobody's reference: it is not kept. */
#define TEXT_MOST 1024
#define ID_MOST 256
#define TAGS_MOST 50

gint64
vrf_index_first_n (gint64 created_us)
{
  return CLAMP (created_us / 1000, 0, LAST_MS) * PLACES_A_MS;
}

/* Totals */

static void
add_to_total (VrfIndex *self, VrfIndexFacet facet, const char *value, gint64 number, gint64 delta)
{
  g_autofree char *key = value != NULL
                             ? g_strdup_printf ("%d=%s", (int) facet, value)
                             : g_strdup_printf ("%d#%" G_GINT64_FORMAT, (int) facet, number);
  gint64 *sum = g_hash_table_lookup (self->deltas, key);

  if (sum != NULL)
    {
      *sum += delta;
      return;
    }
  g_hash_table_insert (self->deltas, g_steal_pointer (&key), g_memdup2 (&delta, sizeof delta));
}

static gboolean
write_total (VrfIndex *self, const char *key, gint64 delta, GError **error)
{
  VrfStatement *statement = NULL;
  char *value = NULL;
  gint64 facet = g_ascii_strtoll (key, &value, 10);

  if (delta == 0)
    return TRUE;
  statement = vrf_sqlite_statement (self->db,
                                    "INSERT INTO totals VALUES (:facet, :value, :delta)"
                                    " ON CONFLICT DO UPDATE SET total = total + excluded.total");
  vrf_statement_bind_int (statement, ":facet", facet);
  vrf_statement_bind_int (statement, ":delta", delta);
  if (*value == '=')
    vrf_statement_bind_text (statement, ":value", value + 1);
  else
    vrf_statement_bind_int (statement, ":value", g_ascii_strtoll (value + 1, NULL, 10));
  return vrf_statement_run (statement, error);
}

static gboolean
write_totals (VrfIndex *self, GError **error)
{
  GHashTableIter iter;
  gpointer key, delta;

  g_hash_table_iter_init (&iter, self->deltas);
  while (g_hash_table_iter_next (&iter, &key, &delta))
    if (!write_total (self, key, *(gint64 *) delta, error))
      return FALSE;
  return vrf_statement_run (vrf_sqlite_statement (self->db, "DELETE FROM totals WHERE total <= 0"),
                            error);
}

/* What is written of an entry besides its own members. */
typedef struct
{
  gint64 n;
  int status;
  int result; /* 0 none */
  int risk;   /* of a known or unknown level */
  VrfAttention attention;
  gint64 ended_at;
  gint64 open_until;
} Derived;

static void
derive (const VrfIndexEntry *entry, gint64 n, Derived *ret)
{
  int status = vrf_index_status_rank (entry->status);

  *ret = (Derived){
    .n = n,
    .status = status,
    .result = vrf_index_result_rank (entry->result),
    .risk = vrf_index_risk_rank (entry->risk_level, entry->risk_score),
    .ended_at = entry->finished_at,
    .open_until = VRF_TIME_NONE,
  };
  if (ret->ended_at == VRF_TIME_NONE)
    ret->ended_at = entry->updated_at;
  if (ret->ended_at == VRF_TIME_NONE)
    ret->ended_at = entry->created_at;
  if (status >= VRF_INDEX_FIRST_ACTIVE && status <= VRF_INDEX_LAST_ACTIVE)
    ret->open_until = entry->expires_at;

  if (status == vrf_index_status_rank ("sandbox_pending") || status == VRF_INDEX_LAST_ACTIVE
      || status == vrf_index_status_rank ("failed"))
    ret->attention = VRF_ATTENTION_ALWAYS;
  else if (!entry->seen
           && (status == VRF_INDEX_EXPIRED_STATUS
               || ret->result == vrf_index_result_rank ("rejected")))
    ret->attention = VRF_ATTENTION_ON_ITS_DAY;
}

static void
add_to_totals (VrfIndex *self, const VrfIndexEntry *entry, const Derived *derived, gint64 delta)
{
  add_to_total (self, VRF_FACET_ALL, NULL, 0, delta);
  add_to_total (self, VRF_FACET_STATUS, NULL, derived->status, delta);
  add_to_total (self,
                VRF_FACET_RESULT,
                NULL,
                derived->result != 0 ? derived->result : VRF_INDEX_NO_RESULT,
                delta);
  if (entry->risk_level != NULL)
    add_to_total (self, VRF_FACET_RISK, NULL, derived->risk, delta);
  add_to_total (self, VRF_FACET_ATTENTION, NULL, derived->attention, delta);
  if (entry->workflow_id != NULL)
    add_to_total (self, VRF_FACET_WORKFLOW, entry->workflow_id, 0, delta);
  for (guint i = 0; entry->tags != NULL && entry->tags[i] != NULL; i++)
    add_to_total (self, VRF_FACET_TAG, entry->tags[i], 0, delta);
}

/* The parts of the reference, and the tags: tables beside the row */

static gboolean
write_parts (VrfIndex *self, const char *external_ref, gint64 n, gboolean add, GError **error)
{
  VrfStatement *statement = NULL;
  g_autofree char *folded = NULL;

  if (external_ref == NULL)
    return TRUE;
  folded = vrf_index_fold (external_ref);
  statement = vrf_sqlite_statement (
      self->db,
      add ? "INSERT INTO session_search (rowid, ref) VALUES (:n, :folded || char (1, 1))"
          : "INSERT INTO session_search (session_search, rowid, ref)"
            " VALUES ('delete', :n, :folded || char (1, 1))");
  vrf_statement_bind_int (statement, ":n", n);
  vrf_statement_bind_text (statement, ":folded", folded);
  return vrf_statement_run (statement, error);
}

static gboolean
write_tags (VrfIndex *self, const VrfIndexEntry *entry, gint64 n, gboolean add, GError **error)
{
  for (guint i = 0; entry->tags != NULL && entry->tags[i] != NULL; i++)
    {
      VrfStatement *statement = vrf_sqlite_statement (
          self->db,
          add ? "INSERT OR IGNORE INTO session_tags (tag, n) VALUES (:tag, :n)"
              : "DELETE FROM session_tags WHERE tag = :tag AND n = :n");

      vrf_statement_bind_text (statement, ":tag", entry->tags[i]);
      vrf_statement_bind_int (statement, ":n", n);
      if (!vrf_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* The row */

#define PUT                                                                                        \
  "INSERT OR REPLACE INTO sessions (n, id, tail, external_ref, folded, ref_key, status,"           \
  " status_text, result, result_text, risk, risk_text, workflow_id, retention_status, tags,"       \
  " created_at, updated_at, expires_at, finished_at, seen, attention, ended_at, open_until)"       \
  " VALUES (:n, :id, :tail, :external_ref, :folded, :ref_key, :status, :status_text, :result,"     \
  " :result_text, :risk, :risk_text, :workflow_id, :retention_status, :tags, :created_at,"         \
  " :updated_at, :expires_at, :finished_at, :seen, :attention, :ended_at, :open_until)"

static void
bind_ref (VrfStatement *statement, const char *external_ref)
{
  g_autofree char *folded = NULL;
  g_autofree char *key = NULL;

  if (external_ref == NULL)
    return;
  folded = vrf_index_fold (external_ref);
  key = vrf_index_ref_key (external_ref);
  vrf_statement_bind_text (statement, ":external_ref", external_ref);
  vrf_statement_bind_text (statement, ":ref_key", key);
  if (!g_str_equal (folded, external_ref))
    vrf_statement_bind_text (statement, ":folded", folded);
}

static void
bind_words (VrfStatement *statement, const VrfIndexEntry *entry, const Derived *derived)
{
  vrf_statement_bind_int (statement, ":status", derived->status);
  if (derived->status == 0)
    vrf_statement_bind_text (statement, ":status_text", entry->status);
  if (derived->result != 0)
    vrf_statement_bind_int (statement, ":result", derived->result);
  if (derived->result == VRF_INDEX_OTHER_RESULT)
    vrf_statement_bind_text (statement, ":result_text", entry->result);
  if (entry->risk_level != NULL)
    {
      vrf_statement_bind_int (statement, ":risk", derived->risk);
      if (derived->risk < VRF_INDEX_RISK_STEP)
        vrf_statement_bind_text (statement, ":risk_text", entry->risk_level);
    }
  vrf_statement_bind_text (statement, ":workflow_id", entry->workflow_id);
  vrf_statement_bind_text (statement, ":retention_status", entry->retention_status);
}

static gboolean
write_row (VrfIndex *self, const VrfIndexEntry *entry, const Derived *derived, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (self->db, PUT);
  g_autofree char *tail = vrf_index_tail (entry->id);
  g_autofree char *tags = entry->tags != NULL ? g_strjoinv ("\n", entry->tags) : NULL;

  vrf_statement_bind_int (statement, ":n", derived->n);
  vrf_statement_bind_text (statement, ":id", entry->id);
  vrf_statement_bind_text (statement, ":tail", tail);
  bind_ref (statement, entry->external_ref);
  bind_words (statement, entry, derived);
  vrf_statement_bind_text (statement, ":tags", tags);
  vrf_statement_bind_time (statement, ":created_at", entry->created_at);
  vrf_statement_bind_time (statement, ":updated_at", entry->updated_at);
  vrf_statement_bind_time (statement, ":expires_at", entry->expires_at);
  vrf_statement_bind_time (statement, ":finished_at", entry->finished_at);
  vrf_statement_bind_int (statement, ":seen", entry->seen ? 1 : 0);
  vrf_statement_bind_int (statement, ":attention", derived->attention);
  vrf_statement_bind_time (statement, ":ended_at", derived->ended_at);
  vrf_statement_bind_time (statement, ":open_until", derived->open_until);
  return vrf_statement_run (statement, error);
}

/* Where a new session goes: after those of its millisecond. When that is full, the next second,
 * then sixteen minutes, are as good. */
static gboolean
find_place (VrfIndex *self, gint64 created_us, gint64 *ret_n, GError **error)
{
  gint64 first = vrf_index_first_n (created_us);
  gint64 room = PLACES_A_MS;

  *ret_n = first;
  for (;;)
    {
      VrfStatement *statement = vrf_sqlite_statement (self->db,
                                                      "SELECT max (n) AS last FROM sessions"
                                                      " WHERE n >= :first AND n < :end");
      gboolean row = FALSE;

      vrf_statement_bind_int (statement, ":first", first);
      vrf_statement_bind_int (statement, ":end", first + room);
      if (!vrf_statement_step (statement, &row, error))
        return FALSE;
      *ret_n = vrf_statement_is_null (statement, "last")
                   ? first
                   : vrf_statement_get_int (statement, "last") + 1;
      if (!vrf_statement_run (statement, error))
        return FALSE;
      if (*ret_n < first + room)
        return TRUE;
      room *= 1000;
    }
}

/* Known sessions */

static gboolean
find_known (
    VrfIndex *self, const char *id, VrfIndexEntry **ret_entry, gint64 *ret_n, GError **error)
{
  VrfStatement *statement = vrf_sqlite_statement (
      self->db, "SELECT " VRF_INDEX_COLUMNS " FROM sessions AS s WHERE s.id = :id");
  gboolean row = FALSE;

  vrf_statement_bind_text (statement, ":id", id);
  if (!vrf_statement_step (statement, &row, error))
    return FALSE;
  *ret_entry = row ? vrf_index_read_entry (statement) : NULL;
  *ret_n = row ? vrf_statement_get_int (statement, "n") : 0;
  return !row || vrf_statement_run (statement, error);
}

/* Takes @known out of everything but its row. */
static gboolean
take_out (VrfIndex *self, const VrfIndexEntry *known, gint64 n, GError **error)
{
  Derived derived;

  derive (known, n, &derived);
  add_to_totals (self, known, &derived, -1);
  return write_tags (self, known, n, FALSE, error);
}

static gboolean
delete_row (VrfIndex *self, const VrfIndexEntry *known, gint64 n, GError **error)
{
  VrfStatement *statement = NULL;

  if (!take_out (self, known, n, error)
      || !write_parts (self, known->external_ref, n, FALSE, error))
    return FALSE;
  statement = vrf_sqlite_statement (self->db, "DELETE FROM sessions WHERE n = :n");
  vrf_statement_bind_int (statement, ":n", n);
  return vrf_statement_run (statement, error);
}

/* What may be kept of @entry: nothing longer than we keep, and of a redacted session neither
 * reference nor tags. */
static VrfIndexEntry *
dup_kept (const VrfIndexEntry *entry)
{
  VrfIndexEntry *kept = vrf_index_entry_copy (entry);
  char **texts[] = { &kept->result,
                     &kept->risk_level,
                     &kept->external_ref,
                     &kept->workflow_id,
                     &kept->retention_status };
  gboolean redacted = vrf_index_entry_is_redacted (kept);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*texts[i] != NULL && strlen (*texts[i]) > TEXT_MOST)
      g_clear_pointer (texts[i], g_free);
  if (redacted)
    g_clear_pointer (&kept->external_ref, g_free);
  if (redacted || kept->tags == NULL || kept->tags[0] == NULL
      || g_strv_length (kept->tags) > TAGS_MOST)
    g_clear_pointer (&kept->tags, g_strfreev);
  for (guint i = 0; kept->tags != NULL && kept->tags[i] != NULL; i++)
    g_strdelimit (kept->tags[i], "\n", ' ');
  return kept;
}

/* The times and the look that only this desk knows outlive a reply that does not have them. */
static void
keep_what_is_ours (VrfIndexEntry *entry, const VrfIndexEntry *known)
{
  if (entry->created_at == VRF_TIME_NONE)
    entry->created_at = known->created_at;
}

static gboolean
write_entry (VrfIndex *self,
             const VrfIndexEntry *entry,
             const VrfIndexEntry *known,
             gint64 known_n,
             GError **error)
{
  gboolean same_place = known != NULL && known->created_at == entry->created_at;
  gboolean same_ref = same_place && g_strcmp0 (known->external_ref, entry->external_ref) == 0;
  gint64 n = known_n;
  Derived derived;

  if (known != NULL && !same_place && !delete_row (self, known, known_n, error))
    return FALSE;
  if (same_place && !take_out (self, known, known_n, error))
    return FALSE;
  if (same_place && !same_ref && !write_parts (self, known->external_ref, n, FALSE, error))
    return FALSE;
  if (!same_place
      && !find_place (self,
                      entry->created_at != VRF_TIME_NONE ? entry->created_at : g_get_real_time (),
                      &n,
                      error))
    return FALSE;

  derive (entry, n, &derived);
  add_to_totals (self, entry, &derived, 1);
  return write_row (self, entry, &derived, error) && write_tags (self, entry, n, TRUE, error)
         && (same_ref || write_parts (self, entry->external_ref, n, TRUE, error));
}

static gboolean
put_entry (VrfIndex *self, const VrfIndexEntry *told, GError **error)
{
  g_autoptr (VrfIndexEntry) entry = NULL;
  g_autoptr (VrfIndexEntry) known = NULL;
  gint64 n = 0;

  if (strlen (told->id) > ID_MOST || strlen (told->status) > TEXT_MOST)
    return TRUE;
  entry = dup_kept (told);
  if (!find_known (self, entry->id, &known, &n, error))
    return FALSE;
  if (known != NULL)
    {
      keep_what_is_ours (entry, known);
      if (vrf_index_entry_equal (entry, known))
        return TRUE;
      if (vrf_index_entry_is_redacted (entry) && !vrf_index_entry_is_redacted (known))
        self->needs_scrub = TRUE;
    }
  return write_entry (self, entry, known, n, error);
}

static gboolean
remove_entry (VrfIndex *self, const char *id, GError **error)
{
  g_autoptr (VrfIndexEntry) known = NULL;
  gint64 n = 0;

  if (!find_known (self, id, &known, &n, error))
    return FALSE;
  if (known == NULL)
    return TRUE;
  self->needs_scrub = TRUE;
  return delete_row (self, known, n, error);
}

/* Transactions */

static gboolean
set_fact (VrfIndex *self, const char *name, gint64 value, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (self->db, "INSERT OR REPLACE INTO facts VALUES (:name, :value)");

  vrf_statement_bind_text (statement, ":name", name);
  vrf_statement_bind_int (statement, ":value", value);
  return vrf_statement_run (statement, error);
}

static gboolean
begin (VrfIndex *self, GError **error)
{
  g_hash_table_remove_all (self->deltas);
  return vrf_sqlite_begin (self->db, error);
}

/* That there is something to scrub is part of the change: a crash does not forget it. */
static gboolean
end (VrfIndex *self, gboolean ok, GError **error)
{
  ok = ok && (g_hash_table_size (self->deltas) == 0 || write_totals (self, error))
       && (!self->needs_scrub || set_fact (self, "needs_scrub", 1, error))
       && vrf_sqlite_commit (self->db, error);
  if (!ok)
    vrf_sqlite_rollback (self->db);
  return ok;
}

/**
 * vrf_index_put:
 * @self: an index
 * @entries: (element-type VrfIndexEntry): what is known now; what was known before is forgotten,
 *   except a time of creation that is missing now
 * @error: return location
 *
 * All or nothing. Entries that say nothing new are not written. An id of more than 256 bytes is
 * left out, a text of more than 1,024 too. Of a redacted session id, states and times are kept.
 */
gboolean
vrf_index_put (VrfIndex *self, GPtrArray *entries, GError **error)
{
  gboolean ok = begin (self, error);

  if (!ok)
    return FALSE;
  for (guint i = 0; ok && i < entries->len; i++)
    ok = put_entry (self, g_ptr_array_index (entries, i), error);
  return end (self, ok, error);
}

/**
 * vrf_index_remove:
 * @self: an index
 * @ids: (array zero-terminated=1): sessions that are to be forgotten; those not there are no error
 * @error: return location
 *
 * Their traces lie in free pages until vrf_index_scrub().
 */
gboolean
vrf_index_remove (VrfIndex *self, const char *const *ids, GError **error)
{
  gboolean ok = begin (self, error);

  if (!ok)
    return FALSE;
  for (guint i = 0; ok && ids[i] != NULL; i++)
    ok = remove_entry (self, ids[i], error);
  return end (self, ok, error);
}

static GPtrArray *
find_others (
    VrfIndex *self, gint64 from_us, gint64 until_us, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  VrfStatement *statement =
      vrf_sqlite_statement (self->db,
                            "SELECT id FROM sessions WHERE n >= :first AND n < :end"
                            " AND created_at > :from AND created_at < :until");
  gboolean row = FALSE;

  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (known, (char *) ids[i]);
  vrf_statement_bind_int (statement, ":first", vrf_index_first_n (from_us));
  vrf_statement_bind_int (statement,
                          ":end",
                          until_us == G_MAXINT64 ? G_MAXINT64
                                                 : vrf_index_first_n (until_us) + 64000000);
  vrf_statement_bind_int (statement, ":from", from_us);
  vrf_statement_bind_int (statement, ":until", until_us);
  for (;;)
    {
      if (!vrf_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      if (!g_hash_table_contains (known, vrf_statement_get_text (statement, "id")))
        g_ptr_array_add (others, vrf_statement_dup_text (statement, "id"));
    }
  g_ptr_array_add (others, NULL);
  return g_steal_pointer (&others);
}

/**
 * vrf_index_keep_only:
 * @self: an index
 * @from_us: created after it, %G_MININT64 for whenever
 * @until_us: created before it, %G_MAXINT64 for whenever
 * @ids: (array zero-terminated=1): which the server has of that time
 * @error: return location
 *
 * Forgets the others of that time: the server has deleted them (verifa-api.md 2.9).
 */
gboolean
vrf_index_keep_only (
    VrfIndex *self, gint64 from_us, gint64 until_us, const char *const *ids, GError **error)
{
  g_autoptr (GPtrArray) others = find_others (self, from_us, until_us, ids, error);

  if (others == NULL)
    return FALSE;
  return others->len == 1 || vrf_index_remove (self, (const char *const *) others->pdata, error);
}

/** vrf_index_set_workflow: what the organization calls a workflow */
gboolean
vrf_index_set_workflow (VrfIndex *self, const char *id, const char *name, GError **error)
{
  VrfStatement *statement =
      vrf_sqlite_statement (self->db,
                            "INSERT INTO workflows VALUES (:id, :name) ON CONFLICT DO UPDATE"
                            " SET name = excluded.name WHERE name <> excluded.name");

  vrf_statement_bind_text (statement, ":id", id);
  vrf_statement_bind_text (statement, ":name", name);
  return vrf_statement_run (statement, error);
}

/** vrf_index_set_synced: how old the index is, and whether it is whole */
gboolean
vrf_index_set_synced (VrfIndex *self, const VrfIndexSync *sync, GError **error)
{
  if (!begin (self, error))
    return FALSE;
  return end (self,
              set_fact (self, "synced_at", sync->synced_at, error)
                  && set_fact (self, "skew_us", sync->skew_us, error)
                  && set_fact (self, "complete", sync->complete ? 1 : 0, error),
              error);
}
