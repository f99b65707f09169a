/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/vrf-access.h"

#include "sandbox/vrf-api-keys.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-request-private.h"
#include "sandbox/vrf-versions.h"

static gboolean
refuse (VrfRequest *request, guint status, const char *code, const char *detail)
{
  vrf_error_reply_set (request->reply, status, code, detail);
  return FALSE;
}

/* Keys for browsers belong to the older generation of the API (verifa-api.md 0.2). */
static gboolean
refuse_publishable (VrfRequest *request)
{
  return refuse (request,
                 401,
                 "unauthorized",
                 "Publishable keys (vk_pub_…) are not accepted. Use a secret key, vk_sandbox_… or"
                 " vk_live_…, from your server.");
}

/** vrf_access_check_key: finds the key that `X-API-Key` names; 401 when it opens nothing */
gboolean
vrf_access_check_key (VrfRequest *request)
{
  VrfSandboxStore *store = vrf_service_get_store (request->service);
  const char *text = vrf_request_get_header (request, "X-API-Key");
  g_autoptr (GError) error = NULL;

  if (text == NULL || *text == '\0')
    return refuse (request, 401, "unauthorized", "The X-API-Key header is missing.");
  if (g_str_has_prefix (text, "vk_pub_"))
    return refuse_publishable (request);

  request->key = vrf_sandbox_store_find_key (store, text, &error);
  if (error != NULL)
    {
      vrf_error_reply_set_error (request->reply, error);
      return FALSE;
    }
  if (request->key == NULL)
    return refuse (request, 401, "unauthorized", "The API key is not valid.");
  if (!vrf_api_keys_is_usable (request->key, vrf_service_get_now (request->service)))
    {
      g_clear_pointer (&request->key, vrf_stored_key_free);
      return refuse (request, 401, "unauthorized", "The API key has expired.");
    }
  return TRUE;
}

static gboolean
refuse_rate (VrfRequest *request, const VrfRateState *state)
{
  g_autofree char *seconds = g_strdup_printf ("%u", state->reset_in_s);
  g_autofree char *detail =
      g_strdup_printf ("Rate limit exceeded. Retry after %s seconds.", seconds);

  vrf_reply_set_header (request->reply, "Retry-After", seconds);
  return refuse (request, 429, "rate_limited", detail);
}

/* What a route makes counts against a quota of its own. */
static gboolean
get_quota (const VrfRoute *route, VrfRateBucket *ret_bucket)
{
  if ((route->flags & VRF_ROUTE_CREATES) != 0)
    *ret_bucket = VRF_RATE_SESSIONS;
  else if ((route->flags & VRF_ROUTE_CREATES_KEY) != 0)
    *ret_bucket = VRF_RATE_KEYS;
  else
    return FALSE;
  return TRUE;
}

/** vrf_access_check_rate: 429 when the plan's limit of requests or of what the route makes is used
 * up */
gboolean
vrf_access_check_rate (VrfRequest *request, VrfRate *rate)
{
  gint64 now = g_get_real_time ();
  const char *key_id = request->key->id;
  VrfRateBucket bucket = VRF_RATE_REQUESTS;

  request->limits = rate;
  request->has_rate = TRUE;
  if ((request->route->flags & VRF_ROUTE_FREE) != 0)
    vrf_rate_look (rate, key_id, VRF_RATE_REQUESTS, now, &request->rate);
  else if (!vrf_rate_take (rate, key_id, VRF_RATE_REQUESTS, now, &request->rate))
    return refuse_rate (request, &request->rate);

  if (!get_quota (request->route, &bucket))
    return TRUE;
  request->has_quota = TRUE;
  request->took_quota = vrf_rate_take (rate, key_id, bucket, now, &request->quota);
  return request->took_quota || refuse_rate (request, &request->quota);
}

static gboolean
has_scope (const VrfStoredKey *key, const char *scopes)
{
  g_auto (GStrv) wanted = g_strsplit (scopes, " ", -1);

  for (guint i = 0; wanted[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) key->scopes, wanted[i]))
      return TRUE;
  return FALSE;
}

/* What the object of the key says is no reason to fail a request. */
static void
note_use (VrfRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (!vrf_store_keys_note_use (vrf_service_get_store (request->service),
                                request->key,
                                vrf_service_get_now (request->service),
                                &error))
    g_debug ("The use of a key could not be noted: %s", error->message);
}

/** vrf_access_check_rights: 403 unless the key may do this, from there */
gboolean
vrf_access_check_rights (VrfRequest *request)
{
  const VrfStoredKey *key = request->key;
  const VrfRoute *route = request->route;

  if (!vrf_api_keys_admits (key, request->peer))
    return refuse (request, 403, "forbidden", "IP not allowed");
  note_use (request);
  if (route->scopes != NULL && key->scopes != NULL && !has_scope (key, route->scopes))
    return refuse (request, 403, "forbidden", "The API key does not have the scope for this.");
  if ((route->flags & VRF_ROUTE_SANDBOX_ONLY) != 0 && !key->is_sandbox)
    return refuse (request, 403, "forbidden", "This works with a sandbox key only.");
  return TRUE;
}

/** vrf_access_check_version: 400 unless `Verifa-Version`, or what the key is pinned to, is served
 */
gboolean
vrf_access_check_version (VrfRequest *request)
{
  const char *version = vrf_request_get_header (request, "Verifa-Version");
  g_autofree char *problem = NULL;
  g_autofree char *detail = NULL;

  if (version == NULL && request->key != NULL)
    version = request->key->api_version;
  problem = version != NULL ? vrf_versions_dup_problem (version) : NULL;
  if (problem == NULL)
    return TRUE;
  detail = g_strconcat ("Verifa-Version: ", problem, NULL);
  return refuse (request, 400, "bad_request", detail);
}

static void
add_limit_headers (VrfReply *reply, const char *kind, const VrfRateState *state)
{
  const struct
  {
    const char *name;
    gint64 value;
  } headers[] = {
    { "Limit", state->limit },
    { "Remaining", state->remaining },
    { "Reset", state->reset_unix_s },
  };

  for (guint i = 0; state->limit > 0 && i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *name = g_strdup_printf ("X-%s-%s", kind, headers[i].name);
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, headers[i].value);

      vrf_reply_set_header (reply, name, value);
    }
}

/* A refusal has made nothing, and neither has an answer that is given again. */
static void
settle_quota (VrfRequest *request)
{
  VrfRateBucket bucket = VRF_RATE_REQUESTS;
  VrfReply *reply = request->reply;

  if (!request->took_quota
      || (reply->status == 201
          && soup_message_headers_get_one (reply->headers, "Idempotency-Replayed") == NULL))
    return;
  request->took_quota = FALSE;
  if (get_quota (request->route, &bucket))
    vrf_rate_give_back (
        request->limits, request->key->id, bucket, g_get_real_time (), &request->quota);
}

/** vrf_access_finish: the headers that tell what is left of the plan */
void
vrf_access_finish (VrfRequest *request)
{
  if (request->has_rate)
    add_limit_headers (request->reply, "RateLimit", &request->rate);
  if (!request->has_quota)
    return;
  settle_quota (request);
  add_limit_headers (request->reply, "Quota", &request->quota);
}
