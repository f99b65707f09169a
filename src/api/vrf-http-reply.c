/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "api/vrf-http-reply.h"
#include "api/vrf-problem.h"
#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* A longer pause is not a pause but a mistake. */
#define RETRY_AFTER_LIMIT_S (7 * 24 * 3600)

#define REQUEST_ID_MAX_BYTES 128

static int
read_number (const char *text, int max)
{
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, (guint64) max, &number, NULL))
    return -1;
  return (int) number;
}

static gint64
read_http_date (const char *text)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : VRF_TIME_NONE;
}

/* Seconds, or an HTTP date that is measured against the server's own `Date`, so that a wrong clock
 * here does not matter. */
static int
read_retry_after (const char *text, gint64 date_at)
{
  gint64 until = VRF_TIME_NONE;
  gint64 from = date_at != VRF_TIME_NONE ? date_at : g_get_real_time ();
  int seconds = read_number (text, RETRY_AFTER_LIMIT_S);

  if (seconds >= 0 || text == NULL)
    return seconds;
  until = read_http_date (text);
  if (until == VRF_TIME_NONE)
    return -1;
  return (int) CLAMP ((until - from) / G_USEC_PER_SEC, 0, RETRY_AFTER_LIMIT_S);
}

static char *
dup_request_id (const char *text)
{
  if (text == NULL || strlen (text) > REQUEST_ID_MAX_BYTES)
    return NULL;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return NULL;
  return g_strdup (text);
}

static gboolean
looks_like_html (SoupMessageHeaders *headers, GBytes *body)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  if (type != NULL && g_ascii_strcasecmp (type, "text/html") == 0)
    return TRUE;
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  return length > 0 && *text == '<';
}

/**
 * vrf_http_reply_new:
 * @status: the HTTP status
 * @headers: the answer's headers
 * @body: (nullable): what was read
 *
 * Returns: (transfer full): the answer, its headers read
 */
VrfHttpReply *
vrf_http_reply_new (guint status, SoupMessageHeaders *headers, GBytes *body)
{
  VrfHttpReply *self = g_new0 (VrfHttpReply, 1);

#define ONE(name) soup_message_headers_get_one (headers, name)
  self->status = status;
  self->date_at = read_http_date (ONE ("Date"));
  self->retry_after_s = read_retry_after (ONE ("Retry-After"), self->date_at);
  self->rate_limit = read_number (ONE ("X-RateLimit-Limit"), G_MAXINT);
  self->rate_remaining = read_number (ONE ("X-RateLimit-Remaining"), G_MAXINT);
  self->quota_limit = read_number (ONE ("X-Quota-Limit"), G_MAXINT);
  self->quota_remaining = read_number (ONE ("X-Quota-Remaining"), G_MAXINT);
  self->sandbox_time = g_strdup (ONE ("X-Sandbox-Time"));
  self->request_id = dup_request_id (ONE ("X-Request-Id"));
#undef ONE
  self->is_html = looks_like_html (headers, body);
  if (body != NULL && g_bytes_get_size (body) > 0)
    self->body = g_bytes_ref (body);
  return self;
}

void
vrf_http_reply_free (VrfHttpReply *self)
{
  if (self == NULL)
    return;
  g_free (self->sandbox_time);
  g_free (self->request_id);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/** vrf_http_reply_is_success: Returns: whether the status is 2xx */
gboolean
vrf_http_reply_is_success (const VrfHttpReply *self)
{
  return self->status >= 200 && self->status < 300;
}

/** vrf_http_reply_make_error: Returns: (transfer full): an error with what this answer's headers
 * tell */
GError *
vrf_http_reply_make_error (const VrfHttpReply *self, int code, const char *message)
{
  VrfErrorHttp http = VRF_ERROR_HTTP_INIT;

  http.status = self->status;
  http.retry_after_s = self->retry_after_s;
  http.request_id = self->request_id;
  return vrf_error_new_http (code, &http, message);
}

static const char *
get_page_message (void)
{
  return _ ("The server answered with a web page instead of data. Check the address; on a guest "
            "network, sign in to it with the browser first.");
}

/* A page instead of an error body comes from a wrong address, a proxy or a captive portal. */
static gboolean
is_stray_page (const VrfHttpReply *self)
{
  return self->is_html && self->status != 401 && self->status != 429
         && ((self->status >= 400 && self->status < 500) || self->status == 511);
}

/**
 * vrf_http_reply_to_error:
 * @self: an answer outside 2xx
 *
 * The status decides; the body, if it can be read, adds the server's words (verifa-api.md 1.8).
 *
 * Returns: (transfer full): the error
 */
GError *
vrf_http_reply_to_error (const VrfHttpReply *self)
{
  g_autoptr (VrfProblem) problem = vrf_problem_new (self->is_html ? NULL : self->body);
  g_autofree char *message = NULL;
  VrfErrorHttp http = VRF_ERROR_HTTP_INIT;
  VrfError code = vrf_error_from_http_status (self->status, problem->code);

  if (is_stray_page (self))
    return vrf_http_reply_make_error (self, code, get_page_message ());

  http.status = self->status;
  http.api_code = problem->code;
  http.retry_after_s = self->retry_after_s;
  http.request_id = self->request_id;
  http.field = problem->field;
  message = vrf_problem_dup_message (problem, code, &http);
  return vrf_error_new_http (code, &http, message);
}

/**
 * vrf_http_reply_parse:
 * @self: an answer of status 2xx
 * @ret_node: (out) (nullable) (transfer full): its JSON; %NULL when it has no body
 * @error: %VRF_ERROR_REPLY or %VRF_ERROR_TOO_LARGE
 *
 * The content type is not asked: JSON is JSON whatever its label.
 */
gboolean
vrf_http_reply_parse (const VrfHttpReply *self, JsonNode **ret_node, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  g_autofree char *message = NULL;

  *ret_node = NULL;
  if (self->body == NULL && !self->is_html)
    return TRUE;
  if (self->is_html)
    {
      g_propagate_error (error,
                         vrf_http_reply_make_error (self, VRF_ERROR_REPLY, get_page_message ()));
      return FALSE;
    }

  *ret_node = vrf_json_parse (self->body, VRF_HTTP_REPLY_MAX_BYTES, &parse_error);
  if (*ret_node != NULL)
    return TRUE;
  message = g_strdup_printf (_ ("The server’s answer cannot be understood. Try again; if this "
                                "keeps happening, report this: %s"),
                                parse_error->message);
  g_propagate_error (error, vrf_http_reply_make_error (self, parse_error->code, message));
  return FALSE;
}
