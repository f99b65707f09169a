/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-golden.h"

/* Standalone checks: what each type needs, what it finds, and what can be done with it
 * (verifa-api.md 7.4). */

#define CHECKS "/api/v1/checks"

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
create (SandboxClient *client, const char *type, const char *more)
{
  g_autofree char *body =
      g_strdup_printf ("{\"external_ref\":\"guest-7\",\"check_type\":\"%s\"%s}", type, more);

  return sandbox_client_call (client, "POST", CHECKS, body);
}

static SandboxReply *
call (SandboxClient *client, const char *method, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = g_strconcat (CHECKS "/", id, rest, NULL);

  return sandbox_client_call (client, method, path, body);
}

static JsonArray *
get_data (SandboxReply *reply)
{
  return json_object_get_array_member (sandbox_reply_object (reply), "data");
}

static void
assert_field (SandboxReply *reply, const char *field)
{
  JsonArray *errors = NULL;

  sandbox_reply_assert_error (reply, 422, "validation_error");
  errors = json_object_get_array_member (sandbox_reply_object (reply), "errors");
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (errors, 0), "field"),
      ==,
      field);
}

#define NAME ",\"name_first\":\"Jane\",\"name_last\":\"Doe\""

static const struct
{
  const char *type;
  const char *more;
  const char *status; /* or NULL, */
  const char *field;  /* what is wrong with it */
} rows[] = {
  { "sanction", NAME, "clear", NULL },
  { "pep", NAME, "clear", NULL },
  { "adverse_media", NAME ",\"birthdate\":\"1997-06-15\"", "clear", NULL },
  { "warning", NAME, "clear", NULL },
  { "sanction", ",\"name_first\":\"Jane\"", NULL, "name_last" },
  { "pep", NAME ",\"birthdate\":\"1997-06-31\"", NULL, "birthdate" },
  { "pep", NAME ",\"country_code\":\"USA\"", NULL, "country_code" },
  { "email_risk", ",\"email\":\"jane@example.com\"", "clear", NULL },
  { "email_risk", ",\"email\":\"jane@mailinator.com\"", "hit", NULL },
  { "email_risk_enhanced", "", NULL, "email" },
  { "email_risk", ",\"email\":\"jane\"", NULL, "email" },
  { "phone_risk", ",\"phone\":\"+14155550100\"", "clear", NULL },
  { "phone_risk_enhanced", ",\"phone\":\"+19005550100\"", "hit", NULL },
  { "phone_risk", ",\"phone\":\"4155550100\"", NULL, "phone" },
  { "ip_risk", ",\"ip_address\":\"203.0.113.7\"", "clear", NULL },
  { "ip_risk", ",\"ip_address\":\"10.0.0.1\"", "hit", NULL },
  { "ip_risk", ",\"ip_address\":\"10.0.0\"", NULL, "ip_address" },
  { "address_validation", ",\"address\":{\"line1\":\"123 Main St\"}", "clear", NULL },
  { "address_validation", ",\"address\":{\"line1\":\"Nowhere\"}", "hit", NULL },
  { "address_validation", ",\"address\":{\"city\":\"Berlin\"}", NULL, "address.line1" },
  { "ssn_verification", NAME ",\"ssn\":\"123-45-6789\"", "clear", NULL },
  { "ssn_verification", NAME ",\"ssn\":\"000-45-6789\"", "hit", NULL },
  { "ssn_verification", NAME, NULL, "ssn" },
  { "smell", "", NULL, "check_type" },
};

static void
test_types (SandboxClient *client, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SandboxReply) reply = create (client, rows[i].type, rows[i].more);
      gboolean is_hit = g_strcmp0 (rows[i].status, "hit") == 0;

      g_test_message ("%s%s", rows[i].type, rows[i].more);
      if (rows[i].status == NULL)
        {
          assert_field (reply, rows[i].field);
          continue;
        }
      g_assert_cmpuint (reply->status, ==, 201);
      g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, rows[i].status);
      g_assert_cmpint (
          json_object_get_boolean_member (sandbox_reply_object (reply), "has_match"), ==, is_hit);
      g_assert_cmpint (
          json_object_get_int_member (sandbox_reply_object (reply), "hit_count"), ==, is_hit);
    }
}

static void
test_create (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) made = create (client, "pep", NAME);
  const char *id = sandbox_reply_string (made, "id");
  g_autoptr (SandboxReply) once = create (client, "email_risk", ",\"email\":\"a@example.com\"");
  g_autoptr (SandboxReply) twice = create (client, "email_risk", ",\"email\":\"a@example.com\"");
  g_autoptr (SandboxReply) nameless =
      sandbox_client_call (client, "POST", CHECKS, "{\"check_type\":\"pep\"" NAME "}");
  g_autofree char *path = g_strconcat (CHECKS "/", id, NULL);
  const char *headers[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autoptr (SandboxReply) theirs = sandbox_client_send (client, "GET", path, headers, NULL);

  sandbox_reply_assert_golden (made, "create_check");
  g_assert_true (g_str_has_prefix (id, "schk_"));
  g_assert_null (strstr (made->text, "Jane"));
  g_assert_cmpint (
      json_object_get_int_member (
          json_object_get_object_member (sandbox_reply_object (once), "result"), "risk_score"),
      ==,
      json_object_get_int_member (
          json_object_get_object_member (sandbox_reply_object (twice), "result"), "risk_score"));
  g_assert_false (json_object_has_member (sandbox_reply_object (once), "pep_risk_tier"));
  assert_field (nameless, "external_ref");
  sandbox_reply_assert_error (theirs, 404, "not_found");
}

static void
test_full (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) made =
      sandbox_client_call (client,
                           "POST",
                           CHECKS "/full",
                           "{\"external_ref\":\"guest-7\",\"enable_monitoring\":true,"
                           "\"check_types\":[\"sanction\",\"email_risk\",\"sanction\"],"
                           "\"email\":\"jane@example.com\"" NAME "}");
  g_autoptr (SandboxReply) usual = sandbox_client_call (
      client, "POST", CHECKS "/full", "{\"external_ref\":\"guest-8\"" NAME "}");
  g_autoptr (SandboxReply) bad =
      sandbox_client_call (client,
                           "POST",
                           CHECKS "/full",
                           "{\"external_ref\":\"guest-9\",\"check_types\":[\"sanction\","
                           "\"ip_risk\"]" NAME "}");
  g_autoptr (SandboxReply) none =
      sandbox_client_call (client, "GET", CHECKS "?external_ref=guest-9", NULL);
  JsonArray *data = get_data (made);
  JsonObject *first = json_array_get_object_element (data, 0);
  JsonObject *second = json_array_get_object_element (data, 1);

  sandbox_reply_assert_golden (made, "create_full_check");
  g_assert_cmpuint (json_array_get_length (data), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (first, "batch_id"),
                   ==,
                   json_object_get_string_member (second, "batch_id"));
  g_assert_true (json_object_get_boolean_member (first, "monitoring_enabled"));
  g_assert_false (json_object_get_boolean_member (second, "monitoring_enabled"));
  g_assert_cmpuint (json_array_get_length (get_data (usual)), ==, 4);
  assert_field (bad, "ip_address");
  g_assert_cmpuint (json_array_get_length (get_data (none)), ==, 0);
}

static void
test_list (SandboxClient *client, gconstpointer unused)
{
  static const struct
  {
    const char *query;
    guint n;
  } cases[] = {
    { "", 3 },
    { "?check_type=sanction", 2 },
    { "?status=hit", 1 },
    { "?external_ref=guest-7", 3 },
    { "?external_ref=guest", 0 },
    { "?limit=2&offset=2", 1 },
  };
  g_autoptr (SandboxReply) first = create (client, "sanction", NAME);
  g_autoptr (SandboxReply) second = create (client, "ip_risk", ",\"ip_address\":\"10.0.0.1\"");
  g_autoptr (SandboxReply) third = create (client, "sanction", NAME);
  g_autoptr (SandboxReply) wrong = sandbox_client_call (client, "GET", CHECKS "?status=x", NULL);
  g_autoptr (SandboxReply) page = sandbox_client_call (client, "GET", CHECKS "?limit=0", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat (CHECKS, cases[i].query, NULL);
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);

      g_test_message ("%s", path);
      if (g_str_equal (cases[i].query, "?check_type=sanction"))
        sandbox_reply_assert_golden (reply, "list_checks");
      g_assert_cmpuint (json_array_get_length (get_data (reply)), ==, cases[i].n);
    }
  assert_field (wrong, "status");
  assert_field (page, "limit");
}

static void
test_hits (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) made = create (client, "email_risk", ",\"email\":\"j@yopmail.com\"");
  const char *id = sandbox_reply_string (made, "id");
  g_autoptr (SandboxReply) got = call (client, "GET", id, "", NULL);
  g_autoptr (SandboxReply) unknown =
      call (client, "POST", id, "/dismiss", "{\"hit_ids\":[\"hit_0\"]}");
  g_autoptr (SandboxReply) done =
      call (client, "POST", id, "/dismiss", "{\"reason\":\"Another person.\"}");
  g_autoptr (SandboxReply) again = call (client, "POST", id, "/dismiss", NULL);
  g_autoptr (SandboxReply) rerun = call (client, "POST", id, "/rerun", NULL);
  g_autoptr (SandboxReply) redacted = call (client, "POST", id, "/redact", NULL);
  g_autoptr (SandboxReply) twice = call (client, "POST", id, "/redact", NULL);
  g_autoptr (SandboxReply) late = call (client, "POST", id, "/rerun", NULL);
  g_autoptr (SandboxReply) nothing = call (client, "POST", id, "/dismiss", NULL);
  g_autoptr (SandboxReply) wrong = call (client, "POST", id, "/dismiss", "{\"hit_ids\":7}");

  sandbox_reply_assert_golden (got, "get_check");
  assert_field (unknown, "hit_ids.0");
  sandbox_reply_assert_golden (done, "dismiss_check_hits");
  g_assert_cmpint (
      json_object_get_int_member (sandbox_reply_object (done), "dismissed_count"), ==, 1);
  g_assert_cmpint (
      json_object_get_int_member (sandbox_reply_object (again), "dismissed_count"), ==, 0);
  sandbox_reply_assert_golden (rerun, "rerun_check");
  sandbox_reply_assert_golden (redacted, "redact_check");
  g_assert_cmpuint (twice->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (twice, "redacted_at"),
                   ==,
                   sandbox_reply_string (redacted, "redacted_at"));
  sandbox_reply_assert_error (late, 400, "bad_request");
  sandbox_reply_assert_error (nothing, 400, "bad_request");
  assert_field (wrong, "hit_ids");
}

static void
test_tags (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) made = create (client, "sanction", NAME);
  const char *id = sandbox_reply_string (made, "id");
  g_autoptr (SandboxReply) added = call (client, "POST", id, "/tags", "{\"tag\":\"vip\"}");
  g_autoptr (SandboxReply) again = call (client, "POST", id, "/tags", "{\"tag\":\"vip\"}");
  g_autoptr (SandboxReply) set =
      call (client, "PUT", id, "/tags", "{\"tags\":[\"a\",\"b\",\"a\"]}");
  g_autoptr (SandboxReply) removed = call (client, "DELETE", id, "/tags/a", NULL);
  g_autoptr (SandboxReply) absent = call (client, "DELETE", id, "/tags/z", NULL);
  g_autoptr (SandboxReply) wrong = call (client, "POST", id, "/tags", "{\"tag\":\"\"}");
  g_autoptr (SandboxReply) nobody = call (client, "POST", "schk_0", "/tags", "{\"tag\":\"a\"}");

  sandbox_reply_assert_golden (added, "add_check_tag");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (again), "tags")),
      ==,
      1);
  sandbox_reply_assert_golden (set, "set_check_tags");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (set), "tags")),
      ==,
      2);
  sandbox_reply_assert_golden (removed, "remove_check_tag");
  g_assert_cmpuint (absent->status, ==, 200);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (sandbox_reply_object (absent), "tags")),
      ==,
      1);
  assert_field (wrong, "tag");
  sandbox_reply_assert_error (nobody, 404, "not_found");
}

/* The screening that is in every workflow, and whom it was about. */
static void
test_of_session (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{\"external_ref\":\"guest-7\"}");
  g_autofree char *simulate = sandbox_client_path (id, "/simulate");
  g_autofree char *checks = sandbox_client_path (id, "/checks");
  g_autoptr (SandboxReply) before = sandbox_client_call (client, "GET", checks, NULL);
  g_autoptr (SandboxReply) done =
      sandbox_client_call (client, "POST", simulate, "{\"action\":\"approve\"}");
  g_autoptr (SandboxReply) after = sandbox_client_call (client, "GET", checks, NULL);
  g_autoptr (SandboxReply) own = create (client, "pep", NAME);
  g_autoptr (SandboxReply) person =
      sandbox_client_call (client, "GET", "/api/v1/identities/guest-7/checks", NULL);
  g_autoptr (SandboxReply) peps =
      sandbox_client_call (client, "GET", "/api/v1/identities/guest-7/checks?check_type=pep", NULL);
  g_autoptr (SandboxReply) nobody =
      sandbox_client_call (client, "GET", "/api/v1/sessions/session_0/checks", NULL);
  JsonObject *check = NULL;

  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (get_data (before)), ==, 0);
  sandbox_reply_assert_golden (after, "list_session_checks");
  check = json_array_get_object_element (get_data (after), 0);
  g_assert_cmpstr (json_object_get_string_member (check, "session_id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (check, "status"), ==, "clear");
  g_assert_nonnull (sandbox_reply_string (own, "identity_id"));
  sandbox_reply_assert_golden (person, "list_identity_checks");
  g_assert_cmpuint (json_array_get_length (get_data (person)), ==, 2);
  g_assert_cmpuint (json_array_get_length (get_data (peps)), ==, 1);
  sandbox_reply_assert_error (nobody, 404, "not_found");
}

int
main (int argc, char **argv)
{
#define TEST(name, function)                                                                       \
  g_test_add ("/sandbox/checks/" name, SandboxClient, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  TEST ("types", test_types);
  TEST ("create", test_create);
  TEST ("full", test_full);
  TEST ("list", test_list);
  TEST ("hits", test_hits);
  TEST ("tags", test_tags);
  TEST ("of-session", test_of_session);
  return g_test_run ();
}
