/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/session/vrf-document-save.h"

#include "base/vrf-error.h"

typedef struct
{
  GtkWidget *widget;
  VrfPictures *pictures;
  char *doc_type;
  VrfDocumentSaved saved;
  GFile *file;   /* where to, once it is known */
  GBytes *bytes; /* kept while they are written */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->widget);
  g_object_unref (save->pictures);
  g_free (save->doc_type);
  g_clear_object (&save->file);
  g_clear_pointer (&save->bytes, g_bytes_unref);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
finish (const Save *save, const GError *error)
{
  if (gtk_widget_get_root (save->widget) != NULL)
    save->saved (save->widget, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  finish (save, error);
}

/* A PDF says so in its first bytes; anything else under that name is not passed on. */
static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  GFile *file = save->file;
  g_autoptr (GError) error = NULL;

  save->bytes = vrf_pictures_fetch_file_finish (VRF_PICTURES (source), result, &error);
  if (save->bytes != NULL && vrf_image_sniff (save->bytes) != VRF_IMAGE_PDF)
    g_set_error_literal (
        &error, VRF_ERROR, VRF_ERROR_REPLY, _ ("The file is not a PDF and was not saved."));
  if (error != NULL)
    {
      finish (save, error);
      return;
    }
  g_file_replace_contents_bytes_async (file,
                                       save->bytes,
                                       NULL,
                                       FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL,
                                       written_cb,
                                       g_steal_pointer (&save));
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (Save) save = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      VrfPictures *pictures = save->pictures;
      const char *doc_type = save->doc_type;

      save->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      vrf_pictures_fetch_file_async (pictures, doc_type, NULL, fetched_cb, g_steal_pointer (&save));
    }
  g_object_unref (dialog);
}

/* The name says nothing about the person. */
static void
choose (Save *save)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save a Copy"),
                                      GTK_WINDOW (gtk_widget_get_root (save->widget)),
                                      GTK_FILE_CHOOSER_ACTION_SAVE,
                                      _ ("_Save"), _ ("_Cancel"));
  g_autofree char *name = g_strconcat (save->doc_type, ".pdf", NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), save);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
responded_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Save) save = user_data;

  if (g_strcmp0 (response, "save") == 0 && gtk_widget_get_root (save->widget) != NULL)
    choose (g_steal_pointer (&save));
}

void
vrf_document_save (GtkWidget *widget,
                   VrfPictures *pictures,
                   const char *doc_type,
                   VrfDocumentSaved saved)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (widget));
  GtkWidget *dialog = adw_message_dialog_new (
      parent,
      _ ("Save a Copy of This PDF?"),
         _ ("It comes from the guest and was not checked. Verifa Desk does not open it. The copy "
            "holds personal data and stays on this computer until you delete it."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Save *save = g_new0 (Save, 1);

  save->widget = g_object_ref (widget);
  save->pictures = g_object_ref (pictures);
  save->doc_type = g_strdup (doc_type);
  save->saved = saved;
  adw_message_dialog_add_response (message, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (message, "save", _ ("_Save a Copy…"));
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect (message, "response", G_CALLBACK (responded_cb), save);
  gtk_window_present (GTK_WINDOW (dialog));
}
