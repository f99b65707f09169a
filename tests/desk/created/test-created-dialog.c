/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/created/vrf-created-dialog.h"
#include "desk/session/vrf-news.h"
#include "desk/widgets/vrf-qr-view.h"
#include "desk/widgets/vrf-tile.h"
#include "support/vrf-widget-test.h"

#include "scene.h"

typedef struct
{
  const char *status;
  const char *result; /* nullable */
  const char *shown;  /* on the tile */
  const char *title;
} StateLine;

/* In an order in which a session can go, more than once round. */
static const StateLine states[] = {
  { "capturing", NULL, "Phone connected", "Verification Created" },
  { "processing", NULL, "Processing", "Verification Created" },
  { "sandbox_pending", NULL, "Choose Outcome", "Verification Created" },
  { "awaiting_external", NULL, "Awaiting External", "Verification Created" },
  { "under_review", "needs_review", "Needs Review", "Verification Created" },
  { "completed", "approved", "Approved", "Verification Finished" },
  { "completed", "rejected", "Rejected", "Verification Finished" },
  { "failed", NULL, "Failed", "Verification Finished" },
  { "expired", NULL, "Link expired", "Verification Expired" },
};

static VrfCreatedDialog *
present (VrfBackend *backend, VrfRow *row)
{
  VrfCreatedDialog *dialog = vrf_created_dialog_new (backend, row);

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));

  return dialog;
}

/* Takes the window; nothing but the test may hold it. */
static void
close_dialog (VrfCreatedDialog *dialog)
{
  g_object_ref (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  scene_drain ();
  g_assert_finalize_object (dialog);
}

static GtkWidget *
get_button (VrfCreatedDialog *dialog, const char *label)
{
  GtkWidget *found = scene_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, label);
  GtkWidget *text = NULL;

  if (found != NULL)
    return found;

  text = scene_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, label);
  g_assert_nonnull (text);
  return gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON);
}

static gboolean
is_blue (GtkWidget *button)
{
  return gtk_widget_has_css_class (button, "suggested-action");
}

static VrfQrView *
get_code (VrfCreatedDialog *dialog)
{
  return VRF_QR_VIEW (scene_find (GTK_WIDGET (dialog), VRF_TYPE_QR_VIEW, NULL));
}

static void
test_code (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  VrfCreatedDialog *dialog = present (backend, row);

  g_assert_cmpstr (vrf_qr_view_get_text (get_code (dialog)), ==, vrf_row_get_capture_url (row));
  g_assert_true (scene_shows (GTK_WIDGET (dialog), "Link good until"));
  g_assert_true (scene_shows (GTK_WIDGET (dialog), "point your phone"));

  close_dialog (dialog);
  g_assert_finalize_object (backend);
}

/* The code falls away, the tile says what is; the dialog keeps its size. */
static void
test_states (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  VrfCreatedDialog *dialog = present (backend, row);
  int width = gtk_widget_get_width (GTK_WIDGET (dialog));
  int height = gtk_widget_get_height (GTK_WIDGET (dialog));
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GtkWidget *tile = NULL;

      g_test_message ("%s %s", states[i].status, states[i].shown);
      vrf_row_set_result (row, NULL);
      scene_row (backend, states[i].status, 0);
      if (states[i].result != NULL)
        scene_set_result (row, states[i].result, 0.87);
      vrf_widget_test_settle (GTK_WIDGET (dialog));

      tile = scene_find (GTK_WIDGET (dialog), VRF_TYPE_TILE, NULL);
      g_assert_true (scene_shows (tile, states[i].shown));
      g_assert_null (vrf_qr_view_get_text (get_code (dialog)));
      g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, states[i].title);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (dialog)), ==, width);
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (dialog)), ==, height);
    }

  close_dialog (dialog);
  g_assert_finalize_object (backend);
}

/* Blue and focus: on the next guest once the code is gone, on New Link where the link died. */
static void
test_next_step (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  VrfCreatedDialog *dialog = present (backend, row);
  GtkWidget *another = get_button (dialog, "Create Another");
  GtkWidget *focus = NULL;

  g_assert_false (is_blue (another));
  scene_row (backend, "capturing", 900);
  g_assert_true (is_blue (another));
  focus = gtk_window_get_focus (GTK_WINDOW (dialog));
  g_assert_true (focus == another);

  scene_row (backend, "expired", 0);
  g_assert_false (is_blue (another));
  g_assert_true (is_blue (get_button (dialog, "_New Link")));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) == get_button (dialog, "_New Link"));

  close_dialog (dialog);
  g_assert_finalize_object (backend);
}

/* A link whose time is over on the server's clock is not shown, whatever the status still says. */
static void
test_dead_link (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 0);
  VrfCreatedDialog *dialog = present (backend, row);

  g_assert_null (vrf_qr_view_get_text (get_code (dialog)));
  g_assert_true (scene_shows (GTK_WIDGET (dialog), "Link expired"));

  close_dialog (dialog);
  g_assert_finalize_object (backend);
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
  VrfRow *row = scene_row (backend, "completed", 0);
  VrfCreatedDialog *dialog = present (backend, row);
  guint another = 0;
  guint view = 0;

  g_object_ref (dialog);
  g_signal_connect_swapped (dialog, "create-another", G_CALLBACK (count_cb), &another);
  g_signal_connect_swapped (dialog, "view-session", G_CALLBACK (count_cb), &view);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "created.create-another", NULL);
  g_assert_cmpuint (another, ==, 1);
  g_assert_cmpuint (view, ==, 0);
  scene_drain ();
  g_assert_finalize_object (dialog);

  dialog = present (backend, row);
  g_object_ref (dialog);
  g_signal_connect_swapped (dialog, "view-session", G_CALLBACK (count_cb), &view);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "created.view-session", NULL);
  g_assert_cmpuint (view, ==, 1);
  scene_drain ();
  g_assert_finalize_object (dialog);
  g_assert_finalize_object (backend);
}

/* What is copied goes from the clipboard with the link, even when the dialog is closed. */
static void
test_clipboard (void)
{
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  VrfCreatedDialog *dialog = present (backend, row);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (dialog));
  g_auto (GValue) value = G_VALUE_INIT;

  gtk_widget_activate_action (GTK_WIDGET (dialog), "created.copy-link", NULL);
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (
      gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, vrf_row_get_capture_url (row));
  close_dialog (dialog);

  g_assert_nonnull (gdk_clipboard_get_content (clipboard));
  scene_row (backend, "expired", 0);
  g_assert_null (gdk_clipboard_get_content (clipboard));
  g_assert_finalize_object (backend);
}

/* Each step is told once to those who do not see it; what stands when it opens is not. */
static void
test_news (void)
{
  static const struct
  {
    const char *status;
    const char *result; /* nullable */
    const char *heard;
  } cases[] = {
    { "capturing", NULL, "The guest has opened the link" },
    { "processing", NULL, "Submitted, being checked" },
    { "sandbox_pending", NULL, "Submitted, the outcome is yours" },
    { "awaiting_external", NULL, "Submitted, waiting for an answer" },
    { "under_review", NULL, "Submitted, with a reviewer" },
    { "completed", NULL, "Submitted, with a reviewer" }, /* its result is not known yet */
    { "completed", "approved", "Result: Approved" },
    { "failed", NULL, "Failed, no result" },
    { "expired", NULL, "Link expired" },
  };
  VrfBackend *backend = scene_backend_new ();
  VrfRow *row = scene_row (backend, "pending", 900);
  VrfCreatedDialog *dialog = present (backend, row);
  g_autofree char *ready = vrf_news_dup_text (row);

  g_assert_true (g_str_has_prefix (ready, "Link ready, good until "));
  g_assert_false (vrf_widget_test_hears (GTK_WIDGET (dialog), ready));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].heard);
      vrf_row_set_result (row, NULL);
      scene_row (backend, cases[i].status, 0);
      if (cases[i].result != NULL)
        scene_set_result (row, cases[i].result, 0.87);
      if (vrf_widget_test_can_hear ())
        g_assert_true (vrf_widget_test_hears (GTK_WIDGET (dialog), cases[i].heard));
    }

  /* A link that took the dead one's place. */
  scene_row (backend, "pending", 1200);
  g_free (ready);
  ready = vrf_news_dup_text (row);
  if (vrf_widget_test_can_hear ())
    g_assert_true (vrf_widget_test_hears (GTK_WIDGET (dialog), ready));

  close_dialog (dialog);
  g_assert_finalize_object (backend);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/desk/created/code", test_code);
  g_test_add_func ("/desk/created/states", test_states);
  g_test_add_func ("/desk/created/next-step", test_next_step);
  g_test_add_func ("/desk/created/dead-link", test_dead_link);
  g_test_add_func ("/desk/created/news", test_news);
  g_test_add_func ("/desk/created/signals", test_signals);
  g_test_add_func ("/desk/created/clipboard", test_clipboard);

  return g_test_run ();
}
