/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-client.h"

void
sandbox_client_start (SandboxClient *self, const VrfSandboxOptions *options)
{
  static const VrfSandboxOptions defaults = {
    .sandbox_key = SANDBOX_KEY,
    .live_key = LIVE_KEY,
    .plan = "enterprise",
  };
  g_autoptr (GError) error = NULL;

  self->sandbox = vrf_sandbox_new (options != NULL ? options : &defaults);
  vrf_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
  self->session = soup_session_new ();
}

void
sandbox_client_stop (SandboxClient *self)
{
  g_assert_finalize_object (self->session);
  vrf_sandbox_stop (self->sandbox);
  g_assert_finalize_object (self->sandbox);
}

/* @headers: names and values in turn, NULL at the end. */
SandboxReply *
sandbox_client_send (SandboxClient *self,
                     const char *method,
                     const char *path,
                     const char *const *headers,
                     const char *body)
{
  g_autofree char *uri = g_strconcat (vrf_sandbox_get_api_url (self->sandbox), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GError) error = NULL;
  SandboxReply *reply = g_new0 (SandboxReply, 1);

  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    soup_message_headers_replace (
        soup_message_get_request_headers (message), headers[i], headers[i + 1]);
  if (body != NULL)
    {
      const char *type =
          soup_message_headers_get_one (soup_message_get_request_headers (message), "Content-Type");
      g_autofree char *kept = g_strdup (type != NULL ? type : "application/json");

      sent = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, kept, sent);
    }

  bytes = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  reply->status = soup_message_get_status (message);
  reply->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  /* No bytes are no text for g_strndup(). */
  reply->text = g_bytes_get_size (bytes) > 0
                    ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                    : g_strdup ("");
  reply->json = json_from_string (reply->text, NULL);
  return reply;
}

/* With the sandbox key. */
SandboxReply *
sandbox_client_call (SandboxClient *self, const char *method, const char *path, const char *body)
{
  static const char *const headers[] = { "X-API-Key", SANDBOX_KEY, NULL };

  return sandbox_client_send (self, method, path, headers, body);
}

/* Returns: the id. */
char *
sandbox_client_create (SandboxClient *self, const char *body)
{
  g_autoptr (SandboxReply) reply = sandbox_client_call (self, "POST", "/api/v1/sessions", body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "id"));
}

char *
sandbox_client_path (const char *id, const char *rest)
{
  return g_strconcat ("/api/v1/sessions/", id, rest, NULL);
}

void
sandbox_reply_free (SandboxReply *reply)
{
  soup_message_headers_unref (reply->headers);
  g_clear_pointer (&reply->json, json_node_unref);
  g_free (reply->text);
  g_free (reply);
}

JsonObject *
sandbox_reply_object (SandboxReply *reply)
{
  g_assert_nonnull (reply->json);
  return json_node_get_object (reply->json);
}

const char *
sandbox_reply_string (SandboxReply *reply, const char *name)
{
  return json_object_get_string_member_with_default (sandbox_reply_object (reply), name, NULL);
}

void
sandbox_reply_assert_error (SandboxReply *reply, guint status, const char *code)
{
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (sandbox_reply_string (reply, "error"), ==, code);
  g_assert_nonnull (sandbox_reply_string (reply, "detail"));
  g_assert_cmpint (
      json_object_get_int_member (sandbox_reply_object (reply), "status_code"), ==, status);
}
