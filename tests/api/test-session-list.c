/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api-server.h"
#include "api/vrf-session-list.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* Session n was created at second n of 2026-02-01: the newest has the greatest number. */

typedef struct
{
  ApiServer *server;
  VrfApiClient *client;
  VrfSessionList *list;
  guint changes; /* items-changed */
  guint states;  /* notify::state */
} Fixture;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  ((Fixture *) user_data)->changes++;
}

static void
state_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ((Fixture *) user_data)->states++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  VrfSessionQuery query = { .status = "pending", .limit = 7, .offset = 7 };
  g_autoptr (GError) error = NULL;

  fixture->server = api_server_new (NULL);
  fixture->client =
      vrf_api_client_new (api_server_get_url (fixture->server), "vk_sandbox_abcd", &error);
  g_assert_no_error (error);
  vrf_api_client_set_max_attempts (fixture->client, 1);
  fixture->list = vrf_session_list_new (fixture->client, &query);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->list, "notify::state", G_CALLBACK (state_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->list);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->client);
  api_server_free (fixture->server);
}

/* Answers with the sessions @from down to @to; 0, 0 for none. */
static void
answer (Fixture *fixture, guint from, guint to, guint total, guint offset)
{
  g_autoptr (GString) body = g_string_new ("{\"data\":[");

  for (guint n = from; n >= to && n > 0; n--)
    g_string_append_printf (body,
                            "%s{\"id\":\"session_%u\",\"status\":\"pending\",\"created_at\":"
                            "\"2026-02-01T12:%02u:%02uZ\"}",
                            n == from ? "" : ",",
                            n,
                            n / 60,
                            n % 60);
  g_string_append_printf (
      body, "],\"pagination\":{\"total\":%u,\"limit\":100,\"offset\":%u}}", total, offset);
  api_server_answer (fixture->server, 200, NULL, "application/json", body->str);
}

static void
await (Fixture *fixture)
{
  while (vrf_session_list_get_state (fixture->list) == VRF_SESSION_LIST_LOADING)
    g_main_context_iteration (NULL, TRUE);
}

static void
load (Fixture *fixture)
{
  vrf_session_list_load_more (fixture->list);
  await (fixture);
}

/* The list holds the sessions @from down to @to, each once. */
static void
assert_holds (Fixture *fixture, guint from, guint to)
{
  GListModel *model = G_LIST_MODEL (fixture->list);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, from - to + 1);
  for (guint i = 0; i <= from - to; i++)
    {
      g_autoptr (VrfSessionItem) item = g_list_model_get_item (model, i);
      g_autofree char *id = g_strdup_printf ("session_%u", from - i);

      g_assert_cmpstr (vrf_session_item_get_session (item)->id, ==, id);
    }
  g_assert_null (g_list_model_get_item (model, from - to + 1));
}

static void
assert_query (Fixture *fixture, guint request, const char *query)
{
  g_assert_cmpstr (api_server_peek (fixture->server, request)->query, ==, query);
}

static void
assert_state (Fixture *fixture, VrfSessionListState state)
{
  g_assert_cmpint (vrf_session_list_get_state (fixture->list), ==, state);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  assert_state (fixture, VRF_SESSION_LIST_IDLE);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->list))
                 == VRF_TYPE_SESSION_ITEM);
  answer (fixture, 0, 0, 0, 0);
  load (fixture);
  assert_state (fixture, VRF_SESSION_LIST_COMPLETE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpuint (fixture->states, ==, 2);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 250, 151, 250, 0);
  load (fixture);
  assert_holds (fixture, 250, 151);
  assert_state (fixture, VRF_SESSION_LIST_IDLE);
  g_assert_cmpuint (vrf_session_list_get_total (fixture->list), ==, 250);
  assert_query (fixture, 0, "status=pending&limit=100");

  answer (fixture, 160, 61, 250, 90);
  load (fixture);
  assert_holds (fixture, 250, 61);
  assert_query (fixture, 1, "status=pending&limit=100&offset=90");

  answer (fixture, 70, 1, 250, 180);
  load (fixture);
  assert_holds (fixture, 250, 1);
  assert_state (fixture, VRF_SESSION_LIST_COMPLETE);
  g_assert_cmpuint (fixture->changes, ==, 3);

  load (fixture); /* nothing more to ask for */
  g_assert_cmpuint (api_server_count (fixture->server), ==, 3);
}

/* Three new sessions push three known ones into the next page: they are there once. */
static void
test_pushed_down (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 200, 101, 200, 0);
  load (fixture);
  answer (fixture, 113, 14, 203, 90);
  load (fixture);
  assert_holds (fixture, 200, 14);
  assert_state (fixture, VRF_SESSION_LIST_IDLE);
}

/* Forty sessions left the query: the next page does not touch what is known and is asked for again
 * further up. */
static void
test_pulled_up (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 300, 201, 300, 0);
  load (fixture);
  answer (fixture, 170, 71, 260, 90);
  answer (fixture, 260, 161, 260, 0);
  load (fixture);
  assert_query (fixture, 1, "status=pending&limit=100&offset=90");
  assert_query (fixture, 2, "status=pending&limit=100");
  assert_holds (fixture, 300, 161);
}

/* So many new ones that a whole page is known already: the next is asked for by itself. */
static void
test_nothing_new (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 200, 101, 200, 0);
  load (fixture);
  answer (fixture, 200, 101, 290, 90);
  answer (fixture, 100, 1, 290, 190);
  answer (fixture, 190, 91, 290, 100);
  load (fixture);
  assert_query (fixture, 2, "status=pending&limit=100&offset=190");
  assert_query (fixture, 3, "status=pending&limit=100&offset=100");
  assert_holds (fixture, 200, 91);
}

/* A server that does not know offsets is not asked for ever. */
static void
test_no_offsets (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 22; i++)
    answer (fixture, 200, 101, 100000, 0);
  load (fixture);
  load (fixture);
  assert_state (fixture, VRF_SESSION_LIST_IDLE);
  g_assert_cmpuint (api_server_count (fixture->server), ==, 22);
  assert_holds (fixture, 200, 101);
}

static void
test_failing_page (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 150, 51, 150, 0);
  load (fixture);
  api_server_answer (fixture->server, 500, NULL, "text/html", "<html>");
  load (fixture);
  assert_state (fixture, VRF_SESSION_LIST_FAILED);
  g_assert_error (vrf_session_list_get_error (fixture->list), VRF_ERROR, (int) VRF_ERROR_SERVER);
  assert_holds (fixture, 150, 51);

  answer (fixture, 60, 1, 150, 90);
  load (fixture);
  assert_state (fixture, VRF_SESSION_LIST_COMPLETE);
  g_assert_null (vrf_session_list_get_error (fixture->list));
  assert_holds (fixture, 150, 1);
  assert_query (fixture, 2, "status=pending&limit=100&offset=90");
}

static void
session_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* New ones come on top, known ones are renewed in place, those that left the query go. */
static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfSessionItem) item = NULL;
  guint notified = 0;

  answer (fixture, 50, 1, 50, 0);
  load (fixture);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->list), 10);
  g_signal_connect (item, "notify::session", G_CALLBACK (session_cb), &notified);

  answer (fixture, 52, 1, 52, 0);
  vrf_session_list_refresh (fixture->list);
  await (fixture);
  assert_holds (fixture, 52, 1);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_true (g_list_model_get_item (G_LIST_MODEL (fixture->list), 12) == item);
  g_object_unref (item); /* the one of the line above */

  answer (fixture, 52, 11, 42, 0);
  vrf_session_list_refresh (fixture->list);
  await (fixture);
  assert_holds (fixture, 52, 11);
  assert_state (fixture, VRF_SESSION_LIST_COMPLETE);
}

/* What is older than the first page stays; what should stand in it and does not has left. */
static void
test_refresh_first_of_many (Fixture *fixture, gconstpointer data)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  g_autoptr (VrfSessionItem) first = NULL;

  answer (fixture, 200, 101, 200, 0);
  load (fixture);
  answer (fixture, 110, 11, 200, 90);
  load (fixture);
  answer (fixture, 199, 100, 199, 0); /* 200 is gone */
  vrf_session_list_refresh (fixture->list);
  await (fixture);
  first = g_list_model_get_item (model, 0);
  g_assert_cmpstr (vrf_session_item_get_session (first)->id, ==, "session_199");
  assert_holds (fixture, 199, 11);
}

/* More than a page of new ones: what is between is not known, so the list begins anew. */
static void
test_refresh_gap (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 200, 101, 200, 0);
  load (fixture);
  answer (fixture, 400, 301, 400, 0);
  vrf_session_list_refresh (fixture->list);
  await (fixture);
  assert_holds (fixture, 400, 301);
  answer (fixture, 310, 211, 400, 90);
  load (fixture);
  assert_holds (fixture, 400, 211);
}

static void
test_refresh_fails (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 5, 1, 5, 0);
  load (fixture);
  api_server_answer (fixture->server, 500, NULL, NULL, NULL);
  vrf_session_list_refresh (fixture->list);
  await (fixture);
  assert_state (fixture, VRF_SESSION_LIST_FAILED);
  answer (fixture, 6, 1, 6, 0);
  load (fixture); /* asks for what failed */
  assert_holds (fixture, 6, 1);
  assert_state (fixture, VRF_SESSION_LIST_COMPLETE);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 5, 1, 5, 0);
  vrf_session_list_load_more (fixture->list);
  assert_state (fixture, VRF_SESSION_LIST_LOADING);
  vrf_session_list_load_more (fixture->list); /* one at a time */
  vrf_session_list_refresh (fixture->list);
  while (api_server_count (fixture->server) == 0)
    g_main_context_iteration (NULL, FALSE);
  vrf_session_list_stop (fixture->list);
  assert_state (fixture, VRF_SESSION_LIST_IDLE);
  vrf_session_list_stop (fixture->list);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);

  answer (fixture, 5, 1, 5, 0);
  load (fixture);
  assert_holds (fixture, 5, 1);
  g_assert_cmpuint (api_server_count (fixture->server), ==, 2);
}

static void
test_properties (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfSessionItem) item = NULL;
  g_autoptr (VrfSession) session = NULL;
  guint state = 0;
  guint total = 0;

  answer (fixture, 5, 1, 9, 0);
  load (fixture);
  g_object_get (fixture->list, "state", &state, "total", &total, NULL);
  g_assert_cmpuint (state, ==, VRF_SESSION_LIST_IDLE);
  g_assert_cmpuint (total, ==, 9);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->list), 4);
  g_object_get (item, "session", &session, NULL);
  g_assert_true (session == vrf_session_item_get_session (item));
}

/* Let go while a page is under way. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  answer (fixture, 5, 1, 5, 0);
  vrf_session_list_load_more (fixture->list);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/api/session-list/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("empty", test_empty);
  ADD ("pages", test_pages);
  ADD ("pushed-down", test_pushed_down);
  ADD ("pulled-up", test_pulled_up);
  ADD ("nothing-new", test_nothing_new);
  ADD ("no-offsets", test_no_offsets);
  ADD ("failing-page", test_failing_page);
  ADD ("refresh", test_refresh);
  ADD ("refresh-first-of-many", test_refresh_first_of_many);
  ADD ("refresh-gap", test_refresh_gap);
  ADD ("refresh-fails", test_refresh_fails);
  ADD ("properties", test_properties);
  ADD ("stop", test_stop);
  ADD ("drop", test_drop);
  return g_test_run ();
}
