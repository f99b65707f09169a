/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-workflow-item.h"

struct _VrfWorkflowItem
{
  GObject parent_instance;

  VrfWorkflow *workflow; /* owned */
};

G_DEFINE_FINAL_TYPE (VrfWorkflowItem, vrf_workflow_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_WORKFLOW = 1,
  PROP_NAME,
} VrfWorkflowItemProperty;

static GParamSpec *properties[PROP_NAME + 1];

static void
vrf_workflow_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfWorkflowItem *self = VRF_WORKFLOW_ITEM (object);

  switch ((VrfWorkflowItemProperty) prop_id)
    {
    case PROP_WORKFLOW:
      g_value_set_boxed (value, self->workflow);
      break;
    case PROP_NAME:
      g_value_set_string (value,
                          self->workflow->name != NULL ? self->workflow->name : self->workflow->id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_workflow_item_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  VrfWorkflowItem *self = VRF_WORKFLOW_ITEM (object);

  switch ((VrfWorkflowItemProperty) prop_id)
    {
    case PROP_WORKFLOW:
      self->workflow = g_value_dup_boxed (value);
      break;
    case PROP_NAME:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_workflow_item_finalize (GObject *object)
{
  VrfWorkflowItem *self = VRF_WORKFLOW_ITEM (object);

  g_clear_pointer (&self->workflow, vrf_workflow_unref);

  G_OBJECT_CLASS (vrf_workflow_item_parent_class)->finalize (object);
}

static void
vrf_workflow_item_class_init (VrfWorkflowItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vrf_workflow_item_get_property;
  object_class->set_property = vrf_workflow_item_set_property;
  object_class->finalize = vrf_workflow_item_finalize;

  properties[PROP_WORKFLOW] =
      g_param_spec_boxed ("workflow",
                          NULL,
                          NULL,
                          VRF_TYPE_WORKFLOW,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] =
      g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
vrf_workflow_item_init (VrfWorkflowItem *self)
{
}

/** vrf_workflow_item_new: Returns: (transfer full): @workflow as an object for lists */
VrfWorkflowItem *
vrf_workflow_item_new (VrfWorkflow *workflow)
{
  return g_object_new (VRF_TYPE_WORKFLOW_ITEM, "workflow", workflow, NULL);
}

/** vrf_workflow_item_get_workflow: Returns: (transfer none): its workflow */
VrfWorkflow *
vrf_workflow_item_get_workflow (VrfWorkflowItem *self)
{
  return self->workflow;
}
