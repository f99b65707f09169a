/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-backend.h"
#include "desk/window/vrf-filters.h"

G_BEGIN_DECLS

/*
 * What the list is narrowed by: the search bar with entry and filters, and below it, while a filter
 * is active, what they are and how many verifications they have seen. Asks the server for what is
 * searched; filters see the rows that are known, and older ones when asked for them.
 *
 * Signals: "changed": the list is to be asked again; "activate": Enter in the search.
 */
#define VRF_TYPE_LIST_SEARCH (vrf_list_search_get_type ())
G_DECLARE_FINAL_TYPE (VrfListSearch, vrf_list_search, VRF, LIST_SEARCH, GtkWidget)

/* Call once, before anything else. @button opens and closes the bar. */
void
vrf_list_search_setup (VrfListSearch *self, VrfBackend *backend, GtkToggleButton *button);

/* Never NULL */
const char *
vrf_list_search_get_text (VrfListSearch *self);
const VrfFilters *
vrf_list_search_get_filters (VrfListSearch *self);
/* The active filters in words; empty without one; owned */
char *
vrf_list_search_dup_filters_text (VrfListSearch *self) G_GNUC_WARN_UNUSED_RESULT;

/* The search opens also when somebody types in @widget; NULL: no longer. */
void
vrf_list_search_set_key_capture (VrfListSearch *self, GtkWidget *widget);
/* Opens the bar, with the focus in it. */
void
vrf_list_search_start (VrfListSearch *self);
/* Opens the filters, and the bar for them. */
void
vrf_list_search_open_filters (VrfListSearch *self);
/* Empties the search and closes the bar. */
void
vrf_list_search_clear_text (VrfListSearch *self);
void
vrf_list_search_set_filters (VrfListSearch *self, const VrfFilters *filters);

G_END_DECLS
