/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-capture-private.h"

#include "sandbox/vrf-signals.h"
#include "sandbox/vrf-store-capture.h"

/* Step 9 of verifa-api.md 4. Of a signal its name is kept and nothing of what it was told with. */

static gboolean
is_reported (JsonNode *value)
{
  if (JSON_NODE_HOLDS_NULL (value))
    return FALSE;

  return !JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_BOOLEAN
         || json_node_get_boolean (value);
}

/* The new ones into @reported, which has the old ones already. */
static void
take_signals (JsonObject *body, GHashTable *reported, GPtrArray *names, VrfFieldErrors *errors)
{
  JsonNode *node = json_object_get_member (body, "signals");
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      vrf_field_errors_add (
          errors, "signals", node == NULL ? "required" : "type", "must be an object");
      return;
    }
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (!vrf_signals_is_name (name))
        {
          vrf_field_errors_add (errors,
                                "signals",
                                "string_pattern",
                                "names must be 1 to 64 of a-z, 0-9 and _, a letter first");
          return;
        }
      if (is_reported (value) && !g_hash_table_contains (reported, name))
        g_ptr_array_add (names, (char *) name);
    }
  if (g_hash_table_size (reported) + names->len > VRF_SIGNALS_MAX)
    vrf_field_errors_add (errors, "signals", "too_many", "must be 64 or fewer in all");
}

/**
 * vrf_capture_step_signals:
 *
 * POST …/signals: `signals`, an object whose members are the signals that were seen; one whose
 * value is false or null was not. What was reported once stays.
 */
gboolean
vrf_capture_step_signals (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (call->service);
  gint64 session_n = call->session->n;
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) reported = NULL;

  reported = vrf_store_capture_list_signals (store, session_n, error);
  if (reported == NULL)
    return FALSE;
  take_signals (vrf_request_get_body (call->request), reported, names, errors);
  if (vrf_field_errors_reply (errors, reply))
    return TRUE;
  if (!vrf_capture_need_consent (call, error)
      || !vrf_service_apply (call->service, call->session, VRF_EVENT_STEP, NULL, error))
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    if (!vrf_store_capture_add_signal (
            store, session_n, names->pdata[i], vrf_service_get_now (call->service), error))
      return FALSE;
  vrf_capture_reply_status (call, reply, NULL, NULL);

  return TRUE;
}
