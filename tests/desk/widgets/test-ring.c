/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/widgets/vrf-ring.h"
#include "support/vrf-widget-test.h"

static void
assert_ring (GtkWidget *ring, const char *text, double fraction, const char *spoken)
{
  g_autofree char *actual = NULL;
  double actual_fraction;

  g_object_get (ring, "text", &actual, "fraction", &actual_fraction, NULL);
  g_assert_cmpstr (actual, ==, text);
  g_assert_cmpfloat_with_epsilon (actual_fraction, fraction, 1e-6);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken);
}

static void
test_time (void)
{
  GtkWidget *ring = g_object_ref_sink (vrf_ring_new ());
  VrfRing *self = VRF_RING (ring);

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_PROPERTY_LABEL, "Time left");
  vrf_ring_set_time (self, 1012, 1200, "11:04");
  assert_ring (ring, "16:52", 1012 / 1200.0, "16 minutes 52 seconds, until 11:04");
  vrf_ring_set_time (self, 61, 1200, NULL);
  assert_ring (ring, "01:01", 61 / 1200.0, "1 minute 1 second");
  vrf_ring_set_time (self, -5, 1200, NULL);
  assert_ring (ring, "00:00", 0, "0 seconds");
  vrf_ring_set_time (self, 3661, 7200, NULL);
  assert_ring (ring, "1:01:01", 3661 / 7200.0, "61 minutes 1 second");
  vrf_ring_set_time (self, G_MAXINT64, 0, NULL);
  assert_ring (ring, "99:00:00", 0, "5940 minutes 0 seconds");
  g_assert_finalize_object (ring);
}

static void
test_speaks_each_half_minute (void)
{
  GtkWidget *ring = g_object_ref_sink (vrf_ring_new ());
  guint text = 0, spoken = 0;

  vrf_widget_test_count_notify (ring, "text", &text);
  vrf_widget_test_count_notify (ring, "value-text", &spoken);
  for (int left = 1200; left > 1080; left--)
    vrf_ring_set_time (VRF_RING (ring), left, 1200, "11:04");
  g_assert_cmpuint (text, ==, 120);
  g_assert_cmpuint (spoken, ==, 4);
  vrf_ring_set_time (VRF_RING (ring), 1080, 1200, "11:24");
  g_assert_cmpuint (spoken, ==, 5);
  g_assert_finalize_object (ring);
}

static void
test_soon (void)
{
  GtkWidget *ring = g_object_ref_sink (vrf_ring_new ());

  vrf_ring_set_fraction (VRF_RING (ring), 0.25);
  g_assert_false (gtk_widget_has_css_class (ring, "vrf-soon"));
  vrf_ring_set_fraction (VRF_RING (ring), 0.24);
  g_assert_true (gtk_widget_has_css_class (ring, "vrf-soon"));
  vrf_ring_set_fraction (VRF_RING (ring), 2);
  g_assert_false (gtk_widget_has_css_class (ring, "vrf-soon"));
  g_assert_finalize_object (ring);
}

static guint32
pixel_at (GdkTexture *texture, double x, double y)
{
  int side = gdk_texture_get_width (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) (side * side));

  gdk_texture_download (texture, (guchar *) pixels, (gsize) side * 4);

  return pixels[(int) (y * side) * side + (int) (x * side)];
}

/* A quarter left: the arc runs from twelve to three o'clock. */
static void
test_drawn (void)
{
  const int sizes[] = { VRF_RING_SMALL, VRF_RING_MEDIUM, VRF_RING_LARGE };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GtkWidget *ring =
          g_object_ref_sink (g_object_new (VRF_TYPE_RING, "size", sizes[i], "fraction", 0.3, NULL));
      GtkWidget *window = vrf_widget_test_present (ring);
      g_autoptr (GdkTexture) texture = vrf_widget_test_render (ring, 1);
      /* in the middle of the stroke, at half past one and at half past ten */
      double near = 0.5 - 0.46 * 0.7071, far = 0.5 + 0.46 * 0.7071;

      g_assert_cmpint (gdk_texture_get_width (texture), ==, sizes[i]);
      g_assert_cmphex (pixel_at (texture, far, near) >> 24, ==, 0xff);
      g_assert_cmphex (pixel_at (texture, near, near) >> 24, <, 0x40);
      g_assert_cmphex (pixel_at (texture, near, near) >> 24, >, 0);
      vrf_widget_test_close (window);
      g_assert_finalize_object (ring);
    }
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/ring/time", test_time);
  g_test_add_func ("/ring/speaks", test_speaks_each_half_minute);
  g_test_add_func ("/ring/soon", test_soon);
  g_test_add_func ("/ring/drawn", test_drawn);

  return g_test_run ();
}
