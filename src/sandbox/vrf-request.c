/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/vrf-request.h"

#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-request-private.h"

static GStrv
split_path (const char *path)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *decoded = g_uri_unescape_segment (parts[i], NULL, NULL);

      if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
        return NULL;
      g_strv_builder_add (builder, decoded);
    }
  return g_strv_builder_end (builder);
}

/**
 * vrf_request_new:
 * @service: what it is about
 * @method: "GET"
 * @target: path and query, as they were sent
 * @headers: the request's
 * @peer: (nullable): the address it came from
 */
VrfRequest *
vrf_request_new (VrfService *service,
                 const char *method,
                 const char *target,
                 SoupMessageHeaders *headers,
                 const char *peer)
{
  VrfRequest *self = g_new0 (VrfRequest, 1);
  const char *mark = strchr (target, '?');

  self->service = g_object_ref (service);
  self->method = g_strdup (method);
  self->path = mark != NULL ? g_strndup (target, (gsize) (mark - target)) : g_strdup (target);
  self->segments = split_path (self->path);
  self->query =
      g_uri_parse_params (mark != NULL ? mark + 1 : "", -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  self->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->headers = soup_message_headers_ref (headers);
  self->peer = g_strdup (peer);
  self->reply = vrf_reply_new ();
  return self;
}

/** vrf_request_free: frees @self (nullable) */
void
vrf_request_free (VrfRequest *self)
{
  if (self == NULL)
    return;
  if (self->waiting != NULL)
    g_cancellable_cancel (self->waiting);
  g_clear_object (&self->waiting);
  g_object_unref (self->service);
  g_free (self->method);
  g_free (self->path);
  g_strfreev (self->segments);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_hash_table_unref (self->params);
  soup_message_headers_unref (self->headers);
  g_free (self->peer);
  vrf_reply_free (self->reply);
  vrf_stored_key_free (self->key);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->body_sha256);
  g_free ((char *) self->actor.name);
  g_free ((char *) self->actor.path);
  g_free (self->resource_id);
  g_clear_pointer (&self->metadata, json_object_unref);
  g_free (self);
}

/** vrf_request_get_service: Returns: (transfer none): what does the work */
VrfService *
vrf_request_get_service (VrfRequest *self)
{
  return self->service;
}

/** vrf_request_get_store: Returns: (transfer none): the service's store */
VrfSandboxStore *
vrf_request_get_store (VrfRequest *self)
{
  return vrf_service_get_store (self->service);
}

/** vrf_request_get_method: Returns: (transfer none): "GET" */
const char *
vrf_request_get_method (VrfRequest *self)
{
  return self->method;
}

/** vrf_request_get_path: Returns: (transfer none): the path as it was sent, without the query */
const char *
vrf_request_get_path (VrfRequest *self)
{
  return self->path;
}

/** vrf_request_get_param: Returns: (nullable) (transfer none): a parameter of the route's path */
const char *
vrf_request_get_param (VrfRequest *self, const char *name)
{
  return g_hash_table_lookup (self->params, name);
}

/** vrf_request_get_query: Returns: (nullable) (transfer none): a parameter of the query */
const char *
vrf_request_get_query (VrfRequest *self, const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

/** vrf_request_get_header: Returns: (nullable) (transfer none): a header's (last) value */
const char *
vrf_request_get_header (VrfRequest *self, const char *name)
{
  return soup_message_headers_get_one (self->headers, name);
}

/**
 * vrf_request_get_content_type:
 * @self: a request
 * @ret_parameters: (out) (optional) (transfer full): `charset`, `boundary`; untouched for %NULL
 *
 * Returns: (nullable) (transfer none): the type of the body
 */
const char *
vrf_request_get_content_type (VrfRequest *self, GHashTable **ret_parameters)
{
  return soup_message_headers_get_content_type (self->headers, ret_parameters);
}

/** vrf_request_get_peer: Returns: (nullable) (transfer none): the address it came from */
const char *
vrf_request_get_peer (VrfRequest *self)
{
  return self->peer;
}

/** vrf_request_get_key: Returns: (nullable) (transfer none): the API key; %NULL on the applicant's
 * side */
const VrfStoredKey *
vrf_request_get_key (VrfRequest *self)
{
  return self->key;
}

/** vrf_request_get_rate: Returns: (nullable) (transfer none): the limits it was held to */
VrfRate *
vrf_request_get_rate (VrfRequest *self)
{
  return self->limits;
}

/** vrf_request_is_sandbox: Returns: the environment of the API key */
gboolean
vrf_request_is_sandbox (VrfRequest *self)
{
  return self->key != NULL && self->key->is_sandbox;
}

/** vrf_request_get_inflection: Returns: (transfer none): how member names of the answer are
 * spelled: as the request says, else as its key does (verifa-api.md 1.4) */
const char *
vrf_request_get_inflection (VrfRequest *self)
{
  const char *inflection = vrf_request_get_header (self, "Key-Inflection");

  if (inflection != NULL && vrf_inflection_is_known (inflection))
    return inflection;
  return self->key != NULL ? self->key->inflection : "snake";
}

/** vrf_request_get_bytes: Returns: (nullable) (transfer none): the body as it came */
GBytes *
vrf_request_get_bytes (VrfRequest *self)
{
  return self->bytes;
}

/**
 * vrf_request_get_body:
 * @self: a request
 *
 * Returns: (nullable) (transfer none): the JSON body with member names in snake case; an empty
 *   object when nothing was sent; %NULL on a multipart route
 */
JsonObject *
vrf_request_get_body (VrfRequest *self)
{
  return self->body != NULL ? json_node_get_object (self->body) : NULL;
}

/** vrf_request_get_reply: Returns: (transfer none): its reply */
VrfReply *
vrf_request_get_reply (VrfRequest *self)
{
  return self->reply;
}

/**
 * vrf_request_wait:
 * @self: a request whose handler cannot answer yet
 *
 * The handler then leaves the reply empty, and vrf_request_answer() is called later.
 *
 * Returns: (transfer none): cancelled when nobody waits any more; the request is gone then
 */
GCancellable *
vrf_request_wait (VrfRequest *self)
{
  if (self->waiting == NULL)
    self->waiting = g_cancellable_new ();
  return self->waiting;
}

/** vrf_request_answer: runs @answer with @data, and sends what it answers */
void
vrf_request_answer (VrfRequest *self, VrfAnswer answer, gpointer data)
{
  g_clear_object (&self->waiting);
  self->resume (self, answer, data, self->resume_data);
}
