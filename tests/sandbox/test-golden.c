/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-golden.h"

typedef struct
{
  const char *golden;
  const char *before; /* an action on the session first, or NULL */
  const char *method;
  const char *rest;
  const char *body;
} Case;

static const Case cases[] = {
  { "get_session_pending", NULL, "GET", "", NULL },
  { "get_session", "approve", "GET", "", NULL },
  { "update_session", NULL, "PATCH", "", "{\"metadata\":{\"a\":1}}" },
  { "get_result", "approve", "GET", "/result", NULL },
  { "get_result_rejected", "decline", "GET", "/result", NULL },
  { "get_result_none", NULL, "GET", "/result", NULL },
  { "get_risk", "approve", "GET", "/risk", NULL },
  { "list_verifications", "approve", "GET", "/verifications", NULL },
  { "resume_session", "expire", "POST", "/resume", NULL },
  { "expire_session", NULL, "POST", "/expire", NULL },
  { "resend_invite", NULL, "POST", "/resend-invite", NULL },
  { "generate_link", NULL, "POST", "/generate-one-time-link", NULL },
  { "add_tag", NULL, "POST", "/tags/add", "{\"tag\":\"a\"}" },
  { "remove_tag", NULL, "POST", "/tags/remove", "{\"tag\":\"a\"}" },
  { "set_tags", NULL, "POST", "/tags/set", "{\"tags\":[\"a\"]}" },
  { "simulate_approve", NULL, "POST", "/simulate", "{\"action\":\"approve\"}" },
  { "simulate_decline", NULL, "POST", "/simulate", "{\"action\":\"decline\"}" },
  { "simulate_require_review", NULL, "POST", "/simulate", "{\"action\":\"require-review\"}" },
  { "simulate_expire", NULL, "POST", "/simulate", "{\"action\":\"expire\"}" },
  { "error_bad_request", "approve", "POST", "/resume", NULL },
};

static void
check_case (gconstpointer data)
{
  const Case *row = data;
  SandboxClient client = { NULL };
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SandboxReply) reply = NULL;

  sandbox_client_start (&client, NULL);
  id = sandbox_client_create (
      &client, "{\"external_ref\":\"g\",\"send_email\":true,\"applicant_email\":\"a@b.example\"}");
  if (row->before != NULL)
    {
      g_autofree char *simulate = sandbox_client_path (id, "/simulate");
      g_autofree char *body = g_strdup_printf ("{\"action\":\"%s\"}", row->before);
      g_autoptr (SandboxReply) done = sandbox_client_call (&client, "POST", simulate, body);

      g_assert_cmpuint (done->status, ==, 200);
    }
  path = sandbox_client_path (id, row->rest);
  reply = sandbox_client_call (&client, row->method, path, row->body);
  sandbox_reply_assert_golden (reply, row->golden);
  sandbox_client_stop (&client);
}

static void
test_others (void)
{
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) none = NULL;
  g_autoptr (SandboxReply) created = NULL;
  g_autoptr (SandboxReply) minimal = NULL;
  g_autoptr (SandboxReply) list = NULL;
  g_autoptr (SandboxReply) link = NULL;
  g_autoptr (SandboxReply) links = NULL;
  g_autoptr (SandboxReply) workflows = NULL;
  g_autoptr (SandboxReply) limits = NULL;
  g_autofree char *path = NULL;
  g_autofree char *links_path = NULL;

  sandbox_client_start (&client, NULL);
  none = sandbox_client_call (&client, "GET", "/api/v1/sessions", NULL);
  sandbox_reply_assert_golden (none, "list_sessions_empty");
  created = sandbox_client_call (
      &client, "POST", "/api/v1/sessions", "{\"external_ref\":\"g\",\"tags\":[\"a\"]}");
  sandbox_reply_assert_golden (created, "create_session");
  minimal = sandbox_client_call (&client, "POST", "/api/v1/sessions", "{}");
  sandbox_reply_assert_golden (minimal, "create_session_minimal");
  list = sandbox_client_call (&client, "GET", "/api/v1/sessions", NULL);
  sandbox_reply_assert_golden (list, "list_sessions");
  path = sandbox_client_path (sandbox_reply_string (created, "id"), "/generate-one-time-link");
  link = sandbox_client_call (&client, "POST", path, NULL);
  links_path = sandbox_client_path (sandbox_reply_string (created, "id"), "/links");
  links = sandbox_client_call (&client, "GET", links_path, NULL);
  sandbox_reply_assert_golden (links, "list_links");
  workflows = sandbox_client_call (&client, "GET", "/api/v1/workflows", NULL);
  sandbox_reply_assert_golden (workflows, "list_workflows");
  limits = sandbox_client_call (&client, "GET", "/api/v1/rate-limits", NULL);
  sandbox_reply_assert_golden (limits, "get_rate_limits");
  sandbox_client_stop (&client);
}

static void
test_errors (void)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  static const char *const again[] = { "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "k", NULL };
  SandboxClient client = { NULL };
  g_autoptr (SandboxReply) unauthorized = NULL;
  g_autoptr (SandboxReply) forbidden = NULL;
  g_autoptr (SandboxReply) missing = NULL;
  g_autoptr (SandboxReply) invalid = NULL;
  g_autoptr (SandboxReply) first = NULL;
  g_autoptr (SandboxReply) mismatch = NULL;

  sandbox_client_start (&client, NULL);
  unauthorized = sandbox_client_send (&client, "GET", "/api/v1/sessions", NULL, NULL);
  sandbox_reply_assert_golden (unauthorized, "error_unauthorized");
  forbidden = sandbox_client_send (&client, "POST", "/api/v1/sessions/x/simulate", live, NULL);
  sandbox_reply_assert_golden (forbidden, "error_forbidden");
  missing = sandbox_client_call (&client, "GET", "/api/v1/sessions/x", NULL);
  sandbox_reply_assert_golden (missing, "error_not_found");
  invalid = sandbox_client_call (&client, "POST", "/api/v1/sessions", "{\"country\":\"USA\"}");
  sandbox_reply_assert_golden (invalid, "error_validation");
  first = sandbox_client_send (&client, "POST", "/api/v1/sessions", again, "{}");
  mismatch =
      sandbox_client_send (&client, "POST", "/api/v1/sessions", again, "{\"country\":\"US\"}");
  sandbox_reply_assert_golden (mismatch, "error_idempotency_mismatch");
  g_assert_cmpuint (first->status, ==, 201);
  sandbox_client_stop (&client);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/golden/", cases[i].golden, NULL);

      g_test_add_data_func (path, &cases[i], check_case);
    }
  g_test_add_func ("/sandbox/golden/others", test_others);
  g_test_add_func ("/sandbox/golden/errors", test_errors);
  return g_test_run ();
}
