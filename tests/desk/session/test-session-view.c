/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <adwaita.h>

#include "desk/session/vrf-reveal.h"
#include "desk/session/vrf-sections.h"
#include "desk/session/vrf-session-peek.h"
#include "desk/session/vrf-session-view.h"
#include "desk/session/vrf-two-columns.h"
#include "desk/widgets/vrf-kv-row.h"
#include "desk/widgets/vrf-steps.h"
#include "support/vrf-widget-test.h"

#include "scene.h"

/* Everything personal that the scene's session and result hold. */
static const char *const personal[] = { "Jane",        "Doe",   "1997-06-15", "D1234567",
                                        "123 Main St", "Zebra", "203.0.113.7" };

static GtkWidget *
present (VrfBackend *backend, VrfRow *row, int width)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = vrf_session_view_new (backend);

  vrf_session_view_set_row (VRF_SESSION_VIEW (view), row);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 900);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  scene_drain ();

  return view;
}

static void
close_view (GtkWidget *view)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (view));

  g_object_ref (view);
  gtk_window_destroy (GTK_WINDOW (window));
  scene_drain ();
  g_assert_finalize_object (view);
}

static void
test_masks (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "completed", 0);
  GtkWidget *view = NULL;
  GtkWidget *section = NULL;
  guint i = 0;

  scene_set_result (row, "approved", 0.87);
  view = present (backend, row, 1000);
  for (i = 0; i < G_N_ELEMENTS (personal); i++)
    g_assert_false (scene_shows (view, personal[i]));

  section =
      gtk_widget_get_ancestor (scene_find (view, GTK_TYPE_LABEL, "Face match"), VRF_TYPE_SECTION);
  vrf_sections_reveal (VRF_SECTION (section), TRUE);
  g_assert_true (scene_shows (view, "Jane Doe"));
  g_assert_true (scene_shows (view, "123 Main St, San Francisco"));
  g_assert_true (scene_shows (view, "Zebra"));
  vrf_sections_reveal (VRF_SECTION (section), FALSE);
  g_assert_false (scene_shows (view, "Jane Doe"));

  /* A new reply draws the section again: covered. */
  vrf_sections_reveal (VRF_SECTION (section), TRUE);
  scene_row (backend, "completed", 0);
  for (i = 0; i < G_N_ELEMENTS (personal); i++)
    g_assert_false (scene_shows (view, personal[i]));

  close_view (view);
  g_assert_finalize_object (backend);
}

static void
test_sections (void)
{
  static const char *const words[] = { "Session Details",
                                       "Result",
                                       "Checks",
                                       "Face match",
                                       "0.87",
                                       "Document Scan",
                                       "Facial Recognition",
                                       "Age Verification",
                                       "a_newer_check",
                                       "Risk",
                                       "Timeline",
                                       "late arrival",
                                       "Reception 2",
                                       "412",
                                       "4 passed · 1 skipped" };
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "completed", 0);
  GtkWidget *view = NULL;
  guint i = 0;

  scene_set_result (row, "approved", 0.87);
  view = present (backend, row, 1000);
  for (i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("%s", words[i]);
      g_assert_true (scene_shows (view, words[i]));
    }
  g_assert_false (scene_shows (view, "Links"));
  g_assert_true (vrf_row_get_seen (row));

  close_view (view);
  g_assert_finalize_object (backend);
}

/* The reason is for staff; what is said to the guest does not name it. Markup in it is text. */
static void
test_rejected (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "completed", 0);
  GtkWidget *view = NULL;

  scene_set_result (row, "rejected", 0.21);
  view = present (backend, row, 1000);
  g_assert_true (scene_shows (view, "Selfie & document differ"));
  g_assert_true (scene_shows (view, "For staff only"));
  g_assert_true (scene_shows (view, "0.21"));

  close_view (view);
  g_assert_finalize_object (backend);
}

static GtkWidget *
get_button (GtkWidget *view, const char *label)
{
  GtkWidget *button = scene_find (view, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  return button;
}

static void
test_actions (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  GtkWidget *view = present (backend, row, 1000);

  g_assert_true (gtk_widget_get_sensitive (get_button (view, "Expire…")));
  g_assert_false (gtk_widget_get_sensitive (get_button (view, "Reprocess")));
  g_assert_true (scene_shows (view, "Not possible: the guest has not submitted yet"));

  scene_row (backend, "completed", 0);
  g_assert_true (gtk_widget_get_sensitive (get_button (view, "Reprocess")));
  g_assert_false (gtk_widget_get_sensitive (get_button (view, "Expire")));
  g_assert_false (gtk_widget_get_sensitive (get_button (view, "Resume")));
  g_assert_true (scene_shows (view, "Not possible: the verification is completed"));

  close_view (view);
  g_assert_finalize_object (backend);
}

/* What broke off is not ticked off: not in the timeline, not in the steps (verifa-api.md 2.1). */
static void
test_stopped (void)
{
  static const char *const ends[][2] = { { "failed", "Failed" }, { "expired", "Expired" } };
  VrfBackend *backend = scene_backend_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      VrfRow *row = scene_row (backend, ends[i][0], 0);
      GtkWidget *view = present (backend, row, 1000);
      GtkWidget *steps = scene_find (
          gtk_widget_get_ancestor (scene_find (view, GTK_TYPE_LABEL, "Timeline"), VRF_TYPE_SECTION),
          VRF_TYPE_STEPS,
          NULL);
      GtkWidget *end = gtk_widget_get_last_child (steps);

      g_assert_true (scene_shows (end, ends[i][1]));
      g_assert_true (gtk_widget_has_css_class (end, "vrf-stopped"));
      g_assert_false (gtk_widget_has_css_class (gtk_widget_get_first_child (steps), "vrf-stopped"));
      close_view (view);
    }
  g_assert_finalize_object (backend);
}

static GtkWidget *
get_focus (GtkWidget *view)
{
  return gtk_root_get_focus (gtk_widget_get_root (view));
}

/* A reply that changes something else leaves focus and opened rows alone; what cannot be used any
 * more hands the focus to the next step. */
static void
test_kept (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  GtkWidget *view = present (backend, row, 1000);
  GtkWidget *expander = scene_find (view, ADW_TYPE_EXPANDER_ROW, NULL);
  GtkWidget *expire = get_button (view, "Expire…");
  GtkWidget *copy = scene_find (scene_find (view, VRF_TYPE_KV_ROW, NULL), GTK_TYPE_BUTTON, NULL);

  vrf_session_view_focus_next_step (VRF_SESSION_VIEW (view));
  g_assert_true (get_focus (view) == get_button (view, "Show _QR Code"));

  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  g_assert_nonnull (copy);
  gtk_widget_grab_focus (copy);
  scene_row (backend, "pending", 800);
  g_assert_true (get_focus (view) == copy);
  gtk_widget_grab_focus (expire);
  scene_row (backend, "capturing", 0);
  g_assert_true (get_focus (view) == expire);
  g_assert_true (scene_find (view, ADW_TYPE_EXPANDER_ROW, NULL) == expander);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)));

  scene_row (backend, "completed", 0);
  g_assert_false (gtk_widget_is_sensitive (expire));
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)));
  g_assert_nonnull (get_focus (view));
  g_assert_true (scene_shows (get_focus (view), "Next Guest"));

  /* Another session begins closed. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  vrf_session_view_set_row (VRF_SESSION_VIEW (view),
                            scene_other_row (backend, "session_2", "pending", TRUE));
  expander = scene_find (view, ADW_TYPE_EXPANDER_ROW, NULL);
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)));

  close_view (view);
  g_assert_finalize_object (backend);
}

static void
got_row_cb (VrfRow **ret_row, VrfRow *row)
{
  *ret_row = row;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_signals (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  GtkWidget *view = present (backend, row, 1000);
  VrfRow *shown = NULL;
  guint next = 0;
  guint close = 0;

  g_signal_connect_swapped (view, "show-created", G_CALLBACK (got_row_cb), &shown);
  g_signal_connect_swapped (view, "next-guest", G_CALLBACK (count_cb), &next);
  g_signal_connect_swapped (view, "close", G_CALLBACK (count_cb), &close);
  gtk_widget_activate_action (view, "session.show-code", NULL);
  gtk_widget_activate_action (view, "session.next-guest", NULL);
  gtk_widget_activate_action (view, "session.close", NULL);
  g_assert_true (shown == row);
  g_assert_cmpuint (next, ==, 1);
  g_assert_cmpuint (close, ==, 1);

  close_view (view);
  g_assert_finalize_object (backend);
}

/* Another row in the same page; none at all; the first again. */
static void
test_rows (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  VrfRow *other = scene_other_row (backend, "session_2", "failed", FALSE);
  GtkWidget *view = present (backend, NULL, 1000);
  guint count = 0;

  vrf_widget_test_count_notify (view, "row", &count);
  g_assert_true (scene_shows (view, "Loading the Verification"));
  vrf_session_view_set_row (VRF_SESSION_VIEW (view), row);
  vrf_session_view_set_row (VRF_SESSION_VIEW (view), row);
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (scene_shows (view, "Tom Beaumont"));
  g_object_set (view, "row", other, NULL);
  g_assert_false (scene_shows (view, "Tom Beaumont"));
  g_assert_false (scene_shows (view, "Choose Outcome"));
  g_assert_true (vrf_session_view_get_row (VRF_SESSION_VIEW (view)) == other);
  vrf_session_view_set_row (VRF_SESSION_VIEW (view), NULL);
  scene_row (backend, "capturing", 900);
  g_assert_cmpuint (count, ==, 3);

  close_view (view);
  g_assert_finalize_object (backend);
}

static int
width_at (GtkWidget *view, int width)
{
  GtkWidget *columns = scene_find (view, VRF_TYPE_TWO_COLUMNS, NULL);
  int minimum = 0;

  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, width);

  return gtk_widget_get_width (columns);
}

static void
test_narrow (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "under_review", 0);
  GtkWidget *view = NULL;

  scene_set_result (row, "needs_review", 0.62);
  view = present (backend, row, 360);
  vrf_widget_test_settle (view);
  g_assert_cmpint (width_at (view, 360), <=, 360 - 2 * 18);

  close_view (view);
  g_assert_finalize_object (backend);
}

static void
test_peek (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "capturing", 900);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *peek = g_object_ref_sink (vrf_session_peek_new (backend));
  guint opened = 0;
  int minimum = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), 312, 800);
  gtk_window_set_child (GTK_WINDOW (window), peek);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (scene_shows (peek, "Nothing Selected"));

  vrf_session_peek_set_row (VRF_SESSION_PEEK (peek), row);
  vrf_widget_test_settle (peek);
  gtk_widget_measure (peek, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 312);
  g_assert_true (scene_shows (peek, "Tom Beaumont"));
  g_assert_true (scene_shows (peek, "After submission"));
  g_assert_true (scene_shows (peek, "Expire…"));
  g_signal_connect_swapped (peek, "open-page", G_CALLBACK (count_cb), &opened);
  gtk_widget_activate_action (peek, "peek.open-page", NULL);
  g_assert_cmpuint (opened, ==, 1);

  scene_row (backend, "expired", 0);
  g_assert_true (scene_shows (peek, "New Link"));

  gtk_window_destroy (GTK_WINDOW (window));
  scene_drain ();
  g_assert_finalize_object (peek);
  g_assert_finalize_object (backend);
}

/* The page tells the result to those who do not see it, unless a dialog over it does. */
static void
test_news (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "processing", 0);
  GtkWidget *view = present (backend, row, 1000);
  GtkWidget *dialog = gtk_window_new ();

  if (!vrf_widget_test_can_hear ())
    g_test_message ("a screen reader hears it, the test does not");

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (view)));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  scene_row (backend, "under_review", 0);
  g_assert_false (vrf_widget_test_hears (view, "Submitted, with a reviewer"));
  gtk_window_destroy (GTK_WINDOW (dialog));

  scene_row (backend, "completed", 0);
  g_assert_false (vrf_widget_test_hears (view, "Submitted, with a reviewer"));
  scene_set_result (row, "rejected", 0.21);
  if (vrf_widget_test_can_hear ())
    g_assert_true (vrf_widget_test_hears (view, "Result: Rejected"));

  close_view (view);
  g_assert_finalize_object (backend);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/desk/session-view/masks", test_masks);
  g_test_add_func ("/desk/session-view/sections", test_sections);
  g_test_add_func ("/desk/session-view/rejected", test_rejected);
  g_test_add_func ("/desk/session-view/actions", test_actions);
  g_test_add_func ("/desk/session-view/stopped", test_stopped);
  g_test_add_func ("/desk/session-view/kept", test_kept);
  g_test_add_func ("/desk/session-view/signals", test_signals);
  g_test_add_func ("/desk/session-view/news", test_news);
  g_test_add_func ("/desk/session-view/rows", test_rows);
  g_test_add_func ("/desk/session-view/narrow", test_narrow);
  g_test_add_func ("/desk/session-peek/states", test_peek);

  return g_test_run ();
}
