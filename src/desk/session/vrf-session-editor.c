/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-session-editor.h"

#include "api/vrf-api-cases.h"
#include "api/vrf-api-webhooks.h"

#define SANDBOX_REVIEWER "orguser_frontdesk" /* verifa-api.md 8.5 */

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

/* The session after a change whose answer does not tell it. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionEditor) self = user_data;
  g_autoptr (VrfSession) session =
      vrf_api_client_get_session_finish (VRF_API_CLIENT (source), result, NULL);

  if (session != NULL)
    vrf_row_store_upsert (vrf_backend_get_rows (self->backend), session);
}

static void
read_session (VrfSessionEditor *self)
{
  vrf_api_client_get_session_async (vrf_backend_get_client (self->backend),
                                    vrf_row_get_id (self->row),
                                    NULL,
                                    found_cb,
                                    g_object_ref (self));
}

gint64
vrf_session_editor_get_now_us (VrfSessionEditor *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_EDITOR (self), VRF_TIME_NONE);

  return vrf_clock_get_now_us (vrf_backend_get_clock (self->backend));
}

/* Case */

/* The organization's people are not told to a key; our own sandbox has one that is documented. */
const char *
vrf_session_editor_get_reviewer (VrfSessionEditor *self)
{
  VrfApiClient *client = vrf_backend_get_client (self->backend);
  const VrfCase *found = vrf_session_detail_get_case (self->detail);

  if (found != NULL && found->assigned_to != NULL)
    return found->assigned_to;
  if (vrf_backend_get_reviewer (self->backend) != NULL)
    return vrf_backend_get_reviewer (self->backend);
  return client != NULL && vrf_api_client_is_our_sandbox (client) ? SANDBOX_REVIEWER : NULL;
}

static VrfRight
get_right (VrfCaseVerb verb)
{
  if (verb == VRF_CASE_APPROVE)
    return VRF_RIGHT_APPROVE_CASE;
  if (verb == VRF_CASE_REJECT)
    return VRF_RIGHT_REJECT_CASE;
  return VRF_RIGHT_WORK_ON_CASE;
}

/* Also after a refusal: most often somebody else was faster. Takes @self. */
static void
end_case (VrfSessionEditor *self, VrfCaseVerb verb, const GError *error)
{
  g_autoptr (VrfSessionEditor) owned = self;

  vrf_session_detail_read (self->detail, VRF_DETAIL_CASE);
  vrf_session_detail_read (self->detail, VRF_DETAIL_NOTES);
  read_session (self);
  end (self, get_right (verb), error);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfCase) found = vrf_api_client_case_finish (VRF_API_CLIENT (source), result, &error);

  end_case (user_data, VRF_CASE_CLAIM, error);
}

static void
approved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfCase) found = vrf_api_client_case_finish (VRF_API_CLIENT (source), result, &error);

  end_case (user_data, VRF_CASE_APPROVE, error);
}

static void
rejected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfCase) found = vrf_api_client_case_finish (VRF_API_CLIENT (source), result, &error);

  end_case (user_data, VRF_CASE_REJECT, error);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfCaseNote) note =
      vrf_api_client_add_case_note_finish (VRF_API_CLIENT (source), result, &error);

  end_case (user_data, VRF_CASE_NOTE, error);
}

static void
send_case (VrfSessionEditor *self, VrfApiClient *client, VrfCaseVerb verb, const VrfCaseWork *work)
{
  const char *id = vrf_row_get_session (self->row)->case_id;
  VrfCaseDecision decision = { .reviewer_id = work->reviewer_id };

  g_object_ref (self);
  switch (verb)
    {
    case VRF_CASE_CLAIM:
      vrf_api_client_claim_case_async (client, id, work->reviewer_id, worked_cb, self);
      break;
    case VRF_CASE_RELEASE:
      vrf_api_client_release_case_async (client, id, worked_cb, self);
      break;
    case VRF_CASE_APPROVE:
      decision.notes = work->text;
      vrf_api_client_approve_case_async (client, id, &decision, approved_cb, self);
      break;
    case VRF_CASE_REJECT:
      decision.reason = work->text;
      decision.reason_code = work->reason_code;
      vrf_api_client_reject_case_async (client, id, &decision, rejected_cb, self);
      break;
    case VRF_CASE_ESCALATE:
      vrf_api_client_escalate_case_async (client, id, work->to, work->text, worked_cb, self);
      break;
    case VRF_CASE_NOTE:
      vrf_api_client_add_case_note_async (client, id, work->text, noted_cb, self);
      break;
    case VRF_N_CASE_VERBS:
    default:
      g_object_unref (self);
      g_return_if_reached ();
    }
}

void
vrf_session_editor_work_on_case (VrfSessionEditor *self, VrfCaseVerb verb, const VrfCaseWork *work)
{
  VrfApiClient *client = NULL;

  g_return_if_fail (VRF_IS_SESSION_EDITOR (self));

  if (vrf_row_get_session (self->row)->case_id == NULL)
    return;
  client = begin (self, get_right (verb));
  if (client == NULL)
    return;
  if (work->reviewer_id != NULL)
    vrf_backend_set_reviewer (self->backend, work->reviewer_id);
  send_case (self, client, verb, work);
}

/* Webhooks */

static void
redelivered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionEditor) self = user_data;
  g_autoptr (GError) error = NULL;

  vrf_api_client_retry_delivery_finish (VRF_API_CLIENT (source), result, &error);
  vrf_session_detail_read (self->detail, VRF_DETAIL_DELIVERIES);
  vrf_session_detail_read_later (self->detail, VRF_DETAIL_DELIVERIES);
  end (self, VRF_RIGHT_RETRY_DELIVERY, error);
}

void
vrf_session_editor_retry_delivery (VrfSessionEditor *self, const char *delivery_id)
{
  VrfApiClient *client = begin (self, VRF_RIGHT_RETRY_DELIVERY);

  if (client != NULL)
    vrf_api_client_retry_delivery_async (client, delivery_id, redelivered_cb, g_object_ref (self));
}

/* Tags and metadata */

static void
tagged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) tags = vrf_api_client_tags_finish (VRF_API_CLIENT (source), result, &error);

  read_session (self);
  end (self, VRF_RIGHT_EDIT_TAGS, error);
}

void
vrf_session_editor_add_tag (VrfSessionEditor *self, const char *tag)
{
  VrfApiClient *client = begin (self, VRF_RIGHT_EDIT_TAGS);

  if (client != NULL)
    vrf_api_client_add_tag_async (
        client, vrf_row_get_id (self->row), tag, NULL, tagged_cb, g_object_ref (self));
}

void
vrf_session_editor_remove_tag (VrfSessionEditor *self, const char *tag)
{
  VrfApiClient *client = begin (self, VRF_RIGHT_EDIT_TAGS);

  if (client != NULL)
    vrf_api_client_remove_tag_async (
        client, vrf_row_get_id (self->row), tag, NULL, tagged_cb, g_object_ref (self));
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfSessionEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session =
      vrf_api_client_update_session_finish (VRF_API_CLIENT (source), result, &error);

  if (session != NULL)
    vrf_row_store_upsert (vrf_backend_get_rows (self->backend), session);
  end (self, VRF_RIGHT_EDIT_METADATA, error);
}

void
vrf_session_editor_edit_metadata (VrfSessionEditor *self, JsonObject *patch)
{
  VrfApiClient *client = begin (self, VRF_RIGHT_EDIT_METADATA);

  if (client != NULL)
    vrf_api_client_update_session_async (
        client, vrf_row_get_id (self->row), NULL, patch, patched_cb, g_object_ref (self));
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
