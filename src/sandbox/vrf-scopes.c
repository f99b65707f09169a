/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-scopes.h"

const char *const vrf_scopes_default[] = {
  "sessions:read",      "sessions:create", "sessions:write",
  "verifications:read", "identities:read", NULL,
};

const char *const vrf_scopes_all[] = {
  "sessions:read",      "sessions:create",   "sessions:write",
  "verifications:read", "identities:read",   "identities:write",
  "cases:read",         "cases:write",       "cases:decide",
  "documents:read",     "documents:write",   "settings:write",
  "webhooks:read",      "webhooks:write",    "workflows:read",
  "workflows:write",    "workflows:trigger", "redact:write",
  "checks:read",        "checks:write",      "screening:write",
  "lists:read",         "lists:write",       "api_keys:read",
  "api_keys:write",     "audit:read",        NULL,
};
