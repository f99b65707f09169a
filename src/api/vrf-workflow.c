/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-models.h"
#include "base/vrf-time.h"

#define AGE_MAX 200

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

/** vrf_workflow_run_new_from_json: Returns: (nullable) (transfer full): a run; NULL with
 * %VRF_ERROR_REPLY */
VrfWorkflowRun *
vrf_workflow_run_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfWorkflowRun) self = g_new0 (VrfWorkflowRun, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "workflow_run");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->workflow_id = g_strdup (vrf_json_reader_opt_string (&reader, "workflow_id"));
  self->status = g_strdup (vrf_json_reader_opt_string (&reader, "status"));
  self->final_status = g_strdup (vrf_json_reader_opt_string (&reader, "final_status"));
  self->current_node = g_strdup (vrf_json_reader_opt_string (&reader, "current_node"));
  self->paused_at_node = g_strdup (vrf_json_reader_opt_string (&reader, "paused_at_node"));
  self->started_at = vrf_json_reader_opt_time (&reader, "started_at");
  self->completed_at = vrf_json_reader_opt_time (&reader, "completed_at");
  self->duration_ms = (int) vrf_json_reader_opt_int (&reader, "duration_ms", 0, G_MAXINT, -1);
  if (!vrf_json_reader_finish (&reader, error))
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
  g_free (self);
}
