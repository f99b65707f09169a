/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

#include <libsoup/soup.h>

#include "core-test.h"

typedef struct
{
  char *id;
  char *status;
  int created_s;
  int updated_s;
} FakeSession;

struct _FakeServer
{
  SoupServer *server;
  char *url;
  guint port;

  GPtrArray *sessions; /* FakeSession, oldest first */
  GPtrArray *held;     /* SoupServerMessage */
  GString *log;
  guint counts[FAKE_N_CALLS];
  guint in_flight;
  guint max_in_flight;
  gint64 last_at;
  int changes;
  guint n_workflows;

  gboolean words;
  gboolean holding;
  int token_expires_s;
  double scale;
  guint fail_status;
  int fail_retry_after_s;
  int fail_times;
  int limit;
  int remaining;
};

static void
session_free (gpointer data)
{
  FakeSession *session = data;

  g_free (session->id);
  g_free (session->status);
  g_free (session);
}

static FakeSession *
find (FakeServer *self, const char *id)
{
  for (guint i = 0; i < self->sessions->len; i++)
    {
      FakeSession *session = g_ptr_array_index (self->sessions, i);

      if (g_str_equal (session->id, id))
        return session;
    }
  return NULL;
}

static void
write_session (FakeServer *self, const FakeSession *session, GString *json)
{
  g_autofree char *created = vrf_time_format (CORE_TEST_NOON + session->created_s * CORE_TEST_S);
  g_autofree char *updated = vrf_time_format (CORE_TEST_NOON + session->updated_s * CORE_TEST_S);
  g_autofree char *expires = vrf_time_format (CORE_TEST_NOON + self->token_expires_s * CORE_TEST_S);
  gboolean open = g_str_equal (session->status, "pending");
  gboolean done = g_str_equal (session->status, "completed");

  g_string_append_printf (json,
                          "{'id':'%s','status':'%s','is_sandbox':true,'created_at':'%s',"
                          "'updated_at':'%s','external_ref':'ref-%s','metadata':{},'tags':[]",
                          session->id,
                          session->status,
                          created,
                          updated,
                          session->id);
  if (open)
    g_string_append_printf (json,
                            ",'capture_url':'http://127.0.0.1:1/verify/tok_%s',"
                            "'token_expires_at':'%s'",
                            session->id,
                            expires);
  if (done && self->words)
    g_string_append (json, ",'result_status':'approved','risk_level':'low'");
  g_string_append_c (json, '}');
}

static FakeCall
answer_list (FakeServer *self, GHashTable *query, GString *json)
{
  const char *offset_text = query != NULL ? g_hash_table_lookup (query, "offset") : NULL;
  const char *limit_text = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;
  const char *q = query != NULL ? g_hash_table_lookup (query, "q") : NULL;
  guint offset = offset_text != NULL ? (guint) g_ascii_strtoull (offset_text, NULL, 10) : 0;
  guint limit = limit_text != NULL ? (guint) g_ascii_strtoull (limit_text, NULL, 10) : 50;
  guint total = 0;
  guint n_written = 0;

  g_string_append_printf (
      self->log, "list %u%s%s, ", offset, q != NULL ? " " : "", q != NULL ? q : "");
  g_string_append (json, "{'data':[");
  for (guint i = self->sessions->len; i > 0; i--)
    {
      const FakeSession *session = g_ptr_array_index (self->sessions, i - 1);

      if (q != NULL && strstr (session->id, q) == NULL)
        continue;
      if (total++ < offset || n_written >= limit)
        continue;
      if (n_written++ > 0)
        g_string_append_c (json, ',');
      write_session (self, session, json);
    }
  g_string_append_printf (
      json, "],'pagination':{'total':%u,'limit':%u,'offset':%u}}", total, limit, offset);
  return FAKE_LIST;
}

static FakeCall
answer_detail (FakeServer *self, FakeSession *session, const char *what, GString *json)
{
  gboolean done =
      g_str_equal (session->status, "completed") || g_str_equal (session->status, "under_review");

  if (what == NULL)
    {
      g_string_append_printf (self->log, "session %s, ", session->id);
      write_session (self, session, json);
      return FAKE_SESSION;
    }
  g_string_append_printf (self->log, "%s %s, ", what, session->id);
  if (g_str_equal (what, "links"))
    {
      g_string_append (json, "{'data':[{'id':'slink_1','status':'consumed'}]}");
      return FAKE_LINKS;
    }
  if (g_str_equal (what, "result"))
    {
      if (done)
        g_string_append_printf (json,
                                "{'session_id':'%s','status':'approved','extracted_data':{},"
                                "'face_match_score':0.95}",
                                session->id);
      return FAKE_RESULT;
    }
  if (done)
    g_string_append_printf (
        json, "{'session_id':'%s','risk_score':8,'risk_level':'low','signals':[]}", session->id);
  return FAKE_RISK;
}

static FakeCall
answer_workflows (FakeServer *self, GString *json)
{
  g_string_append (json, "{'data':[");
  for (guint i = 1; i <= self->n_workflows; i++)
    g_string_append_printf (json,
                            "%s{'id':'w%u','name':'Workflow %u','version':1,'is_active':true,"
                            "'is_default':%s}",
                            i > 1 ? "," : "",
                            i,
                            i,
                            i == self->n_workflows ? "true" : "false");
  g_string_append (json, "]}");
  return FAKE_WORKFLOWS;
}

static FakeCall
answer (FakeServer *self, const char *path, GHashTable *query, GString *json)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1); /* "", api, v1, sessions, id, what */
  guint n_parts = g_strv_length (parts);
  FakeSession *session = n_parts >= 5 ? find (self, parts[4]) : NULL;

  if (g_str_equal (path, "/api/v1/sessions"))
    return answer_list (self, query, json);
  if (g_str_equal (path, "/api/v1/workflows"))
    return answer_workflows (self, json);
  if (session != NULL)
    return answer_detail (self, session, n_parts >= 6 ? parts[5] : NULL, json);
  if (n_parts == 5)
    {
      g_string_append_printf (self->log, "session %s, ", parts[4]);
      return FAKE_SESSION;
    }
  return FAKE_OTHER;
}

static void
set_headers (FakeServer *self, SoupMessageHeaders *headers)
{
  g_autofree char *noon = vrf_time_format_ms (CORE_TEST_NOON);
  g_autofree char *time = g_strdup_printf ("%s; scale=%g", noon, self->scale);

  soup_message_headers_replace (headers, "X-Sandbox-Time", time);
  if (self->limit > 0)
    {
      g_autofree char *limit = g_strdup_printf ("%d", self->limit);
      g_autofree char *remaining = g_strdup_printf ("%d", self->remaining);

      soup_message_headers_replace (headers, "X-RateLimit-Limit", limit);
      soup_message_headers_replace (headers, "X-RateLimit-Remaining", remaining);
      soup_message_headers_replace (headers, "X-RateLimit-Reset", "1769947260");
    }
}

static void
set_failure (FakeServer *self, SoupServerMessage *message, GString *json)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (self->fail_times > 0)
    self->fail_times--;
  soup_server_message_set_status (message, self->fail_status, NULL);
  if (self->fail_retry_after_s >= 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%d", self->fail_retry_after_s);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  g_string_printf (
      json, "{'error':'fault','detail':'As told.','status_code':%u}", self->fail_status);
}

static void
finished_cb (SoupServerMessage *message, FakeServer *self)
{
  self->in_flight--;
}

static void
handler_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  FakeServer *self = user_data;
  g_autoptr (GString) json = g_string_new (NULL);
  FakeCall call = answer (self, path, query, json);

  self->counts[call]++;
  self->last_at = g_get_monotonic_time ();
  if (call == FAKE_LIST || call == FAKE_SESSION)
    {
      self->in_flight++;
      self->max_in_flight = MAX (self->max_in_flight, self->in_flight);
      g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
    }

  if (self->fail_times != 0)
    set_failure (self, message, json);
  else if (json->len > 0)
    soup_server_message_set_status (message, 200, NULL);
  else
    {
      soup_server_message_set_status (message, 404, NULL);
      g_string_assign (json, "{'error':'not_found','detail':'Not found.','status_code':404}");
    }
  set_headers (self, soup_server_message_get_response_headers (message));
  g_strdelimit (json->str, "'", '"');
  soup_server_message_set_response (
      message, "application/json", SOUP_MEMORY_COPY, json->str, json->len);
  if (self->holding)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
    }
}

FakeServer *
fake_server_new (void)
{
  FakeServer *self = g_new0 (FakeServer, 1);

  self->sessions = g_ptr_array_new_with_free_func (session_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->log = g_string_new (NULL);
  self->words = TRUE;
  self->token_expires_s = 1200;
  self->scale = 1;
  fake_server_open (self);
  return self;
}

void
fake_server_close (FakeServer *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

void
fake_server_open (FakeServer *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris = NULL;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handler_cb, self, NULL);
  soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_free (self->url);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

void
fake_server_free (FakeServer *self)
{
  if (self->server != NULL)
    fake_server_close (self);
  g_ptr_array_unref (self->sessions);
  g_ptr_array_unref (self->held);
  g_string_free (self->log, TRUE);
  g_free (self->url);
  g_free (self);
}

const char *
fake_server_get_url (FakeServer *self)
{
  return self->url;
}

void
fake_server_add (FakeServer *self, const char *id, const char *status)
{
  FakeSession *session = g_new0 (FakeSession, 1);

  session->id = g_strdup (id);
  session->status = g_strdup (status);
  session->created_s = (int) self->sessions->len;
  session->updated_s = session->created_s;
  g_ptr_array_add (self->sessions, session);
}

void
fake_server_set_status (FakeServer *self, const char *id, const char *status)
{
  FakeSession *session = find (self, id);

  g_free (session->status);
  session->status = g_strdup (status);
  session->updated_s = 10000 + self->changes++;
}

void
fake_server_set_workflows (FakeServer *self, guint n_workflows)
{
  self->n_workflows = n_workflows;
}

void
fake_server_set_words (FakeServer *self, gboolean words)
{
  self->words = words;
}

void
fake_server_set_expiry (FakeServer *self, int token_expires_s, double scale)
{
  self->token_expires_s = token_expires_s;
  self->scale = scale;
}

void
fake_server_fail (FakeServer *self, guint status, int retry_after_s, int n_times)
{
  self->fail_status = status;
  self->fail_retry_after_s = retry_after_s;
  self->fail_times = n_times;
}

void
fake_server_set_budget (FakeServer *self, int limit, int remaining)
{
  self->limit = limit;
  self->remaining = remaining;
}

void
fake_server_hold (FakeServer *self)
{
  self->holding = TRUE;
}

void
fake_server_release (FakeServer *self)
{
  self->holding = FALSE;
  for (guint i = 0; i < self->held->len; i++)
    soup_server_message_unpause (g_ptr_array_index (self->held, i));
  g_ptr_array_set_size (self->held, 0);
}

guint
fake_server_count (FakeServer *self, FakeCall call)
{
  return self->counts[call];
}

guint
fake_server_count_all (FakeServer *self)
{
  guint count = 0;

  for (guint i = 0; i < FAKE_N_CALLS; i++)
    count += self->counts[i];
  return count;
}

guint
fake_server_max_in_flight (FakeServer *self)
{
  return self->max_in_flight;
}

gint64
fake_server_last_at (FakeServer *self)
{
  return self->last_at;
}

const char *
fake_server_get_log (FakeServer *self)
{
  return self->log->str;
}

void
fake_server_reset_log (FakeServer *self)
{
  g_string_truncate (self->log, 0);
}
