/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/vrf-json.h"

G_BEGIN_DECLS

/**
 * VrfSessionRequest:
 *
 * The body of POST /sessions (verifa-api.md 3.1). The caller fills the members; NULL and empty
 * texts are not sent. The applicant's name also goes into metadata.applicant_name and the desk's
 * into metadata.desk, so that every desk's list can show them.
 */
typedef struct
{
  char *external_ref;
  char *applicant_name;
  char *applicant_email;
  gboolean send_email;
  char *workflow_id;
  char *country;
  char *redirect_url;
  char *email_display_name;
  char *support_url;
  char *desk;
  GStrv tags;           /* nullable */
  JsonObject *metadata; /* nullable: further members */
  JsonObject *fields;   /* nullable: pre-filled applicant data */
} VrfSessionRequest;

VrfSessionRequest *
vrf_session_request_new (void) G_GNUC_WARN_UNUSED_RESULT;
VrfSessionRequest *
vrf_session_request_copy (const VrfSessionRequest *self) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_session_request_free (VrfSessionRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfSessionRequest, vrf_session_request_free)

gboolean
vrf_session_request_validate (const VrfSessionRequest *self, GError **error);
JsonNode *
vrf_session_request_to_json (const VrfSessionRequest *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
