/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-workflow-run.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-workflows.h"

/*
 * The run of a workflow for a session (verifa-api.md 3.19): which node it is at, and what came of
 * each. The sandbox has no engine that would decide: the run follows what happens to the session.
 */

#define GATE "external_gate"

static void
add_step (GStrvBuilder *builder, JsonObject *step)
{
  const char *policy = json_object_get_string_member_with_default (step, "policy", NULL);

  if (policy != NULL)
    g_strv_builder_add (builder, policy);
}

static void
add_array (GStrvBuilder *builder, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        add_step (builder, json_node_get_object (node));
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
}

/**
 * vrf_workflow_run_dup_policies:
 * @store: where the workflow is
 * @session: whose `checks` go before what the workflow says
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the policies, in the order they run; %NULL on error
 */
GStrv
vrf_workflow_run_dup_policies (VrfSandboxStore *store,
                               const VrfStoredSession *session,
                               GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (VrfStoredWorkflow) workflow = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) local = NULL;

  if (session->checks == NULL)
    workflow = vrf_workflows_get_of_session (store, session, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  root = vrf_stored_parse (workflow != NULL ? workflow->steps : session->checks);
  if (root != NULL)
    add_array (builder, json_node_get_array (root));
  return g_strv_builder_end (builder);
}

static JsonObject *
new_node (const char *kind)
{
  JsonObject *node = json_object_new ();

  json_object_set_string_member (node, "kind", kind);
  return node;
}

static void
add_gate (JsonObject *nodes, const char *next)
{
  JsonObject *node = new_node ("wait");
  JsonObject *routes = json_object_new ();

  json_object_set_string_member (routes, "continue", next);
  json_object_set_string_member (routes, "fail", "rejected");
  json_object_set_string_member (routes, "reject", "rejected");
  json_object_set_object_member (node, "routes", routes);
  json_object_set_object_member (nodes, GATE, node);
}

static void
add_policy (JsonObject *nodes, const char *policy, const char *next, gboolean last)
{
  JsonObject *node = new_node ("policy");
  JsonObject *routes = json_object_new ();

  json_object_set_string_member (node, "policy", policy);
  json_object_set_string_member (routes, "passed", last ? "approved" : next);
  json_object_set_string_member (routes, "failed", last ? "rejected" : next);
  if (last)
    json_object_set_string_member (routes, "review", "needs_review");
  json_object_set_object_member (node, "routes", routes);
  json_object_set_object_member (nodes, policy, node);
}

static void
add_ends (JsonObject *nodes)
{
  static const char *const ends[] = { "approved", "rejected", "needs_review" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      JsonObject *node = new_node ("terminal");

      json_object_set_string_member (node, "outcome", ends[i]);
      json_object_set_object_member (nodes, ends[i], node);
    }
}

/* The steps as a graph (verifa-api.md 7.1). A gate, if there is one, stands before the last step.
 */
static char *
dup_graph (const char *const *policies, gboolean with_gate)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *graph = json_object_new ();
  JsonObject *nodes = json_object_new ();
  JsonObject *start = new_node ("start");
  guint n = g_strv_length ((char **) policies);

  json_object_set_string_member (start,
                                 "next",
                                 n > 1 || (n == 1 && !with_gate) ? policies[0]
                                 : with_gate                     ? GATE
                                                                 : "approved");
  json_object_set_object_member (nodes, "start", start);
  for (guint i = 0; i < n; i++)
    add_policy (nodes, policies[i], with_gate && i + 2 == n ? GATE : policies[i + 1], i + 1 == n);
  if (with_gate)
    add_gate (nodes, n > 0 ? policies[n - 1] : "approved");
  add_ends (nodes);
  json_object_set_object_member (graph, "nodes", nodes);
  json_object_set_string_member (graph, "entry", "start");
  json_node_take_object (root, graph);
  return vrf_json_to_text (root);
}

static const VrfPresetCheck *
find_check (const VrfPreset *preset, const char *policy)
{
  for (guint i = 0; i < VRF_PRESET_N_CHECKS && preset->checks[i].policy != NULL; i++)
    if (g_str_equal (preset->checks[i].policy, policy))
      return &preset->checks[i];
  return NULL;
}

static JsonObject *
new_result (const VrfPreset *preset, const char *policy, const char *target)
{
  const VrfPresetCheck *check = find_check (preset, policy);
  gboolean skipped = check != NULL && g_str_equal (check->status, "skipped");
  gboolean passed = check == NULL || g_str_equal (check->status, "passed");
  JsonObject *object = json_object_new ();

  /* What decides has passed when what came out is what it asks for. */
  if (g_str_equal (policy, "auto_approve"))
    passed = g_strcmp0 (preset->result, "approved") == 0;
  json_object_set_string_member (object, "policy", policy);
  json_object_set_string_member (object, "status", skipped ? "skipped" : "completed");
  if (skipped)
    json_object_set_null_member (object, "passed");
  else
    json_object_set_boolean_member (object, "passed", passed);
  json_object_set_int_member (object, "duration_ms", check != NULL ? check->duration_ms : 0);
  json_object_set_string_member (object, "target", target);
  return object;
}

static char *
dup_node_results (const char *const *policies, const VrfPreset *preset)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  for (guint i = 0; policies[i] != NULL; i++)
    json_object_set_object_member (
        object,
        policies[i],
        new_result (
            preset, policies[i], policies[i + 1] != NULL ? policies[i + 1] : preset->result));
  json_node_take_object (root, object);
  return vrf_json_to_text (root);
}

static VrfStoredRun *
new_run (const VrfStoredSession *session, const char *const *policies, gint64 at)
{
  VrfStoredRun *run = g_new0 (VrfStoredRun, 1);

  run->session_n = session->n;
  run->id = vrf_random_id ("wfrun_");
  run->workflow_id = g_strdup (session->workflow_id);
  run->status = g_strdup ("running");
  run->graph = dup_graph (policies, FALSE);
  run->node_results = g_strdup ("{}");
  run->current_node = g_strdup (policies[0]);
  run->created_at = at;
  run->started_at = at;
  run->completed_at = VRF_TIME_NONE;
  return run;
}

static void
finish (VrfStoredRun *run, const char *status, const char *final_status, gint64 at)
{
  vrf_stored_set (&run->status, status);
  vrf_stored_set (&run->final_status, final_status);
  vrf_stored_set (&run->current_node, final_status);
  vrf_stored_set (&run->paused_at_node, NULL);
  run->completed_at = at;
}

static void
wait_at_gate (VrfStoredRun *run, const char *const *policies)
{
  g_free (run->graph);
  run->graph = dup_graph (policies, TRUE);
  vrf_stored_set (&run->status, "paused");
  vrf_stored_set (&run->current_node, GATE);
  vrf_stored_set (&run->paused_at_node, GATE);
}

static void
go_on (VrfStoredRun *run, const char *const *policies)
{
  guint n = g_strv_length ((char **) policies);

  vrf_stored_set (&run->status, "running");
  vrf_stored_set (&run->paused_at_node, NULL);
  vrf_stored_set (&run->current_node, n > 0 ? policies[n - 1] : NULL);
}

/* Whether what happens is the run's business at all. */
static gboolean
concerns_run (VrfState from, VrfState to)
{
  /* A person's decision, and a check that was tried again, come after the run. */
  if (from == VRF_STATE_UNDER_REVIEW || from == to)
    return FALSE;
  return to == VRF_STATE_PROCESSING || to == VRF_STATE_SANDBOX_PENDING
         || to == VRF_STATE_AWAITING_EXTERNAL || to == VRF_STATE_UNDER_REVIEW
         || to == VRF_STATE_COMPLETED || to == VRF_STATE_FAILED
         || (to == VRF_STATE_EXPIRED && from != VRF_STATE_PENDING && from != VRF_STATE_CAPTURING);
}

static gboolean
begins_run (VrfState from, VrfState to)
{
  return (to == VRF_STATE_PROCESSING || to == VRF_STATE_SANDBOX_PENDING)
         && from != VRF_STATE_AWAITING_EXTERNAL;
}

static void
move (
    VrfStoredRun *run, const char *const *policies, VrfState to, const VrfPreset *preset, gint64 at)
{
  if (to == VRF_STATE_AWAITING_EXTERNAL)
    wait_at_gate (run, policies);
  else if (to == VRF_STATE_PROCESSING || to == VRF_STATE_SANDBOX_PENDING)
    go_on (run, policies);
  else if (preset != NULL && preset->result != NULL)
    {
      g_free (run->node_results);
      run->node_results = dup_node_results (policies, preset);
      finish (run, "completed", preset->result, at);
    }
  else
    finish (run, "failed", NULL, at);
}

/* Reads the run into @ret_run, NULL when there is none. */
static gboolean
read_run (VrfSandboxStore *store,
          const VrfStoredSession *session,
          VrfStoredRun **ret_run,
          GError **error)
{
  g_autoptr (GError) local = NULL;

  *ret_run = vrf_store_runs_get (store, session->n, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * vrf_workflow_run_follow:
 * @store: where the run is
 * @session: in the state it leaves
 * @to: the state it goes to
 * @preset: (nullable): the outcome, if there is one
 * @at: when
 * @error: from the database
 *
 * Begins, pauses, goes on with or ends the session's run. An outcome that was chosen before
 * anything was captured has a run too: one that took no time.
 */
gboolean
vrf_workflow_run_follow (VrfSandboxStore *store,
                         const VrfStoredSession *session,
                         VrfState to,
                         const VrfPreset *preset,
                         gint64 at,
                         GError **error)
{
  g_autoptr (VrfStoredRun) run = NULL;
  g_auto (GStrv) policies = NULL;

  if (!concerns_run (session->state, to))
    return TRUE;
  policies = vrf_workflow_run_dup_policies (store, session, error);
  if (policies == NULL)
    return FALSE;
  if (!begins_run (session->state, to) && !read_run (store, session, &run, error))
    return FALSE;
  if (run == NULL || run->completed_at != VRF_TIME_NONE)
    {
      g_clear_pointer (&run, vrf_stored_run_free);
      run = new_run (session, (const char *const *) policies, at);
    }
  if (!begins_run (session->state, to))
    move (run, (const char *const *) policies, to, preset, at);
  return vrf_store_runs_put (store, run, error);
}

/**
 * vrf_workflow_run_decide:
 * @store: where the run is
 * @session: one that waits at its gate
 * @decision: `continue`, `fail` or `reject`
 * @metadata: (nullable): what came with it
 * @error: from the database
 *
 * Notes what another system decided; the run goes on when the session does.
 */
gboolean
vrf_workflow_run_decide (VrfSandboxStore *store,
                         const VrfStoredSession *session,
                         const char *decision,
                         JsonNode *metadata,
                         GError **error)
{
  g_autoptr (VrfStoredRun) run = NULL;
  g_autoptr (JsonNode) gate = NULL;
  JsonObject *object = NULL;

  if (!read_run (store, session, &run, error))
    return FALSE;
  if (run == NULL)
    return TRUE;
  object = json_object_new ();
  json_object_set_string_member (object, "decision", decision);
  if (metadata != NULL)
    json_object_set_member (object, "metadata", json_node_copy (metadata));
  gate = vrf_body_take (object);
  g_free (run->gate);
  run->gate = vrf_json_to_text (gate);
  return vrf_store_runs_put (store, run, error);
}

/* What was decided at the run's gate, NULL when nothing was. */
static JsonNode *
dup_gate (const VrfStoredRun *run)
{
  return run != NULL ? vrf_stored_parse (run->gate) : NULL;
}

static const char *
get_decision (JsonNode *gate)
{
  return json_object_get_string_member (json_node_get_object (gate), "decision");
}

/** vrf_workflow_run_failed_gate: @ret_failed is whether the other system said that its part failed:
 * then the run can only end in a rejection */
gboolean
vrf_workflow_run_failed_gate (VrfSandboxStore *store,
                              const VrfStoredSession *session,
                              gboolean *ret_failed,
                              GError **error)
{
  g_autoptr (VrfStoredRun) run = NULL;
  g_autoptr (JsonNode) gate = NULL;

  if (!read_run (store, session, &run, error))
    return FALSE;
  gate = dup_gate (run);
  *ret_failed = gate != NULL && g_str_equal (get_decision (gate), "fail");
  return TRUE;
}

/* The results of the steps before @policy. */
static char *
dup_results_before (const VrfStoredRun *run, const char *const *policies, guint step_index)
{
  g_autoptr (JsonNode) stored = vrf_stored_parse (run->node_results);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *from = json_node_get_object (stored);
  JsonObject *to = json_object_new ();

  for (guint i = 0; i < step_index; i++)
    if (json_object_has_member (from, policies[i]))
      json_object_set_member (
          to, policies[i], json_node_copy (json_object_get_member (from, policies[i])));
  root = vrf_body_take (to);
  return vrf_json_to_text (root);
}

/**
 * vrf_workflow_run_start_at:
 * @store: where the run is
 * @session: whose run has just begun again
 * @before: the run before that
 * @step_index: the step it is to begin with, which exists
 * @error: from the database
 *
 * Takes over what the steps before it gave.
 */
gboolean
vrf_workflow_run_start_at (VrfSandboxStore *store,
                           const VrfStoredSession *session,
                           const VrfStoredRun *before,
                           guint step_index,
                           GError **error)
{
  g_autoptr (VrfStoredRun) run = NULL;
  g_auto (GStrv) policies = vrf_workflow_run_dup_policies (store, session, error);

  if (policies == NULL || !read_run (store, session, &run, error))
    return FALSE;
  if (run == NULL)
    return TRUE;
  g_free (run->node_results);
  run->node_results = dup_results_before (before, (const char *const *) policies, step_index);
  vrf_stored_set (&run->current_node, policies[step_index]);
  return vrf_store_runs_put (store, run, error);
}

/* Where the gate leads in the run's graph. */
static const char *
get_target (JsonNode *graph, const char *decision)
{
  JsonObject *nodes = json_object_get_object_member (json_node_get_object (graph), "nodes");
  JsonObject *gate = json_object_get_object_member (nodes, GATE);

  return json_object_get_string_member (json_object_get_object_member (gate, "routes"), decision);
}

static JsonObject *
new_gate_result (const VrfStoredRun *run, JsonNode *gate)
{
  JsonObject *object = json_object_new ();
  JsonNode *metadata = json_object_get_member (json_node_get_object (gate), "metadata");
  g_autoptr (JsonNode) graph = vrf_stored_parse (run->graph);

  json_object_set_string_member (object, "policy", GATE);
  json_object_set_string_member (object, "status", "completed");
  json_object_set_boolean_member (object, "passed", g_str_equal (get_decision (gate), "continue"));
  json_object_set_int_member (object, "duration_ms", 0);
  json_object_set_string_member (object, "target", get_target (graph, get_decision (gate)));
  if (metadata != NULL)
    json_object_set_member (object, "metadata", json_node_copy (metadata));
  return object;
}

static JsonNode *
new_node_results (const VrfStoredRun *run)
{
  JsonNode *results = vrf_stored_parse (run->node_results);
  g_autoptr (JsonNode) gate = dup_gate (run);

  if (gate != NULL)
    json_object_set_object_member (
        json_node_get_object (results), GATE, new_gate_result (run, gate));
  return results;
}

/** vrf_workflow_run_to_json: Returns: (transfer full): the run of 3.19 */
JsonNode *
vrf_workflow_run_to_json (const VrfStoredRun *run, const VrfStoredSession *session)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", run->id);
  json_object_set_string_member (object, "session_id", session->id);
  vrf_body_add_string (object, "workflow_id", run->workflow_id);
  json_object_set_string_member (object, "status", run->status);
  vrf_body_add_time (object, "created_at", run->created_at);
  vrf_body_add_string (object, "final_status", run->final_status);
  vrf_body_add_text (object, "graph_snapshot", run->graph);
  vrf_body_add_string (object, "paused_at_node", run->paused_at_node);
  vrf_body_add_string (object, "current_node", run->current_node);
  json_object_set_member (object, "node_results", new_node_results (run));
  vrf_body_add_time (object, "started_at", run->started_at);
  vrf_body_add_time (object, "completed_at", run->completed_at);
  if (run->started_at != VRF_TIME_NONE && run->completed_at != VRF_TIME_NONE)
    json_object_set_int_member (
        object, "duration_ms", (run->completed_at - run->started_at) / 1000);
  else
    json_object_set_null_member (object, "duration_ms");
  return vrf_body_take (object);
}
