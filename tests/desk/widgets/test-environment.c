/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/widgets/vrf-env-card.h"
#include "desk/widgets/vrf-env-tag.h"
#include "support/vrf-widget-test.h"

static void
test_tag (void)
{
  GtkWidget *tag = g_object_ref_sink (vrf_env_tag_new ());
  guint count = 0;

  vrf_widget_test_count_notify (tag, "environment", &count);
  g_assert_false (gtk_widget_get_visible (tag));
  g_object_set (tag, "environment", "sandbox", NULL);
  g_object_set (tag, "environment", "sandbox", NULL);
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (gtk_widget_get_visible (tag));
  g_assert_true (gtk_widget_has_css_class (tag, "vrf-hatch"));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (tag), GTK_ACCESSIBLE_PROPERTY_LABEL, "Sandbox environment");
  vrf_env_tag_set_environment (VRF_ENV_TAG (tag), "live");
  g_assert_false (gtk_widget_has_css_class (tag, "vrf-hatch"));
  g_assert_true (gtk_widget_has_css_class (tag, "vrf-live"));
  vrf_env_tag_set_environment (VRF_ENV_TAG (tag), NULL);
  g_assert_false (gtk_widget_get_visible (tag));
  g_assert_finalize_object (tag);
}

static void
assert_name (GtkWidget *card, const char *name)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_card (void)
{
  GtkWidget *card = g_object_ref_sink (vrf_env_card_new ());
  guint age = 0;

  vrf_widget_test_count_notify (card, "age", &age);
  g_object_set (card, "environment", "sandbox", "origin", "Built-in", NULL);
  assert_name (card, "Sandbox, Built-in, Connecting…");
  /* green only after a round trip */
  g_assert_false (gtk_widget_has_css_class (card, "vrf-connected"));
  g_object_set (card, "state", VRF_LINK_CONNECTED, "age", (gint64) 1, NULL);
  g_object_set (card, "age", (gint64) 1, NULL);
  g_assert_cmpuint (age, ==, 1);
  assert_name (card, "Sandbox, Built-in, Connected, data 1 second old");
  g_assert_true (gtk_widget_has_css_class (card, "vrf-connected"));

  g_object_set (card, "state", VRF_LINK_OFFLINE, "age", (gint64) 245, NULL);
  assert_name (card, "Sandbox, Built-in, Offline, data 4 minutes old");
  g_assert_false (gtk_widget_has_css_class (card, "vrf-connected"));
  g_assert_true (gtk_widget_has_css_class (card, "vrf-trouble"));
  g_object_set (card, "state", VRF_LINK_WAITING, "wait", (gint64) 12, NULL);
  assert_name (
      card, "Sandbox, Built-in, Verifa asks to wait, Next try in 12 seconds, data 4 minutes old");
  g_assert_false (gtk_widget_has_css_class (card, "vrf-connected"));
  g_assert_false (gtk_widget_has_css_class (card, "vrf-trouble"));
  g_object_set (card, "wait", (gint64) 0, NULL);
  assert_name (card, "Sandbox, Built-in, Verifa asks to wait, data 4 minutes old");
  g_object_set (card, "environment", "live", "state", VRF_LINK_REFUSED, "wait", (gint64) 9, NULL);
  assert_name (card, "Live, Built-in, Key refused, data 4 minutes old");
  g_assert_finalize_object (card);
}

static void
test_compact_is_lower (void)
{
  GtkWidget *card = g_object_ref_sink (g_object_new (
      VRF_TYPE_ENV_CARD, "environment", "sandbox", "state", VRF_LINK_CONNECTED, NULL));
  int whole, compact;

  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, -1, NULL, &whole, NULL, NULL);
  vrf_env_card_set_compact (VRF_ENV_CARD (card), TRUE);
  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, -1, NULL, &compact, NULL, NULL);
  g_assert_cmpint (compact, <, whole);
  g_assert_finalize_object (card);
}

static void
assert_age (gint64 age_s, const char *shown, const char *spoken)
{
  g_autofree char *short_text = vrf_env_card_format_age (age_s, FALSE);
  g_autofree char *long_text = vrf_env_card_format_age (age_s, TRUE);

  g_assert_cmpstr (short_text, ==, shown);
  g_assert_cmpstr (long_text, ==, spoken);
}

static void
test_ages (void)
{
  assert_age (0, "0 s", "0 seconds");
  assert_age (59, "59 s", "59 seconds");
  assert_age (60, "1 min", "1 minute");
  assert_age (3599, "59 min", "59 minutes");
  assert_age (7200, "2 h", "2 hours");
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/environment/tag", test_tag);
  g_test_add_func ("/environment/card", test_card);
  g_test_add_func ("/environment/card/compact", test_compact_is_lower);
  g_test_add_func ("/environment/ages", test_ages);

  return g_test_run ();
}
