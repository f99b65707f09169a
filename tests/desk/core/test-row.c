/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-test.h"

#define WHOLE                                                                                      \
  "{'id':'s1','status':'%s','is_sandbox':true,'created_at':'2026-02-01T12:00:00Z',"                \
  "'updated_at':'2026-02-01T12:0%d:00Z','external_ref':'guest-1','metadata':"                      \
  "{'applicant_name':'Ada Example'},'workflow_id':'w1','tags':['vip']%s}"

static VrfSession *
whole (const char *status, int minute, const char *more)
{
  g_autofree char *json = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  json = g_strdup_printf (WHOLE, status, minute, more);
#pragma GCC diagnostic pop
  return core_test_session (json);
}

#define PENDING                                                                                    \
  ",'capture_url':'https://app.example/verify/tok_a','token_expires_at':'2026-02-01T12:20:00Z'"

/* What a second reply makes of the first. */
typedef struct
{
  const char *name;
  const char *first;
  const char *second;
  gboolean changed;
  const char *status;
  const char *ref;
  const char *applicant;
  const char *url;
  const char *result;
} MergeCase;

static const MergeCase merge_cases[] = {
  { "the same again",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:00:00Z','external_ref':'r',"
    "'metadata':{'applicant_name':'Ada'},'capture_url':'u'}",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:00:00Z','external_ref':'r',"
    "'metadata':{'applicant_name':'Ada'},'capture_url':'u'}",
    FALSE,
    "pending",
    "r",
    "Ada",
    "u",
    NULL },
  { "an older reply",
    "{'id':'s','status':'completed','updated_at':'2026-02-01T12:05:00Z','result_status':'approved'"
    "}",
    "{'id':'s','status':'capturing','updated_at':'2026-02-01T12:04:59Z'}",
    FALSE,
    "completed",
    NULL,
    NULL,
    NULL,
    "approved" },
  { "a newer one counts whole",
    "{'id':'s','status':'completed','updated_at':'2026-02-01T12:05:00Z','external_ref':'r',"
    "'metadata':{'applicant_name':'Ada'}}",
    "{'id':'s','status':'completed','updated_at':'2026-02-01T12:06:00Z','metadata':{}}",
    TRUE,
    "completed",
    NULL,
    NULL,
    NULL,
    NULL },
  { "the list leaves the capture URL out",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:00:00Z','capture_url':'u',"
    "'token_expires_at':'2026-02-01T12:20:00Z'}",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:00:00Z',"
    "'token_expires_at':'2026-02-01T12:20:00Z'}",
    FALSE,
    "pending",
    NULL,
    NULL,
    "u",
    NULL },
  { "but not that of another token",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:00:00Z','capture_url':'u',"
    "'token_expires_at':'2026-02-01T12:20:00Z'}",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:01:00Z',"
    "'token_expires_at':'2026-02-01T12:21:00Z'}",
    TRUE,
    "pending",
    NULL,
    NULL,
    NULL,
    NULL },
  { "expire's reply tells a part",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:00:00Z','external_ref':'r',"
    "'metadata':{'applicant_name':'Ada'},'capture_url':'u'}",
    "{'id':'s','status':'expired','expired_at':'2026-02-01T12:01:00Z'}",
    TRUE,
    "expired",
    "r",
    "Ada",
    NULL,
    NULL },
  { "resume's reply has a new link",
    "{'id':'s','status':'expired','updated_at':'2026-02-01T12:00:00Z','external_ref':'r'}",
    "{'id':'s','status':'pending','capture_url':'u2','expires_at':'2026-02-01T12:40:00Z'}",
    TRUE,
    "pending",
    "r",
    NULL,
    "u2",
    NULL },
  { "a result goes with its status",
    "{'id':'s','status':'under_review','updated_at':'2026-02-01T12:00:00Z',"
    "'result_status':'needs_review'}",
    "{'id':'s','status':'completed','updated_at':'2026-02-01T12:02:00Z'}",
    TRUE,
    "completed",
    NULL,
    NULL,
    NULL,
    NULL },
  { "a result's older words",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:00:00Z'}",
    "{'id':'s','status':'completed','updated_at':'2026-02-01T12:02:00Z','result_status':'declined'"
    "}",
    TRUE,
    "completed",
    NULL,
    NULL,
    NULL,
    "rejected" },
  { "a newer API's words stay",
    "{'id':'s','status':'pending','updated_at':'2026-02-01T12:00:00Z'}",
    "{'id':'s','status':'on_hold','updated_at':'2026-02-01T12:02:00Z','result_status':'deferred'}",
    TRUE,
    "on_hold",
    NULL,
    NULL,
    NULL,
    "deferred" },
};

static void
test_merge (gconstpointer data)
{
  const MergeCase *test = data;
  g_autoptr (VrfSession) first = core_test_session (test->first);
  g_autoptr (VrfSession) second = core_test_session (test->second);
  VrfRow *row = vrf_row_new (first);
  guint n_changed = 0;

  core_test_count (row, "changed", &n_changed);
  g_assert_cmpint (vrf_row_update (row, second, VRF_TIME_NONE), ==, test->changed);
  g_assert_cmpuint (n_changed, ==, test->changed ? 1 : 0);
  g_assert_cmpstr (vrf_row_get_status_text (row), ==, test->status);
  g_assert_cmpstr (vrf_row_get_external_ref (row), ==, test->ref);
  g_assert_cmpstr (vrf_row_get_applicant (row), ==, test->applicant);
  g_assert_cmpstr (vrf_row_get_capture_url (row), ==, test->url);
  g_assert_cmpstr (vrf_row_get_result_text (row), ==, test->result);
  g_assert_finalize_object (row);
}

static void
test_notify (void)
{
  g_autoptr (VrfSession) first = whole ("pending", 0, PENDING);
  g_autoptr (VrfSession) second = whole ("capturing", 1, PENDING);
  VrfRow *row = vrf_row_new (first);
  guint n_status = 0;
  guint n_url = 0;
  guint n_qr = 0;
  guint n_ref = 0;
  guint n_session = 0;

  core_test_count (row, "notify::status", &n_status);
  core_test_count (row, "notify::capture-url", &n_url);
  core_test_count (row, "notify::can-show-qr", &n_qr);
  core_test_count (row, "notify::external-ref", &n_ref);
  core_test_count (row, "notify::session", &n_session);

  g_assert_true (vrf_row_can_show_qr (row));
  g_assert_true (vrf_row_update (row, second, VRF_TIME_NONE));
  g_assert_false (vrf_row_can_show_qr (row));
  g_assert_nonnull (vrf_row_get_capture_url (row));
  g_assert_cmpuint (n_status, ==, 1);
  g_assert_cmpuint (n_url, ==, 0);
  g_assert_cmpuint (n_qr, ==, 1);
  g_assert_cmpuint (n_ref, ==, 0);
  g_assert_cmpuint (n_session, ==, 1);
  g_assert_finalize_object (row);
}

static void
update_at (VrfRow *row, const char *status, int minute)
{
  g_autoptr (VrfSession) session = whole (status, minute, "");

  vrf_row_update (row, session, CORE_TEST_NOON + minute * 60 * CORE_TEST_S);
}

static void
test_times (void)
{
  g_autoptr (VrfSession) first = whole ("pending", 0, PENDING);
  g_autoptr (VrfSession) resumed = core_test_session (
      "{'id':'s1','status':'pending','capture_url':'u','expires_at':'2026-02-01T12:40:00Z'}");
  VrfRow *row = vrf_row_new (first);

  g_assert_cmpint (vrf_row_get_opened_at (row), ==, VRF_TIME_NONE);
  update_at (row, "capturing", 1);
  g_assert_cmpint (vrf_row_get_opened_at (row), ==, CORE_TEST_NOON + 60 * CORE_TEST_S);
  g_assert_cmpint (vrf_row_get_submitted_at (row), ==, VRF_TIME_NONE);
  update_at (row, "sandbox_pending", 2);
  g_assert_cmpint (vrf_row_get_submitted_at (row), ==, CORE_TEST_NOON + 120 * CORE_TEST_S);
  g_assert_cmpint (vrf_row_get_finished_at (row), ==, VRF_TIME_NONE);
  update_at (row, "completed", 3);
  g_assert_cmpint (vrf_row_get_opened_at (row), ==, CORE_TEST_NOON + 60 * CORE_TEST_S);
  g_assert_cmpint (vrf_row_get_finished_at (row), ==, CORE_TEST_NOON + 180 * CORE_TEST_S);

  g_assert_true (vrf_row_update (row, resumed, CORE_TEST_NOON));
  g_assert_cmpint (vrf_row_get_opened_at (row), ==, VRF_TIME_NONE);
  g_assert_cmpint (vrf_row_get_submitted_at (row), ==, VRF_TIME_NONE);
  g_assert_cmpint (vrf_row_get_finished_at (row), ==, VRF_TIME_NONE);

  /* Nobody saw it opened: nobody says when. */
  update_at (row, "completed", 4);
  g_assert_cmpint (vrf_row_get_opened_at (row), ==, VRF_TIME_NONE);
  g_assert_cmpint (vrf_row_get_submitted_at (row), ==, VRF_TIME_NONE);
  g_assert_cmpint (vrf_row_get_finished_at (row), ==, CORE_TEST_NOON + 240 * CORE_TEST_S);
  g_assert_finalize_object (row);
}

static void
test_expiry (void)
{
  g_autoptr (VrfClock) clock = core_test_clock (CORE_TEST_NOON + 1199 * CORE_TEST_S, 1);
  g_autoptr (VrfClock) later = core_test_clock (CORE_TEST_NOON + 1200 * CORE_TEST_S, 1);
  g_autoptr (VrfSession) session = whole ("pending", 0, PENDING);
  VrfRow *row = vrf_row_new (session);
  guint n_qr = 0;
  guint n_url = 0;

  core_test_count (row, "notify::can-show-qr", &n_qr);
  core_test_count (row, "notify::capture-url", &n_url);
  vrf_row_set_clock (row, clock);
  g_assert_true (vrf_row_can_show_qr (row));
  g_assert_false (vrf_row_check_time (row));
  vrf_row_set_clock (row, later);
  g_assert_false (vrf_row_can_show_qr (row));
  g_assert_null (vrf_row_get_capture_url (row));
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_PENDING);
  g_assert_cmpuint (n_qr, ==, 1);
  g_assert_cmpuint (n_url, ==, 1);
  g_assert_false (vrf_row_check_time (row));
  g_assert_finalize_object (row);
}

static void
test_link (void)
{
  g_autoptr (VrfClock) clock = core_test_clock (CORE_TEST_NOON, 1);
  g_autoptr (VrfSession) pending = whole ("pending", 0, PENDING);
  VrfLink link = { .id = (char *) "slink_1",
                   .capture_url = (char *) "https://app.example/verify/tok_link",
                   .status = (char *) "active",
                   .expires_at = CORE_TEST_NOON + 300 * CORE_TEST_S };
  VrfRow *row = vrf_row_new (pending);

  vrf_row_set_clock (row, clock);
  vrf_row_set_link (row, &link);
  g_assert_cmpstr (vrf_row_get_capture_url (row), ==, link.capture_url);
  g_assert_cmpint (vrf_row_get_expires_at (row), ==, link.expires_at);
  g_assert_true (vrf_row_can_show_qr (row));

  /* Opened: it is spent. */
  update_at (row, "capturing", 1);
  g_assert_null (vrf_row_get_link_id (row));
  g_assert_false (vrf_row_can_show_qr (row));

  /* One for an applicant who lost the page may be shown while capturing. */
  vrf_row_set_link (row, &link);
  g_assert_true (vrf_row_can_show_qr (row));
  link.status = (char *) "consumed";
  vrf_row_set_link (row, &link);
  g_assert_null (vrf_row_get_link_id (row));
  g_assert_false (vrf_row_can_show_qr (row));
  g_assert_finalize_object (row);
}

static void
test_result (void)
{
  g_autoptr (VrfSession) first = whole ("completed", 0, "");
  g_autoptr (VrfResult) result =
      core_test_result ("{'session_id':'s1','status':'passed','extracted_data':{}}");
  VrfRisk risk = { .score = 64, .level = (char *) "high" };
  VrfRow *row = vrf_row_new (first);
  guint n_text = 0;

  core_test_count (row, "notify::result-text", &n_text);
  vrf_row_set_result (row, result);
  vrf_row_set_result (row, result);
  g_assert_cmpstr (vrf_row_get_result_text (row), ==, "approved");
  g_assert_cmpint (vrf_row_get_result_status (row), ==, VRF_RESULT_STATUS_APPROVED);
  g_assert_cmpuint (n_text, ==, 1);

  vrf_row_set_risk (row, &risk);
  g_assert_cmpstr (vrf_row_get_risk_level (row), ==, "high");
  g_assert_cmpint (vrf_row_get_risk_score (row), ==, 64);

  /* Judged again: the old verdict does not stand meanwhile. */
  update_at (row, "processing", 2);
  g_assert_null (vrf_row_get_result (row));
  g_assert_null (vrf_row_get_result_text (row));
  g_assert_cmpint (vrf_row_get_risk_score (row), ==, -1);
  g_assert_finalize_object (row);
}

static void
test_title (void)
{
  g_autoptr (VrfSession) named = whole ("pending", 0, "");
  g_autoptr (VrfSession) unnamed =
      core_test_session ("{'id':'session_5f0c2a9be1d74c6f8a3b9d10','status':'pending'}");
  VrfRow *first = vrf_row_new (named);
  VrfRow *second = vrf_row_new (unnamed);
  g_autofree char *first_title = vrf_row_dup_title (first);
  g_autofree char *second_title = vrf_row_dup_title (second);

  g_assert_cmpstr (first_title, ==, "guest-1");
  g_assert_cmpstr (second_title, ==, "session_…9d10");

  g_assert_null (vrf_row_get_applicant (second));
  vrf_row_set_asked (second, "Bo Example", "w2");
  g_assert_cmpstr (vrf_row_get_applicant (second), ==, "Bo Example");
  g_assert_cmpstr (vrf_row_get_workflow_id (second), ==, "w2");
  g_assert_finalize_object (first);
  g_assert_finalize_object (second);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (merge_cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (merge_cases[i].name), " ", '-');
      g_autofree char *path = g_strdup_printf ("/row/merge/%s", name);

      g_test_add_data_func (path, &merge_cases[i], test_merge);
    }
  g_test_add_func ("/row/notify", test_notify);
  g_test_add_func ("/row/times", test_times);
  g_test_add_func ("/row/expiry", test_expiry);
  g_test_add_func ("/row/link", test_link);
  g_test_add_func ("/row/result", test_result);
  g_test_add_func ("/row/title", test_title);

  return g_test_run ();
}
