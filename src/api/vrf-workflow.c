/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-models.h"
#include "base/vrf-time.h"

#define AGE_MAX 200
#define NODES_MAX 1000

G_DEFINE_BOXED_TYPE (VrfWorkflow, vrf_workflow, vrf_workflow_ref, vrf_workflow_unref)

/* The shape of data_requirements is not documented: what does not fit is left out. */
static int
get_minimum_age (VrfJsonReader *reader)
{
  JsonObject *requirements = vrf_json_reader_opt_object (reader, "data_requirements");
  VrfJsonReader inner;
  int age = -1;

  if (requirements == NULL)
    return -1;
  vrf_json_reader_init_object (&inner, requirements, "data_requirements");
  age = (int) vrf_json_reader_opt_int (&inner, "minimum_age", 0, AGE_MAX, -1);
  vrf_json_reader_finish (&inner, NULL);
  return age;
}

/** vrf_workflow_new_from_json: Returns: (nullable) (transfer full): a workflow; NULL with
 * %VRF_ERROR_REPLY */
VrfWorkflow *
vrf_workflow_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfWorkflow) self = g_atomic_rc_box_new0 (VrfWorkflow);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "workflow");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->name = g_strdup (vrf_json_reader_opt_string (&reader, "name"));
  if (self->name == NULL)
    self->name = g_strdup (self->id);
  self->description = g_strdup (vrf_json_reader_opt_string (&reader, "description"));
  self->version = (int) vrf_json_reader_opt_int (&reader, "version", 0, G_MAXINT, 0);
  self->is_default = vrf_json_reader_opt_bool (&reader, "is_default", FALSE);
  self->is_active = vrf_json_reader_opt_bool (&reader, "is_active", TRUE);
  self->minimum_age = get_minimum_age (&reader);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

VrfWorkflow *
vrf_workflow_ref (VrfWorkflow *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  VrfWorkflow *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->description);
}

void
vrf_workflow_unref (VrfWorkflow *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/** vrf_workflow_version_new_from_json: Returns: (nullable) (transfer full): a version; NULL with
 * %VRF_ERROR_REPLY */
VrfWorkflowVersion *
vrf_workflow_version_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfWorkflowVersion) self = g_new0 (VrfWorkflowVersion, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "workflow_version");
  self->version = (int) vrf_json_reader_opt_int (&reader, "version", 0, G_MAXINT, 0);
  self->name = g_strdup (vrf_json_reader_opt_string (&reader, "name"));
  self->created_at = vrf_json_reader_opt_time (&reader, "created_at");
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_workflow_version_free (VrfWorkflowVersion *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

/* Runs */

void
vrf_run_node_free (VrfRunNode *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->policy);
  g_free (self->status);
  g_free (self->target);
  g_free (self);
}

static VrfRunNode *
node_new_from_json (const char *id, JsonNode *node, GError **error)
{
  VrfRunNode *self = g_new0 (VrfRunNode, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "node_results");
  self->id = g_strdup (id);
  self->policy = g_strdup (vrf_json_reader_opt_string (&reader, "policy"));
  self->status = g_strdup (vrf_json_reader_opt_string (&reader, "status"));
  self->passed = vrf_json_reader_opt_tristate (&reader, "passed");
  self->duration_ms = (int) vrf_json_reader_opt_int (&reader, "duration_ms", 0, G_MAXINT, -1);
  self->target = g_strdup (vrf_json_reader_opt_string (&reader, "target"));
  if (!vrf_json_reader_finish (&reader, error))
    g_clear_pointer (&self, vrf_run_node_free);
  return self;
}

static VrfRunNode *
find_node (GPtrArray *nodes, const char *id)
{
  for (guint i = 0; id != NULL && i < nodes->len; i++)
    {
      VrfRunNode *node = g_ptr_array_index (nodes, i);

      if (g_str_equal (node->id, id))
        return node;
    }
  return NULL;
}

static gboolean
is_target (GPtrArray *nodes, const char *id)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      const VrfRunNode *node = g_ptr_array_index (nodes, i);

      if (g_strcmp0 (node->target, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A walk along the targets from where nothing leads to; what it does not reach comes after it, in
 * the reply's order. A circle ends the walk. */
static GPtrArray *
sort_nodes (GPtrArray *nodes)
{
  g_autoptr (GPtrArray) left = g_ptr_array_copy (nodes, NULL, NULL);
  GPtrArray *path = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_run_node_free);
  VrfRunNode *node = NULL;

  g_ptr_array_set_free_func (left, NULL);
  for (guint i = 0; i < left->len && node == NULL; i++)
    {
      VrfRunNode *candidate = g_ptr_array_index (left, i);

      if (!is_target (nodes, candidate->id))
        node = candidate;
    }
  while (left->len > 0)
    {
      if (node == NULL)
        node = g_ptr_array_index (left, 0);
      g_ptr_array_add (path, node);
      g_ptr_array_remove (left, node);
      node = find_node (left, node->target);
    }
  return path;
}

static gboolean
read_nodes (VrfWorkflowRun *self, JsonObject *results, GError **error)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_run_node_free);
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *member = NULL;

  if (results != NULL)
    json_object_iter_init_ordered (&iter, results);
  while (results != NULL && nodes->len < NODES_MAX
         && json_object_iter_next_ordered (&iter, &id, &member))
    {
      VrfRunNode *node = node_new_from_json (id, member, error);

      if (node == NULL)
        return FALSE;
      g_ptr_array_add (nodes, node);
    }
  self->nodes = sort_nodes (nodes);
  g_ptr_array_set_free_func (nodes, NULL);
  return TRUE;
}

/** vrf_workflow_run_new_from_json: Returns: (nullable) (transfer full): a run; NULL with
 * %VRF_ERROR_REPLY */
VrfWorkflowRun *
vrf_workflow_run_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfWorkflowRun) self = g_new0 (VrfWorkflowRun, 1);
  JsonObject *results = NULL;
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "workflow_run");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->workflow_id = g_strdup (vrf_json_reader_opt_string (&reader, "workflow_id"));
  self->status = g_strdup (vrf_json_reader_opt_string (&reader, "status"));
  self->final_status = g_strdup (vrf_json_reader_opt_string (&reader, "final_status"));
  self->current_node = g_strdup (vrf_json_reader_opt_string (&reader, "current_node"));
  self->paused_at_node = g_strdup (vrf_json_reader_opt_string (&reader, "paused_at_node"));
  self->created_at = vrf_json_reader_opt_time (&reader, "created_at");
  self->started_at = vrf_json_reader_opt_time (&reader, "started_at");
  self->completed_at = vrf_json_reader_opt_time (&reader, "completed_at");
  self->duration_ms = (int) vrf_json_reader_opt_int (&reader, "duration_ms", 0, G_MAXINT, -1);
  results = vrf_json_reader_opt_object (&reader, "node_results");
  if (!vrf_json_reader_finish (&reader, error) || !read_nodes (self, results, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_workflow_run_free (VrfWorkflowRun *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->workflow_id);
  g_free (self->status);
  g_free (self->final_status);
  g_free (self->current_node);
  g_free (self->paused_at_node);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_free (self);
}
