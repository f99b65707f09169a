/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/widgets/vrf-steps.h"

#include "desk/widgets/vrf-step.h"
#include "desk/widgets/vrf-widget-util.h"

/* VrfSteps: where something stands, as a list of steps from top to bottom. */

struct _VrfSteps
{
  GtkWidget parent_instance;

  GPtrArray *steps; /* borrowed: they are the children */
};

G_DEFINE_FINAL_TYPE (VrfSteps, vrf_steps, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_COUNT = 1,
} VrfStepsProperty;

static GParamSpec *properties[PROP_COUNT + 1];

static VrfStep *
get_step (VrfSteps *self, guint index)
{
  g_return_val_if_fail (VRF_IS_STEPS (self), NULL);
  g_return_val_if_fail (index < self->steps->len, NULL);

  return g_ptr_array_index (self->steps, index);
}

static void
vrf_steps_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((VrfStepsProperty) id)
    {
    case PROP_COUNT:
      g_value_set_uint (value, vrf_steps_get_count (VRF_STEPS (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_steps_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((VrfStepsProperty) id)
    {
    case PROP_COUNT:
      vrf_steps_set_count (VRF_STEPS (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_steps_dispose (GObject *object)
{
  g_ptr_array_set_size (VRF_STEPS (object)->steps, 0);
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_steps_parent_class)->dispose (object);
}

static void
vrf_steps_finalize (GObject *object)
{
  g_clear_pointer (&VRF_STEPS (object)->steps, g_ptr_array_unref);

  G_OBJECT_CLASS (vrf_steps_parent_class)->finalize (object);
}

static void
vrf_steps_class_init (VrfStepsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = vrf_steps_get_property;
  object_class->set_property = vrf_steps_set_property;
  object_class->dispose = vrf_steps_dispose;
  object_class->finalize = vrf_steps_finalize;

  properties[PROP_COUNT] =
      g_param_spec_uint ("count",
                         NULL,
                         NULL,
                         0,
                         64,
                         0,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-steps");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
vrf_steps_init (VrfSteps *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->steps = g_ptr_array_new ();
  /* a step's vexpand spreads the steps; it must not spread what is around them */
  gtk_widget_set_vexpand (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Progress"), -1);
}

/** vrf_steps_new: Returns: (transfer floating): no step */
GtkWidget *
vrf_steps_new (void)
{
  return g_object_new (VRF_TYPE_STEPS, NULL);
}

/** vrf_steps_get_count: */
guint
vrf_steps_get_count (VrfSteps *self)
{
  g_return_val_if_fail (VRF_IS_STEPS (self), 0);

  return self->steps->len;
}

/**
 * vrf_steps_set_count:
 * @count: at most 64; those that stay keep what they say, new ones are to do and say nothing
 */
void
vrf_steps_set_count (VrfSteps *self, guint count)
{
  g_return_if_fail (VRF_IS_STEPS (self));
  g_return_if_fail (count <= 64);

  if (count == self->steps->len)
    return;

  while (self->steps->len > count)
    gtk_widget_unparent (g_ptr_array_steal_index (self->steps, self->steps->len - 1));
  while (self->steps->len < count)
    {
      GtkWidget *step = vrf_step_new ();

      gtk_widget_set_parent (step, GTK_WIDGET (self));
      g_ptr_array_add (self->steps, step);
    }
  for (guint i = 0; i < count; i++)
    vrf_step_set_place (g_ptr_array_index (self->steps, i), i, count);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/** vrf_steps_set_title: @index: from 0, below the count */
void
vrf_steps_set_title (VrfSteps *self, guint index, const char *title)
{
  vrf_step_set_title (get_step (self, index), title);
}

/** vrf_steps_set_subtitle: @subtitle: (nullable): the second line */
void
vrf_steps_set_subtitle (VrfSteps *self, guint index, const char *subtitle)
{
  vrf_step_set_subtitle (get_step (self, index), subtitle);
}

/** vrf_steps_set_time: @time: (nullable): a clock time */
void
vrf_steps_set_time (VrfSteps *self, guint index, const char *time)
{
  vrf_step_set_time (get_step (self, index), time);
}

/** vrf_steps_set_state: */
void
vrf_steps_set_state (VrfSteps *self, guint index, VrfStepState state)
{
  vrf_step_set_state (get_step (self, index), state);
}

/**
 * vrf_steps_set_current:
 * @index: those before are done, this one is now, those after to do; the count: all are done
 */
void
vrf_steps_set_current (VrfSteps *self, guint index)
{
  g_return_if_fail (VRF_IS_STEPS (self));

  for (guint i = 0; i < self->steps->len; i++)
    vrf_steps_set_state (self,
                         i,
                         i < index    ? VRF_STEP_DONE
                         : i == index ? VRF_STEP_NOW
                                      : VRF_STEP_TODO);
}
