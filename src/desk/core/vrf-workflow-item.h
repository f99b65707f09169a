/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-models.h"

G_BEGIN_DECLS

/* A workflow as an object for lists: "workflow" (VrfWorkflow), "name" s (the id where it has none).
 */
#define VRF_TYPE_WORKFLOW_ITEM (vrf_workflow_item_get_type ())
G_DECLARE_FINAL_TYPE (VrfWorkflowItem, vrf_workflow_item, VRF, WORKFLOW_ITEM, GObject)

VrfWorkflowItem *
vrf_workflow_item_new (VrfWorkflow *workflow) G_GNUC_WARN_UNUSED_RESULT;
VrfWorkflow *
vrf_workflow_item_get_workflow (VrfWorkflowItem *self);

G_END_DECLS
