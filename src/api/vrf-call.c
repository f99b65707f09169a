/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "api/vrf-call.h"
#include "api/vrf-api-client-private.h"
#include "api/vrf-retry.h"
#include "base/vrf-error.h"

#define LIST_MAX 1000

struct _VrfCall
{
  const char *method; /* static */
  GString *path;
  gboolean has_query;
  GBytes *body;
  char *idempotency_key;
  VrfDecode decode; /* NULL: the answer is a file */
  GDestroyNotify free_model;
  GError *problem; /* why it is not sent at all */
  guint attempts;  /* made so far */
  gboolean is_once;
  VrfActivityItem *item; /* owned, nullable: what is remembered of it */
};

static void
vrf_call_free (VrfCall *self)
{
  g_string_free (self->path, TRUE);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->idempotency_key);
  g_clear_error (&self->problem);
  g_clear_object (&self->item);
  g_free (self);
}

static VrfCall *
new_below (const char *root,
           const char *method,
           const char *path,
           VrfDecode decode,
           GDestroyNotify free_model)
{
  VrfCall *self = g_new0 (VrfCall, 1);

  self->method = method;
  self->path = g_string_new (root);
  g_string_append (self->path, path);
  self->decode = decode;
  self->free_model = free_model;
  return self;
}

/**
 * vrf_call_new:
 * @method: (transfer none): static
 * @path: what follows `/api/v1/`, constant
 * @decode: makes the model of the answer
 * @free_model: frees it
 *
 * Returns: (transfer full): a call, which vrf_call_run() takes
 */
VrfCall *
vrf_call_new (const char *method, const char *path, VrfDecode decode, GDestroyNotify free_model)
{
  return new_below ("/api/v1/", method, path, decode, free_model);
}

/* An id as the API gave it; one that would leave its place in the path is not sent. */
static gboolean
append_id (VrfCall *self, const char *id)
{
  if (id == NULL || *id == '\0' || g_str_equal (id, ".") || g_str_equal (id, "..")
      || !g_utf8_validate (id, -1, NULL))
    return FALSE;
  g_string_append_uri_escaped (self->path, id, NULL, FALSE);
  return TRUE;
}

/**
 * vrf_call_new_for_session:
 * @method: (transfer none): static
 * @session_id: as the API gave it; escaped here
 * @suffix: (nullable): what follows it, constant
 * @decode: makes the model of the answer
 * @free_model: frees it
 *
 * An id that would leave its place in the path makes the call fail with %VRF_ERROR_ARGUMENT.
 *
 * Returns: (transfer full): a call on `/sessions/{id}[/suffix]`
 */
VrfCall *
vrf_call_new_for_session (const char *method,
                          const char *session_id,
                          const char *suffix,
                          VrfDecode decode,
                          GDestroyNotify free_model)
{
  VrfCall *self = vrf_call_new (method, "sessions/", decode, free_model);

  if (!append_id (self, session_id))
    vrf_call_fail (
        self, g_error_new_literal (VRF_ERROR, VRF_ERROR_ARGUMENT, _ ("This is not a session ID.")));
  else if (suffix != NULL)
    g_string_append_printf (self->path, "/%s", suffix);
  return self;
}

/**
 * vrf_call_new_for_tool:
 * @method: (transfer none): static
 * @tool: what only our sandbox has (src/sandbox/README.md), constant
 * @id: (nullable): of the item meant, as the API gave it; escaped here
 * @decode: makes the model of the answer
 * @free_model: frees it
 *
 * An @id that would leave its place in the path makes the call fail with %VRF_ERROR_ARGUMENT.
 *
 * Returns: (transfer full): a call on `/_sandbox/{tool}[/id]`
 */
VrfCall *
vrf_call_new_for_tool (const char *method,
                       const char *tool,
                       const char *id,
                       VrfDecode decode,
                       GDestroyNotify free_model)
{
  VrfCall *self = new_below ("/_sandbox/", method, tool, decode, free_model);

  if (id == NULL)
    return self;
  g_string_append_c (self->path, '/');
  if (!append_id (self, id))
    vrf_call_fail (
        self, g_error_new_literal (VRF_ERROR, VRF_ERROR_ARGUMENT, _ ("This is not an item’s ID.")));
  return self;
}

/**
 * vrf_call_new_for_item:
 * @method: (transfer none): static
 * @collection: `cases`, `webhooks/endpoints`, …, constant
 * @id: of the item, as the API gave it; escaped here
 * @suffix: (nullable): what follows it, constant
 * @decode: makes the model of the answer
 * @free_model: frees it
 *
 * An @id that would leave its place in the path makes the call fail with %VRF_ERROR_ARGUMENT.
 *
 * Returns: (transfer full): a call on `/{collection}/{id}[/suffix]`
 */
VrfCall *
vrf_call_new_for_item (const char *method,
                       const char *collection,
                       const char *id,
                       const char *suffix,
                       VrfDecode decode,
                       GDestroyNotify free_model)
{
  VrfCall *self = vrf_call_new (method, collection, decode, free_model);

  vrf_call_add_segment (self, id);
  if (suffix != NULL)
    vrf_call_add_segment (self, suffix);
  return self;
}

/**
 * vrf_call_add_segment:
 * @segment: a name as the API gave it, or a constant; escaped here
 *
 * Adds `/{segment}` to the path; before any query. One that would leave its place makes the call
 * fail with %VRF_ERROR_ARGUMENT.
 */
void
vrf_call_add_segment (VrfCall *self, const char *segment)
{
  g_string_append_c (self->path, '/');
  if (!append_id (self, segment))
    vrf_call_fail (
        self, g_error_new_literal (VRF_ERROR, VRF_ERROR_ARGUMENT, _ ("This is not an item’s ID.")));
}

/**
 * vrf_call_new_for_file:
 * @url: a signed link as the API gave it, whole
 * @base_url: of the client
 *
 * The answer is its bytes (GBytes), whatever they are. A link to another server than the client's
 * makes the call fail with %VRF_ERROR_REPLY: nothing is sent there.
 *
 * Returns: (transfer full): a call
 */
VrfCall *
vrf_call_new_for_file (const char *url, const char *base_url)
{
  VrfCall *self = new_below ("", "GET", "", NULL, (GDestroyNotify) g_bytes_unref);
  gsize length = strlen (base_url);

  if (url != NULL && g_str_has_prefix (url, base_url) && url[length] == '/'
      && g_utf8_validate (url, -1, NULL))
    g_string_append (self->path, url + length);
  else
    vrf_call_fail (self,
                   g_error_new_literal (VRF_ERROR,
                                        VRF_ERROR_REPLY,
                                        _ ("The file is on another server and was not fetched.")));
  return self;
}

/** vrf_call_add_query: @value is escaped; %NULL and empty are left out */
void
vrf_call_add_query (VrfCall *self, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append_printf (self->path, "%c%s=", self->has_query ? '&' : '?', name);
  g_string_append_uri_escaped (self->path, value, NULL, FALSE);
  self->has_query = TRUE;
}

/** vrf_call_add_query_number: 0 is left out */
void
vrf_call_add_query_number (VrfCall *self, const char *name, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  if (value > 0)
    vrf_call_add_query (self, name, text);
}

/** vrf_call_take_body: @body (transfer full) */
void
vrf_call_take_body (VrfCall *self, JsonObject *body)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  char *text = NULL;

  json_node_take_object (node, body);
  text = vrf_json_to_text (node);
  self->body = g_bytes_new_take (text, strlen (text));
}

/** vrf_call_set_idempotency_key: @key nullable: then one is made, so that it can be retried */
void
vrf_call_set_idempotency_key (VrfCall *self, const char *key)
{
  g_free (self->idempotency_key);
  self->idempotency_key = key != NULL ? g_strdup (key) : g_uuid_string_random ();
}

/** vrf_call_set_once: the first answer, or none, is the outcome */
void
vrf_call_set_once (VrfCall *self)
{
  self->is_once = TRUE;
}

/** vrf_call_fail: the call will answer with @error (transfer full) instead of being sent */
void
vrf_call_fail (VrfCall *self, GError *error)
{
  if (self->problem == NULL)
    self->problem = error;
  else
    g_error_free (error);
}

/* The end */

static void
fail (GTask *task, GError *error)
{
  VrfCall *self = g_task_get_task_data (task);

  if (self->item != NULL)
    vrf_activity_item_end (self->item, error);
  g_task_return_error (task, error);
}

static void
succeed (GTask *task, gpointer model)
{
  VrfCall *self = g_task_get_task_data (task);

  if (self->item != NULL)
    vrf_activity_item_end (self->item, NULL);
  g_task_return_pointer (task, model, self->free_model);
}

static gboolean
fail_if_cancelled (GTask *task)
{
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    return FALSE;
  fail (task, error);
  return TRUE;
}

/* Attempts */

static void
attempt (GTask *task);

static gboolean
waited_cb (gpointer user_data)
{
  GTask *task = G_TASK (user_data);

  if (!fail_if_cancelled (task))
    attempt (task);
  return G_SOURCE_REMOVE;
}

/* A timer that cancelling the call ends at once. The source holds the task. */
static void
wait (GTask *task, guint delay_ms)
{
  g_autoptr (GSource) timer = g_timeout_source_new (delay_ms);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_source_set_static_name (timer, "vrf retry");
  if (cancellable != NULL)
    {
      g_autoptr (GSource) watch = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (watch);
      g_source_add_child_source (timer, watch);
    }
  g_source_set_callback (timer, waited_cb, g_object_ref (task), g_object_unref);
  g_source_attach (timer, g_task_get_context (task));
}

/* Whether another attempt was begun. */
static gboolean
try_again (GTask *task, guint http_status, int retry_after_s)
{
  VrfApiClient *client = g_task_get_source_object (task);
  VrfTransport *transport = vrf_api_client_get_transport (client);
  VrfCall *self = g_task_get_task_data (task);
  VrfRequest request = { .method = self->method, .idempotency_key = self->idempotency_key };
  VrfRetryOutcome outcome = { .http_status = http_status, .retry_after_s = retry_after_s };
  int delay_ms = VRF_RETRY_STOP;

  if (self->is_once || self->attempts >= vrf_api_client_get_max_attempts (client))
    return FALSE;
  outcome.may_repeat = vrf_request_may_repeat (&request);
  delay_ms = vrf_retry_delay_ms (self->attempts, &outcome, g_random_double ());
  if (delay_ms == VRF_RETRY_STOP)
    return FALSE;

  delay_ms =
      (int) ((gint64) delay_ms * vrf_transport_get_timings (transport)->retry_unit_ms / 1000);
  vrf_api_client_note_retry (client, self->idempotency_key, self->attempts + 1);
  wait (task, (guint) delay_ms);
  return TRUE;
}

/* Whether a later attempt could end otherwise. */
static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, VRF_ERROR, VRF_ERROR_OFFLINE)
         || g_error_matches (error, VRF_ERROR, VRF_ERROR_TIMEOUT)
         || g_error_matches (error, VRF_ERROR, VRF_ERROR_REPLY);
}

static void
finish_with_model (GTask *task, const VrfHttpReply *reply)
{
  VrfCall *self = g_task_get_task_data (task);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  gpointer model = NULL;

  if (self->decode == NULL)
    {
      g_task_return_pointer (task,
                             reply->body != NULL ? g_bytes_ref (reply->body)
                                                 : g_bytes_new_static ("", 0),
                             self->free_model);
      return;
    }
  if (!vrf_http_reply_parse (reply, &node, &error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  model = self->decode (node, &error);
  if (model != NULL)
    {
      succeed (task, model);
      return;
    }
  /* Translators: a technical detail follows, such as “session.id: must be a text”. */
  message = g_strdup_printf (_ ("The server’s answer is not what Verifa promises. Report this: %s"),
                                error->message);
  fail (task, vrf_http_reply_make_error (reply, VRF_ERROR_REPLY, message));
}

static void
note_reply (GTask *task, const VrfHttpReply *reply)
{
  VrfCall *self = g_task_get_task_data (task);

  if (self->item != NULL)
    vrf_activity_item_note_reply (self->item, reply->status, reply->request_id);
  vrf_api_client_note_reply (g_task_get_source_object (task), reply);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfHttpReply) reply =
      vrf_transport_send_finish (VRF_TRANSPORT (object), result, &error);

  if (reply != NULL)
    note_reply (task, reply);
  if (fail_if_cancelled (task))
    return;
  if (reply == NULL)
    {
      if (!is_passing (error) || !try_again (task, 0, -1))
        fail (task, g_steal_pointer (&error));
    }
  else if (vrf_http_reply_is_success (reply))
    finish_with_model (task, reply);
  else if (!try_again (task, reply->status, reply->retry_after_s))
    fail (task, vrf_http_reply_to_error (reply));
}

static void
attempt (GTask *task)
{
  VrfApiClient *client = g_task_get_source_object (task);
  VrfCall *self = g_task_get_task_data (task);
  VrfRequest request = {
    .method = self->method,
    .path = self->path->str,
    .body = self->body,
    .idempotency_key = self->idempotency_key,
  };

  if (self->decode == NULL)
    {
      request.accept = "image/jpeg, image/png, image/webp, application/pdf";
      request.max_bytes = VRF_HTTP_REPLY_MAX_FILE_BYTES;
    }
  self->attempts++;
  if (self->item != NULL)
    vrf_activity_item_note_attempt (self->item);
  vrf_transport_send_async (vrf_api_client_get_transport (client),
                            &request,
                            g_task_get_cancellable (task),
                            sent_cb,
                            g_object_ref (task));
}

/** vrf_call_task_new: Returns: (transfer full): the task of the function that is @tag */
GTask *
vrf_call_task_new (VrfApiClient *client,
                   gpointer tag,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

/**
 * vrf_call_run:
 * @self: (transfer full): what to call
 * @task: (transfer full): from vrf_call_task_new(); answered with the model
 *
 * Sends, retries and decodes.
 */
void
vrf_call_run (VrfCall *self, GTask *task)
{
  g_autoptr (GTask) owned = task;
  VrfApiClient *client = g_task_get_source_object (owned);

  g_task_set_task_data (owned, self, (GDestroyNotify) vrf_call_free);
  if (self->problem != NULL)
    {
      fail (owned, g_steal_pointer (&self->problem));
      return;
    }
  self->item =
      vrf_api_client_begin_activity (client, self->method, self->path->str, self->body != NULL);
  attempt (owned);
}

/** vrf_call_finish: Returns: (nullable) (transfer full): what the decoder made */
gpointer
vrf_call_finish (VrfApiClient *client, gpointer tag, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * vrf_call_decode_array:
 * @array: (nullable): what a reply holds
 * @decode: makes the model of an item
 * @free_model: frees it
 * @error: %VRF_ERROR_REPLY
 *
 * Returns: (nullable) (transfer full): the models
 */
GPtrArray *
vrf_call_decode_array (JsonArray *array,
                       VrfDecode decode,
                       GDestroyNotify free_model,
                       GError **error)
{
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (free_model);
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      gpointer model = decode (json_array_get_element (array, i), error);

      if (model == NULL)
        return NULL;
      g_ptr_array_add (models, model);
    }
  return g_steal_pointer (&models);
}

/**
 * vrf_call_decode_list:
 * @node: (nullable): `{"data":[…]}`
 * @where: what it holds, for the error
 * @decode: makes the model of an item
 * @free_model: frees it
 * @error: %VRF_ERROR_REPLY
 *
 * Returns: (nullable) (transfer full): the models
 */
GPtrArray *
vrf_call_decode_list (
    JsonNode *node, const char *where, VrfDecode decode, GDestroyNotify free_model, GError **error)
{
  VrfJsonReader reader;
  JsonArray *data = NULL;

  vrf_json_reader_init (&reader, node, where);
  data = vrf_json_reader_array (&reader, "data", LIST_MAX);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return vrf_call_decode_array (data, decode, free_model, error);
}

/** vrf_call_decode_nothing: a VrfDecode for answers that say no more than their status */
gpointer
vrf_call_decode_nothing (JsonNode *node, GError **error)
{
  return g_new0 (char, 1);
}

/** vrf_call_finish_nothing: Returns: whether the call succeeded whose decoder is
 * vrf_call_decode_nothing() */
gboolean
vrf_call_finish_nothing (VrfApiClient *client, gpointer tag, GAsyncResult *result, GError **error)
{
  g_autofree char *done = vrf_call_finish (client, tag, result, error);

  return done != NULL;
}
