/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-workflows.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-capture-plan.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-policies.h"

/* The rules of workflows: what one may be made of, and which version a session gets (verifa-api.md
 * 7.1). */

#define MAX_STEPS 50
#define MAX_STEP_BYTES (16 * 1024)
#define MAX_AGE 150

static const char *const document_types[] = {
  "drivers_license", "passport", "national_id", "residence_permit", NULL
};
static const char *const default_types[] = { "drivers_license", "passport", "national_id", NULL };
static const char *const switches[] = { "selfie", "liveness", "proof_of_address", NULL };

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static void
add_error (VrfFieldErrors *errors,
           const char *parent,
           const char *name,
           const char *code,
           const char *message)
{
  g_autofree char *field = g_strconcat (parent, ".", name, NULL);

  vrf_field_errors_add (errors, field, code, message);
}

/* Results are told by policy, so each has one place. */
static void
check_policy (const char *policy, GHashTable *seen, const char *field, VrfFieldErrors *errors)
{
  if (policy == NULL)
    add_error (errors, field, "policy", "required", "must name a policy");
  else if (!vrf_policies_is_known (policy))
    add_error (errors, field, "policy", "enum", "must be one of /verification-policies");
  else if (!g_hash_table_add (seen, (gpointer) policy))
    add_error (errors, field, "policy", "duplicate", "must not be there twice");
}

static void
check_step (JsonNode *node, const char *index, GHashTable *seen, VrfFieldErrors *errors)
{
  const VrfFieldProblem *problem = NULL;
  g_autofree char *field = g_strconcat ("steps.", index, NULL);
  g_autofree char *text = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      vrf_field_errors_add (errors, field, "type", "must be an object");
      return;
    }
  check_policy (get_text (json_object_get_member (json_node_get_object (node), "policy")),
                seen,
                field,
                errors);
  problem = vrf_fields_find_problem (node);
  if (problem != NULL)
    {
      vrf_field_errors_add (errors, field, problem->code, problem->message);
      return;
    }
  text = vrf_json_to_text (node);
  if (strlen (text) > MAX_STEP_BYTES)
    vrf_field_errors_add (errors, field, "too_large", "must be at most 16 KB");
}

static void
check_steps (JsonObject *body, VrfFieldErrors *errors)
{
  JsonNode *node = json_object_get_member (body, "steps");
  JsonArray *steps = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      vrf_field_errors_add (errors, "steps", "type", "must be an array of objects");
      return;
    }
  steps = json_node_get_array (node);
  if (json_array_get_length (steps) > MAX_STEPS)
    {
      vrf_field_errors_add (errors, "steps", "too_many", "must have at most 50 items");
      return;
    }
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      g_autofree char *index = g_strdup_printf ("%u", i);

      check_step (json_array_get_element (steps, i), index, seen, errors);
    }
}

#define REQUIREMENTS "data_requirements"

static void
check_types (JsonNode *node, VrfFieldErrors *errors)
{
  JsonArray *types = NULL;
  guint length = 0;

  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      types = json_node_get_array (node);
      length = json_array_get_length (types);
    }
  if (length < 1 || length >= G_N_ELEMENTS (document_types))
    {
      add_error (errors, REQUIREMENTS, "document_types", "type", "must be 1 to 4 document types");
      return;
    }
  for (guint i = 0; i < length; i++)
    {
      const char *type = get_text (json_array_get_element (types, i));

      if (type == NULL || !g_strv_contains (document_types, type))
        add_error (errors,
                   REQUIREMENTS,
                   "document_types",
                   "enum",
                   "must be drivers_license, passport, national_id or residence_permit");
    }
}

static void
check_asked (JsonNode *node, VrfFieldErrors *errors)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      add_error (errors, REQUIREMENTS, "fields", "type", "must be an object");
      return;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const char *wanted = get_text (value);

      if (!g_strv_contains (vrf_capture_fields, name))
        add_error (errors, REQUIREMENTS ".fields", name, "enum", "is not a field to be asked for");
      else if (g_strcmp0 (wanted, "required") != 0 && g_strcmp0 (wanted, "optional") != 0)
        add_error (errors, REQUIREMENTS ".fields", name, "enum", "must be required or optional");
    }
}

static void
check_age (JsonNode *node, VrfFieldErrors *errors)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    add_error (errors, REQUIREMENTS, "minimum_age", "type", "must be a whole number or null");
  else if (json_node_get_int (node) < 0 || json_node_get_int (node) > MAX_AGE)
    add_error (errors, REQUIREMENTS, "minimum_age", "range", "must be from 0 to 150");
}

static void
check_requirements (JsonObject *body, VrfFieldErrors *errors)
{
  JsonNode *node = json_object_get_member (body, REQUIREMENTS);
  JsonObject *object = NULL;

  /* What is not an object was noted before. */
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  check_types (json_object_get_member (object, "document_types"), errors);
  check_asked (json_object_get_member (object, "fields"), errors);
  check_age (json_object_get_member (object, "minimum_age"), errors);
  for (guint i = 0; switches[i] != NULL; i++)
    {
      JsonNode *value = json_object_get_member (object, switches[i]);

      if (value != NULL
          && (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_BOOLEAN))
        add_error (errors, REQUIREMENTS, switches[i], "type", "must be true or false");
    }
}

static void
copy_or (JsonObject *from, JsonObject *to, const char *name, JsonNode *otherwise)
{
  g_autoptr (JsonNode) fallback = otherwise;
  JsonNode *node = json_object_get_member (from, name);

  json_object_set_member (to, name, json_node_copy (node != NULL ? node : fallback));
}

static JsonNode *
new_default_types (void)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; default_types[i] != NULL; i++)
    json_array_add_string_element (array, default_types[i]);
  json_node_take_array (node, array);
  return node;
}

/* All members, whichever were given; none that nobody reads. */
static char *
dup_requirements (JsonObject *given)
{
  JsonObject *whole = json_object_new ();
  g_autoptr (JsonNode) root = vrf_body_take (whole);

  copy_or (given, whole, "document_types", new_default_types ());
  for (guint i = 0; switches[i] != NULL; i++)
    copy_or (given, whole, switches[i], json_node_init_boolean (json_node_alloc (), FALSE));
  copy_or (given, whole, "fields", vrf_body_take (json_object_new ()));
  copy_or (given, whole, "minimum_age", json_node_new (JSON_NODE_NULL));
  return vrf_json_to_text (root);
}

static void
take_text (JsonObject *body, const char *name, char **text)
{
  if (json_object_has_member (body, name))
    vrf_stored_set (text, vrf_fields_get_string (body, name));
}

static void
take (JsonObject *body, VrfStoredWorkflow *workflow)
{
  const char *name = vrf_fields_get_string (body, "name");

  if (name != NULL)
    vrf_stored_set (&workflow->name, name);
  take_text (body, "description", &workflow->description);
  if (vrf_fields_has (body, "steps"))
    {
      g_free (workflow->steps);
      workflow->steps = vrf_fields_dup_json (body, "steps");
    }
  if (json_object_has_member (body, REQUIREMENTS))
    {
      g_clear_pointer (&workflow->requirements, g_free);
      if (vrf_fields_has (body, REQUIREMENTS))
        workflow->requirements =
            dup_requirements (json_object_get_object_member (body, REQUIREMENTS));
    }
}

/**
 * vrf_workflows_read:
 * @body: of `POST /workflows`, or of `PATCH /workflows/{workflow_id}`
 * @workflow: what there is; `n` is 0 for a new one. Changed as @body says
 * @errors: takes what is not acceptable; @workflow then stays as it is
 *
 * `screening_settings` and `graph_layout` belong to the dashboard: they are held to their type, and
 * nothing here reads them.
 */
gboolean
vrf_workflows_read (JsonObject *body, VrfStoredWorkflow *workflow, VrfFieldErrors *errors)
{
  gboolean is_new = workflow->n == 0;
  const VrfField fields[] = {
    { .name = "name", .type = VRF_FIELD_STRING, .required = is_new, .min = 1, .max = 255 },
    { .name = "description", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 2000 },
    { .name = REQUIREMENTS, .type = VRF_FIELD_OBJECT, .nullable = TRUE },
    { .name = "screening_settings", .type = VRF_FIELD_OBJECT, .nullable = TRUE },
    { .name = "graph_layout", .type = VRF_FIELD_OBJECT, .nullable = TRUE },
    { .name = is_new ? "is_default" : NULL, .type = VRF_FIELD_BOOL },
    { NULL },
  };
  const VrfField rollout[] = {
    { .name = "rollout_percentage", .type = VRF_FIELD_INT, .min = 0, .max = 100 },
    { NULL },
  };

  vrf_fields_check (body, fields, errors);
  if (!is_new)
    vrf_fields_check (body, rollout, errors);
  if (is_new && !json_object_has_member (body, "steps"))
    vrf_field_errors_add (errors, "steps", "required", "is required");
  check_steps (body, errors);
  check_requirements (body, errors);
  if (!vrf_field_errors_is_empty (errors))
    return FALSE;

  take (body, workflow);
  if (is_new)
    workflow->is_default = vrf_fields_get_bool (body, "is_default");
  workflow->rollout = is_new ? 100 : (int) vrf_fields_get_int (body, "rollout_percentage", 100);
  return TRUE;
}

/** vrf_workflows_new_json: Returns: (transfer full): the workflow of 7.1 */
JsonNode *
vrf_workflows_new_json (const VrfStoredWorkflow *workflow)
{
  JsonObject *object = json_object_new ();
  JsonNode *steps = vrf_stored_parse (workflow->steps);

  json_object_set_string_member (object, "id", workflow->id);
  json_object_set_string_member (object, "name", workflow->name);
  json_object_set_int_member (object, "version", workflow->version);
  json_object_set_int_member (
      object, "step_count", json_array_get_length (json_node_get_array (steps)));
  json_object_set_member (object, "steps", steps);
  json_object_set_boolean_member (object, "is_default", workflow->is_default);
  json_object_set_boolean_member (object, "is_active", workflow->is_active);
  vrf_body_add_time (object, "created_at", workflow->created_at);
  vrf_body_add_time (object, "updated_at", workflow->updated_at);
  vrf_body_add_string (object, "description", workflow->description);
  vrf_body_add_text (object, "data_requirements", workflow->requirements);
  json_object_set_string_member (object, "format", "steps");
  json_object_set_null_member (object, "graph");
  return vrf_body_take (object);
}

/**
 * vrf_workflows_give:
 * @store: a store
 * @session: new, or to be run again; takes note, its row is not written
 * @workflow: the newest version
 * @error: from the database
 *
 * Makes @session go by @workflow from now on. While a version is being rolled out, some get the one
 * before (verifa-api.md 7.1); whichever it is, the session keeps it.
 */
gboolean
vrf_workflows_give (VrfSandboxStore *store,
                    VrfStoredSession *session,
                    const VrfStoredWorkflow *workflow,
                    GError **error)
{
  g_autoptr (VrfStoredWorkflow) settled = NULL;
  g_autoptr (GError) local = NULL;

  if (g_random_int_range (0, 100) >= workflow->rollout)
    settled = vrf_store_workflows_get_settled (store, workflow, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  vrf_stored_set (&session->workflow_id, workflow->id);
  session->workflow_version = settled != NULL ? settled->version : workflow->version;
  return TRUE;
}

/** vrf_workflows_get_of_session: Returns: (nullable) (transfer full): the version it goes by; %NULL
 * without an error when it names none that there is */
VrfStoredWorkflow *
vrf_workflows_get_of_session (VrfSandboxStore *store,
                              const VrfStoredSession *session,
                              GError **error)
{
  if (session->workflow_id == NULL)
    return vrf_store_workflows_get_default (store, session->is_sandbox, error);
  return vrf_store_workflows_get_version (
      store, session->workflow_id, session->is_sandbox, session->workflow_version, error);
}
