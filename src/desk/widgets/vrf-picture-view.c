/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "desk/widgets/vrf-picture-view.h"

/*
 * What is shown is three things: zoom, quarter turns, and the point of the turned picture that is
 * in the middle, as a part of its width and height. None depends on the size of widget or picture,
 * so two views can share them, and a resized window shows the same place.
 */

#define WHEEL_FACTOR 1.15
#define CLICK_ZOOM 2.5
#define NATURAL_PX 320

struct _VrfPictureView
{
  GtkWidget parent_instance;

  /* owned */
  GdkTexture *texture; /* nullable */
  char *name;          /* nullable */

  VrfPictureView *other; /* linked, weak */

  double zoom;
  double center_x;
  double center_y;
  int turns; /* 0 to 3, clockwise */

  double drag_x; /* where the middle was when a drag began */
  double drag_y;
  double pinch_zoom; /* the zoom when a pinch began */
};

G_DEFINE_FINAL_TYPE (VrfPictureView, vrf_picture_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ZOOM = 1,
} VrfPictureViewProperty;

static GParamSpec *properties[PROP_ZOOM + 1];

/* Where the picture is */

typedef struct
{
  double scale; /* widget pixels a pixel of the picture */
  double width; /* of the turned picture, in the widget */
  double height;
  double x; /* of its corner */
  double y;
} Place;

static gboolean
get_place (VrfPictureView *self, double zoom, Place *place)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double picture_width = 0.0;
  double picture_height = 0.0;

  if (self->texture == NULL || width <= 0 || height <= 0)
    return FALSE;

  picture_width = gdk_texture_get_width (self->texture);
  picture_height = gdk_texture_get_height (self->texture);
  if (self->turns % 2 == 1)
    {
      double swap = picture_width;

      picture_width = picture_height;
      picture_height = swap;
    }
  place->scale = MIN (width / picture_width, height / picture_height) * zoom;
  place->width = picture_width * place->scale;
  place->height = picture_height * place->scale;
  place->x = width / 2 - self->center_x * place->width;
  place->y = height / 2 - self->center_y * place->height;
  return TRUE;
}

/* No empty strip at an edge while the picture is larger than the widget that way. */
static double
clamp_center (double center, double size, double room)
{
  return size <= room ? 0.5 : CLAMP (center, room / 2 / size, 1 - room / 2 / size);
}

static void
update_label (VrfPictureView *self)
{
  /* Translators: what a picture shows, then how much it is enlarged, in percent of the whole
   * picture */
  g_autofree char *label = g_strdup_printf (
      _ ("%1$s, %2$d %%"), self->name != NULL ? self->name : "", (int) round (self->zoom * 100));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_view (VrfPictureView *self, double zoom, double center_x, double center_y)
{
  double room_x = gtk_widget_get_width (GTK_WIDGET (self));
  double room_y = gtk_widget_get_height (GTK_WIDGET (self));
  gboolean zoomed = FALSE;
  Place place;

  zoom = CLAMP (zoom, 1.0, VRF_PICTURE_VIEW_MAX_ZOOM);
  zoomed = zoom != self->zoom;
  self->zoom = zoom;
  if (get_place (self, zoom, &place))
    {
      center_x = clamp_center (center_x, place.width, room_x);
      center_y = clamp_center (center_y, place.height, room_y);
    }
  self->center_x = center_x;
  self->center_y = center_y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (zoomed)
    {
      update_label (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
    }
}

/* As a person wants it: the linked one goes along. */
static void
move (VrfPictureView *self, double zoom, double center_x, double center_y)
{
  set_view (self, zoom, center_x, center_y);
  if (self->other != NULL)
    set_view (self->other, self->zoom, self->center_x, self->center_y);
}

/* Painting */

static void
vrf_picture_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VrfPictureView *self = VRF_PICTURE_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  Place place;
  float w = 0;
  float h = 0;

  if (!get_place (self, self->zoom, &place))
    return;

  w = (float) (gdk_texture_get_width (self->texture) * place.scale);
  h = (float) (gdk_texture_get_height (self->texture) * place.scale);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (place.x + place.width / 2),
                                                (float) (place.y + place.height / 2)));
  gtk_snapshot_rotate (snapshot, (float) (90 * self->turns));
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (-w / 2, -h / 2, w, h));
  gtk_snapshot_pop (snapshot);
}

static void
vrf_picture_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = 0;
  *natural = NATURAL_PX;
}

static void
vrf_picture_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfPictureView *self = VRF_PICTURE_VIEW (widget);
  Place place;

  if (!get_place (self, self->zoom, &place))
    return;
  self->center_x = clamp_center (self->center_x, place.width, width);
  self->center_y = clamp_center (self->center_y, place.height, height);
}

/* Pointer and touch */

static gboolean
scrolled_cb (VrfPictureView *self, double dx, double dy, GtkEventController *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  double root_x = 0.0;
  double root_y = 0.0;

  if (event != NULL && root != NULL && gdk_event_get_position (event, &root_x, &root_y))
    {
      double surface_x = 0.0;
      double surface_y = 0.0;

      gtk_native_get_surface_transform (GTK_NATIVE (root), &surface_x, &surface_y);
      gtk_widget_translate_coordinates (
          GTK_WIDGET (root), GTK_WIDGET (self), root_x - surface_x, root_y - surface_y, &x, &y);
    }
  vrf_picture_view_zoom_at (self, self->zoom * pow (WHEEL_FACTOR, -dy), x, y);
  return GDK_EVENT_STOP;
}

static void
drag_begun_cb (VrfPictureView *self)
{
  self->drag_x = self->center_x;
  self->drag_y = self->center_y;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
dragged_cb (VrfPictureView *self, double dx, double dy)
{
  Place place;

  if (get_place (self, self->zoom, &place))
    move (self, self->zoom, self->drag_x - dx / place.width, self->drag_y - dy / place.height);
}

static void
pinch_begun_cb (VrfPictureView *self)
{
  self->pinch_zoom = self->zoom;
}

static void
pinched_cb (VrfPictureView *self, double scale, GtkGesture *gesture)
{
  double x = 0.0;
  double y = 0.0;

  if (gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    vrf_picture_view_zoom_at (self, self->pinch_zoom * scale, x, y);
}

static void
clicked_cb (VrfPictureView *self, int n_press, double x, double y)
{
  if (n_press == 2)
    vrf_picture_view_zoom_at (self, self->zoom > 1.0 ? 1.0 : CLICK_ZOOM, x, y);
}

static void
add_controllers (VrfPictureView *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *widget = GTK_WIDGET (self);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begun_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begun_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

/* The object */

static void
vrf_picture_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfPictureView *self = VRF_PICTURE_VIEW (object);

  switch ((VrfPictureViewProperty) prop_id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_picture_view_dispose (GObject *object)
{
  VrfPictureView *self = VRF_PICTURE_VIEW (object);

  vrf_picture_view_link (self, NULL);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (vrf_picture_view_parent_class)->dispose (object);
}

static void
vrf_picture_view_class_init (VrfPictureViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = vrf_picture_view_get_property;
  object_class->dispose = vrf_picture_view_dispose;
  widget_class->snapshot = vrf_picture_view_snapshot;
  widget_class->measure = vrf_picture_view_measure;
  widget_class->size_allocate = vrf_picture_view_size_allocate;

  properties[PROP_ZOOM] =
      g_param_spec_double ("zoom",
                           NULL,
                           NULL,
                           1.0,
                           VRF_PICTURE_VIEW_MAX_ZOOM,
                           1.0,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_css_name (widget_class, "vrf-picture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
vrf_picture_view_init (VrfPictureView *self)
{
  self->zoom = 1.0;
  self->center_x = 0.5;
  self->center_y = 0.5;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  add_controllers (self);
}

GtkWidget *
vrf_picture_view_new (void)
{
  return g_object_new (VRF_TYPE_PICTURE_VIEW, NULL);
}

void
vrf_picture_view_set_texture (VrfPictureView *self, GdkTexture *texture, const char *name)
{
  g_return_if_fail (VRF_IS_PICTURE_VIEW (self));

  g_set_object (&self->texture, texture);
  g_free (self->name);
  self->name = g_strdup (name);
  self->turns = 0;
  set_view (self, 1.0, 0.5, 0.5);
  update_label (self);
}

double
vrf_picture_view_get_zoom (VrfPictureView *self)
{
  g_return_val_if_fail (VRF_IS_PICTURE_VIEW (self), 1.0);

  return self->zoom;
}

void
vrf_picture_view_zoom_at (VrfPictureView *self, double zoom, double x, double y)
{
  double middle_x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double middle_y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  Place before;
  Place after;

  g_return_if_fail (VRF_IS_PICTURE_VIEW (self));

  zoom = CLAMP (zoom, 1.0, VRF_PICTURE_VIEW_MAX_ZOOM);
  if (!get_place (self, self->zoom, &before) || !get_place (self, zoom, &after))
    return;
  move (self,
        zoom,
        (x - before.x) / before.width - (x - middle_x) / after.width,
        (y - before.y) / before.height - (y - middle_y) / after.height);
}

void
vrf_picture_view_zoom_by (VrfPictureView *self, double factor)
{
  g_return_if_fail (VRF_IS_PICTURE_VIEW (self));

  move (self, self->zoom * factor, self->center_x, self->center_y);
}

void
vrf_picture_view_fit (VrfPictureView *self)
{
  g_return_if_fail (VRF_IS_PICTURE_VIEW (self));

  move (self, 1.0, 0.5, 0.5);
}

/* @dx, @dy: how far the picture moves, px of the widget */
void
vrf_picture_view_pan (VrfPictureView *self, double dx, double dy)
{
  Place place;

  g_return_if_fail (VRF_IS_PICTURE_VIEW (self));

  if (get_place (self, self->zoom, &place))
    move (self, self->zoom, self->center_x - dx / place.width, self->center_y - dy / place.height);
}

/* Only this one: an ID that was photographed across stands beside an upright selfie. */
void
vrf_picture_view_rotate (VrfPictureView *self, int turns)
{
  double x = 0.0;
  double y = 0.0;

  g_return_if_fail (VRF_IS_PICTURE_VIEW (self));

  turns = ((turns % 4) + 4) % 4;
  self->turns = (self->turns + turns) % 4;
  for (; turns > 0; turns--)
    {
      /* The point in the middle turns with the picture. */
      x = 1 - self->center_y;
      y = self->center_x;
      self->center_x = x;
      self->center_y = y;
    }
  set_view (self, self->zoom, self->center_x, self->center_y);
}

int
vrf_picture_view_get_rotation (VrfPictureView *self)
{
  g_return_val_if_fail (VRF_IS_PICTURE_VIEW (self), 0);

  return self->turns;
}

void
vrf_picture_view_get_center (VrfPictureView *self, double *ret_x, double *ret_y)
{
  g_return_if_fail (VRF_IS_PICTURE_VIEW (self));

  *ret_x = self->center_x;
  *ret_y = self->center_y;
}

static void
unlink_one (VrfPictureView *self)
{
  if (self->other != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->other), (gpointer *) &self->other);
  self->other = NULL;
}

static void
link_one (VrfPictureView *self, VrfPictureView *other)
{
  self->other = other;
  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &self->other);
}

void
vrf_picture_view_link (VrfPictureView *self, VrfPictureView *other)
{
  g_return_if_fail (VRF_IS_PICTURE_VIEW (self));
  g_return_if_fail (other != self);

  if (self->other == other)
    return;
  if (self->other != NULL)
    unlink_one (self->other);
  unlink_one (self);
  if (other == NULL)
    return;

  if (other->other != NULL)
    unlink_one (other->other);
  unlink_one (other);
  link_one (self, other);
  link_one (other, self);
  set_view (other, self->zoom, self->center_x, self->center_y);
}
