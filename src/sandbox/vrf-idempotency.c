/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-idempotency.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-request-private.h"
#include "sandbox/vrf-seal.h"

/* The member of an answer that is shown once. */
#define SECRET "secret"

/*
 * One answer for one key (verifa-api.md 1.5, 8.2). It is written in the transaction of the request
 * it answers, so a process that ends in between has done neither.
 */

static const char *
get_name (VrfRequest *request)
{
  const char *method = vrf_request_get_method (request);

  if (vrf_request_get_key (request) == NULL
      || (!g_str_equal (method, "POST") && !g_str_equal (method, "PATCH")))
    return NULL;
  return vrf_request_get_header (request, "Idempotency-Key");
}

static JsonNode *
sort (JsonNode *node);

static JsonNode *
sort_object (JsonObject *object)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *sorted = json_object_new ();
  g_autoptr (GList) names =
      g_list_sort (json_object_get_members (object), (GCompareFunc) (void (*) (void)) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (sorted, l->data, sort (json_object_get_member (object, l->data)));
  json_node_take_object (root, sorted);
  return root;
}

/* Equal bodies give equal texts, in whatever order their members came. */
static JsonNode *
sort (JsonNode *node)
{
  JsonNode *root = NULL;
  JsonArray *array = NULL;
  JsonArray *copy = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return sort_object (json_node_get_object (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);

  array = json_node_get_array (node);
  copy = json_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, sort (json_array_get_element (array, i)));
  root = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (root, copy);
  return root;
}

/* A client draws the boundary anew with every attempt: it is left out. */
static char *
dup_form_sha256 (VrfRequest *request)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GHashTable) parameters = NULL;
  GBytes *bytes = vrf_request_get_bytes (request);
  gsize left = 0;
  const char *data = g_bytes_get_data (bytes, &left); /* NULL when there is none */
  const char *boundary = NULL;

  if (vrf_request_get_content_type (request, &parameters) != NULL)
    boundary = g_hash_table_lookup (parameters, "boundary");
  while (boundary != NULL && *boundary != '\0' && left > 0)
    {
      const char *next = memmem (data, left, boundary, strlen (boundary));

      if (next == NULL)
        break;
      g_checksum_update (checksum, (const guchar *) data, next - data);
      left -= (gsize) (next - data) + strlen (boundary);
      data = next + strlen (boundary);
    }
  if (left > 0)
    g_checksum_update (checksum, (const guchar *) data, (gssize) left);
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
dup_body_sha256 (VrfRequest *request)
{
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (JsonNode) sorted = NULL;
  g_autofree char *text = NULL;

  if (body == NULL)
    return dup_form_sha256 (request);
  sorted = sort_object (body);
  text = vrf_json_to_text (sorted);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
fill (VrfRequest *request, VrfStoredReply *stored)
{
  *stored = (VrfStoredReply){
    .key_id = vrf_request_get_key (request)->id,
    .method = vrf_request_get_method (request),
    .path = vrf_request_get_path (request),
    .name = get_name (request),
  };
}

/* Parsed JSON cannot be changed; its members can be taken along. */
static JsonNode *
copy_object (JsonObject *object)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (copy, name, json_node_copy (member));
  json_node_take_object (root, copy);
  return root;
}

/* What the secret of a kept answer is sealed for: nothing but this very request opens it. */
static char *
dup_purpose (VrfRequest *request)
{
  return g_strjoin ("\n",
                    vrf_request_get_method (request),
                    vrf_request_get_path (request),
                    get_name (request),
                    NULL);
}

/*
 * Keys and signing secrets are shown once and kept nowhere in clear: what is written is the answer
 * without its `secret`, and beside it the secret, sealed with the API key of the request. Of that
 * key the database has the SHA-256 only.
 */
static GBytes *
take_secret (VrfRequest *request, JsonNode **json)
{
  JsonObject *object =
      *json != NULL && JSON_NODE_HOLDS_OBJECT (*json) ? json_node_get_object (*json) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, SECRET) : NULL;
  g_autofree char *purpose = NULL;
  g_autofree char *secret = NULL;
  JsonNode *copy = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  secret = json_node_dup_string (node);
  copy = copy_object (object);
  json_object_set_null_member (json_node_get_object (copy), SECRET);
  json_node_unref (*json);
  *json = copy;
  purpose = dup_purpose (request);
  return vrf_seal_close (vrf_request_get_header (request, "X-API-Key"), purpose, secret);
}

static gboolean
put_secret_back (VrfRequest *request, JsonNode *json, GBytes *sealed)
{
  g_autofree char *purpose = dup_purpose (request);
  g_autofree char *secret =
      vrf_seal_open (vrf_request_get_header (request, "X-API-Key"), purpose, sealed);

  if (secret == NULL)
    return FALSE;
  json_object_set_string_member (json_node_get_object (json), SECRET, secret);
  return TRUE;
}

static void
answer_again (VrfRequest *request, VrfReply *reply, const VrfKeptReply *kept)
{
  g_autoptr (GBytes) bytes = g_bytes_new (kept->body, kept->body != NULL ? strlen (kept->body) : 0);
  g_autoptr (JsonNode) json = kept->body != NULL ? vrf_json_parse (bytes, G_MAXSIZE, NULL) : NULL;

  if (json != NULL && kept->sealed != NULL)
    {
      g_autoptr (JsonNode) whole = copy_object (json_node_get_object (json));

      if (!put_secret_back (request, whole, kept->sealed))
        {
          vrf_error_reply_set (
              reply, 500, "internal_error", "The answer that was kept cannot be read.");
          return;
        }
      vrf_reply_set_json (reply, kept->status, g_steal_pointer (&whole));
    }
  else if (json != NULL)
    vrf_reply_set_json (reply, kept->status, g_steal_pointer (&json));
  else
    vrf_reply_set_empty (reply, kept->status);
  vrf_reply_set_header (reply, "Idempotency-Replayed", "true");
}

/**
 * vrf_idempotency_replay:
 * @request: whose body has been read
 * @reply: filled when the request needs no handler any more
 *
 * Returns: whether the answer is known already, or is that the key cannot be used
 */
gboolean
vrf_idempotency_replay (VrfRequest *request, VrfReply *reply)
{
  const char *name = get_name (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfKeptReply) kept = NULL;
  VrfStoredReply wanted = { 0 };

  if (name == NULL)
    return FALSE;
  if (*name == '\0' || !g_utf8_validate (name, -1, NULL)
      || g_utf8_strlen (name, -1) > VRF_IDEMPOTENCY_MAX_LENGTH)
    {
      g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

      vrf_field_errors_add (
          errors, "Idempotency-Key", "string_length", "must have 1 to 255 characters");
      return vrf_field_errors_reply (errors, reply);
    }

  /* Now: a handler may give members other names. */
  request->body_sha256 = dup_body_sha256 (request);
  fill (request, &wanted);
  wanted.created_at = vrf_service_get_now (vrf_request_get_service (request))
                      - VRF_SECONDS (VRF_IDEMPOTENCY_LIFE_S);
  kept = vrf_sandbox_store_find_reply (vrf_request_get_store (request), &wanted, &error);
  if (error != NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return TRUE;
    }
  if (kept == NULL)
    return FALSE;

  if (g_str_equal (request->body_sha256, kept->body_sha256))
    answer_again (request, reply, kept);
  else
    vrf_error_reply_set (reply,
                         422,
                         "idempotency_mismatch",
                         "Idempotency key has already been used with different parameters.");
  return TRUE;
}

/**
 * vrf_idempotency_keep:
 * @request: a request that vrf_idempotency_replay() found no answer for
 * @reply: what is answered
 * @error: from the database
 *
 * Keeps the answer if it is final: 2xx, or 4xx other than 429.
 */
gboolean
vrf_idempotency_keep (VrfRequest *request, VrfReply *reply, GError **error)
{
  const char *name = get_name (request);
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GBytes) sealed = NULL;
  VrfStoredReply stored = { 0 };

  if (name == NULL || reply->status == 429 || reply->status >= 500)
    return TRUE;

  json = reply->json != NULL ? json_node_ref (reply->json) : NULL;
  sealed = take_secret (request, &json);
  body = json != NULL ? vrf_json_to_text (json) : NULL;
  fill (request, &stored);
  stored.body_sha256 = request->body_sha256;
  stored.status = reply->status;
  stored.body = body;
  stored.sealed = sealed;
  stored.created_at = vrf_service_get_now (vrf_request_get_service (request));
  return vrf_sandbox_store_put_reply (vrf_request_get_store (request), &stored, error);
}
