/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "session-client.h"

#include "sandbox/vrf-organization.h"

char *
session_database_path (SessionFixture *fixture)
{
  return g_build_filename (fixture->directory, "sandbox.db", NULL);
}

/* Whether the database's files have the text; looked at by another process, which has no locks. */
gboolean
session_is_in_files (SessionFixture *fixture, const char *text)
{
  g_autofree char *path = session_database_path (fixture);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  const char *argv[] = { "grep", "-a", "-q", "-F", "-s", "-e", text, path, wal, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (
      NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  return g_spawn_check_wait_status (status, NULL);
}

/* The settings that the organization had when the sandbox was started. */
static void
write_settings (SessionFixture *fixture, const char *json)
{
  g_autofree char *path = session_database_path (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSandboxStore) store = vrf_sandbox_store_open (path, &error);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  g_assert_no_error (error);
  g_assert_true (vrf_organization_change (store, json_node_get_object (root), errors, &error));
}

void
session_set_up (SessionFixture *fixture, gconstpointer settings)
{
  VrfSandboxOptions options = {
    .sandbox_key = SANDBOX_KEY,
    .live_key = LIVE_KEY,
    .plan = "enterprise",
  };
  g_autofree char *path = NULL;

  if (settings != NULL)
    {
      fixture->directory = g_dir_make_tmp ("verifa-XXXXXX", NULL);
      path = session_database_path (fixture);
      write_settings (fixture, settings);
      options.database_path = path;
    }
  sandbox_client_start (&fixture->client, &options);
}

void
session_tear_down (SessionFixture *fixture, gconstpointer settings)
{
  g_autofree char *path = NULL;

  sandbox_client_stop (&fixture->client);
  if (fixture->directory == NULL)
    return;
  path = session_database_path (fixture);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0);
  g_free (fixture->directory);
}

SandboxReply *
session_act (SessionFixture *fixture, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = sandbox_client_path (id, rest);

  return sandbox_client_call (&fixture->client, "POST", path, body);
}

SandboxReply *
session_look (SessionFixture *fixture, const char *id, const char *rest)
{
  g_autofree char *path = sandbox_client_path (id, rest);

  return sandbox_client_call (&fixture->client, "GET", path, NULL);
}

SandboxReply *
session_redact (SessionFixture *fixture, const char *id)
{
  g_autofree char *path = sandbox_client_path (id, "/data");

  return sandbox_client_call (&fixture->client, "DELETE", path, NULL);
}

void
session_simulate (SessionFixture *fixture, const char *id, const char *action)
{
  g_autofree char *body = g_strdup_printf ("{\"action\":\"%s\"}", action);
  g_autoptr (SandboxReply) reply = session_act (fixture, id, "/simulate", body);

  g_assert_cmpuint (reply->status, ==, 200);
}

void
session_assert_status (SessionFixture *fixture, const char *id, const char *status)
{
  g_autoptr (SandboxReply) reply = session_look (fixture, id, "");

  g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, status);
}

/* The head of a PNG of that size, and a text behind it. */
GBytes *
session_make_png (guint width, guint height, const char *text)
{
  guint8 head[45] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
  GByteArray *png = g_byte_array_new ();

  for (guint i = 0; i < 4; i++)
    {
      head[16 + i] = width >> (24 - 8 * i) & 0xff;
      head[20 + i] = height >> (24 - 8 * i) & 0xff;
    }
  g_byte_array_append (png, head, sizeof head);
  g_byte_array_append (png, (const guint8 *) text, (guint) strlen (text));
  return g_byte_array_free_to_bytes (png);
}

#define BOUNDARY "----verifa"

/* @fields: "name=value&…", of which each becomes a part. */
static GBytes *
make_form (const char *fields, GBytes *file)
{
  GByteArray *form = g_byte_array_new ();
  g_auto (GStrv) pairs = g_strsplit (fields, "&", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *end = "\r\n--" BOUNDARY "--\r\n";

  for (guint i = 0; pairs[i] != NULL && *pairs[i] != '\0'; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      g_string_append_printf (text,
                              "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n"
                              "\r\n%s\r\n",
                              pair[0],
                              pair[1]);
    }
  g_string_append (text,
                   "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\";"
                   " filename=\"a.png\"\r\nContent-Type: text/html\r\n\r\n");
  g_byte_array_append (form, (const guint8 *) text->str, (guint) text->len);
  g_byte_array_append (form, g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file));
  g_byte_array_append (form, (const guint8 *) end, (guint) strlen (end));
  return g_byte_array_free_to_bytes (form);
}

static SandboxReply *
take_reply (SoupMessage *message, GBytes *bytes)
{
  SandboxReply *reply = g_new0 (SandboxReply, 1);

  reply->status = soup_message_get_status (message);
  reply->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  reply->text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  reply->json = json_from_string (reply->text, NULL);
  return reply;
}

SandboxReply *
session_upload (SessionFixture *fixture, const char *id, const char *fields, GBytes *file)
{
  g_autofree char *path = sandbox_client_path (id, "/documents");
  g_autofree char *uri =
      g_strconcat (vrf_sandbox_get_api_url (fixture->client.sandbox), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
  g_autoptr (GBytes) form = make_form (fields, file);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_replace (
      soup_message_get_request_headers (message), "X-API-Key", SANDBOX_KEY);
  soup_message_set_request_body_from_bytes (
      message, "multipart/form-data; boundary=" BOUNDARY, form);
  answer = soup_session_send_and_read (fixture->client.session, message, NULL, &error);
  g_assert_no_error (error);
  return take_reply (message, answer);
}

void
session_must_upload (SessionFixture *fixture, const char *id, const char *fields)
{
  g_autoptr (GBytes) png = session_make_png (1600, 1000, "picture");
  g_autoptr (SandboxReply) reply = session_upload (fixture, id, fields, png);

  g_assert_cmpuint (reply->status, ==, 201);
}

SandboxReply *
session_download (SessionFixture *fixture, const char *url)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read (fixture->client.session, message, NULL, &error);

  g_assert_no_error (error);
  return take_reply (message, bytes);
}
