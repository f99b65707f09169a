/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

static VrfApiClient *
new_client (const char *base_url, const char *api_key)
{
  g_autoptr (GError) error = NULL;
  VrfApiClient *client = vrf_api_client_new (base_url, api_key, &error);

  g_assert_no_error (error);
  vrf_api_client_set_max_attempts (client, 1);
  return client;
}

void
contract_set_up (Contract *self, gconstpointer data)
{
  VrfSandboxOptions options = { 0 };
  g_autoptr (GError) error = NULL;

  self->sandbox = vrf_sandbox_new (&options);
  vrf_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
  self->client = new_client (vrf_sandbox_get_api_url (self->sandbox),
                             vrf_sandbox_get_sandbox_key (self->sandbox));
  self->live = new_client (vrf_sandbox_get_api_url (self->sandbox),
                           vrf_sandbox_get_live_key (self->sandbox));
}

void
contract_tear_down (Contract *self, gconstpointer data)
{
  g_assert_finalize_object (self->client);
  g_assert_finalize_object (self->live);
  vrf_sandbox_stop (self->sandbox);
  g_assert_finalize_object (self->sandbox);
}

JsonNode *
contract_golden (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "api", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  root = vrf_json_parse (bytes, length, &error);
  g_assert_no_error (error);
  return json_object_dup_member (json_node_get_object (root), "reply");
}

JsonNode *
contract_golden_item (const char *name, guint index)
{
  g_autoptr (JsonNode) reply = contract_golden (name);
  JsonArray *data = json_object_get_array_member (json_node_get_object (reply), "data");

  return json_array_dup_element (data, index);
}

void
contract_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
}

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("No answer in 20 s");
  return G_SOURCE_REMOVE;
}

GAsyncResult *
contract_await (GAsyncResult **result)
{
  guint timer = g_timeout_add_seconds (20, too_late_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return *result;
}

static VrfSessionRequest *
new_request (void)
{
  VrfSessionRequest *request = vrf_session_request_new ();

  request->external_ref = g_strdup ("guest-1042");
  request->workflow_id = g_strdup ("workflow_default_kyc");
  request->country = g_strdup ("us");
  request->applicant_name = g_strdup ("Jane Doe");
  request->applicant_email = g_strdup ("jane.doe@example.com");
  request->send_email = TRUE;
  request->desk = g_strdup ("3");
  request->tags = g_strsplit ("walk-in", ",", -1);
  return request;
}

VrfSession *
contract_create (Contract *self)
{
  g_autoptr (VrfSessionRequest) request = new_request ();
  g_autoptr (GError) error = NULL;
  VrfSession *session = contract_call (create_session, &error, self->client, request, NULL, NULL);

  g_assert_no_error (error);
  return session;
}

void
contract_simulate (Contract *self, const char *session_id, const char *action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session =
      contract_call (simulate, &error, self->client, session_id, action, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (session->id, ==, session_id);
}
