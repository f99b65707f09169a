/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-identity-fields.h"
#include "sandbox/vrf-inflection.h"
#include "sandbox/vrf-session-draft.h"
#include "sandbox/vrf-webhook-draft.h"

/* A body through the JSON gate, the spelling of its members and the checks of its fields. What the
 * gate lets in, it lets in again after we have written it. */

#define MAX_BYTES 65536

static void
check_again (JsonNode *node)
{
  g_autofree char *text = vrf_json_to_text (node);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = vrf_json_parse (bytes, G_MAXSIZE, &error);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  text_again = vrf_json_to_text (again);
  g_assert_cmpstr (text, ==, text_again);
}

static void
check_fields (JsonObject *body)
{
  static const VrfField fields[] = {
    { "name", VRF_FIELD_STRING, TRUE, 1, 20 },
    { "email", VRF_FIELD_STRING, .max = 254, .check = vrf_fields_check_email },
    { "country", VRF_FIELD_STRING, .check = vrf_fields_check_country },
    { "url", VRF_FIELD_STRING, .check = vrf_fields_check_url },
    { "birth_date", VRF_FIELD_STRING, .check = vrf_fields_check_date },
    { "tags", VRF_FIELD_STRINGS, .max = 5, .item_max = 10 },
    { "limit", VRF_FIELD_INT, .min = 1, .max = 100 },
    { "active", VRF_FIELD_BOOL },
    { "metadata", VRF_FIELD_OBJECT },
    { NULL },
  };
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredSession) session = NULL;

  vrf_fields_check (body, fields, errors);
  session = vrf_session_draft_read (body, errors);
  vrf_webhook_draft_check (body, TRUE, errors);
  vrf_identity_fields_check_definitions (body, "fields", errors);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonNode) node = vrf_json_parse (bytes, MAX_BYTES, NULL);
  g_autoptr (JsonNode) snake = NULL;

  if (node == NULL)
    return 0;
  check_again (node);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return 0;
  snake = vrf_inflection_to_snake (node);
  check_fields (json_node_get_object (snake));
  return 0;
}
