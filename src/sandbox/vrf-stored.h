/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-engine.h"

G_BEGIN_DECLS

/** VRF_SECONDS: as microseconds, which an int does not hold. */
#define VRF_SECONDS(s) ((gint64) (s) *G_USEC_PER_SEC)

/* Rows of the sandbox's database. Plain values: reading or changing one touches nothing else.
 * Texts are owned; times are microseconds of the sandbox's clock, VRF_TIME_NONE for none. */

/**
 * VrfStoredSession:
 * @n: the row's number; 0 before it is inserted
 * @metadata: a JSON object
 * @checks: (nullable): a JSON array of texts
 * @workflow_version: which version of its workflow it goes by
 * @fields: a JSON object: pre-filled and collected applicant data
 * @tags: a JSON array of texts
 * @retention: `active` or `redacted`; see vrf_retention_get_status()
 * @token: (nullable): the capture token that is good now
 * @token_expires_at: when it ends
 * @result_status: (nullable): `approved`, `rejected`, `needs_review`
 * @run_ends_at: when the live engine is done, while processing
 * @ended_at: when it became completed, expired or failed, while it is
 * @consent_at: when the applicant agreed
 *
 * A session (verifa-api.md 3.1, 3.3).
 */
typedef struct
{
  gint64 n;
  char *id;
  gboolean is_sandbox;
  VrfState state;
  gint64 created_at;
  gint64 updated_at;
  char *external_ref;
  char *metadata;
  char *country;
  char *checks;
  char *workflow_id;
  int workflow_version;
  char *redirect_url;
  char *fields;
  char *tags;
  gboolean send_email;
  char *applicant_email;
  char *applicant_name;
  char *email_display_name;
  char *support_url;
  int invite_count;
  char *token;
  gint64 token_expires_at;
  char *document_type;
  char *document_country;
  char *document_state;
  char *retention;
  int processing_attempts;
  gint64 run_ends_at;
  gint64 ended_at;
  char *consent_ip;
  gint64 consent_at;
  char *consent_version;
  char *case_id;
  char *case_status;
  char *result_status;
  char *risk_level;
} VrfStoredSession;

VrfStoredSession *
vrf_stored_session_new (void) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_stored_session_free (VrfStoredSession *self);
void
vrf_stored_set (char **text, const char *value);
JsonNode *
vrf_stored_parse (const char *json) G_GNUC_WARN_UNUSED_RESULT;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredSession, vrf_stored_session_free)

/**
 * VrfStoredLink:
 * @status: `active`, `consumed`, `revoked` or `expired`
 *
 * A one-time link (verifa-api.md 3.12).
 */
typedef struct
{
  gint64 session_n;
  char *id;
  char *token;
  char *status;
  gint64 created_at;
  gint64 expires_at;
} VrfStoredLink;

void
vrf_stored_link_free (VrfStoredLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredLink, vrf_stored_link_free)

/**
 * VrfStoredToken:
 * @link_id: (nullable): the one-time link it belongs to; %NULL for a session's own token
 * @is_revoked: another token took its place
 * @expires_at: when it ends by itself
 * @visitor: (nullable): the browser that opened it, as it is named in its cookie
 *
 * What opens a capture page (verifa-api.md 8.6b).
 */
typedef struct
{
  char *token;
  gint64 session_n;
  char *link_id;
  gboolean is_revoked;
  gint64 expires_at;
  char *visitor;
} VrfStoredToken;

void
vrf_stored_token_free (VrfStoredToken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredToken, vrf_stored_token_free)

/**
 * VrfStoredResult:
 * @face_passed: 1, 0, or -1 for null
 * @face_score: 0 to 1, or -1 for null
 * @age_passed: 1, 0, or -1 for null
 * @extracted: a JSON object
 * @signals: a JSON array
 *
 * A result with its risk (verifa-api.md 3.4, 3.15).
 */
typedef struct
{
  gint64 session_n;
  char *status;
  gint64 created_at;
  int face_passed;
  double face_score;
  int age_passed;
  char *extracted;
  char *reason;
  char *reason_code;
  char *country;
  int risk_score;
  char *signals;
} VrfStoredResult;

void
vrf_stored_result_free (VrfStoredResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredResult, vrf_stored_result_free)

/**
 * VrfStoredCheck:
 * @attempt: 1 for the first
 * @status: `passed`, `failed`, `skipped`, or `pending` until completed_at
 * @score: 0 to 1, or -1 for null
 *
 * One attempt of a check (verifa-api.md 3.16).
 */
typedef struct
{
  char *policy;
  int attempt;
  char *status;
  double score;
  char *reason;
  gint64 started_at;
  gint64 completed_at;
  int duration_ms;
} VrfStoredCheck;

void
vrf_stored_check_free (VrfStoredCheck *self);

/**
 * VrfStoredDocument:
 * @doc_type: `id_front`, `id_back`, `selfie`, `proof_of_address`
 * @mime_type: told from the bytes, never from the client
 * @data: (nullable): %NULL when only listed
 * @poa_type: (nullable): `utility_bill`, for a proof of address
 * @poa_date: (nullable): the date on it, "2026-01-31"
 *
 * A picture the applicant gave (verifa-api.md 3.11).
 */
typedef struct
{
  gint64 session_n;
  char *id;
  char *doc_type;
  char *mime_type;
  gint64 size;
  GBytes *data;
  gint64 created_at;
  char *poa_type;
  char *poa_date;
} VrfStoredDocument;

void
vrf_stored_document_free (VrfStoredDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredDocument, vrf_stored_document_free)

G_END_DECLS
