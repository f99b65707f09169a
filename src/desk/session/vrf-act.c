/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/session/vrf-act.h"

#include "base/vrf-error.h"
#include "desk/new/vrf-fault.h"

typedef struct
{
  GtkWidget *widget;
  VrfBackend *backend;
  VrfRow *row;
  VrfAction action;
  const VrfActFuncs *funcs; /* static */
} Act;

static void
act_free (Act *act)
{
  g_object_unref (act->widget);
  g_object_unref (act->backend);
  g_object_unref (act->row);
  g_free (act);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;

  vrf_backend_act_finish (VRF_BACKEND (source), result, &error);
  if (gtk_widget_get_root (act->widget) != NULL)
    act->funcs->done (act->widget, act->row, act->action, error);
}

static void
act_send (Act *act)
{
  VrfBackend *backend = act->backend;

  act->funcs->started (act->widget, act->action);
  vrf_backend_act_async (backend, act->row, act->action, NULL, acted_cb, act);
}

static void
responded_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Act) act = user_data;

  if (g_strcmp0 (response, "go") == 0 && gtk_widget_get_root (act->widget) != NULL)
    act_send (g_steal_pointer (&act));
}

static const char *
get_question (VrfAction action)
{
  switch (action)
    {
    case VRF_ACTION_EXPIRE:
      return _ ("Expire This Verification?");
    case VRF_ACTION_REDACT:
      return _ ("Delete the Personal Data?");
    case VRF_ACTION_RESUME:
    case VRF_ACTION_NEW_LINK:
    case VRF_ACTION_RESEND_INVITE:
    case VRF_ACTION_SIMULATE_APPROVE:
    case VRF_ACTION_SIMULATE_DECLINE:
    case VRF_ACTION_SIMULATE_REVIEW:
    case VRF_ACTION_SIMULATE_EXPIRE:
    case VRF_ACTION_REPROCESS:
    case VRF_N_ACTIONS:
    default:
      return _ ("Make a New Link?");
    }
}

static char *
dup_consequence (VrfRow *row, VrfAction action)
{
  g_autofree char *title = vrf_row_dup_title (row);

  if (action == VRF_ACTION_REDACT)
    return g_strdup_printf (
        /* Translators: %s is the external reference, here and in the next two */
        _ ("Names, dates and pictures of %s are deleted for good. This cannot be undone."), title);
  if (action == VRF_ACTION_EXPIRE)
    return g_strdup_printf (_ ("The link of %s stops working at once, also on the guest’s phone. "
                               "You can resume it later; uploads are kept."),
                               title);

  return g_strdup_printf (
      _ ("The guest has %s open on the phone. That page stops working; uploads are kept."), title);
}

/* Focus is on Cancel: Enter never destroys. */
static void
ask (Act *act)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (act->widget));
  g_autofree char *body = dup_consequence (act->row, act->action);
  GtkWidget *dialog = adw_message_dialog_new (parent, get_question (act->action), body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_response (message, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (message, "go", vrf_action_get_label (act->action));
  adw_message_dialog_set_response_appearance (message, "go", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect (message, "response", G_CALLBACK (responded_cb), act);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * vrf_act_asks:
 *
 * Returns: whether the person is asked before: something would be lost
 */
gboolean
vrf_act_asks (VrfRow *row, VrfAction action)
{
  if (vrf_action_is_destructive (action))
    return TRUE;

  return (action == VRF_ACTION_NEW_LINK || action == VRF_ACTION_RESUME)
         && vrf_row_get_status (row) == VRF_SESSION_STATUS_CAPTURING;
}

/**
 * vrf_act_run:
 * @widget: who asks, in a window; kept until it is over
 * @funcs: static
 *
 * Does nothing when the action is not legal now.
 */
void
vrf_act_run (
    GtkWidget *widget, VrfBackend *backend, VrfRow *row, VrfAction action, const VrfActFuncs *funcs)
{
  Act *act = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (VRF_IS_ROW (row));

  if (vrf_lifecycle_refusal (row, action) != NULL)
    return;

  act = g_new0 (Act, 1);
  act->widget = g_object_ref (widget);
  act->backend = g_object_ref (backend);
  act->row = g_object_ref (row);
  act->action = action;
  act->funcs = funcs;

  if (vrf_act_asks (row, action))
    ask (act);
  else
    act_send (act);
}

/**
 * vrf_act_get_receipt:
 *
 * Returns: (nullable): what to say when it worked and nothing else on the screen shows it
 */
const char *
vrf_act_get_receipt (VrfAction action)
{
  switch (action)
    {
    case VRF_ACTION_RESEND_INVITE:
      return _ ("Invitation sent");
    case VRF_ACTION_NEW_LINK:
    case VRF_ACTION_RESUME:
      return _ ("New link made, the one before no longer works");
    case VRF_ACTION_REPROCESS:
      return _ ("The documents are being checked again");
    case VRF_ACTION_REDACT:
      return _ ("Personal data deleted");
    case VRF_ACTION_EXPIRE:
    case VRF_ACTION_SIMULATE_APPROVE:
    case VRF_ACTION_SIMULATE_DECLINE:
    case VRF_ACTION_SIMULATE_REVIEW:
    case VRF_ACTION_SIMULATE_EXPIRE:
    case VRF_N_ACTIONS:
    default:
      return NULL;
    }
}

/**
 * vrf_act_dup_failure:
 *
 * Returns: (transfer full): one line for a toast: what happened and what to do
 */
char *
vrf_act_dup_failure (const GError *error)
{
  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_UNAUTHORIZED))
    return g_strdup (_ ("Not done: the API key is not accepted."));
  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN))
    return g_strdup (_ ("Not done: the API key may not do this."));
  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_NOT_FOUND))
    return g_strdup (_ ("Not done: the server does not know this verification."));
  if (vrf_fault_is_worth_retrying (error))
    /* Translators: a sentence that says why follows */
    return g_strdup_printf (_ ("Not done, try again: %s"), error->message);

  /* Translators: a sentence that says why follows */
  return g_strdup_printf (_ ("Not done: %s"), error->message);
}
