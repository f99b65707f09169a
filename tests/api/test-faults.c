/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api-server.h"
#include "raw-server.h"
#include "api/vrf-api-client-private.h"
#include "base/vrf-error.h"

/* Bad networks and bad servers: one clear error each, and the client works on. */

#define KEY "vk_sandbox_0000000000000000000000000000abcd"
#define OK "HTTP/1.1 200 OK\r\n"
#define JSON "Content-Type: application/json\r\n"
#define SESSION "{\"id\":\"session_1\",\"status\":\"pending\"}"

/* Retries without waiting; a deadline that is not reached. */
static const VrfTimings impatient = {
  .connect_ms = 10000, .headers_ms = 20000, .body_ms = 60000, .retry_unit_ms = 0
};

static VrfApiClient *
make_client (const char *url, guint max_attempts)
{
  g_autoptr (GError) error = NULL;
  VrfApiClient *client = vrf_api_client_new (url, KEY, &error);

  g_assert_no_error (error);
  vrf_transport_set_timings (vrf_api_client_get_transport (client), &impatient);
  vrf_api_client_set_max_attempts (client, max_attempts);
  return client;
}

static VrfSession *
get (VrfApiClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  vrf_api_client_get_session_async (client, "session_1", NULL, api_done_cb, &result);
  return vrf_api_client_get_session_finish (client, api_await (&result), error);
}

static void
assert_fails (VrfApiClient *client, VrfError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = get (client, &error);

  g_assert_error (error, VRF_ERROR, (int) code);
  g_assert_null (session);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
assert_works (VrfApiClient *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = get (client, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (session->id, ==, "session_1");
}

/* A server that answers every attempt with the same bytes. */
typedef struct
{
  const char *name;
  const char *bytes;
  guint requests; /* of the 4 that are allowed */
  VrfError code;
  const char *words;
} Fault;

#define NESTED_16 "[[[[[[[[[[[[[[[["
static const char nested[] = OK JSON "\r\n" NESTED_16 NESTED_16 NESTED_16 NESTED_16 NESTED_16;

static const Fault faults[] = {
  { "dropped", "", 4, VRF_ERROR_OFFLINE, "could not be reached" },
  { "half-headers", OK "Content-Ty", 4, VRF_ERROR_REPLY, "broke off" },
  { "truncated-length",
    OK JSON "Content-Length: 500\r\n\r\n{\"id\":\"session_1\",",
    4,
    VRF_ERROR_REPLY,
    "in the middle" },
  { "truncated-chunk",
    OK JSON "Transfer-Encoding: chunked\r\n\r\n20\r\n{\"id\":",
    4,
    VRF_ERROR_REPLY,
    "in the middle" },
  { "truncated-json", OK JSON "\r\n{\"id\":\"session_1\",\"sta", 1, VRF_ERROR_REPLY, "cut short" },
  { "not-json", OK JSON "\r\nhello", 1, VRF_ERROR_REPLY, "cannot be understood" },
  { "empty", OK JSON "Content-Length: 0\r\n\r\n", 1, VRF_ERROR_REPLY, "must be an object" },
  { "no-content", "HTTP/1.1 204 No Content\r\n\r\n", 1, VRF_ERROR_REPLY, "must be an object" },
  { "array", OK JSON "\r\n[]", 1, VRF_ERROR_REPLY, "must be an object" },
  { "html",
    OK "Content-Type: text/html\r\n\r\n<!DOCTYPE html><title>Sign in</title>",
    1,
    VRF_ERROR_REPLY,
    "web page" },
  { "html-as-json", OK JSON "\r\n\n  <html>", 1, VRF_ERROR_REPLY, "web page" },
  { "nested", nested, 1, VRF_ERROR_REPLY, "nested too deeply" },
  { "not-utf8", OK JSON "\r\n{\"id\":\"\xff\xfe\"}", 1, VRF_ERROR_REPLY, "UTF-8" },
  { "wrong-type",
    OK JSON "\r\n{\"id\":7,\"status\":\"pending\"}",
    1,
    VRF_ERROR_REPLY,
    "session.id" },
  { "missing", OK JSON "\r\n{\"id\":\"session_1\"}", 1, VRF_ERROR_REPLY, "session.status" },
  { "not-http", "SSH-2.0-OpenSSH_9.2\r\n\r\n", 4, VRF_ERROR_REPLY, "not a Verifa server" },
  { "html-502",
    "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>oops</html>",
    4,
    VRF_ERROR_SERVER,
    "HTTP 502" },
  { "html-404",
    "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>nothing here</html>",
    1,
    VRF_ERROR_NOT_FOUND,
    "web page" },
  { "html-429",
    "HTTP/1.1 429 Slow\r\nContent-Type: text/html\r\nRetry-After: 0\r\n\r\n<html>slow</html>",
    4,
    VRF_ERROR_RATE_LIMITED,
    "wait 0 seconds" },
  { "captive-portal",
    "HTTP/1.1 511 Network Authentication Required\r\nContent-Type: text/html\r\n\r\n<html>hi",
    1,
    VRF_ERROR_SERVER,
    "web page" },
  { "broken-500",
    "HTTP/1.1 500 Oops\r\nContent-Length: 900\r\n\r\n{\"error\":",
    4,
    VRF_ERROR_SERVER,
    "HTTP 500" },
  { "redirect",
    "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n",
    1,
    VRF_ERROR_REDIRECT,
    "another address" },
  { "redirect-post",
    "HTTP/1.1 307 Temporary Redirect\r\nLocation: /api/v2\r\nContent-Length: 0\r\n\r\n",
    1,
    VRF_ERROR_REDIRECT,
    "another address" },
  { "not-modified", "HTTP/1.1 304 Not Modified\r\n\r\n", 1, VRF_ERROR_REDIRECT, "another address" },
  { "unknown-4xx",
    "HTTP/1.1 418 Teapot\r\n" JSON "\r\n{\"detail\":\"short and stout\"}",
    1,
    VRF_ERROR_BAD_REQUEST,
    "short and stout" },
};

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 4);

  for (guint i = 0; i < fault->requests; i++)
    raw_server_script (server, fault->bytes, RAW_THEN_CLOSE);
  assert_fails (client, fault->code, fault->words);
  g_assert_cmpuint (raw_server_count (server), ==, fault->requests);

  raw_server_script (server, OK JSON "\r\n" SESSION, RAW_THEN_CLOSE);
  assert_works (client);
  g_assert_finalize_object (client);
}

/* Cut after each byte: an error each time, and nothing breaks. */
static void
test_cut_anywhere (void)
{
  const char *whole = OK JSON "X-RateLimit-Limit: 9\r\nContent-Length: 37\r\n\r\n" SESSION;
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 1);

  for (gsize length = 0; length < strlen (whole); length++)
    {
      g_autofree char *cut = g_strndup (whole, length);
      g_autoptr (GError) error = NULL;

      raw_server_script (server, cut, RAW_THEN_CLOSE);
      g_assert_null (get (client, &error));
      if (!g_error_matches (error, VRF_ERROR, VRF_ERROR_OFFLINE))
        g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
    }
  raw_server_script (server, whole, RAW_THEN_CLOSE);
  assert_works (client);
  g_assert_finalize_object (client);
}

static void
test_recovers (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 4);

  raw_server_script (server, "", RAW_THEN_CLOSE);
  raw_server_script (server, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", RAW_THEN_CLOSE);
  raw_server_script (server, OK JSON "Content-Length: 99\r\n\r\n{", RAW_THEN_CLOSE);
  raw_server_script (server, OK JSON "\r\n" SESSION, RAW_THEN_CLOSE);
  assert_works (client);
  g_assert_cmpuint (raw_server_count (server), ==, 4);
  g_assert_finalize_object (client);
}

static void
test_refused (void)
{
  RawServer *server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 4);

  raw_server_free (server);
  assert_fails (client, VRF_ERROR_OFFLINE, "nothing answers");
  g_assert_finalize_object (client);
}

static void
test_too_large (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 4);

  /* told beforehand, told in pieces, and found out while reading */
  raw_server_script (server, OK JSON "Content-Length: 10485760\r\n\r\n{\"id\":", RAW_THEN_STALL);
  assert_fails (client, VRF_ERROR_TOO_LARGE, "larger than 4 MiB");
  raw_server_script_filler (
      server, OK JSON "Transfer-Encoding: chunked\r\n\r\na00000\r\n{", 10 * 1024 * 1024);
  assert_fails (client, VRF_ERROR_TOO_LARGE, "larger than 4 MiB");
  raw_server_script_filler (server, OK JSON "\r\n{", 10 * 1024 * 1024);
  assert_fails (client, VRF_ERROR_TOO_LARGE, "larger than 4 MiB");

  raw_server_script (server, OK JSON "\r\n" SESSION, RAW_THEN_CLOSE);
  assert_works (client);
  g_assert_finalize_object (client);
}

static void
test_large_problem (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 1);

  raw_server_script_filler (server, "HTTP/1.1 401 No\r\n" JSON "\r\n{", 10 * 1024 * 1024);
  assert_fails (client, VRF_ERROR_UNAUTHORIZED, "refused the key");
  g_assert_finalize_object (client);
}

/* A request that is not repeatable is sent once, whatever happens to it. */
static void
test_simulate_once (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 4);
  const char *answers[] = { "", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      raw_server_script (server, answers[i], RAW_THEN_CLOSE);
      vrf_api_client_simulate_async (client, "session_1", "approve", NULL, api_done_cb, &result);
      g_assert_null (vrf_api_client_simulate_finish (client, api_await (&result), &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (raw_server_count (server), ==, i + 1);
    }
  g_assert_finalize_object (client);
}

static const char *
find_key (RawServer *server, guint index)
{
  const char *line = strstr (raw_server_peek (server, index), "Idempotency-Key: ");

  g_assert_nonnull (line);
  return line;
}

/* A create that is repeated carries the same key each time. */
static void
test_create_repeats (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 4);
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = NULL;

  raw_server_script (server, "", RAW_THEN_CLOSE);
  raw_server_script (server, "HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n", RAW_THEN_CLOSE);
  raw_server_script (server, "HTTP/1.1 201 Created\r\n" JSON "\r\n" SESSION, RAW_THEN_CLOSE);
  vrf_api_client_create_session_async (client, request, NULL, NULL, api_done_cb, &result);
  session = vrf_api_client_create_session_finish (client, api_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (raw_server_count (server), ==, 3);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpint (strncmp (find_key (server, 0), find_key (server, i), 17 + 36), ==, 0);
  g_clear_object (&result);
  g_assert_finalize_object (client);
}

/* Deadlines of our own: a server that does not shake hands, answer, or finish. */
static void
test_deadlines (void)
{
  const struct
  {
    const char *scheme;
    const char *bytes; /* NULL: mute */
    VrfTimings timings;
    const char *words;
  } cases[] = {
    { "https", NULL, { 20, 5000, 5000, 0 }, "could not be reached in time" },
    { "http", "", { 5000, 20, 5000, 0 }, "did not answer in time" },
    { "http", OK "Content-", { 5000, 20, 5000, 0 }, "did not answer in time" },
    { "http",
      OK "Content-Length: 50\r\n\r\n{\"id\"",
      { 5000, 5000, 20, 0 },
      "not complete in time" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autofree char *url = raw_server_dup_url (server, cases[i].scheme);
      VrfApiClient *client = make_client (url, 1);

      vrf_transport_set_timings (vrf_api_client_get_transport (client), &cases[i].timings);
      if (cases[i].bytes == NULL)
        raw_server_script_unasked (server, "", RAW_THEN_STALL);
      else
        raw_server_script (server, cases[i].bytes, RAW_THEN_STALL);
      assert_fails (client, VRF_ERROR_TIMEOUT, cases[i].words);
      g_assert_finalize_object (client);
    }
}

static void
assert_cancelled (VrfApiClient *client, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (vrf_api_client_get_session_finish (client, api_await (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (result);
}

/* Cancelled while shaking hands, waiting for headers, reading, and waiting for the next attempt. */
static void
test_cancel (void)
{
  const struct
  {
    const char *scheme;
    const char *bytes;
    RawThen then;
  } cases[] = {
    { "https", NULL, RAW_THEN_STALL },
    { "http", "", RAW_THEN_STALL },
    { "http", OK "Content-Length: 50\r\n\r\n{\"id\"", RAW_THEN_STALL },
    { "http", "HTTP/1.1 503 Busy\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n", RAW_THEN_CLOSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autofree char *url = raw_server_dup_url (server, cases[i].scheme);
      VrfApiClient *client = make_client (url, 4);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;

      vrf_transport_set_timings (vrf_api_client_get_transport (client), &VRF_TIMINGS_DEFAULT);
      if (cases[i].bytes == NULL)
        raw_server_script_unasked (server, "", RAW_THEN_STALL);
      else
        raw_server_script (server, cases[i].bytes, cases[i].then);
      vrf_api_client_get_session_async (client, "session_1", cancellable, api_done_cb, &result);
      raw_server_await (server, 1);
      for (guint turn = 0; turn < 20; turn++) /* takes what has come */
        g_main_context_iteration (NULL, FALSE);
      g_assert_null (result);
      g_cancellable_cancel (cancellable);
      assert_cancelled (client, &result);
      g_assert_finalize_object (client);
    }
}

static void
test_cancel_before (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_cancellable_cancel (cancellable);
  vrf_api_client_get_session_async (client, "session_1", cancellable, api_done_cb, &result);
  assert_cancelled (client, &result);
  g_assert_cmpuint (raw_server_count (server), ==, 0);
  g_assert_finalize_object (client);
}

/* Wherever in the life of a call the cancellation falls, there is one callback. */
static void
test_cancel_anywhere (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 1);

  for (guint turns = 0; turns < 60; turns++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (VrfSession) session = NULL;

      raw_server_script (server, OK JSON "\r\n" SESSION, RAW_THEN_CLOSE);
      vrf_api_client_get_session_async (client, "session_1", cancellable, api_done_cb, &result);
      for (guint i = 0; i < turns && result == NULL; i++)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (cancellable);
      session = vrf_api_client_get_session_finish (client, api_await (&result), &error);
      if (session == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (client);
}

/* The caller may let go of the client while a call is under way. */
static void
test_drop_client (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "http");
  VrfApiClient *client = make_client (url, 1);
  gpointer weak = client;
  g_autoptr (GAsyncResult) result = NULL;

  g_object_add_weak_pointer (G_OBJECT (client), &weak);
  raw_server_script (server, OK JSON "\r\n" SESSION, RAW_THEN_CLOSE);
  vrf_api_client_get_session_async (client, "session_1", NULL, api_done_cb, &result);
  g_object_unref (client);
  api_await (&result);
  g_clear_object (&result);
  g_assert_null (weak);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/api/faults/", faults[i].name, NULL);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_func ("/api/faults/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/api/faults/recovers", test_recovers);
  g_test_add_func ("/api/faults/refused", test_refused);
  g_test_add_func ("/api/faults/too-large", test_too_large);
  g_test_add_func ("/api/faults/large-problem", test_large_problem);
  g_test_add_func ("/api/faults/simulate-once", test_simulate_once);
  g_test_add_func ("/api/faults/create-repeats", test_create_repeats);
  g_test_add_func ("/api/faults/deadlines", test_deadlines);
  g_test_add_func ("/api/faults/cancel", test_cancel);
  g_test_add_func ("/api/faults/cancel-before", test_cancel_before);
  g_test_add_func ("/api/faults/cancel-anywhere", test_cancel_anywhere);
  g_test_add_func ("/api/faults/drop-client", test_drop_client);
  return g_test_run ();
}
