/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/widgets/vrf-say-box.h"
#include "desk/widgets/vrf-score-bar.h"
#include "desk/widgets/vrf-skeleton-rows.h"
#include "desk/widgets/vrf-tile.h"
#include "support/vrf-widget-test.h"

static void
test_say (void)
{
  GtkWidget *say = g_object_ref_sink (vrf_say_box_new ());
  GtkWidget *sentence = gtk_widget_get_last_child (say);
  guint text = 0, compact = 0;

  vrf_widget_test_count_notify (say, "text", &text);
  vrf_widget_test_count_notify (say, "compact", &compact);
  g_assert_false (gtk_widget_get_visible (say));
  for (guint i = 0; i < 2; i++)
    g_object_set (say, "text", "Thank you.", "compact", TRUE, NULL);
  g_assert_cmpuint (text, ==, 1);
  g_assert_cmpuint (compact, ==, 1);
  g_assert_true (gtk_widget_get_visible (say));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sentence)), ==, "“Thank you.”");
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (say), GTK_ACCESSIBLE_PROPERTY_LABEL, "Say to the guest");
  vrf_say_box_set_text (VRF_SAY_BOX (say), NULL);
  g_assert_false (gtk_widget_get_visible (say));
  g_assert_finalize_object (say);
}

static void
test_score_bar (void)
{
  GtkWidget *bar = g_object_ref_sink (vrf_score_bar_new ());
  GtkAccessible *accessible = GTK_ACCESSIBLE (bar);
  guint score = 0;

  vrf_widget_test_count_notify (bar, "score", &score);
  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "No score");
  for (guint i = 0; i < 2; i++)
    g_object_set (bar, "title", "Face match", "score", 0.87, NULL);
  g_assert_cmpuint (score, ==, 1);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "0.87");
  g_object_set (bar, "threshold", 0.35, "caption", "of 1.00, standard", NULL);
  gtk_test_accessible_assert_property (
      accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "0.87, passes from 0.35");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Face match");
  g_assert_finalize_object (bar);
}

static guint32
pixel_at (GtkWidget *widget, double x, int y)
{
  g_autoptr (GdkTexture) texture = vrf_widget_test_render (widget, 1);
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) (width * height));

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);

  return pixels[y * width + (int) (x * width)];
}

/* The middle of a bar without header and label is 9 px down. */
static void
test_score_bar_drawn (gconstpointer data)
{
  gboolean rtl = GPOINTER_TO_INT (data);
  GtkWidget *bar = g_object_ref_sink (vrf_score_bar_new ());
  GtkWidget *window = NULL;

  g_object_set (bar, "width-request", 300, "score", 0.3, NULL);
  gtk_widget_set_visible (gtk_widget_get_first_child (bar), FALSE);
  gtk_widget_set_direction (bar, rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  window = vrf_widget_test_present (bar);
  g_assert_cmphex (pixel_at (bar, rtl ? 0.8 : 0.2, 9) >> 24, ==, 0xff);
  g_assert_cmphex (pixel_at (bar, rtl ? 0.2 : 0.8, 9) >> 24, <, 0x40);
  vrf_widget_test_close (window);
  g_assert_finalize_object (bar);
}

static void
test_tile (void)
{
  GtkWidget *tile = g_object_ref_sink (vrf_tile_new ());
  GtkWidget *child = gtk_label_new ("Low");
  GtkWidget *window = NULL;
  guint busy = 0;

  vrf_widget_test_count_notify (tile, "busy", &busy);
  for (guint i = 0; i < 2; i++)
    g_object_set (tile,
                  "title",
                  "Approved",
                  "subtitle",
                  "Go ahead",
                  "icon-name",
                  "emblem-default-symbolic",
                  "tint",
                  VRF_TINT_SUCCESS,
                  "busy",
                  TRUE,
                  "child",
                  child,
                  NULL);
  g_assert_cmpuint (busy, ==, 1);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, "Approved");
  vrf_tile_set_busy (VRF_TILE (tile), FALSE);

  /* as large as the code and the link below it */
  window = vrf_widget_test_present (tile);
  g_assert_cmpint (gtk_widget_get_width (tile), ==, 343);
  g_assert_cmpint (gtk_widget_get_height (tile), ==, 395);
  vrf_widget_test_close (window);
  g_assert_finalize_object (tile);
}

static void
test_skeleton (void)
{
  GtkWidget *rows = g_object_ref_sink (vrf_skeleton_rows_new ());
  GtkWidget *window = NULL;
  guint count = 0;

  vrf_widget_test_count_notify (rows, "count", &count);
  g_object_set (rows, "count", 3, NULL);
  g_object_set (rows, "count", 3, NULL);
  g_assert_cmpuint (count, ==, 1);
  window = vrf_widget_test_present (rows);
  g_assert_cmpint (gtk_widget_get_height (rows), ==, 3 * 46);
  g_assert_cmphex (pixel_at (rows, 0.1, 22), !=, 0);
  g_assert_cmphex (pixel_at (rows, 0.5, 22), ==, 0);
  vrf_widget_test_close (window);
  g_assert_finalize_object (rows);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/say-box", test_say);
  g_test_add_func ("/score-bar", test_score_bar);
  g_test_add_data_func ("/score-bar/drawn/ltr", GINT_TO_POINTER (FALSE), test_score_bar_drawn);
  g_test_add_data_func ("/score-bar/drawn/rtl", GINT_TO_POINTER (TRUE), test_score_bar_drawn);
  g_test_add_func ("/tile", test_tile);
  g_test_add_func ("/skeleton-rows", test_skeleton);

  return g_test_run ();
}
