/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/core/vrf-view.h"

#include "core-test.h"

#define MIDNIGHT CORE_TEST_NOON

/* Which views show a session, in their order: N(ow) !(attention) T(oday) A(pproved) R(ejected)
 * E(xpired) *(all). */
typedef struct
{
  const char *status;
  const char *result; /* nullable */
  int created_s;      /* after midnight */
  gboolean seen;
  const char *views;
} ViewCase;

static const ViewCase cases[] = {
  { "pending", NULL, 10, FALSE, "NT*" },
  { "pending", NULL, -10, FALSE, "N*" },
  { "capturing", NULL, 0, FALSE, "NT*" },
  { "processing", NULL, 10, FALSE, "NT*" },
  { "awaiting_external", NULL, 10, FALSE, "NT*" },
  { "sandbox_pending", NULL, -10, TRUE, "N!*" },
  { "under_review", "needs_review", -10, TRUE, "N!*" },
  { "failed", NULL, -10, TRUE, "!*" },
  { "completed", "approved", 10, FALSE, "TA*" },
  { "completed", "approved", -10, FALSE, "A*" },
  { "completed", "rejected", 10, FALSE, "!TR*" },
  { "completed", "rejected", 10, TRUE, "TR*" },
  { "completed", "rejected", -10, FALSE, "R*" },
  { "expired", NULL, 10, FALSE, "!TE*" },
  { "expired", NULL, 10, TRUE, "TE*" },
  { "expired", NULL, -10, FALSE, "E*" },
  { "on_hold", NULL, 10, FALSE, "T*" },
};

static void
test_matches (void)
{
  static const char letters[] = "N!TARE*";

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ViewCase *test = &cases[i];
      g_autofree char *time = vrf_time_format (MIDNIGHT + test->created_s * CORE_TEST_S);
      g_autofree char *json =
          g_strdup_printf ("{'id':'s','status':'%s','created_at':'%s','updated_at':'%s'%s%s%s}",
                           test->status,
                           time,
                           time,
                           test->result != NULL ? ",'result_status':'" : "",
                           test->result != NULL ? test->result : "",
                           test->result != NULL ? "'" : "");
      g_autoptr (VrfSession) session = core_test_session (json);
      g_autoptr (GString) views = g_string_new (NULL);
      VrfRow *row = vrf_row_new (session);

      vrf_row_set_seen (row, test->seen);
      for (guint view = 0; view < VRF_N_VIEWS; view++)
        if (vrf_view_matches ((VrfView) view, row, MIDNIGHT))
          g_string_append_c (views, letters[view]);
      g_test_message ("%u: %s", i, json);
      g_assert_cmpstr (views->str, ==, test->views);
      g_assert_finalize_object (row);
    }
}

/* It ended today though it began yesterday. */
static void
test_ended_today (void)
{
  g_autoptr (VrfSession) before = core_test_listed ("s", "pending", -10);
  g_autoptr (VrfSession) after = core_test_session ("{'id':'s','status':'expired'}");
  VrfRow *row = vrf_row_new (before);

  vrf_row_update (row, after, MIDNIGHT + CORE_TEST_S);
  g_assert_true (vrf_view_matches (VRF_VIEW_ATTENTION, row, MIDNIGHT));
  g_assert_false (vrf_view_matches (VRF_VIEW_TODAY, row, MIDNIGHT));
  g_assert_finalize_object (row);
}

static void
test_names (void)
{
  for (guint view = 0; view < VRF_N_VIEWS; view++)
    {
      const char *nick = vrf_view_get_nick ((VrfView) view);

      g_assert_cmpint (vrf_view_from_nick (nick), ==, view);
      g_assert_nonnull (vrf_view_get_title ((VrfView) view));
      g_assert_true (g_str_has_suffix (vrf_view_get_icon_name ((VrfView) view), "-symbolic"));
    }
  g_assert_cmpint (vrf_view_from_nick ("nonsense"), ==, VRF_VIEW_TODAY);
  g_assert_cmpint (vrf_view_from_nick (NULL), ==, VRF_VIEW_TODAY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/view/matches", test_matches);
  g_test_add_func ("/view/ended-today", test_ended_today);
  g_test_add_func ("/view/names", test_names);

  return g_test_run ();
}
