/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api-server.h"
#include "api/vrf-api-client.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* What the session page reads and changes beyond the session: files, cases, deliveries. */

#define KEY "vk_sandbox_0000000000000000000000000000abcd"
#define LINK "/api/v1/sessions/session_1/documents/id_front?expires=1769948651&sig=9c1f0e6b7d2a4c58"

typedef struct
{
  ApiServer *server;
  ApiGolden *golden; /* NULL without one */
  VrfApiClient *client;
  GAsyncResult *result;
  GError *error;
} Call;

static Call
call_begin (const char *golden_name)
{
  Call call = { 0 };
  g_autoptr (GError) error = NULL;

  call.server = api_server_new (NULL);
  if (golden_name != NULL)
    {
      call.golden = api_golden_load (golden_name);
      api_server_answer_golden (call.server, call.golden);
    }
  call.client = vrf_api_client_new (api_server_get_url (call.server), KEY, &error);
  g_assert_no_error (error);
  return call;
}

/* Waits, and asserts that what was sent is what the golden file shows. */
static GAsyncResult *
call_await (Call *call)
{
  api_await (&call->result);
  g_assert_cmpuint (api_server_count (call->server), ==, 1);
  if (call->golden != NULL)
    api_record_assert (api_server_peek (call->server, 0), call->golden);
  return call->result;
}

static void
call_end (Call *call)
{
  g_clear_object (&call->result);
  g_clear_error (&call->error);
  g_assert_finalize_object (call->client);
  g_clear_pointer (&call->golden, api_golden_free);
  api_server_free (call->server);
}

/* Files */

static GBytes *
fetch (Call *call, const char *url)
{
  VrfDocument document = { .url = (char *) url };

  vrf_api_client_fetch_document_async (call->client, &document, NULL, api_done_cb, &call->result);
  api_await (&call->result);
  return vrf_api_client_fetch_document_finish (call->client, call->result, &call->error);
}

/* The bytes as they are, asked for by the link as it is, and no JSON. */
static void
test_fetch (void)
{
  Call call = call_begin (NULL);
  g_autofree char *url = g_strconcat (api_server_get_url (call.server), LINK, NULL);
  g_autoptr (GBytes) file = NULL;
  const ApiRecord *record = NULL;

  api_server_answer (call.server, 200, NULL, "image/jpeg", "\xff\xd8\xff not JSON");
  file = fetch (&call, url);
  g_assert_no_error (call.error);
  g_assert_cmpmem (g_bytes_get_data (file, NULL),
                   g_bytes_get_size (file),
                   "\xff\xd8\xff not JSON",
                   strlen ("\xff\xd8\xff not JSON"));
  record = api_server_peek (call.server, 0);
  g_assert_cmpstr (record->path, ==, "/api/v1/sessions/session_1/documents/id_front");
  g_assert_cmpstr (record->query, ==, "expires=1769948651&sig=9c1f0e6b7d2a4c58");
  g_assert_true (g_str_has_prefix (api_record_get_header (record, "accept"), "image/"));
  call_end (&call);
}

/* A link that has run out: the caller lists again. */
static void
test_fetch_late (void)
{
  Call call = call_begin (NULL);
  g_autofree char *url = g_strconcat (api_server_get_url (call.server), LINK, NULL);
  g_autoptr (GBytes) file = NULL;

  api_server_answer (call.server,
                     403,
                     NULL,
                     "application/json",
                     "{\"error\":\"forbidden\",\"detail\":\"Expired.\",\"status_code\":403}");
  file = fetch (&call, url);
  g_assert_null (file);
  g_assert_error (call.error, VRF_ERROR, VRF_ERROR_FORBIDDEN);
  call_end (&call);
}

/* Nothing goes to another server, whatever a reply says. */
static void
test_fetch_elsewhere (void)
{
  static const char *const urls[] = { "https://elsewhere.example" LINK,
                                      "http://127.0.0.1:1" LINK,
                                      "file:///etc/hostname",
                                      "/api/v1/sessions",
                                      "",
                                      NULL };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      Call call = call_begin (NULL);
      g_autoptr (GBytes) file = fetch (&call, urls[i]);

      g_assert_null (file);
      g_assert_error (call.error, VRF_ERROR, VRF_ERROR_REPLY);
      g_assert_cmpuint (api_server_count (call.server), ==, 0);
      call_end (&call);
    }
}

/* One whose address only begins like ours. */
static void
test_fetch_prefix (void)
{
  Call call = call_begin (NULL);
  g_autofree char *url =
      g_strconcat (api_server_get_url (call.server), ".elsewhere.example" LINK, NULL);
  g_autoptr (GBytes) file = fetch (&call, url);

  g_assert_null (file);
  g_assert_error (call.error, VRF_ERROR, VRF_ERROR_REPLY);
  call_end (&call);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/calls-page/fetch", test_fetch);
  g_test_add_func ("/api/calls-page/fetch-late", test_fetch_late);
  g_test_add_func ("/api/calls-page/fetch-elsewhere", test_fetch_elsewhere);
  g_test_add_func ("/api/calls-page/fetch-prefix", test_fetch_prefix);
  return g_test_run ();
}
