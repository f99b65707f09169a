/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "api/vrf-session-request.h"
#include "base/vrf-error.h"

/* verifa-api.md 3.1, 8.2 */
#define EXTERNAL_REF_MAX_CHARS 255
#define TEXT_MAX_CHARS 255
#define TAGS_MAX 50
#define TAG_MAX_CHARS 64
#define METADATA_MAX_KEYS 50
#define METADATA_VALUE_MAX_BYTES (16 * 1024)

/** vrf_session_request_new: Returns: (transfer full): an empty request, which is a valid one */
VrfSessionRequest *
vrf_session_request_new (void)
{
  return g_new0 (VrfSessionRequest, 1);
}

static void
copy_member (JsonObject *object, const char *name, JsonNode *value, gpointer user_data)
{
  json_object_set_member (user_data, name, json_node_copy (value));
}

/* The members are the copy's own; arrays and objects inside them are shared, and nobody changes
 * them. */
static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = NULL;

  if (object == NULL)
    return NULL;
  copy = json_object_new ();
  json_object_foreach_member (object, copy_member, copy);
  return copy;
}

/** vrf_session_request_copy: Returns: (transfer full): a copy whose members can be changed */
VrfSessionRequest *
vrf_session_request_copy (const VrfSessionRequest *self)
{
  VrfSessionRequest *copy = g_new0 (VrfSessionRequest, 1);

  copy->external_ref = g_strdup (self->external_ref);
  copy->applicant_name = g_strdup (self->applicant_name);
  copy->applicant_email = g_strdup (self->applicant_email);
  copy->send_email = self->send_email;
  copy->workflow_id = g_strdup (self->workflow_id);
  copy->country = g_strdup (self->country);
  copy->redirect_url = g_strdup (self->redirect_url);
  copy->email_display_name = g_strdup (self->email_display_name);
  copy->support_url = g_strdup (self->support_url);
  copy->desk = g_strdup (self->desk);
  copy->tags = g_strdupv (self->tags);
  copy->metadata = copy_object (self->metadata);
  copy->fields = copy_object (self->fields);
  return copy;
}

void
vrf_session_request_free (VrfSessionRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->external_ref);
  g_free (self->applicant_name);
  g_free (self->applicant_email);
  g_free (self->workflow_id);
  g_free (self->country);
  g_free (self->redirect_url);
  g_free (self->email_display_name);
  g_free (self->support_url);
  g_free (self->desk);
  g_strfreev (self->tags);
  g_clear_pointer (&self->metadata, json_object_unref);
  g_clear_pointer (&self->fields, json_object_unref);
  g_free (self);
}

static gboolean
fail (GError **error, const char *field, const char *message)
{
  VrfErrorHttp http = VRF_ERROR_HTTP_INIT;

  http.field = field;
  g_propagate_error (error, vrf_error_new_http (VRF_ERROR_ARGUMENT, &http, message));
  return FALSE;
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_line (const char *text, glong max_chars)
{
  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > max_chars)
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

static gboolean
is_web_url (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  return uri != NULL && is_set (g_uri_get_host (uri))
         && (g_str_equal (g_uri_get_scheme (uri), "https")
             || g_str_equal (g_uri_get_scheme (uri), "http"));
}

/* Not a grammar: it finds slips of the hand. */
static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && at[1] != '\0' && strchr (at + 1, '@') == NULL
         && strpbrk (text, " \t,;<>") == NULL && at[1] != '.' && !g_str_has_suffix (text, ".");
}

static gboolean
check_texts (const VrfSessionRequest *self, GError **error)
{
  if (is_set (self->external_ref) && !is_line (self->external_ref, EXTERNAL_REF_MAX_CHARS))
    return fail (error,
                 "external_ref",
                 _ ("The external reference must be one line of at most 255 characters."));
  if (is_set (self->applicant_name) && !is_line (self->applicant_name, TEXT_MAX_CHARS))
    return fail (error,
                 "applicant_name",
                 _ ("The applicant’s name must be one line of at most 255 characters."));
  if (is_set (self->email_display_name) && !is_line (self->email_display_name, TEXT_MAX_CHARS))
    return fail (error,
                 "email_display_name",
                 _ ("The brand name must be one line of at most 255 characters."));
  if (is_set (self->country)
      && (strlen (self->country) != 2 || !g_ascii_isalpha (self->country[0])
          || !g_ascii_isalpha (self->country[1])))
    return fail (error, "country", _ ("The country must be two letters, such as US."));
  return TRUE;
}

static gboolean
check_email (const VrfSessionRequest *self, GError **error)
{
  if (self->send_email && !is_set (self->applicant_email))
    return fail (
        error, "applicant_email", _ ("To email the invite, enter the applicant’s email address."));
  if (is_set (self->applicant_email)
      && (!is_line (self->applicant_email, TEXT_MAX_CHARS) || !is_email (self->applicant_email)))
    return fail (error,
                 "applicant_email",
                 _ ("This is not an email address. It looks like name@example.com."));
  return TRUE;
}

static gboolean
check_urls (const VrfSessionRequest *self, GError **error)
{
  if (is_set (self->redirect_url) && !is_web_url (self->redirect_url))
    return fail (
        error, "redirect_url", _ ("The redirect URL must begin with https:// or http://."));
  if (is_set (self->support_url) && !is_web_url (self->support_url))
    return fail (error, "support_url", _ ("The support link must begin with https:// or http://."));
  return TRUE;
}

static gboolean
check_tags (const VrfSessionRequest *self, GError **error)
{
  if (self->tags != NULL && g_strv_length (self->tags) > TAGS_MAX)
    return fail (error, "tags", _ ("At most 50 tags are possible."));
  for (char **tag = self->tags; tag != NULL && *tag != NULL; tag++)
    if (**tag == '\0' || !is_line (*tag, TAG_MAX_CHARS))
      return fail (error, "tags", _ ("A tag must have 1 to 64 characters."));
  return TRUE;
}

static JsonObject *
make_metadata (const VrfSessionRequest *self)
{
  g_autoptr (JsonObject) metadata =
      self->metadata != NULL ? copy_object (self->metadata) : json_object_new ();

  if (is_set (self->applicant_name))
    json_object_set_string_member (metadata, "applicant_name", self->applicant_name);
  if (is_set (self->desk))
    json_object_set_string_member (metadata, "desk", self->desk);
  return g_steal_pointer (&metadata);
}

static gboolean
check_metadata (const VrfSessionRequest *self, GError **error)
{
  g_autoptr (JsonObject) metadata = make_metadata (self);
  g_autoptr (GList) values = json_object_get_values (metadata);

  if (json_object_get_size (metadata) > METADATA_MAX_KEYS)
    return fail (error, "metadata", _ ("At most 50 metadata entries are possible."));
  for (GList *l = values; l != NULL; l = l->next)
    {
      g_autofree char *text = vrf_json_to_text (l->data);

      if (strlen (text) > METADATA_VALUE_MAX_BYTES)
        return fail (error, "metadata", _ ("A metadata entry must be smaller than 16 KB."));
    }
  return TRUE;
}

/**
 * vrf_session_request_validate:
 * @self: a request
 * @error: %VRF_ERROR_ARGUMENT; vrf_error_get_field() names the member
 *
 * Whether the server would take it (verifa-api.md 3.1, 8.2).
 */
gboolean
vrf_session_request_validate (const VrfSessionRequest *self, GError **error)
{
  return check_texts (self, error) && check_email (self, error) && check_urls (self, error)
         && check_tags (self, error) && check_metadata (self, error);
}

static void
set_text (JsonObject *body, const char *name, const char *text)
{
  if (is_set (text))
    json_object_set_string_member (body, name, text);
}

static void
set_tags (JsonObject *body, GStrv tags)
{
  g_autoptr (JsonArray) array = json_array_new ();

  if (tags == NULL || *tags == NULL)
    return;
  for (char **tag = tags; *tag != NULL; tag++)
    json_array_add_string_element (array, *tag);
  json_object_set_array_member (body, "tags", g_steal_pointer (&array));
}

/** vrf_session_request_to_json: Returns: (transfer full): the body of POST /sessions */
JsonNode *
vrf_session_request_to_json (const VrfSessionRequest *self)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (JsonObject) metadata = make_metadata (self);
  g_autofree char *country = self->country != NULL ? g_ascii_strup (self->country, -1) : NULL;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  set_text (body, "external_ref", self->external_ref);
  set_text (body, "workflow_id", self->workflow_id);
  set_text (body, "country", country);
  set_text (body, "redirect_url", self->redirect_url);
  set_text (body, "applicant_name", self->applicant_name);
  set_text (body, "applicant_email", self->applicant_email);
  set_text (body, "email_display_name", self->email_display_name);
  set_text (body, "support_url", self->support_url);
  if (self->send_email)
    json_object_set_boolean_member (body, "send_email", TRUE);
  set_tags (body, self->tags);
  if (json_object_get_size (metadata) > 0)
    json_object_set_object_member (body, "metadata", g_steal_pointer (&metadata));
  if (self->fields != NULL && json_object_get_size (self->fields) > 0)
    json_object_set_object_member (body, "fields", copy_object (self->fields));
  json_node_take_object (node, g_steal_pointer (&body));
  return node;
}
