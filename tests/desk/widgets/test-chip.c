/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/widgets/vrf-chip-kinds.h"
#include "desk/widgets/vrf-chip.h"
#include "support/vrf-widget-test.h"

static void
assert_chip (GtkWidget *chip, const char *word, const char *icon, VrfTint tint, const char *name)
{
  g_autofree char *actual_word = NULL;
  g_autofree char *actual_icon = NULL;
  VrfTint actual_tint;

  g_object_get (chip, "label", &actual_word, "icon-name", &actual_icon, "tint", &actual_tint, NULL);
  g_assert_cmpstr (actual_word, ==, word);
  g_assert_cmpstr (actual_icon, ==, icon);
  g_assert_cmpint (actual_tint, ==, tint);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_status (void)
{
  GtkWidget *chip = g_object_ref_sink (vrf_chip_new ());

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_ROLE_IMG);
  g_object_set (chip, "status", "under_review", NULL);
  assert_chip (
      chip, "Under Review", "avatar-default-symbolic", VRF_TINT_WARNING, "Status: Under Review");
  g_assert_true (gtk_widget_has_css_class (chip, "vrf-tint-warning"));
  g_assert_false (gtk_widget_has_css_class (chip, "vrf-tint-neutral"));
  g_assert_false (gtk_widget_has_css_class (chip, "vrf-empty"));

  g_object_set (chip, "status", "completed", NULL);
  assert_chip (chip, "Completed", "vrf-flag-symbolic", VRF_TINT_QUIET, "Status: Completed");

  g_assert_finalize_object (chip);
}

static void
test_unknown_is_shown_raw (void)
{
  GtkWidget *chip = g_object_ref_sink (vrf_chip_new ());

  vrf_chip_set_status (VRF_CHIP (chip), "teleporting");
  assert_chip (
      chip, "teleporting", "dialog-question-symbolic", VRF_TINT_NEUTRAL, "Status: teleporting");
  g_assert_finalize_object (chip);
}

static void
test_no_result_is_empty (void)
{
  GtkWidget *chip = g_object_ref_sink (vrf_chip_new ());
  int natural = -1;

  vrf_chip_set_result (VRF_CHIP (chip), "approved");
  assert_chip (chip, "Approved", "emblem-default-symbolic", VRF_TINT_SUCCESS, "Result: Approved");
  vrf_chip_set_result (VRF_CHIP (chip), NULL);
  assert_chip (chip, NULL, NULL, VRF_TINT_NEUTRAL, "No result yet");
  g_assert_true (gtk_widget_has_css_class (chip, "vrf-empty"));
  gtk_widget_measure (chip, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 0);
  g_assert_finalize_object (chip);

  chip = g_object_ref_sink (vrf_chip_new ());
  vrf_chip_set_result (VRF_CHIP (chip), NULL);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, "No result yet");
  g_assert_finalize_object (chip);
}

static void
test_notify_once (void)
{
  GtkWidget *chip = g_object_ref_sink (vrf_chip_new ());
  const char *const names[] = { "status", "label", "icon-name", "tint", "big", "accessible-label" };
  guint counts[G_N_ELEMENTS (names)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    vrf_widget_test_count_notify (chip, names[i], &counts[i]);
  for (guint i = 0; i < 2; i++)
    g_object_set (chip, "status", "pending", "big", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (counts[i], ==, 1);
  g_assert_finalize_object (chip);
}

static void
test_heights (void)
{
  GtkWidget *chip = g_object_ref_sink (vrf_chip_new ());
  GtkWidget *window = NULL;

  vrf_chip_set_status (VRF_CHIP (chip), "capturing");
  window = vrf_widget_test_present (chip);
  g_assert_cmpint (gtk_widget_get_height (chip), ==, 24);
  vrf_chip_set_big (VRF_CHIP (chip), TRUE);
  vrf_widget_test_settle (window);
  g_assert_cmpint (gtk_widget_get_height (chip), ==, 30);
  vrf_widget_test_close (window);
  g_assert_finalize_object (chip);
}

/* Trouble must not look like a verdict, nor two values like one. */
static void
test_kinds_are_distinct (void)
{
  const char *const statuses[] = { "pending",         "capturing",         "processing",
                                   "sandbox_pending", "awaiting_external", "under_review",
                                   "completed",       "expired",           "failed" };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      VrfChipKind kind = vrf_chip_kind_for_status (statuses[i]);

      g_assert_cmpstr (kind.word, !=, statuses[i]);
      g_assert_true (gtk_icon_theme_has_icon (theme, kind.icon_name));
      g_assert_cmpint (kind.tint, !=, VRF_TINT_ERROR);
      for (guint other = 0; other < i; other++)
        g_assert_cmpstr (kind.icon_name, !=, vrf_chip_kind_for_status (statuses[other]).icon_name);
    }
  g_assert_cmpint (vrf_chip_kind_for_result ("rejected").tint, ==, VRF_TINT_ERROR);
  g_assert_cmpint (vrf_chip_kind_for_check ("skipped").tint, ==, VRF_TINT_NEUTRAL);
}

/* No chip is without its icon, however little the icon theme brings. */
static void
test_icons_without_a_theme (void)
{
  const char *const names[] = {
    "pending",      "capturing", "processing", "sandbox_pending", "awaiting_external",
    "under_review", "completed", "expired",    "failed",          "unknown",
  };
  const char *const results[] = { "approved", "rejected", "needs_review" };
  const char *const none[] = { NULL };
  g_autoptr (GtkIconTheme) theme = gtk_icon_theme_new ();

  gtk_icon_theme_set_search_path (theme, none);
  gtk_icon_theme_set_theme_name (theme, "there-is-no-such-theme");
  gtk_icon_theme_set_resource_path (
      theme, (const char *[]){ "/org/gtk/libgtk/icons", "/com/withverifa/Desk/icons", NULL });
  g_assert_false (gtk_icon_theme_has_icon (theme, "there-is-no-such-icon"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (gtk_icon_theme_has_icon (theme, vrf_chip_kind_for_status (names[i]).icon_name));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_assert_true (
        gtk_icon_theme_has_icon (theme, vrf_chip_kind_for_result (results[i]).icon_name));
}

/* Every property can be written in a .ui file. */
static void
test_builder (void)
{
  const char *ui = "<interface><object class='VrfChip' id='chip'>"
                   "<property name='icon-name'>phone-symbolic</property>"
                   "<property name='label'>Room 12</property>"
                   "<property name='tint'>accent</property>"
                   "<property name='big'>1</property>"
                   "<property name='accessible-label'>Room: 12</property>"
                   "</object></interface>";
  GtkBuilder *builder = NULL;
  GtkWidget *chip = NULL;

  g_type_ensure (VRF_TYPE_CHIP);
  builder = gtk_builder_new_from_string (ui, -1);
  chip = GTK_WIDGET (g_object_ref (gtk_builder_get_object (builder, "chip")));
  g_object_unref (builder);
  assert_chip (chip, "Room 12", "phone-symbolic", VRF_TINT_ACCENT, "Room: 12");
  g_assert_finalize_object (chip);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/chip/status", test_status);
  g_test_add_func ("/chip/unknown", test_unknown_is_shown_raw);
  g_test_add_func ("/chip/no-result", test_no_result_is_empty);
  g_test_add_func ("/chip/notify", test_notify_once);
  g_test_add_func ("/chip/heights", test_heights);
  g_test_add_func ("/chip/kinds", test_kinds_are_distinct);
  g_test_add_func ("/chip/icons-without-a-theme", test_icons_without_a_theme);
  g_test_add_func ("/chip/builder", test_builder);

  return g_test_run ();
}
