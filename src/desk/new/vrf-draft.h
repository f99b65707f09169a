/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-session-request.h"

G_BEGIN_DECLS

/* What New Verification asks for. All are texts, empty at first. */
typedef enum
{
  VRF_DRAFT_REFERENCE,
  VRF_DRAFT_NAME,
  VRF_DRAFT_EMAIL,
  VRF_DRAFT_WORKFLOW, /* an id; empty: the preset */
  VRF_DRAFT_COUNTRY,
  VRF_DRAFT_TAGS,     /* separated by commas */
  VRF_DRAFT_METADATA, /* key=value, one a line */
  VRF_DRAFT_REDIRECT_URL,
  VRF_DRAFT_FIRST_NAME,
  VRF_DRAFT_LAST_NAME,
  VRF_DRAFT_BIRTH_DATE, /* YYYY-MM-DD */
  VRF_DRAFT_PHONE,
  VRF_DRAFT_BRAND_NAME,
  VRF_DRAFT_SUPPORT_URL,
  VRF_DRAFT_N_FIELDS, /* also: no field */
} VrfDraftField;

/* Lines of metadata: the service takes 50 keys, two are the desk's own. */
#define VRF_DRAFT_MAX_METADATA 48
#define VRF_DRAFT_MAX_TAGS 50

#define VRF_TYPE_DRAFT (vrf_draft_get_type ())
G_DECLARE_FINAL_TYPE (VrfDraft, vrf_draft, VRF, DRAFT, GObject)

VrfDraft *
vrf_draft_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *
vrf_draft_get_text (VrfDraft *self, VrfDraftField field);
void
vrf_draft_set_text (VrfDraft *self, VrfDraftField field, const char *text);
gboolean
vrf_draft_get_invite (VrfDraft *self);
void
vrf_draft_set_invite (VrfDraft *self, gboolean invite);
gboolean
vrf_draft_has_options (VrfDraft *self);
void
vrf_draft_clear (VrfDraft *self);

const char *
vrf_draft_get_key (VrfDraft *self);
gboolean
vrf_draft_settle (VrfDraft *self, const GError *error);

const char *
vrf_draft_get_problem (VrfDraft *self, VrfDraftField field);
VrfDraftField
vrf_draft_first_problem (VrfDraft *self);
VrfDraftField
vrf_draft_field_from_api (const char *name);
VrfSessionRequest *
vrf_draft_dup_request (VrfDraft *self, const char *desk) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
