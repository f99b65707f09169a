/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "../core/core-test.h"
#include "desk/core/vrf-workflow-item.h"
#include "desk/window/vrf-ages.h"
#include "desk/window/vrf-filter-choices.h"

static VrfRow *
new_row (const char *json)
{
  g_autoptr (VrfSession) session = core_test_session (json);

  return vrf_row_new (session);
}

/* One row under every filter; a case sets at most two. */
static void
test_match (void)
{
  static const char *const pending =
      "{'id':'a','status':'pending','created_at':'2026-02-01T12:00:00Z','workflow_id':'wf_1',"
      "'metadata':{},'tags':['vip','late']}";
  static const char *const rejected =
      "{'id':'b','status':'completed','result_status':'rejected','metadata':{},"
      "'created_at':'2026-01-20T12:00:00Z','workflow_id':'wf_2','tags':[]}";
  static const char *const bare = "{'id':'c','status':'later_word'}";
  static const struct
  {
    VrfFilter filter;
    const char *value;
    VrfFilter other;
    const char *other_value;
    gboolean pending, rejected, bare;
  } cases[] = {
    { VRF_FILTER_STATUS, NULL, VRF_FILTER_TAG, NULL, TRUE, TRUE, TRUE },
    { VRF_FILTER_STATUS, "pending", VRF_FILTER_TAG, NULL, TRUE, FALSE, FALSE },
    { VRF_FILTER_STATUS, "completed", VRF_FILTER_TAG, NULL, FALSE, TRUE, FALSE },
    { VRF_FILTER_STATUS, "later_word", VRF_FILTER_TAG, NULL, FALSE, FALSE, TRUE },
    { VRF_FILTER_STATUS, "pend", VRF_FILTER_TAG, NULL, FALSE, FALSE, FALSE },
    { VRF_FILTER_RESULT, "rejected", VRF_FILTER_TAG, NULL, FALSE, TRUE, FALSE },
    { VRF_FILTER_RESULT, "approved", VRF_FILTER_TAG, NULL, FALSE, FALSE, FALSE },
    { VRF_FILTER_RESULT, VRF_FILTER_NO_RESULT, VRF_FILTER_TAG, NULL, TRUE, FALSE, TRUE },
    { VRF_FILTER_WORKFLOW, "wf_1", VRF_FILTER_TAG, NULL, TRUE, FALSE, FALSE },
    { VRF_FILTER_WORKFLOW, "wf_3", VRF_FILTER_TAG, NULL, FALSE, FALSE, FALSE },
    { VRF_FILTER_TAG, "late", VRF_FILTER_STATUS, NULL, TRUE, FALSE, FALSE },
    { VRF_FILTER_TAG, "LATE", VRF_FILTER_STATUS, NULL, FALSE, FALSE, FALSE },
    { VRF_FILTER_TAG, "vip", VRF_FILTER_STATUS, "pending", TRUE, FALSE, FALSE },
    { VRF_FILTER_TAG, "vip", VRF_FILTER_STATUS, "expired", FALSE, FALSE, FALSE },
    /* the bare row has no time yet: it is new */
    { VRF_FILTER_CREATED, VRF_FILTER_TODAY, VRF_FILTER_TAG, NULL, TRUE, FALSE, TRUE },
    { VRF_FILTER_CREATED, VRF_FILTER_7_DAYS, VRF_FILTER_TAG, NULL, TRUE, FALSE, TRUE },
    { VRF_FILTER_CREATED, VRF_FILTER_30_DAYS, VRF_FILTER_TAG, NULL, TRUE, TRUE, TRUE },
    { VRF_FILTER_CREATED, VRF_FILTER_30_DAYS, VRF_FILTER_RESULT, "rejected", FALSE, TRUE, FALSE },
  };
  g_autoptr (VrfRow) row = new_row (pending);
  g_autoptr (VrfRow) done = new_row (rejected);
  g_autoptr (VrfRow) late = new_row (bare);
  gint64 midnight_us = vrf_age_midnight (CORE_TEST_NOON);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VrfFilters) filters = { 0 };
      gint64 since_us;

      g_test_message ("case %u", i);
      vrf_filters_set (&filters, cases[i].filter, cases[i].value);
      vrf_filters_set (&filters, cases[i].other, cases[i].other_value);
      since_us = vrf_filters_get_since_us (&filters, midnight_us);
      g_assert_cmpint (vrf_filters_match (&filters, row, since_us), ==, cases[i].pending);
      g_assert_cmpint (vrf_filters_match (&filters, done, since_us), ==, cases[i].rejected);
      g_assert_cmpint (vrf_filters_match (&filters, late, since_us), ==, cases[i].bare);
    }
}

/* Days end at midnight, whatever the clock did in between. */
static void
test_since (void)
{
  static const struct
  {
    const char *value;
    int days;
  } cases[] = {
    { VRF_FILTER_TODAY, 0 },
    { VRF_FILTER_7_DAYS, 6 },
    { VRF_FILTER_30_DAYS, 29 },
  };
  gint64 midnight_us = vrf_age_midnight (CORE_TEST_NOON);
  g_auto (VrfFilters) filters = { 0 };

  g_assert_cmpint (vrf_filters_get_since_us (&filters, midnight_us), ==, VRF_TIME_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) midnight =
          g_date_time_new_from_unix_local (midnight_us / G_USEC_PER_SEC);
      g_autoptr (GDateTime) since = g_date_time_add_days (midnight, -cases[i].days);

      vrf_filters_set (&filters, VRF_FILTER_CREATED, cases[i].value);
      g_assert_cmpint (vrf_filters_get_since_us (&filters, VRF_TIME_NONE), ==, VRF_TIME_NONE);
      g_assert_cmpint (vrf_filters_get_since_us (&filters, midnight_us),
                       ==,
                       g_date_time_to_unix (since) * G_USEC_PER_SEC);
    }
}

static void
test_values (void)
{
  g_auto (VrfFilters) a = { 0 };
  g_auto (VrfFilters) b = { 0 };

  g_assert_true (vrf_filters_equal (&a, &b));
  g_assert_true (vrf_filters_set (&a, VRF_FILTER_TAG, "vip"));
  g_assert_false (vrf_filters_set (&a, VRF_FILTER_TAG, "vip"));
  g_assert_true (vrf_filters_set (&a, VRF_FILTER_RESULT, VRF_FILTER_NO_RESULT));
  g_assert_cmpuint (vrf_filters_count (&a), ==, 2);
  g_assert_false (vrf_filters_equal (&a, &b));
  vrf_filters_copy (&b, &a);
  vrf_filters_copy (&b, &b);
  g_assert_true (vrf_filters_equal (&a, &b));
  vrf_filters_clear (&a);
  g_assert_cmpuint (vrf_filters_count (&a), ==, 0);
  vrf_filters_copy (&b, &a);
  g_assert_cmpuint (vrf_filters_count (&b), ==, 0);
}

static void
assert_choices (GListModel *rows,
                GListModel *workflows,
                VrfFilter filter,
                const char *current,
                const char *expected)
{
  g_autoptr (VrfFilterChoices) choices = vrf_filter_choices_new (filter, rows, workflows, current);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < choices->words->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? "|" : "", (char *) choices->words->pdata[i]);
  g_assert_cmpstr (words->str, ==, expected);
  g_assert_cmpuint (choices->values->len, ==, choices->words->len);
  g_assert_null (choices->values->pdata[0]);
  if (current != NULL)
    g_assert_cmpuint (vrf_filter_choices_find (choices, current), >, 0);
}

/* What can be chosen is what is there, and what is chosen. */
static void
test_choices (void)
{
  g_autoptr (GListStore) rows = g_list_store_new (VRF_TYPE_ROW);
  g_autoptr (GListStore) workflows = g_list_store_new (VRF_TYPE_WORKFLOW_ITEM);
  GListModel *all = G_LIST_MODEL (rows);
  GListModel *known = G_LIST_MODEL (workflows);
  g_auto (VrfFilters) filters = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (VrfRow) first = NULL;
  g_autoptr (VrfRow) second = NULL;

  assert_choices (all, known, VRF_FILTER_TAG, NULL, "Any");
  assert_choices (all, known, VRF_FILTER_WORKFLOW, NULL, "Any");
  assert_choices (all,
                  known,
                  VRF_FILTER_STATUS,
                  NULL,
                  "Any|Pending|Capturing|Processing|Choose Outcome|Awaiting External|Under Review|"
                  "Completed|Expired|Failed");
  assert_choices (
      all, known, VRF_FILTER_RESULT, NULL, "Any|Approved|Rejected|Needs Review|No Result Yet");
  assert_choices (all, known, VRF_FILTER_CREATED, NULL, "Any time|Today|Last 7 days|Last 30 days");

  first = new_row ("{'id':'a','status':'pending','workflow_id':'wf_1','tags':['vip','late']}");
  second = new_row ("{'id':'b','status':'later_word','workflow_id':'wf_1','tags':['early','vip'],"
                    "'result_status':'odd'}");
  g_list_store_append (rows, first);
  g_list_store_append (rows, second);
  assert_choices (all, known, VRF_FILTER_TAG, NULL, "Any|early|late|vip");
  assert_choices (all, known, VRF_FILTER_TAG, "gone", "Any|early|gone|late|vip");
  assert_choices (all, known, VRF_FILTER_WORKFLOW, NULL, "Any|wf_1");
  assert_choices (all, known, VRF_FILTER_WORKFLOW, "wf_9", "Any|wf_1|wf_9");
  vrf_row_set_workflow_name (first, "Hotel check-in");
  assert_choices (all, known, VRF_FILTER_WORKFLOW, NULL, "Any|Hotel check-in");
  assert_choices (
      all, known, VRF_FILTER_RESULT, "odd", "Any|Approved|Rejected|Needs Review|odd|No Result Yet");

  vrf_filters_set (&filters, VRF_FILTER_STATUS, "sandbox_pending");
  vrf_filters_set (&filters, VRF_FILTER_CREATED, VRF_FILTER_7_DAYS);
  vrf_filters_set (&filters, VRF_FILTER_TAG, "vip");
  text = vrf_filters_dup_text (&filters, all, known);
  g_assert_cmpstr (text, ==, "Status: Choose Outcome · Created: Last 7 days · Tag: vip");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desk/window/filters/match", test_match);
  g_test_add_func ("/desk/window/filters/since", test_since);
  g_test_add_func ("/desk/window/filters/values", test_values);
  g_test_add_func ("/desk/window/filters/choices", test_choices);

  return g_test_run ();
}
