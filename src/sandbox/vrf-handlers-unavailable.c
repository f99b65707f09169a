/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

/* What the API has and this server has not (verifa-api.md 1.8). They are routes, so that a wrong
 * key, a missing scope and a wrong method are told apart from them. */

static void
refuse (VrfRequest *request, VrfReply *reply)
{
  vrf_error_reply_set (reply, 501, "not_implemented", "This server does not have that endpoint.");
}

#define API "/api/v1"

const VrfRoute vrf_handlers_unavailable[] = {
  { "POST", API "/sessions/{session_id}/client-token", "sessions:write", refuse, VRF_ROUTE_PLAIN },
  { "GET",
    API "/workflows/{workflow_id}/analytics",
    "workflows:read workflows:write",
    refuse,
    VRF_ROUTE_PLAIN },
  { "GET",
    API "/workflows/{workflow_id}/drafts",
    "workflows:read workflows:write",
    refuse,
    VRF_ROUTE_PLAIN },
  { "GET",
    API "/workflows/{workflow_id}/drafts/{draft_id}",
    "workflows:read workflows:write",
    refuse,
    VRF_ROUTE_PLAIN },
  { "GET",
    API "/workflows/{workflow_id}/drafts/{draft_id}/diff",
    "workflows:read workflows:write",
    refuse,
    VRF_ROUTE_PLAIN },
  { "POST",
    API "/workflows/{workflow_id}/drafts/{draft_id}/dry-run",
    "workflows:write",
    refuse,
    VRF_ROUTE_PLAIN },
  { "POST",
    API "/workflows/{workflow_id}/drafts/{draft_id}/publish",
    "workflows:write",
    refuse,
    VRF_ROUTE_PLAIN },
  { "GET", API "/identities/{identity_id}/audit-log", "identities:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/identities/{identity_id}/links", "identities:read", refuse, VRF_ROUTE_PLAIN },
  { "GET",
    API "/identities/{identity_id}/relationships",
    "identities:read",
    refuse,
    VRF_ROUTE_PLAIN },
  { "POST", API "/identities/{identity_id}/pause", "identities:write", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/identities/{identity_id}/resume", "identities:write", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/checks/{check_id}/monitoring-history", "checks:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/checks/{check_id}/report", "checks:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/watchlists", "checks:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/watchlists/{watchlist_id}", "checks:read", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/lists/{list_id}/items/import", "lists:write", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/lists/{list_id}/items/export", "lists:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/api-logs", "audit:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/api-logs/analytics", "audit:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/api-logs/{log_id}", "audit:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/organizations", "settings:write", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/organizations", "settings:write", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/organizations/{org_id}", "settings:write", refuse, VRF_ROUTE_PLAIN },
  { "PATCH", API "/organizations/{org_id}", "settings:write", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/organizations/{org_id}/api-keys", "settings:write", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/organizations/{org_id}/api-keys", "settings:write", refuse, VRF_ROUTE_PLAIN },
  { "DELETE",
    API "/organizations/{org_id}/api-keys/{key_id}",
    "settings:write",
    refuse,
    VRF_ROUTE_PLAIN },
  { "GET", API "/audit/findings", "audit:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/audit/findings/stats", "audit:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/audit/findings/{finding_id}", "audit:read", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/audit/findings/{finding_id}/acknowledge", "audit:read", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/audit/findings/{finding_id}/dismiss", "audit:read", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/sdk/config", "sessions:read", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/sdk/attestation/challenge", "sessions:write", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/sdk/attestation", "sessions:write", refuse, VRF_ROUTE_PLAIN },
  { "POST", API "/sdk/nfc", "sessions:write", refuse, VRF_ROUTE_PLAIN },
  { "GET", API "/sdk/csca-certificates", "sessions:read", refuse, VRF_ROUTE_PLAIN },
  { NULL },
};
