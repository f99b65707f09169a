/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-lists.h"

#include "base/vrf-random.h"
#include "sandbox/vrf-blocklist.h"
#include "sandbox/vrf-list-person.h"
#include "sandbox/vrf-list-values.h"
#include "sandbox/vrf-store-workflows.h"
#include "sandbox/vrf-workflow-run.h"
#include "sandbox/vrf-workflows.h"

#define POLICY "check_against_list"

typedef struct
{
  const VrfListQuery *query;
  GPtrArray *matches;
} LookUp;

static void
compare (const VrfList *list, const VrfListItem *item, gpointer data)
{
  LookUp *self = data;
  const VrfListQuery *query = self->query;
  g_autoptr (JsonNode) node = NULL;
  VrfListMatch *match = NULL;
  double score = 0;

  if (query->list_ids != NULL && !g_strv_contains (query->list_ids, list->id))
    return;
  node = vrf_stored_parse (item->value);
  score = vrf_list_values_compare (query->list_type, json_node_get_object (node), query->value);
  if (score <= 0)
    return;
  match = g_new0 (VrfListMatch, 1);
  match->list_n = list->n;
  match->list_id = g_strdup (list->id);
  match->list_name = g_strdup (list->name);
  match->item_id = g_strdup (item->id);
  match->match_mode = g_strdup (list->match_mode);
  match->score = score;
  g_ptr_array_add (self->matches, match);
}

/**
 * vrf_lists_look_up:
 * @store: where the lists are
 * @query: what is looked up
 * @matches: (element-type VrfListMatch): gets what it is like
 * @error: from the database
 */
gboolean
vrf_lists_look_up (VrfSandboxStore *store,
                   const VrfListQuery *query,
                   GPtrArray *matches,
                   GError **error)
{
  LookUp self = { query, matches };
  g_autofree char *key = vrf_list_values_dup_key (query->list_type, query->value);
  g_autofree char *other = vrf_list_values_dup_other_key (query->list_type, query->value);
  g_autofree char *digest = NULL;
  VrfListKeys keys = { query->is_sandbox, query->list_type, key, other, NULL };

  if (!vrf_blocklist_dup_digest (store, query->list_type, key, &digest, error))
    return FALSE;
  keys.digest = digest;
  return vrf_store_lists_visit (store, &keys, compare, &self, error);
}

/* The lists that the step of @steps with our policy names; NULL when it names none. */
static GStrv
dup_list_ids (const char *steps)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (steps);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array =
      root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  JsonNode *ids = NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *step = json_array_get_object_element (array, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (step, "policy", NULL), POLICY)
          != 0)
        continue;
      ids = json_object_get_member (step, "list_ids");
    }
  if (ids == NULL || !JSON_NODE_HOLDS_ARRAY (ids))
    return NULL;
  array = json_node_get_array (ids);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *id = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (id) && json_node_get_value_type (id) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (id));
    }
  return g_strv_builder_end (builder);
}

/* Which lists @session is held against, if it is. */
static gboolean
find_lists (VrfSandboxStore *store,
            const VrfStoredSession *session,
            gboolean *ret_wanted,
            GStrv *ret_list_ids,
            GError **error)
{
  g_auto (GStrv) policies = vrf_workflow_run_dup_policies (store, session, error);
  g_autoptr (VrfStoredWorkflow) workflow = NULL;
  g_autoptr (GError) local = NULL;

  if (policies == NULL)
    return FALSE;
  *ret_wanted = g_strv_contains ((const char *const *) policies, POLICY);
  if (!*ret_wanted || session->checks != NULL)
    return TRUE;
  workflow = vrf_workflows_get_of_session (store, session, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (workflow != NULL)
    *ret_list_ids = dup_list_ids (workflow->steps);
  return TRUE;
}

typedef struct
{
  VrfSandboxStore *store;
  const VrfStoredSession *session;
  const char *const *list_ids;
  GPtrArray *matches;
} Person;

static gboolean
look_up_person (const char *list_type, JsonObject *value, gpointer data, GError **error)
{
  Person *self = data;
  VrfListQuery query = { self->session->is_sandbox, self->list_ids, list_type, value };

  return vrf_lists_look_up (self->store, &query, self->matches, error);
}

/* What is trusted is not blocked. */
static gboolean
is_blocked (GPtrArray *matches)
{
  gboolean blocked = FALSE;

  for (guint i = 0; i < matches->len; i++)
    {
      const VrfListMatch *match = matches->pdata[i];

      if (g_str_equal (match->match_mode, "allow"))
        return FALSE;
      blocked |= g_str_equal (match->match_mode, "block");
    }
  return blocked;
}

static gboolean
write_matches (
    VrfSandboxStore *store, gint64 session_n, GPtrArray *matches, gint64 at, GError **error)
{
  if (!vrf_store_lists_drop_matches (store, session_n, error))
    return FALSE;
  for (guint i = 0; i < matches->len; i++)
    {
      VrfListMatch *match = matches->pdata[i];

      g_free (match->id);
      match->id = vrf_random_id ("lmatch_");
      match->session_n = session_n;
      match->created_at = at;
      if (!vrf_store_lists_add_match (store, match, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_check (VrfSandboxStore *store, gint64 session_n, gboolean blocked, gint64 at, GError **error)
{
  VrfStoredCheck check = {
    .policy = (char *) POLICY,
    .status = (char *) (blocked ? "failed" : "passed"),
    .score = -1,
    .reason = (char *) (blocked ? "list_match" : NULL),
    .started_at = at,
    .completed_at = at,
  };

  return vrf_sandbox_store_add_check (store, session_n, &check, error);
}

/**
 * vrf_lists_note_outcome:
 * @store: where the session's result has been written
 * @session: one that has a result now
 * @at: when
 * @error: from the database
 *
 * Notes what the applicant is like in custom lists and, where the workflow or the caller wants
 * `check_against_list`, whether that passed. The outcome is
 * the preset's all the same: it was chosen.
 */
gboolean
vrf_lists_note_outcome (VrfSandboxStore *store,
                        const VrfStoredSession *session,
                        gint64 at,
                        GError **error)
{
  g_auto (GStrv) list_ids = NULL;
  g_autoptr (GPtrArray) matches =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_list_match_free);
  Person person = { store, session, NULL, matches };
  gboolean wanted = FALSE;

  if (!find_lists (store, session, &wanted, &list_ids, error))
    return FALSE;
  person.list_ids = (const char *const *) list_ids;
  return vrf_list_person_visit (store, session, look_up_person, &person, error)
         && write_matches (store, session->n, matches, at, error)
         && (!wanted || write_check (store, session->n, is_blocked (matches), at, error));
}

/**
 * vrf_lists_new_workflows:
 * @store: where the workflows are
 * @list: a list
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): `id` and `name` of the active workflows that name @list
 */
JsonArray *
vrf_lists_new_workflows (VrfSandboxStore *store, const VrfList *list, GError **error)
{
  g_autoptr (GPtrArray) workflows =
      vrf_store_workflows_list (store, list->is_sandbox, G_MAXINT32, 0, error);
  JsonArray *data = NULL;

  if (workflows == NULL)
    return NULL;
  data = json_array_new ();
  for (guint i = 0; i < workflows->len; i++)
    {
      const VrfStoredWorkflow *workflow = workflows->pdata[i];
      g_auto (GStrv) ids = dup_list_ids (workflow->steps);
      JsonObject *object = NULL;

      if (!workflow->is_active || ids == NULL
          || !g_strv_contains ((const char *const *) ids, list->id))
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "id", workflow->id);
      json_object_set_string_member (object, "name", workflow->name);
      json_array_add_object_element (data, object);
    }
  return data;
}
