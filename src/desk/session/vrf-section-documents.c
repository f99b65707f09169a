/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-sections.h"

#include "desk/session/vrf-document-tile.h"

/*
 * The Documents section: a tile a file, covered until somebody asks for the pictures. The tiles are
 * made once for the same files, so that the focus stays where it is.
 */

#define MAX_COLUMNS 4

static gboolean
is_same (GtkWidget *flow, GPtrArray *documents)
{
  GtkWidget *child = gtk_widget_get_first_child (flow);

  for (guint i = 0; i < documents->len; i++)
    {
      const VrfDocument *document = g_ptr_array_index (documents, i);
      GtkWidget *tile =
          child != NULL ? gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child)) : NULL;

      if (tile == NULL
          || g_strcmp0 (vrf_document_tile_get_doc_type (VRF_DOCUMENT_TILE (tile)),
                        document->doc_type)
                 != 0)
        return FALSE;
      child = gtk_widget_get_next_sibling (child);
    }
  return child == NULL;
}

static GtkWidget *
new_flow (GPtrArray *documents)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_widget_add_css_class (flow, "vrf-flush");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), MAX_COLUMNS);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 8);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 8);
  for (guint i = 0; i < documents->len; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child),
                                    vrf_document_tile_new (g_ptr_array_index (documents, i)));
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }
  return flow;
}

static void
update_tiles (GtkWidget *flow, VrfPictures *pictures)
{
  for (GtkWidget *child = gtk_widget_get_first_child (flow); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    vrf_document_tile_update (
        VRF_DOCUMENT_TILE (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child))), pictures);
}

static gboolean
has_picture (GPtrArray *documents)
{
  for (guint i = 0; i < documents->len; i++)
    {
      const VrfDocument *document = g_ptr_array_index (documents, i);

      if (vrf_pictures_is_picture (document->mime_type))
        return TRUE;
    }
  return FALSE;
}

static void
set_button (VrfSection *section, gboolean shown)
{
  GtkWidget *button = vrf_section_get_button (section);

  if (button == NULL)
    {
      button = gtk_button_new ();
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "session.show-pictures");
      vrf_section_set_button (section, button);
    }
  gtk_button_set_label (GTK_BUTTON (button), shown ? _ ("Hide") : _ ("Show Pictures"));
}

static char *
dup_note (VrfSessionDetail *detail, VrfPictures *pictures)
{
  const GError *error = vrf_pictures_get_error (pictures);

  if (vrf_session_detail_is_forbidden (detail, VRF_DETAIL_DOCUMENTS))
    return g_strdup (_ ("The API key may not see the documents."));
  if (vrf_session_detail_is_gone (detail, VRF_DETAIL_DOCUMENTS))
    return g_strdup (_ ("No longer available (retention)"));
  if (error != NULL)
    /* Translators: a sentence that says why follows */
    return g_strdup_printf (_ ("Not all pictures could be loaded: %s"), error->message);
  return NULL;
}

void
vrf_sections_show_documents (VrfSection *section, VrfSessionEditor *editor)
{
  VrfSessionDetail *detail = vrf_session_editor_get_detail (editor);
  VrfPictures *pictures = vrf_session_editor_get_pictures (editor);
  GPtrArray *documents = vrf_session_detail_get_documents (detail);
  gboolean any = documents != NULL && documents->len > 0;
  GtkWidget *flow = vrf_section_get_content (section);
  g_autofree char *note = dup_note (detail, pictures);

  if (!any)
    vrf_section_set_content (section, NULL);
  else if (flow == NULL || !is_same (flow, documents))
    {
      flow = new_flow (documents);
      vrf_section_set_content (section, flow);
    }
  if (any)
    update_tiles (flow, pictures);
  if (any && has_picture (documents))
    set_button (section, vrf_pictures_is_shown (pictures));
  else
    vrf_section_set_button (section, NULL);
  vrf_section_begin_rows (section);
  if (note != NULL)
    vrf_section_add_note (section, note);
  vrf_section_end (section);
}
