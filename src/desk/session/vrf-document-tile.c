/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-document-tile.h"

#define TILE_WIDTH 150
#define TILE_HEIGHT 112

struct _VrfDocumentTile
{
  GtkWidget parent_instance;

  /* owned */
  char *doc_type;
  gboolean is_picture;

  /* children */
  GtkWidget *box;
  GtkWidget *button;
  GtkWidget *picture;
  GtkWidget *cover; /* over the picture: why it is not to be seen */
  GtkWidget *cover_icon;
  GtkWidget *cover_label;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (VrfDocumentTile, vrf_document_tile, GTK_TYPE_WIDGET)

static void
vrf_document_tile_dispose (GObject *object)
{
  VrfDocumentTile *self = VRF_DOCUMENT_TILE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->doc_type, g_free);

  G_OBJECT_CLASS (vrf_document_tile_parent_class)->dispose (object);
}

static void
vrf_document_tile_class_init (VrfDocumentTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_document_tile_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_cover (VrfDocumentTile *self)
{
  GtkWidget *cover = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  self->cover_icon = gtk_image_new ();
  self->cover_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->cover_label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->cover_label), 14);
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (cover), self->spinner);
  gtk_box_append (GTK_BOX (cover), self->cover_icon);
  gtk_box_append (GTK_BOX (cover), self->cover_label);
  gtk_widget_add_css_class (cover, "vrf-document-cover");
  gtk_widget_set_halign (cover, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (cover, GTK_ALIGN_CENTER);

  return cover;
}

static void
vrf_document_tile_init (VrfDocumentTile *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  /* The room comes from the tile: a picture would ask for its own. */
  GtkWidget *room = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_size_request (room, TILE_WIDTH, TILE_HEIGHT);
  self->cover = new_cover (self);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), room);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->picture);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->cover);
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (overlay, "vrf-document");

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), overlay);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "vrf-document-button");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
add_caption (VrfDocumentTile *self, const VrfDocument *document)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (vrf_pictures_get_label (document->doc_type));
  GtkWidget *format = gtk_label_new (vrf_pictures_get_format (document->mime_type));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (format, "caption");
  gtk_widget_add_css_class (format, "vrf-secondary");
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), format);
  gtk_box_append (GTK_BOX (self->box), line);
}

GtkWidget *
vrf_document_tile_new (const VrfDocument *document)
{
  VrfDocumentTile *self = g_object_new (VRF_TYPE_DOCUMENT_TILE, NULL);

  self->doc_type = g_strdup (document->doc_type);
  self->is_picture = vrf_pictures_is_picture (document->mime_type);
  add_caption (self, document);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", self->doc_type);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "session.open-document");

  return GTK_WIDGET (self);
}

/** vrf_document_tile_get_doc_type: Returns: (transfer none) */
const char *
vrf_document_tile_get_doc_type (VrfDocumentTile *self)
{
  return self->doc_type;
}

typedef struct
{
  const char *icon_name; /* NULL: a spinner */
  const char *word;
  const char *tooltip;
} Cover;

static Cover
get_cover (VrfDocumentTile *self, VrfPictureState state)
{
  if (!self->is_picture)
    return (Cover){ "document-save-symbolic", _ ("Save a Copy…"), _ ("It is not opened here") };

  switch (state)
    {
    case VRF_PICTURE_LOADING:
      return (Cover){ NULL, _ ("Loading…"), NULL };
    case VRF_PICTURE_UNSAFE:
      return (Cover){ "dialog-warning-symbolic",
                      _ ("Not displayed"), _ ("It could not be displayed safely.") };
    case VRF_PICTURE_FAILED:
      return (Cover){ "dialog-warning-symbolic",
                      _ ("Not loaded"), _ ("Hide the pictures and show them again.") };
    case VRF_PICTURE_HIDDEN:
    case VRF_PICTURE_READY:
    default:
      return (Cover){ "changes-prevent-symbolic", _ ("Hidden"), _ ("Show the pictures") };
    }
}

static void
name_button (VrfDocumentTile *self, const char *word)
{
  /* Translators: what a picture shows, then what can be seen of it, as in “Selfie, hidden” */
  g_autofree char *label =
      g_strdup_printf (_ ("%1$s, %2$s"), vrf_pictures_get_label (self->doc_type), word);

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
vrf_document_tile_update (VrfDocumentTile *self, VrfPictures *pictures)
{
  VrfPictureState state = vrf_pictures_get_state (pictures, self->doc_type);
  VrfImage *image = vrf_pictures_get_image (pictures, self->doc_type);
  Cover cover = get_cover (self, state);
  gboolean loading = self->is_picture && state == VRF_PICTURE_LOADING;

  gtk_picture_set_paintable (GTK_PICTURE (self->picture),
                             image != NULL ? GDK_PAINTABLE (image->thumbnail) : NULL);
  gtk_widget_set_visible (self->cover, image == NULL);
  gtk_label_set_text (GTK_LABEL (self->cover_label), cover.word);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->cover_icon), cover.icon_name);
  gtk_widget_set_visible (self->cover_icon, cover.icon_name != NULL);
  gtk_widget_set_visible (self->spinner, loading);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), loading);
  gtk_widget_set_tooltip_text (self->button, image != NULL ? _ ("Look Closely") : cover.tooltip);
  name_button (self, image != NULL ? _ ("shown") : cover.word);
}
