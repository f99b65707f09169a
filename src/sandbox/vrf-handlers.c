/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "base/vrf-time.h"

#define MAX_LIMIT 100

const VrfRoute *const vrf_handlers_tables[] = {
  vrf_handlers_account,           /* rate limits */
  vrf_handlers_case_actions,      /* whose a review case is, and what is decided */
  vrf_handlers_case_work,         /* notes and corrections of a case */
  vrf_handlers_cases,             /* the queue of review cases */
  vrf_handlers_check_actions,     /* what can be done with a standalone check */
  vrf_handlers_checks,            /* standalone checks */
  vrf_handlers_deliveries,        /* what webhooks were sent */
  vrf_handlers_docs,              /* the API's description */
  vrf_handlers_documents,         /* stand-alone documents */
  vrf_handlers_events,            /* the audit trail */
  vrf_handlers_faults,            /* what is to go wrong */
  vrf_handlers_identities,        /* identities: create, read, change, delete */
  vrf_handlers_identity_actions,  /* what can be done with an identity */
  vrf_handlers_identity_lists,    /* lists of identities, and of one's sessions */
  vrf_handlers_identity_types,    /* kinds of identities */
  vrf_handlers_keys,              /* API keys */
  vrf_handlers_lan,               /* phones on the network */
  vrf_handlers_list_items,        /* what is in custom lists, and what is like it */
  vrf_handlers_lists,             /* custom lists */
  vrf_handlers_outbox,            /* mails that are not sent */
  vrf_handlers_results,           /* results, checks and risk of a session */
  vrf_handlers_session_actions,   /* what can be done with a session */
  vrf_handlers_session_data,      /* redaction and export */
  vrf_handlers_session_documents, /* documents, and submit */
  vrf_handlers_session_workflow,  /* the run of a session's workflow */
  vrf_handlers_sessions,          /* create, list, read, change */
  vrf_handlers_tools,             /* clock, reset, seed, settings, scenarios */
  vrf_handlers_unavailable,       /* what this server has not */
  vrf_handlers_webhooks,          /* where webhooks go */
  vrf_handlers_workflows,         /* workflows */
  NULL,
};

/** vrf_handlers_check_origin: 403 for a page that is not ours, whoever opened it: a #VrfRouteCheck
 * of the tools (verifa-api.md 8.6b) */
gboolean
vrf_handlers_check_origin (VrfRequest *request, VrfReply *reply)
{
  const char *origin = vrf_request_get_header (request, "Origin");
  const char *host = vrf_request_get_header (request, "Host");
  g_autofree char *own = g_strconcat ("http://", host, NULL);

  if (origin == NULL || g_ascii_strcasecmp (origin, own) == 0)
    return TRUE;
  vrf_error_reply_set (reply, 403, "forbidden", "Pages of another origin cannot use the tools.");
  return FALSE;
}

/**
 * vrf_handlers_is_found:
 * @reply: answered when it is not
 * @found: (nullable): what was looked for
 * @error: (nullable): what went wrong
 * @detail: that there is no such thing: "Session not found."
 *
 * Returns: whether @found is there
 */
gboolean
vrf_handlers_is_found (VrfReply *reply,
                       gconstpointer found,
                       const GError *error,
                       const char *detail)
{
  if (error != NULL)
    vrf_error_reply_set_error (reply, error);
  else if (found == NULL)
    vrf_error_reply_set (reply, 404, "not_found", detail);
  return found != NULL;
}

/**
 * vrf_handlers_find_session:
 * @request: a route with `session_id`
 * @reply: answered when there is no such session in the key's environment
 *
 * Returns: (nullable) (transfer full): the session
 */
VrfStoredSession *
vrf_handlers_find_session (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfStoredSession *session =
      vrf_sandbox_store_get_session (vrf_request_get_store (request),
                                     vrf_request_get_param (request, "session_id"),
                                     vrf_request_is_sandbox (request),
                                     &error);

  vrf_handlers_is_found (reply, session, error, "Session not found.");
  return session;
}

/**
 * vrf_handlers_find_case:
 * @request: a route with `case_id`
 * @reply: answered when there is no such case in the key's environment
 *
 * Returns: (nullable) (transfer full): the case
 */
VrfStoredCase *
vrf_handlers_find_case (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfStoredCase *found = vrf_store_cases_get (vrf_request_get_store (request),
                                              vrf_request_get_param (request, "case_id"),
                                              vrf_request_is_sandbox (request),
                                              &error);

  vrf_handlers_is_found (reply, found, error, "Case not found.");
  return found;
}

/**
 * vrf_handlers_find_webhook:
 * @request: a route with `endpoint_id`
 * @reply: answered when there is no such endpoint in the key's environment
 *
 * Returns: (nullable) (transfer full): the endpoint
 */
VrfStoredWebhook *
vrf_handlers_find_webhook (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfStoredWebhook *webhook =
      vrf_store_webhooks_get (vrf_request_get_store (request),
                              vrf_request_get_param (request, "endpoint_id"),
                              vrf_request_is_sandbox (request),
                              &error);

  vrf_handlers_is_found (reply, webhook, error, "Webhook endpoint not found.");
  return webhook;
}

static gboolean
read_number (VrfRequest *request,
             VrfFieldErrors *errors,
             const char *name,
             guint64 min,
             guint64 max,
             guint *number)
{
  const char *text = vrf_request_get_query (request, name);
  guint64 value = 0;
  g_autofree char *message = NULL;

  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    {
      *number = (guint) value;
      return TRUE;
    }
  message = g_strdup_printf (
      "must be a whole number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, min, max);
  vrf_field_errors_add (errors, name, "range", message);
  return FALSE;
}

/**
 * vrf_handlers_read_page:
 * @request: a list
 * @errors: takes what is wrong
 * @default_limit: how many, unless it says
 * @ret_limit: (out): how many
 * @ret_offset: (out): how many to pass over
 *
 * `limit` and `offset` of verifa-api.md 1.6.
 */
gboolean
vrf_handlers_read_page (VrfRequest *request,
                        VrfFieldErrors *errors,
                        guint default_limit,
                        guint *ret_limit,
                        guint *ret_offset)
{
  gboolean ok = TRUE;

  *ret_limit = default_limit;
  *ret_offset = 0;
  ok = read_number (request, errors, "limit", 1, MAX_LIMIT, ret_limit);
  return read_number (request, errors, "offset", 0, G_MAXINT32, ret_offset) && ok;
}

/**
 * vrf_handlers_read_time:
 * @request: a list
 * @errors: takes what is wrong
 * @name: a query parameter with an RFC 3339 time
 * @us: (out): left alone when the parameter is not given
 */
void
vrf_handlers_read_time (VrfRequest *request, VrfFieldErrors *errors, const char *name, gint64 *us)
{
  const char *text = vrf_request_get_query (request, name);

  if (text != NULL && !vrf_time_parse (text, us, NULL))
    vrf_field_errors_add (errors, name, "format", "must be a time like 2026-02-01T12:00:00Z");
}
