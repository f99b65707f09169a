/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"

/* Phones on the network, let in by the desk. On a computer without a network none is. */

static VrfLanState *
set_minutes (Contract *self, guint minutes)
{
  g_autoptr (GError) error = NULL;
  VrfLanState *state = contract_call (set_lan, &error, self->client, minutes, NULL);

  if (minutes > 0 && g_error_matches (error, VRF_ERROR, VRF_ERROR_CONFLICT))
    return NULL;
  g_assert_no_error (error);
  return state;
}

static void
assert_closed (const VrfLanState *state)
{
  g_assert_false (state->is_open);
  g_assert_null (state->url);
  g_assert_cmpint (state->ends_at, ==, VRF_TIME_NONE);
}

static void
test_opens (Contract *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfLanState) before = contract_call (get_lan, &error, self->client, NULL);
  g_autoptr (VrfLanState) open = set_minutes (self, 5);
  g_autoptr (VrfSession) session = NULL;
  g_autoptr (VrfLanState) after = NULL;

  g_assert_no_error (error);
  assert_closed (before);
  if (open == NULL)
    return;
  g_assert_true (open->is_open);
  g_assert_cmpint (open->ends_at, >, g_get_real_time ());
  session = contract_create (self);
  g_assert_true (g_str_has_prefix (session->capture_url, open->url));
  after = set_minutes (self, 0);
  assert_closed (after);
}

static void
test_refused (Contract *self, gconstpointer data)
{
  g_autoptr (GError) live = NULL;
  g_autoptr (GError) too_long = NULL;

  g_assert_null (contract_call (get_lan, &live, self->live, NULL));
  g_assert_error (live, VRF_ERROR, VRF_ERROR_FORBIDDEN);
  g_assert_null (contract_call (set_lan, &too_long, self->client, 1441, NULL));
  g_assert_error (too_long, VRF_ERROR, VRF_ERROR_INVALID);
}

#define add(name, function)                                                                        \
  g_test_add ("/contract/lan/" name, Contract, NULL, contract_set_up, function, contract_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("opens", test_opens);
  add ("refused", test_refused);

  return g_test_run ();
}
