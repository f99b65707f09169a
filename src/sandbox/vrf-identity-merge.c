/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-identity-merge.h"

#include "base/vrf-json.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-store-files.h"
#include "sandbox/vrf-store-screenings.h"
#include "sandbox/vrf-tags.h"

/* Two records that turn out to be one person (verifa-api.md 7.2). */

static gboolean
is_over (const VrfIdentity *identity)
{
  return g_str_equal (identity->status, "redacted") || g_str_equal (identity->status, "merged");
}

static JsonArray *
join_tags (const VrfIdentity *primary, const VrfIdentity *secondary)
{
  const char *const texts[] = { primary->tags, secondary->tags };
  JsonArray *tags = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) root = vrf_stored_parse (texts[i]);
      JsonArray *array = json_node_get_array (root);

      for (guint j = 0; j < json_array_get_length (array); j++)
        json_array_add_string_element (tags, json_array_get_string_element (array, j));
    }
  return tags;
}

static char *
dup_joined_tags (const VrfIdentityMerge *self)
{
  g_autoptr (JsonArray) tags = join_tags (self->primary, self->secondary);

  return vrf_tags_dup_unique (tags);
}

static gboolean
refuse (GError **error, guint status, const char *code, const char *detail)
{
  vrf_error_reply_refuse (error, status, code, detail);
  return FALSE;
}

/** vrf_identity_merge_check: refuses what cannot be merged */
gboolean
vrf_identity_merge_check (const VrfIdentityMerge *self, GError **error)
{
  g_autofree char *tags = dup_joined_tags (self);
  g_autoptr (JsonNode) root = vrf_stored_parse (tags);

  if (self->primary->n == self->secondary->n)
    return refuse (error, 422, "validation_error", "secondary_id: must be another identity");
  if (is_over (self->primary) || is_over (self->secondary))
    return refuse (error, 409, "conflict", "A redacted or merged identity cannot be merged.");
  if (json_array_get_length (json_node_get_array (root)) > VRF_TAGS_MAX)
    return refuse (error, 409, "conflict", "Together they have more than 50 tags.");
  return TRUE;
}

/* When the outcome of that session came; VRF_TIME_NONE without one. */
static gboolean
get_outcome_time (VrfSandboxStore *store, gint64 session_n, gint64 *ret_at, GError **error)
{
  g_autoptr (VrfStoredResult) result = NULL;
  g_autoptr (GError) local = NULL;

  *ret_at = VRF_TIME_NONE;
  if (session_n == 0)
    return TRUE;
  result = vrf_sandbox_store_get_result (store, session_n, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (result != NULL)
    *ret_at = result->created_at;
  return TRUE;
}

static gint64
first_of (gint64 a, gint64 b)
{
  if (a == VRF_TIME_NONE || b == VRF_TIME_NONE)
    return MAX (a, b);
  return MIN (a, b);
}

/* The status is what the latest session of both came to. */
static gboolean
take_sessions (VrfSandboxStore *store,
               VrfIdentity *merged,
               const VrfIdentity *secondary,
               GError **error)
{
  gint64 mine = 0;
  gint64 theirs = 0;

  if (!get_outcome_time (store, merged->latest_session_n, &mine, error)
      || !get_outcome_time (store, secondary->latest_session_n, &theirs, error))
    return FALSE;
  merged->first_verified_at = first_of (merged->first_verified_at, secondary->first_verified_at);
  merged->last_verified_at = MAX (merged->last_verified_at, secondary->last_verified_at);
  if (theirs == VRF_TIME_NONE || theirs < mine)
    return TRUE;
  merged->latest_session_n = secondary->latest_session_n;
  vrf_stored_set (&merged->status, secondary->status);
  return TRUE;
}

/* The fields of @merged stand before those of @secondary. */
static void
take_custom_fields (VrfIdentity *merged, const VrfIdentity *secondary)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (secondary->custom_fields);
  g_autoptr (JsonNode) own = vrf_stored_parse (merged->custom_fields);
  JsonObject *fields = json_node_get_object (root);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init (&iter, json_node_get_object (own));
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (fields, name, json_node_copy (value));
  g_free (merged->custom_fields);
  merged->custom_fields = vrf_json_to_text (root);
}

/** vrf_identity_merge_preview: Returns: (nullable) (transfer full): what the primary would be;
 * nothing is written */
VrfIdentity *
vrf_identity_merge_preview (VrfService *service, const VrfIdentityMerge *self, GError **error)
{
  g_autoptr (VrfIdentity) merged = vrf_identity_copy (self->primary);

  g_free (merged->tags);
  merged->tags = dup_joined_tags (self);
  merged->session_count += self->secondary->session_count;
  if (self->transfer_custom_fields)
    take_custom_fields (merged, self->secondary);
  if (self->transfer_sessions
      && !take_sessions (vrf_service_get_store (service), merged, self->secondary, error))
    return NULL;
  return g_steal_pointer (&merged);
}

/** vrf_identity_merge_count: how much vrf_identity_merge_run() would move; nothing is written */
gboolean
vrf_identity_merge_count (VrfSandboxStore *store,
                          const VrfIdentityMerge *self,
                          VrfIdentityMergeCounts *ret_counts,
                          GError **error)
{
  VrfIdentityMergeCounts counts = { 0 };

  if (self->transfer_sessions
      && !vrf_store_identities_count_sessions (store, self->secondary->n, &counts.sessions, error))
    return FALSE;
  if (self->transfer_checks
      && !vrf_store_screenings_count_standalone (store, self->secondary->n, &counts.checks, error))
    return FALSE;
  if (self->transfer_documents
      && !vrf_store_files_count_of_identity (store, self->secondary->id, &counts.documents, error))
    return FALSE;
  *ret_counts = counts;
  return TRUE;
}

static gboolean
move_all (VrfService *service, const VrfIdentityMerge *self, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  gint64 now = vrf_service_get_now (service);
  const VrfIdentity *from = self->secondary;
  const VrfIdentity *to = self->primary;

  if (self->transfer_sessions && !vrf_store_identities_move_sessions (store, from->n, to->n, error))
    return FALSE;
  if (self->transfer_checks && !vrf_store_screenings_move (store, from->n, to->n, now, error))
    return FALSE;
  return !self->transfer_documents || vrf_store_files_move (store, from->id, to->id, now, error);
}

/* What is left of the secondary points to the primary, where its sessions come to from now on. */
static gboolean
end_secondary (VrfService *service, const VrfIdentityMerge *self, GError **error)
{
  VrfIdentity *secondary = self->secondary;

  secondary->merged_into = self->primary->n;
  if (self->transfer_sessions)
    {
      secondary->session_count = 0;
      secondary->latest_session_n = 0;
    }
  if (self->redact_secondary)
    return vrf_identities_redact (service, secondary, error);
  vrf_stored_set (&secondary->status, "merged");
  return vrf_identities_save (service, secondary, "identity.updated", error);
}

static void
swap (VrfIdentity *a, VrfIdentity *b)
{
  VrfIdentity kept = *a;

  *a = *b;
  *b = kept;
}

/**
 * vrf_identity_merge_run:
 * @service: a service
 * @self: passed vrf_identity_merge_check(); the primary becomes what the preview showed
 * @error: from the database
 */
gboolean
vrf_identity_merge_run (VrfService *service, const VrfIdentityMerge *self, GError **error)
{
  g_autoptr (VrfIdentity) merged = vrf_identity_merge_preview (service, self, error);

  if (merged == NULL || !move_all (service, self, error)
      || !vrf_identities_save (service, merged, "identity.updated", error)
      || !end_secondary (service, self, error))
    return FALSE;

  swap (self->primary, merged);
  return TRUE;
}
