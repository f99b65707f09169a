/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/vrf-json.h"

G_BEGIN_DECLS

/* The small replies: one struct, one decoder, one free function each. Texts may be NULL. */

/** VrfLink: a capture link (verifa-api.md 3.12, 3.13). */
typedef struct
{
  char *id;
  char *session_id;
  char *capture_url;
  char *status; /* active, consumed, expired, revoked */
  gint64 expires_at;
  gint64 created_at;
} VrfLink;

VrfLink *
vrf_link_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_link_free (VrfLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfLink, vrf_link_free)

/** VrfDocument: an uploaded picture (verifa-api.md 3.11); @url is signed and short-lived. */
typedef struct
{
  char *doc_type;
  char *mime_type;
  char *url;
  int expires_in_s;
} VrfDocument;

VrfDocument *
vrf_document_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_document_free (VrfDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfDocument, vrf_document_free)

/** VrfRiskSignal: something that raised the score (verifa-api.md 2.6, 3.15). */
typedef struct
{
  char *signal;
  char *category;
  int weight;
  char *action;
  gint64 detected_at;
} VrfRiskSignal;

void
vrf_risk_signal_free (VrfRiskSignal *self);

/** VrfRisk: score 0 to 100, level low, medium, high, critical (verifa-api.md 3.15). */
typedef struct
{
  int score; /* -1 unknown */
  char *level;
  gboolean hard_block;
  gint64 computed_at;
  GPtrArray *signals; /* VrfRiskSignal */
} VrfRisk;

VrfRisk *
vrf_risk_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_risk_free (VrfRisk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfRisk, vrf_risk_free)

/** VrfMail: what our sandbox would have sent (src/sandbox/README.md, Outbox). */
typedef struct
{
  char *id;
  char *session_id; /* NULL when it is to the organization's admins */
  char *to;
  char *subject;
  char *kind;        /* invite, resend, webhook_disabled */
  char *text;        /* plain; NULL in a list */
  char *capture_url; /* the link in it; NULL without one, and in a list */
  gint64 created_at;
} VrfMail;

VrfMail *
vrf_mail_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_mail_free (VrfMail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfMail, vrf_mail_free)

/** VrfMailPage: the newest mails, and how many there are in all. */
typedef struct
{
  GPtrArray *mails; /* VrfMail, newest first */
  int total;
} VrfMailPage;

VrfMailPage *
vrf_mail_page_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_mail_page_free (VrfMailPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfMailPage, vrf_mail_page_free)

/** VrfLanState: whether our sandbox lets phones on the network in (src/sandbox/README.md). */
typedef struct
{
  gboolean is_open;
  char *url;      /* what phones reach; NULL while closed */
  gint64 ends_at; /* real time; VRF_TIME_NONE while closed */
} VrfLanState;

VrfLanState *
vrf_lan_state_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_lan_state_free (VrfLanState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfLanState, vrf_lan_state_free)

/** VrfWorkflow: what is asked of the applicant (verifa-api.md 7.1). Reference counted. */
typedef struct
{
  char *id;
  char *name;
  char *description;
  int version;
  gboolean is_default;
  gboolean is_active;
  int minimum_age; /* data_requirements.minimum_age, -1 none */
} VrfWorkflow;

#define VRF_TYPE_WORKFLOW (vrf_workflow_get_type ())
GType
vrf_workflow_get_type (void);

VrfWorkflow *
vrf_workflow_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfWorkflow *
vrf_workflow_ref (VrfWorkflow *self);
void
vrf_workflow_unref (VrfWorkflow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfWorkflow, vrf_workflow_unref)

/** VrfWorkflowVersion: what a workflow was from @created_at on (verifa-api.md 7.1). */
typedef struct
{
  int version;
  char *name;
  gint64 created_at;
} VrfWorkflowVersion;

VrfWorkflowVersion *
vrf_workflow_version_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_workflow_version_free (VrfWorkflowVersion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfWorkflowVersion, vrf_workflow_version_free)

/** VrfRunNode: one node that a run has been through. */
typedef struct
{
  char *id;
  char *policy;    /* nullable: no check */
  char *status;    /* completed, skipped, … */
  int passed;      /* 1, 0, -1 neither */
  int duration_ms; /* -1 unknown */
  char *target;    /* the node it routed to, nullable */
} VrfRunNode;

void
vrf_run_node_free (VrfRunNode *self);

/** VrfWorkflowRun: how a workflow went through a session (verifa-api.md 3.19). */
typedef struct
{
  char *id;
  char *workflow_id;
  char *status;       /* running, paused, completed, failed */
  char *final_status; /* nullable */
  char *current_node; /* nullable */
  char *paused_at_node;
  gint64 created_at;
  gint64 started_at;
  gint64 completed_at;
  int duration_ms;  /* -1 unknown */
  GPtrArray *nodes; /* VrfRunNode, in the order of the path; never NULL */
} VrfWorkflowRun;

VrfWorkflowRun *
vrf_workflow_run_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_workflow_run_free (VrfWorkflowRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfWorkflowRun, vrf_workflow_run_free)

/** VrfRateLimits: what is left (verifa-api.md 7.8). -1: not told. */
typedef struct
{
  int limit;
  int remaining;
  int reset_in_s;
  int window_s;
  int creation_limit; /* quotas.verification_creation */
  int creation_remaining;
  char *plan;
  char *environment;
} VrfRateLimits;

VrfRateLimits *
vrf_rate_limits_new_from_json (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_rate_limits_free (VrfRateLimits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfRateLimits, vrf_rate_limits_free)

G_END_DECLS
