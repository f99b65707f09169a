/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "session-client.h"

/* The workflow's runs and the checks of a session, over real HTTP (verifa-api.md 3.16, 3.19). */

static void
test_reprocess (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) early = session_act (fixture, id, "/reprocess", NULL);
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (SandboxReply) twice = NULL;
  g_autoptr (SandboxReply) result = NULL;

  sandbox_reply_assert_error (early, 400, "bad_request");
  session_simulate (fixture, id, "approve");
  reply = session_act (fixture, id, "/reprocess", NULL);
  sandbox_reply_assert_golden (reply, "reprocess_session");
  g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, "sandbox_pending");
  twice = session_act (fixture, id, "/reprocess", NULL);
  sandbox_reply_assert_error (twice, 409, "conflict");
  result = session_look (fixture, id, "/result");
  sandbox_reply_assert_error (result, 404, "not_found");
  session_simulate (fixture, id, "decline");
  session_assert_status (fixture, id, "completed");
}

static void
test_workflow_run (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) none = session_look (fixture, id, "/workflow-run");
  g_autoptr (SandboxReply) run = NULL;
  JsonObject *object = NULL;
  JsonObject *node = NULL;

  sandbox_reply_assert_error (none, 404, "not_found");
  session_simulate (fixture, id, "decline");
  run = session_look (fixture, id, "/workflow-run");
  sandbox_reply_assert_golden (run, "get_workflow_run");
  object = sandbox_reply_object (run);
  g_assert_cmpstr (sandbox_reply_string (run, "status"), ==, "completed");
  g_assert_cmpstr (sandbox_reply_string (run, "final_status"), ==, "rejected");
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (object, "graph_snapshot"), "entry"),
                   ==,
                   "start");
  node = json_object_get_object_member (json_object_get_object_member (object, "node_results"),
                                        "face_match");
  g_assert_false (json_object_get_boolean_member (node, "passed"));
  g_assert_cmpstr (json_object_get_string_member (node, "target"), ==, "age_verification");
}

static void
test_resume_run (SessionFixture *fixture, gconstpointer unused)
{
  static const char *const bad[] = {
    "{\"step_index\":99}",
    "{\"step_index\":-1}",
    "{\"step_index\":\"2\"}",
    "{\"policy\":\"no_such_policy\"}",
    "{\"step_index\":0,\"policy\":\"face_match\"}",
  };
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) none = session_act (fixture, id, "/workflow-run/resume", NULL);
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (SandboxReply) twice = NULL;
  g_autoptr (SandboxReply) run = NULL;
  JsonObject *results = NULL;

  sandbox_reply_assert_error (none, 404, "not_found");
  session_simulate (fixture, id, "decline");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SandboxReply) refused = session_act (fixture, id, "/workflow-run/resume", bad[i]);

      g_test_message ("%s", bad[i]);
      sandbox_reply_assert_error (refused, 422, "validation_error");
    }
  reply = session_act (fixture, id, "/workflow-run/resume", "{\"policy\":\"face_match\"}");
  sandbox_reply_assert_golden (reply, "resume_workflow_run");
  g_assert_cmpint (json_object_get_int_member (sandbox_reply_object (reply), "step_index"), ==, 2);
  twice = session_act (fixture, id, "/workflow-run/resume", NULL);
  sandbox_reply_assert_error (twice, 409, "conflict");
  run = session_look (fixture, id, "/workflow-run");
  g_assert_cmpstr (sandbox_reply_string (run, "current_node"), ==, "face_match");
  results = json_object_get_object_member (sandbox_reply_object (run), "node_results");
  g_assert_cmpuint (json_object_get_size (results), ==, 2);
}

/* Chosen on the applicant's page, as a person would. */
static void
choose (SessionFixture *fixture, const char *id, const char *outcome)
{
  g_autoptr (SandboxReply) session = NULL;
  g_autofree char *page = NULL;
  g_autofree char *path = NULL;
  g_autofree char *body = g_strdup_printf ("{\"outcome\":\"%s\"}", outcome);
  g_autoptr (SandboxReply) submitted = NULL;
  g_autoptr (SandboxReply) reply = NULL;

  session_must_upload (fixture, id, "document_type=id_front");
  session_must_upload (fixture, id, "document_type=selfie");
  session = session_look (fixture, id, "");
  page = g_path_get_basename (sandbox_reply_string (session, "capture_url"));
  submitted = session_act (fixture, id, "/submit", NULL);
  g_assert_cmpuint (submitted->status, ==, 202);
  path = g_strconcat ("/verify/", page, "/sandbox-outcome", NULL);
  reply = sandbox_client_send (&fixture->client, "POST", path, NULL, body);
  g_assert_cmpuint (reply->status, ==, 200);
}

static void
test_external_decision (SessionFixture *fixture, gconstpointer unused)
{
  static const char *const bad[] = { "{}",
                                     "{\"decision\":\"maybe\"}",
                                     "{\"decision\":7}",
                                     "{\"decision\":\"continue\",\"metadata\":7}" };
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autofree char *other = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) early =
      session_act (fixture, id, "/external-decision", "{\"decision\":\"continue\"}");
  g_autoptr (SandboxReply) goes_on = NULL;
  g_autoptr (SandboxReply) run = NULL;
  g_autoptr (SandboxReply) rejected = NULL;
  g_autoptr (SandboxReply) result = NULL;

  sandbox_reply_assert_error (early, 409, "conflict");
  choose (fixture, id, "await_external");
  session_assert_status (fixture, id, "awaiting_external");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SandboxReply) refused = session_act (fixture, id, "/external-decision", bad[i]);

      sandbox_reply_assert_error (refused, 422, "validation_error");
    }
  goes_on = session_act (fixture,
                         id,
                         "/external-decision",
                         "{\"decision\":\"continue\",\"metadata\":{\"Case No\":7}}");
  sandbox_reply_assert_golden (goes_on, "external_decision");
  g_assert_cmpstr (sandbox_reply_string (goes_on, "status"), ==, "sandbox_pending");
  run = session_look (fixture, id, "/workflow-run");
  g_assert_nonnull (strstr (run->text, "\"Case No\":7"));
  session_simulate (fixture, id, "approve");

  choose (fixture, other, "await_external");
  rejected = session_act (fixture, other, "/external-decision", "{\"decision\":\"reject\"}");
  g_assert_cmpstr (sandbox_reply_string (rejected, "status"), ==, "completed");
  result = session_look (fixture, other, "/result");
  g_assert_cmpstr (sandbox_reply_string (result, "status"), ==, "rejected");
}

static void
test_retry (SessionFixture *fixture, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (&fixture->client, "{}");
  g_autoptr (SandboxReply) none =
      session_act (fixture, id, "/verifications/face_match/retry", NULL);
  g_autoptr (SandboxReply) passed = NULL;
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (SandboxReply) attempts = NULL;
  JsonObject *second = NULL;

  sandbox_reply_assert_error (none, 404, "not_found");
  session_simulate (fixture, id, "decline");
  passed = session_act (fixture, id, "/verifications/document_ocr/retry", NULL);
  sandbox_reply_assert_error (passed, 400, "bad_request");
  reply = session_act (fixture, id, "/verifications/face_match/retry", NULL);
  sandbox_reply_assert_golden (reply, "retry_verification");
  attempts = session_look (fixture, id, "/verifications/face_match/attempts");
  sandbox_reply_assert_golden (attempts, "list_verification_attempts");
  second = json_array_get_object_element (
      json_object_get_array_member (sandbox_reply_object (attempts), "attempts"), 1);
  g_assert_cmpstr (json_object_get_string_member (second, "status"), ==, "pending");
  g_assert_true (json_object_get_null_member (second, "completed_at"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (SessionFixture *, gconstpointer);
    const char *settings;
  } tests[] = {
    { "/sandbox/session-runs/reprocess", test_reprocess, NULL },
    { "/sandbox/session-runs/workflow-run", test_workflow_run, NULL },
    { "/sandbox/session-runs/resume-run", test_resume_run, NULL },
    { "/sandbox/session-runs/external-decision", test_external_decision, NULL },
    { "/sandbox/session-runs/retry", test_retry, NULL },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path,
                SessionFixture,
                tests[i].settings,
                session_set_up,
                tests[i].test,
                session_tear_down);
  return g_test_run ();
}
