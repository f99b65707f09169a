/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-retention.h"
#include "sandbox/vrf-service.h"

/* What happens to sessions as time passes and applicants come, on a clock that stands still. */

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
create (Fixture *fixture, gboolean is_sandbox, const char *metadata)
{
  VrfStoredSession *session = vrf_stored_session_new ();
  g_autoptr (GError) error = NULL;

  session->is_sandbox = is_sandbox;
  if (metadata != NULL)
    vrf_stored_set (&session->metadata, metadata);
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

static VrfStoredSession *
reload (Fixture *fixture, const VrfStoredSession *session)
{
  g_autoptr (GError) error = NULL;
  VrfStoredSession *again =
      vrf_sandbox_store_get_session (fixture->store, session->id, session->is_sandbox, &error);

  g_assert_no_error (error);
  g_assert_nonnull (again);
  return again;
}

static void
must_apply (Fixture *fixture, VrfStoredSession *session, VrfEvent event, const char *preset)
{
  g_autoptr (GError) error = NULL;

  vrf_service_apply (fixture->service, session, event, vrf_presets_find (preset), &error);
  g_assert_no_error (error);
}

/* Visits, and gives the browser's name, or the code of the refusal. */
static char *
visit (Fixture *fixture, const char *token, const char *visitor)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autoptr (VrfStoredSession) session =
      vrf_service_visit (fixture->service, token, visitor, &name, &error);

  if (session != NULL)
    return g_steal_pointer (&name);
  return g_strdup (vrf_error_get_api_code (error));
}

static void
test_create (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autoptr (VrfStoredSession) again = reload (fixture, session);

  g_assert_true (g_str_has_prefix (session->id, "session_"));
  g_assert_cmpuint (strlen (session->id), ==, strlen ("session_") + 24);
  g_assert_true (g_str_has_prefix (session->token, "tok_"));
  g_assert_cmpuint (strlen (session->token), ==, strlen ("tok_") + 43);
  g_assert_cmpint (again->state, ==, VRF_STATE_PENDING);
  g_assert_cmpint (again->created_at, ==, START);
  g_assert_cmpint (again->token_expires_at, ==, START + VRF_SECONDS (1200));
  g_assert_cmpstr (again->token, ==, session->token);
}

static void
test_expiry (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autoptr (VrfStoredSession) before = NULL;
  g_autoptr (VrfStoredSession) after = NULL;
  g_autofree char *code = NULL;

  pass (fixture, 1199);
  before = reload (fixture, session);
  g_assert_cmpint (before->state, ==, VRF_STATE_PENDING);

  /* It expired when it was due, not when somebody looked. */
  pass (fixture, 3600);
  after = reload (fixture, session);
  g_assert_cmpint (after->state, ==, VRF_STATE_EXPIRED);
  g_assert_cmpint (after->updated_at, ==, START + VRF_SECONDS (1200));
  g_assert_cmpint (after->token_expires_at, ==, VRF_TIME_NONE);
  code = visit (fixture, session->token, NULL);
  g_assert_cmpstr (code, ==, "token_expired");
}

static void
test_resume (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autofree char *old_token = g_strdup (session->token);
  g_autoptr (VrfStoredSession) expired = NULL;
  g_autofree char *old_code = NULL;
  g_autofree char *name = NULL;

  pass (fixture, 2000);
  expired = reload (fixture, session);
  must_apply (fixture, expired, VRF_EVENT_RESUME, NULL);
  g_assert_cmpint (expired->state, ==, VRF_STATE_PENDING);
  g_assert_cmpstr (expired->token, !=, old_token);
  g_assert_cmpint (expired->token_expires_at, ==, START + VRF_SECONDS (3200));

  old_code = visit (fixture, old_token, NULL);
  g_assert_cmpstr (old_code, ==, "token_revoked");
  name = visit (fixture, expired->token, NULL);
  g_assert_cmpuint (strlen (name), ==, 43);
}

static void
test_live (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *metadata;
    VrfState to;
    const char *result;
  } cases[] = {
    { "{}", VRF_STATE_COMPLETED, "approved" },
    { "{\"_simulate\":\"decline\"}", VRF_STATE_COMPLETED, "rejected" },
    { "{\"_simulate\":\"require-review\"}", VRF_STATE_UNDER_REVIEW, "needs_review" },
    { "{\"_simulate\":7}", VRF_STATE_COMPLETED, "approved" },
    { "{\"_simulate\":\"expire\"}", VRF_STATE_COMPLETED, "approved" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VrfStoredSession) session = create (fixture, FALSE, cases[i].metadata);
      g_autoptr (VrfStoredSession) during = NULL;
      g_autoptr (VrfStoredSession) after = NULL;

      must_apply (fixture, session, VRF_EVENT_VISIT, NULL);
      must_apply (fixture, session, VRF_EVENT_COMPLETE, NULL);
      pass (fixture, 1);
      during = reload (fixture, session);
      g_assert_cmpint (during->state, ==, VRF_STATE_PROCESSING);
      pass (fixture, 1);
      after = reload (fixture, session);
      g_assert_cmpint (after->state, ==, cases[i].to);
      g_assert_cmpstr (after->result_status, ==, cases[i].result);
      g_assert_cmpint (after->processing_attempts, ==, 1);
    }
}

/* Whatever is written about a session meanwhile, its run comes to its end. */
static void
test_live_changed (Fixture *fixture, gconstpointer unused)
{
  static const VrfEvent events[] = { VRF_EVENT_UPDATE, VRF_EVENT_VISIT, VRF_EVENT_LINK };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (VrfStoredSession) session = create (fixture, FALSE, "{}");
      g_autoptr (VrfStoredSession) after = NULL;

      must_apply (fixture, session, VRF_EVENT_VISIT, NULL);
      must_apply (fixture, session, VRF_EVENT_COMPLETE, NULL);
      must_apply (fixture, session, events[i], NULL);
      pass (fixture, 2);
      after = reload (fixture, session);
      g_assert_cmpint (after->state, ==, VRF_STATE_COMPLETED);
      g_assert_cmpint (after->run_ends_at, ==, VRF_TIME_NONE);
    }
}

static void
test_case (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autoptr (GPtrArray) latest = NULL;
  g_autoptr (GPtrArray) attempts = NULL;
  g_autofree char *case_id = NULL;

  must_apply (fixture, session, VRF_EVENT_SIMULATE, "needs_review");
  g_assert_cmpstr (session->case_status, ==, "open");
  case_id = g_strdup (session->case_id);
  must_apply (fixture, session, VRF_EVENT_DECIDE, "approve");
  g_assert_cmpstr (session->case_id, ==, case_id);
  g_assert_cmpstr (session->case_status, ==, "approved");
  g_assert_cmpstr (session->result_status, ==, "approved");

  latest = vrf_sandbox_store_list_checks (fixture->store, session->n, NULL, NULL);
  g_assert_cmpuint (latest->len, ==, 7);
  attempts = vrf_sandbox_store_list_checks (fixture->store, session->n, "face_match", NULL);
  /* A person judges what was found; nothing is looked for again. */
  g_assert_cmpuint (attempts->len, ==, 1);
  g_assert_cmpfloat (((VrfStoredCheck *) attempts->pdata[0])->score, ==, 0.62);
}

static void
test_expire_withdraws (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autoptr (VrfStoredResult) result = NULL;

  must_apply (fixture, session, VRF_EVENT_SIMULATE, "needs_review");
  must_apply (fixture, session, VRF_EVENT_EXPIRE, NULL);
  g_assert_null (session->case_id);
  g_assert_null (session->result_status);
  result = vrf_sandbox_store_get_result (fixture->store, session->n, NULL);
  g_assert_null (result);
}

static VrfStoredLink *
must_link (Fixture *fixture, VrfStoredSession *session, int minutes)
{
  g_autoptr (GError) error = NULL;
  VrfStoredLink *link = vrf_service_make_link (fixture->service, session, minutes, &error);

  g_assert_no_error (error);
  return link;
}

static void
assert_link_status (Fixture *fixture, const VrfStoredLink *link, const char *status)
{
  g_autoptr (VrfStoredLink) again = vrf_sandbox_store_get_link (fixture->store, link->id, NULL);

  g_assert_cmpstr (again->status, ==, status);
}

/* A one-time link belongs to the browser that opened it first. */
static void
test_link_visits (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autoptr (VrfStoredLink) link = must_link (fixture, session, 20);
  g_autoptr (VrfStoredSession) after = NULL;
  g_autofree char *first = visit (fixture, link->token, NULL);
  g_autofree char *reload_name = visit (fixture, link->token, first);
  g_autofree char *other = visit (fixture, link->token, NULL);
  g_autofree char *liar = visit (fixture, link->token, "somebody else");

  g_assert_cmpuint (strlen (first), ==, 43);
  g_assert_cmpstr (reload_name, ==, first);
  g_assert_cmpstr (other, ==, "token_consumed");
  g_assert_cmpstr (liar, ==, "token_consumed");
  assert_link_status (fixture, link, "consumed");
  after = reload (fixture, session);
  g_assert_cmpint (after->state, ==, VRF_STATE_CAPTURING);
}

static void
test_link_ends (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autoptr (VrfStoredLink) first = must_link (fixture, session, 5);
  g_autoptr (VrfStoredLink) second = must_link (fixture, session, 5);
  g_autoptr (VrfStoredLink) third = NULL;
  g_autoptr (VrfStoredSession) later = NULL;
  g_autofree char *revoked = visit (fixture, first->token, NULL);
  g_autofree char *expired = NULL;
  g_autofree char *finished = NULL;

  g_assert_cmpstr (revoked, ==, "token_revoked");
  assert_link_status (fixture, first, "revoked");
  pass (fixture, 301);
  expired = visit (fixture, second->token, NULL);
  g_assert_cmpstr (expired, ==, "token_expired");
  assert_link_status (fixture, second, "expired");

  /* A longer link keeps its session alive. */
  third = must_link (fixture, session, 120);
  pass (fixture, 7100);
  later = reload (fixture, session);
  g_assert_cmpint (later->state, ==, VRF_STATE_PENDING);
  must_apply (fixture, later, VRF_EVENT_SIMULATE, "approve");
  assert_link_status (fixture, third, "revoked");
  finished = visit (fixture, third->token, NULL);
  g_assert_cmpstr (finished, ==, "session_finished");
}

/* A link opens an expired session again; the URL that expired stays closed. */
static void
test_link_to_expired (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autofree char *old_token = g_strdup (session->token);
  g_autoptr (VrfStoredSession) expired = NULL;
  g_autoptr (VrfStoredLink) link = NULL;
  g_autofree char *old_code = NULL;
  g_autofree char *name = NULL;

  pass (fixture, 2000);
  expired = reload (fixture, session);
  link = must_link (fixture, expired, 20);
  g_assert_cmpint (expired->state, ==, VRF_STATE_PENDING);
  old_code = visit (fixture, old_token, NULL);
  g_assert_cmpstr (old_code, ==, "token_revoked");
  name = visit (fixture, link->token, NULL);
  g_assert_cmpuint (strlen (name), ==, 43);
}

static void
test_link_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autoptr (VrfStoredSession) other = NULL;
  g_autoptr (VrfStoredLink) link = NULL;
  g_autoptr (GError) error = NULL;

  must_apply (fixture, session, VRF_EVENT_SIMULATE, "approve");
  /* A refusal leaves the caller's transaction as it is. */
  g_assert_true (vrf_sandbox_store_begin (fixture->store, NULL));
  other = create (fixture, TRUE, NULL);
  link = vrf_service_make_link (fixture->service, session, 5, &error);
  g_assert_null (link);
  g_assert_cmpint (vrf_error_get_http_status (error), ==, 400);
  g_assert_true (vrf_sandbox_store_commit (fixture->store, NULL));
  vrf_stored_session_free (reload (fixture, other));
}

static void
test_unknown_token (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *code = visit (fixture, "tok_nothing", NULL);

  g_assert_cmpstr (code, ==, "not_found");
}

static void
test_consent_first (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, NULL);
  g_autoptr (GBytes) data = g_bytes_new_static ("picture", 7);
  VrfStoredDocument document = { .doc_type = (char *) "id_front",
                                 .mime_type = (char *) "image/png" };
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;

  document.data = data;
  must_apply (fixture, session, VRF_EVENT_VISIT, NULL);
  g_assert_false (vrf_service_put_document (fixture->service, session, &document, &error));
  g_assert_cmpint (vrf_error_get_http_status (error), ==, 400);
  g_clear_error (&error);

  g_assert_true (vrf_service_consent (fixture->service, session, "1.0", "127.0.0.1", &error));
  for (guint i = 0; i < 2; i++)
    g_assert_true (vrf_service_put_document (fixture->service, session, &document, &error));
  g_assert_no_error (error);
  g_free (document.id);
  documents = vrf_sandbox_store_list_documents (fixture->store, session->n, NULL);
  g_assert_cmpuint (documents->len, ==, 1);
}

#define DAY (24 * 60 * 60)

static void
set_organization (Fixture *fixture, const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (
      vrf_organization_change (fixture->store, json_node_get_object (root), errors, &error));
  g_assert_no_error (error);
}

static const char *
retention_of (Fixture *fixture, const VrfStoredSession *session)
{
  return vrf_retention_get_status (vrf_service_get_organization (fixture->service),
                                   session,
                                   vrf_service_get_now (fixture->service));
}

/* The windows of verifa-api.md 2.9 count from the end of the session, not from its last change. */
static void
test_retention (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) pending = NULL;
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, "{\"name\":\"Jane\"}");
  g_autoptr (VrfStoredSession) kept = NULL;
  g_autoptr (VrfStoredSession) gone = NULL;
  g_autoptr (VrfStoredResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_organization (fixture, "{\"data_retention_days\":30,\"sensitive_data_retention_days\":7}");
  must_apply (fixture, session, VRF_EVENT_SIMULATE, "approve");
  pass (fixture, 6 * DAY);
  must_apply (fixture, session, VRF_EVENT_UPDATE, NULL);
  g_assert_cmpstr (retention_of (fixture, session), ==, "active");
  pass (fixture, DAY);
  g_assert_cmpstr (retention_of (fixture, session), ==, "sensitive_redacted");

  pass (fixture, 23 * DAY - 1);
  pending = create (fixture, TRUE, NULL);
  kept = reload (fixture, session);
  g_assert_cmpstr (kept->metadata, ==, "{\"name\":\"Jane\"}");
  pass (fixture, 1);
  gone = reload (fixture, session);
  g_assert_cmpstr (gone->retention, ==, "redacted");
  g_assert_cmpstr (gone->metadata, ==, "{}");
  g_assert_cmpint (gone->state, ==, VRF_STATE_COMPLETED);
  g_assert_cmpint (gone->updated_at, ==, START + VRF_SECONDS ((gint64) 30 * DAY));
  result = vrf_sandbox_store_get_result (fixture->store, session->n, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->status, ==, "approved");
  g_assert_cmpstr (result->extracted, ==, "{}");
  g_assert_cmpstr (retention_of (fixture, pending), ==, "active");
}

static void
test_retention_kept (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfStoredSession) session = create (fixture, TRUE, "{\"name\":\"Jane\"}");
  g_autoptr (VrfStoredSession) kept = NULL;

  set_organization (fixture,
                    "{\"data_retention_days\":0,\"auto_redact_on_retention_expiry\":false}");
  must_apply (fixture, session, VRF_EVENT_SIMULATE, "expire");
  pass (fixture, DAY);
  kept = reload (fixture, session);
  g_assert_cmpstr (kept->metadata, ==, "{\"name\":\"Jane\"}");
  g_assert_cmpstr (retention_of (fixture, kept), ==, "sensitive_redacted");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sandbox/service/create", test_create },
    { "/sandbox/service/expiry", test_expiry },
    { "/sandbox/service/resume", test_resume },
    { "/sandbox/service/live", test_live },
    { "/sandbox/service/live-changed", test_live_changed },
    { "/sandbox/service/case", test_case },
    { "/sandbox/service/expire-withdraws", test_expire_withdraws },
    { "/sandbox/service/link-visits", test_link_visits },
    { "/sandbox/service/link-ends", test_link_ends },
    { "/sandbox/service/link-to-expired", test_link_to_expired },
    { "/sandbox/service/link-refused", test_link_refused },
    { "/sandbox/service/unknown-token", test_unknown_token },
    { "/sandbox/service/consent-first", test_consent_first },
    { "/sandbox/service/retention", test_retention },
    { "/sandbox/service/retention-kept", test_retention_kept },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
