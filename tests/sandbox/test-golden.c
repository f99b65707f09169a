/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-client.h"

/*
 * The sandbox's replies beside the golden ones: every documented member is there and has the same
 * JSON type. Null fits every type, on either side.
 */

static JsonNode *
load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "api", file, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static void
assert_shape (JsonNode *wanted, JsonNode *got, const char *where);

static const char *
type_of (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return "number";
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return "number";
  return json_node_type_name (node);
}

static void
assert_members (JsonObject *wanted, JsonObject *got, const char *where)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init (&iter, wanted);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", where, name);

      if (!json_object_has_member (got, name))
        g_error ("%s is missing", path);
      assert_shape (node, json_object_get_member (got, name), path);
    }
}

static void
assert_shape (JsonNode *wanted, JsonNode *got, const char *where)
{
  if (JSON_NODE_HOLDS_NULL (wanted) || JSON_NODE_HOLDS_NULL (got))
    return;
  if (g_strcmp0 (type_of (wanted), type_of (got)) != 0)
    g_error ("%s is %s and should be %s", where, type_of (got), type_of (wanted));

  /* What the caller put there is the caller's own. */
  if (g_str_has_suffix (where, ".metadata"))
    return;
  if (JSON_NODE_HOLDS_OBJECT (wanted))
    assert_members (json_node_get_object (wanted), json_node_get_object (got), where);
  else if (JSON_NODE_HOLDS_ARRAY (wanted)
           && json_array_get_length (json_node_get_array (wanted)) > 0)
    {
      JsonArray *array = json_node_get_array (got);

      if (json_array_get_length (array) == 0)
        {
          /* Tags of our session need not be those of the example. */
          g_assert_true (g_str_has_suffix (where, ".tags"));
          return;
        }
      assert_shape (json_array_get_element (json_node_get_array (wanted), 0),
                    json_array_get_element (array, 0),
                    where);
    }
}

static void
assert_golden (SandboxReply *reply, const char *name)
{
  g_autoptr (JsonNode) root = load (name);
  JsonObject *golden = json_node_get_object (root);

  g_test_message ("%s", name);
  g_assert_cmpint (reply->status, ==, json_object_get_int_member (golden, "status"));
  assert_shape (json_object_get_member (golden, "reply"), reply->json, name);
}

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
  assert_golden (reply, row->golden);
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
  assert_golden (none, "list_sessions_empty");
  created = sandbox_client_call (
      &client, "POST", "/api/v1/sessions", "{\"external_ref\":\"g\",\"tags\":[\"a\"]}");
  assert_golden (created, "create_session");
  minimal = sandbox_client_call (&client, "POST", "/api/v1/sessions", "{}");
  assert_golden (minimal, "create_session_minimal");
  list = sandbox_client_call (&client, "GET", "/api/v1/sessions", NULL);
  assert_golden (list, "list_sessions");
  path = sandbox_client_path (sandbox_reply_string (created, "id"), "/generate-one-time-link");
  link = sandbox_client_call (&client, "POST", path, NULL);
  links_path = sandbox_client_path (sandbox_reply_string (created, "id"), "/links");
  links = sandbox_client_call (&client, "GET", links_path, NULL);
  assert_golden (links, "list_links");
  workflows = sandbox_client_call (&client, "GET", "/api/v1/workflows", NULL);
  assert_golden (workflows, "list_workflows");
  limits = sandbox_client_call (&client, "GET", "/api/v1/rate-limits", NULL);
  assert_golden (limits, "get_rate_limits");
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
  assert_golden (unauthorized, "error_unauthorized");
  forbidden = sandbox_client_send (&client, "POST", "/api/v1/sessions/x/simulate", live, NULL);
  assert_golden (forbidden, "error_forbidden");
  missing = sandbox_client_call (&client, "GET", "/api/v1/sessions/x", NULL);
  assert_golden (missing, "error_not_found");
  invalid = sandbox_client_call (&client, "POST", "/api/v1/sessions", "{\"country\":\"USA\"}");
  assert_golden (invalid, "error_validation");
  first = sandbox_client_send (&client, "POST", "/api/v1/sessions", again, "{}");
  mismatch =
      sandbox_client_send (&client, "POST", "/api/v1/sessions", again, "{\"country\":\"US\"}");
  assert_golden (mismatch, "error_idempotency_mismatch");
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
