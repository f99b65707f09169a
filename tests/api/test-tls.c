/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api-server.h"
#include "raw-server.h"
#include "api/vrf-api-client.h"
#include "api/vrf-network-error.h"
#include "base/vrf-error.h"

/* A server whose identity cannot be proved gets nothing: no request, no key. */

static GTlsCertificate *
load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", file, NULL);
  g_autofree char *key = g_test_build_filename (G_TEST_DIST, "data", "tls", "key.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (path, key, &error);

  g_assert_no_error (error);
  return certificate;
}

typedef struct
{
  const char *certificate;
  const char *words;
} Case;

static const Case cases[] = {
  { "self-signed", "issuer this computer does not know" },
  { "other-host", "for another host name" },
  { "expired", "expired on" },
  { "not-yet", "Set the computer’s date and time" },
};

static void
test_refused (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GTlsCertificate) certificate = load (c->certificate);
  g_autoptr (ApiServer) server = api_server_new (certificate);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  VrfApiClient *client =
      vrf_api_client_new (api_server_get_url (server), "vk_sandbox_secret", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (api_server_get_url (server), "https://"));
  vrf_api_client_get_session_async (client, "session_1", NULL, api_done_cb, &result);
  g_assert_null (vrf_api_client_get_session_finish (client, api_await (&result), &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_TLS);
  if (strstr (error->message, c->words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, c->words);
  g_assert_cmpuint (api_server_count (server), ==, 0);
  g_clear_object (&result);
  g_assert_finalize_object (client);
}

/* The issuer being known, the same server is believed; nothing else was missing. */
static void
test_trusted (void)
{
  g_autofree char *anchor =
      g_test_build_filename (G_TEST_DIST, "data", "tls", "self-signed.pem", NULL);
  g_autoptr (GTlsCertificate) certificate = load ("self-signed");
  g_autoptr (ApiServer) server = api_server_new (certificate);
  GTlsBackend *backend = g_tls_backend_get_default ();
  g_autoptr (GTlsDatabase) before = g_tls_backend_get_default_database (backend);
  g_autoptr (GTlsDatabase) ours = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = NULL;
  VrfApiClient *client = NULL;

  ours = g_tls_file_database_new (anchor, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (backend, ours);
  client = vrf_api_client_new (api_server_get_url (server), "vk_sandbox_secret", &error);
  g_assert_no_error (error);
  api_server_answer (
      server, 200, NULL, "application/json", "{\"id\":\"session_1\",\"status\":\"pending\"}");
  vrf_api_client_get_session_async (client, "session_1", NULL, api_done_cb, &result);
  session = vrf_api_client_get_session_finish (client, api_await (&result), &error);
  g_tls_backend_set_default_database (backend, before);

  g_assert_no_error (error);
  g_assert_cmpstr (session->id, ==, "session_1");
  g_assert_cmpuint (api_server_count (server), ==, 1);
  g_assert_cmpstr (
      api_record_get_header (api_server_peek (server, 0), "x-api-key"), ==, "vk_sandbox_secret");
  g_clear_object (&result);
  g_assert_finalize_object (client);
}

/* A plain server behind an https address. */
static void
test_not_tls (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *url = raw_server_dup_url (server, "https");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  VrfApiClient *client = vrf_api_client_new (url, "vk_sandbox_secret", &error);

  g_assert_no_error (error);
  raw_server_script_unasked (server, "HTTP/1.1 400 Bad Request\r\n\r\n", RAW_THEN_CLOSE);
  vrf_api_client_get_session_async (client, "session_1", NULL, api_done_cb, &result);
  g_assert_null (vrf_api_client_get_session_finish (client, api_await (&result), &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_TLS);
  g_clear_object (&result);
  g_assert_finalize_object (client);
}

/* A wrong clock makes every certificate look wrong, so dates are named first. */
static void
test_messages (void)
{
  const struct
  {
    GTlsCertificateFlags flags;
    const char *words;
  } messages[] = {
    { G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_UNKNOWN_CA, "expired" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_BAD_IDENTITY, "clock" },
    { G_TLS_CERTIFICATE_BAD_IDENTITY | G_TLS_CERTIFICATE_UNKNOWN_CA, "another host name" },
    { G_TLS_CERTIFICATE_UNKNOWN_CA, "issuer" },
    { G_TLS_CERTIFICATE_REVOKED, "revoked" },
    { G_TLS_CERTIFICATE_INSECURE, "weak" },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, "secure connection" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *text = vrf_network_error_dup_tls_message (messages[i].flags, NULL);

      g_assert_nonnull (strstr (text, messages[i].words));
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
has_pool_threads (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *id = NULL;

  while (tasks != NULL && (id = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", id, "comm", NULL);
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL) && g_str_has_prefix (name, "pool-"))
        return TRUE;
    }
  return FALSE;
}

/* Handshakes are made in GIO's pool. LeakSanitizer stumbles over the TLS library's thread-local
 * storage in threads that still live when the process ends, so they are seen off first. */
static void
await_pool (void)
{
  guint tick = g_timeout_add (20, tick_cb, NULL);

  g_thread_pool_set_max_unused_threads (0);
  while (has_pool_threads ())
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/api/tls/", cases[i].certificate, NULL);

      g_test_add_data_func (path, &cases[i], test_refused);
    }
  g_test_add_func ("/api/tls/trusted", test_trusted);
  g_test_add_func ("/api/tls/not-tls", test_not_tls);
  g_test_add_func ("/api/tls/messages", test_messages);
  status = g_test_run ();
  await_pool ();
  return status;
}
