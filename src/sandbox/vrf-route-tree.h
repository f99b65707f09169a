/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-router.h"

G_BEGIN_DECLS

/**
 * VrfRouteTree:
 *
 * The templates of all routes, taken apart once, by segment. A path is looked up with one step a
 * segment, however many routes there are; a segment that a template spells out goes before one that
 * it leaves open, whatever the order of the tables.
 */
typedef struct _VrfRouteTree VrfRouteTree;

VrfRouteTree *
vrf_route_tree_new (void) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_route_tree_free (VrfRouteTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfRouteTree, vrf_route_tree_free)

void
vrf_route_tree_add (VrfRouteTree *self, const VrfRoute *route);
const VrfRoute *
vrf_route_tree_find (
    VrfRouteTree *self, const char *method, GStrv segments, GHashTable *params, char **ret_allowed);

G_END_DECLS
