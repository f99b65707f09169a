/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-capture-private.h"

#include "base/vrf-json.h"
#include "base/vrf-time.h"

/* What the applicant types (verifa-product.md 5.10). Checked for form, never for truth. */

#define MAX_NAME 100
#define MAX_LINE 200
#define MAX_AGE_YEARS 120

static const char *const address_parts[] = { "line1", "line2",   "city", "state",
                                             "zip",   "country", NULL };
static const char *const address_required[] = { "line1", "city", "zip", NULL };

static gboolean
is_text (const char *text, glong max_chars)
{
  glong length = g_utf8_strlen (text, -1);

  if (length == 0 || length > max_chars)
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;

  return TRUE;
}

static const char *
check_email (const char *text)
{
  const char *at = strchr (text, '@');

  if (is_text (text, 254) && at != NULL && at != text && strchr (at + 1, '@') == NULL
      && strchr (at, '.') != NULL && at[1] != '.' && !g_str_has_suffix (text, ".")
      && strpbrk (text, " <>,;\"") == NULL)
    return NULL;

  return "must be an e-mail address";
}

static const char *
check_phone (const char *text)
{
  guint n_digits = 0;

  for (const char *c = text + (*text == '+'); *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        n_digits++;
      else if (strchr (" ()-./", *c) == NULL)
        return "must be a phone number";
    }

  return n_digits >= 6 && n_digits <= 15 ? NULL : "must have 6 to 15 digits";
}

static const char *
check_birth (const char *text, gint64 now)
{
  g_autofree char *moment = g_strconcat (text, "T00:00:00Z", NULL);
  gint64 born = 0;
  gint64 limit = (gint64) (MAX_AGE_YEARS * 365.25 * 86400) * G_USEC_PER_SEC;

  if (strlen (text) != 10 || !vrf_time_parse (moment, &born, NULL))
    return "must be a date: YYYY-MM-DD";

  return born < now && born > now - limit ? NULL : "must be a date in the past 120 years";
}

static const char *
check_ssn (const char *text)
{
  guint n_digits = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        n_digits++;
      else if (*c != '-' && *c != ' ')
        return "must have nine digits";
    }

  return n_digits == 9 ? NULL : "must have nine digits";
}

static const char *
check_value (const char *name, const char *text, gint64 now)
{
  if (g_str_equal (name, "email"))
    return check_email (text);
  if (g_str_equal (name, "phone"))
    return check_phone (text);
  if (g_str_equal (name, "date_of_birth"))
    return check_birth (text, now);
  if (g_str_equal (name, "ssn"))
    return check_ssn (text);

  return is_text (text, MAX_NAME) ? NULL : "must be 1 to 100 characters";
}

/* The text of a member; NULL when it is absent, null or blank. @ret_wrong: it is something else. */
static char *
dup_text (JsonObject *object, const char *name, gboolean *ret_wrong)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autofree char *text = NULL;

  *ret_wrong = FALSE;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      *ret_wrong = TRUE;
      return NULL;
    }
  text = g_strstrip (g_strdup (json_node_get_string (node)));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

typedef struct
{
  JsonObject *body;
  JsonObject *collected;
  VrfFieldErrors *errors;
  gint64 now;
} Form;

static void
take_plain (Form *form, const char *name, gboolean required)
{
  gboolean wrong = FALSE;
  g_autofree char *text = dup_text (form->body, name, &wrong);
  const char *problem = NULL;

  if (wrong)
    vrf_field_errors_add (form->errors, name, "type", "must be text");
  else if (text == NULL && required)
    vrf_field_errors_add (form->errors, name, "required", "must be given");
  if (text == NULL)
    return;

  problem = check_value (name, text, form->now);
  if (problem != NULL)
    vrf_field_errors_add (form->errors, name, "format", problem);
  else
    json_object_set_string_member (form->collected, name, text);
}

static void
take_address_part (Form *form, JsonObject *address, const char *name, JsonObject *taken)
{
  gboolean wrong = FALSE;
  g_autofree char *text = dup_text (address, name, &wrong);
  g_autofree char *path = g_strconcat ("address.", name, NULL);

  if (wrong)
    vrf_field_errors_add (form->errors, path, "type", "must be text");
  else if (text == NULL && g_strv_contains (address_required, name))
    vrf_field_errors_add (form->errors, path, "required", "must be given");
  else if (text != NULL && !is_text (text, MAX_LINE))
    vrf_field_errors_add (form->errors, path, "string_length", "must be 1 to 200 characters");
  else if (text != NULL && g_str_equal (name, "country") && !vrf_capture_is_country (text))
    vrf_field_errors_add (form->errors, path, "string_length", "must be exactly 2 letters");
  else if (text != NULL)
    json_object_set_string_member (taken, name, text);
}

static void
take_address (Form *form, gboolean required)
{
  JsonNode *node = json_object_get_member (form->body, "address");
  JsonObject *taken = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      if (required)
        vrf_field_errors_add (form->errors, "address.line1", "required", "must be given");
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      vrf_field_errors_add (form->errors, "address", "type", "must be an object");
      return;
    }
  taken = json_object_new ();
  for (guint i = 0; address_parts[i] != NULL; i++)
    take_address_part (form, json_node_get_object (node), address_parts[i], taken);
  json_object_set_object_member (form->collected, "address", taken);
}

/* Puts what was collected beside what was pre-filled. */
static gboolean
keep (VrfCaptureCall *call, JsonObject *collected, GError **error)
{
  const char *text = call->session->fields != NULL ? call->session->fields : "{}";
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) node = vrf_json_parse (bytes, 1024 * 1024, error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  json_object_set_object_member (
      json_node_get_object (node), VRF_CAPTURE_COLLECTED, json_object_ref (collected));
  g_free (call->session->fields);
  call->session->fields = vrf_json_to_text (node);

  return vrf_service_apply (call->service, call->session, VRF_EVENT_STEP, NULL, error);
}

/** vrf_capture_step_fields: POST …/fields: those that the workflow asks for; others are ignored */
gboolean
vrf_capture_step_fields (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (JsonObject) collected = json_object_new ();
  g_autoptr (VrfCapturePlan) plan = vrf_capture_call_plan (call, error);
  Form form = { .body = vrf_request_get_body (call->request),
                .collected = collected,
                .errors = errors,
                .now = vrf_service_get_now (call->service) };

  if (plan == NULL)
    return FALSE;
  for (guint i = 0; vrf_capture_fields[i] != NULL; i++)
    {
      gboolean required = FALSE;

      if (!vrf_capture_plan_asks_field (plan, vrf_capture_fields[i], &required))
        continue;
      if (g_str_equal (vrf_capture_fields[i], "address"))
        take_address (&form, required);
      else
        take_plain (&form, vrf_capture_fields[i], required);
    }
  if (vrf_field_errors_reply (errors, reply))
    return TRUE;
  if (!vrf_capture_need_consent (call, error))
    return FALSE;
  if (vrf_capture_plan_get (plan, VRF_CAPTURE_FIELDS) == VRF_CAPTURE_ABSENT)
    return vrf_capture_refuse_order (error, "This verification asks for no details.");
  if (!keep (call, collected, error))
    return FALSE;
  vrf_capture_reply_status (call, reply, NULL, NULL);

  return TRUE;
}
