/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-session.h"
#include "base/vrf-time.h"

static gboolean
may_be_opened (const VrfSession *session)
{
  return session->status == VRF_SESSION_STATUS_PENDING
         || session->status == VRF_SESSION_STATUS_CAPTURING;
}

static const char *
choose_text (const char *newer, const char *known, gboolean keep)
{
  return newer != NULL || !keep ? newer : known;
}

static gint64
choose_time (gint64 newer, gint64 known, gboolean keep)
{
  return newer != VRF_TIME_NONE || !keep ? newer : known;
}

/* The members of the session itself; @keep: what @newer leaves out is still true. */
static void
merge_details (VrfSession *self, const VrfSession *known, const VrfSession *newer, gboolean keep)
{
  JsonObject *metadata = newer->metadata;
  const char *applicant_name = newer->applicant_name;
  const char *desk = newer->desk;

  if (metadata == NULL && keep)
    {
      metadata = known->metadata;
      applicant_name = known->applicant_name;
      desk = known->desk;
    }
  self->metadata = metadata != NULL ? json_object_ref (metadata) : NULL;
  self->applicant_name = g_strdup (applicant_name);
  self->desk = g_strdup (desk);
  self->environment = g_strdup (choose_text (newer->environment, known->environment, keep));
  self->external_ref = g_strdup (choose_text (newer->external_ref, known->external_ref, keep));
  self->country = g_strdup (choose_text (newer->country, known->country, keep));
  self->workflow_id = g_strdup (choose_text (newer->workflow_id, known->workflow_id, keep));
  self->document_type = g_strdup (choose_text (newer->document_type, known->document_type, keep));
  self->retention_status =
      g_strdup (choose_text (newer->retention_status, known->retention_status, keep));
  self->case_id = g_strdup (choose_text (newer->case_id, known->case_id, keep));
  self->case_status = g_strdup (choose_text (newer->case_status, known->case_status, keep));
  self->is_sandbox = newer->is_sandbox || (keep && known->is_sandbox);
  self->created_at = choose_time (newer->created_at, known->created_at, TRUE);
  self->updated_at = choose_time (newer->updated_at, known->updated_at, TRUE);
  self->processing_attempts = newer->processing_attempts >= 0 || !keep ? newer->processing_attempts
                                                                       : known->processing_attempts;
  self->tags = g_strdupv (keep && newer->tags[0] == NULL ? known->tags : newer->tags);
}

/**
 * vrf_session_merge:
 * @known: what was known of a session
 * @newer: a newer reply about the same session
 *
 * Returns: (transfer full): what is known now
 */
VrfSession *
vrf_session_merge (VrfSession *known, VrfSession *newer)
{
  VrfSession *self = g_atomic_rc_box_new0 (VrfSession);
  gboolean whole = newer->updated_at != VRF_TIME_NONE;
  gboolean open = may_be_opened (newer) && may_be_opened (known);
  gboolean same_token = newer->token_expires_at == VRF_TIME_NONE
                        || newer->token_expires_at == known->token_expires_at;
  gboolean same_status = g_strcmp0 (newer->status_text, known->status_text) == 0;

  self->id = g_strdup (newer->id);
  self->status = newer->status;
  self->status_text = g_strdup (newer->status_text);
  merge_details (self, known, newer, !whole);
  self->consent_ip = g_strdup (choose_text (newer->consent_ip, known->consent_ip, TRUE));
  self->capture_url =
      g_strdup (choose_text (newer->capture_url, known->capture_url, open && same_token));
  self->token_expires_at =
      choose_time (newer->token_expires_at, known->token_expires_at, open && same_token);
  self->expired_at = choose_time (newer->expired_at, known->expired_at, same_status);
  self->result_status =
      g_strdup (choose_text (newer->result_status, known->result_status, same_status));
  self->risk_level = g_strdup (choose_text (newer->risk_level, known->risk_level, same_status));
  return self;
}
