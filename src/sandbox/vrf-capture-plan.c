/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-capture-plan.h"

#include "base/vrf-enum.h"
#include "base/vrf-json.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-capture-place.h"
#include "sandbox/vrf-store-capture.h"
#include "sandbox/vrf-workflows.h"

struct _VrfCapturePlan
{
  const VrfStoredSession *session; /* borrowed */
  GStrv document_types;            /* what the workflow accepts */
  JsonObject *asked;               /* nullable: field to `required` or `optional` */
  JsonObject *fields;              /* pre-filled and collected */
  gboolean wants_selfie;
  gboolean wants_liveness;
  gboolean wants_address;
  gboolean has_front;
  gboolean has_back;
  gboolean has_selfie;
  gboolean has_liveness;
  gboolean has_address;
};

#define MAX_FIELDS_BYTES (1024 * 1024)

static const char *const step_ids[VRF_N_CAPTURE_STEPS] = {
  "consent",  "document_type", "document_front",   "document_back", "selfie",
  "liveness", "fields",        "proof_of_address", "complete",      "outcome",
};

static const char *const step_states[] = { NULL, "todo", "optional", "done" };

const char *const vrf_capture_fields[] = { "first_name",    "last_name", "email",   "phone",
                                           "date_of_birth", "ssn",       "address", NULL };

static const char *const default_types[] = { "drivers_license", "passport", "national_id", NULL };

/* What is asked when a workflow says nothing: a document and a selfie. */
static void
read_requirements (VrfCapturePlan *self, JsonObject *requirements)
{
  VrfJsonReader reader = { NULL };
  JsonObject *asked = NULL;

  vrf_json_reader_init_object (&reader, requirements, "data_requirements");
  self->document_types = vrf_json_reader_opt_strv (&reader, "document_types", 16);
  self->wants_selfie = vrf_json_reader_opt_bool (&reader, "selfie", FALSE);
  self->wants_liveness = vrf_json_reader_opt_bool (&reader, "liveness", FALSE);
  self->wants_address = vrf_json_reader_opt_bool (&reader, "proof_of_address", FALSE);
  asked = vrf_json_reader_opt_object (&reader, "fields");
  self->asked = asked != NULL ? json_object_ref (asked) : NULL;
}

static gboolean
read_workflow (VrfCapturePlan *self, VrfSandboxStore *store, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredWorkflow) workflow =
      vrf_workflows_get_of_session (store, self->session, &local);
  g_autoptr (JsonNode) requirements = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  self->wants_selfie = TRUE;
  requirements = workflow != NULL ? vrf_stored_parse (workflow->requirements) : NULL;
  if (requirements != NULL)
    read_requirements (self, json_node_get_object (requirements));
  if (self->document_types == NULL || self->document_types[0] == NULL)
    {
      g_strfreev (self->document_types);
      self->document_types = g_strdupv ((char **) default_types);
    }

  return TRUE;
}

static gboolean
read_documents (VrfCapturePlan *self, VrfSandboxStore *store, GError **error)
{
  g_autoptr (GPtrArray) documents =
      vrf_sandbox_store_list_documents (store, self->session->n, error);

  if (documents == NULL)
    return FALSE;

  for (guint i = 0; i < documents->len; i++)
    {
      const VrfStoredDocument *document = g_ptr_array_index (documents, i);

      self->has_front |= g_str_equal (document->doc_type, "id_front");
      self->has_back |= g_str_equal (document->doc_type, "id_back");
      self->has_selfie |= g_str_equal (document->doc_type, "selfie");
      self->has_address |= g_str_equal (document->doc_type, "proof_of_address");
    }

  return TRUE;
}

static gboolean
read_liveness (VrfCapturePlan *self, VrfSandboxStore *store, GError **error)
{
  g_autoptr (VrfStoredLiveness) liveness =
      vrf_store_capture_get_liveness (store, self->session->n, error);

  if (liveness == NULL)
    return FALSE;
  self->has_liveness = liveness->done_at != VRF_TIME_NONE;

  return TRUE;
}

static gboolean
read_fields (VrfCapturePlan *self, GError **error)
{
  const char *text = self->session->fields != NULL ? self->session->fields : "{}";
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) node = vrf_json_parse (bytes, MAX_FIELDS_BYTES, error);

  if (node == NULL)
    return FALSE;
  self->fields = JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node))
                                               : json_object_new ();

  return TRUE;
}

/**
 * vrf_capture_plan_new:
 * @store: where the workflow and the documents are
 * @session: (transfer none): the session; must outlive the plan
 * @error: %VRF_ERROR_STORE, or %VRF_ERROR_REPLY when a row is not JSON
 *
 * Reads what the session's workflow asks for (its `data_requirements`, verifa-api.md 7.1) and what
 * the applicant has given.
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with @error set
 */
VrfCapturePlan *
vrf_capture_plan_new (VrfSandboxStore *store, const VrfStoredSession *session, GError **error)
{
  g_autoptr (VrfCapturePlan) self = g_new0 (VrfCapturePlan, 1);

  self->session = session;
  if (!read_workflow (self, store, error) || !read_documents (self, store, error)
      || !read_liveness (self, store, error) || !read_fields (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/** vrf_capture_plan_free: */
void
vrf_capture_plan_free (VrfCapturePlan *self)
{
  g_strfreev (self->document_types);
  g_clear_pointer (&self->asked, json_object_unref);
  g_clear_pointer (&self->fields, json_object_unref);
  g_free (self);
}

static VrfCaptureStepState
done_or (gboolean done, VrfCaptureStepState otherwise)
{
  return done ? VRF_CAPTURE_DONE : otherwise;
}

/* Mandatory for licences only; a residence permit is asked for it and may pass (2.7). */
static VrfCaptureStepState
get_back_state (VrfCapturePlan *self)
{
  const char *type = self->session->document_type;

  if (g_strcmp0 (type, "drivers_license") == 0)
    return done_or (self->has_back, VRF_CAPTURE_TODO);
  if (g_strcmp0 (type, "residence_permit") == 0)
    return done_or (self->has_back, VRF_CAPTURE_OPTIONAL);

  return done_or (self->has_back && vrf_capture_plan_accepts_back (self), VRF_CAPTURE_ABSENT);
}

static VrfCaptureStepState
get_fields_state (VrfCapturePlan *self)
{
  gboolean asks = FALSE;
  gboolean requires = FALSE;

  for (guint i = 0; vrf_capture_fields[i] != NULL; i++)
    {
      gboolean required = FALSE;

      asks |= vrf_capture_plan_asks_field (self, vrf_capture_fields[i], &required);
      requires |= required;
    }
  if (!asks)
    return VRF_CAPTURE_ABSENT;

  return done_or (json_object_has_member (self->fields, VRF_CAPTURE_COLLECTED),
                  requires ? VRF_CAPTURE_TODO : VRF_CAPTURE_OPTIONAL);
}

/**
 * vrf_capture_plan_get:
 * @step: a step
 *
 * Returns: whether the session has the step, and whether it is done
 */
VrfCaptureStepState
vrf_capture_plan_get (VrfCapturePlan *self, VrfCaptureStep step)
{
  const VrfStoredSession *session = self->session;
  gboolean is_capturable = vrf_engine_is_capturable (session->state);

  switch (step)
    {
    case VRF_CAPTURE_CONSENT:
      return done_or (session->consent_at != VRF_TIME_NONE, VRF_CAPTURE_TODO);
    case VRF_CAPTURE_DOCUMENT_TYPE:
      return done_or (session->document_type != NULL, VRF_CAPTURE_TODO);
    case VRF_CAPTURE_DOCUMENT_FRONT:
      return done_or (self->has_front, VRF_CAPTURE_TODO);
    case VRF_CAPTURE_DOCUMENT_BACK:
      return get_back_state (self);
    case VRF_CAPTURE_SELFIE:
      return done_or (self->has_selfie, self->wants_selfie ? VRF_CAPTURE_TODO : VRF_CAPTURE_ABSENT);
    case VRF_CAPTURE_LIVENESS:
      return done_or (self->has_liveness,
                      self->wants_liveness ? VRF_CAPTURE_TODO : VRF_CAPTURE_ABSENT);
    case VRF_CAPTURE_FIELDS:
      return get_fields_state (self);
    case VRF_CAPTURE_PROOF_OF_ADDRESS:
      return done_or (self->has_address,
                      self->wants_address ? VRF_CAPTURE_TODO : VRF_CAPTURE_ABSENT);
    case VRF_CAPTURE_COMPLETE:
      return done_or (!is_capturable, VRF_CAPTURE_TODO);
    case VRF_CAPTURE_OUTCOME:
      if (!session->is_sandbox)
        return VRF_CAPTURE_ABSENT;
      return done_or (!is_capturable && session->state != VRF_STATE_SANDBOX_PENDING,
                      VRF_CAPTURE_TODO);
    default:
      return VRF_CAPTURE_ABSENT;
    }
}

/**
 * vrf_capture_plan_find_missing:
 *
 * Returns: (nullable): the id of the first step that `complete` still waits for
 */
const char *
vrf_capture_plan_find_missing (VrfCapturePlan *self)
{
  for (guint i = 0; i < VRF_CAPTURE_COMPLETE; i++)
    if (vrf_capture_plan_get (self, i) == VRF_CAPTURE_TODO)
      return step_ids[i];

  return NULL;
}

/** vrf_capture_plan_accepts_type: Returns: whether the workflow accepts that type of document */
gboolean
vrf_capture_plan_accepts_type (VrfCapturePlan *self, const char *document_type)
{
  return g_strv_contains ((const char *const *) self->document_types, document_type);
}

/** vrf_capture_plan_accepts_back: Returns: whether the chosen document has a back to show */
gboolean
vrf_capture_plan_accepts_back (VrfCapturePlan *self)
{
  return self->session->document_type != NULL
         && !g_str_equal (self->session->document_type, "passport");
}

/**
 * vrf_capture_plan_asks_field:
 * @name: one of vrf_capture_fields
 * @ret_required: (out) (optional): whether it has to be filled in
 *
 * Returns: whether the workflow asks for it
 */
gboolean
vrf_capture_plan_asks_field (VrfCapturePlan *self, const char *name, gboolean *ret_required)
{
  JsonNode *node = self->asked != NULL ? json_object_get_member (self->asked, name) : NULL;
  const char *how = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_STRING)
    how = json_node_get_string (node);
  if (ret_required != NULL)
    *ret_required = g_strcmp0 (how, "required") == 0;

  return how != NULL;
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/**
 * vrf_capture_plan_dup_destination:
 *
 * Returns: (transfer full) (nullable): where the applicant goes at the end: the session's
 *   `redirect_url` with `session_id` and `status` (verifa-api.md 2.3); %NULL when it has none
 */
char *
vrf_capture_plan_dup_destination (VrfCapturePlan *self)
{
  const VrfStoredSession *session = self->session;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *query = NULL;

  if (session->redirect_url == NULL)
    return NULL;
  uri = g_uri_parse (session->redirect_url, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL)
    return NULL;

  query = g_strdup_printf ("%s%ssession_id=%s&status=%s",
                           g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "",
                           g_uri_get_query (uri) != NULL ? "&" : "",
                           session->id,
                           vrf_enum_to_nick (vrf_engine_states, session->state));

  return g_uri_join (G_URI_FLAGS_ENCODED,
                     g_uri_get_scheme (uri),
                     g_uri_get_userinfo (uri),
                     g_uri_get_host (uri),
                     g_uri_get_port (uri),
                     g_uri_get_path (uri),
                     query,
                     g_uri_get_fragment (uri));
}

static JsonArray *
list_steps (VrfCapturePlan *self)
{
  JsonArray *steps = json_array_new ();

  for (guint i = 0; i < VRF_N_CAPTURE_STEPS; i++)
    {
      VrfCaptureStepState state = vrf_capture_plan_get (self, i);
      JsonObject *step = NULL;

      if (state == VRF_CAPTURE_ABSENT)
        continue;
      step = json_object_new ();
      json_object_set_string_member (step, "id", step_ids[i]);
      json_object_set_string_member (step, "state", step_states[state]);
      json_array_add_object_element (steps, step);
    }

  return steps;
}

static JsonArray *
list_types (VrfCapturePlan *self)
{
  JsonArray *types = json_array_new ();

  for (guint i = 0; self->document_types[i] != NULL; i++)
    json_array_add_string_element (types, self->document_types[i]);

  return types;
}

/* Pre-filled values are given out until the applicant has confirmed them, and not afterwards. */
static JsonArray *
list_fields (VrfCapturePlan *self)
{
  JsonArray *fields = json_array_new ();
  gboolean is_done = vrf_capture_plan_get (self, VRF_CAPTURE_FIELDS) == VRF_CAPTURE_DONE
                     || vrf_capture_plan_get (self, VRF_CAPTURE_COMPLETE) == VRF_CAPTURE_DONE;

  for (guint i = 0; vrf_capture_fields[i] != NULL; i++)
    {
      const char *name = vrf_capture_fields[i];
      gboolean required = FALSE;
      JsonObject *field = NULL;
      JsonNode *value = json_object_get_member (self->fields, name);

      if (!vrf_capture_plan_asks_field (self, name, &required))
        continue;
      field = json_object_new ();
      json_object_set_string_member (field, "name", name);
      json_object_set_boolean_member (field, "required", required);
      json_object_set_member (field,
                              "value",
                              value != NULL && !is_done ? json_node_copy (value)
                                                        : json_node_new (JSON_NODE_NULL));
      json_array_add_object_element (fields, field);
    }

  return fields;
}

static JsonArray *
list_outcomes (VrfCapturePlan *self)
{
  static const char *const groups[] = { "service", "extension", "developer" };
  JsonArray *outcomes = json_array_new ();
  guint n_presets = 0;
  const VrfPreset *presets = vrf_presets_list (&n_presets);

  for (guint i = 0; self->session->is_sandbox && i < n_presets; i++)
    {
      JsonObject *outcome = json_object_new ();

      json_object_set_string_member (outcome, "outcome", presets[i].nick);
      json_object_set_string_member (outcome, "label", presets[i].label);
      json_object_set_string_member (outcome, "group", groups[presets[i].group]);
      json_array_add_object_element (outcomes, outcome);
    }

  return outcomes;
}

/**
 * vrf_capture_plan_to_json:
 * @service: whose settings name the organization
 *
 * The state of a visit: verifa-api.md 4, step 0, and members of ours: `desk`, `document_type`,
 * `document_country` and `document_state`, `fields` (`name`, `required`, `value`), and in the
 * sandbox `outcomes` (`outcome`, `label`, `group`). Never a result.
 *
 * Returns: (transfer full): an object
 */
JsonNode *
vrf_capture_plan_to_json (VrfCapturePlan *self, VrfService *service)
{
  const VrfStoredSession *session = self->session;
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *end = NULL;
  g_autofree char *destination = vrf_capture_plan_dup_destination (self);

  if (vrf_engine_is_capturable (session->state) && session->token_expires_at != VRF_TIME_NONE)
    end = vrf_time_format (session->token_expires_at);

  json_object_set_string_member (object, "session_id", session->id);
  json_object_set_string_member (
      object, "status", vrf_enum_to_nick (vrf_engine_states, session->state));
  json_object_set_boolean_member (object, "is_sandbox", session->is_sandbox);
  set_text (object, "country", session->country);
  set_text (object, "expires_at", end);
  vrf_capture_place_describe (service, session, object);
  json_object_set_array_member (object, "steps", list_steps (self));
  json_object_set_array_member (object, "document_types", list_types (self));
  set_text (object, "document_type", session->document_type);
  set_text (object, "document_country", session->document_country);
  set_text (object, "document_state", session->document_state);
  json_object_set_array_member (object, "fields", list_fields (self));
  json_object_set_array_member (object, "outcomes", list_outcomes (self));
  set_text (object, "redirect_url", destination);
  json_node_take_object (node, object);

  return node;
}
