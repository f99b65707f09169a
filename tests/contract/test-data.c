/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* Documents, redaction and the workflow's run, as our client reads them: once from the golden file,
 * once from our sandbox. */

#define BOUNDARY "----verifa"

/* The head of a PNG: as much of it as the sandbox reads. */
static GBytes *
make_form (const char *doc_type)
{
  static const guint8 png[45] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x06\x40\0\0\x03\xe8";
  g_autofree char *head =
      g_strdup_printf ("--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"document_type\""
                       "\r\n\r\n%s\r\n--" BOUNDARY "\r\nContent-Disposition: form-data;"
                       " name=\"file\"; filename=\"a.png\"\r\n\r\n",
                       doc_type);
  const char *tail = "\r\n--" BOUNDARY "--\r\n";
  GByteArray *form = g_byte_array_new ();

  g_byte_array_append (form, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (form, png, sizeof png);
  g_byte_array_append (form, (const guint8 *) tail, (guint) strlen (tail));
  return g_byte_array_free_to_bytes (form);
}

/* The client has no upload: applicants' phones and integrators' servers do that. */
static void
upload (Contract *self, const char *session_id, const char *doc_type)
{
  g_autofree char *uri = g_strdup_printf (
      "%s/api/v1/sessions/%s/documents", vrf_sandbox_get_api_url (self->sandbox), session_id);
  g_autoptr (SoupSession) http = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
  g_autoptr (GBytes) form = make_form (doc_type);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message),
                                "X-API-Key",
                                vrf_sandbox_get_sandbox_key (self->sandbox));
  soup_message_set_request_body_from_bytes (
      message, "multipart/form-data; boundary=" BOUNDARY, form);
  answer = soup_session_send_and_read (http, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 201);
}

static void
test_documents (Contract *self, gconstpointer data)
{
  g_autoptr (JsonNode) node = contract_golden_item ("list_documents", 0);
  g_autoptr (VrfDocument) golden = vrf_document_new_from_json (node, NULL);
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) real = NULL;
  g_autoptr (GError) error = NULL;
  const VrfDocument *document = NULL;

  none = contract_call (list_documents, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  upload (self, session->id, "id_front");
  real = contract_call (list_documents, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (real->len, ==, 1);
  document = real->pdata[0];
  g_assert_cmpstr (document->doc_type, ==, golden->doc_type);
  g_assert_cmpstr (document->mime_type, ==, "image/png");
  g_assert_cmpint (document->expires_in_s, ==, golden->expires_in_s);
  g_assert_true (g_str_has_prefix (document->url, vrf_sandbox_get_api_url (self->sandbox)));
  g_assert_nonnull (strstr (document->url, "?expires="));
  g_assert_nonnull (strstr (document->url, "&sig="));
}

static void
test_redact (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (VrfSession) after = NULL;
  g_autoptr (VrfResult) result = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;

  upload (self, session->id, "id_front");
  upload (self, session->id, "selfie");
  contract_simulate (self, session->id, "approve");
  g_assert_cmpint (contract_call (redact, &error, self->client, session->id, NULL), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpint (contract_call (redact, &error, self->client, session->id, NULL), ==, 0);
  g_assert_no_error (error);

  after = contract_call (get_session, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (after->retention_status, ==, "redacted");
  g_assert_null (after->applicant_name);
  result = contract_call (get_result, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_true (result->sensitive_data_expired);
  g_assert_cmpuint (json_object_get_size (result->extracted_data), ==, 0);
  documents = contract_call (list_documents, &error, self->client, session->id, NULL);
  g_assert_null (documents);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_GONE);
}

static void
test_run (Contract *self, gconstpointer data)
{
  g_autoptr (JsonNode) node = contract_golden ("get_workflow_run");
  g_autoptr (VrfWorkflowRun) golden = vrf_workflow_run_new_from_json (node, NULL);
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (VrfWorkflowRun) none = NULL;
  g_autoptr (VrfWorkflowRun) real = NULL;
  g_autoptr (GError) error = NULL;

  none = contract_call (get_workflow_run, &error, self->client, session->id, NULL);
  g_assert_null (none);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_clear_error (&error);

  contract_simulate (self, session->id, "approve");
  real = contract_call (get_workflow_run, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (real->id, "wfrun_"));
  g_assert_cmpstr (real->workflow_id, ==, golden->workflow_id);
  g_assert_cmpstr (real->status, ==, golden->status);
  g_assert_cmpstr (real->final_status, ==, golden->final_status);
  g_assert_cmpstr (real->current_node, ==, golden->current_node);
  g_assert_cmpstr (real->paused_at_node, ==, golden->paused_at_node);
  g_assert_cmpint (real->started_at, !=, VRF_TIME_NONE);
  g_assert_cmpint (real->completed_at, >=, real->started_at);
  g_assert_cmpint (real->duration_ms, >=, 0);
}

static void
test_reprocess (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) session = contract_create (self);
  g_autoptr (VrfSession) after = NULL;
  g_autoptr (VrfWorkflowRun) run = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (contract_call (reprocess, &error, self->client, session->id, NULL));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_BAD_REQUEST);
  g_clear_error (&error);

  contract_simulate (self, session->id, "decline");
  g_assert_true (contract_call (reprocess, &error, self->client, session->id, NULL));
  g_assert_no_error (error);
  after = contract_call (get_session, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (after->status_text, ==, "sandbox_pending");
  run = contract_call (get_workflow_run, &error, self->client, session->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (run->status, ==, "running");
  g_assert_false (contract_call (reprocess, &error, self->client, session->id, NULL));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_CONFLICT);
}

#define add(name, function)                                                                        \
  g_test_add ("/contract/data/" name, Contract, NULL, contract_set_up, function, contract_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("documents", test_documents);
  add ("redact", test_redact);
  add ("run", test_run);
  add ("reprocess", test_reprocess);

  return g_test_run ();
}
