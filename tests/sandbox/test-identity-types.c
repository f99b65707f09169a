/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "identity-client.h"
#include "sandbox-golden.h"

/* Kinds of identities (verifa-api.md 7.11). */

#define TYPES "/api/v1/identity-types"
#define GUEST                                                                                      \
  "{\"name\":\"guest\",\"label\":\"Guest\",\"description\":\"Stays overnight\","                   \
  "\"statuses\":[\"pending\",\"verified\"],\"default_status\":\"pending\",\"is_default\":false}"

static const char *const live_key[] = { "X-API-Key", LIVE_KEY, NULL };

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
call (SandboxClient *client, const char *method, const char *id, const char *body)
{
  g_autofree char *path = g_strconcat (TYPES "/", id, NULL);

  return sandbox_client_call (client, method, path, body);
}

static char *
create (SandboxClient *client, const char *body)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", TYPES, body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "id"));
}

static char *
dup_names (SandboxClient *client)
{
  g_autoptr (SandboxReply) list = sandbox_client_call (client, "GET", TYPES, NULL);

  return identity_reply_dup_texts (list, "data", "name");
}

static gboolean
is_default (SandboxClient *client, const char *id)
{
  g_autoptr (SandboxReply) reply = call (client, "GET", id, NULL);

  return json_object_get_boolean_member (sandbox_reply_object (reply), "is_default");
}

static void
test_golden (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) made = sandbox_client_call (client, "POST", TYPES, GUEST);
  const char *id = sandbox_reply_string (made, "id");
  g_autoptr (SandboxReply) got = NULL;
  g_autoptr (SandboxReply) list = NULL;
  g_autoptr (SandboxReply) changed = NULL;

  sandbox_reply_assert_golden (made, "create_identity_type");
  g_assert_true (g_str_has_prefix (id, "idtype_"));
  got = call (client, "GET", id, NULL);
  sandbox_reply_assert_golden (got, "get_identity_type");
  g_assert_cmpstr (got->text, ==, made->text);
  list = sandbox_client_call (client, "GET", TYPES, NULL);
  sandbox_reply_assert_golden (list, "list_identity_types");
  changed = call (client, "PATCH", id, "{\"label\":\"Visitor\"}");
  sandbox_reply_assert_golden (changed, "update_identity_type");
  g_assert_cmpuint (identity_client_count_events (client, "resource_type=identity_type"), ==, 2);
}

/* What is not said stays; the name stays in any case. */
static void
test_update (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = create (client, GUEST);
  g_autoptr (SandboxReply) changed =
      call (client,
            "PATCH",
            id,
            "{\"name\":\"other\",\"description\":null,\"statuses\":[\"verified\",\"failed\"],"
            "\"default_status\":\"failed\"}");
  g_autofree char *statuses = identity_reply_dup_texts (changed, "statuses", NULL);

  g_assert_cmpstr (sandbox_reply_string (changed, "name"), ==, "guest");
  g_assert_cmpstr (sandbox_reply_string (changed, "label"), ==, "Guest");
  g_assert_null (sandbox_reply_string (changed, "description"));
  g_assert_cmpstr (statuses, ==, "verified failed");
  g_assert_cmpstr (sandbox_reply_string (changed, "default_status"), ==, "failed");
}

/* One of them is what new identities are. */
static void
test_default (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *before = identity_client_create (client, "guest-0");
  g_autofree char *first = create (client, "{\"name\":\"a\",\"label\":\"A\",\"is_default\":true}");
  g_autofree char *second = create (client,
                                    "{\"name\":\"b\",\"label\":\"B\",\"is_default\":true,"
                                    "\"statuses\":[\"failed\",\"verified\"],"
                                    "\"default_status\":\"failed\"}");
  g_autofree char *stub = NULL;
  g_autofree char *session = NULL;
  g_autofree char *names = dup_names (client);
  g_autoptr (SandboxReply) none = NULL;
  g_autoptr (SandboxReply) failed = NULL;
  g_autoptr (SandboxReply) verified = NULL;
  g_autoptr (SandboxReply) theirs = NULL;

  g_assert_cmpstr (names, ==, "b a");
  g_assert_false (is_default (client, first));
  g_assert_true (is_default (client, second));
  none = identity_client_get (client, before);
  g_assert_null (sandbox_reply_string (none, "identity_type_id"));

  stub = identity_client_create (client, "guest-1");
  failed = identity_client_get (client, stub);
  g_assert_cmpstr (sandbox_reply_string (failed, "identity_type_id"), ==, second);
  g_assert_cmpstr (sandbox_reply_string (failed, "status"), ==, "failed");
  session = identity_client_simulate (client, "guest-2", "approve");
  verified = identity_client_get (client, "guest-2");
  g_assert_cmpstr (sandbox_reply_string (verified, "identity_type_id"), ==, second);
  g_assert_cmpstr (sandbox_reply_string (verified, "status"), ==, "verified");

  /* Not there, where there is none. */
  {
    g_autoptr (SandboxReply) made = sandbox_client_send (
        client, "POST", IDENTITIES, live_key, "{\"external_ref\":\"guest-1\"}");

    g_assert_cmpuint (made->status, ==, 201);
  }
  theirs = sandbox_client_send (client, "GET", IDENTITIES "/guest-1", live_key, NULL);
  g_assert_null (sandbox_reply_string (theirs, "identity_type_id"));
  g_assert_cmpstr (sandbox_reply_string (theirs, "status"), ==, "pending");
}

static const char *const bad_types[] = {
  "{}",
  "{\"name\":\"a\"}",
  "{\"label\":\"A\"}",
  "{\"name\":\"\",\"label\":\"A\"}",
  "{\"name\":1,\"label\":\"A\"}",
  "{\"name\":\"a\",\"label\":\"A\",\"statuses\":\"pending\"}",
  "{\"name\":\"a\",\"label\":\"A\",\"statuses\":[1]}",
  "{\"name\":\"a\",\"label\":\"A\",\"statuses\":[\"a\"],\"default_status\":\"b\"}",
  "{\"name\":\"a\",\"label\":\"A\",\"default_status\":\"gone\"}",
  "{\"name\":\"a\",\"label\":\"A\",\"is_default\":\"yes\"}",
  "{\"name\":\"a\",\"label\":\"A\",\"description\":7}",
};

static const char *const bad_changes[] = {
  "{\"label\":\"\"}",
  "{\"label\":7}",
  "{\"statuses\":{}}",
  "{\"statuses\":[\"verified\"]}", /* without the default status */
  "{\"default_status\":\"failed\"}",
  "{\"is_default\":1}",
};

static void
test_refusals (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = create (client, GUEST);
  g_autoptr (SandboxReply) before = call (client, "GET", id, NULL);
  g_autoptr (SandboxReply) taken = sandbox_client_call (client, "POST", TYPES, GUEST);
  g_autoptr (SandboxReply) nobody = call (client, "GET", "idtype_0", NULL);
  g_autoptr (SandboxReply) unchanged = call (client, "PATCH", "idtype_0", "{}");
  g_autoptr (SandboxReply) after = NULL;
  g_autofree char *names = NULL;

  sandbox_reply_assert_error (taken, 409, "conflict");
  sandbox_reply_assert_error (nobody, 404, "not_found");
  sandbox_reply_assert_error (unchanged, 404, "not_found");
  for (guint i = 0; i < G_N_ELEMENTS (bad_types); i++)
    {
      g_autoptr (SandboxReply) reply = sandbox_client_call (client, "POST", TYPES, bad_types[i]);

      g_test_message ("%s", bad_types[i]);
      sandbox_reply_assert_error (reply, 422, "validation_error");
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_changes); i++)
    {
      g_autoptr (SandboxReply) reply = call (client, "PATCH", id, bad_changes[i]);

      g_test_message ("%s", bad_changes[i]);
      sandbox_reply_assert_error (reply, 422, "validation_error");
    }
  after = call (client, "GET", id, NULL);
  g_assert_cmpstr (after->text, ==, before->text);
  names = dup_names (client);
  g_assert_cmpstr (names, ==, "guest");
}

/* The other environment has types of its own, of the same names. */
static void
test_environment (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id =
      create (client, "{\"name\":\"guest\",\"label\":\"Guest\",\"is_default\":true}");
  g_autofree char *path = g_strconcat (TYPES "/", id, NULL);
  g_autoptr (SandboxReply) hidden = sandbox_client_send (client, "GET", path, live_key, NULL);
  g_autoptr (SandboxReply) kept = sandbox_client_send (client, "PATCH", path, live_key, "{}");
  g_autoptr (SandboxReply) list = sandbox_client_send (client, "GET", TYPES, live_key, NULL);
  g_autofree char *names = identity_reply_dup_texts (list, "data", "name");
  g_autoptr (SandboxReply) theirs =
      sandbox_client_send (client,
                           "POST",
                           TYPES,
                           live_key,
                           "{\"name\":\"guest\",\"label\":\"Guest\",\"is_default\":true}");

  sandbox_reply_assert_error (hidden, 404, "not_found");
  sandbox_reply_assert_error (kept, 404, "not_found");
  g_assert_cmpstr (names, ==, "");
  g_assert_cmpuint (theirs->status, ==, 201);
  g_assert_true (is_default (client, id));
}

/* Sent again under its key, it is made once (7.11). */
static void
test_idempotency (SandboxClient *client, gconstpointer unused)
{
  static const char *const headers[] = {
    "X-API-Key", SANDBOX_KEY, "Idempotency-Key", "type-1", NULL
  };
  g_autoptr (SandboxReply) first = sandbox_client_send (client, "POST", TYPES, headers, GUEST);
  g_autoptr (SandboxReply) second = sandbox_client_send (client, "POST", TYPES, headers, GUEST);
  g_autofree char *names = dup_names (client);

  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (second->status, ==, 201);
  g_assert_cmpstr (second->text, ==, first->text);
  g_assert_cmpstr (names, ==, "guest");
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sandbox/identity-types/" name, SandboxClient, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("golden", test_golden);
  ADD ("update", test_update);
  ADD ("default", test_default);
  ADD ("refusals", test_refusals);
  ADD ("environment", test_environment);
  ADD ("idempotency", test_idempotency);
  return g_test_run ();
}
