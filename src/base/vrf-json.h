/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The gate: everything that is parsed as JSON comes through here. */

/** VRF_JSON_MAX_DEPTH: how deep arrays and objects may be nested. */
#define VRF_JSON_MAX_DEPTH 64

JsonNode *
vrf_json_parse (GBytes *bytes, gsize max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_json_to_text (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

/* The reader: takes one object apart and names the member that does not fit. */

/**
 * VrfJsonReader:
 *
 * Lives on the stack. After the first member that does not fit every further call answers with its
 * fallback; vrf_json_reader_finish() then gives the error. Texts and objects it hands out are
 * borrowed from the node. Unknown members are ignored.
 */
typedef struct
{
  JsonObject *object; /* borrowed; NULL once failed at the root */
  const char *where;  /* borrowed: what the object is, for the error: "session" */
  GError *error;      /* owned */
} VrfJsonReader;

void
vrf_json_reader_init (VrfJsonReader *self, JsonNode *node, const char *where);
void
vrf_json_reader_init_object (VrfJsonReader *self, JsonObject *object, const char *where);
gboolean
vrf_json_reader_finish (VrfJsonReader *self, GError **error);
void
vrf_json_reader_fail (VrfJsonReader *self, const char *name, const char *problem);

gboolean
vrf_json_reader_has (VrfJsonReader *self, const char *name);
const char *
vrf_json_reader_string (VrfJsonReader *self, const char *name);
const char *
vrf_json_reader_opt_string (VrfJsonReader *self, const char *name);
gint64
vrf_json_reader_opt_int (
    VrfJsonReader *self, const char *name, gint64 min, gint64 max, gint64 fallback);
double
vrf_json_reader_opt_double (
    VrfJsonReader *self, const char *name, double min, double max, double fallback);
gboolean
vrf_json_reader_opt_bool (VrfJsonReader *self, const char *name, gboolean fallback);
int
vrf_json_reader_opt_tristate (VrfJsonReader *self, const char *name);
gint64
vrf_json_reader_opt_time (VrfJsonReader *self, const char *name);
GStrv
vrf_json_reader_opt_strv (VrfJsonReader *self, const char *name, guint max_items);
JsonObject *
vrf_json_reader_opt_object (VrfJsonReader *self, const char *name);
JsonArray *
vrf_json_reader_opt_array (VrfJsonReader *self, const char *name, guint max_items);
JsonArray *
vrf_json_reader_array (VrfJsonReader *self, const char *name, guint max_items);

G_END_DECLS
