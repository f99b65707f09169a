/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-golden.h"

/* Workflows, their versions and what a session makes of them (verifa-api.md 7.1). */

#define WORKFLOWS "/api/v1/workflows"
#define STEPS "\"steps\":[{\"policy\":\"document_ocr\"},{\"policy\":\"face_match\"}]"
#define FIELDS "\"fields\":{\"first_name\":\"required\",\"phone\":\"optional\"}"
#define NEW                                                                                        \
  "{\"name\":\"Car rental\"," STEPS ",\"description\":\"d\",\"data_requirements\":{"               \
  "\"document_types\":[\"passport\"],\"selfie\":true,\"minimum_age\":21," FIELDS "}}"

static void
set_up (SandboxClient *client, gconstpointer unused)
{
  sandbox_client_start (client, NULL);
}

static void
tear_down (SandboxClient *client, gconstpointer unused)
{
  sandbox_client_stop (client);
}

static SandboxReply *
call (SandboxClient *client, const char *method, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = g_strconcat (WORKFLOWS "/", id, rest, NULL);

  return sandbox_client_call (client, method, path, body);
}

static char *
create (SandboxClient *client, const char *body)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", WORKFLOWS, body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "id"));
}

static gint64
get_int (SandboxReply *reply, const char *name)
{
  return json_object_get_int_member (sandbox_reply_object (reply), name);
}

static gboolean
get_bool (SandboxReply *reply, const char *name)
{
  return json_object_get_boolean_member (sandbox_reply_object (reply), name);
}

static JsonArray *
get_data (SandboxReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  return json_object_get_array_member (sandbox_reply_object (reply), "data");
}

static char *
create_session (SandboxClient *client, const char *workflow_id)
{
  g_autofree char *body = g_strdup_printf ("{\"workflow_id\":\"%s\"}", workflow_id);

  return sandbox_client_create (client, body);
}

/* The document types that the applicant may choose from. */
static char *
dup_choices (SandboxClient *client, const char *session_id)
{
  static const char *const json[] = { "Accept", "application/json", NULL };
  g_autofree char *path = sandbox_client_path (session_id, "");
  g_autoptr (SandboxReply) session = sandbox_client_call (client, "GET", path, NULL);
  const char *url = sandbox_reply_string (session, "capture_url");
  g_autoptr (SandboxReply) state =
      sandbox_client_send (client, "GET", strstr (url, "/verify/"), json, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *types = NULL;

  g_assert_cmpuint (state->status, ==, 200);
  types = json_object_get_array_member (sandbox_reply_object (state), "document_types");
  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      JsonNode *type = json_array_get_element (types, i);

      g_string_append_printf (text,
                              "%s ",
                              JSON_NODE_HOLDS_OBJECT (type) ? json_object_get_string_member (
                                  json_node_get_object (type), "id")
                                                            : json_node_get_string (type));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_create (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) made = sandbox_client_call (client, "POST", WORKFLOWS, NEW);
  g_autofree char *id = g_strdup (sandbox_reply_string (made, "id"));
  g_autoptr (SandboxReply) got = call (client, "GET", id, "", NULL);
  g_autoptr (SandboxReply) list = sandbox_client_call (client, "GET", WORKFLOWS, NULL);
  g_autoptr (SandboxReply) page =
      sandbox_client_call (client, "GET", WORKFLOWS "?limit=1&offset=5", NULL);
  g_autoptr (SandboxReply) none = call (client, "GET", "workflow_0", "", NULL);
  JsonObject *requirements = NULL;

  sandbox_reply_assert_golden (made, "create_workflow");
  sandbox_reply_assert_golden (got, "get_workflow");
  g_assert_cmpstr (made->text, ==, got->text);
  g_assert_true (g_str_has_prefix (id, "workflow_"));
  g_assert_cmpint (get_int (got, "version"), ==, 1);
  g_assert_cmpint (get_int (got, "step_count"), ==, 2);
  g_assert_false (get_bool (got, "is_default"));
  g_assert_true (get_bool (got, "is_active"));
  requirements = json_object_get_object_member (sandbox_reply_object (got), "data_requirements");
  g_assert_cmpint (json_object_get_int_member (requirements, "minimum_age"), ==, 21);
  g_assert_false (json_object_get_boolean_member (requirements, "liveness"));
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 6);
  g_assert_cmpuint (json_array_get_length (get_data (page)), ==, 1);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (get_data (page), 0), "id"),
      ==,
      id);
  sandbox_reply_assert_error (none, 404, "not_found");
}

static void
assert_refused (SandboxReply *reply, const char *field)
{
  JsonArray *errors = NULL;

  sandbox_reply_assert_error (reply, 422, "validation_error");
  errors = json_object_get_array_member (sandbox_reply_object (reply), "errors");
  g_assert_cmpuint (json_array_get_length (errors), ==, 1);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (errors, 0), "field"),
      ==,
      field);
}

#define REQUIRES(json) "{\"name\":\"n\"," STEPS ",\"data_requirements\":" json "}"

static void
test_refused (SandboxClient *client, gconstpointer unused)
{
  static const struct
  {
    const char *body;
    const char *field;
  } cases[] = {
    { "{" STEPS "}", "name" },
    { "{\"name\":\"\"," STEPS "}", "name" },
    { "{\"name\":7," STEPS "}", "name" },
    { "{\"name\":\"n\"}", "steps" },
    { "{\"name\":\"n\",\"steps\":null}", "steps" },
    { "{\"name\":\"n\",\"steps\":{}}", "steps" },
    { "{\"name\":\"n\",\"steps\":[\"face_match\"]}", "steps.0" },
    { "{\"name\":\"n\",\"steps\":[{}]}", "steps.0.policy" },
    { "{\"name\":\"n\",\"steps\":[{\"policy\":7}]}", "steps.0.policy" },
    { "{\"name\":\"n\",\"steps\":[{\"policy\":\"guess\"}]}", "steps.0.policy" },
    { "{\"name\":\"n\",\"steps\":[{\"policy\":\"face_match\"},{\"policy\":\"face_match\"}]}",
      "steps.1.policy" },
    { "{\"name\":\"n\",\"steps\":[{\"policy\":\"face_match\",\"x\":1e999}]}", "steps.0" },
    { "{\"name\":\"n\"," STEPS ",\"description\":7}", "description" },
    { "{\"name\":\"n\"," STEPS ",\"is_default\":\"yes\"}", "is_default" },
    { "{\"name\":\"n\"," STEPS ",\"screening_settings\":[]}", "screening_settings" },
    { "{\"name\":\"n\"," STEPS ",\"graph_layout\":7}", "graph_layout" },
    { REQUIRES ("7"), "data_requirements" },
    { REQUIRES ("{\"document_types\":[]}"), "data_requirements.document_types" },
    { REQUIRES ("{\"document_types\":\"passport\"}"), "data_requirements.document_types" },
    { REQUIRES ("{\"document_types\":[\"library_card\"]}"), "data_requirements.document_types" },
    { REQUIRES ("{\"selfie\":1}"), "data_requirements.selfie" },
    { REQUIRES ("{\"liveness\":null}"), "data_requirements.liveness" },
    { REQUIRES ("{\"proof_of_address\":\"no\"}"), "data_requirements.proof_of_address" },
    { REQUIRES ("{\"fields\":[]}"), "data_requirements.fields" },
    { REQUIRES ("{\"fields\":{\"shoe_size\":\"required\"}}"),
      "data_requirements.fields.shoe_size" },
    { REQUIRES ("{\"fields\":{\"email\":true}}"), "data_requirements.fields.email" },
    { REQUIRES ("{\"minimum_age\":\"18\"}"), "data_requirements.minimum_age" },
    { REQUIRES ("{\"minimum_age\":-1}"), "data_requirements.minimum_age" },
    { REQUIRES ("{\"minimum_age\":151}"), "data_requirements.minimum_age" },
  };
  g_autoptr (SandboxReply) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxReply) reply =
          sandbox_client_call (client, "POST", WORKFLOWS, cases[i].body);

      g_test_message ("%s", cases[i].body);
      assert_refused (reply, cases[i].field);
    }
  list = sandbox_client_call (client, "GET", WORKFLOWS, NULL);
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 5);
}

/* Null is a value of another type, not a member that was left out. */
static void
test_null (SandboxClient *client, gconstpointer unused)
{
  static const char *const names[] = { "name", "steps", "rollout_percentage" };
  g_autofree char *id = create (client, NEW);
  g_autoptr (SandboxReply) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"%s\":null}", names[i]);
      g_autoptr (SandboxReply) reply = call (client, "PATCH", id, "", body);

      assert_refused (reply, names[i]);
    }
  after = call (client, "GET", id, "", NULL);
  g_assert_cmpint (json_object_get_int_member (sandbox_reply_object (after), "version"), ==, 1);
}

/* A version that was made stays as it was; sessions keep the one they began with. */
static void
test_versions (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = create (client, NEW);
  g_autofree char *before = create_session (client, id);
  g_autoptr (SandboxReply) changed =
      call (client,
            "PATCH",
            id,
            "",
            "{\"name\":\"Vans\",\"description\":null,\"data_requirements\":{"
            "\"document_types\":[\"national_id\"]," FIELDS "}}");
  g_autofree char *after = create_session (client, id);
  g_autofree char *old_choices = dup_choices (client, before);
  g_autofree char *new_choices = dup_choices (client, after);
  g_autoptr (SandboxReply) versions = call (client, "GET", id, "/versions", NULL);
  g_autoptr (SandboxReply) refused = call (client, "PATCH", id, "", "{\"rollout_percentage\":101}");
  g_autoptr (SandboxReply) again = call (client, "GET", id, "", NULL);
  JsonObject *first = NULL;

  sandbox_reply_assert_golden (changed, "update_workflow");
  g_assert_cmpint (get_int (changed, "version"), ==, 2);
  g_assert_cmpstr (sandbox_reply_string (changed, "name"), ==, "Vans");
  g_assert_null (sandbox_reply_string (changed, "description"));
  g_assert_cmpint (get_int (changed, "step_count"), ==, 2);
  g_assert_cmpstr (old_choices, ==, "passport ");
  g_assert_cmpstr (new_choices, ==, "national_id ");

  sandbox_reply_assert_golden (versions, "list_workflow_versions");
  g_assert_cmpuint (json_array_get_length (get_data (versions)), ==, 2);
  first = json_array_get_object_element (get_data (versions), 1);
  g_assert_cmpint (json_object_get_int_member (first, "version"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (first, "name"), ==, "Car rental");
  g_assert_false (json_object_get_boolean_member (first, "is_current"));
  assert_refused (refused, "rollout_percentage");
  g_assert_cmpint (get_int (again, "version"), ==, 2);
}

/* Nobody, some or everybody gets a version that is being rolled out. */
static void
test_rollout (SandboxClient *client, gconstpointer unused)
{
  static const struct
  {
    const char *body;
    gboolean old;
    gboolean new;
  } cases[] = {
    { "{\"rollout_percentage\":0,\"data_requirements\":{\"document_types\":[\"national_id\"]}}",
      TRUE,
      FALSE },
    { "{\"rollout_percentage\":50}", TRUE, TRUE },
    { "{\"rollout_percentage\":100}", FALSE, TRUE },
  };
  g_autofree char *id = create (client, NEW);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxReply) changed = call (client, "PATCH", id, "", cases[i].body);
      gboolean old = FALSE;
      gboolean new = FALSE;

      g_assert_cmpint (get_int (changed, "version"), ==, i + 2);
      /* Of 40, each side gets one but for one time in half a billion. */
      for (guint n = 0; n < 40 && !(old && new); n++)
        {
          g_autofree char *session = create_session (client, id);
          g_autofree char *choices = dup_choices (client, session);

          if (g_str_equal (choices, "passport "))
            old = TRUE;
          else
            new = TRUE;
        }
      g_assert_cmpint (old, ==, cases[i].old);
      g_assert_cmpint (new, ==, cases[i].new);
    }
}

static void
test_default (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autofree char *id = create (client, NEW);
  g_autoptr (SandboxReply) chosen = call (client, "POST", id, "/set-default", NULL);
  g_autoptr (SandboxReply) before = call (client, "GET", "workflow_default_kyc", "", NULL);
  g_autoptr (SandboxReply) elsewhere =
      sandbox_client_send (client, "GET", WORKFLOWS "/workflow_default_kyc", live, NULL);
  g_autofree char *session = sandbox_client_create (client, "{}");
  g_autofree char *path = sandbox_client_path (session, "");
  g_autoptr (SandboxReply) got = sandbox_client_call (client, "GET", path, NULL);
  g_autoptr (SandboxReply) refused = call (client, "POST", id, "/deactivate", NULL);
  g_autofree char *other = create (client, "{\"name\":\"n\"," STEPS ",\"is_default\":true}");
  g_autoptr (SandboxReply) done = call (client, "POST", id, "/deactivate", NULL);
  g_autoptr (SandboxReply) again = call (client, "POST", id, "/deactivate", NULL);
  g_autofree char *body = g_strdup_printf ("{\"workflow_id\":\"%s\"}", id);
  g_autoptr (SandboxReply) unusable =
      sandbox_client_call (client, "POST", "/api/v1/sessions", body);
  g_autoptr (SandboxReply) inactive = call (client, "POST", id, "/set-default", NULL);
  g_autoptr (SandboxReply) newest = call (client, "GET", other, "", NULL);

  sandbox_reply_assert_golden (chosen, "set_default_workflow");
  g_assert_true (get_bool (chosen, "is_default"));
  g_assert_false (get_bool (before, "is_default"));
  g_assert_true (get_bool (elsewhere, "is_default"));
  g_assert_cmpstr (sandbox_reply_string (got, "workflow_id"), ==, id);
  sandbox_reply_assert_error (refused, 409, "conflict");
  g_assert_true (get_bool (newest, "is_default"));
  sandbox_reply_assert_golden (done, "deactivate_workflow");
  g_assert_false (get_bool (done, "is_active"));
  g_assert_cmpuint (again->status, ==, 200);
  assert_refused (unusable, "workflow_id");
  sandbox_reply_assert_error (inactive, 409, "conflict");
}

static SandboxReply *
trigger (SandboxClient *client, const char *workflow, const char *session)
{
  g_autofree char *body = g_strdup_printf ("{\"session_id\":\"%s\"}", session);

  return call (client, "POST", workflow, "/trigger", body);
}

static void
finish (SandboxClient *client, const char *session)
{
  g_autofree char *path = sandbox_client_path (session, "/simulate");
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, "POST", path, "{\"action\":\"approve\"}");

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
test_trigger (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = create (client, NEW);
  g_autofree char *session = sandbox_client_create (client, "{}");
  g_autofree char *path = sandbox_client_path (session, "");
  g_autoptr (SandboxReply) early = trigger (client, id, session);
  g_autoptr (SandboxReply) untouched = sandbox_client_call (client, "GET", path, NULL);
  g_autoptr (SandboxReply) nameless = call (client, "POST", id, "/trigger", "{}");
  g_autoptr (SandboxReply) nobody = trigger (client, id, "session_0");
  g_autoptr (SandboxReply) nothing = trigger (client, "workflow_0", session);
  g_autoptr (SandboxReply) again = NULL;
  g_autoptr (SandboxReply) after = NULL;

  sandbox_reply_assert_error (early, 409, "conflict");
  g_assert_cmpstr (sandbox_reply_string (untouched, "workflow_id"), ==, "workflow_default_kyc");
  assert_refused (nameless, "session_id");
  sandbox_reply_assert_error (nobody, 404, "not_found");
  sandbox_reply_assert_error (nothing, 404, "not_found");

  finish (client, session);
  again = trigger (client, id, session);
  sandbox_reply_assert_golden (again, "trigger_workflow");
  g_assert_cmpstr (sandbox_reply_string (again, "status"), ==, "sandbox_pending");
  after = sandbox_client_call (client, "GET", path, NULL);
  g_assert_cmpstr (sandbox_reply_string (after, "workflow_id"), ==, id);
}

/* What was made in one environment is not there in the other. */
static void
test_environments (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  static const struct
  {
    const char *method;
    const char *rest;
    const char *body;
  } cases[] = {
    { "GET", "", NULL },
    { "PATCH", "", "{\"name\":\"x\"}" },
    { "GET", "/versions", NULL },
    { "POST", "/deactivate", NULL },
    { "POST", "/set-default", NULL },
    { "POST", "/trigger", "{\"session_id\":\"s\"}" },
  };
  g_autofree char *id = create (client, NEW);
  g_autofree char *body = g_strdup_printf ("{\"workflow_id\":\"%s\"}", id);
  g_autoptr (SandboxReply) session =
      sandbox_client_send (client, "POST", "/api/v1/sessions", live, body);
  g_autoptr (SandboxReply) list = sandbox_client_send (client, "GET", WORKFLOWS, live, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat (WORKFLOWS "/", id, cases[i].rest, NULL);
      g_autoptr (SandboxReply) reply =
          sandbox_client_send (client, cases[i].method, path, live, cases[i].body);

      sandbox_reply_assert_error (reply, 404, "not_found");
    }
  sandbox_reply_assert_error (session, 404, "not_found");
  g_assert_cmpuint (json_array_get_length (get_data (list)), ==, 5);
}

static void
test_policies (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, "GET", "/api/v1/verification-policies", NULL);
  guint automatic = 0;

  sandbox_reply_assert_golden (reply, "list_verification_policies");
  g_assert_cmpuint (json_array_get_length (get_data (reply)), ==, 16);
  for (guint i = 0; i < 16; i++)
    automatic += json_object_get_boolean_member (
        json_array_get_object_element (get_data (reply), i), "auto_injected");
  /* watchlist_screening and risk_assessment (2.5). */
  g_assert_cmpuint (automatic, ==, 2);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (SandboxClient *, gconstpointer);
  } tests[] = {
    { "/sandbox/workflows/create", test_create },
    { "/sandbox/workflows/refused", test_refused },
    { "/sandbox/workflows/null", test_null },
    { "/sandbox/workflows/versions", test_versions },
    { "/sandbox/workflows/rollout", test_rollout },
    { "/sandbox/workflows/default", test_default },
    { "/sandbox/workflows/trigger", test_trigger },
    { "/sandbox/workflows/environments", test_environments },
    { "/sandbox/workflows/policies", test_policies },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, SandboxClient, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
