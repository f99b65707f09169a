/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-identity-patch.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-identity-status.h"

/* The body of `PATCH /identities/{identity_id}` (verifa-api.md 7.2). */

static const char *
check_phone (const char *text)
{
  gsize digits = text[0] == '+' ? strspn (text + 1, "0123456789") : 0;

  if (digits < 2 || digits > 15 || text[1] == '0' || text[1 + digits] != '\0')
    return "must be a number in E.164 form, like +14155550123";
  return NULL;
}

static const char *
check_ssn (const char *text)
{
  gboolean dashed = strlen (text) == 11 && text[3] == '-' && text[6] == '-';
  guint digits = 0;

  for (const char *c = text; *c != '\0'; c++)
    digits += g_ascii_isdigit (*c) ? 1 : 0;
  return digits == 9 && (dashed || strlen (text) == 9) ? NULL : "must have nine digits";
}

static const char *
check_status (const char *text)
{
  return vrf_identity_status_is_settable (text) ? NULL
                                                : "must be pending, verified, rejected or failed";
}

#define TEXT(name_, max_)                                                                          \
  {                                                                                                \
    .name = name_, .type = VRF_FIELD_STRING, .nullable = TRUE, .min = 1, .max = max_               \
  }

/* Those in front are the person's, and kept by their names; null takes a correction back. */
#define N_PERSON 15

static const VrfField fields[] = {
  TEXT ("first_name", 255),
  TEXT ("last_name", 255),
  { .name = "date_of_birth",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .check = vrf_fields_check_date },
  TEXT ("address_line1", 255),
  TEXT ("address_line2", 255),
  TEXT ("city", 255),
  TEXT ("state", 64),
  TEXT ("zip_code", 32),
  TEXT ("document_number", 64),
  { .name = "ssn", .type = VRF_FIELD_STRING, .nullable = TRUE, .check = check_ssn },
  TEXT ("nationality", 64),
  TEXT ("gender", 32),
  { .name = "country",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .check = vrf_fields_check_country,
    .code = "string_length" },
  { .name = "email",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .min = 1,
    .max = 254,
    .check = vrf_fields_check_email },
  { .name = "phone", .type = VRF_FIELD_STRING, .nullable = TRUE, .check = check_phone },
  { .name = "external_ref", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
  { .name = "status", .type = VRF_FIELD_STRING, .check = check_status, .code = "enum" },
  { NULL },
};

/** vrf_identity_patch_check: adds to @errors what is not acceptable */
void
vrf_identity_patch_check (JsonObject *body, VrfFieldErrors *errors)
{
  vrf_fields_check (body, fields, errors);
}

static void
set_member (JsonObject *data, const char *name, const char *value)
{
  g_autofree char *upper = g_str_equal (name, "country") ? g_ascii_strup (value, -1) : NULL;

  json_object_set_string_member (data, name, upper != NULL ? upper : value);
}

/** vrf_identity_patch_apply: takes what a checked @body has; the row is not written here */
void
vrf_identity_patch_apply (JsonObject *body, VrfIdentity *identity)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (identity->data);
  JsonObject *data = json_node_get_object (root);

  for (guint i = 0; i < N_PERSON; i++)
    {
      const char *name = fields[i].name;

      if (vrf_fields_has (body, name))
        set_member (data, name, vrf_fields_get_string (body, name));
      else if (json_object_has_member (body, name) && json_object_has_member (data, name))
        json_object_remove_member (data, name);
    }
  g_free (identity->data);
  identity->data = vrf_json_to_text (root);

  if (vrf_fields_has (body, "external_ref"))
    vrf_stored_set (&identity->external_ref, vrf_fields_get_string (body, "external_ref"));
  if (vrf_fields_has (body, "status"))
    vrf_stored_set (&identity->status, vrf_fields_get_string (body, "status"));
}
