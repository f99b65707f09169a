/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/widgets/vrf-step.h"

#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfStep: a disc, a title with a second line, and a time; below the disc a line to the next step.
 * When there is more height than needed, the line gets longer.
 */

#define DISC_PX 24
#define TEXT_GAP 12
#define LINE_WIDTH 2
#define LINE_CLEARANCE 2
#define STEP_GAP 10

struct _VrfStep
{
  GtkWidget parent_instance;

  /* owned */
  char *title;
  VrfStepState state;
  guint index;
  guint count;

  /* children */
  GtkWidget *disc;
  GtkWidget *line;
  GtkWidget *text;
  GtkWidget *title_label;    /* in text */
  GtkWidget *subtitle_label; /* in text */
  GtkWidget *time_label;
};

G_DEFINE_FINAL_TYPE (VrfStep, vrf_step, GTK_TYPE_WIDGET)

static gboolean
is_last (VrfStep *self)
{
  return self->index + 1 >= self->count;
}

static void
update_disc (VrfStep *self)
{
  g_autofree char *number = g_strdup_printf ("%u", self->index + 1);
  GtkWidget *child = NULL;

  switch (self->state)
    {
    case VRF_STEP_DONE:
      child = vrf_decorative_image_new (16);
      gtk_image_set_from_icon_name (GTK_IMAGE (child), "object-select-symbolic");
      break;
    case VRF_STEP_STOPPED:
      child = vrf_decorative_image_new (16);
      gtk_image_set_from_icon_name (GTK_IMAGE (child), "window-close-symbolic");
      break;
    case VRF_STEP_NOW:
      child = gtk_spinner_new ();
      gtk_spinner_start (GTK_SPINNER (child));
      break;
    case VRF_STEP_TODO:
    default:
      child = gtk_label_new (number);
      break;
    }

  gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self->disc), child);
}

/* "Step 2 of 4, Opened, now" */
static void
update_accessible (VrfStep *self)
{
  const char *states[] = { _ ("done"), _ ("now"), _ ("to do"), _ ("stopped here") };
  g_autofree char *name = NULL;

  /* Translators: place, number of steps, title, one of "done", "now", "to do", "stopped here" */
  name = g_strdup_printf (_ ("Step %u of %u, %s, %s"),
                             self->index + 1,
                             self->count,
                             self->title != NULL ? self->title : "",
                             states[self->state]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_state (VrfStep *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  vrf_widget_set_class (widget, "vrf-done", self->state == VRF_STEP_DONE);
  vrf_widget_set_class (widget, "vrf-now", self->state == VRF_STEP_NOW);
  vrf_widget_set_class (widget, "vrf-todo", self->state == VRF_STEP_TODO);
  vrf_widget_set_class (widget, "vrf-stopped", self->state == VRF_STEP_STOPPED);
  update_disc (self);
  update_accessible (self);
}

static int
natural_size (GtkWidget *child, GtkOrientation orientation, int for_size)
{
  int natural = 0;

  if (gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, NULL, &natural, NULL, NULL);

  return natural;
}

static int
time_width (VrfStep *self)
{
  int width = natural_size (self->time_label, GTK_ORIENTATION_HORIZONTAL, -1);

  return width > 0 ? TEXT_GAP + width : 0;
}

static GtkSizeRequestMode
vrf_step_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
vrf_step_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  VrfStep *self = VRF_STEP (widget);
  int beside = DISC_PX + TEXT_GAP + time_width (self);
  int text_minimum, text_natural, text_top;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (0, for_size - beside);

  gtk_widget_measure (self->text, orientation, for_size, &text_minimum, &text_natural, NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = beside + text_minimum;
      *natural = beside + text_natural;
      return;
    }

  text_top = MAX (0, (DISC_PX - natural_size (self->title_label, orientation, -1)) / 2);
  *minimum = MAX (DISC_PX, text_top + text_minimum) + (is_last (self) ? 0 : STEP_GAP);
  *natural = MAX (DISC_PX, text_top + text_natural) + (is_last (self) ? 0 : STEP_GAP);
}

/* Allocates from the start edge, whichever side that is. */
static void
allocate (VrfStep *self, GtkWidget *child, GtkAllocation place)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    place.x = gtk_widget_get_width (widget) - place.x - place.width;

  gtk_widget_size_allocate (child, &place, -1);
}

static void
vrf_step_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfStep *self = VRF_STEP (widget);
  int text_width = MAX (0, width - DISC_PX - TEXT_GAP - time_width (self));
  int title_height = natural_size (self->title_label, GTK_ORIENTATION_VERTICAL, -1);
  int text_height = natural_size (self->text, GTK_ORIENTATION_VERTICAL, text_width);
  /* the first line sits beside the disc's middle, whichever is higher */
  int disc_top = MAX (0, (title_height - DISC_PX) / 2);
  int text_top = MAX (0, (DISC_PX - title_height) / 2);

  allocate (self, self->disc, (GtkAllocation){ 0, disc_top, DISC_PX, DISC_PX });
  allocate (self,
            self->text,
            (GtkAllocation){
                DISC_PX + TEXT_GAP, text_top, text_width, MIN (height - text_top, text_height) });

  if (gtk_widget_should_layout (self->time_label))
    {
      int time = time_width (self) - TEXT_GAP;
      int time_height = natural_size (self->time_label, GTK_ORIENTATION_VERTICAL, -1);

      allocate (
          self,
          self->time_label,
          (GtkAllocation){ width - time, MAX (0, (DISC_PX - time_height) / 2), time, time_height });
    }

  if (gtk_widget_should_layout (self->line))
    {
      int top = disc_top + DISC_PX + LINE_CLEARANCE;

      allocate (self,
                self->line,
                (GtkAllocation){ (DISC_PX - LINE_WIDTH) / 2,
                                 top,
                                 LINE_WIDTH,
                                 MAX (0, height - top - LINE_CLEARANCE) });
    }
}

static void
vrf_step_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_step_parent_class)->dispose (object);
}

static void
vrf_step_finalize (GObject *object)
{
  g_clear_pointer (&VRF_STEP (object)->title, g_free);

  G_OBJECT_CLASS (vrf_step_parent_class)->finalize (object);
}

static void
vrf_step_class_init (VrfStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = vrf_step_dispose;
  object_class->finalize = vrf_step_finalize;
  widget_class->get_request_mode = vrf_step_get_request_mode;
  widget_class->measure = vrf_step_measure;
  widget_class->size_allocate = vrf_step_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "vrf-step");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
vrf_step_init (VrfStep *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->state = VRF_STEP_TODO;
  self->count = 1;

  self->disc = vrf_decorative_bin_new ("vrf-step-disc");
  gtk_widget_set_parent (self->disc, widget);

  self->line = vrf_decorative_bin_new ("vrf-step-line");
  gtk_widget_set_parent (self->line, widget);

  self->text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->title_label = vrf_label_new ("vrf-step-title");
  self->subtitle_label = vrf_label_new ("caption vrf-secondary");
  gtk_label_set_wrap (GTK_LABEL (self->title_label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->subtitle_label), TRUE);
  gtk_box_append (GTK_BOX (self->text), self->title_label);
  gtk_box_append (GTK_BOX (self->text), self->subtitle_label);
  gtk_widget_set_parent (self->text, widget);

  self->time_label = vrf_label_new ("caption numeric vrf-secondary");
  gtk_widget_set_parent (self->time_label, widget);

  update_state (self);
}

/** vrf_step_new: Returns: (transfer floating): a step to do */
GtkWidget *
vrf_step_new (void)
{
  return g_object_new (VRF_TYPE_STEP, NULL);
}

/** vrf_step_set_place: @index: from 0; the last of @count steps has no line below */
void
vrf_step_set_place (VrfStep *self, guint index, guint count)
{
  g_return_if_fail (VRF_IS_STEP (self));
  g_return_if_fail (index < count);

  self->index = index;
  self->count = count;
  gtk_widget_set_visible (self->line, !is_last (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self), !is_last (self));
  update_disc (self);
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** vrf_step_set_title: */
void
vrf_step_set_title (VrfStep *self, const char *title)
{
  g_return_if_fail (VRF_IS_STEP (self));

  if (!vrf_str_set (&self->title, title))
    return;

  vrf_label_set (self->title_label, title);
  update_accessible (self);
}

/** vrf_step_set_subtitle: @subtitle: (nullable): */
void
vrf_step_set_subtitle (VrfStep *self, const char *subtitle)
{
  g_return_if_fail (VRF_IS_STEP (self));

  vrf_label_set (self->subtitle_label, subtitle);
}

/** vrf_step_set_time: @time: (nullable): a clock time */
void
vrf_step_set_time (VrfStep *self, const char *time)
{
  g_return_if_fail (VRF_IS_STEP (self));

  vrf_label_set (self->time_label, time);
}

/** vrf_step_set_state: */
void
vrf_step_set_state (VrfStep *self, VrfStepState state)
{
  g_return_if_fail (VRF_IS_STEP (self));
  g_return_if_fail (state <= VRF_STEP_STOPPED);

  if (self->state == state)
    return;

  self->state = state;
  update_state (self);
}
