/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/core/vrf-backend.h"

#include "base/vrf-error.h"

/* What the windows ask of the server. Each call ends with the row as the server says it is now, and
 * with the tracker awake. */

static gboolean
is_ready (VrfBackend *self, GTask *task)
{
  if (vrf_backend_get_client (self) != NULL)
    return TRUE;
  g_task_return_new_error (
      task, VRF_ERROR, VRF_ERROR_OFFLINE, "%s", _ ("There is no connection yet."));
  return FALSE;
}

static VrfRow *
keep (VrfBackend *self, VrfSession *session)
{
  VrfRow *row = vrf_row_store_upsert (vrf_backend_get_rows (self), session);

  vrf_tracker_poke (vrf_backend_get_tracker (self));
  return row;
}

/* Create */

static void
create_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  VrfBackend *self = g_task_get_source_object (task);
  const VrfSessionRequest *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (VrfSession) session =
      vrf_api_client_create_session_finish (VRF_API_CLIENT (source), result, &error);
  VrfRow *row = NULL;

  if (session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  row = keep (self, session);
  vrf_row_set_asked (row, request->applicant_name, request->workflow_id);
  g_task_return_pointer (task, g_object_ref (row), g_object_unref);
}

void
vrf_backend_create_async (VrfBackend *self,
                          const VrfSessionRequest *request,
                          const char *idempotency_key,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, vrf_backend_create_async);
  /* What the server has made is there, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (
      task, vrf_session_request_copy (request), (GDestroyNotify) vrf_session_request_free);
  if (!is_ready (self, task))
    return;
  vrf_api_client_create_session_async (vrf_backend_get_client (self),
                                       request,
                                       idempotency_key,
                                       cancellable,
                                       create_cb,
                                       g_steal_pointer (&task));
}

VrfRow *
vrf_backend_create_finish (VrfBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_backend_create_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Act: each call's own finish, then one way to the end */

typedef VrfSession *(*FinishSession) (VrfApiClient *client, GAsyncResult *result, GError **error);

/* Takes @task. */
static void
finish_with_session (GObject *source, GAsyncResult *result, GTask *task, FinishSession finish)
{
  g_autoptr (GTask) owned = task;
  GError *error = NULL;
  g_autoptr (VrfSession) session = finish (VRF_API_CLIENT (source), result, &error);

  if (session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  keep (g_task_get_source_object (task), session);
  g_task_return_boolean (task, TRUE);
}

static void
resume_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  finish_with_session (source, result, user_data, vrf_api_client_resume_session_finish);
}

static void
expire_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  finish_with_session (source, result, user_data, vrf_api_client_expire_session_finish);
}

static void
simulate_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  finish_with_session (source, result, user_data, vrf_api_client_simulate_finish);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  finish_with_session (source, result, user_data, vrf_api_client_get_session_finish);
}

/* After a call whose reply does not tell the session. */
static void
get_session (GTask *task)
{
  VrfBackend *self = g_task_get_source_object (task);

  vrf_api_client_get_session_async (vrf_backend_get_client (self),
                                    vrf_row_get_id (g_task_get_task_data (task)),
                                    g_task_get_cancellable (task),
                                    get_cb,
                                    g_object_ref (task));
}

static void
link_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  VrfBackend *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (VrfLink) link =
      vrf_api_client_generate_link_finish (VRF_API_CLIENT (source), result, &error);

  if (link == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  vrf_row_set_link (g_task_get_task_data (task), link);
  vrf_tracker_poke (vrf_backend_get_tracker (self));
  g_task_return_boolean (task, TRUE);
}

static void
invite_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  VrfBackend *self = g_task_get_source_object (task);
  GError *error = NULL;

  vrf_api_client_resend_invite_finish (VRF_API_CLIENT (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  vrf_tracker_poke (vrf_backend_get_tracker (self));
  g_task_return_boolean (task, TRUE);
}

static void
reprocess_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (vrf_api_client_reprocess_finish (VRF_API_CLIENT (source), result, &error))
    get_session (task);
  else
    g_task_return_error (task, error);
}

static void
redact_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  VrfRow *row = g_task_get_task_data (task);
  GError *error = NULL;

  vrf_api_client_redact_finish (VRF_API_CLIENT (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* What was personal goes from memory and disk at the same moment. */
  vrf_memory_redact (vrf_backend_get_memory (g_task_get_source_object (task)),
                     vrf_row_get_id (row));
  vrf_row_set_asked (row, NULL, NULL);
  vrf_row_set_result (row, NULL);
  get_session (task);
}

static const char *
simulated_action (VrfAction action)
{
  switch (action)
    {
    case VRF_ACTION_SIMULATE_APPROVE:
      return "approve";
    case VRF_ACTION_SIMULATE_DECLINE:
      return "decline";
    case VRF_ACTION_SIMULATE_REVIEW:
      return "require-review";
    case VRF_ACTION_SIMULATE_EXPIRE:
      return "expire";
    case VRF_ACTION_RESUME:
    case VRF_ACTION_NEW_LINK:
    case VRF_ACTION_EXPIRE:
    case VRF_ACTION_RESEND_INVITE:
    case VRF_ACTION_REPROCESS:
    case VRF_ACTION_REDACT:
    case VRF_N_ACTIONS:
    default:
      return NULL;
    }
}

static gboolean
wants_resume (VrfRow *row, VrfAction action)
{
  return action == VRF_ACTION_RESUME
         || (action == VRF_ACTION_NEW_LINK
             && vrf_row_get_status (row) == VRF_SESSION_STATUS_EXPIRED);
}

static void
send_action (VrfApiClient *client, VrfRow *row, VrfAction action, GTask *task)
{
  const char *id = vrf_row_get_id (row);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_object_ref (task);
  if (wants_resume (row, action))
    vrf_api_client_resume_session_async (client, id, NULL, cancellable, resume_cb, task);
  else if (action == VRF_ACTION_NEW_LINK)
    vrf_api_client_generate_link_async (client, id, 0, NULL, link_cb, task);
  else if (action == VRF_ACTION_EXPIRE)
    vrf_api_client_expire_session_async (client, id, NULL, cancellable, expire_cb, task);
  else if (action == VRF_ACTION_RESEND_INVITE)
    vrf_api_client_resend_invite_async (client, id, NULL, cancellable, invite_cb, task);
  else if (action == VRF_ACTION_REPROCESS)
    vrf_api_client_reprocess_async (client, id, cancellable, reprocess_cb, task);
  else if (action == VRF_ACTION_REDACT)
    vrf_api_client_redact_async (client, id, cancellable, redact_cb, task);
  else
    vrf_api_client_simulate_async (
        client, id, simulated_action (action), cancellable, simulate_cb, task);
}

void
vrf_backend_act_async (VrfBackend *self,
                       VrfRow *row,
                       VrfAction action,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail ((guint) action < VRF_N_ACTIONS);
  g_task_set_source_tag (task, vrf_backend_act_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (row), g_object_unref);
  if (is_ready (self, task))
    send_action (vrf_backend_get_client (self), row, action, task);
}

gboolean
vrf_backend_act_finish (VrfBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_backend_act_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Find */

static void
find_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  VrfBackend *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (VrfSession) session =
      vrf_api_client_get_session_finish (VRF_API_CLIENT (source), result, &error);
  VrfRow *row = NULL;

  if (session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  row = vrf_row_store_upsert (vrf_backend_get_rows (self), session);
  g_task_return_pointer (task, g_object_ref (row), g_object_unref);
}

void
vrf_backend_find_async (VrfBackend *self,
                        const char *session_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  VrfRow *row = vrf_row_store_lookup (vrf_backend_get_rows (self), session_id);

  g_task_set_source_tag (task, vrf_backend_find_async);
  if (row != NULL)
    g_task_return_pointer (task, g_object_ref (row), g_object_unref);
  else if (is_ready (self, task))
    vrf_api_client_get_session_async (
        vrf_backend_get_client (self), session_id, cancellable, find_cb, g_steal_pointer (&task));
}

VrfRow *
vrf_backend_find_finish (VrfBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_backend_find_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
