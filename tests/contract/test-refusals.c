/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include "base/vrf-error.h"

/* What the sandbox refuses, as the client tells it. */

static void
test_environments (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (VrfSession) other = NULL;
  g_autoptr (VrfSession) simulated = NULL;
  g_autoptr (GError) error = NULL;

  other = contract_call (get_session, &error, self->live, session->id, NULL);
  g_assert_null (other);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_assert_cmpstr (vrf_error_get_api_code (error), ==, "not_found");
  g_clear_error (&error);

  simulated = contract_call (simulate, &error, self->live, session->id, "approve", NULL);
  g_assert_null (simulated);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_FORBIDDEN);
  g_assert_cmpuint (vrf_error_get_http_status (error), ==, 403);
}

static void
test_key (Contract *self, gconstpointer data)
{
  g_autoptr (VrfApiClient) stranger = vrf_api_client_new (
      vrf_sandbox_get_api_url (self->sandbox), "vk_sandbox_00000000000000000000000000000000", NULL);
  VrfSessionQuery query = { 0 };
  g_autoptr (VrfSessionPage) page = NULL;
  g_autoptr (GError) error = NULL;

  page = contract_call (list_sessions, &error, stranger, &query, NULL);
  g_assert_null (page);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_UNAUTHORIZED);
  g_assert_cmpstr (vrf_error_get_api_code (error), ==, "unauthorized");
}

static void
test_fields (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (VrfSession) none = NULL;
  g_autoptr (VrfSession) nowhere = NULL;
  g_autoptr (VrfSession) unknown = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = contract_create (self);

  /* What the client itself lets pass. */
  request->redirect_url = g_strdup ("https://hotel.example/done");
  request->workflow_id = g_strdup ("workflow_nobody");
  none = contract_call (create_session, &error, self->client, request, NULL, NULL);
  g_assert_null (none);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_clear_error (&error);

  nowhere = contract_call (simulate, &error, self->client, "session_nobody", "approve", NULL);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_clear_error (&error);

  unknown = contract_call (simulate, &error, self->client, session->id, "applaud", NULL);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_INVALID);
  g_assert_cmpstr (vrf_error_get_field (error), ==, "action");
}

static void
test_idempotency (Contract *self, gconstpointer data)
{
  static const char key[] = "3f1c6a52-8d0e-4b57-9c61-2a7f0e5d4b38";
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (VrfSession) first = NULL;
  g_autoptr (VrfSession) second = NULL;
  g_autoptr (VrfSession) third = NULL;
  g_autoptr (GError) error = NULL;

  request->external_ref = g_strdup ("guest-1");
  first = contract_call (create_session, &error, self->client, request, key, NULL);
  second = contract_call (create_session, &error, self->client, request, key, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (first->id, ==, second->id);
  g_assert_cmpstr (first->capture_url, ==, second->capture_url);

  g_free (request->external_ref);
  request->external_ref = g_strdup ("guest-2");
  third = contract_call (create_session, &error, self->client, request, key, NULL);
  g_assert_null (third);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_IDEMPOTENCY);
}

/* Each action where its state does not allow it (verifa-product.md 1.3). */
static void
test_states (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (VrfSession) expired = NULL;
  g_autoptr (VrfSession) resumed = NULL;
  g_autoptr (VrfSession) simulated = NULL;
  g_autoptr (VrfLink) link = NULL;
  g_autoptr (GError) error = NULL;

  contract_simulate (self, session->id, "approve");
  expired = contract_call (expire_session, &error, self->client, session->id, NULL, NULL);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  resumed = contract_call (resume_session, &error, self->client, session->id, NULL, NULL);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  link = contract_call (generate_link, &error, self->client, session->id, 0, NULL);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  simulated = contract_call (simulate, &error, self->client, session->id, "decline", NULL);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  contract_call (resend_invite, &error, self->client, session->id, NULL, NULL);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_BAD_REQUEST);
}

#define add(name, function)                                                                        \
  g_test_add (                                                                                     \
      "/contract/refusals/" name, Contract, NULL, contract_set_up, function, contract_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("environments", test_environments);
  add ("key", test_key);
  add ("fields", test_fields);
  add ("idempotency", test_idempotency);
  add ("states", test_states);

  return g_test_run ();
}
