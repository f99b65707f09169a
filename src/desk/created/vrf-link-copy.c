/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/created/vrf-link-copy.h"

typedef struct
{
  GdkClipboard *clipboard;
  GdkContentProvider *content;
} LinkCopy;

static void
link_copy_free (gpointer data, GClosure *closure)
{
  LinkCopy *copy = data;

  g_object_unref (copy->clipboard);
  g_object_unref (copy->content);
  g_free (copy);
}

static void
changed_cb (VrfRow *row, gpointer user_data)
{
  LinkCopy *copy = user_data;
  gboolean ours = gdk_clipboard_get_content (copy->clipboard) == copy->content;

  if (ours && vrf_row_get_capture_url (row) != NULL)
    return;

  if (ours)
    gdk_clipboard_set_content (copy->clipboard, NULL);
  g_signal_handlers_disconnect_by_func (row, changed_cb, copy);
}

/**
 * vrf_link_copy:
 * @row: does nothing when it has no link that can be opened
 */
void
vrf_link_copy (GdkClipboard *clipboard, VrfRow *row)
{
  const char *url = vrf_row_get_capture_url (row);
  LinkCopy *copy = NULL;

  if (url == NULL)
    return;

  copy = g_new0 (LinkCopy, 1);
  copy->clipboard = g_object_ref (clipboard);
  copy->content = gdk_content_provider_new_typed (G_TYPE_STRING, url);
  gdk_clipboard_set_content (clipboard, copy->content);
  g_signal_connect_data (row, "changed", G_CALLBACK (changed_cb), copy, link_copy_free, 0);
}
