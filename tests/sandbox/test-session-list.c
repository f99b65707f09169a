/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/vrf-time.h"
#include "sandbox/vrf-sandbox-store.h"
#include "sandbox/vrf-store-reset.h"

/*
 * Lists and totals against a plain reading of all sessions, one by one. There are enough of them
 * that both ways of finding a page are taken: parts and tags that few have, and that nearly all
 * have.
 */

#define START ((gint64) 1769947200 * G_USEC_PER_SEC)
#define SESSIONS 700

typedef struct
{
  VrfSandboxStore *store; /* owned */
  GPtrArray *all;         /* owned; element-type VrfStoredSession; in order of their numbers */
  GRand *rand;            /* owned */
} Fixture;

static void
set_reference (Fixture *fixture, VrfStoredSession *session)
{
  static const char *const words[] = { "BK-", "Zimmer \"7\" ", "ÄRZTIN ", "session_", "東京-" };
  g_autofree char *ref = g_strdup_printf ("%s%05d",
                                          words[g_rand_int_range (fixture->rand, 0, 5)],
                                          g_rand_int_range (fixture->rand, 10000, 10900));

  vrf_stored_set (&session->external_ref, g_rand_int_range (fixture->rand, 0, 9) > 0 ? ref : NULL);
}

static void
set_tags (Fixture *fixture, VrfStoredSession *session)
{
  static const char *const tags[] = { "[]", "[\"often\"]", "[\"often\",\"seldom\"]" };
  int draw = g_rand_int_range (fixture->rand, 0, 100);

  vrf_stored_set (&session->tags, draw < 20 ? tags[0] : draw < 98 ? tags[1] : tags[2]);
}

static void
set_state (Fixture *fixture, VrfStoredSession *session)
{
  static const VrfState states[] = { VRF_STATE_PENDING, VRF_STATE_COMPLETED, VRF_STATE_FAILED };
  int draw = g_rand_int_range (fixture->rand, 0, 100);

  session->state = states[draw < 50 ? 0 : draw < 97 ? 1 : 2];
}

static void
add (Fixture *fixture)
{
  VrfStoredSession *session = vrf_stored_session_new ();
  g_autoptr (GError) error = NULL;

  session->id = g_strdup_printf (
      "session_%04x%04x", g_rand_int_range (fixture->rand, 0, 65536), fixture->all->len);
  session->is_sandbox = g_rand_int_range (fixture->rand, 0, 10) > 0;
  session->created_at = START + VRF_SECONDS (g_rand_int_range (fixture->rand, 0, 500));
  vrf_stored_set (&session->workflow_id,
                  g_rand_boolean (fixture->rand) ? "workflow_a" : "workflow_b");
  set_reference (fixture, session);
  set_tags (fixture, session);
  set_state (fixture, session);
  vrf_sandbox_store_insert_session (fixture->store, session, &error);
  g_assert_no_error (error);
  g_ptr_array_add (fixture->all, session);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->store = vrf_sandbox_store_open (":memory:", &error);
  g_assert_no_error (error);
  fixture->rand = g_rand_new_with_seed (7);
  fixture->all = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_stored_session_free);
  for (guint i = 0; i < SESSIONS; i++)
    add (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->all);
  g_rand_free (fixture->rand);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

static gboolean
has_part (const VrfStoredSession *session, const char *q)
{
  g_autofree char *part = g_utf8_casefold (q, -1);
  g_autofree char *ref =
      session->external_ref != NULL ? g_utf8_casefold (session->external_ref, -1) : NULL;

  return g_str_has_prefix (session->id, q) || (ref != NULL && strstr (ref, part) != NULL);
}

static gboolean
has_tag (const VrfStoredSession *session, const char *tag)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", tag);

  return strstr (session->tags, quoted) != NULL;
}

static gboolean
fits (const VrfStoredSession *session, const VrfSessionFilter *filter)
{
  return session->is_sandbox == filter->is_sandbox
         && (filter->state == VRF_STATE_UNKNOWN || session->state == filter->state)
         && (filter->external_ref == NULL
             || g_strcmp0 (session->external_ref, filter->external_ref) == 0)
         && (filter->workflow_id == NULL || g_str_equal (session->workflow_id, filter->workflow_id))
         && (filter->q == NULL || has_part (session, filter->q))
         && (filter->tag == NULL || has_tag (session, filter->tag))
         && (filter->created_after == VRF_TIME_NONE || session->created_at >= filter->created_after)
         && (filter->created_before == VRF_TIME_NONE
             || session->created_at < filter->created_before);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const VrfStoredSession *one = *(const VrfStoredSession *const *) a;
  const VrfStoredSession *two = *(const VrfStoredSession *const *) b;

  if (one->created_at != two->created_at)
    return one->created_at > two->created_at ? -1 : 1;
  return one->n > two->n ? -1 : 1;
}

static void
assert_page (Fixture *fixture, const VrfSessionFilter *filter)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  guint left = 0;
  gint64 total = -1;

  for (guint i = 0; i < fixture->all->len; i++)
    if (fits (fixture->all->pdata[i], filter))
      g_ptr_array_add (wanted, fixture->all->pdata[i]);
  g_ptr_array_sort (wanted, compare);
  left = wanted->len > filter->offset ? wanted->len - filter->offset : 0;

  page = vrf_sandbox_store_list_sessions (fixture->store, filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, MIN (left, filter->limit));
  for (guint i = 0; i < page->len; i++)
    g_assert_cmpint (((VrfStoredSession *) page->pdata[i])->n,
                     ==,
                     ((VrfStoredSession *) wanted->pdata[filter->offset + i])->n);
  vrf_sandbox_store_count_sessions (fixture->store, filter, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total, ==, wanted->len);
}

/* What people look for: letters nearly all have, few have, and none. */
static const char *const parts[] = { NULL,        "1",      "10",   "bk-1",      "ärzt", "\"7\" 10",
                                     "session_1", "105",    "\"",   "z\"i",      "%",    "session_",
                                     "東京-10",   "10 AND", "ses*", "k-10 OR 1", "東京", "nobody" };
static const char *const tags[] = { NULL, "often", "seldom", "oft" };

static void
assert_pages (Fixture *fixture, VrfSessionFilter *filter)
{
  for (guint part = 0; part < G_N_ELEMENTS (parts); part++)
    for (guint tag = 0; tag < G_N_ELEMENTS (tags); tag++)
      {
        filter->q = parts[part];
        filter->tag = tags[tag];
        assert_page (fixture, filter);
      }
}

static void
assert_all (Fixture *fixture)
{
  static const VrfState states[] = { VRF_STATE_UNKNOWN, VRF_STATE_PENDING, VRF_STATE_FAILED };

  for (guint state = 0; state < G_N_ELEMENTS (states); state++)
    {
      VrfSessionFilter filter = VRF_SESSION_FILTER_INIT;

      filter.is_sandbox = TRUE;
      filter.state = states[state];
      filter.limit = 10;
      assert_pages (fixture, &filter);
      filter.offset = 25;
      filter.workflow_id = "workflow_b";
      assert_pages (fixture, &filter);
      filter.offset = 0;
      filter.workflow_id = NULL;
      filter.created_after = START + VRF_SECONDS (100);
      filter.created_before = START + VRF_SECONDS (300);
      assert_pages (fixture, &filter);
    }
}

static void
test_reading (Fixture *fixture, gconstpointer data)
{
  VrfSessionFilter filter = VRF_SESSION_FILTER_INIT;

  assert_all (fixture);
  filter.external_ref = ((VrfStoredSession *) fixture->all->pdata[3])->external_ref;
  assert_pages (fixture, &filter);
}

/* Four of the many filters at a time, so that their totals are still the kept ones. */
static void
assert_kept (Fixture *fixture)
{
  VrfSessionFilter filter = VRF_SESSION_FILTER_INIT;

  filter.is_sandbox = TRUE;
  filter.q = "bk-1";
  filter.limit = 2;
  assert_page (fixture, &filter);
  filter.q = "1";
  filter.state = VRF_STATE_PENDING;
  assert_page (fixture, &filter);
  filter.q = NULL;
  filter.tag = "often";
  assert_page (fixture, &filter);
  filter.state = VRF_STATE_UNKNOWN;
  filter.tag = NULL;
  filter.created_before = START + VRF_SECONDS (400);
  filter.workflow_id = "workflow_a";
  assert_page (fixture, &filter);
}

static void
change_one (Fixture *fixture)
{
  VrfStoredSession *session =
      fixture->all->pdata[g_rand_int_range (fixture->rand, 0, (int) fixture->all->len)];
  g_autoptr (GError) error = NULL;

  set_reference (fixture, session);
  set_tags (fixture, session);
  set_state (fixture, session);
  vrf_sandbox_store_update_session (fixture->store, session, &error);
  g_assert_no_error (error);
}

static void
test_writing (Fixture *fixture, gconstpointer data)
{
  assert_kept (fixture);
  for (guint round = 0; round < 100; round++)
    {
      if (round % 3 == 0)
        add (fixture);
      else
        change_one (fixture);
      assert_kept (fixture);
    }
  assert_all (fixture);
}

/* What was undone was never counted. */
static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfStoredSession) session = vrf_stored_session_new ();
  g_autoptr (GError) error = NULL;

  assert_kept (fixture);
  vrf_sandbox_store_begin (fixture->store, &error);
  g_assert_no_error (error);
  session->id = g_strdup ("session_undone");
  session->is_sandbox = TRUE;
  session->created_at = START;
  vrf_stored_set (&session->external_ref, "BK-10001");
  vrf_stored_set (&session->tags, "[\"often\"]");
  vrf_stored_set (&session->workflow_id, "workflow_a");
  vrf_sandbox_store_insert_session (fixture->store, session, &error);
  g_assert_no_error (error);
  vrf_sandbox_store_rollback (fixture->store);
  assert_kept (fixture);
  assert_all (fixture);
}

static void
test_reset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_kept (fixture);
  vrf_sandbox_store_begin (fixture->store, &error);
  g_assert_no_error (error);
  vrf_store_reset (fixture->store, &error);
  g_assert_no_error (error);
  vrf_sandbox_store_commit (fixture->store, &error);
  g_assert_no_error (error);
  g_ptr_array_set_size (fixture->all, 0);
  assert_all (fixture);
  for (guint i = 0; i < 30; i++)
    add (fixture);
  assert_all (fixture);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/sandbox/session-list/reading", test_reading);
  ADD ("/sandbox/session-list/writing", test_writing);
  ADD ("/sandbox/session-list/rollback", test_rollback);
  ADD ("/sandbox/session-list/reset", test_reset);

  return g_test_run ();
}
