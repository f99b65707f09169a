/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/vrf-store-lists.h"

G_BEGIN_DECLS

/* The bodies of verifa-api.md 7.5, in snake case. */

JsonObject *
vrf_list_json_new (const VrfList *list) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *
vrf_list_json_new_item (const VrfList *list, const VrfListItem *item) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *
vrf_list_json_new_match (const VrfListMatch *match) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
