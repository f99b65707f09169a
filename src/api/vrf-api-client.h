/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "api/vrf-activity.h"
#include "api/vrf-case.h"
#include "api/vrf-check.h"
#include "api/vrf-models.h"
#include "api/vrf-result.h"
#include "api/vrf-session-request.h"
#include "api/vrf-session.h"
#include "base/vrf-clock.h"

G_BEGIN_DECLS

/*
 * The HTTP API as functions (verifa-api.md 3 and 7): for each call an _async that sends it and a
 * _finish that gives its reply. For the main thread. Errors: VRF_ERROR with its HTTP details, or
 * G_IO_ERROR_CANCELLED. Calls that change something and honour it take an idempotency key
 * (nullable: one is made, so that the client's own retries are safe). Calls that do not honour one
 * (simulate, tags, redact, reprocess, a check's retry) are sent once; everything else is tried up
 * to four times, so with a server that does not answer an error may take a minute: show progress,
 * offer to cancel. A _finish that gives a number gives -1 with its error. Programs set
 * SOUP_FORCE_HTTP1=1 before they start threads.
 */
#define VRF_TYPE_API_CLIENT (vrf_api_client_get_type ())
G_DECLARE_FINAL_TYPE (VrfApiClient, vrf_api_client, VRF, API_CLIENT, GObject)

typedef enum
{
  VRF_ENVIRONMENT_UNKNOWN,
  VRF_ENVIRONMENT_SANDBOX,
  VRF_ENVIRONMENT_LIVE,
} VrfEnvironment;

VrfEnvironment
vrf_environment_from_key (const char *api_key);
const char *
vrf_environment_to_text (VrfEnvironment environment);
VrfEnvironment
vrf_environment_from_text (const char *text);

/* base_url without /api/v1; https, or http to a loopback address. */
VrfApiClient *
vrf_api_client_new (const char *base_url,
                    const char *api_key,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *
vrf_api_client_get_base_url (VrfApiClient *self);
VrfEnvironment
vrf_api_client_get_environment (VrfApiClient *self);
VrfClock *
vrf_api_client_get_clock (VrfApiClient *self);
/* Before the first call: a clock that somebody else reads too; every reply sets it. */
void
vrf_api_client_set_clock (VrfApiClient *self, VrfClock *clock);
/* From the newest reply; -1 before one. */
int
vrf_api_client_get_rate_limit (VrfApiClient *self);
int
vrf_api_client_get_rate_remaining (VrfApiClient *self);
/* X-Quota-*: what is left of the day's verifications; -1 when not told. */
int
vrf_api_client_get_quota_limit (VrfApiClient *self);
int
vrf_api_client_get_quota_remaining (VrfApiClient *self);
/* Whether the server has told that it is our sandbox (X-Sandbox-Time). Property "our-sandbox". */
gboolean
vrf_api_client_is_our_sandbox (VrfApiClient *self);
/* Attempts of one call; VRF_RETRY_MAX_ATTEMPTS by default, 1 for a poller that comes back anyway.
 */
void
vrf_api_client_set_max_attempts (VrfApiClient *self, guint max_attempts);

/* Where calls are remembered from now on (nullable). @is_poll: nobody asks for this client's. */
void
vrf_api_client_set_activity (VrfApiClient *self, VrfActivity *activity, gboolean is_poll);

/* POST /sessions */
void
vrf_api_client_create_session_async (VrfApiClient *self,
                                     const VrfSessionRequest *request,
                                     const char *idempotency_key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
VrfSession *
vrf_api_client_create_session_finish (VrfApiClient *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * VrfSessionQuery: GET /sessions; zero and NULL members are not sent. @limit 1 to 100.
 */
typedef struct
{
  const char *status;
  const char *q;
  const char *external_ref;
  guint limit;
  guint offset;
} VrfSessionQuery;

void
vrf_api_client_list_sessions_async (VrfApiClient *self,
                                    const VrfSessionQuery *query,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
VrfSessionPage *
vrf_api_client_list_sessions_finish (VrfApiClient *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET /sessions/{id} */
void
vrf_api_client_get_session_async (VrfApiClient *self,
                                  const char *session_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
VrfSession *
vrf_api_client_get_session_finish (VrfApiClient *self,
                                   GAsyncResult *result,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* PATCH /sessions/{id}: @external_ref and @metadata nullable; metadata is merged, null removes */
void
vrf_api_client_update_session_async (VrfApiClient *self,
                                     const char *session_id,
                                     const char *external_ref,
                                     JsonObject *metadata,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
VrfSession *
vrf_api_client_update_session_finish (VrfApiClient *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET …/result; VRF_ERROR_NOT_FOUND before there is one */
void
vrf_api_client_get_result_async (VrfApiClient *self,
                                 const char *session_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
VrfResult *
vrf_api_client_get_result_finish (VrfApiClient *self,
                                  GAsyncResult *result,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* POST …/resume: id, status, capture_url and token_expires_at of the reply are set */
void
vrf_api_client_resume_session_async (VrfApiClient *self,
                                     const char *session_id,
                                     const char *idempotency_key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
VrfSession *
vrf_api_client_resume_session_finish (VrfApiClient *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* POST …/resend-invite: gives the invites sent so far, this one included; 0 when not told */
void
vrf_api_client_resend_invite_async (VrfApiClient *self,
                                    const char *session_id,
                                    const char *idempotency_key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
int
vrf_api_client_resend_invite_finish (VrfApiClient *self, GAsyncResult *result, GError **error);

/* POST …/expire: id, status and expired_at of the reply are set */
void
vrf_api_client_expire_session_async (VrfApiClient *self,
                                     const char *session_id,
                                     const char *idempotency_key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
VrfSession *
vrf_api_client_expire_session_finish (VrfApiClient *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* POST …/simulate: @action is approve, decline, require-review or expire; sandbox only */
void
vrf_api_client_simulate_async (VrfApiClient *self,
                               const char *session_id,
                               const char *action,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
VrfSession *
vrf_api_client_simulate_finish (VrfApiClient *self,
                                GAsyncResult *result,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* POST …/generate-one-time-link: @expires_in_minutes 0 takes the platform's */
void
vrf_api_client_generate_link_async (VrfApiClient *self,
                                    const char *session_id,
                                    guint expires_in_minutes,
                                    const char *idempotency_key,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
VrfLink *
vrf_api_client_generate_link_finish (VrfApiClient *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET …/links: VrfLink, newest first */
void
vrf_api_client_list_links_async (VrfApiClient *self,
                                 const char *session_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *
vrf_api_client_list_links_finish (VrfApiClient *self,
                                  GAsyncResult *result,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* POST …/tags/add, /tags/remove, /tags/set: gives the tags as they are now */
void
vrf_api_client_add_tag_async (VrfApiClient *self,
                              const char *session_id,
                              const char *tag,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
void
vrf_api_client_remove_tag_async (VrfApiClient *self,
                                 const char *session_id,
                                 const char *tag,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void
vrf_api_client_set_tags_async (VrfApiClient *self,
                               const char *session_id,
                               const char *const *tags,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GStrv
vrf_api_client_tags_finish (VrfApiClient *self,
                            GAsyncResult *result,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET …/documents: VrfDocument; VRF_ERROR_GONE after the sensitive window */
void
vrf_api_client_list_documents_async (VrfApiClient *self,
                                     const char *session_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *
vrf_api_client_list_documents_finish (VrfApiClient *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET …/documents/{doc_type} by its signed link */
void
vrf_api_client_fetch_document_async (VrfApiClient *self,
                                     const VrfDocument *document,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GBytes *
vrf_api_client_fetch_document_finish (VrfApiClient *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET …/risk */
void
vrf_api_client_get_risk_async (VrfApiClient *self,
                               const char *session_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
VrfRisk *
vrf_api_client_get_risk_finish (VrfApiClient *self,
                                GAsyncResult *result,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET …/verifications: VrfCheck, the latest attempt of each policy */
void
vrf_api_client_list_checks_async (VrfApiClient *self,
                                  const char *session_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *
vrf_api_client_list_checks_finish (VrfApiClient *self,
                                   GAsyncResult *result,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET …/verifications/{policy}/attempts: VrfCheck, oldest first */
void
vrf_api_client_list_attempts_async (VrfApiClient *self,
                                    const char *session_id,
                                    const char *policy,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *
vrf_api_client_list_attempts_finish (VrfApiClient *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* POST …/verifications/{policy}/retry: begins another attempt, which ends by itself later */
void
vrf_api_client_retry_check_async (VrfApiClient *self,
                                  const char *session_id,
                                  const char *policy,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean
vrf_api_client_retry_check_finish (VrfApiClient *self, GAsyncResult *result, GError **error);

/* DELETE …/data: cannot be undone; gives how many documents went */
void
vrf_api_client_redact_async (VrfApiClient *self,
                             const char *session_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
int
vrf_api_client_redact_finish (VrfApiClient *self, GAsyncResult *result, GError **error);

/* POST …/reprocess */
void
vrf_api_client_reprocess_async (VrfApiClient *self,
                                const char *session_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean
vrf_api_client_reprocess_finish (VrfApiClient *self, GAsyncResult *result, GError **error);

/* GET …/workflow-run */
void
vrf_api_client_get_workflow_run_async (VrfApiClient *self,
                                       const char *session_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
VrfWorkflowRun *
vrf_api_client_get_workflow_run_finish (VrfApiClient *self,
                                        GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET /workflows: VrfWorkflow */
void
vrf_api_client_list_workflows_async (VrfApiClient *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *
vrf_api_client_list_workflows_finish (VrfApiClient *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET /workflows/{id}/versions: VrfWorkflowVersion, newest first */
void
vrf_api_client_list_workflow_versions_async (VrfApiClient *self,
                                             const char *workflow_id,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
GPtrArray *
vrf_api_client_list_workflow_versions_finish (VrfApiClient *self,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET /rate-limits */
void
vrf_api_client_get_rate_limits_async (VrfApiClient *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
VrfRateLimits *
vrf_api_client_get_rate_limits_finish (VrfApiClient *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Our sandbox's outbox; any other server answers VRF_ERROR_NOT_FOUND, a live key
 * VRF_ERROR_FORBIDDEN.
 */

/* GET /_sandbox/outbox: the newest hundred */
void
vrf_api_client_list_mails_async (VrfApiClient *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
VrfMailPage *
vrf_api_client_list_mails_finish (VrfApiClient *self,
                                  GAsyncResult *result,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* GET /_sandbox/outbox/{id} */
void
vrf_api_client_get_mail_async (VrfApiClient *self,
                               const char *mail_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
VrfMail *
vrf_api_client_get_mail_finish (VrfApiClient *self,
                                GAsyncResult *result,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* DELETE /_sandbox/outbox: cannot be undone */
void
vrf_api_client_clear_mails_async (VrfApiClient *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean
vrf_api_client_clear_mails_finish (VrfApiClient *self, GAsyncResult *result, GError **error);

/*
 * Our sandbox's listener for phones on the same network; as for the outbox. VRF_ERROR_CONFLICT when
 * there is no network.
 */

/* GET /_sandbox/lan */
void
vrf_api_client_get_lan_async (VrfApiClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
VrfLanState *
vrf_api_client_get_lan_finish (VrfApiClient *self,
                               GAsyncResult *result,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* POST /_sandbox/lan for so many minutes from now; DELETE for none */
void
vrf_api_client_set_lan_async (VrfApiClient *self,
                              guint minutes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
VrfLanState *
vrf_api_client_set_lan_finish (VrfApiClient *self,
                               GAsyncResult *result,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * VrfProbe: what a key may do can be told by trying, as far as trying changes nothing.
 * @VRF_PROBE_SERVER: whether there is a server that takes the key; needs no right
 */
typedef enum
{
  VRF_PROBE_SERVER,
  VRF_PROBE_SESSIONS,
  VRF_PROBE_RESULTS,
  VRF_PROBE_IDENTITIES,
  VRF_PROBE_CASES,
  VRF_PROBE_WORKFLOWS,
  VRF_PROBE_WEBHOOKS,
  VRF_N_PROBES,
} VrfProbe;

void
vrf_api_client_probe_async (VrfApiClient *self,
                            VrfProbe probe,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean
vrf_api_client_probe_finish (VrfApiClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
