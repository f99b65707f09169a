/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/widgets/vrf-skeleton-rows.h"

#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfSkeletonRows: where rows will be while they load for the first time. It stands still: what
 * moves is the spinner above it. Screen readers pass over it.
 */

#define ROW_HEIGHT 46
#define BAR_HEIGHT 14
#define EDGE 14
#define LINE 1

/* How long the words of a row look, in pixels: start and end of each row, then round again. */
static const int start_widths[] = { 96, 120, 88, 130, 104 };
static const int end_widths[] = { 150, 110, 160, 120, 140 };

struct _VrfSkeletonRows
{
  GtkWidget parent_instance;

  guint count;
};

G_DEFINE_FINAL_TYPE (VrfSkeletonRows, vrf_skeleton_rows, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_COUNT = 1,
} VrfSkeletonRowsProperty;

static GParamSpec *properties[PROP_COUNT + 1];

static void
vrf_skeleton_rows_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  VrfSkeletonRows *self = VRF_SKELETON_ROWS (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 160;
      *natural = 360;
      return;
    }

  *minimum = ROW_HEIGHT;
  *natural = (int) self->count * ROW_HEIGHT;
}

static void
append_row (GtkSnapshot *snapshot, guint row, int width, const GdkRGBA *foreground)
{
  guint i = row % G_N_ELEMENTS (start_widths);
  float top = (float) ((int) row * ROW_HEIGHT);
  float bar_top = top + (ROW_HEIGHT - LINE - BAR_HEIGHT) / 2.0f;
  int first = MIN (start_widths[i], width / 3);
  int second = MIN (end_widths[i], width / 3);
  GdkRGBA bar = *foreground;
  GdkRGBA line = *foreground;

  bar.alpha *= 0.09f;
  line.alpha *= 0.06f;
  vrf_snapshot_append_rounded (snapshot,
                               &GRAPHENE_RECT_INIT (EDGE, bar_top, (float) first, BAR_HEIGHT),
                               BAR_HEIGHT / 2.0f,
                               &bar);
  vrf_snapshot_append_rounded (
      snapshot,
      &GRAPHENE_RECT_INIT ((float) (width - EDGE - second), bar_top, (float) second, BAR_HEIGHT),
      BAR_HEIGHT / 2.0f,
      &bar);
  gtk_snapshot_append_color (
      snapshot, &line, &GRAPHENE_RECT_INIT (0, top + ROW_HEIGHT - LINE, (float) width, LINE));
}

static void
vrf_skeleton_rows_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VrfSkeletonRows *self = VRF_SKELETON_ROWS (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA foreground;

  vrf_widget_get_foreground (widget, &foreground);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  for (guint row = 0; row < self->count && (int) row * ROW_HEIGHT < height; row++)
    append_row (snapshot, row, width, &foreground);
  gtk_snapshot_pop (snapshot);
}

static void
vrf_skeleton_rows_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((VrfSkeletonRowsProperty) id)
    {
    case PROP_COUNT:
      g_value_set_uint (value, VRF_SKELETON_ROWS (object)->count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_skeleton_rows_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((VrfSkeletonRowsProperty) id)
    {
    case PROP_COUNT:
      vrf_skeleton_rows_set_count (VRF_SKELETON_ROWS (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_skeleton_rows_class_init (VrfSkeletonRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = vrf_skeleton_rows_get_property;
  object_class->set_property = vrf_skeleton_rows_set_property;
  widget_class->measure = vrf_skeleton_rows_measure;
  widget_class->snapshot = vrf_skeleton_rows_snapshot;

  properties[PROP_COUNT] =
      g_param_spec_uint ("count",
                         NULL,
                         NULL,
                         0,
                         1000,
                         5,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-skeleton");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
vrf_skeleton_rows_init (VrfSkeletonRows *self)
{
  self->count = 5;
}

/** vrf_skeleton_rows_new: Returns: (transfer floating): five rows */
GtkWidget *
vrf_skeleton_rows_new (void)
{
  return g_object_new (VRF_TYPE_SKELETON_ROWS, NULL);
}

/** vrf_skeleton_rows_set_count: @count: at most 1,000; those that do not fit are not drawn */
void
vrf_skeleton_rows_set_count (VrfSkeletonRows *self, guint count)
{
  g_return_if_fail (VRF_IS_SKELETON_ROWS (self));
  g_return_if_fail (count <= 1000);

  if (self->count == count)
    return;

  self->count = count;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}
