/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-capture-private.h"

#include "base/vrf-random.h"
#include "base/vrf-signature.h"
#include "sandbox/vrf-store-capture.h"

/* Step 6 of verifa-api.md 4: movements in front of the camera, as asked for by the server. Nobody
 * looks at the movements here: whoever has the nonce and says them in their order has done them. */

#define N_CHALLENGES 3
#define NONCE_BYTES 24
#define MAX_NONCE 128

static const char *const challenges[] = {
  "blink", "smile", "turn_left", "turn_right", "look_up", "nod", "open_mouth", NULL,
};

/* Three different ones, with a space between. */
static char *
dup_challenges (void)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; challenges[i] != NULL; i++)
    g_ptr_array_add (left, (char *) challenges[i]);
  while (chosen->len < N_CHALLENGES)
    {
      guint64 number = 0;

      vrf_random_bytes ((guint8 *) &number, sizeof number);
      g_ptr_array_add (chosen, g_ptr_array_steal_index (left, (guint) (number % left->len)));
    }
  g_ptr_array_add (chosen, NULL);

  return g_strjoinv (" ", (char **) chosen->pdata);
}

static gboolean
check_order (VrfCaptureCall *call, GError **error)
{
  g_autoptr (VrfCapturePlan) plan = vrf_capture_call_plan (call, error);

  if (plan == NULL || !vrf_capture_need_consent (call, error))
    return FALSE;
  if (vrf_capture_plan_get (plan, VRF_CAPTURE_LIVENESS) == VRF_CAPTURE_ABSENT)
    return vrf_capture_refuse_order (error, "This verification asks for no liveness.");
  if (vrf_capture_plan_get (plan, VRF_CAPTURE_SELFIE) == VRF_CAPTURE_TODO)
    return vrf_capture_refuse_order (error, "A selfie is needed first.");
  if (!vrf_engine_is_capturable (call->session->state))
    return vrf_capture_refuse_order (error, "Everything was sent already.");

  return TRUE;
}

static void
reply_challenges (const VrfStoredLiveness *liveness, VrfReply *reply)
{
  g_auto (GStrv) names = g_strsplit (liveness->challenges, " ", -1);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; names[i] != NULL; i++)
    json_array_add_string_element (array, names[i]);
  json_object_set_string_member (object, "nonce", liveness->nonce);
  json_object_set_array_member (object, "challenges", array);
  json_node_take_object (node, object);
  vrf_reply_set_json (reply, 200, node);
}

/**
 * vrf_capture_step_ask_liveness:
 *
 * GET …/liveness: three challenges and their nonce. Those given out before are void from then on;
 * what was answered stays answered.
 */
gboolean
vrf_capture_step_ask_liveness (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (call->service);
  g_autoptr (VrfStoredLiveness) liveness = NULL;

  if (!check_order (call, error))
    return FALSE;
  liveness = vrf_store_capture_get_liveness (store, call->session->n, error);
  if (liveness == NULL)
    return FALSE;

  g_free (liveness->nonce);
  g_free (liveness->challenges);
  liveness->nonce = vrf_random_base64url (NONCE_BYTES);
  liveness->challenges = dup_challenges ();
  if (!vrf_store_capture_put_liveness (store, liveness, error))
    return FALSE;
  reply_challenges (liveness, reply);

  return TRUE;
}

static gboolean
is_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING;
}

static const char *
take_nonce (JsonObject *body, VrfFieldErrors *errors)
{
  JsonNode *node = json_object_get_member (body, "nonce");

  if (is_text (node) && strlen (json_node_get_string (node)) <= MAX_NONCE)
    return json_node_get_string (node);
  vrf_field_errors_add (
      errors, "nonce", node == NULL ? "required" : "type", "must be the challenges' nonce");

  return NULL;
}

/* The answer in the form the challenges are stored in. */
static char *
take_challenges (JsonObject *body, VrfFieldErrors *errors)
{
  JsonNode *node = json_object_get_member (body, "challenges");
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *array = NULL;
  gboolean good = node != NULL && JSON_NODE_HOLDS_ARRAY (node);

  array = good ? json_node_get_array (node) : NULL;
  good = good && json_array_get_length (array) <= G_N_ELEMENTS (challenges);
  for (guint i = 0; good && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      good = is_text (element) && g_strv_contains (challenges, json_node_get_string (element));
      if (good)
        g_string_append_printf (text, "%s%s", i > 0 ? " " : "", json_node_get_string (element));
    }
  if (good)
    return g_string_free (g_steal_pointer (&text), FALSE);
  vrf_field_errors_add (errors,
                        "challenges",
                        node == NULL ? "required" : "enum",
                        "must be a list of challenges by name");

  return NULL;
}

/* Good for one answer: the nonce goes with it. */
static gboolean
accept (VrfCaptureCall *call, const char *nonce, const char *answer, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (call->service);
  g_autoptr (VrfStoredLiveness) liveness =
      vrf_store_capture_get_liveness (store, call->session->n, error);

  if (liveness == NULL)
    return FALSE;
  if (liveness->nonce == NULL || !vrf_signature_equal (nonce, liveness->nonce))
    return vrf_capture_refuse_order (error, "These challenges are not the current ones.");
  if (!g_str_equal (answer, liveness->challenges))
    return vrf_capture_refuse_order (error, "The challenges were not answered as asked.");
  if (!vrf_service_apply (call->service, call->session, VRF_EVENT_STEP, NULL, error))
    return FALSE;

  g_clear_pointer (&liveness->nonce, g_free);
  g_clear_pointer (&liveness->challenges, g_free);
  liveness->done_at = vrf_service_get_now (call->service);
  return vrf_store_capture_put_liveness (store, liveness, error);
}

/** vrf_capture_step_liveness: POST …/liveness: `nonce` and `challenges`, as they were given out */
gboolean
vrf_capture_step_liveness (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  JsonObject *body = vrf_request_get_body (call->request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  const char *nonce = take_nonce (body, errors);
  g_autofree char *answer = take_challenges (body, errors);

  if (vrf_field_errors_reply (errors, reply))
    return TRUE;
  if (!check_order (call, error) || !accept (call, nonce, answer, error))
    return FALSE;
  vrf_capture_reply_status (call, reply, NULL, NULL);

  return TRUE;
}
