/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup-types.h>
#include <libsoup/soup-message-headers.h>

G_BEGIN_DECLS

/**
 * VrfReply:
 * @status: the HTTP status; 0 as long as nothing was answered
 * @json: (nullable): the body as JSON in snake case; inflected when it is sent
 * @bytes: (nullable): the body of another type
 * @headers: beside those that every reply carries
 *
 * What a handler answers.
 */
typedef struct
{
  guint status;
  JsonNode *json;
  GBytes *bytes;
  SoupMessageHeaders *headers;
} VrfReply;

VrfReply *
vrf_reply_new (void) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_reply_free (VrfReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfReply, vrf_reply_free)

void
vrf_reply_set_json (VrfReply *self, guint status, JsonNode *json);
void
vrf_reply_set_bytes (VrfReply *self, guint status, const char *content_type, GBytes *bytes);
void
vrf_reply_set_empty (VrfReply *self, guint status);
void
vrf_reply_set_header (VrfReply *self, const char *name, const char *value);

GBytes *
vrf_reply_dup_body (VrfReply *self, const char *inflection) G_GNUC_WARN_UNUSED_RESULT;
const char *
vrf_reply_get_phrase (guint status);

G_END_DECLS
