/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "identity-client.h"
#include "sandbox-golden.h"

/* Lists of identities, by offset and by cursor (verifa-api.md 1.6, 7.2). */

#define N_GUESTS 7

typedef struct
{
  SandboxClient client;
  GPtrArray *ids; /* oldest first */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  sandbox_client_start (&fixture->client, NULL);
  fixture->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_GUESTS; i++)
    {
      g_autofree char *ref = g_strdup_printf ("guest-%u", i);

      g_ptr_array_add (fixture->ids, identity_client_create (&fixture->client, ref));
    }
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_ptr_array_unref (fixture->ids);
  sandbox_client_stop (&fixture->client);
}

static SandboxReply *
list (Fixture *fixture, const char *query)
{
  g_autofree char *path = g_strconcat (IDENTITIES "?", query, NULL);

  return sandbox_client_call (&fixture->client, "GET", path, NULL);
}

/* A page by cursor has the refs @wanted. Returns: the cursor, NULL where the list ends. */
static char *
check_page (Fixture *fixture, const char *query, const char *wanted, const char *cursor)
{
  g_autoptr (SandboxReply) reply = list (fixture, query);
  g_autofree char *refs = identity_reply_dup_texts (reply, "data", "external_ref");
  JsonObject *pagination = identity_reply_object (reply, "pagination");

  g_test_message ("%s", query);
  g_assert_cmpstr (refs, ==, wanted);
  g_assert_false (json_object_has_member (pagination, "offset"));
  g_assert_cmpint (json_object_get_int_member (pagination, "limit"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (pagination, "total"), ==, N_GUESTS);
  return g_strdup (json_object_get_string_member_with_default (pagination, cursor, NULL));
}

static const char *const pages[] = { "guest-6 guest-5 guest-4",
                                     "guest-3 guest-2 guest-1",
                                     "guest-0" };

/* To the end, and from there back to the beginning: nobody twice, nobody left out. */
static void
test_cursors (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *next = check_page (fixture, "page[size]=3", pages[0], "next_cursor");
  g_autofree char *last = NULL;
  g_autofree char *prev = NULL;
  g_autofree char *third = NULL;
  g_autofree char *none = check_page (fixture, "page[size]=3", pages[0], "prev_cursor");

  g_assert_null (none);
  for (guint i = 1; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *query = g_strdup_printf ("page[size]=3&page[after]=%s", next);

      g_assert_nonnull (next);
      g_free (next);
      g_free (prev);
      next = check_page (fixture, query, pages[i], "next_cursor");
      prev = check_page (fixture, query, pages[i], "prev_cursor");
    }
  g_assert_null (next);

  for (int i = 1; i >= 0; i--)
    {
      g_autofree char *query = g_strdup_printf ("page[size]=3&page[before]=%s", prev);

      g_assert_nonnull (prev);
      g_free (prev);
      g_free (third);
      third = check_page (fixture, query, pages[i], "next_cursor");
      prev = check_page (fixture, query, pages[i], "prev_cursor");
    }
  g_assert_null (prev);
  g_assert_cmpstr (third, ==, fixture->ids->pdata[4]);
}

/* Who comes meanwhile shifts no page. */
static void
test_cursor_stays (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *next = check_page (fixture, "page[size]=3", pages[0], "next_cursor");
  g_autofree char *query = g_strdup_printf ("page[size]=3&page[after]=%s", next);
  g_autofree char *newer = identity_client_create (&fixture->client, "guest-7");
  g_autoptr (SandboxReply) reply = list (fixture, query);
  g_autofree char *refs = identity_reply_dup_texts (reply, "data", "external_ref");

  g_assert_cmpstr (refs, ==, pages[1]);
}

/* Filters hold on every page, and an archived identity can still be a cursor. */
static void
test_cursor_filters (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *cursor = g_strdup (fixture->ids->pdata[4]);
  g_autofree char *query = g_strdup_printf ("page[size]=3&page[after]=%s", cursor);
  g_autofree char *status = g_strconcat (query, "&status=failed", NULL);
  g_autofree char *all = g_strconcat (query, "&include_archived=true", NULL);
  g_autoptr (SandboxReply) failed = NULL;
  g_autoptr (SandboxReply) plain = NULL;
  g_autoptr (SandboxReply) archived = NULL;
  g_autofree char *failed_refs = NULL;
  g_autofree char *plain_refs = NULL;
  g_autofree char *archived_refs = NULL;

  identity_client_do (&fixture->client, "PATCH", "guest-0", "", "{\"status\":\"failed\"}");
  identity_client_do (&fixture->client, "PATCH", "guest-6", "", "{\"status\":\"failed\"}");
  identity_client_do (&fixture->client, "POST", "guest-4", "/archive", NULL);
  identity_client_do (&fixture->client, "POST", "guest-3", "/archive", NULL);
  failed = list (fixture, status);
  failed_refs = identity_reply_dup_texts (failed, "data", "external_ref");
  g_assert_cmpstr (failed_refs, ==, "guest-0");
  g_assert_cmpint (
      json_object_get_int_member (identity_reply_object (failed, "pagination"), "total"), ==, 2);
  plain = list (fixture, query);
  plain_refs = identity_reply_dup_texts (plain, "data", "external_ref");
  g_assert_cmpstr (plain_refs, ==, "guest-2 guest-1 guest-0");
  archived = list (fixture, all);
  archived_refs = identity_reply_dup_texts (archived, "data", "external_ref");
  g_assert_cmpstr (archived_refs, ==, "guest-3 guest-2 guest-1");
}

static void
test_bad_cursors (Fixture *fixture, gconstpointer unused)
{
  static const char *const live_key[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autofree char *both = g_strdup_printf ("page[after]=%s&page[before]=%s",
                                           (char *) fixture->ids->pdata[0],
                                           (char *) fixture->ids->pdata[1]);
  g_autofree char *theirs =
      g_strdup_printf (IDENTITIES "?page[after]=%s", (char *) fixture->ids->pdata[0]);
  g_autoptr (SandboxReply) refused = list (fixture, both);
  g_autoptr (SandboxReply) other = NULL;

  sandbox_reply_assert_error (refused, 422, "validation_error");
  other = sandbox_client_send (&fixture->client, "GET", theirs, live_key, NULL);
  sandbox_reply_assert_error (other, 422, "validation_error");
}

static void
test_offset (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SandboxReply) reply = list (fixture, "limit=3&offset=3");
  g_autoptr (SandboxReply) end = list (fixture, "limit=3&offset=7");
  g_autofree char *refs = identity_reply_dup_texts (reply, "data", "external_ref");
  g_autofree char *none = identity_reply_dup_texts (end, "data", "external_ref");
  JsonObject *pagination = identity_reply_object (reply, "pagination");

  g_assert_cmpstr (refs, ==, pages[1]);
  g_assert_cmpint (json_object_get_int_member (pagination, "total"), ==, N_GUESTS);
  g_assert_cmpint (json_object_get_int_member (pagination, "limit"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (pagination, "offset"), ==, 3);
  g_assert_cmpstr (none, ==, "");
}

typedef struct
{
  const char *body;
  const char *refs;
} Search;

static const Search searches[] = {
  { "{\"q\":\"jane doe\"}", "guest-8" },
  { "{\"q\":\"DOE\"}", "guest-8" },
  { "{\"q\":\"d1234567\"}", "guest-8" },
  { "{\"q\":\"Janet\"}", "guest-5" },
  { "{\"q\":\"janet@example.com\"}", "guest-5" },
  { "{\"q\":\"+14155550123\"}", "guest-5" },
  { "{\"q\":\"GUEST-3\"}", "guest-3" },
  { "{\"q\":\"jan\"}", "" },
  { "{\"q\":\"%\"}", "" },
  { "{\"tags\":[\"vip\"]}", "guest-8 guest-1" },
  { "{\"tags\":[\"vip\",\"late\"]}", "guest-1" },
  { "{\"tags\":[\"vip\"],\"status\":\"verified\"}", "guest-8" },
  { "{\"tags\":[\"vip\"],\"limit\":1,\"offset\":1}", "guest-1" },
  { "{\"tags\":[\"none\"]}", "" },
  { "{\"q\":\"guest-2\"}", "" },
  { "{\"q\":\"guest-2\",\"include_archived\":true}", "guest-2" },
};

static void
test_search (Fixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;

  g_free (identity_client_simulate (client, "guest-8", "approve"));
  identity_client_do (client,
                      "PATCH",
                      "guest-5",
                      "",
                      "{\"first_name\":\"Janet\",\"email\":\"janet@example.com\","
                      "\"phone\":\"+14155550123\"}");
  identity_client_do (client, "POST", "guest-8", "/tags/set", "{\"tags\":[\"vip\"]}");
  identity_client_do (client, "POST", "guest-1", "/tags/set", "{\"tags\":[\"late\",\"vip\"]}");
  identity_client_do (client, "POST", "guest-2", "/archive", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (SandboxReply) reply =
          identity_client_call (client, "POST", "search", "", searches[i].body);
      g_autofree char *refs = identity_reply_dup_texts (reply, "data", "external_ref");

      g_test_message ("%s", searches[i].body);
      g_assert_cmpstr (refs, ==, searches[i].refs);
    }
}

/* Archived ones are on no list that does not ask for them, and keep their status. */
static void
test_archive (Fixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  g_autofree char *session = identity_client_simulate (client, "guest-3", "approve");
  g_autoptr (SandboxReply) archived =
      identity_client_call (client, "POST", "guest-3", "/archive", NULL);
  g_autoptr (SandboxReply) again =
      identity_client_call (client, "POST", "guest-3", "/archive", NULL);
  g_autoptr (SandboxReply) without = list (fixture, "q=guest-3");
  g_autoptr (SandboxReply) with = list (fixture, "q=guest-3&include_archived=true");
  g_autofree char *none = identity_reply_dup_texts (without, "data", "external_ref");
  g_autofree char *one = identity_reply_dup_texts (with, "data", "external_ref");
  g_autoptr (SandboxReply) restored = NULL;

  g_assert_cmpstr (sandbox_reply_string (archived, "status"), ==, "verified");
  g_assert_nonnull (sandbox_reply_string (archived, "archived_at"));
  g_assert_cmpstr (again->text, ==, archived->text);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (one, ==, "guest-3");
  restored = identity_client_call (client, "POST", "guest-3", "/restore", NULL);
  g_assert_cmpstr (sandbox_reply_string (restored, "status"), ==, "verified");
  g_assert_null (sandbox_reply_string (restored, "archived_at"));
}

/* Every session of the person, newest first, as it is exported by itself. */
static void
test_export (Fixture *fixture, gconstpointer unused)
{
  SandboxClient *client = &fixture->client;
  static const char *const actions[] = { "approve", "decline", "approve" };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *other = identity_client_simulate (client, "guest-2", "approve");
  g_autoptr (SandboxReply) none = identity_client_call (client, "GET", "guest-0", "/export", NULL);
  g_autoptr (SandboxReply) whole = NULL;
  JsonArray *sessions = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_ptr_array_add (ids, identity_client_simulate (client, "guest-1", actions[i]));
  whole = identity_client_call (client, "GET", "guest-1", "/export", NULL);
  sessions = json_object_get_array_member (sandbox_reply_object (whole), "sessions");
  g_assert_cmpuint (json_array_get_length (sessions), ==, ids->len);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *path = sandbox_client_path (ids->pdata[ids->len - 1 - i], "/export");
      g_autoptr (SandboxReply) one = sandbox_client_call (client, "GET", path, NULL);

      g_assert_cmpuint (one->status, ==, 200);
      g_assert_true (json_object_equal (json_array_get_object_element (sessions, i),
                                        sandbox_reply_object (one)));
    }
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (sandbox_reply_object (none), "sessions")),
                    ==,
                    0);
}

static void
test_export_spelled (Fixture *fixture, gconstpointer unused)
{
  static const char *const kebab[] = { "X-API-Key", SANDBOX_KEY, "Key-Inflection", "kebab", NULL };
  g_autofree char *id = identity_client_simulate (&fixture->client, "guest-1", "approve");
  g_autoptr (SandboxReply) reply =
      sandbox_client_send (&fixture->client, "GET", IDENTITIES "/guest-1/export", kebab, NULL);
  JsonObject *object = sandbox_reply_object (reply);
  JsonObject *session =
      json_array_get_object_element (json_object_get_array_member (object, "sessions"), 0);

  g_assert_cmpstr (
      soup_message_headers_get_one (reply->headers, "Content-Type"), ==, "application/json");
  g_assert_true (json_object_has_member (object, "face-embeddings-count"));
  g_assert_false (json_object_has_member (object, "face_embeddings_count"));
  g_assert_true (json_object_has_member (session, "fraud-signals"));
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (session, "session"), "external-ref"),
                   ==,
                   "guest-1");
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sandbox/identity-lists/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("cursors", test_cursors);
  ADD ("cursor-stays", test_cursor_stays);
  ADD ("cursor-filters", test_cursor_filters);
  ADD ("bad-cursors", test_bad_cursors);
  ADD ("offset", test_offset);
  ADD ("search", test_search);
  ADD ("archive", test_archive);
  ADD ("export", test_export);
  ADD ("export-spelled", test_export_spelled);
  return g_test_run ();
}
