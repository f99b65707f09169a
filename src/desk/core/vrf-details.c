/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>

#include "desk/core/vrf-details.h"

#include "base/vrf-error.h"

#define MAX_IN_FLIGHT 2

typedef enum
{
  DETAIL_RESULT,
  DETAIL_RISK,
} DetailKind;

typedef struct
{
  VrfDetails *self; /* owned while in flight */
  VrfRow *row;      /* owned */
  DetailKind kind;
  char *state; /* the row's when it was asked for */
} Job;

struct _VrfDetails
{
  GObject parent_instance;

  /* owned */
  VrfApiClient *client;
  GCancellable *cancellable;
  GQueue jobs;        /* Job */
  GHashTable *asked;  /* "kind id" → state: what was asked for already */
  GHashTable *flying; /* "kind id": what is under way */

  guint in_flight;
};

G_DEFINE_FINAL_TYPE (VrfDetails, vrf_details, G_TYPE_OBJECT)

enum
{
  SIGNAL_THROTTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
job_free (Job *job)
{
  g_clear_object (&job->self);
  g_object_unref (job->row);
  g_free (job->state);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
vrf_details_finalize (GObject *object)
{
  VrfDetails *self = VRF_DETAILS (object);

  g_queue_clear_full (&self->jobs, (GDestroyNotify) job_free);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_clear_pointer (&self->flying, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (vrf_details_parent_class)->finalize (object);
}

static void
vrf_details_class_init (VrfDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_details_finalize;

  signals[SIGNAL_THROTTLED] = g_signal_new ("throttled",
                                            G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            1,
                                            G_TYPE_INT);
}

static void
vrf_details_init (VrfDetails *self)
{
  g_queue_init (&self->jobs);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->flying = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

/** vrf_details_new: Returns: (transfer full): nothing is asked for yet */
VrfDetails *
vrf_details_new (VrfApiClient *client)
{
  VrfDetails *self = g_object_new (VRF_TYPE_DETAILS, NULL);

  self->client = g_object_ref (client);
  return self;
}

static gboolean
has_outcome (VrfRow *row)
{
  return vrf_row_get_status (row) == VRF_SESSION_STATUS_COMPLETED
         || vrf_row_get_status (row) == VRF_SESSION_STATUS_UNDER_REVIEW;
}

static gboolean
is_missing (VrfRow *row, DetailKind kind, gboolean whole)
{
  if (!has_outcome (row))
    return FALSE;
  if (kind == DETAIL_RESULT)
    return whole ? vrf_row_get_result (row) == NULL : vrf_row_get_result_text (row) == NULL;
  return whole ? vrf_row_get_risk_score (row) < 0 : vrf_row_get_risk_level (row) == NULL;
}

gboolean
vrf_details_is_missing (VrfRow *row, gboolean whole)
{
  return is_missing (row, DETAIL_RESULT, whole);
}

static char *
dup_key (VrfRow *row, DetailKind kind)
{
  return g_strdup_printf ("%d %s", (int) kind, vrf_row_get_id (row));
}

static char *
dup_state (VrfRow *row)
{
  return g_strdup_printf (
      "%s %" G_GINT64_FORMAT, vrf_row_get_status_text (row), vrf_row_get_updated_at (row));
}

static void
send_next (VrfDetails *self);

/* A session may move on while its result is under way: then it is the result of another state. */
static gboolean
is_current (const Job *job)
{
  return has_outcome (job->row)
         && g_str_has_prefix (job->state, vrf_row_get_status_text (job->row));
}

static void
land (Job *job)
{
  g_autofree char *key = dup_key (job->row, job->kind);

  job->self->in_flight--;
  g_hash_table_remove (job->self->flying, key);
}

static void
drop_jobs (VrfDetails *self)
{
  g_queue_clear_full (&self->jobs, (GDestroyNotify) job_free);
  g_hash_table_remove_all (self->asked);
}

/* An answer about this session is final; everything else may be asked again. */
static void
note_error (Job *job, const GError *error)
{
  guint status = vrf_error_get_http_status (error);
  g_autofree char *key = dup_key (job->row, job->kind);

  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_RATE_LIMITED))
    {
      drop_jobs (job->self);
      g_signal_emit (job->self, signals[SIGNAL_THROTTLED], 0, vrf_error_get_retry_after_s (error));
    }
  else if (status < 400 || status >= 500)
    g_hash_table_remove (job->self->asked, key);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfResult) reply =
      vrf_api_client_get_result_finish (VRF_API_CLIENT (source), result, &error);

  land (job);
  if (reply != NULL && is_current (job))
    vrf_row_set_result (job->row, reply);
  else if (error != NULL)
    note_error (job, error);
  send_next (job->self);
}

static void
risk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfRisk) reply =
      vrf_api_client_get_risk_finish (VRF_API_CLIENT (source), result, &error);

  land (job);
  if (reply != NULL && is_current (job))
    vrf_row_set_risk (job->row, reply);
  else if (error != NULL)
    note_error (job, error);
  send_next (job->self);
}

static void
send_next (VrfDetails *self)
{
  while (self->in_flight < MAX_IN_FLIGHT && !g_queue_is_empty (&self->jobs))
    {
      Job *job = g_queue_pop_head (&self->jobs);
      const char *id = vrf_row_get_id (job->row);

      self->in_flight++;
      g_hash_table_add (self->flying, dup_key (job->row, job->kind));
      job->self = g_object_ref (self);
      if (job->kind == DETAIL_RESULT)
        vrf_api_client_get_result_async (self->client, id, self->cancellable, result_cb, job);
      else
        vrf_api_client_get_risk_async (self->client, id, self->cancellable, risk_cb, job);
    }
}

static gboolean
add_job (VrfDetails *self, VrfRow *row, DetailKind kind, gboolean whole)
{
  g_autofree char *key = dup_key (row, kind);
  g_autofree char *state = dup_state (row);
  Job *job = NULL;

  if (!is_missing (row, kind, whole) || g_hash_table_contains (self->flying, key)
      || g_strcmp0 (g_hash_table_lookup (self->asked, key), state) == 0)
    return FALSE;

  job = g_new0 (Job, 1);
  job->row = g_object_ref (row);
  job->kind = kind;
  job->state = g_strdup (state);
  g_hash_table_replace (self->asked, g_steal_pointer (&key), g_steal_pointer (&state));
  if (whole)
    g_queue_push_head (&self->jobs, job);
  else
    g_queue_push_tail (&self->jobs, job);
  return TRUE;
}

gboolean
vrf_details_fetch (VrfDetails *self, VrfRow *row, gboolean whole)
{
  gboolean risk = add_job (self, row, DETAIL_RISK, whole);
  gboolean result = add_job (self, row, DETAIL_RESULT, whole); /* urgent ones: result first */

  send_next (self);
  return risk || result;
}

void
vrf_details_forget (VrfDetails *self, VrfRow *row)
{
  g_autofree char *result = dup_key (row, DETAIL_RESULT);
  g_autofree char *risk = dup_key (row, DETAIL_RISK);

  g_hash_table_remove (self->asked, result);
  g_hash_table_remove (self->asked, risk);
}

void
vrf_details_stop (VrfDetails *self)
{
  drop_jobs (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}
