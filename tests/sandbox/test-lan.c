/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-lan.h"

/* Phones are let in and out by themselves. On a computer without a network none is let in. */

typedef struct
{
  VrfService *service;       /* owned */
  VrfStoredSession *session; /* owned */
  VrfStoredSession *live;    /* owned */
  VrfLan *lan;               /* borrowed */
} Fixture;

static VrfStoredSession *
new_session (gboolean is_sandbox)
{
  VrfStoredSession *session = vrf_stored_session_new ();

  session->is_sandbox = is_sandbox;
  return session;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfSandboxStore) store = NULL;
  g_autoptr (VrfSandboxClock) clock = vrf_sandbox_clock_new (VRF_TIME_NONE, 1.0);
  g_autoptr (GError) error = NULL;

  store = vrf_sandbox_store_open (":memory:", &error);
  g_assert_no_error (error);
  fixture->service = vrf_service_new (store, clock);
  vrf_service_set_base_url (fixture->service, "http://127.0.0.1:9");
  fixture->lan = vrf_lan_new (fixture->service, 0, GPOINTER_TO_INT (data));
  vrf_service_take_lan (fixture->service, fixture->lan);
  fixture->session = new_session (TRUE);
  fixture->live = new_session (FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  vrf_stored_session_free (fixture->session);
  vrf_stored_session_free (fixture->live);
  g_assert_finalize_object (fixture->service);
}

static gboolean
has_network (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  if (vrf_lan_open (fixture->lan, 5, &error))
    return TRUE;
  g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
  g_assert_null (vrf_lan_get_url (fixture->lan));
  return FALSE;
}

static void
assert_url (Fixture *fixture, const VrfStoredSession *session, const char *base)
{
  g_autofree char *got = vrf_service_dup_capture_url (fixture->service, session, "tok_a");
  g_autofree char *wanted = g_strconcat (base, "/verify/tok_a", NULL);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
  GSource *end = NULL;

  assert_url (fixture, fixture->session, "http://127.0.0.1:9");
  if (!has_network (fixture))
    return;
  g_assert_cmpint (vrf_lan_get_ends_at (fixture->lan), >, g_get_real_time ());
  assert_url (fixture, fixture->session, vrf_lan_get_url (fixture->lan));
  assert_url (fixture, fixture->live, "http://127.0.0.1:9");
  g_assert_cmpstr (vrf_service_get_base_url (fixture->service), ==, "http://127.0.0.1:9");

  end = g_main_context_find_source_by_user_data (NULL, fixture->lan);
  g_assert_nonnull (end);
  g_source_set_ready_time (end, 0);
  while (vrf_lan_get_url (fixture->lan) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (vrf_lan_get_ends_at (fixture->lan), ==, VRF_TIME_NONE);
  assert_url (fixture, fixture->session, "http://127.0.0.1:9");
}

/* Opened again it keeps its port, and only ends at another time. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = NULL;
  gint64 ends_at = 0;

  if (!has_network (fixture))
    return;
  url = g_strdup (vrf_lan_get_url (fixture->lan));
  ends_at = vrf_lan_get_ends_at (fixture->lan);
  g_assert_true (vrf_lan_open (fixture->lan, 60, NULL));
  g_assert_cmpstr (vrf_lan_get_url (fixture->lan), ==, url);
  g_assert_cmpint (vrf_lan_get_ends_at (fixture->lan), >, ends_at);
  vrf_lan_close (fixture->lan);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, fixture->lan));
}

/* A proxy in front has a name of its own, which stays. */
static void
test_public_url (Fixture *fixture, gconstpointer data)
{
  if (has_network (fixture))
    assert_url (fixture, fixture->session, "http://127.0.0.1:9");
}

#define ADD(path, gives_urls, test)                                                                \
  g_test_add (path, Fixture, GINT_TO_POINTER (gives_urls), set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/sandbox/lan/ends", TRUE, test_ends);
  ADD ("/sandbox/lan/again", TRUE, test_again);
  ADD ("/sandbox/lan/public-url", FALSE, test_public_url);

  return g_test_run ();
}
