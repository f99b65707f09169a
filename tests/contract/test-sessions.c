/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"

/*
 * Sessions as our client reads them: once from the golden file, once from our sandbox. What the one
 * has the other has too; a member both of us misspell would be missing from both, but not from the
 * list of what each scenario must have.
 */

static VrfSession *
golden_session (const char *name)
{
  g_autoptr (JsonNode) node = contract_golden (name);
  g_autoptr (GError) error = NULL;
  VrfSession *session = vrf_session_new_from_json (node, &error);

  g_assert_no_error (error);
  return session;
}

#define assert_both_or_none(golden, real, member)                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (((golden)->member != NULL) != ((real)->member != NULL))                                    \
      g_error ("%s: golden %s, sandbox %s",                                                        \
               #member,                                                                            \
               (golden)->member != NULL ? "has it" : "has none",                                   \
               (real)->member != NULL ? "has it" : "has none");                                    \
  }                                                                                                \
  G_STMT_END

#define assert_both_times(golden, real, member)                                                    \
  g_assert_cmpint ((golden)->member == VRF_TIME_NONE, ==, (real)->member == VRF_TIME_NONE)

static void
assert_alike (const VrfSession *golden, const VrfSession *real)
{
  g_assert_cmpstr (real->status_text, ==, golden->status_text);
  g_assert_cmpint (real->status, ==, golden->status);
  g_assert_cmpint (real->is_sandbox, ==, golden->is_sandbox);
  g_assert_cmpstr (real->environment, ==, golden->environment);
  g_assert_cmpstr (real->applicant_name, ==, golden->applicant_name);
  g_assert_cmpstr (real->desk, ==, golden->desk);
  g_assert_cmpstr (real->country, ==, golden->country);
  g_assert_cmpstr (real->workflow_id, ==, golden->workflow_id);
  g_assert_cmpstr (real->document_type, ==, golden->document_type);
  g_assert_cmpstr (real->retention_status, ==, golden->retention_status);
  g_assert_cmpstr (real->case_status, ==, golden->case_status);
  g_assert_cmpstr (real->result_status, ==, golden->result_status);
  g_assert_cmpstr (real->risk_level, ==, golden->risk_level);
  g_assert_cmpint (real->processing_attempts, ==, golden->processing_attempts);
  assert_both_or_none (golden, real, external_ref);
  assert_both_or_none (golden, real, metadata);
  assert_both_or_none (golden, real, capture_url);
  assert_both_or_none (golden, real, case_id);
  assert_both_times (golden, real, created_at);
  assert_both_times (golden, real, updated_at);
  assert_both_times (golden, real, expired_at);
}

static void
test_create (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) golden = golden_session ("create_session");
  g_autoptr (VrfSession) real = contract_create (self);

  assert_alike (golden, real);
  g_assert_cmpstr (real->external_ref, ==, golden->external_ref);
  g_assert_true (
      g_strv_equal ((const char *const *) real->tags, (const char *const *) golden->tags));
  /* Twenty minutes, as documented. */
  g_assert_cmpint (
      golden->token_expires_at - golden->created_at, ==, 1200 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpint (real->token_expires_at - real->created_at, ==, 1200 * (gint64) G_USEC_PER_SEC);
  g_assert_true (g_str_has_prefix (strrchr (real->capture_url, '/'), "/tok_"));

  /* Beside the body. */
  g_assert_cmpint (vrf_api_client_get_rate_limit (self->client), ==, 1000);
  g_assert_cmpint (vrf_api_client_get_rate_remaining (self->client), ==, 999);
  g_assert_true (vrf_api_client_is_our_sandbox (self->client));
  g_assert_cmpint (
      ABS (vrf_clock_get_skew_us (vrf_api_client_get_clock (self->client))), <, G_USEC_PER_SEC);
}

static void
test_create_minimal (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) golden = golden_session ("create_session_minimal");
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) real =
      contract_call (create_session, &error, self->client, request, NULL, NULL);

  g_assert_no_error (error);
  assert_both_or_none (golden, real, capture_url);
  assert_both_times (golden, real, token_expires_at);
  g_assert_null (real->external_ref);
}

static void
test_get (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) golden_pending = golden_session ("get_session_pending");
  g_autoptr (VrfSession) golden_completed = golden_session ("get_session");
  g_autoptr (VrfSession) created = contract_create (self);
  g_autoptr (VrfSession) pending = NULL;
  g_autoptr (VrfSession) completed = NULL;
  g_autoptr (GError) error = NULL;

  pending = contract_call (get_session, &error, self->client, created->id, NULL);
  g_assert_no_error (error);
  assert_alike (golden_pending, pending);
  g_assert_cmpstr (pending->capture_url, ==, created->capture_url);
  g_assert_cmpint (pending->token_expires_at, ==, created->token_expires_at);
  g_assert_null (pending->consent_ip);

  contract_simulate (self, created->id, "approve");
  completed = contract_call (get_session, &error, self->client, created->id, NULL);
  g_assert_no_error (error);
  assert_alike (golden_completed, completed);
  g_assert_cmpint (completed->updated_at, >=, completed->created_at);
}

static void
test_list (Contract *self, gconstpointer data)
{
  g_autoptr (JsonNode) golden_pending_node = contract_golden_item ("list_sessions", 0);
  g_autoptr (JsonNode) golden_review_node = contract_golden_item ("list_sessions", 1);
  g_autoptr (VrfSession) golden_pending = vrf_session_new_from_json (golden_pending_node, NULL);
  g_autoptr (VrfSession) golden_review = vrf_session_new_from_json (golden_review_node, NULL);
  g_autoptr (VrfSession) first = contract_create (self);
  g_autoptr (VrfSession) second = contract_create (self);
  VrfSessionQuery query = { .external_ref = "guest-1042", .status = "pending", .limit = 1 };
  g_autoptr (VrfSessionPage) page = NULL;
  g_autoptr (VrfSessionPage) review = NULL;
  g_autoptr (VrfSessionPage) none = NULL;
  g_autoptr (GError) error = NULL;

  page = contract_call (list_sessions, &error, self->client, &query, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (page->total, ==, 2);
  g_assert_cmpuint (page->limit, ==, 1);
  g_assert_cmpuint (page->offset, ==, 0);
  g_assert_cmpuint (page->sessions->len, ==, 1);
  assert_alike (golden_pending, g_ptr_array_index (page->sessions, 0));

  contract_simulate (self, first->id, "require-review");
  query = (VrfSessionQuery){ .q = first->id };
  review = contract_call (list_sessions, &error, self->client, &query, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (review->sessions->len, ==, 1);
  g_assert_cmpstr (((VrfSession *) g_ptr_array_index (review->sessions, 0))->result_status,
                   ==,
                   golden_review->result_status);
  g_assert_cmpstr (((VrfSession *) g_ptr_array_index (review->sessions, 0))->risk_level,
                   ==,
                   golden_review->risk_level);
  g_assert_cmpstr (((VrfSession *) g_ptr_array_index (review->sessions, 0))->case_status,
                   ==,
                   golden_review->case_status);

  query = (VrfSessionQuery){ .q = "nobody" };
  none = contract_call (list_sessions, &error, self->client, &query, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (none->total, ==, 0);
  g_assert_cmpuint (none->limit, ==, 50);
}

static void
test_update (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) created = contract_create (self);
  g_autoptr (JsonObject) metadata = json_object_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (VrfSession) updated = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (metadata, "room", "12");
  json_object_set_null_member (metadata, "desk");
  vrf_api_client_update_session_async (
      self->client, created->id, "guest-7", metadata, contract_done_cb, &result);
  updated = vrf_api_client_update_session_finish (self->client, contract_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (updated->external_ref, ==, "guest-7");
  g_assert_cmpstr (updated->applicant_name, ==, "Jane Doe"); /* merged */
  g_assert_null (updated->desk);                             /* removed */
  g_assert_cmpstr (json_object_get_string_member (updated->metadata, "room"), ==, "12");
}

static void
test_expire_and_resume (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) golden_expired = golden_session ("expire_session");
  g_autoptr (VrfSession) golden_resumed = golden_session ("resume_session");
  g_autoptr (VrfSession) created = contract_create (self);
  g_autoptr (VrfSession) expired = NULL;
  g_autoptr (VrfSession) resumed = NULL;
  g_autoptr (GError) error = NULL;

  expired = contract_call (expire_session, &error, self->client, created->id, NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (expired->status_text, ==, golden_expired->status_text);
  assert_both_times (golden_expired, expired, expired_at);

  resumed = contract_call (resume_session, &error, self->client, created->id, NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (resumed->id, ==, created->id);
  g_assert_cmpstr (resumed->status_text, ==, golden_resumed->status_text);
  assert_both_or_none (golden_resumed, resumed, capture_url);
  assert_both_times (golden_resumed, resumed, token_expires_at);
  g_assert_cmpstr (resumed->capture_url, !=, created->capture_url);
}

static void
test_simulate (Contract *self, gconstpointer data)
{
  static const struct
  {
    const char *action;
    const char *golden;
  } cases[] = {
    { "approve", "simulate_approve" },
    { "decline", "simulate_decline" },
    { "require-review", "simulate_require_review" },
    { "expire", "simulate_expire" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VrfSession) golden = golden_session (cases[i].golden);
      g_autoptr (VrfSession) created = contract_create (self);
      g_autoptr (GError) error = NULL;
      g_autoptr (VrfSession) real =
          contract_call (simulate, &error, self->client, created->id, cases[i].action, NULL);
      g_autoptr (VrfSession) read = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (real->status_text, ==, golden->status_text);
      read = contract_call (get_session, &error, self->client, created->id, NULL);
      g_assert_cmpstr (read->status_text, ==, golden->status_text);
    }
}

static void
test_invite (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) created = contract_create (self);
  g_autoptr (GError) error = NULL;

  for (int i = 2; i <= 6; i++)
    {
      g_assert_cmpint (
          contract_call (resend_invite, &error, self->client, created->id, NULL, NULL), ==, i);
      g_assert_no_error (error);
    }
  contract_call (resend_invite, &error, self->client, created->id, NULL, NULL);
  g_assert_error (error, VRF_ERROR, VRF_ERROR_RATE_LIMITED);
}

static void
assert_link (const VrfLink *link, const char *name, guint index)
{
  g_autoptr (JsonNode) node = g_str_has_prefix (name, "list_") ? contract_golden_item (name, index)
                                                               : contract_golden (name);
  g_autoptr (VrfLink) golden = vrf_link_new_from_json (node, NULL);

  g_assert_cmpstr (link->status, ==, golden->status);
  assert_both_or_none (golden, link, id);
  assert_both_or_none (golden, link, session_id);
  assert_both_or_none (golden, link, capture_url);
  assert_both_times (golden, link, expires_at);
  assert_both_times (golden, link, created_at);
}

static void
test_links (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) created = contract_create (self);
  g_autoptr (VrfLink) first = NULL;
  g_autoptr (VrfLink) second = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GError) error = NULL;

  first = contract_call (generate_link, &error, self->client, created->id, 30, NULL);
  g_assert_no_error (error);
  assert_link (first, "generate_link", 0);
  g_assert_cmpint (first->expires_at - first->created_at, ==, 1800 * (gint64) G_USEC_PER_SEC);
  second = contract_call (generate_link, &error, self->client, created->id, 0, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (second->expires_at - second->created_at, ==, 1200 * (gint64) G_USEC_PER_SEC);

  links = contract_call (list_links, &error, self->client, created->id, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (links->len, ==, 2);
  assert_link (g_ptr_array_index (links, 0), "list_links", 0);
  assert_link (g_ptr_array_index (links, 1), "list_links", 1); /* revoked by the second */
  g_assert_cmpstr (((VrfLink *) g_ptr_array_index (links, 0))->id, ==, second->id);
}

static void
assert_tags (GStrv tags, const char *expected)
{
  g_autofree char *text = g_strjoinv (" ", tags);

  g_assert_cmpstr (text, ==, expected);
}

static GStrv
await_tags (Contract *self, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  GStrv tags = vrf_api_client_tags_finish (self->client, contract_await (result), &error);

  g_assert_no_error (error);
  g_clear_object (result);
  return tags;
}

static void
test_tags (Contract *self, gconstpointer data)
{
  static const char *const replacement[] = { "a", "b", "a", NULL };
  g_autoptr (VrfSession) created = contract_create (self);
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) added = NULL;
  g_auto (GStrv) removed = NULL;
  g_auto (GStrv) set = NULL;

  vrf_api_client_add_tag_async (self->client, created->id, "vip", NULL, contract_done_cb, &result);
  added = await_tags (self, &result);
  assert_tags (added, "walk-in vip");
  vrf_api_client_remove_tag_async (
      self->client, created->id, "walk-in", NULL, contract_done_cb, &result);
  removed = await_tags (self, &result);
  assert_tags (removed, "vip");
  vrf_api_client_set_tags_async (
      self->client, created->id, replacement, NULL, contract_done_cb, &result);
  set = await_tags (self, &result);
  assert_tags (set, "a b");
}

#define add(name, function)                                                                        \
  g_test_add (                                                                                     \
      "/contract/sessions/" name, Contract, NULL, contract_set_up, function, contract_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("create", test_create);
  add ("create-minimal", test_create_minimal);
  add ("get", test_get);
  add ("list", test_list);
  add ("update", test_update);
  add ("expire-and-resume", test_expire_and_resume);
  add ("simulate", test_simulate);
  add ("invite", test_invite);
  add ("links", test_links);
  add ("tags", test_tags);

  return g_test_run ();
}
