/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "desk/session/vrf-metadata-dialog.h"

#include "base/vrf-json.h"

/*
 * The server merges: a key that is not sent stays as it is. So only what was changed here is sent,
 * and what another desk changes at the same time is not undone.
 */

#define MAX_KEYS 50 /* verifa-api.md 8.2 */
#define MAX_VALUE_BYTES (16 * 1024)
#define LIST_HEIGHT 320

typedef struct
{
  char *key;
  char *before;     /* the text it began with */
  gboolean is_text; /* else its text is JSON */
  gboolean removed;
  GtkWidget *row;
  GtkWidget *remove_button;
} Entry;

typedef struct
{
  GObject *target; /* owned */
  VrfMetadataDone done;
  GPtrArray *entries; /* Entry */
  guint n_keys;       /* all of the session's, also those that are not edited here */
  GtkWidget *dialog;
  GtkWidget *key_row;
  GtkWidget *value_row;
} Ask;

gboolean
vrf_metadata_is_own (const char *key)
{
  return g_str_equal (key, "applicant_name") || g_str_equal (key, "desk")
         || g_str_equal (key, "applicant_email");
}

static gboolean
is_text (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING;
}

char *
vrf_metadata_dup_text (JsonNode *value)
{
  return is_text (value) ? json_node_dup_string (value) : vrf_json_to_text (value);
}

static void
entry_free (Entry *entry)
{
  g_free (entry->key);
  g_free (entry->before);
  g_free (entry);
}

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  g_object_unref (ask->target);
  g_ptr_array_unref (ask->entries);
  g_free (ask);
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* The value that @text is in JSON; NULL when it is none. */
static JsonNode *
parse_value (const char *text)
{
  g_autofree char *whole = g_strdup_printf ("{\"v\":%s}", text);
  g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));
  g_autoptr (JsonNode) root = vrf_json_parse (bytes, MAX_VALUE_BYTES + 8, NULL);
  JsonObject *object =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (object == NULL || json_object_get_size (object) != 1 || !json_object_has_member (object, "v"))
    return NULL;
  return json_object_dup_member (object, "v");
}

static JsonNode *
new_value (const char *text, gboolean is_text)
{
  JsonNode *node = NULL;

  if (!is_text)
    return parse_value (text);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, text);
  return node;
}

static gboolean
is_changed (const Entry *entry)
{
  return entry->removed || g_strcmp0 (get_text (entry->row), entry->before) != 0;
}

static gboolean
is_valid (const Entry *entry)
{
  g_autoptr (JsonNode) value = NULL;

  if (!is_changed (entry) || entry->removed)
    return TRUE;
  value = new_value (get_text (entry->row), entry->is_text);
  return value != NULL && strlen (get_text (entry->row)) <= MAX_VALUE_BYTES;
}

static gboolean
has_key (const Ask *ask, const char *key)
{
  for (guint i = 0; i < ask->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (ask->entries, i);

      if (g_str_equal (entry->key, key))
        return TRUE;
    }
  return vrf_metadata_is_own (key);
}

static gboolean
is_new_valid (const Ask *ask)
{
  const char *key = get_text (ask->key_row);
  const char *value = get_text (ask->value_row);

  if (*key == '\0')
    return *value == '\0';
  return *value != '\0' && !has_key (ask, key) && ask->n_keys < MAX_KEYS
         && strlen (value) <= MAX_VALUE_BYTES;
}

/* (transfer full) */
static JsonObject *
new_patch (const Ask *ask)
{
  JsonObject *patch = json_object_new ();

  for (guint i = 0; i < ask->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (ask->entries, i);

      if (entry->removed)
        json_object_set_null_member (patch, entry->key);
      else if (is_changed (entry))
        json_object_set_member (
            patch, entry->key, new_value (get_text (entry->row), entry->is_text));
    }
  if (*get_text (ask->key_row) != '\0')
    json_object_set_string_member (patch, get_text (ask->key_row), get_text (ask->value_row));
  return patch;
}

static void
mark (GtkWidget *row, gboolean valid)
{
  if (valid)
    gtk_widget_remove_css_class (row, "error");
  else
    gtk_widget_add_css_class (row, "error");
}

static void
update (Ask *ask)
{
  gboolean changed = *get_text (ask->key_row) != '\0';
  gboolean valid = is_new_valid (ask);

  mark (ask->key_row, valid);
  for (guint i = 0; i < ask->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (ask->entries, i);

      mark (entry->row, is_valid (entry));
      valid = valid && is_valid (entry);
      changed = changed || is_changed (entry);
    }
  adw_message_dialog_set_response_enabled (
      ADW_MESSAGE_DIALOG (ask->dialog), "save", valid && changed);
}

static void
responded_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Ask *ask = user_data;
  JsonObject *patch = NULL;

  if (g_strcmp0 (response, "save") != 0)
    return;
  patch = new_patch (ask);
  ask->done (ask->target, patch);
  json_object_unref (patch);
}

/* Pressed again it stays after all. */
static void
remove_cb (Ask *ask, GtkButton *button)
{
  for (guint i = 0; i < ask->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (ask->entries, i);

      if (entry->remove_button != GTK_WIDGET (button))
        continue;
      entry->removed = !entry->removed;
      gtk_editable_set_editable (GTK_EDITABLE (entry->row), !entry->removed);
      gtk_button_set_icon_name (button,
                                entry->removed ? "edit-undo-symbolic" : "edit-delete-symbolic");
      if (entry->removed)
        gtk_widget_add_css_class (entry->row, "vrf-removed");
      else
        gtk_widget_remove_css_class (entry->row, "vrf-removed");
    }
  update (ask);
}

static GtkWidget *
add_row (Ask *ask, GtkWidget *list, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (update), ask);
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return row;
}

static void
add_entry (Ask *ask, GtkWidget *list, const char *key, JsonNode *value)
{
  Entry *entry = g_new0 (Entry, 1);
  /* Translators: %s is the name of an entry of the metadata */
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), key);

  entry->key = g_strdup (key);
  entry->before = vrf_metadata_dup_text (value);
  entry->is_text = is_text (value);
  entry->row = add_row (ask, list, key, entry->before);
  entry->remove_button = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  gtk_widget_set_valign (entry->remove_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (entry->remove_button, "flat");
  gtk_widget_set_tooltip_text (entry->remove_button, label);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (entry->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (entry->remove_button, "clicked", G_CALLBACK (remove_cb), ask);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry->row), entry->remove_button);
  g_ptr_array_add (ask->entries, entry);
}

static GtkWidget *
new_form (Ask *ask, JsonObject *metadata)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *value = NULL;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  ask->key_row = add_row (ask, list, _ ("New Key"), "");
  ask->value_row = add_row (ask, list, _ ("New Value"), "");
  if (metadata != NULL)
    {
      ask->n_keys = json_object_get_size (metadata);
      json_object_iter_init_ordered (&iter, metadata);
      while (json_object_iter_next_ordered (&iter, &key, &value))
        if (!vrf_metadata_is_own (key))
          add_entry (ask, list, key, value);
    }
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);

  return scroller;
}

void
vrf_metadata_dialog_ask (GtkWidget *widget,
                         JsonObject *metadata,
                         VrfMetadataDone done,
                         GObject *target)
{
  Ask *ask = g_new0 (Ask, 1);
  AdwMessageDialog *message = NULL;

  ask->target = g_object_ref (target);
  ask->done = done;
  ask->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  ask->dialog =
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                              _ ("Edit Metadata"),
                                 _ ("Only what you change is sent. What others change meanwhile "
                                    "stays."));
  message = ADW_MESSAGE_DIALOG (ask->dialog);
  adw_message_dialog_add_response (message, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (message, "save", _ ("_Save"));
  adw_message_dialog_set_response_appearance (message, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  adw_message_dialog_set_extra_child (message, new_form (ask, metadata));
  g_signal_connect_data (
      message, "response", G_CALLBACK (responded_cb), ask, ask_free, (GConnectFlags) 0);
  update (ask);
  gtk_window_present (GTK_WINDOW (ask->dialog));
}
