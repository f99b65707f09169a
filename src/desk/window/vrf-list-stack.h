/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"
#include "desk/window/vrf-list-state.h"

G_BEGIN_DECLS

/*
 * The rows, or what stands in their place, and the bar above: shows what vrf-list-state picks.
 */
#define VRF_TYPE_LIST_STACK (vrf_list_stack_get_type ())
G_DECLARE_FINAL_TYPE (VrfListStack, vrf_list_stack, VRF, LIST_STACK, GtkWidget)

/**
 * VrfListQuery: what was asked and how many rows were found. @search: what was typed; @filters: the
 * active ones in words; both empty without.
 */
typedef struct
{
  VrfView view;
  const char *search;
  const char *filters;
  guint n_found;
} VrfListQuery;

/* Call once, before anything else. */
void
vrf_list_stack_setup (VrfListStack *self, VrfBackend *backend, GtkWidget *rows);

void
vrf_list_stack_update (VrfListStack *self, const VrfListQuery *query);
/* What is shown has a time in it: to be updated each second. */
gboolean
vrf_list_stack_is_timed (VrfListStack *self);
VrfListState
vrf_list_stack_get_state (VrfListStack *self);
/* "rows", "loading" or "message" */
const char *
vrf_list_stack_get_shown (VrfListStack *self);

/* Both show with the next update: loading was stopped, what was said of the clock was read. */
void
vrf_list_stack_set_stopped (VrfListStack *self, gboolean stopped);
void
vrf_list_stack_hide_clock (VrfListStack *self);
/* The button of an empty list, where another does the same. */
void
vrf_list_stack_set_button_visible (VrfListStack *self, gboolean visible);

G_END_DECLS
