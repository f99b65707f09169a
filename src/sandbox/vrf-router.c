/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/vrf-router.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "sandbox/vrf-access.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-idempotency.h"
#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-request-audit.h"
#include "sandbox/vrf-request-private.h"
#include "sandbox/vrf-route-tree.h"

/**
 * VrfRouter:
 *
 * Takes a request through the checks of verifa-api.md 8.2, in their order, to the handler of its
 * route. vrf_router_accept() does all that the head allows, so that a body nobody wants is not
 * read; vrf_router_dispatch() does the rest. The first check that refuses answers.
 */
struct _VrfRouter
{
  GObject parent_instance;

  VrfService *service;  /* owned */
  VrfRate *rate;        /* owned */
  VrfRouteTree *routes; /* owned */
  GPtrArray *hosts;     /* owned: names we answer to beside the loopback ones */
};

G_DEFINE_FINAL_TYPE (VrfRouter, vrf_router, G_TYPE_OBJECT)

static void
vrf_router_finalize (GObject *object)
{
  VrfRouter *self = VRF_ROUTER (object);

  g_clear_object (&self->service);
  g_clear_object (&self->rate);
  g_clear_pointer (&self->routes, vrf_route_tree_free);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);

  G_OBJECT_CLASS (vrf_router_parent_class)->finalize (object);
}

static void
vrf_router_class_init (VrfRouterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_router_finalize;
}

static void
vrf_router_init (VrfRouter *self)
{
  self->routes = vrf_route_tree_new ();
  self->hosts = g_ptr_array_new_with_free_func (g_free);
}

/** vrf_router_new: Returns: (transfer full): a router without routes */
VrfRouter *
vrf_router_new (VrfService *service, VrfRate *rate)
{
  VrfRouter *self = g_object_new (VRF_TYPE_ROUTER, NULL);

  self->service = g_object_ref (service);
  self->rate = g_object_ref (rate);
  return self;
}

/** vrf_router_add_routes: adds a table, which must outlive the router */
void
vrf_router_add_routes (VrfRouter *self, const VrfRoute *routes)
{
  for (const VrfRoute *route = routes; route->method != NULL; route++)
    vrf_route_tree_add (self->routes, route);
}

/** vrf_router_add_host: adds a host name or address that requests may be addressed to */
void
vrf_router_add_host (VrfRouter *self, const char *host)
{
  g_ptr_array_add (self->hosts, g_ascii_strdown (host, -1));
}

static gboolean
refuse (VrfRequest *request, guint status, const char *code, const char *detail)
{
  vrf_error_reply_set (request->reply, status, code, detail);
  return FALSE;
}

/* The host of "127.0.0.1:8080", "[::1]:8080" or "localhost", in lower case and without brackets. */
static char *
dup_host_name (const char *value)
{
  g_autofree char *uri = g_strconcat ("http://", value, "/", NULL);
  g_autofree char *host = NULL;

  if (strpbrk (value, "/?#@\\ ") != NULL
      || !g_uri_split_network (uri, G_URI_FLAGS_NONE, NULL, &host, NULL, NULL) || host == NULL)
    return NULL;
  return g_ascii_strdown (host, -1);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost")
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* A page in a browser could name us by a name of its own and read the answer. */
static gboolean
check_host (VrfRouter *self, VrfRequest *request)
{
  /* All of them: of two, somebody else may have believed the other. */
  const char *value = soup_message_headers_get_list (request->headers, "Host");
  g_autofree char *host = value != NULL ? dup_host_name (value) : NULL;

  if (host != NULL
      && (is_loopback (host)
          || g_ptr_array_find_with_equal_func (self->hosts, host, g_str_equal, NULL)))
    return TRUE;
  return refuse (request, 421, "misdirected_request", "This server does not answer to that host.");
}

/* 404, or 405 with the methods that the path has; HEAD and OPTIONS are methods like any other. */
static gboolean
find_route (VrfRouter *self, VrfRequest *request)
{
  g_autofree char *allowed = NULL;

  if (request->segments != NULL)
    request->route = vrf_route_tree_find (
        self->routes, request->method, request->segments, request->params, &allowed);
  if (request->route != NULL)
    return TRUE;
  if (allowed == NULL)
    return refuse (request, 404, "not_found", "There is nothing at this path.");
  vrf_reply_set_header (request->reply, "Allow", allowed);
  return refuse (request, 405, "method_not_allowed", "This path does not take this method.");
}

/*
 * The one place where a request meets a fault: its path is known, and nothing has been done. Faults
 * that answer do so here, the others are the server's, who has the connection. The tools that set
 * them always work.
 */
static gboolean
meet_fault (VrfRouter *self, VrfRequest *request)
{
  if (g_str_has_prefix (request->route->path, "/_sandbox/"))
    return TRUE;
  request->fault = vrf_faults_take (
      vrf_service_get_faults (self->service), request->method, request->path, request->route->path);
  return !vrf_faults_answer (&request->fault, request->reply);
}

static gboolean
has_body (VrfRequest *request)
{
  SoupEncoding encoding = soup_message_headers_get_encoding (request->headers);

  return encoding == SOUP_ENCODING_CHUNKED
         || (encoding == SOUP_ENCODING_CONTENT_LENGTH
             && soup_message_headers_get_content_length (request->headers) > 0);
}

static gboolean
check_size (VrfRouter *self, VrfRequest *request)
{
  if (soup_message_headers_get_encoding (request->headers) != SOUP_ENCODING_CONTENT_LENGTH
      || soup_message_headers_get_content_length (request->headers)
             <= (goffset) vrf_router_get_max_body (self, request))
    return TRUE;
  vrf_router_refuse_size (self, request);
  return FALSE;
}

static gboolean
check_type (VrfRequest *request)
{
  gboolean multipart = (request->route->flags & VRF_ROUTE_MULTIPART) != 0;
  const char *wanted = multipart ? "multipart/form-data" : "application/json";
  const char *type = vrf_request_get_content_type (request, NULL);
  g_autofree char *detail = NULL;

  if (!has_body (request) || (type != NULL && g_ascii_strcasecmp (type, wanted) == 0))
    return TRUE;
  detail = g_strdup_printf ("The body must be %s.", wanted);
  return refuse (request, 415, "unsupported_media_type", detail);
}

/* The rest of the head. A spelling that is not known is refused in the key's own. */
static gboolean
check_head (VrfRequest *request)
{
  const char *inflection = vrf_request_get_header (request, "Key-Inflection");

  if (!vrf_access_check_version (request))
    return FALSE;
  if (inflection != NULL && !vrf_inflection_is_known (inflection))
    return refuse (request, 400, "bad_request", "Key-Inflection: must be snake, camel or kebab.");
  if (request->query == NULL)
    return refuse (request, 400, "bad_request", "The query cannot be read.");
  return TRUE;
}

/* What the route itself wants to know before a body is read. */
static gboolean
check_route (VrfRouter *self, VrfRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (request->route->check == NULL)
    return TRUE;
  if (vrf_service_settle (self->service, &error))
    return request->route->check (request, request->reply);
  vrf_error_reply_set_error (request->reply, error);
  return FALSE;
}

/* What every reply carries. */
static void
finish (VrfRequest *request)
{
  g_autofree char *time = vrf_sandbox_clock_dup_header (vrf_service_get_clock (request->service));
  g_autofree char *id = vrf_random_id ("req_");
  VrfReply *reply = request->reply;

  if (reply->status == 0)
    vrf_error_reply_set (reply, 500, "internal_error", "The sandbox had no answer.");
  vrf_access_finish (request);
  vrf_reply_set_header (reply, "X-Sandbox-Time", time);
  vrf_reply_set_header (reply, "X-Request-Id", id);
  if (soup_message_headers_get_one (reply->headers, "Cache-Control") == NULL)
    vrf_reply_set_header (reply, "Cache-Control", "no-store");
  vrf_reply_set_header (reply, "X-Content-Type-Options", "nosniff");
  vrf_reply_set_header (reply, "Referrer-Policy", "no-referrer");
  if (soup_message_headers_get_one (reply->headers, "Permissions-Policy") == NULL)
    vrf_reply_set_header (reply, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  if (soup_message_headers_get_one (reply->headers, "Content-Security-Policy") == NULL)
    vrf_reply_set_header (
        reply, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

/**
 * vrf_router_accept:
 * @self: a router
 * @request: whose head has come
 *
 * Returns: whether its body is wanted; if not, its reply is whole
 */
gboolean
vrf_router_accept (VrfRouter *self, VrfRequest *request)
{
  gboolean ok =
      check_host (self, request) && find_route (self, request) && meet_fault (self, request);

  if (ok && (request->route->flags & VRF_ROUTE_NO_KEY) == 0)
    ok = vrf_access_check_key (request) && vrf_access_check_rate (request, self->rate)
         && vrf_access_check_rights (request);
  ok = ok && check_size (self, request) && check_type (request) && check_head (request)
       && check_route (self, request);
  if (!ok)
    finish (request);
  return ok;
}

/** vrf_router_get_max_body: Returns: the most bytes the body of an accepted request may have */
gsize
vrf_router_get_max_body (VrfRouter *self, VrfRequest *request)
{
  if (request->route != NULL && (request->route->flags & VRF_ROUTE_MULTIPART) != 0)
    return VRF_ROUTER_MAX_MULTIPART;
  return VRF_ROUTER_MAX_JSON;
}

/** vrf_router_refuse_size: the body turned out to be larger than that: the reply is a 413 */
void
vrf_router_refuse_size (VrfRouter *self, VrfRequest *request)
{
  refuse (request, 413, "payload_too_large", "The body is too large.");
  finish (request);
}

/* `{"data":{"attributes":{…}}}` is the body in another coat (verifa-api.md 1.4). */
static JsonNode *
unwrap (JsonNode *root)
{
  JsonNode *data = json_object_get_member (json_node_get_object (root), "data");
  JsonNode *attributes = data != NULL && JSON_NODE_HOLDS_OBJECT (data)
                             ? json_object_get_member (json_node_get_object (data), "attributes")
                             : NULL;

  return attributes != NULL && JSON_NODE_HOLDS_OBJECT (attributes) ? attributes : root;
}

static gboolean
read_json (VrfRequest *request)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;

  if (request->bytes == NULL || g_bytes_get_size (request->bytes) == 0)
    {
      request->body = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (request->body, json_object_new ());
      return TRUE;
    }

  root = vrf_json_parse (request->bytes, VRF_ROUTER_MAX_JSON, &error);
  if (root == NULL)
    return refuse (request, 400, "bad_request", error->message);
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return refuse (request, 400, "bad_request", "The body must be a JSON object.");
  request->body = vrf_inflection_to_snake (unwrap (root));
  return TRUE;
}

static void
run_reading (VrfRequest *request)
{
  request->route->handler (request, request->reply);
}

/* A refusal undoes what its handler may have written before it refused; that it refused is kept. */
static gboolean
keep_refusal (VrfRequest *request, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (request->service);

  vrf_sandbox_store_rollback (store);
  return vrf_sandbox_store_begin (store, error)
         && vrf_idempotency_keep (request, request->reply, error)
         && vrf_sandbox_store_commit (store, error);
}

/* Ends the transaction of a handler that has answered. */
static gboolean
keep (VrfRequest *request, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (request->service);
  guint status = request->reply->status;
  g_autoptr (GError) local = NULL;

  if (status >= 400 && status < 500)
    return keep_refusal (request, error);
  if (status == 0 || status >= 500 || !vrf_request_audit_note (request, error)
      || !vrf_idempotency_keep (request, request->reply, error)
      || !vrf_sandbox_store_commit (store, error))
    return FALSE;
  /* It is deleted; only its traces in the log are left, and the next request tries again. */
  if (!vrf_service_purge (request->service, &local))
    g_debug ("The write-ahead log could not be emptied: %s", local->message);
  return TRUE;
}

/* What is written and the answer that is kept are one transaction. The handler, or what it left for
 * later. */
static void
run_writing (VrfRequest *request, VrfAnswer answer, gpointer data)
{
  VrfSandboxStore *store = vrf_service_get_store (request->service);
  g_autoptr (GError) error = NULL;

  if (!vrf_sandbox_store_begin (store, &error))
    {
      vrf_error_reply_set_error (request->reply, error);
      return;
    }
  vrf_request_audit_begin (request);
  if (answer != NULL)
    answer (request, request->reply, data);
  else
    request->route->handler (request, request->reply);
  vrf_request_audit_end (request);
  if (keep (request, &error))
    return;

  vrf_sandbox_store_rollback (store);
  if (error != NULL)
    vrf_error_reply_set_error (request->reply, error);
}

/**
 * vrf_router_dispatch:
 * @self: a router
 * @request: accepted before
 * @body: (nullable): what came with it
 *
 * Runs the handler.
 *
 * Returns: whether the reply is whole; if not, the request waits, and its resume is called
 */
gboolean
vrf_router_dispatch (VrfRouter *self, VrfRequest *request, GBytes *body)
{
  g_autoptr (GError) error = NULL;

  request->bytes = body != NULL ? g_bytes_ref (body) : NULL;
  if ((request->route->flags & VRF_ROUTE_MULTIPART) != 0 || read_json (request))
    {
      if (!vrf_service_settle (self->service, &error))
        vrf_error_reply_set_error (request->reply, error);
      else if (g_str_equal (request->method, "GET") && request->route->audit == NULL)
        run_reading (request);
      else if (!vrf_idempotency_replay (request, request->reply))
        run_writing (request, NULL, NULL);
    }
  if (request->waiting != NULL && request->reply->status == 0)
    return FALSE;
  finish (request);
  return TRUE;
}

/** vrf_router_answer: @request has waited; its reply is whole afterwards */
void
vrf_router_answer (VrfRequest *request, VrfAnswer answer, gpointer data)
{
  run_writing (request, answer, data);
  finish (request);
}
