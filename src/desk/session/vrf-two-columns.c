/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-two-columns.h"

/*
 * VrfTwoColumns: two columns side by side where there is room, else one below the other. Decided
 * from the width alone, so nothing flickers and nothing is asked for twice.
 */

#define SECOND_PX 352
#define GAP_PX 28
#define GAP_BELOW_PX 18

struct _VrfTwoColumns
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *first;
  GtkWidget *second;
};

G_DEFINE_FINAL_TYPE (VrfTwoColumns, vrf_two_columns, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
vrf_two_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
height_of (GtkWidget *child, int width)
{
  int least = 0;
  int height = 0;
  int narrowest = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  gtk_widget_measure (
      child, GTK_ORIENTATION_VERTICAL, MAX (width, narrowest), &least, &height, NULL, NULL);

  return least;
}

static void
vrf_two_columns_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  VrfTwoColumns *self = VRF_TWO_COLUMNS (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int first = 0;
      int second = 0;

      gtk_widget_measure (self->first, orientation, -1, &first, NULL, NULL, NULL);
      gtk_widget_measure (self->second, orientation, -1, &second, NULL, NULL, NULL);
      *minimum = MAX (first, second);
      *natural = MAX (*minimum, VRF_TWO_COLUMNS_FROM_PX);
    }
  else if (for_size < 0 || for_size >= VRF_TWO_COLUMNS_FROM_PX)
    {
      int width = for_size < 0 ? VRF_TWO_COLUMNS_FROM_PX : for_size;

      *minimum = MAX (height_of (self->first, width - SECOND_PX - GAP_PX),
                      height_of (self->second, SECOND_PX));
      *natural = *minimum;
    }
  else
    {
      *minimum =
          height_of (self->first, for_size) + GAP_BELOW_PX + height_of (self->second, for_size);
      *natural = *minimum;
    }
}

static void
vrf_two_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfTwoColumns *self = VRF_TWO_COLUMNS (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int first_width = width - SECOND_PX - GAP_PX;

  if (width >= VRF_TWO_COLUMNS_FROM_PX)
    {
      gtk_widget_size_allocate (
          self->first,
          &(GtkAllocation){ rtl ? SECOND_PX + GAP_PX : 0, 0, first_width, height },
          -1);
      gtk_widget_size_allocate (
          self->second,
          &(GtkAllocation){ rtl ? 0 : first_width + GAP_PX, 0, SECOND_PX, height },
          -1);
    }
  else
    {
      int first_height = height_of (self->first, width);
      int top = first_height + GAP_BELOW_PX;

      gtk_widget_size_allocate (self->first, &(GtkAllocation){ 0, 0, width, first_height }, -1);
      gtk_widget_size_allocate (
          self->second,
          &(GtkAllocation){ 0, top, width, MAX (height - top, height_of (self->second, width)) },
          -1);
    }
}

static void
vrf_two_columns_dispose (GObject *object)
{
  VrfTwoColumns *self = VRF_TWO_COLUMNS (object);

  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);

  G_OBJECT_CLASS (vrf_two_columns_parent_class)->dispose (object);
}

static void
vrf_two_columns_class_init (VrfTwoColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_two_columns_dispose;
  widget_class->get_request_mode = vrf_two_columns_get_request_mode;
  widget_class->measure = vrf_two_columns_measure;
  widget_class->size_allocate = vrf_two_columns_size_allocate;
}

static void
vrf_two_columns_init (VrfTwoColumns *self)
{
}

/**
 * vrf_two_columns_new:
 * @first: takes the room that is left
 * @second: of fixed width where the columns stand side by side
 */
GtkWidget *
vrf_two_columns_new (GtkWidget *first, GtkWidget *second)
{
  VrfTwoColumns *self = g_object_new (VRF_TYPE_TWO_COLUMNS, NULL);

  self->first = first;
  self->second = second;
  gtk_widget_set_parent (first, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}
