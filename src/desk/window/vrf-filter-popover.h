/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/window/vrf-filters.h"

G_BEGIN_DECLS

/*
 * One row a filter, each with the choices there are among the rows when it opens. Signal:
 * "changed", when a person has chosen.
 */
#define VRF_TYPE_FILTER_POPOVER (vrf_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (VrfFilterPopover, vrf_filter_popover, VRF, FILTER_POPOVER, GtkPopover)

/* @rows: of VrfRow; @workflows: of VrfWorkflowItem */
GtkWidget *
vrf_filter_popover_new (GListModel *rows, GListModel *workflows);

const VrfFilters *
vrf_filter_popover_get_filters (VrfFilterPopover *self);
/* Shows @filters among the choices there are now; emits nothing. */
void
vrf_filter_popover_set_filters (VrfFilterPopover *self, const VrfFilters *filters);

G_END_DECLS
