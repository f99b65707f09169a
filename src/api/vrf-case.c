/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-case.h"
#include "base/vrf-enum.h"

static const VrfEnumNick statuses[] = {
  { VRF_CASE_STATUS_OPEN, "open" },
  { VRF_CASE_STATUS_IN_REVIEW, "in_review" },
  { VRF_CASE_STATUS_ESCALATED, "escalated" },
  { VRF_CASE_STATUS_PENDING_SECOND_REVIEW, "pending_second_review" },
  { VRF_CASE_STATUS_APPROVED, "approved" },
  { VRF_CASE_STATUS_REJECTED, "rejected" },
  { 0, NULL },
};

VrfCaseStatus
vrf_case_status_from_text (const char *text)
{
  return (VrfCaseStatus) vrf_enum_from_nick (statuses, text);
}

/** vrf_case_new_from_json: Returns: (nullable) (transfer full): a case; NULL with
 * %VRF_ERROR_REPLY */
VrfCase *
vrf_case_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfCase) self = g_new0 (VrfCase, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "case");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->status_text = g_strdup (vrf_json_reader_string (&reader, "status"));
  self->status = vrf_case_status_from_text (self->status_text);
  self->session_id = g_strdup (vrf_json_reader_opt_string (&reader, "session_id"));
  self->decision = g_strdup (vrf_json_reader_opt_string (&reader, "decision"));
  self->assigned_to = g_strdup (vrf_json_reader_opt_string (&reader, "assigned_to"));
  self->priority = g_strdup (vrf_json_reader_opt_string (&reader, "priority"));
  self->created_at = vrf_json_reader_opt_time (&reader, "created_at");
  self->claimed_at = vrf_json_reader_opt_time (&reader, "claimed_at");
  self->entered_review_at = vrf_json_reader_opt_time (&reader, "entered_review_at");
  self->decided_at = vrf_json_reader_opt_time (&reader, "decided_at");
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_case_free (VrfCase *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->session_id);
  g_free (self->status_text);
  g_free (self->decision);
  g_free (self->assigned_to);
  g_free (self->priority);
  g_free (self);
}

/** vrf_case_note_new_from_json: Returns: (nullable) (transfer full): a note; NULL with
 * %VRF_ERROR_REPLY */
VrfCaseNote *
vrf_case_note_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfCaseNote) self = g_new0 (VrfCaseNote, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "note");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->author_name = g_strdup (vrf_json_reader_opt_string (&reader, "author_name"));
  self->author_type = g_strdup (vrf_json_reader_opt_string (&reader, "author_type"));
  self->content = g_strdup (vrf_json_reader_opt_string (&reader, "content"));
  self->created_at = vrf_json_reader_opt_time (&reader, "created_at");
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_case_note_free (VrfCaseNote *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->author_name);
  g_free (self->author_type);
  g_free (self->content);
  g_free (self);
}
