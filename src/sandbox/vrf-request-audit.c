/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-request-audit.h"

#include "sandbox/vrf-audit.h"
#include "sandbox/vrf-request-private.h"

/*
 * Who asks, and what the route is called in the audit trail. The trail outlives the redaction of
 * what it is about: a path is written with ids, not with what a caller named an object, and
 * without the token that an applicant's path ends in.
 */

static gboolean
is_parameter (const char *segment)
{
  return segment[0] == '{';
}

static char *
dup_path (VrfRequest *request)
{
  g_auto (GStrv) parts = g_strsplit (request->route->path, "/", -1);
  const char *id = request->resource_id;

  if (request->key == NULL)
    return g_strdup (request->route->path);
  for (guint i = 0; parts[i] != NULL && request->segments[i] != NULL; i++)
    {
      if (!is_parameter (parts[i]))
        continue;
      g_free (parts[i]);
      parts[i] = g_strdup (id != NULL ? id : request->segments[i]);
      id = NULL;
    }
  return g_strjoinv ("/", parts);
}

static void
write_path (VrfRequest *request)
{
  g_free ((char *) request->actor.path);
  request->actor.path = dup_path (request);
}

/** vrf_request_audit_begin: tells the service who asks, until vrf_request_audit_end() */
void
vrf_request_audit_begin (VrfRequest *request)
{
  /* A request that waited begins twice. */
  g_free ((char *) request->actor.name);
  request->actor.name = request->key != NULL ? g_strconcat ("api_key:", request->key->prefix, NULL)
                                             : g_strdup ("applicant");
  request->actor.ip = request->key != NULL ? request->peer : NULL;
  request->actor.method = request->method;
  write_path (request);
  vrf_service_set_actor (request->service, &request->actor);
}

/** vrf_request_audit_end: nobody asks any more */
void
vrf_request_audit_end (VrfRequest *request)
{
  vrf_service_set_actor (request->service, NULL);
}

/**
 * vrf_request_set_resource:
 * @self: a request
 * @id: of the object it is about
 *
 * For a handler whose path or reply does not tell the id: the object can be addressed by another
 * name too, or the route's parameter is not called after it.
 */
void
vrf_request_set_resource (VrfRequest *self, const char *id)
{
  g_free (self->resource_id);
  self->resource_id = g_strdup (id);
  if (self->actor.name != NULL)
    write_path (self);
}

/**
 * vrf_request_set_metadata:
 * @self: a request of a route with an audit name
 * @metadata: (transfer full): what its entry says more, without personal data
 */
void
vrf_request_set_metadata (VrfRequest *self, JsonObject *metadata)
{
  g_clear_pointer (&self->metadata, json_object_unref);
  self->metadata = metadata;
}

/* "session" of "api.session.create" */
static char *
dup_resource_type (const char *audit)
{
  g_auto (GStrv) parts = g_strsplit (audit, ".", -1);

  return g_strdup (parts[1]);
}

static const char *
get_reply_id (VrfRequest *request)
{
  JsonNode *json = request->reply->json;

  return json != NULL && JSON_NODE_HOLDS_OBJECT (json)
             ? json_object_get_string_member_with_default (json_node_get_object (json), "id", NULL)
             : NULL;
}

static const char *
get_last_param (VrfRequest *request)
{
  g_auto (GStrv) parts = g_strsplit (request->route->path, "/", -1);
  const char *last = NULL;

  for (guint i = 0; parts[i] != NULL && request->segments[i] != NULL; i++)
    if (is_parameter (parts[i]))
      last = request->segments[i];
  return last;
}

static const char *
get_resource_id (VrfRequest *request, const char *type)
{
  g_autofree char *name = g_strconcat (type, "_id", NULL);
  const char *id = request->resource_id;

  if (id == NULL)
    id = vrf_request_get_param (request, name);
  if (id == NULL)
    id = get_reply_id (request);
  return id != NULL ? id : get_last_param (request);
}

/**
 * vrf_request_audit_note:
 * @request: answered
 * @error: from the database
 *
 * Writes the entry that the route names if the reply says that it was done. It is about what
 * vrf_request_set_resource() said, else the parameter that is called after the resource, else the
 * `id` of the reply, else the last parameter.
 */
gboolean
vrf_request_audit_note (VrfRequest *request, GError **error)
{
  const char *audit = request->route->audit;
  g_autofree char *type = NULL;
  gboolean ok = FALSE;

  if (audit == NULL || request->reply->status >= 300)
    return TRUE;
  type = dup_resource_type (audit);
  vrf_service_set_actor (request->service, &request->actor);
  ok = vrf_audit_note (request->service,
                       audit,
                       type,
                       get_resource_id (request, type),
                       vrf_request_is_sandbox (request),
                       g_steal_pointer (&request->metadata),
                       error);
  vrf_request_audit_end (request);
  return ok;
}
