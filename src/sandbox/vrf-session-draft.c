/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-session-draft.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-tags.h"

/* The body of `POST /sessions` (verifa-api.md 3.1, 8.2). */

#define MAX_METADATA_KEYS 50
#define MAX_METADATA_BYTES (16 * 1024)

#define FIELDS "fields"
#define MAX_NAME 100
#define MAX_LINE 200

#define TEXT(name_, max_)                                                                          \
  {                                                                                                \
    .name = name_, .type = VRF_FIELD_STRING, .nullable = TRUE, .max = max_                         \
  }

static const VrfField create_fields[] = {
  { .name = "external_ref", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
  { .name = "metadata", .type = VRF_FIELD_OBJECT },
  { .name = "country",
    .type = VRF_FIELD_STRING,
    .check = vrf_fields_check_country,
    .code = "string_length" },
  { .name = "checks", .type = VRF_FIELD_STRINGS, .max = 50, .item_max = 64 },
  { .name = "workflow_id", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
  { .name = "redirect_url",
    .type = VRF_FIELD_STRING,
    .min = 1,
    .max = 2048,
    .check = vrf_fields_check_url },
  { .name = FIELDS, .type = VRF_FIELD_OBJECT },
  { .name = "send_email", .type = VRF_FIELD_BOOL },
  { .name = "applicant_email",
    .type = VRF_FIELD_STRING,
    .min = 1,
    .max = 254,
    .check = vrf_fields_check_email },
  { .name = "applicant_name", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
  { .name = "email_display_name", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
  { .name = "support_url",
    .type = VRF_FIELD_STRING,
    .min = 1,
    .max = 2048,
    .check = vrf_fields_check_url },
  { VRF_TAGS_FIELD },
  { NULL },
};

/* Of the pre-filled data; what the applicant types is held to more. */
static const VrfField applicant_fields[] = {
  TEXT ("first_name", MAX_NAME),
  TEXT ("last_name", MAX_NAME),
  { .name = "date_of_birth",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .check = vrf_fields_check_date },
  TEXT ("email", 254),
  TEXT ("phone", 32),
  { .name = "address", .type = VRF_FIELD_OBJECT, .nullable = TRUE },
  { NULL },
};

static const VrfField address_fields[] = {
  TEXT ("line1", MAX_LINE),
  TEXT ("line2", MAX_LINE),
  TEXT ("city", MAX_LINE),
  TEXT ("state", MAX_LINE),
  TEXT ("zip", MAX_LINE),
  TEXT ("country", MAX_LINE),
  { NULL },
};

typedef struct
{
  const char *from;
  const char *to;
} Alias;

/* Names that other vendors use. */
static const Alias aliases[] = {
  { "reference_id", "external_ref" },       { "template_id", "workflow_id" },
  { "inquiry_template_id", "workflow_id" }, { "country_code", "country" },
  { "redirect_uri", "redirect_url" },       { NULL, NULL },
};

static const Alias field_aliases[] = {
  { "name_first", "first_name" }, { "name_last", "last_name" }, { "birthdate", "date_of_birth" },
  { "email_address", "email" },   { "phone_number", "phone" },  { NULL, NULL },
};

static void
rename_members (JsonObject *object, const Alias *alias)
{
  for (; alias->from != NULL; alias++)
    {
      JsonNode *node = json_object_get_member (object, alias->from);

      if (node != NULL && !json_object_has_member (object, alias->to))
        json_object_set_member (object, alias->to, json_node_copy (node));
      json_object_remove_member (object, alias->from);
    }
}

/**
 * vrf_session_draft_check_metadata:
 * @body: with or without the member
 * @member: `metadata`, or another that callers fill as they like
 * @errors: takes what is too much
 */
void
vrf_session_draft_check_metadata (JsonObject *body, const char *member, VrfFieldErrors *errors)
{
  JsonNode *node = json_object_get_member (body, member);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  if (json_object_get_size (json_node_get_object (node)) > MAX_METADATA_KEYS)
    vrf_field_errors_add (errors, member, "too_many", "must have at most 50 keys");

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = vrf_json_to_text (value);
      g_autofree char *field = g_strconcat (member, ".", name, NULL);
      const VrfFieldProblem *problem = NULL;

      if (strlen (text) > MAX_METADATA_BYTES)
        vrf_field_errors_add (errors, field, "too_large", "must be at most 16 KB");
      else if ((problem = vrf_fields_find_problem (value)) != NULL)
        vrf_field_errors_add (errors, field, problem->code, problem->message);
    }
}

static void
check_fields (JsonObject *body, VrfFieldErrors *errors)
{
  JsonNode *node = json_object_get_member (body, FIELDS);
  const VrfFieldProblem *problem = NULL;

  /* What has the wrong type was noted before. */
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  rename_members (json_node_get_object (node), field_aliases);
  vrf_fields_check_inside (node, FIELDS, applicant_fields, errors);
  vrf_fields_check_inside (json_object_get_member (json_node_get_object (node), "address"),
                           FIELDS ".address",
                           address_fields,
                           errors);
  problem = vrf_fields_find_problem (node);
  if (problem != NULL)
    vrf_field_errors_add (errors, FIELDS, problem->code, problem->message);
}

/* A null in @from removes what @to had. */
static void
apply_members (JsonObject *from, JsonObject *to)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (JSON_NODE_HOLDS_NULL (value))
        json_object_remove_member (to, name);
      else
        json_object_set_member (to, name, json_node_copy (value));
    }
}

/**
 * vrf_session_draft_merge_metadata:
 * @stored: what there is
 * @changes: a null removes a key, anything else replaces it
 *
 * Returns: (transfer full): the metadata afterwards
 */
char *
vrf_session_draft_merge_metadata (const char *stored, JsonObject *changes)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (stored);

  /* A null that was stored at creation stays: it is not among the changes. */
  apply_members (changes, json_node_get_object (root));
  return vrf_json_to_text (root);
}

/* The invitation goes to applicant_email, else to metadata.applicant_email. */
static const char *
find_email (JsonObject *body)
{
  const char *email = vrf_fields_get_string (body, "applicant_email");
  JsonNode *metadata = json_object_get_member (body, "metadata");
  JsonNode *node = NULL;

  if (email != NULL || metadata == NULL || !JSON_NODE_HOLDS_OBJECT (metadata))
    return email;
  node = json_object_get_member (json_node_get_object (metadata), "applicant_email");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  email = json_node_get_string (node);
  return vrf_fields_check_email (email) == NULL ? email : NULL;
}

static void
check_email (JsonObject *body, VrfFieldErrors *errors)
{
  JsonNode *send = json_object_get_member (body, "send_email");

  /* What has the wrong type was noted before. */
  if (send == NULL || !JSON_NODE_HOLDS_VALUE (send)
      || json_node_get_value_type (send) != G_TYPE_BOOLEAN || !json_node_get_boolean (send))
    return;
  if (!json_object_has_member (body, "applicant_email") && find_email (body) == NULL)
    vrf_field_errors_add (
        errors, "applicant_email", "required", "is required to send an invitation");
}

static void
take_texts (VrfStoredSession *session, JsonObject *body)
{
  const struct
  {
    const char *name;
    char **text;
  } texts[] = {
    { "external_ref", &session->external_ref },
    { "workflow_id", &session->workflow_id },
    { "redirect_url", &session->redirect_url },
    { "applicant_name", &session->applicant_name },
    { "email_display_name", &session->email_display_name },
    { "support_url", &session->support_url },
  };
  const char *country = vrf_fields_get_string (body, "country");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i].text = g_strdup (vrf_fields_get_string (body, texts[i].name));
  session->country = country != NULL ? g_ascii_strup (country, -1) : NULL;
  session->applicant_email = g_strdup (find_email (body));
}

/**
 * vrf_session_draft_read:
 * @body: of the request
 * @errors: takes what is not acceptable
 *
 * Returns: (nullable) (transfer full): a session with what was asked for; %NULL with @errors
 */
VrfStoredSession *
vrf_session_draft_read (JsonObject *body, VrfFieldErrors *errors)
{
  g_autoptr (VrfStoredSession) session = NULL;

  rename_members (body, aliases);
  vrf_fields_check (body, create_fields, errors);
  vrf_session_draft_check_metadata (body, "metadata", errors);
  check_fields (body, errors);
  check_email (body, errors);
  if (!vrf_field_errors_is_empty (errors))
    return NULL;

  session = vrf_stored_session_new ();
  take_texts (session, body);
  session->send_email = vrf_fields_get_bool (body, "send_email");
  session->checks = vrf_fields_dup_json (body, "checks");
  if (vrf_fields_has (body, "metadata"))
    {
      g_free (session->metadata);
      session->metadata = vrf_fields_dup_json (body, "metadata");
    }
  if (vrf_fields_has (body, FIELDS))
    {
      g_free (session->fields);
      session->fields = vrf_fields_dup_json (body, FIELDS);
    }
  if (vrf_fields_has (body, "tags"))
    {
      g_free (session->tags);
      session->tags = vrf_tags_dup_unique (json_object_get_array_member (body, "tags"));
    }
  return g_steal_pointer (&session);
}
