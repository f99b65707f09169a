/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-client.h"

G_BEGIN_DECLS

/* Review cases (verifa-api.md 7.3), as VrfApiClient's other calls. What changes a case is sent
 * once. A case that another reviewer has, or that was decided, is VRF_ERROR_CONFLICT. */

void
vrf_api_client_get_case_async (VrfApiClient *self,
                               const char *case_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void
vrf_api_client_claim_case_async (VrfApiClient *self,
                                 const char *case_id,
                                 const char *reviewer_id,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void
vrf_api_client_release_case_async (VrfApiClient *self,
                                   const char *case_id,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void
vrf_api_client_approve_case_async (VrfApiClient *self,
                                   const char *case_id,
                                   const VrfCaseDecision *decision,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void
vrf_api_client_reject_case_async (VrfApiClient *self,
                                  const char *case_id,
                                  const VrfCaseDecision *decision,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* @escalated_to, @reason: nullable */
void
vrf_api_client_escalate_case_async (VrfApiClient *self,
                                    const char *case_id,
                                    const char *escalated_to,
                                    const char *reason,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Of all above. */
VrfCase *
vrf_api_client_case_finish (VrfApiClient *self,
                            GAsyncResult *result,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET …/notes: VrfCaseNote, oldest first */
void
vrf_api_client_list_case_notes_async (VrfApiClient *self,
                                      const char *case_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
vrf_api_client_list_case_notes_finish (VrfApiClient *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* POST …/notes */
void
vrf_api_client_add_case_note_async (VrfApiClient *self,
                                    const char *case_id,
                                    const char *content,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
VrfCaseNote *
vrf_api_client_add_case_note_finish (VrfApiClient *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
