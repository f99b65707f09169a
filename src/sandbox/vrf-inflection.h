/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean
vrf_inflection_is_known (const char *inflection);
JsonNode *
vrf_inflection_apply (JsonNode *node, const char *inflection) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_inflection_to_snake (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
