/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-signals.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-store-capture.h"

/* Signals of fraud (verifa-api.md 2.6). */

#define MAX_NAME 64

/* Those whose names are known. A weight of 0 is one that the documentation does not tell. */
static const struct
{
  const char *name;
  const char *category;
  int weight;
} known[] = {
  { "completion_too_fast", "behavioral", 20 },
  { "completion_too_slow", "behavioral", 5 },
  { "high_hesitation", "behavioral", 10 },
  { "high_distraction", "behavioral", 5 },
  { "copy_paste_name", "behavioral", 15 },
  { "mouse_bot_pattern", "behavioral", 25 },
  { "keystroke_bot_pattern", "behavioral", 25 },
  { "screen_sharing_detected", "behavioral", 15 },
  { "autofill_then_edit", "behavioral", 10 },
  { "bot_detected", "device", 50 },
  { "webdriver_evasion_detected", "device", 40 },
  { "devtools_open", "device", 30 },
  { "virtual_camera", "device", 50 },
  { "webgl_vm_detected", "device", 30 },
  { "incognito_detected", "device", 5 }, /* 3.15 */
  { "vpn_detected", "network", 0 },
  { "camera_injection_detected", "integrity", 0 },
  { "integrity_checksum_mismatch", "integrity", 0 },
};

/* Plausible for a level of risk, from the lowest; the first whose score is not below is taken. */
static const struct
{
  int up_to;
  const char *names[4];
} plausible[] = {
  { 20, { "high_distraction" } },
  { 50, { "copy_paste_name", "high_hesitation", "autofill_then_edit" } },
  { 80, { "devtools_open", "completion_too_fast" } },
  { 100, { "bot_detected", "devtools_open" } },
};

/** vrf_signals_is_name: Returns: whether @text has the form of a signal's name */
gboolean
vrf_signals_is_name (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_");

  return g_ascii_islower (*text) && length <= MAX_NAME && text[length] == '\0';
}

/* @at: (nullable): when it was reported; NULL for one that came with the outcome */
static void
add (JsonArray *array, const char *name, const gint64 *at)
{
  JsonObject *object = json_object_new ();
  const char *category = "other";
  int weight = 0;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, name))
      {
        category = known[i].category;
        weight = known[i].weight;
      }
  json_object_set_string_member (object, "signal", name);
  json_object_set_string_member (object, "category", category);
  json_object_set_int_member (object, "weight", weight);
  if (at != NULL)
    json_object_set_int_member (object, "detected_at", *at);
  json_array_add_object_element (array, object);
}

static void
add_reported (JsonArray *array, GHashTable *reported)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (reported), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    add (array, l->data, g_hash_table_lookup (reported, l->data));
}

/**
 * vrf_signals_dup_outcome:
 * @store: where the session's signals are
 * @session_n: the session
 * @score: what the outcome says; reported signals do not change it
 * @error: from the database
 *
 * Returns: (nullable) (transfer full): the signals of an outcome as a JSON array: what is plausible
 *   for @score, then what the applicant's side reported; %NULL with @error set
 */
char *
vrf_signals_dup_outcome (VrfSandboxStore *store, gint64 session_n, int score, GError **error)
{
  g_autoptr (GHashTable) reported = vrf_store_capture_list_signals (store, session_n, error);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  guint level = 0;

  json_node_take_array (root, array);
  if (reported == NULL)
    return NULL;

  while (level + 1 < G_N_ELEMENTS (plausible) && score > plausible[level].up_to)
    level++;
  for (const char *const *name = plausible[level].names; *name != NULL; name++)
    {
      add (array, *name, NULL);
      g_hash_table_remove (reported, *name);
    }
  add_reported (array, reported);

  return vrf_json_to_text (root);
}
