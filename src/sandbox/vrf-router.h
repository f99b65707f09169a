/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-rate.h"
#include "sandbox/vrf-request.h"

G_BEGIN_DECLS

/** VRF_ROUTER_MAX_JSON: the largest JSON body, in bytes (verifa-api.md 8.2). */
#define VRF_ROUTER_MAX_JSON (1024 * 1024)
/** VRF_ROUTER_MAX_MULTIPART: the largest multipart body, in bytes. */
#define VRF_ROUTER_MAX_MULTIPART (10 * 1024 * 1024 + 64 * 1024)

/**
 * VrfRouteFlags:
 * @VRF_ROUTE_NO_KEY: no API key is asked for, and no idempotency key is looked at: the applicant's
 *   side
 * @VRF_ROUTE_MULTIPART: the body is multipart/form-data and comes as bytes
 * @VRF_ROUTE_SANDBOX_ONLY: 403 with a live key
 * @VRF_ROUTE_CREATES: counts against the plan's session creations
 * @VRF_ROUTE_CREATES_KEY: counts against the plan's API-key creations
 * @VRF_ROUTE_FREE: does not count against the plan's requests
 */
typedef enum
{
  VRF_ROUTE_PLAIN = 0,
  VRF_ROUTE_NO_KEY = 1 << 0,
  VRF_ROUTE_MULTIPART = 1 << 1,
  VRF_ROUTE_SANDBOX_ONLY = 1 << 2,
  VRF_ROUTE_CREATES = 1 << 3,
  VRF_ROUTE_FREE = 1 << 4,
  VRF_ROUTE_CREATES_KEY = 1 << 5,
} VrfRouteFlags;

/**
 * VrfHandler:
 * @request: passed every check of the route
 * @reply: to be filled; a handler that leaves it empty answers 500, unless it calls
 *   vrf_request_wait()
 *
 * Runs inside a transaction for every method but GET, and for a GET with an audit name: a reply of
 * 5xx rolls it back.
 */
typedef void (*VrfHandler) (VrfRequest *request, VrfReply *reply);

/**
 * VrfRouteCheck:
 * @request: whose head is good, and whose body has not come yet
 * @reply: to be filled if the body is not wanted
 *
 * Returns: whether it is wanted
 */
typedef gboolean (*VrfRouteCheck) (VrfRequest *request, VrfReply *reply);

/**
 * VrfRoute:
 * @method: "GET"
 * @path: "/api/v1/sessions/{session_id}"; a segment in braces is a parameter, "{name*}" at the end
 *   takes the rest of the path
 * @scopes: (nullable): one of these is enough: "sessions:create sessions:write"
 * @handler: what answers
 * @flags: how it differs
 * @check: (nullable): refuses what nobody may send, before it is read
 * @audit: (nullable): `api.session.expire`: what the audit trail calls it; an entry is written when
 *   the reply is 2xx, in the transaction of the handler
 *
 * One line of a table that ends with a %NULL method.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *scopes;
  VrfHandler handler;
  VrfRouteFlags flags;
  VrfRouteCheck check;
  const char *audit;
} VrfRoute;

#define VRF_TYPE_ROUTER (vrf_router_get_type ())
G_DECLARE_FINAL_TYPE (VrfRouter, vrf_router, VRF, ROUTER, GObject)

VrfRouter *
vrf_router_new (VrfService *service, VrfRate *rate) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_router_add_routes (VrfRouter *self, const VrfRoute *routes);
void
vrf_router_add_host (VrfRouter *self, const char *host);

gboolean
vrf_router_accept (VrfRouter *self, VrfRequest *request);
gsize
vrf_router_get_max_body (VrfRouter *self, VrfRequest *request);
void
vrf_router_refuse_size (VrfRouter *self, VrfRequest *request);
gboolean
vrf_router_dispatch (VrfRouter *self, VrfRequest *request, GBytes *body);
void
vrf_router_answer (VrfRequest *request, VrfAnswer answer, gpointer data);

G_END_DECLS
