/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-test.h"

#include <gio/gio.h>

typedef struct
{
  guint n_calls;
  guint position;
  guint removed;
  guint added;
} Changes;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Changes *changes)
{
  changes->n_calls++;
  changes->position = position;
  changes->removed = removed;
  changes->added = added;
}

static char *
order_of (VrfRowStore *store)
{
  GString *text = g_string_new (NULL);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (store));

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (VrfRow) row = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_string_append (text, vrf_row_get_id (row));
    }
  return g_string_free (text, FALSE);
}

#define assert_order(store, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *_order = order_of (store);                                                    \
                                                                                                   \
    g_assert_cmpstr (_order, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

#define assert_changes(changes, expected_position, expected_removed, expected_added)               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpuint ((changes).n_calls, ==, 1);                                                   \
    g_assert_cmpuint ((changes).position, ==, expected_position);                                  \
    g_assert_cmpuint ((changes).removed, ==, expected_removed);                                    \
    g_assert_cmpuint ((changes).added, ==, expected_added);                                        \
    (changes) = (Changes){ 0 };                                                                    \
  }                                                                                                \
  G_STMT_END

/* "b20 a10": ids and seconds after noon */
static guint
merge (VrfRowStore *store, const char *text, gint64 asked_at)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GPtrArray) sessions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_session_unref);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char id[2] = { words[i][0], '\0' };

      g_ptr_array_add (
          sessions,
          core_test_listed (id, "pending", (int) g_ascii_strtoll (words[i] + 1, NULL, 10)));
    }
  return vrf_row_store_merge (store, sessions, asked_at);
}

static void
test_order (void)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  VrfRowStore *store = vrf_row_store_new (clock);
  Changes changes = { 0 };
  guint n_row_changed = 0;

  g_signal_connect (store, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  core_test_count (store, "row-changed", &n_row_changed);

  g_assert_cmpuint (merge (store, "b20 a10 c30", 0), ==, 3);
  assert_order (store, "cba");
  assert_changes (changes, 0, 0, 3);

  /* Nothing new: nobody hears of it. */
  g_assert_cmpuint (merge (store, "c30 b20 a10", 0), ==, 0);
  g_assert_cmpuint (changes.n_calls, ==, 0);
  g_assert_cmpuint (n_row_changed, ==, 0);

  g_assert_cmpuint (merge (store, "d40", 0), ==, 1);
  assert_order (store, "dcba");
  assert_changes (changes, 0, 0, 1);
  g_assert_cmpuint (merge (store, "z1 y2", 0), ==, 2);
  assert_order (store, "dcbayz");
  assert_changes (changes, 4, 0, 2);

  /* Among the others: one signal for the stretch. */
  g_assert_cmpuint (merge (store, "e35 f15 c30", 0), ==, 2);
  assert_order (store, "decbfayz");
  assert_changes (changes, 1, 2, 4);

  /* The same second: the id decides, whichever came first. */
  g_assert_cmpuint (merge (store, "h30 g30", 0), ==, 2);
  assert_order (store, "decghbfayz");

  vrf_row_store_clear (store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_null (vrf_row_store_lookup (store, "a"));
  g_assert_finalize_object (store);
}

static void
test_upsert (void)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  g_autoptr (VrfSession) created = core_test_session ("{'id':'a','status':'pending'}");
  g_autoptr (VrfSession) other = core_test_listed ("b", "pending", 10);
  g_autoptr (VrfSession) listed = core_test_listed ("a", "capturing", 0);
  g_autoptr (GPtrArray) found = NULL;
  VrfRowStore *store = vrf_row_store_new (clock);
  Changes changes = { 0 };
  guint n_row_changed = 0;
  VrfRow *row = NULL;

  core_test_count (store, "row-changed", &n_row_changed);
  vrf_row_store_upsert (store, other);
  row = vrf_row_store_upsert (store, created);
  assert_order (store, "ab"); /* no time yet: just made */
  g_signal_connect (store, "items-changed", G_CALLBACK (items_changed_cb), &changes);

  g_assert_true (vrf_row_store_upsert (store, listed) == row);
  g_assert_cmpint (vrf_row_get_status (row), ==, VRF_SESSION_STATUS_CAPTURING);
  g_assert_cmpuint (n_row_changed, ==, 1);
  assert_order (store, "ba");
  assert_changes (changes, 0, 2, 2);
  g_assert_true (vrf_row_store_lookup (store, "a") == row);

  found = vrf_row_store_find_by_ref (store, "ref-a");
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (g_ptr_array_index (found, 0) == row);
  g_clear_pointer (&found, g_ptr_array_unref);
  g_assert_finalize_object (store);
}

/* A reply to a request from before an action says nothing about what the action did. */
static void
test_acted (void)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  g_autoptr (VrfSession) expired = core_test_session ("{'id':'a','status':'expired'}");
  VrfRowStore *store = vrf_row_store_new (clock);
  gint64 before = g_get_monotonic_time () - 1;
  VrfRow *row = NULL;

  merge (store, "a10", before);
  row = vrf_row_store_upsert (store, expired);
  g_assert_cmpstr (vrf_row_get_status_text (row), ==, "expired");
  merge (store, "a10", before);
  g_assert_cmpstr (vrf_row_get_status_text (row), ==, "expired");
  merge (store, "a10", g_get_monotonic_time () + 1);
  g_assert_cmpstr (vrf_row_get_status_text (row), ==, "pending");
  g_assert_finalize_object (store);
}

static void
test_workflows (void)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  g_autoptr (GPtrArray) workflows = g_ptr_array_new ();
  g_autoptr (VrfSession) before = core_test_session (
      "{'id':'a','status':'pending','workflow_id':'w1','updated_at':'2026-02-01T12:00:00Z'}");
  g_autoptr (VrfSession) after = core_test_session (
      "{'id':'b','status':'pending','workflow_id':'w2','updated_at':'2026-02-01T12:00:00Z'}");
  g_autoptr (VrfSession) moved = core_test_session (
      "{'id':'a','status':'pending','workflow_id':'w2','updated_at':'2026-02-01T12:01:00Z'}");
  VrfWorkflow first = { .id = (char *) "w1", .name = (char *) "Check-in" };
  VrfWorkflow second = { .id = (char *) "w2", .name = (char *) "Age 21+" };
  VrfRowStore *store = vrf_row_store_new (clock);
  VrfRow *row = vrf_row_store_upsert (store, before);

  g_assert_null (vrf_row_get_workflow_name (row));
  g_ptr_array_add (workflows, &first);
  g_ptr_array_add (workflows, &second);
  vrf_row_store_set_workflows (store, workflows);
  g_assert_cmpstr (vrf_row_get_workflow_name (row), ==, "Check-in");
  g_assert_cmpstr (vrf_row_get_workflow_name (vrf_row_store_upsert (store, after)), ==, "Age 21+");
  vrf_row_store_upsert (store, moved);
  g_assert_cmpstr (vrf_row_get_workflow_name (row), ==, "Age 21+");
  g_assert_finalize_object (store);
}

/* The link's time ends on the desk's clock, before anybody asks the server. */
static void
test_link_over (void)
{
  g_autoptr (VrfClock) clock = core_test_clock (CORE_TEST_NOON, 1000);
  g_autoptr (VrfSession) session = core_test_session (
      "{'id':'a','status':'pending','capture_url':'u','updated_at':'2026-02-01T12:00:00Z',"
      "'token_expires_at':'2026-02-01T12:01:00Z'}");
  VrfRowStore *store = vrf_row_store_new (clock);
  VrfRow *row = vrf_row_store_upsert (store, session);
  guint n_over = 0;
  guint n_changed = 0;
  guint n_qr = 0;

  core_test_count (store, "link-over", &n_over);
  core_test_count (store, "row-changed", &n_changed);
  core_test_count (row, "notify::can-show-qr", &n_qr);
  g_assert_true (vrf_row_can_show_qr (row));
  core_test_await (n_over > 0);
  g_assert_cmpint (vrf_clock_get_now_us (clock), >=, CORE_TEST_NOON + 60 * CORE_TEST_S);
  g_assert_false (vrf_row_can_show_qr (row));
  g_assert_cmpuint (n_over, ==, 1);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_qr, ==, 1);
  g_assert_finalize_object (store);
}

static void
add_remembered (VrfRowStore *store, const char *id, int created_s)
{
  g_autoptr (VrfSession) session = core_test_listed (id, "completed", created_s);
  g_autoptr (VrfRow) row = vrf_row_new_remembered (session, 12, VRF_TIME_NONE, FALSE);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_ptr_array_add (rows, row);
  vrf_row_store_add (store, rows);
}

/* What is remembered comes between what is known, and never instead of it. */
static void
test_remembered (void)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  VrfRowStore *store = vrf_row_store_new (clock);
  Changes changes = { 0 };
  VrfRow *row = NULL;

  merge (store, "a10 b30", 0);
  g_signal_connect (store, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  add_remembered (store, "c", 20);
  assert_changes (changes, 1, 0, 1);
  assert_order (store, "bca");
  row = vrf_row_store_lookup (store, "c");
  g_assert_cmpint (vrf_row_get_told_at (row), ==, 0);
  g_assert_cmpint (vrf_row_get_risk_score (row), ==, 12);
  add_remembered (store, "a", 50);
  g_assert_cmpuint (changes.n_calls, ==, 0);
  assert_order (store, "bca");
  merge (store, "c20", 0);
  g_assert_cmpint (vrf_row_get_told_at (row), !=, 0);
  g_assert_finalize_object (store);
}

/* What the server does not have any more goes, unless it told it a moment before. */
static void
test_keep_only (void)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  VrfRowStore *store = vrf_row_store_new (clock);
  g_autoptr (VrfSession) kept = core_test_listed ("c", "completed", 30);
  g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
  guint n_removed = 0;
  guint n_kept = 0;

  g_ptr_array_add (sessions, kept);
  core_test_count (store, "row-removed", &n_removed);
  core_test_count (store, "kept-only", &n_kept);
  for (guint i = 0; i < 5; i++)
    {
      const char *ids[] = { "a", "b", "c", "d", "e" };

      add_remembered (store, ids[i], 10 + (int) i * 10);
    }
  merge (store, "d40", 0);
  vrf_row_store_keep_only (store,
                           CORE_TEST_NOON + 10 * CORE_TEST_S,
                           CORE_TEST_NOON + 50 * CORE_TEST_S,
                           sessions,
                           g_get_monotonic_time ());
  assert_order (store, "edca");
  g_assert_cmpuint (n_removed, ==, 1);
  g_assert_cmpuint (n_kept, ==, 1);

  /* Two minutes on, the server should have told it again. */
  vrf_row_store_keep_only (
      store, G_MININT64, G_MAXINT64, sessions, g_get_monotonic_time () + 120 * CORE_TEST_S);
  assert_order (store, "c");
  g_assert_finalize_object (store);
}

/* Remembered rows that nobody shows make room; those somebody holds, or a server told, stay. */
static void
test_drop_unused (void)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  VrfRowStore *store = vrf_row_store_new (clock);
  Changes changes = { 0 };
  g_autoptr (VrfRow) held = NULL;
  guint n_removed = 0;

  merge (store, "a10", 0);
  add_remembered (store, "b", 20);
  add_remembered (store, "c", 30);
  add_remembered (store, "d", 40);
  held = g_object_ref (vrf_row_store_lookup (store, "c"));
  core_test_count (store, "row-removed", &n_removed);
  g_signal_connect (store, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  vrf_row_store_drop_unused (store, 3);
  g_assert_cmpuint (changes.n_calls, ==, 0);
  vrf_row_store_drop_unused (store, 2);
  assert_changes (changes, 0, 4, 2);
  assert_order (store, "ca");
  g_assert_null (vrf_row_store_lookup (store, "b"));
  g_assert_cmpuint (n_removed, ==, 0);
  merge (store, "b20", 0);
  assert_order (store, "cba");
  g_assert_finalize_object (store);
}

static void
test_remove (void)
{
  g_autoptr (VrfClock) clock = vrf_clock_new ();
  VrfRowStore *store = vrf_row_store_new (clock);
  Changes changes = { 0 };

  merge (store, "a10 b20 c30", 0);
  g_signal_connect (store, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  vrf_row_store_remove (store, "b");
  assert_changes (changes, 1, 1, 0);
  assert_order (store, "ca");
  vrf_row_store_remove (store, "b");
  g_assert_cmpuint (changes.n_calls, ==, 0);
  g_assert_null (vrf_row_store_lookup (store, "b"));
  g_assert_finalize_object (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/row-store/order", test_order);
  g_test_add_func ("/row-store/upsert", test_upsert);
  g_test_add_func ("/row-store/acted", test_acted);
  g_test_add_func ("/row-store/workflows", test_workflows);
  g_test_add_func ("/row-store/link-over", test_link_over);
  g_test_add_func ("/row-store/remembered", test_remembered);
  g_test_add_func ("/row-store/keep-only", test_keep_only);
  g_test_add_func ("/row-store/drop-unused", test_drop_unused);
  g_test_add_func ("/row-store/remove", test_remove);

  return g_test_run ();
}
