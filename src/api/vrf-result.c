/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-result.h"
#include "api/vrf-check.h"
#include "base/vrf-time.h"

#define AGE_MAX 200
#define CHECKS_MAX 200

G_DEFINE_BOXED_TYPE (VrfResult, vrf_result, vrf_result_ref, vrf_result_unref)

/* The reply, and the `result` inside it, if there is one. */
typedef struct
{
  VrfJsonReader top;
  VrfJsonReader inner;
  gboolean has_inner;
} Readers;

/* Where a member is: at the top, else inside `result` (verifa-api.md 3.4). */
static VrfJsonReader *
find (Readers *readers, const char *name)
{
  if (!readers->has_inner || vrf_json_reader_has (&readers->top, name))
    return &readers->top;
  return &readers->inner;
}

static char *
dup_text (Readers *readers, const char *name)
{
  return g_strdup (vrf_json_reader_opt_string (find (readers, name), name));
}

static int
get_tristate (Readers *readers, const char *name)
{
  return vrf_json_reader_opt_tristate (find (readers, name), name);
}

static void
read_checks (VrfResult *self, Readers *readers, GError **error)
{
  VrfJsonReader *reader = find (readers, "check_results");
  JsonObject *entries = vrf_json_reader_opt_object (reader, "check_results");
  g_autoptr (GList) names = entries != NULL ? json_object_get_members (entries) : NULL;

  if (g_list_length (names) > CHECKS_MAX)
    {
      vrf_json_reader_fail (reader, "check_results", "has too many members");
      return;
    }
  for (GList *l = names; l != NULL; l = l->next)
    {
      VrfCheck *check =
          vrf_check_new_from_entry (l->data, json_object_get_member (entries, l->data), error);

      if (check == NULL)
        return;
      g_ptr_array_add (self->checks, check);
    }
}

static void
read_scalars (VrfResult *self, Readers *readers)
{
  VrfJsonReader *top = &readers->top;

  self->session_id = dup_text (readers, "session_id");
  self->status_text = g_strdup (vrf_json_reader_string (find (readers, "status"), "status"));
  self->status = vrf_result_status_from_text (self->status_text);
  self->is_sandbox = vrf_json_reader_opt_bool (top, "is_sandbox", FALSE);
  self->created_at = vrf_json_reader_opt_time (find (readers, "created_at"), "created_at");
  self->face_match_passed = get_tristate (readers, "face_match_passed");
  self->face_match_score = vrf_json_reader_opt_double (
      find (readers, "face_match_score"), "face_match_score", 0.0, 1.0, -1.0);
  self->age_check_passed = get_tristate (readers, "age_check_passed");
  self->extracted_age = (int) vrf_json_reader_opt_int (
      find (readers, "extracted_age"), "extracted_age", 0, AGE_MAX, -1);
  self->rejection_reason = dup_text (readers, "rejection_reason");
  self->rejection_reason_code = dup_text (readers, "rejection_reason_code");
  self->processing_mode = dup_text (readers, "processing_mode");
  self->country_used = dup_text (readers, "country_used");
  self->sensitive_data_expired = get_tristate (readers, "sensitive_data_expired") == 1;
}

static void
read_extracted_data (VrfResult *self, Readers *readers)
{
  VrfJsonReader *reader = find (readers, "extracted_data");
  JsonObject *data = vrf_json_reader_opt_object (reader, "extracted_data");

  self->extracted_data = data != NULL ? json_object_ref (data) : json_object_new ();
}

/**
 * vrf_result_new_from_json:
 * @node: (nullable): the reply of GET …/result, flat or nested (verifa-api.md 3.4)
 * @error: %VRF_ERROR_REPLY that names the member
 *
 * Returns: (nullable) (transfer full): the result
 */
VrfResult *
vrf_result_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfResult) self = g_atomic_rc_box_new0 (VrfResult);
  g_autoptr (GError) check_error = NULL;
  g_autoptr (GError) inner_error = NULL;
  Readers readers = { 0 };
  JsonObject *inner = NULL;

  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_check_free);
  vrf_json_reader_init (&readers.top, node, "result");
  inner = vrf_json_reader_opt_object (&readers.top, "result");
  readers.has_inner = inner != NULL;
  if (inner != NULL)
    vrf_json_reader_init_object (&readers.inner, inner, "result.result");

  read_scalars (self, &readers);
  read_extracted_data (self, &readers);
  read_checks (self, &readers, &check_error);
  if (readers.has_inner)
    vrf_json_reader_finish (&readers.inner, &inner_error);
  if (!vrf_json_reader_finish (&readers.top, error))
    return NULL;
  if (inner_error == NULL)
    inner_error = g_steal_pointer (&check_error);
  if (inner_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner_error));
      return NULL;
    }
  return g_steal_pointer (&self);
}

VrfResult *
vrf_result_ref (VrfResult *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  VrfResult *self = data;

  g_free (self->session_id);
  g_free (self->status_text);
  g_clear_pointer (&self->extracted_data, json_object_unref);
  g_free (self->rejection_reason);
  g_free (self->rejection_reason_code);
  g_free (self->processing_mode);
  g_free (self->country_used);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
}

void
vrf_result_unref (VrfResult *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
