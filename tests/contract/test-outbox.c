/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include <string.h>

#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* The outbox of the sandbox, read by the desk. What a mail must say is the session's: its link, its
 * address, the brand and the help it was created with (verifa-api.md 3.1, 3.7). */

#define EMAIL "jane.doe@example.com"
#define BRAND "Front Desk Demo"
/* Looks like a capture link, is none, and comes before it. */
#define NAME "http://elsewhere.example/verify/token"
#define HELP "https://hotel.example/verify/help"

static VrfSession *
invite (Contract *self)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (GError) error = NULL;
  VrfSession *session = NULL;

  request->applicant_name = g_strdup (NAME);
  request->applicant_email = g_strdup (EMAIL);
  request->email_display_name = g_strdup (BRAND);
  request->support_url = g_strdup (HELP);
  request->send_email = TRUE;
  session = contract_call (create_session, &error, self->client, request, NULL, NULL);
  g_assert_no_error (error);
  return session;
}

static VrfMailPage *
list (Contract *self)
{
  g_autoptr (GError) error = NULL;
  VrfMailPage *page = contract_call (list_mails, &error, self->client, NULL);

  g_assert_no_error (error);
  g_assert_cmpint (page->total, ==, (int) page->mails->len);
  return page;
}

static void
test_empty (Contract *self, gconstpointer data)
{
  g_autoptr (VrfMailPage) page = list (self);

  g_assert_cmpint (page->total, ==, 0);
}

static void
test_list (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) session = invite (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfMailPage) page = NULL;
  const VrfMail *newest = NULL;
  const VrfMail *oldest = NULL;

  g_assert_cmpint (
      contract_call (resend_invite, &error, self->client, session->id, NULL, NULL), ==, 2);
  g_assert_no_error (error);
  page = list (self);
  g_assert_cmpint (page->total, ==, 2);
  newest = page->mails->pdata[0];
  oldest = page->mails->pdata[1];
  g_assert_cmpstr (newest->kind, ==, "resend");
  g_assert_cmpstr (oldest->kind, ==, "invite");
  g_assert_cmpstr (newest->session_id, ==, session->id);
  g_assert_cmpstr (newest->to, ==, EMAIL);
  g_assert_true (g_str_has_prefix (newest->subject, BRAND));
  g_assert_cmpint (newest->created_at, >=, session->created_at);
  g_assert_cmpint (session->created_at, !=, VRF_TIME_NONE);
  g_assert_null (newest->text);
  g_assert_null (newest->capture_url);
}

static void
test_get (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) session = invite (self);
  g_autoptr (VrfMailPage) page = list (self);
  const VrfMail *listed = page->mails->pdata[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfMail) mail = contract_call (get_mail, &error, self->client, listed->id, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (mail->id, ==, listed->id);
  g_assert_cmpstr (mail->to, ==, EMAIL);
  g_assert_nonnull (strstr (mail->text, BRAND));
  g_assert_nonnull (strstr (mail->text, NAME));
  g_assert_nonnull (strstr (mail->text, HELP));
  g_assert_nonnull (session->capture_url);
  g_assert_cmpstr (mail->capture_url, ==, session->capture_url);
}

static void
test_clear (Contract *self, gconstpointer data)
{
  g_autoptr (VrfSession) session = invite (self);
  g_autoptr (VrfMailPage) before = list (self);
  g_autoptr (VrfMailPage) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (before->total, ==, 1);
  g_assert_true (contract_call (clear_mails, &error, self->client, NULL));
  g_assert_no_error (error);
  after = list (self);
  g_assert_cmpint (after->total, ==, 0);
}

static void
test_refused (Contract *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (contract_call (get_mail, &error, self->client, "mail_of_nobody", NULL));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (contract_call (get_mail, &error, self->client, "..", NULL));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (contract_call (list_mails, &error, self->live, NULL));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_false (contract_call (clear_mails, &error, self->live, NULL));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_FORBIDDEN);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Whoever shows the tools learns of them by the first reply. */
static void
test_told (Contract *self, gconstpointer data)
{
  g_autoptr (VrfMailPage) first = NULL;
  g_autoptr (VrfMailPage) second = NULL;
  guint told = 0;

  g_signal_connect_swapped (self->client, "notify::our-sandbox", G_CALLBACK (count_cb), &told);
  g_assert_false (vrf_api_client_is_our_sandbox (self->client));
  first = list (self);
  second = list (self);
  g_assert_true (vrf_api_client_is_our_sandbox (self->client));
  g_assert_cmpuint (told, ==, 1);
}

#define add(name, function)                                                                        \
  g_test_add (                                                                                     \
      "/contract/outbox/" name, Contract, NULL, contract_set_up, function, contract_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("empty", test_empty);
  add ("list", test_list);
  add ("get", test_get);
  add ("clear", test_clear);
  add ("refused", test_refused);
  add ("told", test_told);

  return g_test_run ();
}
