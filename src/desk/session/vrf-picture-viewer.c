/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <math.h>

#include "desk/session/vrf-picture-viewer.h"

#include "desk/widgets/vrf-env-tag.h"
#include "desk/widgets/vrf-picture-view.h"

#define ZOOM_STEP 1.25
#define PAN_PX 60
/* Narrower than this the selfie stands below. */
#define BESIDE_FROM_PX 560

struct _VrfPictureViewer
{
  AdwWindow parent_instance;

  /* owned */
  VrfPictures *pictures;
  GStrv doc_types;

  guint shown; /* index in doc_types */
  gboolean beside;
  guint fold_id;

  /* template */
  GtkWidget *env_tag;
  GtkWidget *title;
  GtkWidget *beside_button;
  GtkWidget *views;
  GtkWidget *view;
  GtkWidget *selfie_view;
  GtkWidget *pages;
  GtkWidget *fit_button;
};

G_DEFINE_FINAL_TYPE (VrfPictureViewer, vrf_picture_viewer, ADW_TYPE_WINDOW)

static void
show_picture (VrfPictureViewer *self, GtkWidget *view, const char *doc_type)
{
  VrfImage *image = vrf_pictures_get_image (self->pictures, doc_type);

  vrf_picture_view_set_texture (VRF_PICTURE_VIEW (view),
                                image != NULL ? image->texture : NULL,
                                vrf_pictures_get_label (doc_type));
}

static gboolean
has_selfie (VrfPictureViewer *self)
{
  return vrf_pictures_get_image (self->pictures, "selfie") != NULL
         && !g_str_equal (self->doc_types[self->shown], "selfie");
}

static void
update (VrfPictureViewer *self)
{
  guint n = g_strv_length (self->doc_types);
  gboolean both = self->beside && has_selfie (self);
  GtkWidget *widget = GTK_WIDGET (self);

  show_picture (self, self->view, self->doc_types[self->shown]);
  if (both)
    show_picture (self, self->selfie_view, "selfie");
  gtk_widget_set_visible (self->selfie_view, both);
  vrf_picture_view_link (VRF_PICTURE_VIEW (self->view),
                         both ? VRF_PICTURE_VIEW (self->selfie_view) : NULL);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title),
                              vrf_pictures_get_label (self->doc_types[self->shown]));
  gtk_widget_set_visible (self->pages, n > 1);
  gtk_widget_action_set_enabled (widget, "viewer.previous", self->shown > 0);
  gtk_widget_action_set_enabled (widget, "viewer.next", self->shown + 1 < n);
  gtk_widget_action_set_enabled (widget, "viewer.beside", has_selfie (self));
}

static void
zoomed_cb (VrfPictureViewer *self)
{
  double zoom = vrf_picture_view_get_zoom (VRF_PICTURE_VIEW (self->view));
  g_autofree char *label = g_strdup_printf ("%d %%", (int) round (zoom * 100));

  gtk_button_set_label (GTK_BUTTON (self->fit_button), label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.zoom-out", zoom > 1.0);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "viewer.zoom-in", zoom < VRF_PICTURE_VIEW_MAX_ZOOM);
}

/* The one that is worked on: that with the focus, else the document. */
static VrfPictureView *
get_active (VrfPictureViewer *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  return VRF_PICTURE_VIEW (focus == self->selfie_view ? self->selfie_view : self->view);
}

/* Actions */

static void
zoom_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfPictureViewer *self = VRF_PICTURE_VIEWER (widget);
  gboolean in = g_str_equal (action_name, "viewer.zoom-in");

  vrf_picture_view_zoom_by (VRF_PICTURE_VIEW (self->view), in ? ZOOM_STEP : 1 / ZOOM_STEP);
}

static void
fit_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  vrf_picture_view_fit (VRF_PICTURE_VIEW (VRF_PICTURE_VIEWER (widget)->view));
}

static void
rotate_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  vrf_picture_view_rotate (get_active (VRF_PICTURE_VIEWER (widget)),
                           g_str_equal (action_name, "viewer.rotate-left") ? -1 : 1);
}

static void
step_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfPictureViewer *self = VRF_PICTURE_VIEWER (widget);

  self->shown += g_str_equal (action_name, "viewer.next") ? 1 : -1;
  update (self);
}

static void
pan_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfPictureViewer *self = VRF_PICTURE_VIEWER (widget);
  int dx = 0;
  int dy = 0;

  g_variant_get (parameter, "(ii)", &dx, &dy);
  vrf_picture_view_pan (VRF_PICTURE_VIEW (self->view), dx * PAN_PX, dy * PAN_PX);
}

static void
set_beside (VrfPictureViewer *self, gboolean beside)
{
  self->beside = beside;
  update (self);
}

static void
beside_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfPictureViewer *self = VRF_PICTURE_VIEWER (widget);

  set_beside (self, !self->beside);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->beside_button), self->beside);
}

/* What is hidden on the page is not shown here. */
static void
pictures_changed_cb (VrfPictureViewer *self)
{
  if (!vrf_pictures_is_shown (self->pictures))
    gtk_window_close (GTK_WINDOW (self));
}

/* Folding */

static gboolean
fold_cb (gpointer user_data)
{
  VrfPictureViewer *self = user_data;
  gboolean narrow = gtk_widget_get_width (GTK_WIDGET (self)) < BESIDE_FROM_PX;

  self->fold_id = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->views),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (self->env_tag, !narrow);
  return G_SOURCE_REMOVE;
}

/* Not while sizes are being given out. */
static void
vrf_picture_viewer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfPictureViewer *self = VRF_PICTURE_VIEWER (widget);

  GTK_WIDGET_CLASS (vrf_picture_viewer_parent_class)
      ->size_allocate (widget, width, height, baseline);
  if (self->fold_id == 0)
    self->fold_id = g_idle_add (fold_cb, self);
}

/* The object */

static void
vrf_picture_viewer_dispose (GObject *object)
{
  VrfPictureViewer *self = VRF_PICTURE_VIEWER (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  if (self->view != NULL)
    vrf_picture_view_link (VRF_PICTURE_VIEW (self->view), NULL);

  G_OBJECT_CLASS (vrf_picture_viewer_parent_class)->dispose (object);
}

static void
vrf_picture_viewer_finalize (GObject *object)
{
  VrfPictureViewer *self = VRF_PICTURE_VIEWER (object);

  g_clear_object (&self->pictures);
  g_clear_pointer (&self->doc_types, g_strfreev);

  G_OBJECT_CLASS (vrf_picture_viewer_parent_class)->finalize (object);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, 0, "viewer.zoom-in" },   { GDK_KEY_plus, GDK_SHIFT_MASK, "viewer.zoom-in" },
    { GDK_KEY_equal, 0, "viewer.zoom-in" },  { GDK_KEY_KP_Add, 0, "viewer.zoom-in" },
    { GDK_KEY_minus, 0, "viewer.zoom-out" }, { GDK_KEY_KP_Subtract, 0, "viewer.zoom-out" },
    { GDK_KEY_0, 0, "viewer.fit" },          { GDK_KEY_KP_0, 0, "viewer.fit" },
    { GDK_KEY_r, 0, "viewer.rotate-right" }, { GDK_KEY_r, GDK_SHIFT_MASK, "viewer.rotate-left" },
    { GDK_KEY_s, 0, "viewer.beside" },       { GDK_KEY_Page_Up, 0, "viewer.previous" },
    { GDK_KEY_Page_Down, 0, "viewer.next" }, { GDK_KEY_Escape, 0, "window.close" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (
        widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

/* The arrows belong to the picture while it has the focus; else they move the focus. */
static gboolean
key_pressed_cb (VrfPictureViewer *self, guint key)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  int dx = (key == GDK_KEY_Left) - (key == GDK_KEY_Right);
  int dy = (key == GDK_KEY_Up) - (key == GDK_KEY_Down);

  if (focus == NULL || !VRF_IS_PICTURE_VIEW (focus) || (dx == 0 && dy == 0))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_activate_action (GTK_WIDGET (self), "viewer.pan", "(ii)", dx, dy);
  return GDK_EVENT_STOP;
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, VrfPictureViewer, member)

static void
vrf_picture_viewer_class_init (VrfPictureViewerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = vrf_picture_viewer_dispose;
  object_class->finalize = vrf_picture_viewer_finalize;
  widget_class->size_allocate = vrf_picture_viewer_size_allocate;

  g_type_ensure (VRF_TYPE_ENV_TAG);
  g_type_ensure (VRF_TYPE_PICTURE_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/withverifa/Desk/session/vrf-picture-viewer.ui");
  BIND (env_tag);
  BIND (title);
  BIND (beside_button);
  BIND (views);
  BIND (view);
  BIND (selfie_view);
  BIND (pages);
  BIND (fit_button);

  gtk_widget_class_install_action (widget_class, "viewer.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "viewer.fit", NULL, fit_action);
  gtk_widget_class_install_action (widget_class, "viewer.rotate-left", NULL, rotate_action);
  gtk_widget_class_install_action (widget_class, "viewer.rotate-right", NULL, rotate_action);
  gtk_widget_class_install_action (widget_class, "viewer.previous", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "viewer.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "viewer.pan", "(ii)", pan_action);
  gtk_widget_class_install_action (widget_class, "viewer.beside", NULL, beside_action);
  bind_keys (widget_class);
}

#undef BIND

static void
vrf_picture_viewer_init (VrfPictureViewer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (
      self->view, "notify::zoom", G_CALLBACK (zoomed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
vrf_picture_viewer_new (VrfPictures *pictures, const char *const *doc_types, const char *title)
{
  VrfPictureViewer *self = NULL;

  g_return_val_if_fail (doc_types[0] != NULL, NULL);

  self = g_object_new (VRF_TYPE_PICTURE_VIEWER, NULL);
  self->pictures = g_object_ref (pictures);
  self->doc_types = g_strdupv ((char **) doc_types);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), title);
  g_signal_connect_object (
      pictures, "changed", G_CALLBACK (pictures_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
  zoomed_cb (self);
  gtk_widget_grab_focus (self->view);

  return GTK_WIDGET (self);
}

void
vrf_picture_viewer_set_environment (VrfPictureViewer *self, const char *environment)
{
  g_return_if_fail (VRF_IS_PICTURE_VIEWER (self));

  vrf_env_tag_set_environment (VRF_ENV_TAG (self->env_tag), environment);
}

/** vrf_picture_viewer_show: @doc_type: one of those it was made with */
void
vrf_picture_viewer_show (VrfPictureViewer *self, const char *doc_type)
{
  g_return_if_fail (VRF_IS_PICTURE_VIEWER (self));

  for (guint i = 0; self->doc_types[i] != NULL; i++)
    if (g_str_equal (self->doc_types[i], doc_type))
      self->shown = i;
  update (self);
}

/** vrf_picture_viewer_get_shown: Returns: (transfer none): its doc_type */
const char *
vrf_picture_viewer_get_shown (VrfPictureViewer *self)
{
  g_return_val_if_fail (VRF_IS_PICTURE_VIEWER (self), NULL);

  return self->doc_types[self->shown];
}
