/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-organization.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-identity-fields.h"

/* Kept as one JSON object, which has only what differs from the defaults of verifa-api.md 8.5. */

#define META_NAME "organization"
#define DEFAULT_NAME "Front Desk Demo"
#define DEFAULT_URL_EXPIRY_S 300
#define MAX_URL_EXPIRY_S (24 * 60 * 60)
#define MAX_DAYS 36500

static const char *
check_mode (const char *text)
{
  if (g_str_equal (text, "auto") || g_str_equal (text, "manual"))
    return NULL;
  return "must be auto or manual";
}

static const VrfField fields[] = {
  { .name = "name", .type = VRF_FIELD_STRING, .nullable = TRUE, .min = 1, .max = 255 },
  { .name = "email_display_name",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .min = 1,
    .max = 255 },
  { .name = "verification_mode",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .check = check_mode,
    .code = "enum" },
  { .name = "image_url_expiry_seconds",
    .type = VRF_FIELD_INT,
    .nullable = TRUE,
    .min = 1,
    .max = MAX_URL_EXPIRY_S },
  { .name = "data_retention_days", .type = VRF_FIELD_INT, .nullable = TRUE, .max = MAX_DAYS },
  { .name = "sensitive_data_retention_days",
    .type = VRF_FIELD_INT,
    .nullable = TRUE,
    .max = MAX_DAYS },
  { .name = "auto_redact_on_retention_expiry", .type = VRF_FIELD_BOOL, .nullable = TRUE },
  { .name = "dual_review", .type = VRF_FIELD_BOOL, .nullable = TRUE },
  { .name = "api_pii_fields",
    .type = VRF_FIELD_STRINGS,
    .nullable = TRUE,
    .max = 50,
    .item_max = 64 },
  { .name = "identity_custom_fields", .type = VRF_FIELD_OBJECT, .nullable = TRUE },
  { NULL },
};

static char *
dup_string (JsonObject *settings, const char *name, const char *fallback)
{
  const char *value = vrf_fields_get_string (settings, name);

  return g_strdup (value != NULL ? value : fallback);
}

static GStrv
dup_strings (JsonObject *settings, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!vrf_fields_has (settings, name))
    return NULL;
  array = json_object_get_array_member (settings, name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

static VrfOrganization *
new_from_text (const char *text)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (text != NULL ? text : "{}");
  JsonObject *settings = json_node_get_object (root);
  VrfOrganization *self = g_new0 (VrfOrganization, 1);

  self->name = dup_string (settings, "name", DEFAULT_NAME);
  self->email_display_name = dup_string (settings, "email_display_name", NULL);
  self->verification_mode = dup_string (settings, "verification_mode", "auto");
  self->image_url_expiry_s =
      (int) vrf_fields_get_int (settings, "image_url_expiry_seconds", DEFAULT_URL_EXPIRY_S);
  self->data_retention_days =
      (int) vrf_fields_get_int (settings, "data_retention_days", VRF_ORGANIZATION_FOREVER);
  self->sensitive_data_retention_days = (int) vrf_fields_get_int (
      settings, "sensitive_data_retention_days", VRF_ORGANIZATION_FOREVER);
  self->auto_redact = !vrf_fields_has (settings, "auto_redact_on_retention_expiry")
                      || vrf_fields_get_bool (settings, "auto_redact_on_retention_expiry");
  self->dual_review = vrf_fields_get_bool (settings, "dual_review");
  self->api_pii_fields = dup_strings (settings, "api_pii_fields");
  self->identity_custom_fields = vrf_fields_dup_json (settings, "identity_custom_fields");
  self->text = g_strdup (text);
  return self;
}

/** vrf_organization_new: Returns: (transfer full): the defaults */
VrfOrganization *
vrf_organization_new (void)
{
  return new_from_text (NULL);
}

/** vrf_organization_free: frees @self (nullable) */
void
vrf_organization_free (VrfOrganization *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->email_display_name);
  g_free (self->verification_mode);
  g_strfreev (self->api_pii_fields);
  g_free (self->identity_custom_fields);
  g_free (self->text);
  g_free (self);
}

/**
 * vrf_organization_refresh:
 * @self: (inout): what was read before; replaced if the settings have changed
 * @store: where they are
 * @error: from the database
 */
gboolean
vrf_organization_refresh (VrfOrganization **self, VrfSandboxStore *store, GError **error)
{
  g_autofree char *text = NULL;

  if (!vrf_sandbox_store_get_meta (store, META_NAME, &text, error))
    return FALSE;
  if (g_strcmp0 ((*self)->text, text) == 0)
    return TRUE;
  vrf_organization_free (*self);
  *self = new_from_text (text);
  return TRUE;
}

/* The settings that are stored, with @changes among them: a null gives the default back. */
static char *
dup_merged (const char *text, JsonObject *changes)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (text != NULL ? text : "{}");
  JsonObject *settings = json_node_get_object (root);

  for (const VrfField *field = fields; field->name != NULL; field++)
    {
      if (!json_object_has_member (changes, field->name))
        continue;
      if (vrf_fields_has (changes, field->name))
        json_object_set_member (
            settings, field->name, json_node_copy (json_object_get_member (changes, field->name)));
      else
        json_object_remove_member (settings, field->name);
    }
  return vrf_json_to_text (root);
}

/**
 * vrf_organization_change:
 * @store: where the settings are
 * @changes: some of the members of vrf_organization_to_json(); a null gives the default back,
 *   unknown ones are ignored
 * @errors: takes what is not acceptable; then nothing is written
 * @error: from the database
 *
 * The next vrf_organization_refresh() has them.
 *
 * Returns: %FALSE with @error; with @errors too, which leave @error alone
 */
gboolean
vrf_organization_change (VrfSandboxStore *store,
                         JsonObject *changes,
                         VrfFieldErrors *errors,
                         GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *merged = NULL;

  vrf_fields_check (changes, fields, errors);
  vrf_identity_fields_check_definitions (changes, "identity_custom_fields", errors);
  if (!vrf_field_errors_is_empty (errors)
      || !vrf_sandbox_store_get_meta (store, META_NAME, &text, error))
    return FALSE;
  merged = dup_merged (text, changes);
  return vrf_sandbox_store_set_meta (store, META_NAME, merged, error);
}

static void
add_days (JsonObject *object, const char *name, int days)
{
  if (days == VRF_ORGANIZATION_FOREVER)
    json_object_set_null_member (object, name);
  else
    json_object_set_int_member (object, name, days);
}

static void
add_strings (JsonObject *object, const char *name, const char *const *strings)
{
  JsonArray *array = NULL;

  if (strings == NULL)
    {
      json_object_set_null_member (object, name);
      return;
    }
  array = json_array_new ();
  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  json_object_set_array_member (object, name, array);
}

/** vrf_organization_to_json: Returns: (transfer full): every setting, by the names of
 * verifa-api.md 2.8, 2.9 and 7.9 */
JsonNode *
vrf_organization_to_json (const VrfOrganization *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", self->name);
  vrf_body_add_string (object, "email_display_name", self->email_display_name);
  json_object_set_string_member (object, "verification_mode", self->verification_mode);
  json_object_set_int_member (object, "image_url_expiry_seconds", self->image_url_expiry_s);
  add_days (object, "data_retention_days", self->data_retention_days);
  add_days (object, "sensitive_data_retention_days", self->sensitive_data_retention_days);
  json_object_set_boolean_member (object, "auto_redact_on_retention_expiry", self->auto_redact);
  json_object_set_boolean_member (object, "dual_review", self->dual_review);
  add_strings (object, "api_pii_fields", (const char *const *) self->api_pii_fields);
  vrf_body_add_text (object, "identity_custom_fields", self->identity_custom_fields);
  return vrf_body_take (object);
}

static gboolean
may_show (const VrfOrganization *self, const char *name)
{
  if (self->api_pii_fields != NULL)
    return g_strv_contains ((const char *const *) self->api_pii_fields, name);
  return !g_str_equal (name, "ssn");
}

/**
 * vrf_organization_filter_extracted:
 * @self: the settings
 * @extracted: `extracted_data` as it is stored, a JSON object
 *
 * Returns: (transfer full): what of it may be given out (verifa-api.md 2.8)
 */
JsonNode *
vrf_organization_filter_extracted (const VrfOrganization *self, const char *extracted)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (extracted);
  JsonObject *shown = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (may_show (self, name))
      json_object_set_member (shown, name, json_node_copy (value));
  return vrf_body_take (shown);
}
