/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-client.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-scenarios.h"
#include "sandbox/vrf-service.h"

/* What is under /_sandbox/ (verifa-api.md 8.3, 8.5, 8.6b), over HTTP. */

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

static void
assert_invalid (SandboxClient *client, const char *method, const char *path, const char *body)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, method, path, body);

  sandbox_reply_assert_error (reply, 422, "validation_error");
}

static gint64
get_total (SandboxClient *client, const char *path)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);
  JsonObject *page = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  page = json_object_get_object_member (sandbox_reply_object (reply), "pagination");
  return json_object_get_int_member (page, "total");
}

static char *
dup_status (SandboxClient *client, const char *id)
{
  g_autofree char *path = sandbox_client_path (id, "");
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", path, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (sandbox_reply_string (reply, "status"));
}

/* 8.6b: a sandbox key, and no page but our own. */
static void
test_access (SandboxClient *client, gconstpointer unused)
{
  static const char *const paths[] = {
    "/_sandbox/clock",        "/_sandbox/faults",    "/_sandbox/outbox",
    "/_sandbox/organization", "/_sandbox/scenarios",
  };
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  static const char *const foreign[] = {
    "X-API-Key", SANDBOX_KEY, "Origin", "https://example.com", NULL
  };
  static const char *const opaque[] = { "X-API-Key", SANDBOX_KEY, "Origin", "null", NULL };
  const char *url = vrf_sandbox_get_api_url (client->sandbox);
  const char *const own[] = { "X-API-Key", SANDBOX_KEY, "Origin", url, NULL };
  const struct
  {
    const char *const *headers;
    guint status;
  } rows[] = { { NULL, 401 }, { live, 403 }, { foreign, 403 }, { opaque, 403 }, { own, 200 } };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
      {
        g_autoptr (SandboxReply) reply =
            sandbox_client_send (client, "GET", paths[i], rows[j].headers, NULL);

        g_assert_cmpuint (reply->status, ==, rows[j].status);
      }
}

/* 2.3 and 8.3: what is due by the new time has happened when it is asked for. */
static void
test_clock_travels (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{}");
  g_autofree char *before = dup_status (client, id);
  g_autofree char *after = NULL;
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, "POST", "/_sandbox/clock", "{\"advance_seconds\":1201}");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (before, ==, "pending");
  after = dup_status (client, id);
  g_assert_cmpstr (after, ==, "expired");
}

static void
test_clock_set (SandboxClient *client, gconstpointer unused)
{
  gint64 wanted = 0;
  gint64 now = 0;
  g_autoptr (SandboxReply) reply = NULL;
  g_autofree char *body = NULL;
  g_autofree char *text = vrf_time_format (g_get_real_time () + VRF_SECONDS (86400));

  body = g_strdup_printf ("{\"now\":\"%s\",\"scale\":60}", text);
  reply = sandbox_client_call (client, "POST", "/_sandbox/clock", body);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (vrf_time_parse (text, &wanted, NULL));
  g_assert_true (vrf_time_parse (sandbox_reply_string (reply, "now"), &now, NULL));
  g_assert_cmpint (now, >=, wanted);
  g_assert_cmpfloat (
      json_object_get_double_member (sandbox_reply_object (reply), "scale"), ==, 60.0);
  g_assert_true (g_str_has_suffix (soup_message_headers_get_one (reply->headers, "X-Sandbox-Time"),
                                   "; scale=60"));
}

static void
test_clock_refuses (SandboxClient *client, gconstpointer unused)
{
  static const char *const bodies[] = {
    "{\"advance_seconds\":-1}",
    "{\"advance_seconds\":\"1\"}",
    "{\"advance_seconds\":99999999999}",
    "{\"now\":\"2001-01-01T00:00:00Z\"}",
    "{\"now\":\"9998-01-01T00:00:00Z\"}",
    "{\"now\":\"yesterday\"}",
    "{\"now\":\"2030-01-01T00:00:00Z\",\"advance_seconds\":1}",
    "{\"scale\":0}",
    "{\"scale\":\"fast\"}",
    "{\"scale\":null}",
    "{\"now\":null}",
    "{\"scale\":1e9}",
    "{\"advance_seconds\":5000,\"scale\":0}",
  };
  g_autofree char *id = sandbox_client_create (client, "{}");
  g_autofree char *status = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    assert_invalid (client, "POST", "/_sandbox/clock", bodies[i]);
  status = dup_status (client, id);
  g_assert_cmpstr (status, ==, "pending");
}

static void
test_reset (SandboxClient *client, gconstpointer unused)
{
  static const char *const live[] = { "X-API-Key", LIVE_KEY, NULL };
  g_autofree char *id = sandbox_client_create (
      client,
      "{\"external_ref\":\"guest-1\",\"send_email\":true,\"applicant_email\":\"a@b.example\"}");
  g_autofree char *path = sandbox_client_path (id, "");
  g_autoptr (SandboxReply) changed =
      sandbox_client_call (client, "PATCH", "/_sandbox/organization", "{\"name\":\"Hotel\"}");
  g_autoptr (SandboxReply) of_live =
      sandbox_client_send (client, "POST", "/api/v1/sessions", live, "{}");
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (SandboxReply) gone = NULL;
  g_autoptr (SandboxReply) settings = NULL;
  g_autoptr (SandboxReply) live_list = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpuint (changed->status, ==, 200);
  g_assert_cmpuint (of_live->status, ==, 201);
  reply = sandbox_client_call (client, "POST", "/_sandbox/reset", NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  gone = sandbox_client_call (client, "GET", path, NULL);
  sandbox_reply_assert_error (gone, 404, "not_found");
  g_assert_cmpint (get_total (client, "/api/v1/sessions"), ==, 0);
  g_assert_cmpint (get_total (client, "/_sandbox/outbox"), ==, 0);
  live_list = sandbox_client_send (client, "GET", "/api/v1/sessions", live, NULL);
  g_assert_cmpuint (live_list->status, ==, 200);
  settings = sandbox_client_call (client, "GET", "/_sandbox/organization", NULL);
  g_assert_cmpstr (sandbox_reply_string (settings, "name"), ==, "Front Desk Demo");
  /* The workflows of a new database are there. */
  again = sandbox_client_create (client, "{\"workflow_id\":\"workflow_age_21\"}");
  g_assert_cmpint (get_total (client, "/api/v1/sessions"), ==, 1);
}

static void
test_seed (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, "POST", "/_sandbox/seed", "{\"sessions\":40}");

  g_assert_cmpuint (reply->status, ==, 201);
  g_assert_cmpint (json_object_get_int_member (sandbox_reply_object (reply), "sessions"), ==, 40);
  g_assert_cmpint (get_total (client, "/api/v1/sessions"), ==, 40);
  assert_invalid (client, "POST", "/_sandbox/seed", "{}");
  assert_invalid (client, "POST", "/_sandbox/seed", "{\"sessions\":0}");
  assert_invalid (client, "POST", "/_sandbox/seed", "{\"sessions\":100001}");
  g_assert_cmpint (get_total (client, "/api/v1/sessions"), ==, 40);
}

/* 8.5: the defaults; 2.8: what is changed is what is there. */
static void
test_organization (SandboxClient *client, gconstpointer unused)
{
  static const char *const names[] = {
    "name",
    "email_display_name",
    "verification_mode",
    "image_url_expiry_seconds",
    "data_retention_days",
    "sensitive_data_retention_days",
    "auto_redact_on_retention_expiry",
    "dual_review",
    "api_pii_fields",
  };
  g_autoptr (SandboxReply) before =
      sandbox_client_call (client, "GET", "/_sandbox/organization", NULL);
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (SandboxReply) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (json_object_has_member (sandbox_reply_object (before), names[i]));
  g_assert_cmpstr (sandbox_reply_string (before, "verification_mode"), ==, "auto");
  reply = sandbox_client_call (client,
                               "PATCH",
                               "/_sandbox/organization",
                               "{\"name\":\"Hotel\",\"image_url_expiry_seconds\":60}");
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (reply, "name"), ==, "Hotel");
  assert_invalid (client, "PATCH", "/_sandbox/organization", "{\"name\":7}");
  assert_invalid (client, "PATCH", "/_sandbox/organization", "{\"verification_mode\":\"x\"}");
  after = sandbox_client_call (client, "GET", "/_sandbox/organization", NULL);
  g_assert_cmpstr (after->text, ==, reply->text);
}

static void
test_scenarios_listed (SandboxClient *client, gconstpointer unused)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (client, "GET", "/_sandbox/scenarios", NULL);
  JsonArray *data = NULL;
  guint n = 0;

  vrf_scenarios_list (&n);
  g_assert_cmpuint (reply->status, ==, 200);
  data = json_object_get_array_member (sandbox_reply_object (reply), "data");
  g_assert_cmpuint (json_array_get_length (data), ==, n);
}

/* A link of a minute; any other session's has twenty (verifa-api.md 2.3). */
static void
test_scenario_expires (SandboxClient *client, gconstpointer unused)
{
  g_autofree char *id = sandbox_client_create (client, "{\"external_ref\":\"sandbox-expire-7\"}");
  g_autofree char *other = sandbox_client_create (client, "{\"external_ref\":\"sandbox-expired\"}");
  g_autofree char *status = NULL;
  g_autofree char *other_status = NULL;
  g_autoptr (SandboxReply) reply =
      sandbox_client_call (client, "POST", "/_sandbox/clock", "{\"advance_seconds\":61}");

  g_assert_cmpuint (reply->status, ==, 200);
  status = dup_status (client, id);
  other_status = dup_status (client, other);
  g_assert_cmpstr (status, ==, "expired");
  g_assert_cmpstr (other_status, ==, "pending");
}

static VrfService *
new_service (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSandboxStore) store = vrf_sandbox_store_open (":memory:", &error);
  g_autoptr (VrfSandboxClock) clock = vrf_sandbox_clock_new (0, 1.0);

  g_assert_no_error (error);
  return vrf_service_new (store, clock);
}

static VrfStoredSession *
capture (VrfService *service, const char *reference, gboolean is_sandbox)
{
  VrfStoredSession *session = vrf_stored_session_new ();
  g_autoptr (GError) error = NULL;

  session->is_sandbox = is_sandbox;
  vrf_stored_set (&session->external_ref, reference);
  vrf_service_create (service, session, &error);
  g_assert_no_error (error);
  vrf_service_apply (service, session, VRF_EVENT_VISIT, NULL, &error);
  g_assert_no_error (error);
  vrf_service_apply (service, session, VRF_EVENT_COMPLETE, NULL, &error);
  g_assert_no_error (error);
  return session;
}

/* The outcomes are those of verifa-api.md 4.1. */
static void
test_scenario_ends (void)
{
  static const struct
  {
    const char *reference;
    gboolean is_sandbox;
    VrfState state;
    const char *result;
  } rows[] = {
    { "sandbox-approve", TRUE, VRF_STATE_COMPLETED, "approved" },
    { "sandbox-approve-room-7", TRUE, VRF_STATE_COMPLETED, "approved" },
    { "sandbox-decline", TRUE, VRF_STATE_COMPLETED, "rejected" },
    { "sandbox-review", TRUE, VRF_STATE_UNDER_REVIEW, "needs_review" },
    { "sandbox-underage-1", TRUE, VRF_STATE_COMPLETED, "rejected" },
    { "sandbox-fail", TRUE, VRF_STATE_FAILED, NULL },
    { "sandbox-await-external", TRUE, VRF_STATE_AWAITING_EXTERNAL, NULL },
    { "sandbox-expire", TRUE, VRF_STATE_EXPIRED, NULL },
    { "sandbox-declined", TRUE, VRF_STATE_SANDBOX_PENDING, NULL },
    { "guest-sandbox-decline", TRUE, VRF_STATE_SANDBOX_PENDING, NULL },
    { NULL, TRUE, VRF_STATE_SANDBOX_PENDING, NULL },
    { "sandbox-decline", FALSE, VRF_STATE_PROCESSING, NULL },
  };
  g_autoptr (VrfService) service = new_service ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (VrfStoredSession) session =
          capture (service, rows[i].reference, rows[i].is_sandbox);

      g_assert_cmpint (session->state, ==, rows[i].state);
      g_assert_cmpstr (session->result_status, ==, rows[i].result);
    }
}

static void
add (const char *path, void (*test) (SandboxClient *, gconstpointer))
{
  g_test_add (path, SandboxClient, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/sandbox/tools/access", test_access);
  add ("/sandbox/tools/clock/travels", test_clock_travels);
  add ("/sandbox/tools/clock/set", test_clock_set);
  add ("/sandbox/tools/clock/refuses", test_clock_refuses);
  add ("/sandbox/tools/reset", test_reset);
  add ("/sandbox/tools/seed", test_seed);
  add ("/sandbox/tools/organization", test_organization);
  add ("/sandbox/tools/scenarios/listed", test_scenarios_listed);
  add ("/sandbox/tools/scenarios/expires", test_scenario_expires);
  g_test_add_func ("/sandbox/tools/scenarios/ends", test_scenario_ends);

  return g_test_run ();
}
