/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-session-detail.h"

#include "base/vrf-error.h"

struct _VrfSessionDetail
{
  GObject parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfRow *row;
  GCancellable *cancellable;
  GError *error;
  GPtrArray *checks; /* VrfCheck, nullable */
  GPtrArray *links;  /* VrfLink, nullable */
  VrfRisk *risk;

  VrfSessionStatus read_in; /* the status the last reading was made in */
  char *read_link;          /* the one-time link it knew, nullable */
  guint n_open;             /* requests on their way */
};

G_DEFINE_FINAL_TYPE (VrfSessionDetail, vrf_session_detail, G_TYPE_OBJECT)

static guint changed_signal;

static void
vrf_session_detail_finalize (GObject *object)
{
  VrfSessionDetail *self = VRF_SESSION_DETAIL (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->row);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->risk, vrf_risk_free);
  g_free (self->read_link);

  G_OBJECT_CLASS (vrf_session_detail_parent_class)->finalize (object);
}

static void
vrf_session_detail_class_init (VrfSessionDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_session_detail_finalize;

  changed_signal = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_session_detail_init (VrfSessionDetail *self)
{
}

/* What the server does not have (yet) is no failure: the section is left out. */
static gboolean
is_absence (const GError *error)
{
  return g_error_matches (error, VRF_ERROR, VRF_ERROR_NOT_FOUND)
         || g_error_matches (error, VRF_ERROR, VRF_ERROR_GONE)
         || g_error_matches (error, VRF_ERROR, VRF_ERROR_NOT_IMPLEMENTED);
}

/* Gives whether the reply still matters. Takes @error. */
static gboolean
arrived (VrfSessionDetail *self, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return FALSE;
    }

  self->n_open--;
  if (error == NULL || self->error != NULL || is_absence (error))
    g_clear_error (&error);
  else
    self->error = error;

  return TRUE;
}

static void
checks_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionDetail) self = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) checks =
      vrf_api_client_list_checks_finish (VRF_API_CLIENT (source), result, &error);

  if (!arrived (self, error))
    return;

  if (checks != NULL)
    {
      g_clear_pointer (&self->checks, g_ptr_array_unref);
      self->checks = g_steal_pointer (&checks);
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
links_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionDetail) self = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) links =
      vrf_api_client_list_links_finish (VRF_API_CLIENT (source), result, &error);

  if (!arrived (self, error))
    return;

  if (links != NULL)
    {
      g_clear_pointer (&self->links, g_ptr_array_unref);
      self->links = g_steal_pointer (&links);
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
risk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionDetail) self = user_data;
  GError *error = NULL;
  g_autoptr (VrfRisk) risk =
      vrf_api_client_get_risk_finish (VRF_API_CLIENT (source), result, &error);

  if (!arrived (self, error))
    return;

  if (risk != NULL)
    {
      g_clear_pointer (&self->risk, vrf_risk_free);
      self->risk = g_steal_pointer (&risk);
    }
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
has_outcome (VrfSessionStatus status)
{
  return status == VRF_SESSION_STATUS_COMPLETED || status == VRF_SESSION_STATUS_UNDER_REVIEW
         || status == VRF_SESSION_STATUS_FAILED;
}

static void
read_all (VrfSessionDetail *self)
{
  VrfApiClient *client = vrf_backend_get_client (self->backend);
  const char *id = vrf_row_get_id (self->row);

  vrf_session_detail_stop (self);
  self->read_in = vrf_row_get_status (self->row);
  g_free (self->read_link);
  self->read_link = g_strdup (vrf_row_get_link_id (self->row));
  if (client == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->n_open = 1;
  vrf_api_client_list_links_async (client, id, self->cancellable, links_cb, g_object_ref (self));
  if (!has_outcome (self->read_in))
    return;

  self->n_open += 2;
  vrf_api_client_list_checks_async (client, id, self->cancellable, checks_cb, g_object_ref (self));
  vrf_api_client_get_risk_async (client, id, self->cancellable, risk_cb, g_object_ref (self));
}

static void
row_changed_cb (VrfSessionDetail *self)
{
  if (vrf_row_get_status (self->row) != self->read_in
      || g_strcmp0 (vrf_row_get_link_id (self->row), self->read_link) != 0)
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
  g_signal_emit (self, changed_signal, 0);
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
  g_clear_error (&self->error);
  self->n_open = 0;
}

/**
 * vrf_session_detail_get_state:
 */
VrfDetailState
vrf_session_detail_get_state (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), VRF_DETAIL_READY);

  if (self->n_open > 0)
    return VRF_DETAIL_LOADING;

  return self->error != NULL ? VRF_DETAIL_FAILED : VRF_DETAIL_READY;
}

/**
 * vrf_session_detail_get_error:
 *
 * Returns: (nullable): the first error of the last reading
 */
const GError *
vrf_session_detail_get_error (VrfSessionDetail *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  return self->error;
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
  VrfResult *result = NULL;

  g_return_val_if_fail (VRF_IS_SESSION_DETAIL (self), NULL);

  if (self->checks != NULL && self->checks->len > 0)
    return self->checks;

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

  return self->links;
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

  return self->risk;
}
