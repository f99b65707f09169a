/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "sandbox/vrf-screening.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-events.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-presets.h"

#define MAX_SUBJECT 320
#define HIT_SCORE 51 /* `high` of verifa-api.md 2.6 */

/**
 * Type:
 * @provider: the category it is done by
 * @needs: what has to be given, up to a %NULL
 */
typedef struct
{
  const char *name;
  const char *provider;
  const char *needs[4];
} Type;

#define AML "aml_screening"
#define NAMES                                                                                      \
  {                                                                                                \
    "name_first", "name_last"                                                                      \
  }

static const Type types[] = {
  { "sanction", AML, NAMES },
  { "pep", AML, NAMES },
  { "adverse_media", AML, NAMES },
  { "warning", AML, NAMES },
  { "email_risk", "email_risk", { "email" } },
  { "phone_risk", "phone_risk", { "phone" } },
  { "ip_risk", "ip_risk", { "ip_address" } },
  { "email_risk_enhanced", "email_risk", { "email" } },
  { "phone_risk_enhanced", "phone_risk", { "phone" } },
  { "address_validation", "address_verification", { "address" } },
  { "ssn_verification", "ssn_verification", { "name_first", "name_last", "ssn" } },
};

static const Type *
find_type (const char *check_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, check_type))
      return &types[i];
  return NULL;
}

/** vrf_screening_is_type: Returns: whether there is such a check */
gboolean
vrf_screening_is_type (const char *check_type)
{
  return find_type (check_type) != NULL;
}

/** vrf_screening_is_aml: Returns: whether it looks a name up */
gboolean
vrf_screening_is_aml (const char *check_type)
{
  return g_str_equal (find_type (check_type)->provider, AML);
}

static const char *
check_phone (const char *text)
{
  gsize length = strlen (text);

  return text[0] == '+' && length >= 8 && length <= 16 && text[1] != '0'
                 && strspn (text + 1, "0123456789") == length - 1
             ? NULL
             : "must be a number like +14155550100";
}

static const char *
check_ip (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL ? NULL : "must be an IP address";
}

static const char *
check_ssn (const char *text)
{
  return g_regex_match_simple ("^\\d{3}-?\\d{2}-?\\d{4}\\z", text, 0, 0)
             ? NULL
             : "must be a number like 123-45-6789";
}

static const VrfField subject_fields[] = {
  { .name = "name_first", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
  { .name = "name_last", .type = VRF_FIELD_STRING, .min = 1, .max = 255 },
  { .name = "birthdate", .type = VRF_FIELD_STRING, .check = vrf_fields_check_date },
  { .name = "country_code", .type = VRF_FIELD_STRING, .check = vrf_fields_check_country },
  { .name = "email",
    .type = VRF_FIELD_STRING,
    .max = MAX_SUBJECT,
    .check = vrf_fields_check_email },
  { .name = "phone", .type = VRF_FIELD_STRING, .check = check_phone },
  { .name = "ip_address", .type = VRF_FIELD_STRING, .check = check_ip },
  { .name = "ssn", .type = VRF_FIELD_STRING, .check = check_ssn },
  { .name = "address", .type = VRF_FIELD_OBJECT },
  { NULL },
};

static const VrfField address_fields[] = {
  { .name = "line1", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
  { .name = "line2", .type = VRF_FIELD_STRING, .max = 255 },
  { .name = "city", .type = VRF_FIELD_STRING, .max = 255 },
  { .name = "state", .type = VRF_FIELD_STRING, .max = 64 },
  { .name = "zip", .type = VRF_FIELD_STRING, .max = 32 },
  { .name = "country", .type = VRF_FIELD_STRING, .check = vrf_fields_check_country },
  { NULL },
};

/** vrf_screening_check: what a body says of whom to look at, of whatever type */
void
vrf_screening_check (JsonObject *body, VrfFieldErrors *errors)
{
  static const VrfField ref[] = {
    { .name = "external_ref", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 255 },
    { NULL },
  };

  vrf_fields_check (body, ref, errors);
  vrf_fields_check (body, subject_fields, errors);
  vrf_fields_check_inside (
      json_object_get_member (body, "address"), "address", address_fields, errors);
}

/** vrf_screening_check_type: what @check_type, which there is, needs of a checked body */
void
vrf_screening_check_type (JsonObject *body, const char *check_type, VrfFieldErrors *errors)
{
  const Type *type = find_type (check_type);

  for (guint i = 0; type->needs[i] != NULL; i++)
    if (!vrf_fields_has (body, type->needs[i]))
      {
        g_autofree char *message = g_strdup_printf ("is required for %s", check_type);

        vrf_field_errors_add (errors, type->needs[i], "required", message);
      }
}

/** vrf_screening_dup_subject: Returns: (transfer full): whom a checked body is about, as JSON */
char *
vrf_screening_dup_subject (JsonObject *body)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *subject = json_object_new ();

  for (guint i = 0; subject_fields[i].name != NULL; i++)
    if (vrf_fields_has (body, subject_fields[i].name))
      json_object_set_member (
          subject,
          subject_fields[i].name,
          json_node_copy (json_object_get_member (body, subject_fields[i].name)));
  json_node_take_object (node, subject);
  return vrf_json_to_text (node);
}

static char *
dup_text (JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;

  return vrf_json_to_text (owned);
}

/* Domains whose mailboxes anybody may read for ten minutes. */
static gboolean
is_disposable (const char *email)
{
  static const char *const domains[] = {
    "@mailinator.com", "@guerrillamail.com", "@yopmail.com", "@10minutemail.com"
  };
  g_autofree char *folded = g_ascii_strdown (email, -1);

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (g_str_has_suffix (folded, domains[i]))
      return TRUE;
  return FALSE;
}

/* Nobody comes from there over the Internet. */
static gboolean
is_impossible (const char *ip)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (ip);

  return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address)
         || g_inet_address_get_is_link_local (address) || g_inet_address_get_is_multicast (address)
         || g_inet_address_get_is_any (address);
}

/* A house has a number. */
static gboolean
is_undeliverable (JsonObject *address)
{
  return strpbrk (vrf_fields_get_string (address, "line1"), "0123456789") == NULL;
}

/* What is wrong with what a risk check looks at, and how bad that is; NULL for nothing. */
static const char *
find_signal (const char *check_type, JsonObject *subject, int *ret_score)
{
  const char *need = find_type (check_type)->needs[0];

  if (g_str_equal (need, "email") && is_disposable (vrf_fields_get_string (subject, need)))
    return *ret_score = 85, "disposable_domain";
  if (g_str_equal (need, "phone")
      && g_str_has_prefix (vrf_fields_get_string (subject, need), "+1900"))
    return *ret_score = 72, "premium_rate_number";
  if (g_str_equal (need, "ip_address") && is_impossible (vrf_fields_get_string (subject, need)))
    return *ret_score = 66, "unroutable_address";
  if (g_str_equal (need, "address")
      && is_undeliverable (json_object_get_object_member (subject, need)))
    return *ret_score = 61, "undeliverable_address";
  if (g_str_equal (check_type, "ssn_verification")
      && (g_str_has_prefix (vrf_fields_get_string (subject, "ssn"), "000")
          || g_str_has_prefix (vrf_fields_get_string (subject, "ssn"), "666")))
    return *ret_score = 90, "number_never_issued";
  return NULL;
}

/* 3 to 19, the same for the same subject: what nobody has anything against. */
static int
get_usual_score (const char *subject)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, subject, -1);

  return 3 + g_ascii_xdigit_value (sum[0]);
}

static JsonObject *
new_hit (const char *name, const char *list, double score)
{
  g_autofree char *id = vrf_random_id ("hit_");
  JsonObject *hit = json_object_new ();

  json_object_set_string_member (hit, "id", id);
  json_object_set_string_member (hit, "name", name);
  json_object_set_string_member (hit, "list", list);
  json_object_set_double_member (hit, "score", score);
  json_object_set_boolean_member (hit, "dismissed", FALSE);
  return hit;
}

static void
set_found (VrfScreening *check, JsonObject *result, JsonObject *hit)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *hits = json_array_new ();

  if (hit != NULL)
    json_array_add_object_element (hits, hit);
  json_node_take_array (node, hits);
  vrf_stored_set (&check->status, hit != NULL ? "hit" : "clear");
  g_free (check->hits);
  check->hits = vrf_json_to_text (node);
  g_free (check->result);
  check->result = dup_text (vrf_body_take (result));
}

static void
set_names_found (VrfScreening *check, const char *name)
{
  JsonObject *result = json_object_new ();

  json_object_set_int_member (result, "match_count", name != NULL ? 1 : 0);
  if (name != NULL)
    json_object_set_double_member (result, "highest_score", 0.91);
  else
    json_object_set_null_member (result, "highest_score");
  set_found (check, result, name != NULL ? new_hit (name, "Sandbox watchlist", 0.91) : NULL);
}

static void
run_risk (VrfScreening *check)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (check->subject);
  int score = get_usual_score (check->subject);
  const char *signal = find_signal (check->check_type, json_node_get_object (root), &score);
  const char *need = find_type (check->check_type)->needs[0];
  JsonObject *result = json_object_new ();

  json_object_set_int_member (result, "risk_score", score);
  json_object_set_string_member (result, "risk_level", vrf_presets_risk_level (score));
  json_object_set_int_member (result, "fraud_score", score);
  json_object_set_boolean_member (result, "valid", signal == NULL);
  if (g_str_equal (need, "email") || g_str_equal (need, "address"))
    json_object_set_boolean_member (
        result, "deliverable", g_str_equal (need, "email") || signal == NULL);
  set_found (check,
             result,
             score >= HIT_SCORE
                 ? new_hit (signal, find_type (check->check_type)->provider, score / 100.0)
                 : NULL);
}

/** vrf_screening_run: fills in status, result and hits. Any name is clear; a risk is what the value
 * itself tells, the same every time (verifa-api.md 7.4). */
void
vrf_screening_run (VrfScreening *check)
{
  if (vrf_screening_is_aml (check->check_type))
    set_names_found (check, NULL);
  else
    run_risk (check);
}

static guint
count_hits (const VrfScreening *check)
{
  g_autoptr (JsonNode) hits = vrf_stored_parse (check->hits);

  return json_array_get_length (json_node_get_array (hits));
}

/** vrf_screening_tell: `check.completed` */
gboolean
vrf_screening_tell (VrfService *service, const VrfScreening *check, GError **error)
{
  JsonObject *payload = json_object_new ();

  json_object_set_string_member (payload, "check_id", check->id);
  json_object_set_string_member (payload, "check_type", check->check_type);
  json_object_set_string_member (payload, "status", check->status);
  json_object_set_boolean_member (payload, "has_match", g_str_equal (check->status, "hit"));
  json_object_set_int_member (payload, "hit_count", count_hits (check));
  vrf_body_add_string (payload, "external_ref", check->external_ref);
  json_object_set_boolean_member (payload, "is_sandbox", check->is_sandbox);
  return vrf_events_tell (service, "check.completed", check->is_sandbox, payload, error);
}

/**
 * vrf_screening_note_outcome:
 * @store: where the session's result has been written
 * @session: whose applicant
 * @is_hit: whether its watchlist screening failed
 * @at: when
 * @error: from the database
 *
 * The basic screening that is in every workflow, as a check of its own.
 */
gboolean
vrf_screening_note_outcome (VrfSandboxStore *store,
                            const VrfStoredSession *session,
                            gboolean is_hit,
                            gint64 at,
                            GError **error)
{
  g_autoptr (VrfScreening) check = vrf_screening_new ();

  check->id = vrf_random_id ("schk_");
  check->is_sandbox = session->is_sandbox;
  check->check_type = g_strdup ("sanction");
  check->external_ref = g_strdup (session->external_ref);
  check->session_n = session->n;
  check->subject = g_strdup ("{}");
  check->created_at = at;
  check->updated_at = at;
  set_names_found (check, is_hit ? "Jane Doe" : NULL);
  return vrf_store_screenings_insert (store, check, error);
}

/** vrf_screening_new_json: Returns: (transfer full): the check object of 7.4 */
JsonObject *
vrf_screening_new_json (const VrfScreening *check, gboolean with_hits)
{
  gboolean is_hit = g_str_equal (check->status, "hit");
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", check->id);
  json_object_set_string_member (object, "check_type", check->check_type);
  json_object_set_string_member (object, "status", check->status);
  json_object_set_boolean_member (object, "has_match", is_hit);
  json_object_set_int_member (object, "hit_count", count_hits (check));
  json_object_set_string_member (object, "provider", find_type (check->check_type)->provider);
  vrf_body_add_string (object, "session_id", check->session_id);
  vrf_body_add_string (object, "identity_id", check->identity_id);
  vrf_body_add_string (object, "external_ref", check->external_ref);
  json_object_set_boolean_member (object, "monitoring_enabled", check->monitoring);
  json_object_set_boolean_member (object, "is_sandbox", check->is_sandbox);
  vrf_body_add_text (object, "tags", check->tags);
  vrf_body_add_string (object, "batch_id", check->batch_id);
  if (g_str_equal (check->check_type, "pep"))
    {
      json_object_set_string_member (object, "pep_risk_tier", is_hit ? "high" : "low");
      json_object_set_string_member (
          object, "pep_recommended_action", is_hit ? "manual_review" : "none");
    }
  if (check->redacted_at != VRF_TIME_NONE)
    vrf_body_add_time (object, "redacted_at", check->redacted_at);
  vrf_body_add_text (object, "result", check->result);
  vrf_body_add_time (object, "created_at", check->created_at);
  vrf_body_add_time (object, "updated_at", check->updated_at);
  if (with_hits)
    vrf_body_add_text (object, "hits", check->hits);
  return object;
}

/** vrf_screening_new_export: Returns: (nullable) (transfer full): a session's checks with their
 * hits, for 3.18; %NULL on error */
JsonArray *
vrf_screening_new_export (VrfSandboxStore *store, const VrfStoredSession *session, GError **error)
{
  VrfScreeningFilter filter = { .is_sandbox = session->is_sandbox,
                                .session_n = session->n,
                                .limit = G_MAXINT32 };
  g_autoptr (GPtrArray) checks = vrf_store_screenings_list (store, &filter, NULL, error);
  JsonArray *data = NULL;

  if (checks == NULL)
    return NULL;
  data = json_array_sized_new (checks->len);
  for (guint i = 0; i < checks->len; i++)
    json_array_add_object_element (data, vrf_screening_new_json (checks->pdata[i], TRUE));
  return data;
}
