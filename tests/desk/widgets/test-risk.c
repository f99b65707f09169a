/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/widgets/vrf-risk-band.h"
#include "desk/widgets/vrf-risk-meter.h"
#include "support/vrf-widget-test.h"

static void
test_levels (void)
{
  g_assert_cmpuint (vrf_risk_level_rank ("low"), ==, 1);
  g_assert_cmpuint (vrf_risk_level_rank ("critical"), ==, 4);
  g_assert_cmpuint (vrf_risk_level_rank ("new"), ==, 0);
  g_assert_cmpuint (vrf_risk_level_rank (NULL), ==, 0);
  g_assert_cmpstr (vrf_risk_level_word ("medium"), ==, "Medium");
  g_assert_cmpstr (vrf_risk_level_word ("new"), ==, "new");
  g_assert_null (vrf_risk_level_word (NULL));
}

static int
natural_width (GtkWidget *widget)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
test_meter (void)
{
  GtkWidget *meter = g_object_ref_sink (vrf_risk_meter_new ());
  GtkAccessible *accessible = GTK_ACCESSIBLE (meter);
  guint level = 0;
  int with_word;

  vrf_widget_test_count_notify (meter, "level", &level);
  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "No risk yet");
  g_assert_cmpint (natural_width (meter), ==, 0);

  g_object_set (meter, "level", "high", NULL);
  g_object_set (meter, "level", "high", "score", 71, NULL);
  g_assert_cmpuint (level, ==, 1);
  gtk_test_accessible_assert_property (
      accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Risk: high, 3 of 4");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 3.0);

  with_word = natural_width (meter);
  g_object_set (meter, "show-word", FALSE, NULL);
  g_assert_cmpint (natural_width (meter), ==, 22);
  g_assert_cmpint (with_word, >, 22 + 7);

  vrf_risk_meter_set_level (VRF_RISK_METER (meter), "unheard_of");
  gtk_test_accessible_assert_property (
      accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Risk: unheard_of");
  g_assert_finalize_object (meter);
}

/* Bars are 4 wide with 2 between: pixel 1, 7, 13, 19 are in their middles. */
static guint
lit_bars (GtkWidget *meter)
{
  g_autoptr (GdkTexture) texture = vrf_widget_test_render (meter, 1);
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) (width * height));
  guint lit = 0;

  g_assert_cmpint (width, ==, 22);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int i = 0; i < 4; i++)
    if (pixels[height / 2 * width + 1 + 6 * i] >> 24 == 0xff)
      lit++;

  return lit;
}

static void
test_bars (void)
{
  const char *const levels[] = { "low", "medium", "high", "critical" };
  GtkWidget *meter = g_object_ref_sink (vrf_risk_meter_new ());
  GtkWidget *window = NULL;

  g_object_set (meter, "level", "other", "show-word", FALSE, NULL);
  window = vrf_widget_test_present (meter);
  g_assert_cmpuint (lit_bars (meter), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      vrf_risk_meter_set_level (VRF_RISK_METER (meter), levels[i]);
      vrf_widget_test_settle (window);
      g_assert_cmpuint (lit_bars (meter), ==, i + 1);
    }
  vrf_widget_test_close (window);
  g_assert_finalize_object (meter);
}

static void
test_band (void)
{
  GtkWidget *band = g_object_ref_sink (vrf_risk_band_new ());
  GtkAccessible *accessible = GTK_ACCESSIBLE (band);
  GtkWidget *window = NULL;
  guint score = 0, level = 0;

  vrf_widget_test_count_notify (band, "score", &score);
  vrf_widget_test_count_notify (band, "level", &level);
  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Risk");
  vrf_risk_band_set_risk (VRF_RISK_BAND (band), 12, "low");
  vrf_risk_band_set_risk (VRF_RISK_BAND (band), 12, "low");
  g_object_set (band, "note", "No signals", NULL);
  g_assert_cmpuint (score, ==, 1);
  g_assert_cmpuint (level, ==, 1);
  gtk_test_accessible_assert_property (
      accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "12 of 100, Low");

  window = vrf_widget_test_present (band);
  for (int at = -1; at <= 100; at += 101)
    {
      vrf_risk_band_set_risk (VRF_RISK_BAND (band), at, NULL);
      vrf_widget_test_settle (window);
    }
  vrf_widget_test_close (window);
  g_assert_finalize_object (band);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/risk/levels", test_levels);
  g_test_add_func ("/risk/meter", test_meter);
  g_test_add_func ("/risk/bars", test_bars);
  g_test_add_func ("/risk/band", test_band);

  return g_test_run ();
}
