/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>

#include "desk/widgets/vrf-tile.h"

#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfTile: what stands where the QR code stood: a disc with an icon, a title, a line, and room for
 * one more widget below. As large as code and link together, so that the dialog never changes size.
 */

#define TILE_WIDTH 343
#define TILE_HEIGHT 395
/* On a narrow screen the code is smaller, and so is what takes its place. */
#define TILE_COMPACT_WIDTH 324
#define TILE_COMPACT_HEIGHT 346
#define ICON_PX 64

struct _VrfTile
{
  GtkWidget parent_instance;

  /* owned */
  char *icon_name;
  char *title;
  char *subtitle;
  VrfTint tint;
  gboolean busy;
  gboolean compact;

  /* children */
  GtkWidget *box;
  GtkWidget *disc;           /* in box */
  GtkWidget *image;          /* in disc, a reference of ours: the spinner takes its place */
  GtkWidget *title_label;    /* in box */
  GtkWidget *subtitle_label; /* in box */
  GtkWidget *extra;          /* in box, holds the child */
};

static void
vrf_tile_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VrfTile,
                               vrf_tile,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, vrf_tile_buildable_init))

static GtkBuildableIface *parent_buildable;

typedef enum
{
  PROP_ICON_NAME = 1,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_TINT,
  PROP_BUSY,
  PROP_CHILD,
} VrfTileProperty;

static GParamSpec *properties[PROP_CHILD + 1];

static void
vrf_tile_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  gboolean compact = VRF_TILE (widget)->compact;
  int width = compact ? TILE_COMPACT_WIDTH : TILE_WIDTH;
  int height = compact ? TILE_COMPACT_HEIGHT : TILE_HEIGHT;
  int size = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;

  gtk_widget_measure (VRF_TILE (widget)->box, orientation, for_size, minimum, natural, NULL, NULL);
  *natural =
      orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (*minimum, size) : MAX (*natural, size);
}

static GtkSizeRequestMode
vrf_tile_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
vrf_tile_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (
      VRF_TILE (widget)->box, &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
update_disc (VrfTile *self)
{
  GtkWidget *child = self->image;

  if (self->busy)
    {
      child = gtk_spinner_new ();
      gtk_widget_set_size_request (child, ICON_PX, ICON_PX);
      gtk_spinner_start (GTK_SPINNER (child));
    }

  gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self->disc), child);
}

static void
vrf_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfTile *self = VRF_TILE (object);

  switch ((VrfTileProperty) id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_TINT:
      g_value_set_enum (value, (int) self->tint);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_CHILD:
      g_value_set_object (value, adw_bin_get_child (ADW_BIN (self->extra)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfTile *self = VRF_TILE (object);

  switch ((VrfTileProperty) id)
    {
    case PROP_ICON_NAME:
      vrf_tile_set_icon_name (self, g_value_get_string (value));
      break;
    case PROP_TITLE:
      vrf_tile_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      vrf_tile_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_TINT:
      vrf_tile_set_tint (self, (VrfTint) g_value_get_enum (value));
      break;
    case PROP_BUSY:
      vrf_tile_set_busy (self, g_value_get_boolean (value));
      break;
    case PROP_CHILD:
      vrf_tile_set_child (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_tile_dispose (GObject *object)
{
  g_clear_object (&VRF_TILE (object)->image);
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_tile_parent_class)->dispose (object);
}

static void
vrf_tile_finalize (GObject *object)
{
  VrfTile *self = VRF_TILE (object);

  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->subtitle, g_free);

  G_OBJECT_CLASS (vrf_tile_parent_class)->finalize (object);
}

static void
vrf_tile_class_init (VrfTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_tile_get_property;
  object_class->set_property = vrf_tile_set_property;
  object_class->dispose = vrf_tile_dispose;
  object_class->finalize = vrf_tile_finalize;
  widget_class->get_request_mode = vrf_tile_get_request_mode;
  widget_class->measure = vrf_tile_measure;
  widget_class->size_allocate = vrf_tile_size_allocate;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_TINT] =
      g_param_spec_enum ("tint", NULL, NULL, VRF_TYPE_TINT, VRF_TINT_NEUTRAL, flags);
  /* A spinner instead of the icon. */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  /* One more widget under the lines. */
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
vrf_tile_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    vrf_tile_set_child (VRF_TILE (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
vrf_tile_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = vrf_tile_add_child;
}

static GtkWidget *
append_label (VrfTile *self, const char *css_classes)
{
  GtkWidget *label = vrf_label_new (css_classes);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5f);
  gtk_box_append (GTK_BOX (self->box), label);

  return label;
}

static void
vrf_tile_init (VrfTile *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->disc = vrf_decorative_bin_new ("vrf-tile-disc");
  gtk_widget_set_halign (self->disc, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->disc);

  self->image = g_object_ref_sink (vrf_decorative_image_new (ICON_PX));
  self->title_label = append_label (self, "title-2");
  self->subtitle_label = append_label (self, "vrf-secondary");
  self->extra = adw_bin_new ();
  gtk_widget_set_halign (self->extra, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->extra, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->extra);

  vrf_tint_apply (self->disc, VRF_TINT_NEUTRAL);
  update_disc (self);
}

/** vrf_tile_new: Returns: (transfer floating): */
GtkWidget *
vrf_tile_new (void)
{
  return g_object_new (VRF_TYPE_TILE, NULL);
}

/** vrf_tile_set_icon_name: @icon_name: (nullable): a symbolic icon */
void
vrf_tile_set_icon_name (VrfTile *self, const char *icon_name)
{
  g_return_if_fail (VRF_IS_TILE (self));

  if (!vrf_str_set (&self->icon_name, icon_name))
    return;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), icon_name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
}

/** vrf_tile_set_title: @title: (nullable): also the accessible name */
void
vrf_tile_set_title (VrfTile *self, const char *title)
{
  g_return_if_fail (VRF_IS_TILE (self));

  if (!vrf_str_set (&self->title, title))
    return;

  vrf_label_set (self->title_label, title);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/** vrf_tile_set_subtitle: @subtitle: (nullable): */
void
vrf_tile_set_subtitle (VrfTile *self, const char *subtitle)
{
  g_return_if_fail (VRF_IS_TILE (self));

  if (!vrf_str_set (&self->subtitle, subtitle))
    return;

  vrf_label_set (self->subtitle_label, subtitle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/** vrf_tile_set_tint: the disc's colour */
void
vrf_tile_set_tint (VrfTile *self, VrfTint tint)
{
  g_return_if_fail (VRF_IS_TILE (self));

  if (self->tint == tint)
    return;

  self->tint = tint;
  vrf_tint_apply (self->disc, tint);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TINT]);
}

/** vrf_tile_set_busy: @busy: a spinner instead of the icon */
void
vrf_tile_set_busy (VrfTile *self, gboolean busy)
{
  g_return_if_fail (VRF_IS_TILE (self));

  if (self->busy == !!busy)
    return;

  self->busy = !!busy;
  update_disc (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/** vrf_tile_set_compact: @compact: as large as the code of a narrow screen */
void
vrf_tile_set_compact (VrfTile *self, gboolean compact)
{
  g_return_if_fail (VRF_IS_TILE (self));

  if (self->compact == !!compact)
    return;

  self->compact = !!compact;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** vrf_tile_set_child: @child: (nullable): one more widget under the lines, such as a risk meter */
void
vrf_tile_set_child (VrfTile *self, GtkWidget *child)
{
  g_return_if_fail (VRF_IS_TILE (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (adw_bin_get_child (ADW_BIN (self->extra)) == child)
    return;

  adw_bin_set_child (ADW_BIN (self->extra), child);
  gtk_widget_set_visible (self->extra, child != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}
