/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-error-reply.h"

#include "base/vrf-error.h"

struct _VrfFieldErrors
{
  JsonArray *items; /* owned */
  char *first;      /* owned, nullable: "country: must be exactly 2 letters" */
};

/**
 * vrf_error_reply_refuse:
 * @error: (out) (optional): where to put it
 * @status: the HTTP status to answer
 * @code: the API's code
 * @detail: a sentence
 *
 * Makes the error that vrf_error_reply_set_error() turns into just this answer.
 */
void
vrf_error_reply_refuse (GError **error, guint status, const char *code, const char *detail)
{
  VrfErrorHttp http = VRF_ERROR_HTTP_INIT;

  http.status = status;
  http.api_code = code;
  g_propagate_error (error,
                     vrf_error_new_http (vrf_error_from_http_status (status, code), &http, detail));
}

static JsonBuilder *
begin (guint status, const char *code, const char *detail)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_add_string_value (builder, code);
  json_builder_set_member_name (builder, "detail");
  json_builder_add_string_value (builder, detail);
  json_builder_set_member_name (builder, "status_code");
  json_builder_add_int_value (builder, status);
  return builder;
}

/** vrf_error_reply_set: answers with the error body of verifa-api.md 1.8 */
void
vrf_error_reply_set (VrfReply *reply, guint status, const char *code, const char *detail)
{
  g_autoptr (JsonBuilder) builder = begin (status, code, detail);

  json_builder_end_object (builder);
  vrf_reply_set_json (reply, status, json_builder_get_root (builder));
}

/**
 * vrf_error_reply_set_error:
 * @reply: to be filled
 * @error: a refusal, or whatever else went wrong
 *
 * A refusal is answered as it is. Anything else is our fault: 500, and the reason stays in the log.
 */
void
vrf_error_reply_set_error (VrfReply *reply, const GError *error)
{
  guint status = vrf_error_get_http_status (error);

  if (status != 0)
    {
      vrf_error_reply_set (reply, status, vrf_error_get_api_code (error), error->message);
      return;
    }
  g_debug ("A request failed: %s", error != NULL ? error->message : "no reason given");
  vrf_error_reply_set (reply, 500, "internal_error", "The sandbox could not do this.");
}

/** vrf_field_errors_new: Returns: (transfer full): no errors yet */
VrfFieldErrors *
vrf_field_errors_new (void)
{
  VrfFieldErrors *self = g_new0 (VrfFieldErrors, 1);

  self->items = json_array_new ();
  return self;
}

/** vrf_field_errors_free: frees @self (nullable) */
void
vrf_field_errors_free (VrfFieldErrors *self)
{
  if (self == NULL)
    return;
  json_array_unref (self->items);
  g_free (self->first);
  g_free (self);
}

/**
 * vrf_field_errors_add:
 * @self: the errors so far
 * @field: "country", or "metadata.desk"
 * @code: "string_length"
 * @message: "must be exactly 2 letters"
 */
void
vrf_field_errors_add (VrfFieldErrors *self,
                      const char *field,
                      const char *code,
                      const char *message)
{
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "field", field);
  json_object_set_string_member (item, "message", message);
  json_object_set_string_member (item, "code", code);
  json_array_add_object_element (self->items, item);
  if (self->first == NULL)
    self->first = g_strdup_printf ("%s: %s", field, message);
}

/** vrf_field_errors_is_empty: Returns: whether every field was acceptable so far */
gboolean
vrf_field_errors_is_empty (VrfFieldErrors *self)
{
  return self->first == NULL;
}

/**
 * vrf_field_errors_reply:
 * @self: the errors
 * @reply: to be filled if there are any
 *
 * Returns: whether there were any, and @reply is a 422
 */
gboolean
vrf_field_errors_reply (VrfFieldErrors *self, VrfReply *reply)
{
  g_autoptr (JsonBuilder) builder = NULL;
  JsonNode *items = NULL;

  if (self->first == NULL)
    return FALSE;

  builder = begin (422, "validation_error", self->first);
  items = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (items, self->items);
  json_builder_set_member_name (builder, "errors");
  json_builder_add_value (builder, items);
  json_builder_end_object (builder);
  vrf_reply_set_json (reply, 422, json_builder_get_root (builder));
  return TRUE;
}
