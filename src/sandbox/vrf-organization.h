/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/** VRF_ORGANIZATION_ID: the `org_id` of whatever belongs to the organization. */
#define VRF_ORGANIZATION_ID "org_frontdesk"
/** VRF_ORGANIZATION_ADMINS: where mails to the organization's admins go, who have no accounts here.
 */
#define VRF_ORGANIZATION_ADMINS "admins@frontdesk.example"
/** VRF_ORGANIZATION_FOREVER: a window that never closes: the setting is null. */
#define VRF_ORGANIZATION_FOREVER (-1)

/**
 * VrfOrganization:
 * @name: what it is called
 * @email_display_name: (nullable): what its mails call it; %NULL is @name
 * @verification_mode: `auto` or `manual`
 * @image_url_expiry_s: how long the address of a picture is good
 * @data_retention_days: days after its end at which a session is deleted, 0 is at once
 * @sensitive_data_retention_days: days after its end at which personal data is no longer given out
 * @auto_redact: whether the end of @data_retention_days deletes, or only stops giving out
 * @dual_review: whether a case needs the word of two reviewers
 * @api_pii_fields: (nullable): which members `extracted_data` may have; %NULL is all but `ssn`
 * @identity_custom_fields: (nullable): a JSON object: which custom fields identities may have, see
 *   vrf_identity_fields_check_definitions(); %NULL is any
 *
 * The settings of the one organization there is (verifa-api.md 2.8, 2.9, 7.3, 8.5). Both windows
 * may be %VRF_ORGANIZATION_FOREVER. Owned texts.
 */
typedef struct
{
  char *name;
  char *email_display_name;
  char *verification_mode;
  int image_url_expiry_s;
  int data_retention_days;
  int sensitive_data_retention_days;
  gboolean auto_redact;
  gboolean dual_review;
  GStrv api_pii_fields;
  char *identity_custom_fields;
  char *text; /* what was read */
} VrfOrganization;

VrfOrganization *
vrf_organization_new (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_organization_refresh (VrfOrganization **self, VrfSandboxStore *store, GError **error);
void
vrf_organization_free (VrfOrganization *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfOrganization, vrf_organization_free)

gboolean
vrf_organization_change (VrfSandboxStore *store,
                         JsonObject *changes,
                         VrfFieldErrors *errors,
                         GError **error);
JsonNode *
vrf_organization_to_json (const VrfOrganization *self) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_organization_filter_extracted (const VrfOrganization *self,
                                   const char *extracted) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
