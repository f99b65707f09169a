/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-fixtures.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-store-workflows.h"

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

static char *
dup_steps (const char *policies)
{
  g_auto (GStrv) names = g_strsplit (policies, " ", -1);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *steps = json_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      JsonObject *step = json_object_new ();

      json_object_set_string_member (step, "policy", names[i]);
      json_array_add_object_element (steps, step);
    }
  json_node_take_array (root, steps);
  return vrf_json_to_text (root);
}

static gboolean
insert (
    VrfSandboxStore *store, const Fixture *fixture, gboolean is_sandbox, gint64 now, GError **error)
{
  g_autofree char *steps = dup_steps (fixture->steps);
  VrfStoredWorkflow workflow = {
    .id = (char *) fixture->id,
    .is_sandbox = is_sandbox,
    .is_default = g_str_equal (fixture->id, VRF_FIXTURES_DEFAULT_WORKFLOW),
    .is_active = TRUE,
    .version = 1,
    .rollout = 100,
    .created_at = now,
    .updated_at = now,
    .name = (char *) fixture->name,
    .description = (char *) fixture->description,
    .steps = steps,
    .requirements = (char *) fixture->requirements,
  };

  return vrf_store_workflows_insert (store, &workflow, error);
}

/* Both environments begin with the same workflows, and go their own ways from there. */
static gboolean
ensure_workflows (VrfSandboxStore *store, gboolean is_sandbox, gint64 now, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredWorkflow) present =
      vrf_store_workflows_get_default (store, is_sandbox, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; present == NULL && i < G_N_ELEMENTS (fixtures); i++)
    if (!insert (store, &fixtures[i], is_sandbox, now, error))
      return FALSE;
  return TRUE;
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
  return ensure_workflows (store, TRUE, now, error) && ensure_workflows (store, FALSE, now, error);
}
