/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/preferences/vrf-test-rows.h"

static const struct
{
  const char *icon;
  const char *word;
  const char *css_class;
} looks[] = {
  [VRF_TEST_VERDICT_OPEN] = {
      "content-loading-symbolic", N_ ("Not tried"), "dim-label" },
      [VRF_TEST_VERDICT_GOOD] = {
          "emblem-ok-symbolic", N_ ("Good"), "success" },
          [VRF_TEST_VERDICT_NOTE] = {
              "dialog-information-symbolic", N_ ("To be known"), "dim-label" },
              [VRF_TEST_VERDICT_BARRED] = {
                  "changes-prevent-symbolic", N_ ("Not allowed"), "dim-label" },
                  [VRF_TEST_VERDICT_BAD] = { "dialog-warning-symbolic", N_ ("Problem"), "error" },
                  };

static GtkWidget *
new_row (const VrfTestLine *line)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[line->verdict].icon);

  /* What the server says may be anything. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line->text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_widget_add_css_class (icon, looks[line->verdict].css_class);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (looks[line->verdict].word), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

/* A group does not tell its rows. */
static void
remove_rows (AdwPreferencesGroup *group)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (group), "vrf-rows");

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_object_set_data_full (
      G_OBJECT (group), "vrf-rows", g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
}

static void
add_row (AdwPreferencesGroup *group, const VrfTestLine *line)
{
  GtkWidget *row = new_row (line);

  adw_preferences_group_add (group, row);
  g_ptr_array_add (g_object_get_data (G_OBJECT (group), "vrf-rows"), row);
}

void
vrf_test_rows_show (VrfConnectionTest *test,
                    AdwPreferencesGroup *group,
                    AdwPreferencesGroup *rights_group)
{
  const GPtrArray *lines = vrf_connection_test_get_lines (test);
  guint n_rights = vrf_connection_test_get_n_rights (test);

  remove_rows (group);
  remove_rows (rights_group);
  for (guint i = 0; i < lines->len; i++)
    add_row (i + n_rights < lines->len ? group : rights_group, lines->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (rights_group), n_rights > 0);
}
