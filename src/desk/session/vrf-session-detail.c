/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-session-detail.h"

#include "api/vrf-api-cases.h"
#include "base/vrf-error.h"
#include "desk/session/vrf-deliveries.h"

/* A check that was begun again ends after some seconds; how often and how long we look. */
#define FOLLOW_S 2
#define FOLLOW_ROUNDS 60

/* One call's answer. The last good one stays while the next is on its way. */
typedef struct
{
  gpointer value; /* nullable */
  GError *error;  /* of the last reading, nullable */
  gboolean open;  /* on its way */
} Part;

struct _VrfSessionDetail
{
  GObject parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfRow *row;
  GCancellable *cancellable;
  Part parts[VRF_N_DETAILS];
  GHashTable *attempts; /* policy → GPtrArray of VrfCheck, NULL while on its way */

  VrfSessionStatus read_in; /* the status the last reading was made in */
  char *read_link;          /* the one-time link it knew, nullable */
  char *read_case;          /* how the case stood, nullable */
  VrfDetailPart later;      /* what is read again when later_id fires */
  guint later_id;
  guint follow_id;
  guint follow_rounds; /* that are left */
};

G_DEFINE_FINAL_TYPE (VrfSessionDetail, vrf_session_detail, G_TYPE_OBJECT)

static guint changed_signal;

static void
free_value (VrfDetailPart part, gpointer value)
{
  static const GDestroyNotify frees[VRF_N_DETAILS] = {
    [VRF_DETAIL_LINKS] = (GDestroyNotify) g_ptr_array_unref,
    [VRF_DETAIL_CHECKS] = (GDestroyNotify) g_ptr_array_unref,
    [VRF_DETAIL_RISK] = (GDestroyNotify) vrf_risk_free,
    [VRF_DETAIL_DOCUMENTS] = (GDestroyNotify) g_ptr_array_unref,
    [VRF_DETAIL_CASE] = (GDestroyNotify) vrf_case_free,
    [VRF_DETAIL_NOTES] = (GDestroyNotify) g_ptr_array_unref,
    [VRF_DETAIL_RUN] = (GDestroyNotify) vrf_workflow_run_free,
    [VRF_DETAIL_VERSIONS] = (GDestroyNotify) g_ptr_array_unref,
    [VRF_DETAIL_DELIVERIES] = (GDestroyNotify) g_ptr_array_unref,
  };

  if (value != NULL)
    frees[part](value);
}

static void
vrf_session_detail_dispose (GObject *object)
{
  VrfSessionDetail *self = VRF_SESSION_DETAIL (object);

  g_clear_handle_id (&self->follow_id, g_source_remove);
  g_clear_handle_id (&self->later_id, g_source_remove);

  G_OBJECT_CLASS (vrf_session_detail_parent_class)->dispose (object);
}

static void
vrf_session_detail_finalize (GObject *object)
{
  VrfSessionDetail *self = VRF_SESSION_DETAIL (object);

  for (guint i = 0; i < VRF_N_DETAILS; i++)
    {
      free_value (i, self->parts[i].value);
      g_clear_error (&self->parts[i].error);
    }
  g_clear_pointer (&self->attempts, g_hash_table_unref);
  g_clear_object (&self->backend);
  g_clear_object (&self->row);
  g_clear_object (&self->cancellable);
  g_free (self->read_link);
  g_free (self->read_case);

  G_OBJECT_CLASS (vrf_session_detail_parent_class)->finalize (object);
}

static void
vrf_session_detail_class_init (VrfSessionDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_session_detail_dispose;
  G_OBJECT_CLASS (klass)->finalize = vrf_session_detail_finalize;

  changed_signal = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
free_attempts (gpointer attempts)
{
  if (attempts != NULL)
    g_ptr_array_unref (attempts);
}

static void
vrf_session_detail_init (VrfSessionDetail *self)
{
  self->attempts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_attempts);
}

static void
tell (VrfSessionDetail *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* What the server does not have (yet) is no failure: the section is left out. */
static gboolean
is_absence (const GError *error)
{
  return g_error_matches (error, VRF_ERROR, VRF_ERROR_NOT_FOUND)
         || g_error_matches (error, VRF_ERROR, VRF_ERROR_GONE)
         || g_error_matches (error, VRF_ERROR, VRF_ERROR_NOT_IMPLEMENTED);
}

static gboolean
is_forbidden (const GError *error)
{
  return g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Takes @value and @error. Gives whether the answer still matters. */
static gboolean
arrived (VrfSessionDetail *self, VrfDetailPart index, gpointer value, GError *error)
{
  Part *part = &self->parts[index];

  if (is_cancelled (error))
    {
      g_error_free (error);
      return FALSE;
    }

  part->open = FALSE;
  g_clear_error (&part->error);
  part->error = error;
  if (value != NULL || is_absence (error) || is_forbidden (error))
    {
      free_value (index, part->value);
      part->value = value;
    }
  return TRUE;
}

/* What a call does that only brings its part. */
#define DEFINE_CB(name, part, finish)                                                              \
  static void name##_cb (GObject *source, GAsyncResult *result, gpointer user_data)                \
  {                                                                                                \
    g_autoptr (VrfSessionDetail) self = user_data;                                                 \
    GError *error = NULL;                                                                          \
    gpointer value = finish (VRF_API_CLIENT (source), result, &error);                             \
                                                                                                   \
    if (arrived (self, part, value, error))                                                        \
      tell (self);                                                                                 \
  }

DEFINE_CB (links, VRF_DETAIL_LINKS, vrf_api_client_list_links_finish)
DEFINE_CB (risk, VRF_DETAIL_RISK, vrf_api_client_get_risk_finish)
DEFINE_CB (case, VRF_DETAIL_CASE, vrf_api_client_case_finish)
DEFINE_CB (notes, VRF_DETAIL_NOTES, vrf_api_client_list_case_notes_finish)
DEFINE_CB (run, VRF_DETAIL_RUN, vrf_api_client_get_workflow_run_finish)
DEFINE_CB (versions, VRF_DETAIL_VERSIONS, vrf_api_client_list_workflow_versions_finish)
DEFINE_CB (deliveries, VRF_DETAIL_DELIVERIES, vrf_deliveries_find_finish)

#undef DEFINE_CB

/* The signed links live for minutes: whoever wants to see a picture asks for fresh ones. */
static void
forget_urls (GPtrArray *documents)
{
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      VrfDocument *document = g_ptr_array_index (documents, i);

      g_clear_pointer (&document->url, g_free);
    }
}

static void
documents_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionDetail) self = user_data;
  GError *error = NULL;
  GPtrArray *documents =
      vrf_api_client_list_documents_finish (VRF_API_CLIENT (source), result, &error);

  forget_urls (documents);
  if (arrived (self, VRF_DETAIL_DOCUMENTS, documents, error))
    tell (self);
}

/* Checks that were begun again */

static gboolean
is_running (GPtrArray *checks)
{
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      const VrfCheck *check = g_ptr_array_index (checks, i);

      if (check->status == VRF_CHECK_STATUS_PENDING)
        return TRUE;
    }
  return FALSE;
}

static void
settled_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionDetail) self = user_data;
  g_autoptr (VrfResult) reply =
      vrf_api_client_get_result_finish (VRF_API_CLIENT (source), result, NULL);

  if (reply != NULL)
    vrf_row_set_result (self->row, reply);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VrfApiClient *client = VRF_API_CLIENT (source);
  g_autoptr (VrfSessionDetail) self = user_data;
  g_autoptr (VrfSession) session = vrf_api_client_get_session_finish (client, result, NULL);

  if (session == NULL || self->cancellable == NULL)
    return;
  vrf_row_store_upsert (vrf_backend_get_rows (self->backend), session);
  vrf_api_client_get_result_async (client,
                                   vrf_row_get_id (self->row),
                                   self->cancellable,
                                   settled_result_cb,
                                   g_object_ref (self));
}

/* A retry may have moved the whole session on, also within the same status. */
static void
read_outcome (VrfSessionDetail *self)
{
  vrf_api_client_get_session_async (vrf_backend_get_client (self->backend),
                                    vrf_row_get_id (self->row),
                                    self->cancellable,
                                    found_cb,
                                    g_object_ref (self));
  vrf_session_detail_read (self, VRF_DETAIL_RISK);
}

static gboolean
follow_cb (gpointer user_data)
{
  VrfSessionDetail *self = user_data;

  self->follow_id = 0;
  vrf_session_detail_read (self, VRF_DETAIL_CHECKS);
  return G_SOURCE_REMOVE;
}

static void
follow (VrfSessionDetail *self)
{
  if (self->follow_rounds == 0 || self->follow_id != 0)
    return;

  if (is_running (self->parts[VRF_DETAIL_CHECKS].value))
    {
      self->follow_rounds--;
      self->follow_id = g_timeout_add_seconds (FOLLOW_S, follow_cb, self);
    }
  else
    {
      self->follow_rounds = 0;
      read_outcome (self);
    }
}

static void
checks_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionDetail) self = user_data;
  GError *error = NULL;
  gpointer checks = vrf_api_client_list_checks_finish (VRF_API_CLIENT (source), result, &error);

  if (!arrived (self, VRF_DETAIL_CHECKS, checks, error))
    return;
  if (checks != NULL)
    follow (self);
  tell (self);
}

/* Reading */

static gboolean
has_outcome (VrfSessionStatus status)
{
  return status == VRF_SESSION_STATUS_COMPLETED || status == VRF_SESSION_STATUS_UNDER_REVIEW
         || status == VRF_SESSION_STATUS_FAILED;
}

/* Whether the server can have the part now. */
static gboolean
is_due (VrfSessionDetail *self, VrfDetailPart part)
{
  switch (part)
    {
    case VRF_DETAIL_CHECKS:
    case VRF_DETAIL_RISK:
      return has_outcome (vrf_row_get_status (self->row));
    case VRF_DETAIL_VERSIONS:
      return vrf_row_get_workflow_id (self->row) != NULL
             && vrf_row_get_status (self->row) != VRF_SESSION_STATUS_PENDING;
    case VRF_DETAIL_RUN:
    case VRF_DETAIL_DOCUMENTS:
      return vrf_row_get_status (self->row) != VRF_SESSION_STATUS_PENDING;
    case VRF_DETAIL_CASE:
    case VRF_DETAIL_NOTES:
      return vrf_row_get_session (self->row)->case_id != NULL;
    case VRF_DETAIL_LINKS:
    case VRF_DETAIL_DELIVERIES:
    case VRF_N_DETAILS:
    default:
      return TRUE;
    }
}

static void
send (VrfSessionDetail *self, VrfDetailPart part)
{
  VrfApiClient *client = vrf_backend_get_client (self->backend);
  const char *id = vrf_row_get_id (self->row);
  const char *case_id = vrf_row_get_session (self->row)->case_id;
  GCancellable *cancellable = self->cancellable;

  self->parts[part].open = TRUE;
  g_object_ref (self);
  switch (part)
    {
    case VRF_DETAIL_LINKS:
      vrf_api_client_list_links_async (client, id, cancellable, links_cb, self);
      break;
    case VRF_DETAIL_CHECKS:
      vrf_api_client_list_checks_async (client, id, cancellable, checks_cb, self);
      break;
    case VRF_DETAIL_RISK:
      vrf_api_client_get_risk_async (client, id, cancellable, risk_cb, self);
      break;
    case VRF_DETAIL_DOCUMENTS:
      vrf_api_client_list_documents_async (client, id, cancellable, documents_cb, self);
      break;
    case VRF_DETAIL_CASE:
      vrf_api_client_get_case_async (client, case_id, cancellable, case_cb, self);
      break;
    case VRF_DETAIL_NOTES:
      vrf_api_client_list_case_notes_async (client, case_id, cancellable, notes_cb, self);
      break;
    case VRF_DETAIL_RUN:
      vrf_api_client_get_workflow_run_async (client, id, cancellable, run_cb, self);
      break;
    case VRF_DETAIL_VERSIONS:
      vrf_api_client_list_workflow_versions_async (
          client, vrf_row_get_workflow_id (self->row), cancellable, versions_cb, self);
      break;
    case VRF_DETAIL_DELIVERIES:
      vrf_deliveries_find_async (
          client, vrf_row_get_session (self->row), cancellable, deliveries_cb, self);
      break;
    case VRF_N_DETAILS:
    default:
      g_object_unref (self);
      g_return_if_reached ();
    }
}

/**
 * vrf_session_detail_read:
 *
 * Reads one part again, unless it is on its way or the server cannot have it yet.
 */
void
vrf_session_detail_read (VrfSessionDetail *self, VrfDetailPart part)
{
  g_return_if_fail (VRF_IS_SESSION_DETAIL (self));

  if (self->cancellable != NULL && !self->parts[part].open && is_due (self, part))
    send (self, part);
}

static gboolean
later_cb (gpointer user_data)
{
  VrfSessionDetail *self = user_data;

  self->later_id = 0;
  vrf_session_detail_read (self, self->later);
  return G_SOURCE_REMOVE;
}

void
vrf_session_detail_read_later (VrfSessionDetail *self, VrfDetailPart part)
{
  g_return_if_fail (VRF_IS_SESSION_DETAIL (self));

  g_clear_handle_id (&self->later_id, g_source_remove);
  self->later = part;
  self->later_id = g_timeout_add_seconds (FOLLOW_S, later_cb, self);
}

static void
read_all (VrfSessionDetail *self)
{
  vrf_session_detail_stop (self);
  self->read_in = vrf_row_get_status (self->row);
  g_free (self->read_link);
  self->read_link = g_strdup (vrf_row_get_link_id (self->row));
  g_free (self->read_case);
  self->read_case = g_strdup (vrf_row_get_session (self->row)->case_status);
  g_hash_table_remove_all (self->attempts);
  if (vrf_backend_get_client (self->backend) == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < VRF_N_DETAILS; i++)
    vrf_session_detail_read (self, i);
}

static void
row_changed_cb (VrfSessionDetail *self)
{
  if (vrf_row_get_status (self->row) != self->read_in
      || g_strcmp0 (vrf_row_get_link_id (self->row), self->read_link) != 0
      || g_strcmp0 (vrf_row_get_session (self->row)->case_status, self->read_case) != 0)
    read_all (self);
}

/**
 * vrf_session_detail_new:
 *
 * Starts to read at once.
 */
VrfSessionDetail *
vrf_session_detail_new (VrfBackend *backend, VrfRow *row)
{
  VrfSessionDetail *self = g_object_new (VRF_TYPE_SESSION_DETAIL, NULL);

  self->backend = g_object_ref (backend);
  self->row = g_object_ref (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  read_all (self);

  return self;
}

/**
 * vrf_session_detail_refresh:
 *
 * Reads everything again; what is known stays until the answers come.
 */
void
vrf_session_detail_refresh (VrfSessionDetail *self)
{
  g_return_if_fail (VRF_IS_SESSION_DETAIL (self));

  read_all (self);
  tell (self);
}

/**
 * vrf_session_detail_stop:
 *
 * Wants no answers any more.
 */
void
vrf_session_detail_stop (VrfSessionDetail *self)
{
  g_return_if_fail (VRF_IS_SESSION_DETAIL (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->follow_id, g_source_remove);
  g_clear_handle_id (&self->later_id, g_source_remove);
  self->follow_rounds = 0;
  for (guint i = 0; i < VRF_N_DETAILS; i++)
    {
      g_clear_error (&self->parts[i].error);
      self->parts[i].open = FALSE;
    }
}

/**
 * vrf_session_detail_get_state:
 */
VrfDetailState
vrf_session_detail_get_state (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), VRF_DETAIL_READY);

  for (guint i = 0; i < VRF_N_DETAILS; i++)
    if (self->parts[i].open)
      return VRF_DETAIL_LOADING;

  return vrf_session_detail_get_error (self) != NULL ? VRF_DETAIL_FAILED : VRF_DETAIL_READY;
}

/**
 * vrf_session_detail_get_error:
 *
 * Returns: (nullable): the first error of the last reading; what the server does not have, and what
 *   the key may not see, are none
 */
const GError *
vrf_session_detail_get_error (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  for (guint i = 0; i < VRF_N_DETAILS; i++)
    {
      const GError *error = self->parts[i].error;

      if (error != NULL && !is_absence (error) && !is_forbidden (error))
        return error;
    }
  return NULL;
}

gboolean
vrf_session_detail_is_forbidden (VrfSessionDetail *self, VrfDetailPart part)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), FALSE);

  return is_forbidden (self->parts[part].error);
}

gboolean
vrf_session_detail_is_gone (VrfSessionDetail *self, VrfDetailPart part)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), FALSE);

  return g_error_matches (self->parts[part].error, VRF_ERROR, VRF_ERROR_GONE);
}

gboolean
vrf_session_detail_is_loading (VrfSessionDetail *self, VrfDetailPart part)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), FALSE);

  return self->parts[part].open;
}

/**
 * vrf_session_detail_get_checks:
 *
 * Returns: (transfer none) (nullable) (element-type VrfCheck): the checks, from the result as long
 *   as the server has not listed them
 */
GPtrArray *
vrf_session_detail_get_checks (VrfSessionDetail *self)
{
  GPtrArray *checks = NULL;
  VrfResult *result = NULL;

  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  checks = self->parts[VRF_DETAIL_CHECKS].value;
  if (checks != NULL && checks->len > 0)
    return checks;

  result = vrf_row_get_result (self->row);
  return result != NULL ? result->checks : NULL;
}

/**
 * vrf_session_detail_get_links:
 *
 * Returns: (transfer none) (nullable) (element-type VrfLink): newest first
 */
GPtrArray *
vrf_session_detail_get_links (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->parts[VRF_DETAIL_LINKS].value;
}

/**
 * vrf_session_detail_get_documents:
 *
 * Returns: (transfer none) (nullable) (element-type VrfDocument): what there is, without links
 */
GPtrArray *
vrf_session_detail_get_documents (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->parts[VRF_DETAIL_DOCUMENTS].value;
}

/**
 * vrf_session_detail_get_case:
 *
 * Returns: (transfer none) (nullable): the review case
 */
const VrfCase *
vrf_session_detail_get_case (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->parts[VRF_DETAIL_CASE].value;
}

/**
 * vrf_session_detail_get_notes:
 *
 * Returns: (transfer none) (nullable) (element-type VrfCaseNote): oldest first
 */
GPtrArray *
vrf_session_detail_get_notes (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->parts[VRF_DETAIL_NOTES].value;
}

/**
 * vrf_session_detail_get_run:
 *
 * Returns: (transfer none) (nullable): how the workflow went through the session
 */
const VrfWorkflowRun *
vrf_session_detail_get_run (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->parts[VRF_DETAIL_RUN].value;
}

/**
 * vrf_session_detail_get_versions:
 *
 * Returns: (transfer none) (nullable) (element-type VrfWorkflowVersion): of the session's workflow
 */
GPtrArray *
vrf_session_detail_get_versions (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->parts[VRF_DETAIL_VERSIONS].value;
}

/**
 * vrf_session_detail_get_deliveries:
 *
 * Returns: (transfer none) (nullable) (element-type VrfDelivery): of this session, oldest first
 */
GPtrArray *
vrf_session_detail_get_deliveries (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->parts[VRF_DETAIL_DELIVERIES].value;
}

/**
 * vrf_session_detail_get_risk:
 *
 * Returns: (transfer none) (nullable): score, level and signals
 */
const VrfRisk *
vrf_session_detail_get_risk (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->parts[VRF_DETAIL_RISK].value;
}

/* Attempts */

typedef struct
{
  VrfSessionDetail *self; /* owned */
  char *policy;
} Attempts;

static void
attempts_free (Attempts *attempts)
{
  g_object_unref (attempts->self);
  g_free (attempts->policy);
  g_free (attempts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempts, attempts_free)

/* One that cannot be read leaves the list empty: the row says how many there are anyway. */
static void
attempts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Attempts) attempts = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *checks = vrf_api_client_list_attempts_finish (VRF_API_CLIENT (source), result, &error);

  if (is_cancelled (error))
    return;
  if (checks == NULL)
    checks = g_ptr_array_new ();
  g_hash_table_replace (attempts->self->attempts, g_strdup (attempts->policy), checks);
  tell (attempts->self);
}

void
vrf_session_detail_read_attempts (VrfSessionDetail *self, const char *policy)
{
  Attempts *attempts = NULL;

  g_return_if_fail (VRF_IS_SESSION_DETAIL (self));

  if (self->cancellable == NULL || g_hash_table_contains (self->attempts, policy))
    return;
  g_hash_table_insert (self->attempts, g_strdup (policy), NULL);
  attempts = g_new0 (Attempts, 1);
  attempts->self = g_object_ref (self);
  attempts->policy = g_strdup (policy);
  vrf_api_client_list_attempts_async (vrf_backend_get_client (self->backend),
                                      vrf_row_get_id (self->row),
                                      policy,
                                      self->cancellable,
                                      attempts_cb,
                                      attempts);
}

GPtrArray *
vrf_session_detail_get_attempts (VrfSessionDetail *self, const char *policy)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return g_hash_table_lookup (self->attempts, policy);
}

void
vrf_session_detail_follow_retry (VrfSessionDetail *self)
{
  g_return_if_fail (VRF_IS_SESSION_DETAIL (self));

  g_hash_table_remove_all (self->attempts);
  self->follow_rounds = FOLLOW_ROUNDS;
  vrf_session_detail_read (self, VRF_DETAIL_CHECKS);
}
