/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "capture-client.h"

#define AGREE "{\"consent\":true,\"consent_version\":\"1.0\"}"

static void
assert_status (Answer *answer, guint status)
{
  g_autoptr (Answer) owned = answer;

  if (owned->status != status && owned->json != NULL)
    g_test_message ("%s", answer_text (owned, "detail"));
  g_assert_cmpuint (owned->status, ==, status);
}

static void
assert_error (Answer *answer, guint status, const char *code)
{
  g_autoptr (Answer) owned = answer;

  g_assert_cmpuint (owned->status, ==, status);
  g_assert_cmpstr (answer_text (owned, "error"), ==, code);
}

/* Up to the selfie, with a passport. */
static void
walk_to_selfie (Client *client)
{
  g_autoptr (GBytes) png = client_make_png (1600, 1000);

  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_status (client_post (client, "/document-type", "{\"document_type\":\"passport\"}"), 200);
  assert_status (client_upload (client,
                                "/documents",
                                "--b\r\nContent-Disposition: form-data; name=\"side\"\r\n\r\n"
                                "front\r\n",
                                png),
                 201);
  assert_status (client_upload (client, "/selfie", "", png), 201);
}

/* verifa-api.md 4, step 6: three different ones of seven. */
static void
assert_challenges (Answer *asked)
{
  static const char *const seven[] = { "blink",   "smile", "turn_left",  "turn_right",
                                       "look_up", "nod",   "open_mouth", NULL };
  JsonArray *names = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (asked->status, ==, 200);
  g_assert_cmpuint (strlen (answer_text (asked, "nonce")), >=, 22);
  names = json_object_get_array_member (json_node_get_object (asked->json), "challenges");
  g_assert_cmpuint (json_array_get_length (names), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const char *name = json_array_get_string_element (names, i);

      g_assert_true (g_strv_contains (seven, name));
      g_assert_true (g_hash_table_add (seen, (char *) name));
    }
}

static void
test_liveness (Client *client, gconstpointer unused)
{
  static const char *const malformed[] = {
    "{}",
    "{\"nonce\":7,\"challenges\":[]}",
    "{\"nonce\":\"x\"}",
    "{\"nonce\":\"x\",\"challenges\":\"nod\"}",
    "{\"nonce\":\"x\",\"challenges\":[\"jump\"]}",
    "{\"nonce\":\"x\",\"challenges\":[1]}",
  };
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;
  g_autofree char *old = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *good = NULL;

  /* A workflow that does not ask for it. */
  client_create (client, "{}");
  walk_to_selfie (client);
  assert_error (client_ask_liveness (client), 400, "bad_request");

  client_create (client, "{\"workflow_id\":\"workflow_full\"}");
  assert_error (client_ask_liveness (client), 400, "bad_request"); /* no consent */
  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_error (client_ask_liveness (client), 400, "bad_request"); /* no selfie */
  walk_to_selfie (client);
  assert_error (client_post (client, "/liveness", "{\"nonce\":\"x\",\"challenges\":[\"nod\"]}"),
                400,
                "bad_request");
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    assert_error (client_post (client, "/liveness", malformed[i]), 422, "validation_error");

  first = client_ask_liveness (client);
  assert_challenges (first);
  second = client_ask_liveness (client);
  assert_challenges (second);
  old = client_dup_liveness (first, FALSE);
  wrong = client_dup_liveness (second, TRUE);
  good = client_dup_liveness (second, FALSE);
  assert_error (client_post (client, "/liveness", old), 400, "bad_request");
  assert_error (client_post (client, "/liveness", wrong), 400, "bad_request");
  assert_status (client_post (client, "/liveness", good), 200);
  assert_error (client_post (client, "/liveness", good), 400, "bad_request"); /* used up */
}

static void
add_signals (JsonArray *array, guint index, JsonNode *node, gpointer data)
{
  JsonObject *signal = json_node_get_object (node);

  g_string_append_printf (data,
                          "%s%s/%s/%d",
                          index > 0 ? " " : "",
                          json_object_get_string_member (signal, "signal"),
                          json_object_get_string_member (signal, "category"),
                          (int) json_object_get_int_member (signal, "weight"));
}

/* Weights of verifa-api.md 2.6; the score is the preset's, 8.6. */
static void
test_signals (Client *client, gconstpointer unused)
{
  static const char *const malformed[] = {
    "{}", "{\"signals\":[]}", "{\"signals\":{\"<b>\":true}}", "{\"signals\":{\"\":true}}"
  };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autoptr (Answer) risk = NULL;
  JsonObject *object = NULL;

  client_create (client, "{}");
  assert_error (client_post (client, "/signals", "{\"signals\":{\"nod\":1}}"), 400, "bad_request");
  walk_to_selfie (client);
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    assert_error (client_post (client, "/signals", malformed[i]), 422, "validation_error");
  assert_status (client_post (client,
                              "/signals",
                              "{\"signals\":{\"bot_detected\":true,\"high_distraction\":6,"
                              "\"devtools_open\":false,\"virtual_camera\":null}}"),
                 200);
  assert_status (
      client_post (client, "/signals", "{\"signals\":{\"new_one\":{},\"bot_detected\":false}}"),
      200);
  assert_status (client_post (client, "/complete", "{}"), 200);
  assert_error (client_post (client, "/signals", "{\"signals\":{}}"), 400, "bad_request");
  assert_status (client_post (client, "/sandbox-outcome", "{\"outcome\":\"approve\"}"), 200);

  path = g_strconcat ("/sessions/", client->session_id, "/risk", NULL);
  risk = client_api (client, "GET", path, NULL);
  object = json_node_get_object (risk->json);
  json_array_foreach_element (json_object_get_array_member (object, "signals"), add_signals, text);
  g_assert_cmpstr (
      text->str, ==, "high_distraction/behavioral/5 bot_detected/device/50 new_one/other/0");
  g_assert_cmpint (json_object_get_int_member (object, "risk_score"), ==, 8);
}

#define ADD(name)                                                                                  \
  g_test_add ("/capture-extras/" #name, Client, NULL, client_set_up, test_##name, client_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD (liveness);
  ADD (signals);

  return g_test_run ();
}
