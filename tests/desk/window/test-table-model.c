/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "../core/core-test.h"
#include "desk/window/vrf-table-model.h"
#include "desk/window/vrf-view-counts.h"

#define MIDNIGHT (CORE_TEST_NOON - 12 * G_TIME_SPAN_HOUR)

typedef struct
{
  VrfClock *clock;
  VrfRowStore *rows;
  VrfTableModel *model;
  GString *changes; /* "(0,3,0)(0,0,2)" */
} Fixture;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, GString *changes)
{
  g_string_append_printf (changes, "(%u,%u,%u)", position, removed, added);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->clock = core_test_clock (CORE_TEST_NOON, 1);
  fixture->rows = vrf_row_store_new (fixture->clock);
  fixture->model = vrf_table_model_new (fixture->rows);
  fixture->changes = g_string_new (NULL);
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (changed_cb), fixture->changes);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->rows);
  g_assert_finalize_object (fixture->clock);
  g_string_free (fixture->changes, TRUE);
}

static void
put (Fixture *fixture, const char *id, const char *status, int created_s)
{
  g_autoptr (VrfSession) session = core_test_listed (id, status, created_s);

  vrf_row_store_upsert (fixture->rows, session);
}

/* What the model shows, ids one after the other, once it has caught up. */
static void
assert_shows (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  core_test_drain ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->model)); i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->model), i);

      g_string_append (ids, vrf_row_get_id (row));
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
assert_changes (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->changes->str, ==, expected);
  g_string_truncate (fixture->changes, 0);
}

static void
ask (Fixture *fixture, VrfView view, const char *search, VrfColumn sort, gboolean descending)
{
  VrfTableQuery query = {
    .view = view,
    .search = search,
    .sort = sort,
    .descending = descending,
    .midnight_us = MIDNIGHT,
  };

  vrf_table_model_set_query (fixture->model, &query);
}

/* A new row is one row more, not a new list. */
static void
test_follows (Fixture *fixture, gconstpointer unused)
{
  put (fixture, "a", "pending", 0);
  put (fixture, "c", "pending", 20);
  assert_shows (fixture, "ca");
  assert_changes (fixture, "(0,0,2)");

  put (fixture, "b", "pending", 10);
  assert_shows (fixture, "cba");
  assert_changes (fixture, "(1,0,1)");

  put (fixture, "d", "pending", 30);
  assert_shows (fixture, "dcba");
  assert_changes (fixture, "(0,0,1)");
}

/* A row that only changed says so itself; the list stays, until the row leaves the view. */
static void
test_row_leaves (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (VrfSession) capturing = core_test_session (
      "{'id':'b','status':'capturing','created_at':'2026-02-01T12:00:10Z',"
      "'updated_at':'2026-02-01T12:01:00Z','external_ref':'ref-b','metadata':{},'tags':[]}");
  g_autoptr (VrfSession) expired = core_test_session (
      "{'id':'b','status':'expired','created_at':'2026-02-01T12:00:10Z',"
      "'updated_at':'2026-02-01T12:02:00Z','external_ref':'ref-b','metadata':{},'tags':[]}");

  put (fixture, "a", "pending", 0);
  put (fixture, "b", "pending", 10);
  put (fixture, "c", "pending", 20);
  ask (fixture, VRF_VIEW_NOW, NULL, VRF_COLUMN_CREATED, TRUE);
  assert_shows (fixture, "cba");
  g_string_truncate (fixture->changes, 0);

  vrf_row_store_upsert (fixture->rows, capturing);
  assert_shows (fixture, "cba");
  assert_changes (fixture, "");

  vrf_row_store_upsert (fixture->rows, expired);
  assert_shows (fixture, "ca");
  assert_changes (fixture, "(1,1,0)");
}

/* Filters narrow what view and search found; other filters are another question. */
static void
test_filters (Fixture *fixture, gconstpointer unused)
{
  g_auto (VrfFilters) filters = { 0 };
  VrfTableQuery query = {
    .view = VRF_VIEW_ALL,
    .filters = &filters,
    .sort = VRF_COLUMN_CREATED,
    .descending = TRUE,
    .midnight_us = MIDNIGHT,
  };

  put (fixture, "a", "pending", 0);
  put (fixture, "b", "expired", 10);
  put (fixture, "c", "pending", 20);
  assert_shows (fixture, "cba");
  vrf_table_model_set_query (fixture->model, &query);
  g_string_truncate (fixture->changes, 0);

  vrf_filters_set (&filters, VRF_FILTER_STATUS, "pending");
  vrf_table_model_set_query (fixture->model, &query);
  assert_shows (fixture, "ca");
  assert_changes (fixture, "(0,3,0)(0,0,2)");
  vrf_table_model_set_query (fixture->model, &query);
  assert_changes (fixture, "");

  /* Rows that come are filtered, too. */
  put (fixture, "d", "expired", 30);
  put (fixture, "e", "pending", 40);
  assert_shows (fixture, "eca");
  assert_changes (fixture, "(0,0,1)");

  query.view = VRF_VIEW_EXPIRED;
  vrf_table_model_set_query (fixture->model, &query);
  assert_shows (fixture, "");
  query.filters = NULL;
  vrf_table_model_set_query (fixture->model, &query);
  assert_shows (fixture, "db");
}

static void
test_query (Fixture *fixture, gconstpointer unused)
{
  put (fixture, "a", "pending", 0);
  put (fixture, "b", "expired", 10);
  put (fixture, "c", "pending", 20);
  assert_shows (fixture, "cba");
  g_string_truncate (fixture->changes, 0);

  ask (fixture, VRF_VIEW_EXPIRED, NULL, VRF_COLUMN_CREATED, TRUE);
  assert_shows (fixture, "b");
  assert_changes (fixture, "(0,3,0)(0,0,1)");

  /* The same question again changes nothing. */
  ask (fixture, VRF_VIEW_EXPIRED, "", VRF_COLUMN_CREATED, TRUE);
  assert_changes (fixture, "");

  ask (fixture, VRF_VIEW_ALL, NULL, VRF_COLUMN_CREATED, FALSE);
  assert_shows (fixture, "abc");
  assert_changes (fixture, "(0,1,0)(0,0,3)");

  ask (fixture, VRF_VIEW_ALL, NULL, VRF_COLUMN_STATUS, TRUE);
  assert_shows (fixture, "bca");
}

static void
test_search (Fixture *fixture, gconstpointer unused)
{
  put (fixture, "session_1a", "pending", 0);
  put (fixture, "session_2b", "pending", 10);
  ask (fixture, VRF_VIEW_ALL, "REF-session_2", VRF_COLUMN_CREATED, TRUE);
  assert_shows (fixture, "session_2b");
  ask (fixture, VRF_VIEW_ALL, "1A", VRF_COLUMN_CREATED, TRUE);
  assert_shows (fixture, "session_1a");
  ask (fixture, VRF_VIEW_ALL, "nobody", VRF_COLUMN_CREATED, TRUE);
  assert_shows (fixture, "");
  g_assert_cmpuint (vrf_table_model_get_n_found (fixture->model), ==, 0);

  /* What comes while a search stands is searched too. */
  put (fixture, "session_nobody", "pending", 20);
  assert_shows (fixture, "session_nobody");
}

static void
test_first_rows (Fixture *fixture, gconstpointer unused)
{
  guint position = 0;

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("session_%02d", i);

      put (fixture, id, "pending", i);
    }
  core_test_drain ();
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, VRF_TABLE_MODEL_FIRST);
  g_assert_cmpuint (vrf_table_model_get_n_found (fixture->model), ==, 100);
  g_assert_true (vrf_table_model_is_short (fixture->model));
  g_assert_false (vrf_table_model_find (fixture->model, "session_00", &position));
  g_string_truncate (fixture->changes, 0);

  g_assert_true (vrf_table_model_fill (fixture->model));
  assert_changes (fixture, "(30,0,15)");
  while (vrf_table_model_fill (fixture->model))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 100);
  g_string_truncate (fixture->changes, 0);
  g_assert_false (vrf_table_model_is_short (fixture->model));
  g_assert_true (vrf_table_model_find (fixture->model, "session_00", &position));
  g_assert_cmpuint (position, ==, 99);

  ask (fixture, VRF_VIEW_ALL, "session", VRF_COLUMN_CREATED, FALSE);
  assert_changes (fixture, "(0,100,0)(0,0,30)");
}

static void
test_counts (Fixture *fixture, gconstpointer unused)
{
  VrfTicker *ticker = vrf_ticker_new (fixture->clock);
  VrfViewCounts *counts = vrf_view_counts_new (fixture->rows, ticker, NULL);
  g_autofree char *unknown = vrf_view_counts_dup_text (counts, VRF_VIEW_ALL);
  g_autofree char *about = NULL;
  g_autofree char *exact = NULL;
  guint n_changed;

  core_test_count (counts, "changed", &n_changed);
  put (fixture, "a", "pending", 0);
  put (fixture, "b", "expired", 10);
  put (fixture, "c", "sandbox_pending", 20);
  core_test_drain ();
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (vrf_view_counts_get (counts, VRF_VIEW_NOW), ==, 2);
  g_assert_cmpuint (vrf_view_counts_get (counts, VRF_VIEW_EXPIRED), ==, 1);
  g_assert_cmpuint (vrf_view_counts_get (counts, VRF_VIEW_ALL), ==, 3);
  g_assert_cmpuint (vrf_view_counts_get (counts, VRF_VIEW_TODAY), ==, 3);

  g_assert_cmpstr (unknown, ==, "");
  about = vrf_view_counts_dup_text (counts, VRF_VIEW_ALL);
  g_assert_cmpstr (about, ==, "~3");
  vrf_view_counts_set_complete (counts, TRUE);
  exact = vrf_view_counts_dup_text (counts, VRF_VIEW_ALL);
  g_assert_cmpstr (exact, ==, "3");
  g_assert_cmpuint (n_changed, ==, 2);

  g_assert_finalize_object (counts);
  g_assert_finalize_object (ticker);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/desk/window/table-model/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("follows", test_follows);
  ADD ("row-leaves", test_row_leaves);
  ADD ("query", test_query);
  ADD ("filters", test_filters);
  ADD ("search", test_search);
  ADD ("first-rows", test_first_rows);
  ADD ("counts", test_counts);

  return g_test_run ();
}
