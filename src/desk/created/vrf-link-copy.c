/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/created/vrf-link-copy.h"

typedef struct
{
  GdkClipboard *clipboard;
  GdkContentProvider *content;
  char *url;
} LinkCopy;

static void
link_copy_free (gpointer data, GClosure *closure)
{
  LinkCopy *copy = data;

  g_object_unref (copy->clipboard);
  g_object_unref (copy->content);
  g_free (copy->url);
  g_free (copy);
}

static void
changed_cb (VrfRow *row, gpointer user_data)
{
  LinkCopy *copy = user_data;
  gboolean ours = gdk_clipboard_get_content (copy->clipboard) == copy->content;

  /* A new link ends the one before. */
  if (ours && g_strcmp0 (vrf_row_get_capture_url (row), copy->url) == 0)
    return;

  if (ours)
    gdk_clipboard_set_content (copy->clipboard, NULL);
  g_signal_handlers_disconnect_by_func (row, changed_cb, copy);
}

/**
 * vrf_link_copy:
 * @row: does nothing when it has no link that can be opened
 *
 * Puts the link on the clipboard, and takes it off again when it dies.
 */
void
vrf_link_copy (GdkClipboard *clipboard, VrfRow *row)
{
  const char *url = vrf_row_get_capture_url (row);

  if (url == NULL)
    return;

  gdk_clipboard_set_text (clipboard, url);
  vrf_link_copy_follow (clipboard, row);
}

/**
 * vrf_link_copy_follow:
 * @clipboard: holds the link of @row by now, as text or as a picture
 *
 * Takes off the clipboard what is there now, should it still be there when the link dies.
 */
void
vrf_link_copy_follow (GdkClipboard *clipboard, VrfRow *row)
{
  const char *url = vrf_row_get_capture_url (row);
  GdkContentProvider *content = gdk_clipboard_get_content (clipboard);
  LinkCopy *copy = NULL;

  if (url == NULL || content == NULL)
    return;

  copy = g_new0 (LinkCopy, 1);
  copy->clipboard = g_object_ref (clipboard);
  copy->content = g_object_ref (content);
  copy->url = g_strdup (url);
  g_signal_connect_data (row, "changed", G_CALLBACK (changed_cb), copy, link_copy_free, 0);
}
