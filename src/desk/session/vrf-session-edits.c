/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-session-edits.h"

#include "desk/session/vrf-session-view.h"

/* Checks */

static void
read_attempts_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionDetail *detail = vrf_session_view_get_detail (VRF_SESSION_VIEW (widget));

  if (detail != NULL)
    vrf_session_detail_read_attempts (detail, g_variant_get_string (parameter, NULL));
}

static void
retry_check_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (VRF_SESSION_VIEW (widget));

  if (editor != NULL)
    vrf_session_editor_retry_check (editor, g_variant_get_string (parameter, NULL));
}

void
vrf_session_edits_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (
      widget_class, "session.read-attempts", "s", read_attempts_action);
  gtk_widget_class_install_action (widget_class, "session.retry-check", "s", retry_check_action);
}

const char *
vrf_session_edits_get_receipt (int right)
{
  switch ((VrfRight) right)
    {
    case VRF_RIGHT_RETRY_CHECK:
      return _ ("The check is being tried again");
    case VRF_RIGHT_EDIT_TAGS:
    case VRF_RIGHT_EDIT_METADATA:
    case VRF_RIGHT_WORK_ON_CASE:
    case VRF_RIGHT_APPROVE_CASE:
    case VRF_RIGHT_REJECT_CASE:
    case VRF_RIGHT_RETRY_DELIVERY:
    case VRF_N_RIGHTS:
    default:
      return NULL;
    }
}
