/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-fixtures.h"

#include "base/vrf-json.h"
#include "base/vrf-time.h"

/* The workflows every new database has (verifa-api.md 7.1, 8.5). */

typedef struct
{
  const char *id;
  const char *name;
  const char *description;
  const char *requirements;
  const char *steps; /* the policies, in the order they run */
} Fixture;

#define ID_TYPES "\"document_types\":[\"drivers_license\",\"passport\",\"national_id\"]"
#define ALL_TYPES                                                                                  \
  "\"document_types\":[\"drivers_license\",\"passport\",\"national_id\",\"residence_permit\"]"

static const Fixture fixtures[] = {
  {
      VRF_FIXTURES_DEFAULT_WORKFLOW,
      "ID & Selfie + Age Verification",
      "Checks an ID, compares it with a selfie and verifies an age of 18.",
      "{" ID_TYPES ",\"selfie\":true,\"liveness\":false,\"fields\":{},"
      "\"proof_of_address\":false,\"minimum_age\":18}",
      "document_ocr document_expiration face_match age_verification watchlist_screening"
      " duplicate_detection risk_assessment auto_approve",
  },
  {
      "workflow_age_21",
      "Age 21+",
      "Checks an ID, compares it with a selfie and verifies an age of 21.",
      "{" ID_TYPES ",\"selfie\":true,\"liveness\":false,\"fields\":{},"
      "\"proof_of_address\":false,\"minimum_age\":21}",
      "document_ocr document_expiration face_match age_verification watchlist_screening"
      " duplicate_detection risk_assessment auto_approve",
  },
  {
      "workflow_doc_only",
      "Document Scan Only",
      "Checks an ID. No selfie is taken.",
      "{" ID_TYPES ",\"selfie\":false,\"liveness\":false,\"fields\":{},"
      "\"proof_of_address\":false,\"minimum_age\":null}",
      "document_ocr document_expiration watchlist_screening risk_assessment auto_approve",
  },
  {
      "workflow_user_info",
      "ID & Selfie + User info",
      "Also asks the applicant for name, e-mail and, if they like, phone.",
      "{" ID_TYPES ",\"selfie\":true,\"liveness\":false,"
      "\"fields\":{\"first_name\":\"required\",\"last_name\":\"required\","
      "\"email\":\"required\",\"phone\":\"optional\"},"
      "\"proof_of_address\":false,\"minimum_age\":18}",
      "document_ocr document_expiration face_match age_verification identity_crossref"
      " watchlist_screening duplicate_detection risk_assessment auto_approve",
  },
  {
      "workflow_full",
      "Everything",
      "Every step there is: residence permits, liveness, all fields and proof of address.",
      "{" ALL_TYPES ",\"selfie\":true,\"liveness\":true,"
      "\"fields\":{\"first_name\":\"required\",\"last_name\":\"required\","
      "\"email\":\"required\",\"phone\":\"required\",\"date_of_birth\":\"required\","
      "\"ssn\":\"optional\",\"address\":\"required\"},"
      "\"proof_of_address\":true,\"minimum_age\":18}",
      "document_ocr document_expiration id_document_filter face_match age_verification"
      " proof_of_address_check identity_crossref watchlist_screening aml_screening"
      " duplicate_detection risk_assessment auto_approve",
  },
};

static JsonArray *
new_steps (const char *policies)
{
  g_auto (GStrv) names = g_strsplit (policies, " ", -1);
  JsonArray *steps = json_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonObject *step = json_object_new ();

      json_object_set_string_member (step, "policy", names[i]);
      json_array_add_object_element (steps, step);
    }
  return steps;
}

static char *
dup_workflow (const Fixture *fixture, const char *created_at)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *steps = new_steps (fixture->steps);

  json_object_set_string_member (object, "id", fixture->id);
  json_object_set_string_member (object, "name", fixture->name);
  json_object_set_int_member (object, "version", 1);
  json_object_set_boolean_member (
      object, "is_default", g_str_equal (fixture->id, VRF_FIXTURES_DEFAULT_WORKFLOW));
  json_object_set_boolean_member (object, "is_active", TRUE);
  json_object_set_string_member (object, "created_at", created_at);
  json_object_set_string_member (object, "updated_at", created_at);
  json_object_set_string_member (object, "description", fixture->description);
  json_object_set_int_member (object, "step_count", json_array_get_length (steps));
  json_object_set_array_member (object, "steps", steps);
  json_object_set_member (object, "data_requirements", vrf_stored_parse (fixture->requirements));
  json_object_set_string_member (object, "format", "steps");
  json_object_set_null_member (object, "graph");
  json_node_take_object (root, object);
  return vrf_json_to_text (root);
}

/**
 * vrf_fixtures_ensure:
 * @store: a store
 * @now: the sandbox's time
 * @error: from the database
 *
 * Adds what a new database needs; one that has it stays as it is.
 */
gboolean
vrf_fixtures_ensure (VrfSandboxStore *store, gint64 now, GError **error)
{
  g_autofree char *created_at = vrf_time_format (now);
  g_autofree char *present = NULL;

  if (!vrf_sandbox_store_get_default_workflow (store, &present, error))
    return FALSE;
  for (guint i = 0; present == NULL && i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autofree char *json = dup_workflow (&fixtures[i], created_at);
      gboolean is_default = g_str_equal (fixtures[i].id, VRF_FIXTURES_DEFAULT_WORKFLOW);

      if (!vrf_sandbox_store_put_workflow (store, fixtures[i].id, json, is_default, error))
        return FALSE;
    }
  return TRUE;
}
