/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-list-person.h"

#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-list-values.h"

/* What is known of a session's applicant, in the shapes that custom lists have. */

/* One text of @from, if there is one, as @name. */
static void
take (JsonObject *value, const char *name, JsonObject *from, const char *source)
{
  JsonNode *node = from != NULL ? json_object_get_member (from, source) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_STRING)
    json_object_set_string_member (value, name, json_node_get_string (node));
}

/* Hands on what is whole: a value that no list could have is none. */
static gboolean
offer (const char *list_type,
       JsonObject *value,
       VrfListPersonVisit visit,
       gpointer data,
       GError **error)
{
  g_autoptr (JsonObject) parent = json_object_new ();
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (JsonObject) good = NULL;

  json_object_set_object_member (parent, "value", value);
  good = vrf_list_values_read (list_type, parent, "value", FALSE, errors);
  return !vrf_field_errors_is_empty (errors) || visit (list_type, good, data, error);
}

static gboolean
offer_text (const char *list_type,
            const char *name,
            const char *text,
            VrfListPersonVisit visit,
            gpointer data,
            GError **error)
{
  JsonObject *value = NULL;

  if (text == NULL)
    return TRUE;
  value = json_object_new ();
  json_object_set_string_member (value, name, text);
  return offer (list_type, value, visit, data, error);
}

static gboolean
offer_read (JsonObject *extracted, VrfListPersonVisit visit, gpointer data, GError **error)
{
  JsonObject *value = json_object_new ();

  take (value, "first_name", extracted, "first_name");
  take (value, "last_name", extracted, "last_name");
  take (value, "date_of_birth", extracted, "date_of_birth");
  if (!offer ("name", value, visit, data, error))
    return FALSE;
  value = json_object_new ();
  take (value, "id_number", extracted, "document_number");
  take (value, "id_class", extracted, "document_type");
  return offer ("government_id", value, visit, data, error);
}

static gboolean
offer_given (JsonObject *fields, VrfListPersonVisit visit, gpointer data, GError **error)
{
  JsonObject *value = json_object_new ();

  take (value, "email", fields, "email");
  if (!offer ("email", value, visit, data, error))
    return FALSE;
  value = json_object_new ();
  take (value, "phone", fields, "phone");
  return offer ("phone", value, visit, data, error);
}

/* What stands for an embedding here: the same picture has the same, another one a far-off one. */
static JsonObject *
new_face (GBytes *picture)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32] = { 0 };
  gsize length = sizeof digest;
  JsonObject *value = json_object_new ();
  JsonArray *embedding = json_array_sized_new (sizeof digest);

  g_checksum_update (
      checksum, g_bytes_get_data (picture, NULL), (gssize) g_bytes_get_size (picture));
  g_checksum_get_digest (checksum, digest, &length);
  for (gsize i = 0; i < length; i++)
    json_array_add_double_element (embedding, ((double) digest[i] - 127.5) / 128);
  json_object_set_array_member (value, "embedding", embedding);
  return value;
}

static gboolean
offer_face (VrfSandboxStore *store,
            const VrfStoredSession *session,
            VrfListPersonVisit visit,
            gpointer data,
            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredDocument) selfie =
      vrf_sandbox_store_get_document (store, session->n, "selfie", &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return selfie == NULL || offer ("face", new_face (selfie->data), visit, data, error);
}

static gboolean
offer_device (VrfSandboxStore *store,
              const VrfStoredSession *session,
              VrfListPersonVisit visit,
              gpointer data,
              GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredToken) token = NULL;
  g_autofree char *hash = NULL;

  if (session->token != NULL)
    token = vrf_sandbox_store_get_token (store, session->token, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (token != NULL && token->visitor != NULL)
    hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token->visitor, -1);
  return offer_text ("device_fingerprint", "fingerprint_hash", hash, visit, data, error);
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * vrf_list_person_visit:
 * @store: where what was found is
 * @session: whose applicant
 * @visit: gets each value
 * @data: for @visit
 * @error: from @visit, or from the database
 */
gboolean
vrf_list_person_visit (VrfSandboxStore *store,
                       const VrfStoredSession *session,
                       VrfListPersonVisit visit,
                       gpointer data,
                       GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredResult) result = vrf_sandbox_store_get_result (store, session->n, &local);
  g_autoptr (JsonNode) extracted = NULL;
  g_autoptr (JsonNode) fields = vrf_stored_parse (session->fields);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  extracted = vrf_stored_parse (result != NULL ? result->extracted : NULL);
  return offer_read (get_object (extracted), visit, data, error)
         && offer_given (get_object (fields), visit, data, error)
         && offer_text ("email", "email", session->applicant_email, visit, data, error)
         && offer_text ("ip_address", "ip", session->consent_ip, visit, data, error)
         && offer_text ("country",
                        "country_code",
                        result != NULL ? result->country : session->country,
                        visit,
                        data,
                        error)
         && offer_text ("string", "value", session->external_ref, visit, data, error)
         && offer_device (store, session, visit, data, error)
         && offer_face (store, session, visit, data, error);
}
