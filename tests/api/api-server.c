/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "api-server.h"

typedef struct
{
  guint status;
  char *headers; /* nullable: "Name: value" lines */
  char *type;    /* nullable */
  char *body;    /* nullable */
} Answer;

struct _ApiServer
{
  SoupServer *server; /* lives in the thread */
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *url;

  GMutex mutex;
  GQueue answers;     /* Answer */
  GPtrArray *records; /* ApiRecord */
};

ApiGolden *
api_golden_load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "api", file, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  ApiGolden *self = g_new0 (ApiGolden, 1);

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  self->root = json_parser_steal_root (parser);
  self->object = json_node_get_object (self->root);
  return self;
}

void
api_golden_free (ApiGolden *self)
{
  json_node_unref (self->root);
  g_free (self);
}

char *
api_golden_dup_reply (ApiGolden *self)
{
  return json_to_string (json_object_get_member (self->object, "reply"), FALSE);
}

JsonObject *
api_golden_get_reply (ApiGolden *self)
{
  return json_object_get_object_member (self->object, "reply");
}

static void
answer_free (Answer *answer)
{
  g_free (answer->headers);
  g_free (answer->type);
  g_free (answer->body);
  g_free (answer);
}

static void
record_free (ApiRecord *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

const char *
api_record_get_header (const ApiRecord *self, const char *lower_case_name)
{
  return g_hash_table_lookup (self->headers, lower_case_name);
}

static void
assert_headers (const ApiRecord *self, JsonObject *headers)
{
  g_autoptr (GList) names = json_object_get_members (headers);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_ascii_strdown (l->data, -1);

      if (!g_str_equal (name, "idempotency-key"))
        g_assert_cmpstr (api_record_get_header (self, name),
                         ==,
                         json_object_get_string_member (headers, l->data));
    }
  if (json_object_has_member (headers, "Idempotency-Key"))
    g_assert_cmpuint (strlen (api_record_get_header (self, "idempotency-key")), >=, 16);
  else
    g_assert_null (api_record_get_header (self, "idempotency-key"));
}

static void
assert_query (const ApiRecord *self, JsonObject *query)
{
  g_autoptr (GHashTable) pairs = self->query != NULL ? soup_form_decode (self->query) : NULL;
  g_autoptr (GList) names = query != NULL ? json_object_get_members (query) : NULL;

  g_assert_cmpuint (g_list_length (names), ==, pairs != NULL ? g_hash_table_size (pairs) : 0);
  for (GList *l = names; l != NULL; l = l->next)
    g_assert_cmpstr (
        g_hash_table_lookup (pairs, l->data), ==, json_object_get_string_member (query, l->data));
}

static void
assert_body (const ApiRecord *self, JsonNode *wanted)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (self->body, &length);

  if (wanted == NULL)
    {
      g_assert_cmpuint (length, ==, 0);
      return;
    }
  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (api_record_get_header (self, "content-type"), ==, "application/json");
  if (!json_node_equal (json_parser_get_root (parser), wanted))
    {
      g_autofree char *wanted_text = json_to_string (wanted, FALSE);

      g_error ("the body is %.*s, not %s", (int) length, text, wanted_text);
    }
}

/* The request is the one the golden file shows. */
void
api_record_assert (const ApiRecord *self, ApiGolden *golden)
{
  JsonObject *request = json_object_get_object_member (golden->object, "request");
  JsonObject *query = NULL;

  if (json_object_has_member (request, "query"))
    query = json_object_get_object_member (request, "query");
  g_assert_cmpstr (self->method, ==, json_object_get_string_member (golden->object, "method"));
  g_assert_cmpstr (self->path, ==, json_object_get_string_member (golden->object, "path"));
  assert_headers (self, json_object_get_object_member (request, "headers"));
  assert_query (self, query);
  assert_body (self, json_object_get_member (request, "body"));
}

static ApiRecord *
make_record (SoupServerMessage *message)
{
  ApiRecord *record = g_new0 (ApiRecord, 1);
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  SoupMessageHeadersIter iter;
  const char *name = NULL;
  const char *value = NULL;

  record->method = g_strdup (soup_server_message_get_method (message));
  record->path = g_strdup (g_uri_get_path (uri));
  record->query = g_strdup (g_uri_get_query (uri));
  record->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_hash_table_replace (record->headers, g_ascii_strdown (name, -1), g_strdup (value));
  record->body = soup_message_body_flatten (body);
  return record;
}

static void
give (SoupServerMessage *message, const Answer *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_auto (GStrv) lines = g_strsplit (answer->headers != NULL ? answer->headers : "", "\n", -1);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, ": ", 2);

      soup_message_headers_append (headers, parts[0], parts[1]);
    }
  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->body != NULL)
    soup_server_message_set_response (
        message, answer->type, SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
}

static void
handle_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  ApiServer *self = user_data;
  Answer *answer = NULL;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->records, make_record (message));
  answer = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->mutex);

  if (answer == NULL)
    g_error ("unexpected request %s %s", soup_server_message_get_method (message), path);
  give (message, answer);
  answer_free (answer);
}

static gpointer
serve (gpointer data)
{
  ApiServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* @certificate nullable: then it speaks plain HTTP */
ApiServer *
api_server_new (GTlsCertificate *certificate)
{
  ApiServer *self = g_new0 (ApiServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris = NULL;
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;

  g_mutex_init (&self->mutex);
  g_queue_init (&self->answers);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) record_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  if (certificate != NULL)
    {
      soup_server_set_tls_certificate (self->server, certificate);
      options |= SOUP_SERVER_LISTEN_HTTPS;
    }
  soup_server_listen_local (self->server, 0, options, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_uri_to_string (uris->data);
  self->url[strlen (self->url) - 1] = '\0'; /* the path */
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_context_pop_thread_default (self->context);

  self->thread = g_thread_new ("api-server", serve, self);
  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
api_server_free (ApiServer *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_queue_clear_full (&self->answers, (GDestroyNotify) answer_free);
  g_ptr_array_unref (self->records);
  g_mutex_clear (&self->mutex);
  g_free (self->url);
  g_free (self);
}

const char *
api_server_get_url (ApiServer *self)
{
  return self->url;
}

/* What the next request gets that has no answer yet. */
void
api_server_answer (
    ApiServer *self, guint status, const char *headers, const char *type, const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->headers = g_strdup (headers);
  answer->type = g_strdup (type);
  answer->body = g_strdup (body);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->answers, answer);
  g_mutex_unlock (&self->mutex);
}

void
api_server_answer_golden (ApiServer *self, ApiGolden *golden)
{
  g_autoptr (GString) headers = g_string_new (NULL);
  JsonObject *object = json_object_get_object_member (golden->object, "headers");
  g_autoptr (GList) names = json_object_get_members (object);
  g_autofree char *body = api_golden_dup_reply (golden);

  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (headers,
                            "%s%s: %s",
                            headers->len > 0 ? "\n" : "",
                            (const char *) l->data,
                            json_object_get_string_member (object, l->data));
  api_server_answer (self,
                     (guint) json_object_get_int_member (golden->object, "status"),
                     headers->str,
                     "application/json",
                     body);
}

guint
api_server_count (ApiServer *self)
{
  guint count = 0;

  g_mutex_lock (&self->mutex);
  count = self->records->len;
  g_mutex_unlock (&self->mutex);
  return count;
}

/* Only when nothing is under way. */
const ApiRecord *
api_server_peek (ApiServer *self, guint index)
{
  const ApiRecord *record = NULL;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->records->len);
  record = g_ptr_array_index (self->records, index);
  g_mutex_unlock (&self->mutex);
  return record;
}

/* @user_data is a GAsyncResult **. */
void
api_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

GAsyncResult *
api_await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}
