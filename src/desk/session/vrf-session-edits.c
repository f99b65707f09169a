/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-session-edits.h"

#include "desk/session/vrf-act.h"
#include "desk/session/vrf-document-save.h"
#include "desk/session/vrf-metadata-dialog.h"
#include "desk/session/vrf-picture-viewer.h"
#include "desk/session/vrf-session-view.h"

/* Checks */

static void
read_attempts_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (VRF_SESSION_VIEW (widget));

  if (editor != NULL)
    vrf_session_detail_read_attempts (vrf_session_editor_get_detail (editor),
                                      g_variant_get_string (parameter, NULL));
}

static void
retry_check_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (VRF_SESSION_VIEW (widget));

  if (editor != NULL)
    vrf_session_editor_retry_check (editor, g_variant_get_string (parameter, NULL));
}

/* Case */

static void
case_done (GObject *target, VrfCaseVerb verb, const VrfCaseWork *work)
{
  vrf_session_editor_work_on_case (VRF_SESSION_EDITOR (target), verb, work);
}

static void
case_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (VRF_SESSION_VIEW (widget));
  int verb = g_variant_get_int32 (parameter);
  g_autofree char *title = NULL;

  if (editor == NULL || verb < 0 || verb >= VRF_N_CASE_VERBS)
    return;
  title = vrf_row_dup_title (vrf_session_editor_get_row (editor));
  vrf_case_dialog_ask (widget,
                       (VrfCaseVerb) verb,
                       title,
                       vrf_session_editor_get_reviewer (editor),
                       case_done,
                       G_OBJECT (editor));
}

/* Webhooks */

static void
retry_delivery_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (VRF_SESSION_VIEW (widget));

  if (editor != NULL)
    vrf_session_editor_retry_delivery (editor, g_variant_get_string (parameter, NULL));
}

/* Tags and metadata */

static void
add_tag_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (VRF_SESSION_VIEW (widget));

  if (editor != NULL)
    vrf_session_editor_add_tag (editor, g_variant_get_string (parameter, NULL));
}

static void
remove_tag_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (VRF_SESSION_VIEW (widget));

  if (editor != NULL)
    vrf_session_editor_remove_tag (editor, g_variant_get_string (parameter, NULL));
}

static void
metadata_done (GObject *target, JsonObject *patch)
{
  vrf_session_editor_edit_metadata (VRF_SESSION_EDITOR (target), patch);
}

static void
edit_metadata_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (VRF_SESSION_VIEW (widget));

  if (editor != NULL)
    vrf_metadata_dialog_ask (widget,
                             vrf_row_get_session (vrf_session_editor_get_row (editor))->metadata,
                             metadata_done,
                             G_OBJECT (editor));
}

/* Documents */

static void
show_pictures_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionView *view = VRF_SESSION_VIEW (widget);
  VrfSessionEditor *editor = vrf_session_view_get_editor (view);
  VrfPictures *pictures = editor != NULL ? vrf_session_editor_get_pictures (editor) : NULL;

  if (pictures == NULL)
    return;
  if (vrf_pictures_is_shown (pictures))
    {
      vrf_pictures_hide (pictures);
      return;
    }
  g_info ("pictures of %s shown", vrf_row_get_id (vrf_session_view_get_row (view)));
  vrf_pictures_show (pictures);
}

/* Those that can be looked at now. */
static GStrv
dup_ready (VrfSessionEditor *editor)
{
  GPtrArray *documents = vrf_session_detail_get_documents (vrf_session_editor_get_detail (editor));
  VrfPictures *pictures = vrf_session_editor_get_pictures (editor);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const VrfDocument *document = g_ptr_array_index (documents, i);

      if (vrf_pictures_get_image (pictures, document->doc_type) != NULL)
        g_strv_builder_add (builder, document->doc_type);
    }
  return g_strv_builder_end (builder);
}

static void
open_viewer (VrfSessionView *view, const char *doc_type)
{
  VrfSessionEditor *editor = vrf_session_view_get_editor (view);
  VrfRow *row = vrf_session_editor_get_row (editor);
  g_auto (GStrv) ready = dup_ready (editor);
  g_autofree char *title = vrf_row_dup_title (row);
  GtkWidget *viewer = vrf_picture_viewer_new (
      vrf_session_editor_get_pictures (editor), (const char *const *) ready, title);

  vrf_picture_viewer_set_environment (VRF_PICTURE_VIEWER (viewer),
                                      vrf_row_get_is_sandbox (row) ? "sandbox" : "live");
  vrf_picture_viewer_show (VRF_PICTURE_VIEWER (viewer), doc_type);
  gtk_window_set_transient_for (GTK_WINDOW (viewer),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))));
  gtk_window_present (GTK_WINDOW (viewer));
}

static void
saved_cb (GtkWidget *widget, const GError *error)
{
  g_autofree char *text = error != NULL ? vrf_act_dup_failure (error) : g_strdup (_ ("Copy saved"));

  vrf_session_view_say (VRF_SESSION_VIEW (widget), text);
}

static const VrfDocument *
find_document (VrfSessionEditor *editor, const char *doc_type)
{
  GPtrArray *documents = vrf_session_detail_get_documents (vrf_session_editor_get_detail (editor));

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const VrfDocument *document = g_ptr_array_index (documents, i);

      if (g_str_equal (document->doc_type, doc_type))
        return document;
    }
  return NULL;
}

/* A picture is shown, then looked at; any other file can only be saved. */
static void
open_document_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionView *view = VRF_SESSION_VIEW (widget);
  const char *doc_type = g_variant_get_string (parameter, NULL);
  VrfSessionEditor *editor = vrf_session_view_get_editor (view);
  const VrfDocument *document = editor != NULL ? find_document (editor, doc_type) : NULL;
  VrfPictures *pictures = NULL;

  if (document == NULL)
    return;
  pictures = vrf_session_editor_get_pictures (editor);
  if (!vrf_pictures_is_picture (document->mime_type))
    vrf_document_save (widget, pictures, doc_type, saved_cb);
  else if (vrf_pictures_get_image (pictures, doc_type) != NULL)
    open_viewer (view, doc_type);
  else if (!vrf_pictures_is_shown (pictures))
    show_pictures_action (widget, NULL, NULL);
}

void
vrf_session_edits_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (
      widget_class, "session.read-attempts", "s", read_attempts_action);
  gtk_widget_class_install_action (widget_class, "session.retry-check", "s", retry_check_action);
  gtk_widget_class_install_action (widget_class, "session.case", "i", case_action);
  gtk_widget_class_install_action (
      widget_class, "session.retry-delivery", "s", retry_delivery_action);
  gtk_widget_class_install_action (widget_class, "session.add-tag", "s", add_tag_action);
  gtk_widget_class_install_action (widget_class, "session.remove-tag", "s", remove_tag_action);
  gtk_widget_class_install_action (
      widget_class, "session.edit-metadata", NULL, edit_metadata_action);
  gtk_widget_class_install_action (
      widget_class, "session.show-pictures", NULL, show_pictures_action);
  gtk_widget_class_install_action (
      widget_class, "session.open-document", "s", open_document_action);
}

const char *
vrf_session_edits_get_receipt (int right)
{
  switch ((VrfRight) right)
    {
    case VRF_RIGHT_RETRY_CHECK:
      return _ ("The check is being tried again");
    case VRF_RIGHT_RETRY_DELIVERY:
      return _ ("Sent again");
    case VRF_RIGHT_EDIT_TAGS:
    case VRF_RIGHT_EDIT_METADATA:
    case VRF_RIGHT_WORK_ON_CASE:
    case VRF_RIGHT_APPROVE_CASE:
    case VRF_RIGHT_REJECT_CASE:
    case VRF_N_RIGHTS:
    default:
      return NULL;
    }
}
