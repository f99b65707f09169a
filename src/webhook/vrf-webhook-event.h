/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** VRF_WEBHOOK_MAX_BODY: what a delivery's body may have, in bytes. */
#define VRF_WEBHOOK_MAX_BODY (1024 * 1024)

/** VrfWebhookKind: the event types of verifa-api.md 5.5; `check` also stands for `screening`. */
typedef enum
{
  VRF_WEBHOOK_UNKNOWN,
  VRF_WEBHOOK_SESSION_CREATED,
  VRF_WEBHOOK_SESSION_STARTED,
  VRF_WEBHOOK_SESSION_LINK_GENERATED,
  VRF_WEBHOOK_SESSION_APPROVED,
  VRF_WEBHOOK_SESSION_DECLINED,
  VRF_WEBHOOK_SESSION_REQUIRES_REVIEW,
  VRF_WEBHOOK_SESSION_RESUBMISSION_REQUIRED,
  VRF_WEBHOOK_SESSION_EXPIRED,
  VRF_WEBHOOK_SESSION_AWAITING_EXTERNAL,
  VRF_WEBHOOK_SESSION_REDACTED,
  VRF_WEBHOOK_SESSION_RETENTION_EXPIRED,
  VRF_WEBHOOK_CHECK_COMPLETED,
  VRF_WEBHOOK_CHECK_NEW_HITS,
  VRF_WEBHOOK_IDENTITY_CREATED,
  VRF_WEBHOOK_IDENTITY_UPDATED,
  VRF_WEBHOOK_IDENTITY_ARCHIVED,
  VRF_WEBHOOK_IDENTITY_RESTORED,
  VRF_WEBHOOK_IDENTITY_TAG_ADDED,
  VRF_WEBHOOK_IDENTITY_TAG_REMOVED,
  VRF_WEBHOOK_IDENTITY_FLAGGED,
  VRF_WEBHOOK_CONSORTIUM_MATCH_FOUND,
  VRF_WEBHOOK_CASE_CREATED,
  VRF_WEBHOOK_CASE_APPROVED,
  VRF_WEBHOOK_CASE_REJECTED,
  VRF_WEBHOOK_CASE_ESCALATED,
  VRF_WEBHOOK_DOCUMENT_VERIFIED,
  VRF_WEBHOOK_DOCUMENT_EXTRACTED,
  VRF_WEBHOOK_TEST,
} VrfWebhookKind;

/**
 * VrfWebhookEvent:
 * @name: the event as it was written: `session.approved`
 * @kind: the same as a value; %VRF_WEBHOOK_UNKNOWN for a type this list does not have
 * @key: by what it is told from others: the `idempotency_key`, the same on every retry; without a
 *   usable one, a digest of the body
 * @session_id: (nullable): which session it is about
 * @external_ref: (nullable): the caller's name for it
 * @status: (nullable): as the event tells it: a result's status or a session's
 * @identity_id: (nullable): which identity it is about
 * @case_id: (nullable): which review case it is about
 * @is_sandbox: whether it happened in the sandbox environment; -1 when it does not say
 * @created_at: in microseconds; %VRF_TIME_NONE when it does not say
 *
 * What there is to know of a delivery (verifa-api.md 5.4). Nothing personal is kept: an event is a
 * hint, what happened is asked of the API. Strings are owned by the event.
 */
typedef struct
{
  char *name;
  VrfWebhookKind kind;
  char *key;
  char *session_id;
  char *external_ref;
  char *status;
  char *identity_id;
  char *case_id;
  int is_sandbox;
  gint64 created_at;
} VrfWebhookEvent;

#define VRF_TYPE_WEBHOOK_EVENT (vrf_webhook_event_get_type ())
GType
vrf_webhook_event_get_type (void);

VrfWebhookEvent *
vrf_webhook_event_new_from_body (GBytes *body, GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfWebhookEvent *
vrf_webhook_event_copy (const VrfWebhookEvent *self) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_webhook_event_free (VrfWebhookEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfWebhookEvent, vrf_webhook_event_free)

VrfWebhookKind
vrf_webhook_kind_from_name (const char *name);

G_END_DECLS
