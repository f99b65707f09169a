/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-stored.h"

#include "base/vrf-json.h"
#include "base/vrf-time.h"

/** vrf_stored_session_new: Returns: (transfer full): a pending session without an id */
VrfStoredSession *
vrf_stored_session_new (void)
{
  VrfStoredSession *self = g_new0 (VrfStoredSession, 1);

  self->state = VRF_STATE_PENDING;
  self->workflow_version = 1;
  self->metadata = g_strdup ("{}");
  self->fields = g_strdup ("{}");
  self->tags = g_strdup ("[]");
  self->retention = g_strdup ("active");
  self->token_expires_at = VRF_TIME_NONE;
  self->run_ends_at = VRF_TIME_NONE;
  self->ended_at = VRF_TIME_NONE;
  self->consent_at = VRF_TIME_NONE;
  return self;
}

/** vrf_stored_session_free: frees @self (nullable) */
void
vrf_stored_session_free (VrfStoredSession *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->external_ref);
  g_free (self->metadata);
  g_free (self->country);
  g_free (self->checks);
  g_free (self->workflow_id);
  g_free (self->redirect_url);
  g_free (self->fields);
  g_free (self->tags);
  g_free (self->applicant_email);
  g_free (self->applicant_name);
  g_free (self->email_display_name);
  g_free (self->support_url);
  g_free (self->token);
  g_free (self->document_type);
  g_free (self->document_country);
  g_free (self->document_state);
  g_free (self->retention);
  g_free (self->consent_ip);
  g_free (self->consent_version);
  g_free (self->case_id);
  g_free (self->case_status);
  g_free (self->result_status);
  g_free (self->risk_level);
  g_free (self);
}

/** vrf_stored_set: replaces the owned text at @text by a copy of @value (nullable) */
void
vrf_stored_set (char **text, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

/** vrf_stored_parse: Returns: (nullable) (transfer full): what @json (nullable), a text of ours,
 * stands for; it cannot be changed */
JsonNode *
vrf_stored_parse (const char *json)
{
  g_autoptr (GBytes) bytes = NULL;

  if (json == NULL)
    return NULL;
  bytes = g_bytes_new (json, strlen (json));
  return vrf_json_parse (bytes, G_MAXSIZE, NULL);
}

/** vrf_stored_link_free: frees @self (nullable) */
void
vrf_stored_link_free (VrfStoredLink *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->token);
  g_free (self->status);
  g_free (self);
}

/** vrf_stored_token_free: frees @self (nullable) */
void
vrf_stored_token_free (VrfStoredToken *self)
{
  if (self == NULL)
    return;
  g_free (self->token);
  g_free (self->link_id);
  g_free (self->visitor);
  g_free (self);
}

/** vrf_stored_result_free: frees @self (nullable) */
void
vrf_stored_result_free (VrfStoredResult *self)
{
  if (self == NULL)
    return;
  g_free (self->status);
  g_free (self->extracted);
  g_free (self->reason);
  g_free (self->reason_code);
  g_free (self->country);
  g_free (self->signals);
  g_free (self);
}

/** vrf_stored_check_free: frees @self (nullable) */
void
vrf_stored_check_free (VrfStoredCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->policy);
  g_free (self->status);
  g_free (self->reason);
  g_free (self);
}

/** vrf_stored_document_free: frees @self (nullable) */
void
vrf_stored_document_free (VrfStoredDocument *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->doc_type);
  g_free (self->mime_type);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self->poa_type);
  g_free (self->poa_date);
  g_free (self);
}
