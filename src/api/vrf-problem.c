/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "api/vrf-problem.h"
#include "api/vrf-http-reply.h"
#include "base/vrf-json.h"

#define DETAIL_MAX_CHARS 300
#define CODE_MAX_BYTES 64

/* The server's words go into a window: one line, bounded, nothing that is not printed. */
static char *
dup_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint n_chars = 0;

  for (const char *c = text; *c != '\0' && n_chars < DETAIL_MAX_CHARS; c = g_utf8_next_char (c))
    {
      gunichar unit = g_utf8_get_char (c);

      g_string_append_unichar (line, g_unichar_isprint (unit) ? unit : ' ');
      n_chars++;
    }
  g_strstrip (line->str);
  return line->str[0] != '\0' ? g_strdup (line->str) : NULL;
}

static const char *
peek_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static JsonObject *
peek_first_object (JsonNode *node)
{
  JsonArray *array = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0
      || !JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, 0)))
    return NULL;
  return json_array_get_object_element (array, 0);
}

/* `loc` is ["body", "country"]; its last text names the field. */
static const char *
peek_location (JsonObject *item)
{
  JsonNode *loc = json_object_get_member (item, "loc");
  const char *field = NULL;
  JsonArray *array = NULL;

  if (loc == NULL || !JSON_NODE_HOLDS_ARRAY (loc))
    return NULL;
  array = json_node_get_array (loc);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *part = peek_text (json_array_get_element (array, i));

      if (part != NULL && !g_str_equal (part, "body"))
        field = part;
    }
  return field;
}

/* From an item of `errors` ({field,message}) or of a `detail` list ({loc,msg}). */
static void
take_item (VrfProblem *self, JsonObject *item)
{
  const char *field = NULL;
  const char *message = NULL;

  if (item == NULL)
    return;
  field = peek_text (json_object_get_member (item, "field"));
  if (field == NULL)
    field = peek_location (item);
  message = peek_text (json_object_get_member (item, "message"));
  if (message == NULL)
    message = peek_text (json_object_get_member (item, "msg"));

  if (self->field == NULL && field != NULL)
    self->field = dup_line (field);
  if (message != NULL && field != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s: %s", field, message);

      g_free (self->detail);
      self->detail = dup_line (text);
    }
  else if (message != NULL && self->detail == NULL)
    self->detail = dup_line (message);
}

static void
take_object (VrfProblem *self, JsonObject *object)
{
  const char *code = peek_text (json_object_get_member (object, "error"));
  JsonNode *detail = json_object_get_member (object, "detail");

  if (code != NULL && strlen (code) <= CODE_MAX_BYTES)
    self->code = dup_line (code);
  if (peek_text (detail) != NULL)
    self->detail = dup_line (peek_text (detail));
  take_item (self, peek_first_object (json_object_get_member (object, "errors")));
  take_item (self, peek_first_object (detail));
  if (self->detail == NULL && detail != NULL && JSON_NODE_HOLDS_OBJECT (detail))
    take_item (self, json_node_get_object (detail));
}

/**
 * vrf_problem_new:
 * @body: (nullable): the body of an answer outside 2xx, whatever it is
 *
 * Returns: (transfer full): what could be read of it
 */
VrfProblem *
vrf_problem_new (GBytes *body)
{
  VrfProblem *self = g_new0 (VrfProblem, 1);
  g_autoptr (JsonNode) node = NULL;

  if (body != NULL)
    node = vrf_json_parse (body, VRF_HTTP_REPLY_MAX_PROBLEM_BYTES, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    take_object (self, json_node_get_object (node));
  return self;
}

void
vrf_problem_free (VrfProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->detail);
  g_free (self->field);
  g_free (self);
}

static char *
dup_rate_limited (int retry_after_s)
{
  if (retry_after_s < 0)
    return g_strdup (_ ("Verifa asks for a pause. Try again in a minute."));
  return g_strdup_printf (ngettext ("Verifa asks you to wait %d second before you try again.",
                                    "Verifa asks you to wait %d seconds before you try again.",
                                    (gulong) retry_after_s),
                          retry_after_s);
}

/* What stands when the server has no words of its own. */
static const char *
get_plain_message (VrfError code)
{
  switch ((int) code)
    {
    case VRF_ERROR_UNAUTHORIZED:
      return _ ("Verifa refused the key. It may be mistyped, expired or revoked: check it in "
                "Preferences.");
    case VRF_ERROR_FORBIDDEN:
      return _ ("The key may not do this. Ask your administrator for a key that can.");
    case VRF_ERROR_NOT_FOUND:
      return _ ("Verifa does not know this here. Check whether you are on Sandbox or Live.");
    case VRF_ERROR_CONFLICT:
      return _ ("This has changed in the meantime. Press Refresh and look again.");
    case VRF_ERROR_GONE:
      return _ ("This is no longer kept by Verifa.");
    case VRF_ERROR_TOO_LARGE:
      return _ ("This is larger than Verifa takes. Send less.");
    case VRF_ERROR_INVALID:
      return _ ("Verifa did not accept an entry. Check what was typed.");
    case VRF_ERROR_IDEMPOTENCY:
      return _ ("This was already sent with other entries. Start a new verification.");
    case VRF_ERROR_NOT_IMPLEMENTED:
      return _ ("This server does not offer that.");
    case VRF_ERROR_REDIRECT:
      return _ ("The server points to another address. Enter the right address in Preferences; on "
                "a guest network, sign in to it with the browser first.");
    case VRF_ERROR_SERVER:
      return _ ("Verifa has a problem of its own. Nothing typed is lost; try again in a moment.");
    default:
      return _ ("Verifa did not accept this.");
    }
}

/* What the server's words explain better than ours; the others are followed by them. */
static gboolean
speaks_for_itself (VrfError code)
{
  return code == VRF_ERROR_BAD_REQUEST || code == VRF_ERROR_INVALID || code == VRF_ERROR_CONFLICT
         || code == VRF_ERROR_NOT_FOUND || code == VRF_ERROR_GONE;
}

/**
 * vrf_problem_dup_message:
 * @self: what the body said
 * @code: what the status means
 * @http: the rest of the answer
 *
 * Returns: (transfer full): a sentence for a person
 */
char *
vrf_problem_dup_message (const VrfProblem *self, VrfError code, const VrfErrorHttp *http)
{
  if (code == VRF_ERROR_RATE_LIMITED)
    return dup_rate_limited (http->retry_after_s);
  if (code == VRF_ERROR_SERVER)
    /* Translators: the number is an HTTP status such as 502. */
    return g_strdup_printf (_ ("%s (HTTP %u)"), get_plain_message (code), http->status);
  if (self->detail == NULL || code == VRF_ERROR_UNAUTHORIZED || code == VRF_ERROR_REDIRECT
      || code == VRF_ERROR_IDEMPOTENCY)
    return g_strdup (get_plain_message (code));
  if (speaks_for_itself (code))
    /* Translators: the server's own words follow. */
    return g_strdup_printf (_ ("Verifa says: %s"), self->detail);
  /* Translators: our sentence, then the server's own words. */
  return g_strdup_printf (_ ("%s Verifa says: %s"), get_plain_message (code), self->detail);
}
