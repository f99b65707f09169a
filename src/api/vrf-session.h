/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/vrf-json.h"

G_BEGIN_DECLS

/* verifa-api.md 2.1. UNKNOWN: a newer API; status_text has its word. */
typedef enum
{
  VRF_SESSION_STATUS_UNKNOWN,
  VRF_SESSION_STATUS_PENDING,
  VRF_SESSION_STATUS_CAPTURING,
  VRF_SESSION_STATUS_PROCESSING,
  VRF_SESSION_STATUS_SANDBOX_PENDING,
  VRF_SESSION_STATUS_AWAITING_EXTERNAL,
  VRF_SESSION_STATUS_UNDER_REVIEW,
  VRF_SESSION_STATUS_COMPLETED,
  VRF_SESSION_STATUS_EXPIRED,
  VRF_SESSION_STATUS_FAILED,
} VrfSessionStatus;

/* verifa-api.md 2.4; passed reads as approved, failed and declined as rejected. */
typedef enum
{
  VRF_RESULT_STATUS_UNKNOWN,
  VRF_RESULT_STATUS_APPROVED,
  VRF_RESULT_STATUS_REJECTED,
  VRF_RESULT_STATUS_NEEDS_REVIEW,
} VrfResultStatus;

/**
 * VrfSession:
 *
 * One verification session as the API tells it (verifa-api.md 3.1, 3.2, 3.3, 3.6, 3.8). Immutable
 * and reference counted; read its members, never write them. Only id and status are always there;
 * texts are NULL and times VRF_TIME_NONE when the reply did not have them.
 */
typedef struct
{
  char *id;
  VrfSessionStatus status;
  char *status_text; /* as the API wrote it */
  gboolean is_sandbox;
  char *environment;
  gint64 created_at;
  gint64 updated_at;
  char *external_ref;
  char *applicant_name; /* metadata.applicant_name */
  char *desk;           /* metadata.desk */
  JsonObject *metadata; /* may be NULL */
  char *country;
  char *workflow_id;
  char *document_type;
  char *retention_status;
  char *consent_ip;
  char *capture_url;       /* while pending or capturing */
  gint64 token_expires_at; /* or expires_at, as create and resume call it */
  gint64 expired_at;       /* expire's reply only */
  int processing_attempts; /* -1 unknown */
  char *case_id;
  char *case_status;
  GStrv tags;          /* never NULL */
  char *result_status; /* nullable: the list's convenience, as the API wrote it */
  char *risk_level;    /* nullable: the list's convenience */
} VrfSession;

#define VRF_TYPE_SESSION (vrf_session_get_type ())
GType
vrf_session_get_type (void);

/* What is remembered of a session: nothing but id and status yet. Its maker may fill in the other
 * members before anybody else has it. */
VrfSession *
vrf_session_new (const char *id, const char *status_text) G_GNUC_WARN_UNUSED_RESULT;
VrfSession *
vrf_session_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is known of a session after @newer came: a new object. A whole reply (it has updated_at:
 * single and list) counts as it is, except that what the list may leave out is kept from @known:
 * consent_ip; capture_url while both may be opened and token_expires_at is the same; result_status
 * and risk_level while the status is the same. A reply to an action (create, resume, expire,
 * simulate) tells a part: what it leaves out is kept from @known, except capture_url and
 * token_expires_at when its status cannot be opened, and result_status and risk_level when the
 * status changed. */
VrfSession *
vrf_session_merge (VrfSession *known, VrfSession *newer) G_GNUC_WARN_UNUSED_RESULT;
VrfSession *
vrf_session_ref (VrfSession *self);
void
vrf_session_unref (VrfSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfSession, vrf_session_unref)

gboolean
vrf_session_status_is_active (VrfSessionStatus status);
VrfSessionStatus
vrf_session_status_from_text (const char *text);
VrfResultStatus
vrf_result_status_from_text (const char *text);
const char *
vrf_result_status_to_text (VrfResultStatus status);

/**
 * VrfSessionPage: one page of the list; @sessions holds VrfSession. Free with
 * vrf_session_page_free().
 */
typedef struct
{
  GPtrArray *sessions;
  guint total;
  guint limit;
  guint offset;
} VrfSessionPage;

VrfSessionPage *
vrf_session_page_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_session_page_free (VrfSessionPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfSessionPage, vrf_session_page_free)

G_END_DECLS
