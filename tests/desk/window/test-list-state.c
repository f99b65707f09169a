/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "desk/window/vrf-list-state.h"

#define READY .backend = VRF_BACKEND_READY

static void
test_pick (void)
{
  static const struct
  {
    VrfListFacts facts;
    VrfListState state;
    VrfListBar bar;
  } cases[] = {
    { { .backend = VRF_BACKEND_STARTING }, VRF_LIST_LOADING, VRF_LIST_BAR_NONE },
    { { READY }, VRF_LIST_LOADING, VRF_LIST_BAR_NONE },
    { { READY, .stopped = TRUE }, VRF_LIST_STOPPED, VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_OFFLINE }, VRF_LIST_OFFLINE, VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_THROTTLED }, VRF_LIST_OFFLINE, VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_REFUSED }, VRF_LIST_REFUSED, VRF_LIST_BAR_NONE },
    { { .backend = VRF_BACKEND_FAILED }, VRF_LIST_FAILED, VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_ONLINE, .answered = TRUE },
      VRF_LIST_EMPTY,
      VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_ONLINE, .answered = TRUE, .n_known = 3 },
      VRF_LIST_EMPTY_VIEW,
      VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_ONLINE, .answered = TRUE, .searching = TRUE },
      VRF_LIST_NO_RESULTS,
      VRF_LIST_BAR_NONE },
    { { READY,
        .connection = VRF_CONNECTION_ONLINE,
        .answered = TRUE,
        .filtering = TRUE,
        .n_known = 3 },
      VRF_LIST_NO_RESULTS,
      VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_OFFLINE, .answered = TRUE },
      VRF_LIST_OFFLINE,
      VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_ONLINE, .answered = TRUE, .n_known = 3, .n_found = 2 },
      VRF_LIST_ROWS,
      VRF_LIST_BAR_NONE },
    { { READY, .connection = VRF_CONNECTION_OFFLINE, .answered = TRUE, .n_known = 3, .n_found = 2 },
      VRF_LIST_ROWS,
      VRF_LIST_BAR_OFFLINE },
    { { READY, .connection = VRF_CONNECTION_REFUSED, .answered = TRUE, .n_known = 3, .n_found = 2 },
      VRF_LIST_ROWS,
      VRF_LIST_BAR_REFUSED },
    { { READY, .connection = VRF_CONNECTION_THROTTLED, .n_known = 3, .n_found = 2 },
      VRF_LIST_ROWS,
      VRF_LIST_BAR_THROTTLED },
    { { READY, .connection = VRF_CONNECTION_ONLINE, .answered = TRUE, .clock_off = TRUE },
      VRF_LIST_EMPTY,
      VRF_LIST_BAR_CLOCK },
    { { READY,
        .connection = VRF_CONNECTION_OFFLINE,
        .clock_off = TRUE,
        .n_known = 1,
        .n_found = 1 },
      VRF_LIST_ROWS,
      VRF_LIST_BAR_OFFLINE },
    /* Rows that are there are never taken away by trouble. */
    { { .backend = VRF_BACKEND_FAILED, .n_known = 1, .n_found = 1 },
      VRF_LIST_ROWS,
      VRF_LIST_BAR_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (vrf_list_state_pick (&cases[i].facts), ==, cases[i].state);
      g_assert_cmpint (vrf_list_bar_pick (&cases[i].facts), ==, cases[i].bar);
    }
}

/* Every state that is not rows says what to do and has a button that does it. */
static void
test_messages (void)
{
  const VrfListWords words = { .view = VRF_VIEW_TODAY, .search = "BK-99", .filters = "" };

  for (guint i = 0; i < VRF_N_LIST_STATES; i++)
    {
      g_auto (VrfListMessage) message = { 0 };
      g_autofree char *action = NULL;
      g_autoptr (GVariant) target = NULL;

      if (i == VRF_LIST_ROWS || i == VRF_LIST_LOADING)
        continue;
      vrf_list_message_init (&message, (VrfListState) i, &words);
      g_assert_nonnull (message.icon_name);
      g_assert_cmpstr (message.title, !=, "");
      g_assert_cmpstr (message.description, !=, "");
      g_assert_cmpstr (message.button, !=, "");
      g_assert_true (g_action_parse_detailed_name (message.action, &action, &target, NULL));
    }
}

static void
assert_says (VrfListState state, VrfListWords words, const char *text, const char *button)
{
  g_auto (VrfListMessage) message = { 0 };

  vrf_list_message_init (&message, state, &words);
  g_assert_cmpstr (message.description, ==, text);
  g_assert_cmpstr (message.button, ==, button);
}

static void
test_words (void)
{
  assert_says (VRF_LIST_NO_RESULTS,
               (VrfListWords){ VRF_VIEW_ALL, "BK-99", "", NULL, 0 },
               "Nothing matches “BK-99”. Only references and session IDs are searched, not names.",
               "Clear Search");
  assert_says (VRF_LIST_NO_RESULTS,
               (VrfListWords){ VRF_VIEW_TODAY, "", "Tag: vip", NULL, 0 },
               "Nothing in Today matches the filters. Tag: vip",
               "Clear Filters");
  assert_says (VRF_LIST_NO_RESULTS,
               (VrfListWords){ VRF_VIEW_TODAY, "BK-99", "Tag: vip", NULL, 0 },
               "Nothing in Today matches “BK-99” and the filters. Tag: vip",
               "Clear Filters");
  assert_says (VRF_LIST_OFFLINE,
               (VrfListWords){ VRF_VIEW_ALL, "", "", "The server name was not found.", 8 },
               "The server name was not found. Trying again in 8 s.",
               "Try Now");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desk/window/list-state/pick", test_pick);
  g_test_add_func ("/desk/window/list-state/messages", test_messages);
  g_test_add_func ("/desk/window/list-state/words", test_words);

  return g_test_run ();
}
