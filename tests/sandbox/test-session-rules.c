/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-document-url.h"
#include "sandbox/vrf-fixtures.h"
#include "sandbox/vrf-workflow-run.h"

/* Signed addresses, runs of workflows and checks that are tried again, on a clock that stands still
 * (verifa-api.md 3.11, 3.16, 3.19). */

#define START ((gint64) 1769947200 * G_USEC_PER_SEC) /* 2026-02-01T12:00:00Z */

typedef struct
{
  VrfSandboxStore *store;
  VrfSandboxClock *clock;
  VrfService *service;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->store = vrf_sandbox_store_open (":memory:", &error);
  g_assert_no_error (error);
  g_assert_true (vrf_fixtures_ensure (fixture->store, START, &error));
  fixture->clock = vrf_sandbox_clock_new (0, 1.0);
  vrf_sandbox_clock_hold (fixture->clock, START);
  fixture->service = vrf_service_new (fixture->store, fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->service);
  g_assert_finalize_object (fixture->store);
  g_assert_finalize_object (fixture->clock);
}

static VrfStoredSession *
create (Fixture *fixture, gboolean is_sandbox)
{
  VrfStoredSession *session = vrf_stored_session_new ();
  g_autoptr (GError) error = NULL;

  session->is_sandbox = is_sandbox;
  session->workflow_id = g_strdup ("workflow_default_kyc");
  vrf_service_create (fixture->service, session, &error);
  g_assert_no_error (error);
  return session;
}

static void
pass (Fixture *fixture, int seconds)
{
  g_autoptr (GError) error = NULL;

  vrf_sandbox_clock_move (fixture->clock, VRF_SECONDS (seconds));
  vrf_service_settle (fixture->service, &error);
  g_assert_no_error (error);
}

static void
reload (Fixture *fixture, VrfStoredSession **session)
{
  g_autoptr (GError) error = NULL;
  VrfStoredSession *again = vrf_sandbox_store_get_session (
      fixture->store, (*session)->id, (*session)->is_sandbox, &error);

  g_assert_no_error (error);
  g_assert_nonnull (again);
  vrf_stored_session_free (*session);
  *session = again;
}

static void
apply (Fixture *fixture, VrfStoredSession *session, VrfEvent event, const char *preset)
{
  g_autoptr (GError) error = NULL;

  vrf_service_apply (fixture->service, session, event, vrf_presets_find (preset), &error);
  g_assert_no_error (error);
}

/* Made with openssl dgst -sha256 -hmac. */
#define SECRET "a secret of the test"
#define SIGNATURE "084b68c9b038ffe5807fc77ee24a19955a4d9e19c088e37fdb8a49561aa47357"

static void
assert_url_refused (Fixture *fixture, const char *doc_type, const char *expires, const char *sig)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (vrf_document_url_check (
      fixture->service, "session_5f0c2a9be1d74c6f8a3b9d10", doc_type, expires, sig, &error));
  g_assert_cmpint (vrf_error_get_http_status (error), ==, 403);
}

static void
test_document_url (Fixture *fixture, gconstpointer unused)
{
  const char *id = "session_5f0c2a9be1d74c6f8a3b9d10";
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  vrf_sandbox_store_set_meta (fixture->store, "document_secret", SECRET, &error);
  g_assert_no_error (error);
  vrf_service_set_base_url (fixture->service, "https://api.withverifa.com");
  url = vrf_document_url_dup (fixture->service, id, "id_front", 300, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (url,
                   ==,
                   "https://api.withverifa.com/api/v1/sessions/session_5f0c2a9be1d74c6f8a3b9d10/"
                   "documents/id_front?expires=1769947500&sig=" SIGNATURE);

  g_assert_true (
      vrf_document_url_check (fixture->service, id, "id_front", "1769947500", SIGNATURE, &error));
  g_assert_no_error (error);
  assert_url_refused (fixture, "id_front", NULL, SIGNATURE);
  assert_url_refused (fixture, "id_front", "1769947500", NULL);
  assert_url_refused (fixture, "id_front", "1769947501", SIGNATURE);
  assert_url_refused (fixture, "selfie", "1769947500", SIGNATURE);
  assert_url_refused (fixture, "id_front", "1769947500", "");
  pass (fixture, 299);
  g_assert_true (
      vrf_document_url_check (fixture->service, id, "id_front", "1769947500", SIGNATURE, NULL));
  pass (fixture, 1);
  assert_url_refused (fixture, "id_front", "1769947500", SIGNATURE);
}

static void
test_secret_is_kept (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = vrf_document_url_dup (fixture->service, "s", "selfie", 1, NULL);
  g_autofree char *second = vrf_document_url_dup (fixture->service, "s", "selfie", 1, NULL);

  g_assert_nonnull (first);
  g_assert_cmpstr (first, ==, second);
}

static void
assert_run (Fixture *fixture,
            const VrfStoredSession *session,
            const char *status,
            const char *node,
            const char *final_status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfStoredRun) run = vrf_store_runs_get (fixture->store, session->n, &error);

  g_assert_no_error (error);
  g_assert_nonnull (run);
  g_assert_cmpstr (run->status, ==, status);
  g_assert_cmpstr (run->current_node, ==, node);
  g_assert_cmpstr (run->final_status, ==, final_status);
}

static void
test_live_run (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, FALSE);
  g_autoptr (VrfStoredRun) run = NULL;
  g_autoptr (VrfStoredRun) again = NULL;

  g_assert_null (vrf_store_runs_get (fixture->store, session->n, NULL));
  apply (fixture, session, VRF_EVENT_VISIT, NULL);
  apply (fixture, session, VRF_EVENT_COMPLETE, NULL);
  assert_run (fixture, session, "running", "document_ocr", NULL);
  pass (fixture, 2);
  assert_run (fixture, session, "completed", "approved", "approved");
  run = vrf_store_runs_get (fixture->store, session->n, NULL);
  g_assert_cmpint (run->completed_at - run->started_at, ==, VRF_SECONDS (2));

  reload (fixture, &session);
  apply (fixture, session, VRF_EVENT_REPROCESS, NULL);
  assert_run (fixture, session, "running", "document_ocr", NULL);
  again = vrf_store_runs_get (fixture->store, session->n, NULL);
  g_assert_cmpstr (again->id, !=, run->id);
  g_assert_cmpstr (again->node_results, ==, "{}");
}

/* A live session that waits at a gate: nothing but another system ends that. */
static VrfStoredSession *
create_waiting (Fixture *fixture, gboolean is_sandbox)
{
  VrfStoredSession *session = create (fixture, is_sandbox);

  apply (fixture, session, VRF_EVENT_VISIT, NULL);
  apply (fixture, session, VRF_EVENT_COMPLETE, NULL);
  apply (fixture, session, is_sandbox ? VRF_EVENT_OUTCOME : VRF_EVENT_PROCESSED, "await_external");
  g_assert_cmpint (session->state, ==, VRF_STATE_AWAITING_EXTERNAL);
  return session;
}

static void
decide (Fixture *fixture, const VrfStoredSession *session, const char *decision)
{
  g_autoptr (GError) error = NULL;

  vrf_workflow_run_decide (fixture->store, session, decision, NULL, &error);
  g_assert_no_error (error);
}

static void
test_gate (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *decision;
    const char *result;
  } cases[] = { { "continue", "approved" }, { "fail", "rejected" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VrfStoredSession) session = create_waiting (fixture, FALSE);

      assert_run (fixture, session, "paused", "external_gate", NULL);
      pass (fixture, 3600);
      reload (fixture, &session);
      g_assert_cmpint (session->state, ==, VRF_STATE_AWAITING_EXTERNAL);

      decide (fixture, session, cases[i].decision);
      apply (fixture, session, VRF_EVENT_CONTINUE, NULL);
      assert_run (fixture, session, "running", "auto_approve", NULL);
      pass (fixture, 2);
      reload (fixture, &session);
      g_assert_cmpint (session->state, ==, VRF_STATE_COMPLETED);
      g_assert_cmpstr (session->result_status, ==, cases[i].result);
      assert_run (fixture, session, "completed", cases[i].result, cases[i].result);
    }
}

static void
test_gate_rejected (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create_waiting (fixture, TRUE);
  g_autoptr (GError) error = NULL;

  vrf_service_apply (
      fixture->service, session, VRF_EVENT_REJECT, vrf_presets_get_gate_rejected (), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (session->result_status, ==, "rejected");
  assert_run (fixture, session, "completed", "rejected", "rejected");
}

static void
test_run_fails (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) failed = create (fixture, TRUE);
  g_autoptr (VrfStoredSession) expired = create (fixture, TRUE);

  apply (fixture, failed, VRF_EVENT_SIMULATE, "fail");
  assert_run (fixture, failed, "failed", NULL, NULL);
  apply (fixture, expired, VRF_EVENT_EXPIRE, NULL);
  g_assert_null (vrf_store_runs_get (fixture->store, expired->n, NULL));
}

static void
assert_retry_refused (Fixture *fixture, VrfStoredSession *session, const char *policy, guint status)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (vrf_service_retry_check (fixture->service, session, policy, &error));
  g_assert_cmpint (vrf_error_get_http_status (error), ==, (int) status);
}

static void
retry (Fixture *fixture, VrfStoredSession *session, const char *policy)
{
  g_autoptr (GError) error = NULL;

  vrf_service_retry_check (fixture->service, session, policy, &error);
  g_assert_no_error (error);
}

static void
assert_attempt (Fixture *fixture,
                const VrfStoredSession *session,
                const char *policy,
                guint attempt,
                const char *status)
{
  g_autoptr (GPtrArray) attempts =
      vrf_sandbox_store_list_checks (fixture->store, session->n, policy, NULL);
  const VrfStoredCheck *check = NULL;

  g_assert_cmpuint (attempts->len, ==, attempt);
  check = attempts->pdata[attempt - 1];
  g_assert_cmpint (check->attempt, ==, (int) attempt);
  g_assert_cmpstr (check->status, ==, status);
}

static void
test_retry (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE);

  assert_retry_refused (fixture, session, "face_match", 404);
  apply (fixture, session, VRF_EVENT_SIMULATE, "reject");
  assert_retry_refused (fixture, session, "document_ocr", 400);
  retry (fixture, session, "face_match");
  assert_attempt (fixture, session, "face_match", 2, "pending");
  assert_retry_refused (fixture, session, "face_match", 400);
  pass (fixture, 1);
  reload (fixture, &session);
  g_assert_cmpstr (session->result_status, ==, "rejected");

  pass (fixture, 1);
  reload (fixture, &session);
  assert_attempt (fixture, session, "face_match", 2, "passed");
  assert_attempt (fixture, session, "document_ocr", 1, "passed");
  g_assert_cmpint (session->state, ==, VRF_STATE_COMPLETED);
  g_assert_cmpstr (session->result_status, ==, "approved");
  g_assert_cmpint (session->updated_at, ==, START + VRF_SECONDS (2));
}

/* What was skipped because of the failure runs too, and a person need not decide any more. */
static void
test_retry_others (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) unreadable = create (fixture, TRUE);
  g_autoptr (VrfStoredSession) review = create (fixture, TRUE);

  apply (fixture, unreadable, VRF_EVENT_SIMULATE, "reject_unreadable");
  apply (fixture, review, VRF_EVENT_SIMULATE, "review_watchlist");
  retry (fixture, unreadable, "document_ocr");
  retry (fixture, review, "watchlist_screening");
  pass (fixture, 2);
  reload (fixture, &unreadable);
  reload (fixture, &review);
  assert_attempt (fixture, unreadable, "face_match", 2, "passed");
  g_assert_cmpstr (unreadable->result_status, ==, "approved");
  g_assert_cmpint (review->state, ==, VRF_STATE_COMPLETED);
  g_assert_cmpstr (review->case_status, ==, "approved");
}

static void
test_redact_active (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE);
  g_autoptr (GError) error = NULL;
  guint documents = 1;

  g_assert_true (vrf_service_redact (fixture->service, session, &documents, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (documents, ==, 0);
  g_assert_cmpint (session->state, ==, VRF_STATE_EXPIRED);
  g_assert_cmpstr (session->retention, ==, "redacted");
  assert_retry_refused (fixture, session, "face_match", 404);
  g_assert_true (vrf_service_redact (fixture->service, session, &documents, &error));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/session-rules/document-url", test_document_url },
    { "/sandbox/session-rules/secret-is-kept", test_secret_is_kept },
    { "/sandbox/session-rules/live-run", test_live_run },
    { "/sandbox/session-rules/gate", test_gate },
    { "/sandbox/session-rules/gate-rejected", test_gate_rejected },
    { "/sandbox/session-rules/run-fails", test_run_fails },
    { "/sandbox/session-rules/retry", test_retry },
    { "/sandbox/session-rules/retry-others", test_retry_others },
    { "/sandbox/session-rules/redact-active", test_redact_active },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
