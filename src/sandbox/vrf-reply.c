/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/vrf-reply.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-inflection.h"

/** vrf_reply_new: Returns: (transfer full): a reply that says nothing yet */
VrfReply *
vrf_reply_new (void)
{
  VrfReply *self = g_new0 (VrfReply, 1);

  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  return self;
}

static void
clear (VrfReply *self)
{
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  soup_message_headers_remove (self->headers, "Content-Type");
}

/** vrf_reply_free: frees @self (nullable) */
void
vrf_reply_free (VrfReply *self)
{
  if (self == NULL)
    return;
  clear (self);
  soup_message_headers_unref (self->headers);
  g_free (self);
}

/** vrf_reply_set_json: answers with @json (transfer full), in snake case */
void
vrf_reply_set_json (VrfReply *self, guint status, JsonNode *json)
{
  clear (self);
  self->status = status;
  self->json = json;
  vrf_reply_set_header (self, "Content-Type", "application/json");
}

/** vrf_reply_set_bytes: answers with @bytes (transfer none) of @content_type */
void
vrf_reply_set_bytes (VrfReply *self, guint status, const char *content_type, GBytes *bytes)
{
  clear (self);
  self->status = status;
  self->bytes = g_bytes_ref (bytes);
  vrf_reply_set_header (self, "Content-Type", content_type);
}

/** vrf_reply_set_empty: answers without a body */
void
vrf_reply_set_empty (VrfReply *self, guint status)
{
  clear (self);
  self->status = status;
}

/** vrf_reply_set_header: sets a header of this reply; @value is never text from outside */
void
vrf_reply_set_header (VrfReply *self, const char *name, const char *value)
{
  soup_message_headers_replace (self->headers, name, value);
}

/**
 * vrf_reply_dup_body:
 * @self: a reply
 * @inflection: how JSON is spelled: `snake`, `camel` or `kebab`
 *
 * Returns: (transfer full): what is sent
 */
GBytes *
vrf_reply_dup_body (VrfReply *self, const char *inflection)
{
  g_autoptr (JsonNode) spelled = NULL;
  char *text = NULL;

  if (self->bytes != NULL)
    return g_bytes_ref (self->bytes);
  if (self->json == NULL)
    return g_bytes_new (NULL, 0);

  spelled = vrf_inflection_apply (self->json, inflection);
  text = vrf_json_to_text (spelled);
  return g_bytes_new_take (text, strlen (text));
}

/** vrf_reply_get_phrase: Returns: (transfer none): the words beside @status; libsoup lacks some */
const char *
vrf_reply_get_phrase (guint status)
{
  switch (status)
    {
    case 421:
      return "Misdirected Request";
    case 429:
      return "Too Many Requests";
    default:
      return soup_status_get_phrase (status);
    }
}
