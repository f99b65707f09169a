/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "capture-client.h"

#include "base/vrf-json.h"

#define SANDBOX_KEY "vk_sandbox_0123456789abcdef0123456789abcdef"
#define LIVE_KEY "vk_live_0123456789abcdef0123456789abcdef"

void
client_set_up (Client *client, gconstpointer unused)
{
  VrfSandboxOptions options = { .sandbox_key = SANDBOX_KEY, .live_key = LIVE_KEY };
  g_autoptr (GError) error = NULL;

  client->sandbox = vrf_sandbox_new (&options);
  g_assert_true (vrf_sandbox_start (client->sandbox, &error));
  g_assert_no_error (error);
  client->http = soup_session_new ();
}

void
client_tear_down (Client *client, gconstpointer unused)
{
  soup_session_abort (client->http);
  g_assert_finalize_object (client->http);
  vrf_sandbox_stop (client->sandbox);
  g_assert_finalize_object (client->sandbox);
  g_free (client->session_id);
  g_free (client->token);
  g_free (client->cookie);
}

void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->json, json_node_unref);
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_clear_pointer (&answer->headers, soup_message_headers_unref);
  g_free (answer);
}

const char *
answer_text (Answer *answer, const char *member)
{
  g_assert_nonnull (answer->json);

  return json_object_get_string_member_with_default (
      json_node_get_object (answer->json), member, NULL);
}

static Answer *
send (Client *client, SoupMessage *message)
{
  Answer *answer = g_new0 (Answer, 1);
  g_autoptr (GError) error = NULL;
  const char *type = NULL;

  answer->body = soup_session_send_and_read (client->http, message, NULL, &error);
  g_assert_no_error (error);
  answer->status = soup_message_get_status (message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  type = soup_message_headers_get_content_type (answer->headers, NULL);
  if (g_strcmp0 (type, "application/json") == 0)
    {
      answer->json = vrf_json_parse (answer->body, 1024 * 1024, &error);
      g_assert_no_error (error);
    }

  return answer;
}

static SoupMessage *
make_message (Client *client, const char *method, const char *path)
{
  g_autofree char *base = g_strdup (vrf_sandbox_get_capture_url (client->sandbox));
  g_autofree char *url = NULL;
  SoupMessage *message = NULL;

  *strstr (base, "/verify") = '\0';
  url = g_strconcat (base, path, NULL);
  message = soup_message_new (method, url);
  g_assert_nonnull (message);

  return message;
}

Answer *
client_call (Client *client, const char *method, const char *path, const char *type, GBytes *body)
{
  g_autoptr (SoupMessage) message = make_message (client, method, path);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (Answer) answer = NULL;
  const char *cookie = NULL;

  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, type, body);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (client->cookie != NULL)
    soup_message_headers_replace (headers, "Cookie", client->cookie);

  answer = send (client, message);
  cookie = soup_message_headers_get_one (answer->headers, "Set-Cookie");
  if (cookie != NULL)
    {
      g_free (client->cookie);
      client->cookie = g_strndup (cookie, strcspn (cookie, ";"));
    }

  return g_steal_pointer (&answer);
}

Answer *
client_api (Client *client, const char *method, const char *path, const char *body)
{
  g_autofree char *full = g_strconcat ("/api/v1", path, NULL);
  g_autoptr (SoupMessage) message = make_message (client, method, full);

  soup_message_headers_replace (soup_message_get_request_headers (message),
                                "X-API-Key",
                                client->is_live ? LIVE_KEY : SANDBOX_KEY);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  return send (client, message);
}

void
client_create (Client *client, const char *body)
{
  g_autoptr (Answer) answer = client_api (client, "POST", "/sessions", body);
  const char *url = NULL;

  g_assert_cmpuint (answer->status, ==, 201);
  url = answer_text (answer, "capture_url");
  g_free (client->session_id);
  g_free (client->token);
  g_clear_pointer (&client->cookie, g_free);
  client->session_id = g_strdup (answer_text (answer, "id"));
  client->token = g_strdup (strrchr (url, '/') + 1);
}

static char *
dup_path (Client *client, const char *step)
{
  return g_strconcat ("/verify/", client->token, step, NULL);
}

Answer *
client_visit (Client *client)
{
  g_autofree char *path = dup_path (client, "");

  return client_call (client, "GET", path, NULL, NULL);
}

Answer *
client_post (Client *client, const char *step, const char *body)
{
  g_autofree char *path = dup_path (client, step);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  return client_call (client, "POST", path, "application/json", bytes);
}

/* fields: parts before the file's, as they stand in the body, each with its own delimiter. */
Answer *
client_upload (Client *client, const char *step, const char *fields, GBytes *file)
{
  static const char head[] = "--b\r\nContent-Disposition: form-data; name=\"file\"; "
                             "filename=\"x.exe\"\r\nContent-Type: text/html\r\n\r\n";
  g_autofree char *path = dup_path (client, step);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  g_byte_array_append (body, (const guint8 *) fields, strlen (fields));
  if (file != NULL)
    {
      g_byte_array_append (body, (const guint8 *) head, strlen (head));
      g_byte_array_append (body, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
      g_byte_array_append (body, (const guint8 *) "\r\n", 2);
    }
  g_byte_array_append (body, (const guint8 *) "--b--\r\n", 7);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&body));

  return client_call (client, "POST", path, "multipart/form-data; boundary=b", bytes);
}

char *
client_dup_status (Client *client)
{
  g_autofree char *path = g_strconcat ("/sessions/", client->session_id, NULL);
  g_autoptr (Answer) answer = client_api (client, "GET", path, NULL);

  g_assert_cmpuint (answer->status, ==, 200);

  return g_strdup (answer_text (answer, "status"));
}

/* The steps as "consent:done document_type:todo …". */
char *
client_dup_steps (Client *client)
{
  g_autoptr (Answer) answer = client_visit (client);
  GString *text = g_string_new (NULL);
  JsonArray *steps = NULL;

  g_assert_cmpuint (answer->status, ==, 200);
  steps = json_object_get_array_member (json_node_get_object (answer->json), "steps");
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      g_string_append_printf (text,
                              "%s%s:%s",
                              i > 0 ? " " : "",
                              json_object_get_string_member (step, "id"),
                              json_object_get_string_member (step, "state"));
    }

  return g_string_free (text, FALSE);
}

/* The head of a PNG of that size: as much of it as anybody here reads. */
GBytes *
client_make_png (guint width, guint height)
{
  guint8 png[45] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

  for (guint i = 0; i < 4; i++)
    {
      png[16 + i] = width >> (24 - 8 * i) & 0xff;
      png[20 + i] = height >> (24 - 8 * i) & 0xff;
    }

  return g_bytes_new (png, sizeof png);
}

Answer *
client_ask_liveness (Client *client)
{
  g_autofree char *path = g_strconcat ("/verify/", client->token, "/liveness", NULL);

  return client_call (client, "GET", path, NULL, NULL);
}

/* What answers @asked as it was asked, or from the last to the first. */
char *
client_dup_liveness (Answer *asked, gboolean is_backwards)
{
  JsonArray *names =
      json_object_get_array_member (json_node_get_object (asked->json), "challenges");

  return g_strdup_printf ("{\"nonce\":\"%s\",\"challenges\":[\"%s\",\"%s\",\"%s\"]}",
                          answer_text (asked, "nonce"),
                          json_array_get_string_element (names, is_backwards ? 2 : 0),
                          json_array_get_string_element (names, 1),
                          json_array_get_string_element (names, is_backwards ? 0 : 2));
}
