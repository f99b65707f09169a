/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-merge.h"

static gboolean
objects_equal (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) node_a = NULL;
  g_autoptr (JsonNode) node_b = NULL;

  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL)
    return FALSE;
  node_a = json_node_init_object (json_node_alloc (), a);
  node_b = json_node_init_object (json_node_alloc (), b);
  return json_node_equal (node_a, node_b);
}

static gboolean
texts_equal (const VrfSession *a, const VrfSession *b)
{
  return g_strcmp0 (a->status_text, b->status_text) == 0
         && g_strcmp0 (a->environment, b->environment) == 0
         && g_strcmp0 (a->external_ref, b->external_ref) == 0
         && g_strcmp0 (a->country, b->country) == 0
         && g_strcmp0 (a->workflow_id, b->workflow_id) == 0
         && g_strcmp0 (a->document_type, b->document_type) == 0
         && g_strcmp0 (a->retention_status, b->retention_status) == 0
         && g_strcmp0 (a->consent_ip, b->consent_ip) == 0
         && g_strcmp0 (a->capture_url, b->capture_url) == 0
         && g_strcmp0 (a->case_id, b->case_id) == 0
         && g_strcmp0 (a->case_status, b->case_status) == 0
         && g_strcmp0 (a->result_status, b->result_status) == 0
         && g_strcmp0 (a->risk_level, b->risk_level) == 0;
}

gboolean
vrf_merge_is_same (const VrfSession *a, const VrfSession *b)
{
  return a->updated_at == b->updated_at && a->created_at == b->created_at
         && a->token_expires_at == b->token_expires_at && a->expired_at == b->expired_at
         && a->is_sandbox == b->is_sandbox && a->processing_attempts == b->processing_attempts
         && texts_equal (a, b)
         && g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags)
         && objects_equal (a->metadata, b->metadata);
}

int
vrf_merge_get_stage (VrfSessionStatus status)
{
  switch (status)
    {
    case VRF_SESSION_STATUS_PENDING:
      return 0;
    case VRF_SESSION_STATUS_CAPTURING:
      return 1;
    case VRF_SESSION_STATUS_PROCESSING:
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
    case VRF_SESSION_STATUS_UNDER_REVIEW:
      return 2;
    case VRF_SESSION_STATUS_COMPLETED:
    case VRF_SESSION_STATUS_EXPIRED:
    case VRF_SESSION_STATUS_FAILED:
      return 3;
    case VRF_SESSION_STATUS_UNKNOWN:
    default:
      return -1;
    }
}

gboolean
vrf_merge_may_be_opened (VrfSessionStatus status)
{
  return status == VRF_SESSION_STATUS_PENDING || status == VRF_SESSION_STATUS_CAPTURING;
}
