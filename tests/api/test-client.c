/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api-server.h"
#include "api/vrf-api-client-private.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* Addresses and keys, what goes out with each request, and what answers tell beside their body. */

#define SESSION "{\"id\":\"session_1\",\"status\":\"pending\"}"

static VrfApiClient *
make_client (ApiServer *server)
{
  g_autoptr (GError) error = NULL;
  VrfApiClient *client =
      vrf_api_client_new (api_server_get_url (server), "vk_sandbox_abcd", &error);
  VrfTimings timings = VRF_TIMINGS_DEFAULT;

  g_assert_no_error (error);
  timings.retry_unit_ms = 0;
  vrf_transport_set_timings (vrf_api_client_get_transport (client), &timings);
  return client;
}

static VrfSession *
get (VrfApiClient *client, const char *session_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  vrf_api_client_get_session_async (client, session_id, NULL, api_done_cb, &result);
  return vrf_api_client_get_session_finish (client, api_await (&result), error);
}

/* One answer, and the error that comes of it. */
static GError *
get_error (guint status, const char *headers, const char *type, const char *body)
{
  g_autoptr (ApiServer) server = api_server_new (NULL);
  VrfApiClient *client = make_client (server);
  GError *error = NULL;

  vrf_api_client_set_max_attempts (client, 1);
  api_server_answer (server, status, headers, type, body);
  g_assert_null (get (client, "session_1", &error));
  g_assert_finalize_object (client);
  return error;
}

static void
test_base_url (void)
{
  const struct
  {
    const char *text;
    const char *normal; /* NULL: refused */
  } cases[] = {
    { "https://api.withverifa.com", "https://api.withverifa.com" },
    { " https://api.withverifa.com/ \n", "https://api.withverifa.com" },
    { "https://api.withverifa.com///", "https://api.withverifa.com" },
    { "https://api.withverifa.com/api/v1", "https://api.withverifa.com" },
    { "https://api.withverifa.com/api/v1/", "https://api.withverifa.com" },
    { "https://gateway.example/verifa/api/v1", "https://gateway.example/verifa" },
    { "HTTPS://API.withverifa.com:443", "https://api.withverifa.com" },
    { "https://10.0.0.7:8443", "https://10.0.0.7:8443" },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://127.8.9.10:1", "http://127.8.9.10:1" },
    { "http://localhost:8080/", "http://localhost:8080" },
    { "http://[::1]:8080", "http://[::1]:8080" },
    { "http://api.withverifa.com", NULL },
    { "http://10.0.0.7:8080", NULL },
    { "http://localhost.example", NULL },
    { "http://127.0.0.1.example", NULL },
    { "ftp://127.0.0.1", NULL },
    { "file:///etc/passwd", NULL },
    { "https://", NULL },
    { "https://user:secret@api.withverifa.com", NULL },
    { "https://api.withverifa.com?x=1", NULL },
    { "https://api.withverifa.com#x", NULL },
    { "api.withverifa.com", NULL },
    { "hello world", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (VrfApiClient) client = vrf_api_client_new (cases[i].text, "vk_live_abcd", &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].normal == NULL)
        {
          g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
          g_assert_null (client);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (vrf_api_client_get_base_url (client), ==, cases[i].normal);
    }
}

static void
test_key (void)
{
  const char *wrong[] = { "", "two words", "line\r\nX-Evil: 1", "schl\xc3\xbcssel" };
  g_autofree char *endless = g_strnfill (600, 'k');

  for (guint i = 0; i <= G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (vrf_api_client_new (
          "https://api.withverifa.com", i < G_N_ELEMENTS (wrong) ? wrong[i] : endless, &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
    }
}

static void
test_environment (void)
{
  g_assert_cmpint (vrf_environment_from_key ("vk_sandbox_x"), ==, VRF_ENVIRONMENT_SANDBOX);
  g_assert_cmpint (vrf_environment_from_key ("vk_live_x"), ==, VRF_ENVIRONMENT_LIVE);
  g_assert_cmpint (vrf_environment_from_key ("vk_pub_live_x"), ==, VRF_ENVIRONMENT_UNKNOWN);
  g_assert_cmpint (vrf_environment_from_key (""), ==, VRF_ENVIRONMENT_UNKNOWN);
  g_assert_cmpstr (vrf_environment_to_text (VRF_ENVIRONMENT_LIVE), ==, "live");
  g_assert_cmpstr (vrf_environment_to_text (VRF_ENVIRONMENT_UNKNOWN), ==, "");
  g_assert_cmpint (vrf_environment_from_text ("sandbox"), ==, VRF_ENVIRONMENT_SANDBOX);
  g_assert_cmpint (vrf_environment_from_text (NULL), ==, VRF_ENVIRONMENT_UNKNOWN);
}

static void
test_ids (void)
{
  const struct
  {
    const char *id;
    const char *path; /* NULL: refused */
  } cases[] = {
    { "ses_1", "/api/v1/sessions/ses_1" },
    { "a/../b", "/api/v1/sessions/a%2F..%2Fb" },
    { "x?y=1#z", "/api/v1/sessions/x%3Fy%3D1%23z" },
    { "%2e%2e", "/api/v1/sessions/%252e%252e" },
    { "\xc3\xbc n", "/api/v1/sessions/%C3%BC%20n" },
    { "a\r\nb", "/api/v1/sessions/a%0D%0Ab" },
    { "", NULL },
    { ".", NULL },
    { "..", NULL },
    { "\xff", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ApiServer) server = api_server_new (NULL);
      VrfApiClient *client = make_client (server);
      g_autoptr (GError) error = NULL;
      g_autoptr (VrfSession) session = NULL;

      if (cases[i].path != NULL)
        api_server_answer (server, 200, NULL, "application/json", SESSION);
      session = get (client, cases[i].id, &error);
      if (cases[i].path != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (api_server_peek (server, 0)->path, ==, cases[i].path);
        }
      else
        g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
      g_assert_finalize_object (client);
    }
}

static void
test_idempotency_key (void)
{
  g_autoptr (ApiServer) server = api_server_new (NULL);
  VrfApiClient *client = make_client (server);
  g_autofree char *endless = g_strnfill (256, 'k');
  const char *wrong[] = { "", "a b", "a\r\nX-Evil: 1", endless };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      vrf_api_client_expire_session_async (
          client, "session_1", wrong[i], NULL, api_done_cb, &result);
      g_assert_null (vrf_api_client_expire_session_finish (client, api_await (&result), &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
    }
  g_assert_cmpuint (api_server_count (server), ==, 0);
  g_assert_finalize_object (client);
}

/* Nothing that libsoup would add by itself: no cookies, encodings, languages, credentials. */
static void
test_plain_requests (void)
{
  g_autoptr (ApiServer) server = api_server_new (NULL);
  VrfApiClient *client = make_client (server);
  const char *unwanted[] = {
    "cookie", "accept-encoding", "accept-language", "authorization", "upgrade", "referer",
  };
  g_autoptr (GError) error = NULL;

  api_server_answer (server,
                     200,
                     "Set-Cookie: id=1; Path=/\nStrict-Transport-Security: max-age=9999",
                     "application/json",
                     SESSION);
  api_server_answer (server, 401, "WWW-Authenticate: Basic realm=\"x\"", "application/json", "{}");
  vrf_session_unref (get (client, "session_1", &error));
  g_assert_no_error (error);
  g_assert_null (get (client, "session_1", &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_UNAUTHORIZED);

  g_assert_cmpuint (api_server_count (server), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (unwanted); i++)
    g_assert_null (api_record_get_header (api_server_peek (server, 1), unwanted[i]));
  g_assert_finalize_object (client);
}

/* A body that says it is compressed is not inflated. */
static void
test_no_decoding (void)
{
  g_autoptr (ApiServer) server = api_server_new (NULL);
  VrfApiClient *client = make_client (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = NULL;

  api_server_answer (server, 200, "Content-Encoding: gzip", "application/json", SESSION);
  session = get (client, "session_1", &error);
  g_assert_no_error (error);
  g_assert_finalize_object (client);
}

static void
test_wrong_content_type (void)
{
  const char *types[] = { "text/plain", "application/octet-stream", "application/problem+json" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (ApiServer) server = api_server_new (NULL);
      VrfApiClient *client = make_client (server);
      g_autoptr (GError) error = NULL;
      g_autoptr (VrfSession) session = NULL;

      api_server_answer (server, 200, NULL, types[i], SESSION);
      session = get (client, "session_1", &error);
      g_assert_no_error (error);
      g_assert_finalize_object (client);
    }
}

static void
test_clock (void)
{
  g_autoptr (ApiServer) server = api_server_new (NULL);
  VrfApiClient *client = make_client (server);
  VrfClock *clock = vrf_api_client_get_clock (client);
  gint64 travelled_us = 0;
  g_autoptr (VrfSession) first = NULL;
  g_autoptr (VrfSession) second = NULL;
  g_autoptr (VrfSession) third = NULL;

  g_assert_cmpint (vrf_clock_get_now_us (clock), ==, VRF_TIME_NONE);
  api_server_answer (server, 200, NULL, "application/json", SESSION);
  first = get (client, "session_1", NULL);
  g_assert_false (vrf_api_client_is_our_sandbox (client));
  g_assert_cmpint (ABS (vrf_clock_get_skew_us (clock)), <, 5 * G_USEC_PER_SEC); /* its Date */

  api_server_answer (server,
                     200,
                     "X-Sandbox-Time: 2031-02-01T12:00:00.500Z; scale=60",
                     "application/json",
                     SESSION);
  second = get (client, "session_1", NULL);
  g_assert_true (vrf_time_parse ("2031-02-01T12:00:00.500Z", &travelled_us, NULL));
  g_assert_true (vrf_api_client_is_our_sandbox (client));
  g_assert_cmpfloat (vrf_clock_get_scale (clock), ==, 60.0);
  g_assert_cmpint (vrf_clock_get_now_us (clock), >=, travelled_us);

  api_server_answer (
      server, 200, "X-Sandbox-Time: tomorrow; scale=60", "application/json", SESSION);
  third = get (client, "session_1", NULL);
  g_assert_cmpint (ABS (vrf_clock_get_skew_us (clock)), <, 5 * G_USEC_PER_SEC);
  g_assert_finalize_object (client);
}

static void
test_budget (void)
{
  g_autoptr (ApiServer) server = api_server_new (NULL);
  VrfApiClient *client = make_client (server);
  g_autoptr (VrfSession) first = NULL;
  g_autoptr (VrfSession) second = NULL;

  g_assert_cmpint (vrf_api_client_get_rate_limit (client), ==, -1);
  g_assert_cmpint (vrf_api_client_get_rate_remaining (client), ==, -1);
  api_server_answer (server,
                     200,
                     "X-RateLimit-Limit: 300\nX-RateLimit-Remaining: 0\nX-Quota-Limit: 50\n"
                     "X-Quota-Remaining: 49",
                     "application/json",
                     SESSION);
  first = get (client, "session_1", NULL);
  api_server_answer (server,
                     200,
                     "X-RateLimit-Limit: many\nX-RateLimit-Remaining: -3\nX-Quota-Remaining: "
                     "99999999999999999999",
                     "application/json",
                     SESSION);
  second = get (client, "session_1", NULL);
  g_assert_cmpint (vrf_api_client_get_rate_limit (client), ==, 300);
  g_assert_cmpint (vrf_api_client_get_rate_remaining (client), ==, 0);
  g_assert_cmpint (vrf_api_client_get_quota_limit (client), ==, 50);
  g_assert_cmpint (vrf_api_client_get_quota_remaining (client), ==, 49);
  g_assert_finalize_object (client);
}

static void
test_retry_after (void)
{
  const struct
  {
    const char *headers;
    int seconds;
  } cases[] = {
    { "Retry-After: 12", 12 },
    { "Retry-After: 0", 0 },
    { "Retry-After: soon", -1 },
    { "Retry-After: -5", -1 },
    { NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = get_error (429, cases[i].headers, "application/json", "{}");

      g_assert_error (error, VRF_ERROR, VRF_ERROR_RATE_LIMITED);
      g_assert_cmpint (vrf_error_get_retry_after_s (error), ==, cases[i].seconds);
      if (cases[i].seconds == 12)
        g_assert_cmpstr (
            error->message, ==, "Verifa asks you to wait 12 seconds before you try again.");
    }
}

/* A date counts from the server's own `Date`. */
static void
test_retry_after_date (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, 90);
  g_autofree char *headers = g_date_time_format (then, "Retry-After: %a, %d %b %Y %T GMT");
  g_autoptr (GError) error = get_error (503, headers, "application/json", "{}");
  g_autoptr (GError) past =
      get_error (503, "Retry-After: Sun, 01 Feb 2015 12:00:00 GMT", "application/json", "{}");

  g_assert_cmpint (vrf_error_get_retry_after_s (error), >=, 85);
  g_assert_cmpint (vrf_error_get_retry_after_s (error), <=, 91);
  g_assert_cmpint (vrf_error_get_retry_after_s (past), ==, 0);
}

/* 429 with Retry-After: 0 is tried again at once, in production too. */
static void
test_rate_limited_then_works (void)
{
  g_autoptr (ApiServer) server = api_server_new (NULL);
  VrfApiClient *client = make_client (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = NULL;

  vrf_transport_set_timings (vrf_api_client_get_transport (client), &VRF_TIMINGS_DEFAULT);
  api_server_answer (server, 429, "Retry-After: 0", "application/json", "{}");
  api_server_answer (server, 503, "Retry-After: 0", "application/json", "{}");
  api_server_answer (server, 200, NULL, "application/json", SESSION);
  session = get (client, "session_1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (api_server_count (server), ==, 3);
  g_assert_finalize_object (client);
}

/* The golden errors: code, field and words. */
static void
test_golden_errors (void)
{
  const struct
  {
    const char *golden;
    VrfError code;
    const char *api_code;
    const char *field;
    const char *words;
  } cases[] = {
    { "error_bad_request", VRF_ERROR_BAD_REQUEST, "bad_request", NULL, "cannot be resumed" },
    { "error_unauthorized", VRF_ERROR_UNAUTHORIZED, "unauthorized", NULL, "refused the key" },
    { "error_forbidden", VRF_ERROR_FORBIDDEN, "forbidden", NULL, "may not do this" },
    { "error_not_found", VRF_ERROR_NOT_FOUND, "not_found", NULL, "Session not found." },
    { "error_conflict", VRF_ERROR_CONFLICT, "conflict", NULL, "already being processed" },
    { "list_documents_gone", VRF_ERROR_GONE, "gone", NULL, "no longer available" },
    { "error_validation", VRF_ERROR_INVALID, "validation_error", "country", "country: must be" },
    { "error_validation_list",
      VRF_ERROR_INVALID,
      "validation_error",
      "country",
      "country: String should have" },
    { "error_idempotency_mismatch",
      VRF_ERROR_IDEMPOTENCY,
      "idempotency_mismatch",
      NULL,
      "already sent with other entries" },
    { "error_rate_limited", VRF_ERROR_RATE_LIMITED, "rate_limited", NULL, "wait 12 seconds" },
    { "error_internal", VRF_ERROR_SERVER, "internal_error", NULL, "HTTP 500" },
    { "error_unavailable", VRF_ERROR_SERVER, "service_unavailable", NULL, "HTTP 503" },
    { "error_not_implemented",
      VRF_ERROR_NOT_IMPLEMENTED,
      "not_implemented",
      NULL,
      "does not offer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ApiGolden) golden = api_golden_load (cases[i].golden);
      g_autoptr (ApiServer) server = api_server_new (NULL);
      VrfApiClient *client = make_client (server);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].golden);
      vrf_api_client_set_max_attempts (client, 1);
      api_server_answer_golden (server, golden);
      g_assert_null (get (client, "session_1", &error));
      g_assert_error (error, VRF_ERROR, (int) cases[i].code);
      g_assert_cmpuint (vrf_error_get_http_status (error),
                        ==,
                        (guint) json_object_get_int_member (golden->object, "status"));
      g_assert_cmpstr (vrf_error_get_api_code (error), ==, cases[i].api_code);
      g_assert_cmpstr (vrf_error_get_field (error), ==, cases[i].field);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].words);
      g_assert_finalize_object (client);
    }
}

/* Error bodies of every odd shape: the status decides, nothing breaks. */
static void
test_odd_errors (void)
{
  const struct
  {
    const char *body;
    const char *field;
    const char *words;
  } cases[] = {
    { "", NULL, "Check what was typed" },
    { "null", NULL, "Check what was typed" },
    { "[]", NULL, "Check what was typed" },
    { "\"no\"", NULL, "Check what was typed" },
    { "{\"detail\":7}", NULL, "Check what was typed" },
    { "{\"detail\":[]}", NULL, "Check what was typed" },
    { "{\"detail\":[7]}", NULL, "Check what was typed" },
    { "{\"detail\":\"\"}", NULL, "Check what was typed" },
    { "{\"errors\":[{}]}", NULL, "Check what was typed" },
    { "{\"detail\":\"A\\u0007\\nB\"}", NULL, "Verifa says: A  B" },
    { "{\"detail\":{\"msg\":\"Hm\"}}", NULL, "Verifa says: Hm" },
    { "{\"detail\":[{\"loc\":[\"body\",\"tags\",3],\"msg\":\"too long\"}]}",
      "tags",
      "tags: too long" },
    { "{\"detail\":[{\"loc\":7,\"msg\":\"odd\"}]}", NULL, "Verifa says: odd" },
    { "{\"detail\":\"x\",\"errors\":[{\"field\":\"country\"}]}", "country", "Verifa says: x" },
    { "{\"error\":{},\"detail\":\"x\"}", NULL, "Verifa says: x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          get_error (422, "X-Request-Id: req_0815", "application/json", cases[i].body);

      g_test_message ("%s", cases[i].body);
      g_assert_error (error, VRF_ERROR, VRF_ERROR_INVALID);
      g_assert_cmpstr (vrf_error_get_field (error), ==, cases[i].field);
      g_assert_cmpstr (vrf_error_get_request_id (error), ==, "req_0815");
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].words);
    }
}

static void
test_long_detail (void)
{
  g_autofree char *words = g_strnfill (20000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"detail\":\"%s\"}", words);
  g_autoptr (GError) error = get_error (400, NULL, "application/json", body);

  g_assert_cmpuint (strlen (error->message), <, 400);
}

static void
test_request_id (void)
{
  g_autofree char *filler = g_strnfill (300, 'x');
  g_autofree char *endless = g_strconcat ("X-Request-Id: ", filler, NULL);
  g_autoptr (GError) error = get_error (404, endless, "application/json", "{}");

  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_assert_null (vrf_error_get_request_id (error));
}

static void
note_retry_cb (VrfApiClient *client, const char *key, guint attempt, guint most, GString *said)
{
  g_string_append_printf (said, "%s %u/%u, ", key, attempt, most);
}

/* Each further attempt is told before it is made, the first and the answer are not (1.8: four). */
static void
test_retrying (void)
{
  g_autoptr (ApiServer) server = api_server_new (NULL);
  VrfApiClient *client = make_client (server);
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (VrfSession) session = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < 3; i++)
    api_server_answer (server, 503, NULL, "text/html", "busy");
  api_server_answer (server, 201, NULL, "application/json", SESSION);
  g_signal_connect (client, "retrying", G_CALLBACK (note_retry_cb), said);

  vrf_api_client_create_session_async (client, request, "key-1", NULL, api_done_cb, &result);
  session = vrf_api_client_create_session_finish (client, api_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said->str, ==, "key-1 2/4, key-1 3/4, key-1 4/4, ");

  /* What is not worth another attempt is not announced as one. */
  g_string_truncate (said, 0);
  api_server_answer (server, 404, NULL, "application/json", "{}");
  g_assert_null (get (client, "session_1", &error));
  g_assert_cmpstr (said->str, ==, "");
  g_clear_object (&result);
  g_assert_finalize_object (client);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/client/base-url", test_base_url);
  g_test_add_func ("/api/client/key", test_key);
  g_test_add_func ("/api/client/environment", test_environment);
  g_test_add_func ("/api/client/ids", test_ids);
  g_test_add_func ("/api/client/idempotency-key", test_idempotency_key);
  g_test_add_func ("/api/client/plain-requests", test_plain_requests);
  g_test_add_func ("/api/client/no-decoding", test_no_decoding);
  g_test_add_func ("/api/client/wrong-content-type", test_wrong_content_type);
  g_test_add_func ("/api/client/clock", test_clock);
  g_test_add_func ("/api/client/budget", test_budget);
  g_test_add_func ("/api/client/retry-after", test_retry_after);
  g_test_add_func ("/api/client/retrying", test_retrying);
  g_test_add_func ("/api/client/retry-after-date", test_retry_after_date);
  g_test_add_func ("/api/client/rate-limited-then-works", test_rate_limited_then_works);
  g_test_add_func ("/api/client/golden-errors", test_golden_errors);
  g_test_add_func ("/api/client/odd-errors", test_odd_errors);
  g_test_add_func ("/api/client/long-detail", test_long_detail);
  g_test_add_func ("/api/client/request-id", test_request_id);
  return g_test_run ();
}
