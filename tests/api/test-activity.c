/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api-server.h"
#include "api/vrf-activity.h"
#include "api/vrf-api-client-private.h"

/* What is remembered of a client's calls, and what is not. */

#define KEY "vk_sandbox_abcd"

typedef struct
{
  ApiServer *server;
  VrfApiClient *client;
  VrfActivity *activity;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  VrfTimings timings = VRF_TIMINGS_DEFAULT;
  g_autoptr (GError) error = NULL;

  fixture->server = api_server_new (NULL);
  fixture->client = vrf_api_client_new (api_server_get_url (fixture->server), KEY, &error);
  g_assert_no_error (error);
  timings.retry_unit_ms = 0;
  vrf_transport_set_timings (vrf_api_client_get_transport (fixture->client), &timings);
  fixture->activity = vrf_activity_new ();
  vrf_api_client_set_activity (fixture->client, fixture->activity, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->activity);
  api_server_free (fixture->server);
}

static VrfActivityItem *
newest (Fixture *fixture)
{
  g_autoptr (VrfActivityItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->activity), 0);

  return item; /* the activity holds it */
}

static void
get_session (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (VrfSession) session = NULL;

  vrf_api_client_get_session_async (
      fixture->client, "session_1", cancellable, api_done_cb, &result);
  session = vrf_api_client_get_session_finish (fixture->client, api_await (&result), error);
}

static void
test_success (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *curl = NULL;
  g_autofree char *wanted = g_strdup_printf (
      "curl --globoff -H \"X-API-Key: $VERIFA_API_KEY\" '%s/api/v1/sessions/session_1'",
      api_server_get_url (fixture->server));
  g_autoptr (GError) error = NULL;

  api_server_answer (fixture->server,
                     200,
                     "X-Request-Id: req_7",
                     "application/json",
                     "{\"id\":\"session_1\",\"status\":\"pending\"}");
  get_session (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->activity)), ==, 1);
  g_assert_cmpstr (vrf_activity_item_get_method (newest (fixture)), ==, "GET");
  g_assert_cmpstr (vrf_activity_item_get_path (newest (fixture)), ==, "/api/v1/sessions/session_1");
  g_assert_true (vrf_activity_item_is_over (newest (fixture)));
  g_assert_false (vrf_activity_item_is_poll (newest (fixture)));
  g_assert_cmpuint (vrf_activity_item_get_status (newest (fixture)), ==, 200);
  g_assert_cmpuint (vrf_activity_item_get_attempts (newest (fixture)), ==, 1);
  g_assert_cmpint (vrf_activity_item_get_took_ms (newest (fixture)), >=, 0);
  g_assert_cmpstr (vrf_activity_item_get_request_id (newest (fixture)), ==, "req_7");
  g_assert_null (vrf_activity_item_get_problem (newest (fixture)));
  curl = vrf_activity_item_dup_curl (newest (fixture), api_server_get_url (fixture->server));
  g_assert_cmpstr (curl, ==, wanted);
}

/* Sent again until it is answered: one call. */
static void
test_retries (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    api_server_answer (fixture->server, 503, NULL, "text/html", "busy");
  api_server_answer (fixture->server, 404, NULL, "application/json", "{\"error\":\"not_found\"}");
  get_session (fixture, NULL, &error);
  g_assert_nonnull (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->activity)), ==, 1);
  g_assert_cmpuint (vrf_activity_item_get_attempts (newest (fixture)), ==, 3);
  g_assert_cmpuint (vrf_activity_item_get_status (newest (fixture)), ==, 404);
  g_assert_cmpstr (vrf_activity_item_get_problem (newest (fixture)), ==, error->message);
}

static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  get_session (fixture, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (vrf_activity_item_is_over (newest (fixture)));
  g_assert_cmpuint (vrf_activity_item_get_status (newest (fixture)), ==, 0);
}

/* Neither the key nor a guest's reference, name or e-mail is in anything that can be shown. */
static void
test_personal (Fixture *fixture, gconstpointer unused)
{
  VrfSessionQuery query = { .q = "Robin Example", .external_ref = "guest-7", .limit = 10 };
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) created = NULL;
  g_autoptr (VrfSessionPage) page = NULL;
  g_autoptr (VrfSession) session = NULL;

  api_server_answer (
      fixture->server, 200, NULL, "application/json", "{\"data\":[],\"meta\":{\"total\":0}}");
  vrf_api_client_list_sessions_async (fixture->client, &query, NULL, api_done_cb, &listed);
  page = vrf_api_client_list_sessions_finish (fixture->client, api_await (&listed), NULL);
  request->external_ref = g_strdup ("guest-7");
  request->applicant_name = g_strdup ("Robin Example");
  api_server_answer (fixture->server,
                     201,
                     NULL,
                     "application/json",
                     "{\"id\":\"session_1\",\"status\":\"pending\"}");
  vrf_api_client_create_session_async (fixture->client, request, NULL, NULL, api_done_cb, &created);
  session = vrf_api_client_create_session_finish (fixture->client, api_await (&created), NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->activity)), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (VrfActivityItem) item =
          g_list_model_get_item (G_LIST_MODEL (fixture->activity), i);
      g_autofree char *curl = vrf_activity_item_dup_curl (item, "https://api.example");
      g_autofree char *all = g_strconcat (vrf_activity_item_get_path (item), curl, NULL);

      g_test_message ("%s", all);
      g_assert_null (strstr (all, "Robin"));
      g_assert_null (strstr (all, "guest-7"));
      g_assert_null (strstr (all, KEY));
      g_assert_true ((strstr (curl, "--data @body.json") != NULL) == (i == 0));
      g_assert_true ((strstr (curl, "<reference>") != NULL) == (i == 1));
      g_assert_true ((strstr (curl, "limit=10") != NULL) == (i == 1));
    }
}

/* The newest first, and no more than so many. */
static void
test_most (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfActivityItem) last = NULL;

  for (guint i = 0; i < VRF_ACTIVITY_MOST + 10; i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/v1/%u", i);
      g_autoptr (VrfActivityItem) item =
          vrf_activity_begin (fixture->activity, "GET", path, FALSE, TRUE);

      g_assert_true (item == newest (fixture));
      g_assert_true (vrf_activity_item_is_poll (item));
    }
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (fixture->activity)), ==, VRF_ACTIVITY_MOST);
  last = g_list_model_get_item (G_LIST_MODEL (fixture->activity), VRF_ACTIVITY_MOST - 1);
  g_assert_cmpstr (vrf_activity_item_get_path (last), ==, "/api/v1/10");
  vrf_activity_clear (fixture->activity);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->activity)), ==, 0);
}

#define ADD(name, test) g_test_add ("/api/activity/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("success", test_success);
  ADD ("retries", test_retries);
  ADD ("cancelled", test_cancelled);
  ADD ("personal", test_personal);
  ADD ("most", test_most);
  return g_test_run ();
}
