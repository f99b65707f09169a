/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "base/vrf-json.h"

G_BEGIN_DECLS

/** VRF_HTTP_REPLY_MAX_BYTES: the largest JSON answer that is read. */
#define VRF_HTTP_REPLY_MAX_BYTES (4 * 1024 * 1024)

/** VRF_HTTP_REPLY_MAX_FILE_BYTES: the largest picture or PDF that is read. */
#define VRF_HTTP_REPLY_MAX_FILE_BYTES (15 * 1024 * 1024)

/** VRF_HTTP_REPLY_MAX_PROBLEM_BYTES: the most that is read of an answer outside 2xx. */
#define VRF_HTTP_REPLY_MAX_PROBLEM_BYTES (64 * 1024)

/**
 * VrfHttpReply:
 *
 * An HTTP answer of any status: what its headers tell, and its body as it came. Numbers are -1,
 * texts and @body %NULL, and @date_at %VRF_TIME_NONE when not told.
 */
typedef struct
{
  guint status;
  gboolean is_html; /* says so, or looks like it */
  int retry_after_s;
  int rate_limit;
  int rate_remaining;
  int quota_limit;
  int quota_remaining;
  gint64 date_at;
  char *sandbox_time; /* X-Sandbox-Time, unparsed */
  char *request_id;
  GBytes *body;
} VrfHttpReply;

VrfHttpReply *
vrf_http_reply_new (guint status,
                    SoupMessageHeaders *headers,
                    GBytes *body) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_http_reply_free (VrfHttpReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfHttpReply, vrf_http_reply_free)

gboolean
vrf_http_reply_is_success (const VrfHttpReply *self);
GError *
vrf_http_reply_to_error (const VrfHttpReply *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_http_reply_parse (const VrfHttpReply *self, JsonNode **ret_node, GError **error);
GError *
vrf_http_reply_make_error (const VrfHttpReply *self,
                           int code,
                           const char *message) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
