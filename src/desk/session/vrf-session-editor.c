/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-session-editor.h"

/*
 * A change is never cancelled: the server may have made it already. What comes back when the page
 * shows another session still counts for the row, which is the same object everywhere.
 */
struct _VrfSessionEditor
{
  GObject parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfRow *row;
  VrfSessionDetail *detail;
  VrfPictures *pictures;

  gboolean busy[VRF_N_RIGHTS];
};

G_DEFINE_FINAL_TYPE (VrfSessionEditor, vrf_session_editor, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
vrf_session_editor_finalize (GObject *object)
{
  VrfSessionEditor *self = VRF_SESSION_EDITOR (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->row);
  g_clear_object (&self->detail);
  g_clear_object (&self->pictures);

  G_OBJECT_CLASS (vrf_session_editor_parent_class)->finalize (object);
}

static void
vrf_session_editor_class_init (VrfSessionEditorClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = vrf_session_editor_finalize;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DONE] = g_signal_new ("done",
                                       type,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       2,
                                       G_TYPE_INT,
                                       G_TYPE_ERROR);
}

static void
vrf_session_editor_init (VrfSessionEditor *self)
{
}

static void
tell (VrfSessionEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
follow (VrfSessionEditor *self, gpointer object)
{
  g_signal_connect_object (object, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
}

/** vrf_session_editor_new: Returns: (transfer full): begins to read at once */
VrfSessionEditor *
vrf_session_editor_new (VrfBackend *backend, VrfRow *row)
{
  VrfSessionEditor *self = g_object_new (VRF_TYPE_SESSION_EDITOR, NULL);

  self->backend = g_object_ref (backend);
  self->row = g_object_ref (row);
  self->detail = vrf_session_detail_new (backend, row);
  self->pictures = vrf_pictures_new (backend, vrf_row_get_id (row));
  follow (self, self->detail);
  follow (self, self->pictures);
  follow (self, vrf_backend_get_rights (backend));

  return self;
}

void
vrf_session_editor_stop (VrfSessionEditor *self)
{
  g_return_if_fail (VRF_IS_SESSION_EDITOR (self));

  vrf_session_detail_stop (self->detail);
  vrf_pictures_hide (self->pictures);
}

/** vrf_session_editor_get_row: Returns: (transfer none) */
VrfRow *
vrf_session_editor_get_row (VrfSessionEditor *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_EDITOR (self), NULL);

  return self->row;
}

/** vrf_session_editor_get_detail: Returns: (transfer none) */
VrfSessionDetail *
vrf_session_editor_get_detail (VrfSessionEditor *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_EDITOR (self), NULL);

  return self->detail;
}

/** vrf_session_editor_get_pictures: Returns: (transfer none) */
VrfPictures *
vrf_session_editor_get_pictures (VrfSessionEditor *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_EDITOR (self), NULL);

  return self->pictures;
}

/** vrf_session_editor_may: Returns: whether the key may do it, as far as is known */
gboolean
vrf_session_editor_may (VrfSessionEditor *self, VrfRight right)
{
  g_return_val_if_fail (VRF_IS_SESSION_EDITOR (self), FALSE);

  return vrf_rights_may (vrf_backend_get_rights (self->backend), right);
}

/** vrf_session_editor_is_busy: Returns: whether one of this kind is on its way */
gboolean
vrf_session_editor_is_busy (VrfSessionEditor *self, VrfRight right)
{
  g_return_val_if_fail (VRF_IS_SESSION_EDITOR (self), FALSE);
  g_return_val_if_fail ((guint) right < VRF_N_RIGHTS, FALSE);

  return self->busy[right];
}

/* The client to send with, NULL when there is none or one is on its way. */
static VrfApiClient *
begin (VrfSessionEditor *self, VrfRight right)
{
  VrfApiClient *client = vrf_backend_get_client (self->backend);

  if (client == NULL || self->busy[right])
    return NULL;
  self->busy[right] = TRUE;
  tell (self);

  return client;
}

static void
end (VrfSessionEditor *self, VrfRight right, const GError *error)
{
  self->busy[right] = FALSE;
  vrf_rights_note (vrf_backend_get_rights (self->backend), right, error);
  tell (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, (int) right, error);
}

/* Checks */

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionEditor) self = user_data;
  g_autoptr (GError) error = NULL;

  if (vrf_api_client_retry_check_finish (VRF_API_CLIENT (source), result, &error))
    vrf_session_detail_follow_retry (self->detail);
  end (self, VRF_RIGHT_RETRY_CHECK, error);
}

/** vrf_session_editor_retry_check: begins another attempt of @policy */
void
vrf_session_editor_retry_check (VrfSessionEditor *self, const char *policy)
{
  VrfApiClient *client = begin (self, VRF_RIGHT_RETRY_CHECK);

  if (client != NULL)
    vrf_api_client_retry_check_async (
        client, vrf_row_get_id (self->row), policy, NULL, retried_cb, g_object_ref (self));
}
