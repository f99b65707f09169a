/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <string.h>

#include "desk/core/vrf-row.h"

#include "base/vrf-time.h"
#include "desk/core/vrf-merge.h"

/*
 * What is shown is a function of what is held: every change takes the facts before and after, and
 * notifies what differs. So a property cannot change unnoticed, and a reply that says nothing new
 * causes no painting.
 */
typedef struct
{
  char *id; /* nullable */
  char *url;
  gint64 expires_at;
  VrfSessionStatus made_in; /* the status it was made in */
} RowLink;

struct _VrfRow
{
  GObject parent_instance;

  /* owned */
  char *id; /* the session object is replaced, this text stays */
  VrfSession *session;
  VrfResult *result;
  VrfClock *clock;
  RowLink *link;
  char *risk_level;
  char *workflow_name;
  char *asked_applicant;
  char *asked_workflow_id;

  int risk_score;
  gboolean seen;
  gboolean could_show_qr; /* when it was looked at last */
  gint64 acted_at;
  gint64 told_at;
  gint64 opened_at;
  gint64 submitted_at;
  gint64 finished_at;
};

G_DEFINE_FINAL_TYPE (VrfRow, vrf_row, G_TYPE_OBJECT)

typedef enum
{
  PROP_ID = 1,
  PROP_STATUS,
  PROP_STATUS_TEXT,
  PROP_RESULT_TEXT,
  PROP_RISK_LEVEL,
  PROP_RISK_SCORE,
  PROP_EXTERNAL_REF,
  PROP_APPLICANT,
  PROP_WORKFLOW_ID,
  PROP_WORKFLOW_NAME,
  PROP_CREATED_AT,
  PROP_UPDATED_AT,
  PROP_EXPIRES_AT,
  PROP_CAPTURE_URL,
  PROP_IS_SANDBOX,
  PROP_SESSION,
  PROP_RESULT,
  PROP_CAN_SHOW_QR,
  PROP_OPENED_AT,
  PROP_SUBMITTED_AT,
  PROP_FINISHED_AT,
  PROP_SEEN,
} VrfRowProperty;

#define N_PROPERTIES (PROP_SEEN + 1)

static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
row_link_free (RowLink *link)
{
  g_free (link->id);
  g_free (link->url);
  g_free (link);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RowLink, row_link_free)

/* Before the first reply the server's time is not known: then nothing is over. */
static gboolean
is_over (VrfRow *self, gint64 at)
{
  gint64 now_us = self->clock != NULL ? vrf_clock_get_now_us (self->clock) : VRF_TIME_NONE;

  return at != VRF_TIME_NONE && now_us != VRF_TIME_NONE && now_us >= at;
}

/* Facts: one GValue a property */

static void
take_facts (VrfRow *self, GValue facts[N_PROPERTIES])
{
  for (guint i = 1; i < N_PROPERTIES; i++)
    {
      facts[i] = (GValue) G_VALUE_INIT;
      g_value_init (&facts[i], properties[i]->value_type);
      g_object_get_property (G_OBJECT (self), properties[i]->name, &facts[i]);
    }
}

/* Takes the facts back; gives whether any of them differs from what is true now. */
static gboolean
notify_changes (VrfRow *self, GValue facts[N_PROPERTIES])
{
  gboolean changed = FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPERTIES; i++)
    {
      g_auto (GValue) now = G_VALUE_INIT;

      g_value_init (&now, properties[i]->value_type);
      g_object_get_property (G_OBJECT (self), properties[i]->name, &now);
      if (g_param_values_cmp (properties[i], &facts[i], &now) != 0)
        {
          g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
          changed = TRUE;
        }
      g_value_unset (&facts[i]);
    }
  self->could_show_qr = vrf_row_can_show_qr (self);
  g_object_thaw_notify (G_OBJECT (self));

  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return changed;
}

/* GObject */

static void
vrf_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfRow *self = VRF_ROW (object);

  switch ((VrfRowProperty) prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, vrf_row_get_id (self));
      break;
    case PROP_STATUS:
      g_value_set_int (value, (int) vrf_row_get_status (self));
      break;
    case PROP_STATUS_TEXT:
      g_value_set_string (value, vrf_row_get_status_text (self));
      break;
    case PROP_RESULT_TEXT:
      g_value_set_string (value, vrf_row_get_result_text (self));
      break;
    case PROP_RISK_LEVEL:
      g_value_set_string (value, vrf_row_get_risk_level (self));
      break;
    case PROP_RISK_SCORE:
      g_value_set_int (value, vrf_row_get_risk_score (self));
      break;
    case PROP_EXTERNAL_REF:
      g_value_set_string (value, vrf_row_get_external_ref (self));
      break;
    case PROP_APPLICANT:
      g_value_set_string (value, vrf_row_get_applicant (self));
      break;
    case PROP_WORKFLOW_ID:
      g_value_set_string (value, vrf_row_get_workflow_id (self));
      break;
    case PROP_WORKFLOW_NAME:
      g_value_set_string (value, vrf_row_get_workflow_name (self));
      break;
    case PROP_CREATED_AT:
      g_value_set_int64 (value, vrf_row_get_created_at (self));
      break;
    case PROP_UPDATED_AT:
      g_value_set_int64 (value, vrf_row_get_updated_at (self));
      break;
    case PROP_EXPIRES_AT:
      g_value_set_int64 (value, vrf_row_get_expires_at (self));
      break;
    case PROP_CAPTURE_URL:
      g_value_set_string (value, vrf_row_get_capture_url (self));
      break;
    case PROP_IS_SANDBOX:
      g_value_set_boolean (value, vrf_row_get_is_sandbox (self));
      break;
    case PROP_SESSION:
      g_value_set_boxed (value, self->session);
      break;
    case PROP_RESULT:
      g_value_set_boxed (value, self->result);
      break;
    case PROP_CAN_SHOW_QR:
      g_value_set_boolean (value, vrf_row_can_show_qr (self));
      break;
    case PROP_OPENED_AT:
      g_value_set_int64 (value, self->opened_at);
      break;
    case PROP_SUBMITTED_AT:
      g_value_set_int64 (value, self->submitted_at);
      break;
    case PROP_FINISHED_AT:
      g_value_set_int64 (value, self->finished_at);
      break;
    case PROP_SEEN:
      g_value_set_boolean (value, self->seen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_row_finalize (GObject *object)
{
  VrfRow *self = VRF_ROW (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->session, vrf_session_unref);
  g_clear_pointer (&self->result, vrf_result_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->link, row_link_free);
  g_clear_pointer (&self->risk_level, g_free);
  g_clear_pointer (&self->workflow_name, g_free);
  g_clear_pointer (&self->asked_applicant, g_free);
  g_clear_pointer (&self->asked_workflow_id, g_free);

  G_OBJECT_CLASS (vrf_row_parent_class)->finalize (object);
}

static GParamSpec *
spec_string (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
spec_int (const char *name)
{
  return g_param_spec_int (
      name, NULL, NULL, G_MININT, G_MAXINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
spec_time (const char *name)
{
  return g_param_spec_int64 (name,
                             NULL,
                             NULL,
                             G_MININT64,
                             G_MAXINT64,
                             VRF_TIME_NONE,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
spec_boolean (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
spec_boxed (const char *name, GType type)
{
  return g_param_spec_boxed (name, NULL, NULL, type, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
vrf_row_class_init (VrfRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vrf_row_get_property;
  object_class->finalize = vrf_row_finalize;

  properties[PROP_ID] = spec_string ("id");
  properties[PROP_STATUS] = spec_int ("status");
  properties[PROP_STATUS_TEXT] = spec_string ("status-text");
  properties[PROP_RESULT_TEXT] = spec_string ("result-text");
  properties[PROP_RISK_LEVEL] = spec_string ("risk-level");
  properties[PROP_RISK_SCORE] = spec_int ("risk-score");
  properties[PROP_EXTERNAL_REF] = spec_string ("external-ref");
  properties[PROP_APPLICANT] = spec_string ("applicant");
  properties[PROP_WORKFLOW_ID] = spec_string ("workflow-id");
  properties[PROP_WORKFLOW_NAME] = spec_string ("workflow-name");
  properties[PROP_CREATED_AT] = spec_time ("created-at");
  properties[PROP_UPDATED_AT] = spec_time ("updated-at");
  properties[PROP_EXPIRES_AT] = spec_time ("expires-at");
  properties[PROP_CAPTURE_URL] = spec_string ("capture-url");
  properties[PROP_IS_SANDBOX] = spec_boolean ("is-sandbox");
  properties[PROP_SESSION] = spec_boxed ("session", VRF_TYPE_SESSION);
  properties[PROP_RESULT] = spec_boxed ("result", VRF_TYPE_RESULT);
  properties[PROP_CAN_SHOW_QR] = spec_boolean ("can-show-qr");
  properties[PROP_OPENED_AT] = spec_time ("opened-at");
  properties[PROP_SUBMITTED_AT] = spec_time ("submitted-at");
  properties[PROP_FINISHED_AT] = spec_time ("finished-at");
  properties[PROP_SEEN] = spec_boolean ("seen");
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_row_init (VrfRow *self)
{
  self->risk_score = -1;
  self->opened_at = VRF_TIME_NONE;
  self->submitted_at = VRF_TIME_NONE;
  self->finished_at = VRF_TIME_NONE;
}

/**
 * vrf_row_new:
 * @session: what the API said first
 *
 * Returns: (transfer full): a row
 */
VrfRow *
vrf_row_new (VrfSession *session)
{
  VrfRow *self = g_object_new (VRF_TYPE_ROW, NULL);

  self->id = g_strdup (session->id);
  self->session = vrf_session_ref (session);
  self->told_at = g_get_monotonic_time ();
  self->could_show_qr = vrf_row_can_show_qr (self);
  return self;
}

/**
 * vrf_row_new_remembered:
 * @session: what is remembered of it
 * @risk_score: 0 to 100, -1 unknown; the level is the session's
 * @finished_at: when this desk saw it end
 * @seen: somebody has opened its page since
 *
 * Returns: (transfer full): a row
 */
VrfRow *
vrf_row_new_remembered (VrfSession *session, int risk_score, gint64 finished_at, gboolean seen)
{
  VrfRow *self = vrf_row_new (session);

  self->told_at = 0;
  self->risk_score = risk_score;
  self->finished_at = finished_at;
  self->seen = seen;
  return self;
}

/* Merging */

/* Only what was seen to happen gets a time: a jump over a step says nothing about the step. */
static void
note_times (VrfRow *self, VrfSessionStatus from, VrfSessionStatus to, gint64 now_us)
{
  int before = vrf_merge_get_stage (from);
  int after = vrf_merge_get_stage (to);

  if (after < 0)
    return;
  if (after == 0)
    self->opened_at = VRF_TIME_NONE;
  if (after <= 1)
    self->submitted_at = VRF_TIME_NONE;
  if (after <= 2)
    self->finished_at = VRF_TIME_NONE;
  if (before == 0 && after == 1)
    self->opened_at = now_us;
  if (before < 2 && after == 2)
    self->submitted_at = now_us;
  if (before < 3 && after == 3)
    self->finished_at = now_us;
}

static void
status_changed (VrfRow *self, VrfSessionStatus from, VrfSessionStatus to, gint64 now_us)
{
  note_times (self, from, to, now_us);
  g_clear_pointer (&self->result, vrf_result_unref);
  self->seen = FALSE;
  if (vrf_session_status_is_active (to) && to != VRF_SESSION_STATUS_UNDER_REVIEW)
    {
      g_clear_pointer (&self->risk_level, g_free);
      self->risk_score = -1;
    }
  if (!vrf_merge_may_be_opened (to) || to == VRF_SESSION_STATUS_CAPTURING)
    g_clear_pointer (&self->link, row_link_free);
}

gboolean
vrf_row_update (VrfRow *self, VrfSession *session, gint64 now_us)
{
  g_autoptr (VrfSession) merged = NULL;
  VrfSessionStatus from = self->session->status;
  gboolean remembered = self->told_at == 0;
  GValue facts[N_PROPERTIES];

  self->told_at = g_get_monotonic_time ();
  if (session->updated_at != VRF_TIME_NONE && self->session->updated_at != VRF_TIME_NONE
      && session->updated_at < self->session->updated_at)
    return FALSE;
  if (session->updated_at == VRF_TIME_NONE)
    self->acted_at = g_get_monotonic_time ();

  merged = vrf_session_merge (self->session, session);
  if (vrf_merge_is_same (self->session, merged))
    return FALSE;

  take_facts (self, facts);
  if (session->updated_at == VRF_TIME_NONE && session->capture_url != NULL
      && g_strcmp0 (session->capture_url, self->session->capture_url) != 0)
    g_clear_pointer (&self->link, row_link_free); /* resumed: a token took the link's place */
  vrf_session_unref (self->session);
  self->session = g_steal_pointer (&merged);
  if (self->session->status != from) /* when it happened nobody saw, if this desk was off */
    status_changed (self, from, self->session->status, remembered ? VRF_TIME_NONE : now_us);
  return notify_changes (self, facts);
}

void
vrf_row_set_clock (VrfRow *self, VrfClock *clock)
{
  GValue facts[N_PROPERTIES];

  take_facts (self, facts);
  g_set_object (&self->clock, clock);
  notify_changes (self, facts);
}

void
vrf_row_set_asked (VrfRow *self, const char *applicant, const char *workflow_id)
{
  GValue facts[N_PROPERTIES];

  take_facts (self, facts);
  g_free (self->asked_applicant);
  self->asked_applicant = g_strdup (applicant != NULL && applicant[0] != '\0' ? applicant : NULL);
  g_free (self->asked_workflow_id);
  self->asked_workflow_id = g_strdup (workflow_id);
  notify_changes (self, facts);
}

void
vrf_row_set_seen (VrfRow *self, gboolean seen)
{
  GValue facts[N_PROPERTIES];

  take_facts (self, facts);
  self->seen = seen;
  notify_changes (self, facts);
}

void
vrf_row_set_result (VrfRow *self, VrfResult *result)
{
  GValue facts[N_PROPERTIES];

  take_facts (self, facts);
  g_clear_pointer (&self->result, vrf_result_unref);
  self->result = result != NULL ? vrf_result_ref (result) : NULL;
  notify_changes (self, facts);
}

void
vrf_row_set_risk (VrfRow *self, VrfRisk *risk)
{
  GValue facts[N_PROPERTIES];

  take_facts (self, facts);
  g_free (self->risk_level);
  self->risk_level = g_strdup (risk != NULL ? risk->level : NULL);
  self->risk_score = risk != NULL ? risk->score : -1;
  notify_changes (self, facts);
}

void
vrf_row_set_link (VrfRow *self, const VrfLink *link)
{
  gboolean alive = link != NULL && link->capture_url != NULL
                   && (link->status == NULL || strcmp (link->status, "active") == 0);
  GValue facts[N_PROPERTIES];

  take_facts (self, facts);
  g_clear_pointer (&self->link, row_link_free);
  if (alive)
    {
      self->link = g_new0 (RowLink, 1);
      self->link->id = g_strdup (link->id);
      self->link->url = g_strdup (link->capture_url);
      self->link->expires_at = link->expires_at;
      self->link->made_in = self->session->status;
    }
  notify_changes (self, facts);
}

void
vrf_row_set_workflow_name (VrfRow *self, const char *name)
{
  GValue facts[N_PROPERTIES];

  if (g_strcmp0 (self->workflow_name, name) == 0)
    return;
  take_facts (self, facts);
  g_free (self->workflow_name);
  self->workflow_name = g_strdup (name);
  notify_changes (self, facts);
}

/* Reading */

VrfSession *
vrf_row_get_session (VrfRow *self)
{
  return self->session;
}

VrfResult *
vrf_row_get_result (VrfRow *self)
{
  return self->result;
}

const char *
vrf_row_get_id (VrfRow *self)
{
  return self->id;
}

VrfSessionStatus
vrf_row_get_status (VrfRow *self)
{
  return self->session->status;
}

const char *
vrf_row_get_status_text (VrfRow *self)
{
  return self->session->status_text;
}

const char *
vrf_row_get_result_text (VrfRow *self)
{
  const char *text = self->session->result_status;
  VrfResultStatus status = VRF_RESULT_STATUS_UNKNOWN;

  if (self->result != NULL)
    text = self->result->status_text;
  if (text == NULL)
    return NULL;
  status = vrf_result_status_from_text (text);
  return status != VRF_RESULT_STATUS_UNKNOWN ? vrf_result_status_to_text (status) : text;
}

VrfResultStatus
vrf_row_get_result_status (VrfRow *self)
{
  const char *text = vrf_row_get_result_text (self);

  return text != NULL ? vrf_result_status_from_text (text) : VRF_RESULT_STATUS_UNKNOWN;
}

const char *
vrf_row_get_risk_level (VrfRow *self)
{
  return self->risk_level != NULL ? self->risk_level : self->session->risk_level;
}

int
vrf_row_get_risk_score (VrfRow *self)
{
  return self->risk_score;
}

const char *
vrf_row_get_external_ref (VrfRow *self)
{
  return self->session->external_ref;
}

const char *
vrf_row_get_applicant (VrfRow *self)
{
  /* Once the API has told the metadata, what it says counts: it may have been redacted. */
  if (self->session->metadata != NULL || self->session->applicant_name != NULL)
    return self->session->applicant_name;
  return self->asked_applicant;
}

const char *
vrf_row_get_workflow_id (VrfRow *self)
{
  return self->session->workflow_id != NULL ? self->session->workflow_id : self->asked_workflow_id;
}

const char *
vrf_row_get_workflow_name (VrfRow *self)
{
  return self->workflow_name;
}

gint64
vrf_row_get_created_at (VrfRow *self)
{
  return self->session->created_at;
}

gint64
vrf_row_get_updated_at (VrfRow *self)
{
  return self->session->updated_at;
}

/* When what is shown can no longer be opened; for an expired session, when that was. */
gint64
vrf_row_get_expires_at (VrfRow *self)
{
  if (!vrf_merge_may_be_opened (self->session->status)
      && self->session->status != VRF_SESSION_STATUS_EXPIRED)
    return VRF_TIME_NONE;
  return self->link != NULL ? self->link->expires_at : self->session->token_expires_at;
}

const char *
vrf_row_get_capture_url (VrfRow *self)
{
  if (!vrf_merge_may_be_opened (self->session->status)
      || is_over (self, vrf_row_get_expires_at (self)))
    return NULL;
  return self->link != NULL ? self->link->url : self->session->capture_url;
}

gint64
vrf_row_get_opened_at (VrfRow *self)
{
  return self->opened_at;
}

gint64
vrf_row_get_submitted_at (VrfRow *self)
{
  return self->submitted_at;
}

gint64
vrf_row_get_finished_at (VrfRow *self)
{
  return self->finished_at;
}

gboolean
vrf_row_get_is_sandbox (VrfRow *self)
{
  return self->session->is_sandbox;
}

/* The session's own link is spent once it was opened; one made while the applicant was already
 * capturing can be opened until it dies. */
gboolean
vrf_row_can_show_qr (VrfRow *self)
{
  VrfSessionStatus wanted = self->link != NULL ? self->link->made_in : VRF_SESSION_STATUS_PENDING;

  return self->session->status == wanted && vrf_row_get_capture_url (self) != NULL;
}

gboolean
vrf_row_is_active (VrfRow *self)
{
  return vrf_session_status_is_active (self->session->status);
}

gboolean
vrf_row_get_seen (VrfRow *self)
{
  return self->seen;
}

const char *
vrf_row_get_link_id (VrfRow *self)
{
  return self->link != NULL ? self->link->id : NULL;
}

gboolean
vrf_row_check_time (VrfRow *self)
{
  gboolean before = self->could_show_qr;
  gboolean now = vrf_row_can_show_qr (self);

  if (before == now)
    return FALSE;
  self->could_show_qr = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SHOW_QR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTURE_URL]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return before;
}

gint64
vrf_row_get_acted_at (VrfRow *self)
{
  return self->acted_at;
}

gint64
vrf_row_get_told_at (VrfRow *self)
{
  return self->told_at;
}

char *
vrf_row_dup_title (VrfRow *self)
{
  gsize length = strlen (self->id);

  if (self->session->external_ref != NULL && self->session->external_ref[0] != '\0')
    return g_strdup (self->session->external_ref);
  if (length <= 12)
    return g_strdup (self->id);
  return g_strdup_printf ("%.8s…%s", self->id, self->id + length - 4);
}

gboolean
vrf_row_is_remembered (VrfRow *self)
{
  return self->told_at == 0;
}
