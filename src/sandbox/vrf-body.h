/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void
vrf_body_add_string (JsonObject *object, const char *name, const char *value);
void
vrf_body_add_time (JsonObject *object, const char *name, gint64 us);
void
vrf_body_add_text (JsonObject *object, const char *name, const char *json);
JsonNode *
vrf_body_take (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_body_new_list (JsonArray *data) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
vrf_body_new_page (JsonArray *data, gint64 total, gint64 limit, gint64 offset)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
