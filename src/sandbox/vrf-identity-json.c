/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-identity-json.h"

#include "base/vrf-json.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-outcome.h"
#include "sandbox/vrf-session-json.h"

/* The bodies of verifa-api.md 7.2, in snake case. */

#define ADDRESS "address"

/* What a caller calls the members of `address`. */
static const struct
{
  const char *from;
  const char *to;
} address_members[] = {
  { "address_line1", "line1" }, { "address_line2", "line2" }, { "city", "city" },
  { "state", "state" },         { "zip_code", "zip" },
};

/* The latest result of an identity, and what it belongs to. */
typedef struct
{
  VrfStoredSession *session;
  VrfStoredResult *result;
  JsonNode *flat; /* the body of 3.4 */
} Latest;

static void
latest_clear (Latest *self)
{
  vrf_stored_session_free (self->session);
  vrf_stored_result_free (self->result);
  g_clear_pointer (&self->flat, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Latest, latest_clear)

static gboolean
is_open (const VrfIdentity *identity)
{
  return !g_str_equal (identity->status, "redacted") && !g_str_equal (identity->status, "merged");
}

static gboolean
load_result (VrfService *service, Latest *latest, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) local = NULL;

  latest->result = vrf_sandbox_store_get_result (store, latest->session->n, &local);
  if (latest->result != NULL)
    checks = vrf_sandbox_store_list_checks (store, latest->session->n, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (checks != NULL)
    latest->flat = vrf_session_json_new_result (service, latest->session, latest->result, checks);
  return TRUE;
}

static gboolean
load_latest (VrfService *service, const VrfIdentity *identity, Latest *latest, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (identity->latest_session_n == 0)
    return TRUE;
  latest->session = vrf_sandbox_store_get_session_by_number (
      vrf_service_get_store (service), identity->latest_session_n, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* The result of a deleted person is not theirs any more. */
  return latest->session == NULL || !is_open (identity) || load_result (service, latest, error);
}

static void
copy_member (JsonObject *from, JsonObject *to, const char *name)
{
  JsonNode *node = json_object_dup_member (from, name);

  if (node != NULL)
    json_object_set_member (to, name, node);
}

/* The result of 3.4 in the form of `GET /results/{session_id}`. */
static JsonNode *
new_nested (const Latest *latest, JsonObject *extracted)
{
  static const char *const outer[] = { "session_id",      "status",
                                       "created_at",      "rejection_reason",
                                       "processing_mode", "rejection_reason_code" };
  static const char *const inner[] = {
    "face_match_passed", "face_match_score", "age_check_passed", "extracted_age", "check_results"
  };
  JsonObject *flat = json_node_get_object (latest->flat);
  JsonObject *object = json_object_new ();
  JsonObject *result = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (outer); i++)
    copy_member (flat, object, outer[i]);
  for (guint i = 0; i < G_N_ELEMENTS (inner); i++)
    copy_member (flat, result, inner[i]);
  json_object_set_object_member (result, "extracted_data", json_object_ref (extracted));
  vrf_body_add_string (object, "external_ref", latest->session->external_ref);
  json_object_set_object_member (object, "result", result);
  if (json_object_get_boolean_member (flat, "sensitive_data_expired"))
    copy_member (flat, object, "sensitive_data_expired");
  return vrf_body_take (object);
}

/* What was read off the document: all of it, or what may be given out. The caller's own. */
static JsonObject *
dup_extracted (const Latest *latest, gboolean whole)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  if (latest->flat == NULL)
    return json_object_new ();
  text = whole ? g_strdup (latest->result->extracted)
               : vrf_json_to_text (
                   json_object_get_member (json_node_get_object (latest->flat), "extracted_data"));
  root = vrf_stored_parse (text);
  return json_object_ref (json_node_get_object (root));
}

/* Every member is there. */
static JsonObject *
dup_address (JsonObject *person)
{
  JsonNode *node = json_object_get_member (person, ADDRESS);
  JsonObject *address = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (address_members); i++)
    json_object_set_null_member (address, address_members[i].to);
  for (guint i = 0; i < G_N_ELEMENTS (address_members); i++)
    if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
      copy_member (json_node_get_object (node), address, address_members[i].to);
  return address;
}

static const char *
find_address_member (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_members); i++)
    if (g_str_equal (address_members[i].from, name))
      return address_members[i].to;
  return NULL;
}

/* Puts what a caller corrected over what was read. */
static void
correct (JsonObject *person, JsonObject *data)
{
  g_autoptr (JsonObject) address = dup_address (person);
  gboolean has_address = FALSE;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init (&iter, data);
  while (json_object_iter_next (&iter, &name, &value))
    {
      const char *member = find_address_member (name);

      if (member != NULL)
        json_object_set_member (address, member, json_node_copy (value));
      else if (!g_str_equal (name, "country"))
        json_object_set_member (person, name, json_node_copy (value));
      has_address |= member != NULL;
    }
  if (has_address)
    json_object_set_object_member (person, ADDRESS, g_steal_pointer (&address));
}

static JsonNode *
new_person (VrfService *service, const Latest *latest, JsonObject *data, gboolean whole)
{
  g_autoptr (JsonObject) person = dup_extracted (latest, whole);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  correct (person, data);
  root = vrf_body_take (json_object_ref (person));
  if (whole)
    return g_steal_pointer (&root);
  text = vrf_json_to_text (root);
  return vrf_organization_filter_extracted (vrf_service_get_organization (service), text);
}

static void
add_age (VrfService *service, const Latest *latest, JsonObject *data, JsonObject *object)
{
  const char *born = json_object_get_string_member_with_default (data, "date_of_birth", NULL);
  int age = vrf_outcome_get_age (born, vrf_service_get_now (service));

  if (age >= 0)
    json_object_set_int_member (object, "extracted_age", age);
  else if (latest->flat != NULL)
    copy_member (json_node_get_object (latest->flat), object, "extracted_age");
  else
    json_object_set_null_member (object, "extracted_age");
}

static void
add_country (const Latest *latest, JsonObject *data, JsonObject *object)
{
  const char *country = json_object_get_string_member_with_default (data, "country", NULL);

  if (country == NULL && latest->result != NULL)
    country = latest->result->country;
  vrf_body_add_string (object, "country", country);
}

static void
add_from_latest (const Latest *latest, JsonObject *object)
{
  static const char *const names[] = { "face_match_passed",
                                       "age_check_passed",
                                       "rejection_reason" };

  vrf_body_add_string (
      object, "latest_session_id", latest->session != NULL ? latest->session->id : NULL);
  /* A result is asked for by its session. */
  vrf_body_add_string (
      object, "latest_result_id", latest->flat != NULL ? latest->session->id : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (latest->flat != NULL)
      copy_member (json_node_get_object (latest->flat), object, names[i]);
    else
      json_object_set_null_member (object, names[i]);
}

/* Nobody flags identities and nothing monitors them here. */
static void
add_flags (JsonObject *object)
{
  static const char *const names[] = {
    "flag_reason", "flagged_at", "flagged_by", "screening_status"
  };

  json_object_set_boolean_member (object, "is_flagged", FALSE);
  json_object_set_boolean_member (object, "monitoring_enabled", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_null_member (object, names[i]);
}

static JsonNode *
new_identity (VrfService *service,
              const VrfIdentity *identity,
              const Latest *latest,
              gboolean whole)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) root = vrf_stored_parse (identity->data);
  JsonObject *data = json_node_get_object (root);
  g_autoptr (JsonObject) extracted = dup_extracted (latest, whole);

  json_object_set_string_member (object, "id", identity->id);
  json_object_set_string_member (object, "status", identity->status);
  json_object_set_int_member (object, "session_count", identity->session_count);
  json_object_set_boolean_member (object, "is_sandbox", identity->is_sandbox);
  vrf_body_add_time (object, "created_at", identity->created_at);
  json_object_set_string_member (object, "external_ref", identity->external_ref);
  add_from_latest (latest, object);
  add_age (service, latest, data, object);
  add_country (latest, data, object);
  json_object_set_member (object, "extracted_data", new_person (service, latest, data, whole));
  vrf_body_add_time (object, "first_verified_at", identity->first_verified_at);
  vrf_body_add_time (object, "last_verified_at", identity->last_verified_at);
  vrf_body_add_time (object, "archived_at", identity->archived_at);
  vrf_body_add_string (object, "identity_type_id", identity->type_id);
  vrf_body_add_text (object, "custom_fields", identity->custom_fields);
  vrf_body_add_time (object, "updated_at", identity->updated_at);
  vrf_body_add_text (object, "tags", identity->tags);
  add_flags (object);
  if (latest->flat != NULL)
    json_object_set_member (object, "latest_result", new_nested (latest, extracted));
  else
    json_object_set_null_member (object, "latest_result");
  return vrf_body_take (object);
}

/**
 * vrf_identity_json_new:
 * @service: a service
 * @identity: an identity
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the identity of verifa-api.md 7.2, with its most recent
 *   result as `latest_result` in the form of `GET /results/{session_id}`
 */
JsonNode *
vrf_identity_json_new (VrfService *service, const VrfIdentity *identity, GError **error)
{
  g_auto (Latest) latest = { NULL };

  return load_latest (service, identity, &latest, error)
             ? new_identity (service, identity, &latest, FALSE)
             : NULL;
}

/** vrf_identity_json_new_whole: the same whatever `api_pii_fields` says: for the person itself */
JsonNode *
vrf_identity_json_new_whole (VrfService *service, const VrfIdentity *identity, GError **error)
{
  g_auto (Latest) latest = { NULL };

  return load_latest (service, identity, &latest, error)
             ? new_identity (service, identity, &latest, TRUE)
             : NULL;
}
