/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "case-client.h"
#include "sandbox-golden.h"

/* Custom lists: what they take, what is like it, and what they do to a session (verifa-api.md 2.5,
 * 7.3, 7.5). */

#define LISTS "/api/v1/lists"

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
call_live (SandboxClient *client, const char *method, const char *path, const char *body)
{
  static const char *const headers[] = { "X-API-Key", LIVE_KEY, NULL };

  return sandbox_client_send (client, method, path, headers, body);
}

/* Returns: the path of a new list. */
static char *
create (SandboxClient *client, const char *list_type, const char *mode)
{
  g_autofree char *body = g_strdup_printf (
      "{\"name\":\"A list\",\"list_type\":\"%s\",\"match_mode\":\"%s\"}", list_type, mode);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", LISTS, body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strconcat (LISTS "/", sandbox_reply_string (reply, "id"), NULL);
}

static SandboxReply *
call (SandboxClient *client,
      const char *method,
      const char *parent,
      const char *rest,
      const char *body)
{
  g_autofree char *path = g_strconcat (parent, rest, NULL);

  return sandbox_client_call (client, method, path, body);
}

static SandboxReply *
add (SandboxClient *client, const char *list, const char *value)
{
  g_autofree char *body = g_strdup_printf ("{\"value\":%s}", value);

  return call (client, "POST", list, "/items", body);
}

static JsonArray *
get_data (SandboxReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
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

static void
test_lists (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) made = sandbox_client_call (
      client,
      "POST",
      LISTS,
      "{\"name\":\"Returned cards\",\"list_type\":\"government_id\",\"match_mode\":\"block\","
      "\"description\":\"Cards that were reported stolen\"}");
  g_autoptr (SandboxReply) plain =
      sandbox_client_call (client, "POST", LISTS, "{\"name\":\"B\",\"list_type\":\"string\"}");
  g_autofree char *list = g_strconcat (LISTS "/", sandbox_reply_string (made, "id"), NULL);
  g_autoptr (SandboxReply) all = sandbox_client_call (client, "GET", LISTS, NULL);
  g_autoptr (SandboxReply) second =
      sandbox_client_call (client, "GET", LISTS "?limit=1&offset=1", NULL);
  g_autoptr (SandboxReply) got = sandbox_client_call (client, "GET", list, NULL);
  g_autoptr (SandboxReply) changed = sandbox_client_call (
      client, "PATCH", list, "{\"name\":\"Stolen cards\",\"description\":null}");
  g_autoptr (SandboxReply) none = sandbox_client_call (client, "GET", LISTS "/list_0", NULL);

  sandbox_reply_assert_golden (made, "create_list");
  g_assert_true (g_str_has_prefix (sandbox_reply_string (made, "id"), "list_"));
  g_assert_cmpstr (sandbox_reply_string (plain, "match_mode"), ==, "flag");
  sandbox_reply_assert_golden (all, "list_lists");
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (get_data (all), 0), "name"),
      ==,
      "B");
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (get_data (second), 0), "name"),
      ==,
      "Returned cards");
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (sandbox_reply_object (got), "workflows")),
                    ==,
                    0);
  sandbox_reply_assert_golden (changed, "update_list");
  g_assert_cmpstr (sandbox_reply_string (changed, "name"), ==, "Stolen cards");
  g_assert_cmpstr (sandbox_reply_string (changed, "match_mode"), ==, "block");
  g_assert_null (sandbox_reply_string (changed, "description"));
  sandbox_reply_assert_error (none, 404, "not_found");
}

static void
test_refused (SandboxClient *client, gconstpointer unused)
{
  static const char *const cases[][2] = {
    { "{\"list_type\":\"email\"}", "name" },
    { "{\"name\":\"\",\"list_type\":\"email\"}", "name" },
    { "{\"name\":7,\"list_type\":\"email\"}", "name" },
    { "{\"name\":\"A\"}", "list_type" },
    { "{\"name\":\"A\",\"list_type\":\"shoe\"}", "list_type" },
    { "{\"name\":\"A\",\"list_type\":\"email\",\"match_mode\":\"ask\"}", "match_mode" },
    { "{\"name\":\"A\",\"list_type\":\"email\",\"description\":1}", "description" },
  };
  g_autoptr (SandboxReply) page = sandbox_client_call (client, "GET", LISTS "?limit=101", NULL);
  g_autoptr (SandboxReply) all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", LISTS, cases[i][0]);

      g_test_message ("%s", cases[i][0]);
      assert_field (reply, cases[i][1]);
    }
  assert_field (page, "limit");
  all = sandbox_client_call (client, "GET", LISTS, NULL);
  g_assert_cmpuint (json_array_get_length (get_data (all)), ==, 0);
}

static void
test_items (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *list = create (client, "government_id", "block");
  g_autoptr (SandboxReply) made =
      call (client,
            "POST",
            list,
            "/items",
            "{\"value\":{\"id_number\":\"D1234567\",\"id_class\":\"drivers_license\","
            "\"colour\":\"red\"},\"notes\":\"Report 4711\"}");
  g_autofree char *item = g_strconcat (list, "/items/", sandbox_reply_string (made, "id"), NULL);
  g_autoptr (SandboxReply) all = call (client, "GET", list, "/items", NULL);
  g_autoptr (SandboxReply) got = sandbox_client_call (client, "GET", item, NULL);
  g_autoptr (SandboxReply) theirs = call_live (client, "GET", item, NULL);
  g_autoptr (SandboxReply) deleted = sandbox_client_call (client, "DELETE", item, NULL);
  g_autoptr (SandboxReply) again = sandbox_client_call (client, "DELETE", item, NULL);
  g_autoptr (SandboxReply) after = sandbox_client_call (client, "GET", list, NULL);

  sandbox_reply_assert_golden (made, "add_list_item");
  g_assert_false (json_object_has_member (
      json_object_get_object_member (sandbox_reply_object (made), "value"), "colour"));
  sandbox_reply_assert_golden (all, "list_list_items");
  sandbox_reply_assert_golden (got, "get_list_item");
  sandbox_reply_assert_error (theirs, 404, "not_found");
  g_assert_cmpuint (deleted->status, ==, 204);
  sandbox_reply_assert_error (again, 404, "not_found");
  g_assert_cmpint (json_object_get_int_member (sandbox_reply_object (after), "item_count"), ==, 0);
}

/* The value schemas of verifa-api.md 7.5. */
static void
test_values (SandboxClient *client, gconstpointer unused)
{
  static const struct
  {
    const char *list_type;
    const char *value;
    const char *field; /* NULL: it is good */
  } cases[] = {
    { "name", "{\"first_name\":\"Jane\",\"last_name\":\"Doe\"}", NULL },
    { "name",
      "{\"first_name\":\"J\",\"last_name\":\"D\",\"date_of_birth\":\"1997-02-30\"}",
      "value.date_of_birth" },
    { "name", "{\"first_name\":\"Jane\"}", "value.last_name" },
    { "email", "{\"email\":\"a@example.com\",\"match_domain_only\":true}", NULL },
    { "email", "{\"email\":\"example.com\"}", "value.email" },
    { "email", "{\"email\":\"a@example.com\",\"match_domain_only\":1}", "value.match_domain_only" },
    { "phone", "{\"phone\":\"+1 (415) 555-0100\"}", NULL },
    { "phone", "{\"phone\":\"12345\"}", "value.phone" },
    { "ip_address", "{\"ip\":\"203.0.113.7\"}", NULL },
    { "ip_address", "{\"ip\":\"203.0.113\"}", "value.ip" },
    { "government_id", "{\"id_number\":\"D-1\"}", NULL },
    { "government_id", "{\"id_number\":\"---\"}", "value.id_number" },
    { "country", "{\"country_code\":\"KP\"}", NULL },
    { "country", "{\"country_code\":\"PRK\"}", "value.country_code" },
    { "geolocation", "{\"latitude\":52.5,\"longitude\":13,\"radius_meters\":500}", NULL },
    { "geolocation", "{\"latitude\":52.5,\"longitude\":13}", "value.radius_meters" },
    { "geolocation", "{\"latitude\":91,\"longitude\":13,\"radius_meters\":5}", "value.latitude" },
    { "browser_fingerprint", "{\"fingerprint_hash\":\"ab12\"}", NULL },
    { "device_fingerprint", "{\"fingerprint_hash\":12}", "value.fingerprint_hash" },
    { "face", "{\"embedding\":[0.1,0.2]}", NULL },
    { "face", "{\"image_url\":\"https://desk.example/1.jpg\"}", NULL },
    { "face", "{\"embedding\":[0.1,\"x\"]}", "value.embedding" },
    { "face", "{}", "value" },
    { "string", "{\"value\":\"vip-7\"}", NULL },
    { "string", "{\"value\":\"\"}", "value.value" },
    { "string", "[]", "value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *list = create (client, cases[i].list_type, "flag");
      g_autoptr (SandboxReply) reply = add (client, list, cases[i].value);

      g_test_message ("%s %s", cases[i].list_type, cases[i].value);
      if (cases[i].field == NULL)
        g_assert_cmpuint (reply->status, ==, 201);
      else
        assert_field (reply, cases[i].field);
    }
}

static void
test_bulk (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *list = create (client, "string", "flag");
  g_autoptr (GString) most = g_string_new ("{\"items\":[{\"value\":{\"value\":\"v\"}}");
  g_autoptr (GString) more = NULL;
  g_autoptr (SandboxReply) good = NULL;
  g_autoptr (SandboxReply) many = NULL;
  g_autoptr (SandboxReply) bad =
      call (client,
            "POST",
            list,
            "/items/bulk",
            "{\"items\":[{\"value\":{\"value\":\"a\"}},{\"value\":{\"value\":7}}]}");
  g_autoptr (SandboxReply) none = call (client, "POST", list, "/items/bulk", "{\"items\":[]}");
  g_autoptr (SandboxReply) before = sandbox_client_call (client, "GET", list, NULL);

  for (guint i = 1; i < 1000; i++)
    g_string_append (most, ",{\"value\":{\"value\":\"v\"}}");
  more = g_string_new (most->str);
  g_string_append (most, "]}");
  g_string_append (more, ",{\"value\":{\"value\":\"v\"}}]}");
  assert_field (bad, "items.1.value.value");
  assert_field (none, "items");
  g_assert_cmpint (json_object_get_int_member (sandbox_reply_object (before), "item_count"), ==, 0);

  many = call (client, "POST", list, "/items/bulk", more->str);
  assert_field (many, "items");
  good = call (client, "POST", list, "/items/bulk", most->str);
  sandbox_reply_assert_golden (good, "add_list_items");
  g_assert_cmpint (json_object_get_int_member (sandbox_reply_object (good), "created"), ==, 1000);
}

/* How values match, by verifa-api.md 7.5. */
static const struct
{
  const char *list_type;
  const char *item;
  const char *value;
  gboolean matched;
} likes[] = {
  { "name",
    "{\"first_name\":\"Jane\",\"last_name\":\"Doe\"}",
    "{\"first_name\":\"JANE\",\"last_name\":\"Doe\",\"date_of_birth\":\"1997-06-15\"}",
    TRUE },
  { "name",
    "{\"first_name\":\"Johannes\",\"last_name\":\"Steinhauer\"}",
    "{\"first_name\":\"Johanes\",\"last_name\":\"Steinhauer\"}",
    TRUE },
  { "name",
    "{\"first_name\":\"Mark\",\"last_name\":\"Jones\",\"date_of_birth\":\"1970-01-01\"}",
    "{\"first_name\":\"Mark\",\"last_name\":\"Jones\",\"date_of_birth\":\"1970-01-02\"}",
    FALSE },
  { "name",
    "{\"first_name\":\"Ada\",\"last_name\":\"Byron\"}",
    "{\"first_name\":\"Peter\",\"last_name\":\"Quint\"}",
    FALSE },
  { "email", "{\"email\":\"A@Example.com\"}", "{\"email\":\"a@example.com\"}", TRUE },
  { "email", "{\"email\":\"b@one.example\"}", "{\"email\":\"c@one.example\"}", FALSE },
  { "email",
    "{\"email\":\"b@two.example\",\"match_domain_only\":true}",
    "{\"email\":\"c@TWO.example\"}",
    TRUE },
  { "phone", "{\"phone\":\"+1 415 555 0100\"}", "{\"phone\":\"(415) 555-0100\"}", TRUE },
  { "phone", "{\"phone\":\"+1 415 555 0111\"}", "{\"phone\":\"+14155550112\"}", FALSE },
  { "ip_address", "{\"ip\":\"2001:DB8::1\"}", "{\"ip\":\"2001:db8:0::1\"}", TRUE },
  { "government_id", "{\"id_number\":\"d-123 45\"}", "{\"id_number\":\"D12345\"}", TRUE },
  { "government_id",
    "{\"id_number\":\"777\",\"id_class\":\"passport\"}",
    "{\"id_number\":\"777\",\"id_class\":\"national_id\"}",
    FALSE },
  { "country", "{\"country_code\":\"kp\"}", "{\"country_code\":\"KP\"}", TRUE },
  { "geolocation",
    "{\"latitude\":52.52,\"longitude\":13.405,\"radius_meters\":1000}",
    "{\"latitude\":52.525,\"longitude\":13.405}",
    TRUE },
  { "geolocation",
    "{\"latitude\":0,\"longitude\":0,\"radius_meters\":1000}",
    "{\"latitude\":0.01,\"longitude\":0}",
    FALSE },
  { "face", "{\"embedding\":[1,0,0.1]}", "{\"embedding\":[2,0,0.2]}", TRUE },
  { "face", "{\"embedding\":[0,1,0]}", "{\"embedding\":[0,0,1]}", FALSE },
  { "device_fingerprint", "{\"fingerprint_hash\":\"AB\"}", "{\"fingerprint_hash\":\"ab\"}", TRUE },
  { "browser_fingerprint",
    "{\"fingerprint_hash\":\"ab\"}",
    "{\"fingerprint_hash\":\"abc\"}",
    FALSE },
  { "string", "{\"value\":\"VIP\"}", "{\"value\":\"vip\"}", TRUE },
};

static void
test_check (SandboxClient *client, gconstpointer unused)
{

  for (guint i = 0; i < G_N_ELEMENTS (likes); i++)
    {
      g_autofree char *list = create (client, likes[i].list_type, "flag");
      g_autoptr (SandboxReply) added = add (client, list, likes[i].item);
      g_autofree char *body =
          g_strdup_printf ("{\"list_type\":\"%s\",\"list_ids\":[\"%s\"],\"value\":%s}",
                           likes[i].list_type,
                           list + sizeof LISTS,
                           likes[i].value);
      g_autoptr (SandboxReply) reply = call (client, "POST", LISTS, "/check", body);

      g_test_message ("%s %s", likes[i].item, likes[i].value);
      g_assert_cmpuint (added->status, ==, 201);
      if (likes[i].matched)
        sandbox_reply_assert_golden (reply, "check_lists");
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpint (json_object_get_boolean_member (sandbox_reply_object (reply), "matched"),
                       ==,
                       likes[i].matched);
    }
}

static void
test_check_refused (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *list = create (client, "string", "flag");
  g_autofree char *other = g_strdup_printf (
      "{\"list_type\":\"country\",\"value\":{\"country_code\":\"US\"},\"list_ids\":[\"%s\"]}",
      list + sizeof LISTS);
  g_autofree char *theirs = g_strdup_printf (
      "{\"list_type\":\"string\",\"value\":{\"value\":\"a\"},\"list_ids\":[\"%s\"]}",
      list + sizeof LISTS);
  g_autoptr (SandboxReply) wrong = call (client, "POST", LISTS, "/check", other);
  g_autoptr (SandboxReply) foreign = call_live (client, "POST", LISTS "/check", theirs);
  g_autoptr (SandboxReply) empty = call (client, "POST", LISTS, "/check", "{}");
  g_autoptr (SandboxReply) valueless =
      call (client, "POST", LISTS, "/check", "{\"list_type\":\"string\"}");

  assert_field (wrong, "list_ids.0");
  sandbox_reply_assert_error (foreign, 404, "not_found");
  assert_field (empty, "list_type");
  assert_field (valueless, "value");
}

static char *
create_workflow (SandboxClient *client, const char *list)
{
  g_autofree char *body =
      g_strdup_printf ("{\"name\":\"Bar entry\",\"steps\":[{\"policy\":\"document_ocr\"},"
                       "{\"policy\":\"check_against_list\",\"list_ids\":[\"%s\"]}]}",
                       list + sizeof LISTS);
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", "/api/v1/workflows", body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "id"));
}

static void
test_archive (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *list = create (client, "government_id", "block");
  g_autofree char *workflow = create_workflow (client, list);
  g_autofree char *path = g_strconcat ("/api/v1/workflows/", workflow, "/deactivate", NULL);
  g_autoptr (SandboxReply) got = sandbox_client_call (client, "GET", list, NULL);
  g_autoptr (SandboxReply) used = call (client, "POST", list, "/archive", NULL);
  g_autoptr (SandboxReply) off = sandbox_client_call (client, "POST", path, NULL);
  g_autoptr (SandboxReply) done = call (client, "POST", list, "/archive", NULL);
  g_autoptr (SandboxReply) again = call (client, "POST", list, "/archive", NULL);
  g_autoptr (SandboxReply) late = add (client, list, "{\"id_number\":\"D1\"}");
  g_autoptr (SandboxReply) changed =
      sandbox_client_call (client, "PATCH", list, "{\"name\":\"X\"}");

  sandbox_reply_assert_golden (got, "get_list");
  sandbox_reply_assert_error (used, 409, "conflict");
  g_assert_cmpuint (off->status, ==, 200);
  sandbox_reply_assert_golden (done, "archive_list");
  g_assert_false (json_object_get_boolean_member (sandbox_reply_object (done), "is_active"));
  g_assert_cmpuint (again->status, ==, 200);
  sandbox_reply_assert_error (late, 400, "bad_request");
  sandbox_reply_assert_error (changed, 400, "bad_request");
}

/* Returns: the path of a session's matches, after its outcome. */
static char *
run_session (SandboxClient *client, const char *workflow)
{
  g_autofree char *body =
      g_strdup_printf ("{\"external_ref\":\"guest-7\",\"workflow_id\":\"%s\"}", workflow);
  g_autofree char *id = sandbox_client_create (client, body);
  g_autofree char *simulate = sandbox_client_path (id, "/simulate");
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, "POST", simulate, "{\"action\":\"approve\"}");

  g_assert_cmpuint (reply->status, ==, 200);
  return sandbox_client_path (id, "/list-matches");
}

static const char *
get_check_status (SandboxReply *reply)
{
  JsonArray *data = get_data (reply);

  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *check = json_array_get_object_element (data, i);

      if (g_str_equal (json_object_get_string_member (check, "policy"), "check_against_list"))
        return json_object_get_string_member (check, "status");
    }
  return NULL;
}

/* The person of verifa-api.md 4.2 has the document D1234567. */
static void
test_session (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *list = create (client, "government_id", "block");
  g_autofree char *other = create (client, "country", "flag");
  g_autofree char *workflow = create_workflow (client, list);
  g_autoptr (SandboxReply) item = add (client, list, "{\"id_number\":\"D-1234567\"}");
  g_autoptr (SandboxReply) country = add (client, other, "{\"country_code\":\"US\"}");
  g_autofree char *path = run_session (client, workflow);
  g_autofree char *without = run_session (client, "workflow_default_kyc");
  g_autoptr (SandboxReply) matches = sandbox_client_call (client, "GET", path, NULL);
  g_autoptr (SandboxReply) all = sandbox_client_call (client, "GET", without, NULL);
  g_autoptr (SandboxReply) theirs = call_live (client, "GET", path, NULL);
  g_autofree char *session = g_path_get_dirname (path);
  g_autoptr (SandboxReply) checks = call (client, "GET", session, "/verifications", NULL);
  g_autofree char *plain = g_path_get_dirname (without);
  g_autoptr (SandboxReply) unchecked = call (client, "GET", plain, "/verifications", NULL);
  JsonObject *match = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (SandboxReply) marked = NULL;
  g_autoptr (SandboxReply) unknown = NULL;

  g_assert_cmpuint (item->status, ==, 201);
  g_assert_cmpuint (country->status, ==, 201);
  sandbox_reply_assert_golden (matches, "list_session_list_matches");
  g_assert_cmpuint (json_array_get_length (get_data (matches)), ==, 1);
  match = json_array_get_object_element (get_data (matches), 0);
  g_assert_cmpstr (
      json_object_get_string_member (match, "item_id"), ==, sandbox_reply_string (item, "id"));
  g_assert_cmpstr (get_check_status (checks), ==, "failed");
  g_assert_cmpuint (json_array_get_length (get_data (all)), ==, 2);
  g_assert_null (get_check_status (unchecked));
  sandbox_reply_assert_error (theirs, 404, "not_found");

  rest = g_strconcat ("/", json_object_get_string_member (match, "id"), "/false-positive", NULL);
  marked = call (client, "POST", path, rest, NULL);
  unknown = call (client, "POST", path, "/lmatch_0/false-positive", NULL);
  sandbox_reply_assert_golden (marked, "mark_list_match_false");
  g_assert_true (json_object_get_boolean_member (sandbox_reply_object (marked), "false_positive"));
  sandbox_reply_assert_error (unknown, 404, "not_found");
}

/* verifa-api.md 7.3: the document of whom a reviewer rejects goes to the blocklist, once. */
static void
test_blocklist (SandboxClient *client, gconstpointer unused)
{
  static const char look_up[] =
      "{\"list_type\":\"government_id\",\"value\":{\"id_number\":\"D1234567\"}}";
  g_autoptr (SandboxReply) before = call (client, "POST", LISTS, "/check", look_up);
  g_autoptr (SandboxReply) after = NULL;
  g_autoptr (SandboxReply) live = NULL;
  JsonArray *matches = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *ref = g_strdup_printf ("guest-%u", i);
      g_autofree char *id = case_client_open (client, ref);
      g_autoptr (SandboxReply) done = case_client_post (
          client, id, "/reject", "{\"reviewer_id\":\"" REVIEWER "\",\"add_to_blocklist\":true}");

      g_assert_cmpuint (done->status, ==, 200);
    }
  g_assert_false (json_object_get_boolean_member (sandbox_reply_object (before), "matched"));
  after = call (client, "POST", LISTS, "/check", look_up);
  live = call_live (client, "POST", LISTS "/check", look_up);
  matches = json_object_get_array_member (sandbox_reply_object (after), "matches");
  g_assert_cmpuint (json_array_get_length (matches), ==, 1);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (matches, 0), "match_mode"),
      ==,
      "block");
  g_assert_false (json_object_get_boolean_member (sandbox_reply_object (live), "matched"));
}

static void
test_scopes (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) key =
      sandbox_client_call (client,
                           "POST",
                           "/api/v1/api-keys",
                           "{\"environment\":\"sandbox\",\"scopes\":[\"lists:read\"]}");
  const char *headers[] = { "X-API-Key", sandbox_reply_string (key, "secret"), NULL };
  g_autofree char *list = create (client, "string", "flag");
  g_autofree char *items = g_strconcat (list, "/items", NULL);
  g_autoptr (SandboxReply) read = sandbox_client_send (client, "GET", list, headers, NULL);
  g_autoptr (SandboxReply) write =
      sandbox_client_send (client, "POST", items, headers, "{\"value\":{\"value\":\"a\"}}");

  g_assert_cmpuint (read->status, ==, 200);
  sandbox_reply_assert_error (write, 403, "forbidden");
}

int
main (int argc, char **argv)
{
#define TEST(name, function)                                                                       \
  g_test_add ("/sandbox/lists/" name, SandboxClient, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  TEST ("lists", test_lists);
  TEST ("refused", test_refused);
  TEST ("items", test_items);
  TEST ("values", test_values);
  TEST ("bulk", test_bulk);
  TEST ("check", test_check);
  TEST ("check-refused", test_check_refused);
  TEST ("archive", test_archive);
  TEST ("session", test_session);
  TEST ("blocklist", test_blocklist);
  TEST ("scopes", test_scopes);
  return g_test_run ();
}
