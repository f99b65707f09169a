/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-sections.h"

#include "desk/session/vrf-metadata-dialog.h"

/*
 * Tags and metadata: what a desk writes on a session. Both can be changed on the page, until the
 * session's data are deleted or the key turns out not to have the right.
 */

#define MAX_TAGS 50 /* verifa-api.md 8.2 */
#define MAX_TAG_CHARS 64
#define ADD_DATA "vrf-add-tag"

static gboolean
is_redacted (VrfSession *session)
{
  return g_strcmp0 (session->retention_status, "redacted") == 0;
}

/* Tags */

static GtkWidget *
append (GtkWidget *flow, GtkWidget *widget)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), widget);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (GTK_FLOW_BOX (flow), child);

  return child;
}

static GtkWidget *
new_tag (const char *tag, gboolean editable, gboolean busy)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = gtk_label_new (tag);
  GtkWidget *button = NULL;
  /* Translators: %s is a tag */
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), tag);

  gtk_widget_add_css_class (box, "vrf-tag");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_box_append (GTK_BOX (box), label);
  if (!editable)
    return box;

  button = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_sensitive (button, !busy);
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", tag);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "session.remove-tag");
  gtk_box_append (GTK_BOX (box), button);

  return box;
}

static void
entered_cb (GtkEntry *entry, GtkPopover *popover)
{
  g_autofree char *tag = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (*tag == '\0')
    return;
  gtk_widget_activate_action (GTK_WIDGET (entry), "session.add-tag", "s", tag);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_popover_popdown (popover);
}

static GtkWidget *
new_add_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("New tag"));
  gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_TAG_CHARS);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("New tag"), -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (entered_cb), popover, 0);
  gtk_popover_set_child (GTK_POPOVER (popover), entry);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Add Tag"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Add Tag"), -1);

  return button;
}

/* The button to add stays, with what is being typed into it; the tags are made anew. */
static GtkWidget *
take_flow (VrfSection *section)
{
  GtkWidget *flow = vrf_section_get_content (section);
  GtkWidget *add = NULL;

  if (flow == NULL)
    {
      flow = gtk_flow_box_new ();
      gtk_widget_add_css_class (flow, "vrf-flush");
      gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
      gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 10);
      gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 8);
      gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 8);
      add = append (flow, new_add_button ());
      g_object_set_data (G_OBJECT (flow), ADD_DATA, add);
      vrf_section_set_content (section, flow);
    }
  add = g_object_get_data (G_OBJECT (flow), ADD_DATA);
  while (gtk_widget_get_first_child (flow) != add)
    gtk_flow_box_remove (GTK_FLOW_BOX (flow), gtk_widget_get_first_child (flow));

  return flow;
}

void
vrf_sections_show_tags (VrfSection *section, VrfSessionEditor *editor)
{
  VrfSession *session = vrf_row_get_session (vrf_session_editor_get_row (editor));
  gboolean may = vrf_session_editor_may (editor, VRF_RIGHT_EDIT_TAGS);
  gboolean busy = vrf_session_editor_is_busy (editor, VRF_RIGHT_EDIT_TAGS);
  gboolean editable = may && !is_redacted (session);
  guint n = session->tags != NULL ? g_strv_length (session->tags) : 0;
  GtkWidget *flow = NULL;

  vrf_section_begin_rows (section);
  if (n == 0 && !editable)
    {
      vrf_section_set_content (section, NULL);
      vrf_section_end (section);
      return;
    }

  flow = take_flow (section);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *child = append (flow, new_tag (session->tags[i], editable, busy));

      g_object_ref (child);
      gtk_flow_box_remove (GTK_FLOW_BOX (flow), child);
      gtk_flow_box_insert (GTK_FLOW_BOX (flow), child, (int) i);
      g_object_unref (child);
    }
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (flow), ADD_DATA), editable && n < MAX_TAGS);
  if (!may)
    vrf_section_add_note (section, _ ("The API key may not change tags."));
  vrf_section_end (section);
}

/* Metadata */

static void
set_edit_button (VrfSection *section, gboolean editable, gboolean busy)
{
  GtkWidget *button = vrf_section_get_button (section);

  if (!editable)
    {
      vrf_section_set_button (section, NULL);
      return;
    }
  if (button == NULL)
    {
      button = gtk_button_new_with_label (_ ("Edit…"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "session.edit-metadata");
      gtk_accessible_update_property (
          GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Edit Metadata"), -1);
      vrf_section_set_button (section, button);
    }
  gtk_widget_set_sensitive (button, !busy);
}

void
vrf_sections_show_metadata (VrfSection *section, VrfSessionEditor *editor)
{
  VrfSession *session = vrf_row_get_session (vrf_session_editor_get_row (editor));
  JsonObject *metadata = session->metadata;
  gboolean may = vrf_session_editor_may (editor, VRF_RIGHT_EDIT_METADATA);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  vrf_section_begin (section);
  set_edit_button (section,
                   may && !is_redacted (session),
                   vrf_session_editor_is_busy (editor, VRF_RIGHT_EDIT_METADATA));
  if (metadata != NULL)
    {
      json_object_iter_init_ordered (&iter, metadata);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        {
          g_autofree char *text = vrf_metadata_dup_text (node);

          if (!vrf_metadata_is_own (name))
            vrf_section_add_kv (section, name, text);
        }
    }
  if (!may)
    vrf_section_add_note (section, _ ("The API key may not change metadata."));
  else if (vrf_section_get_n_rows (section) == 0 && !is_redacted (session))
    vrf_section_add_note (section, _ ("None"));
  vrf_section_end (section);
}
