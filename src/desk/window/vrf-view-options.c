/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk/window/vrf-view-options.h"

#include "desk/window/vrf-columns.h"

/* What people sort by, and which end they want first. */
static const struct
{
  const char *label;
  VrfColumn column;
  gboolean descending;
} orders[] = {
  { N_ ("Newest First"), VRF_COLUMN_CREATED, TRUE },
    { N_ ("Oldest First"), VRF_COLUMN_CREATED, FALSE },
      { N_ ("Expires Soonest"), VRF_COLUMN_EXPIRES, FALSE },
        { N_ ("Status"), VRF_COLUMN_STATUS, FALSE },
          { N_ ("Result"), VRF_COLUMN_RESULT, FALSE },
            { N_ ("Highest Risk"), VRF_COLUMN_RISK, TRUE },
              { N_ ("Reference"), VRF_COLUMN_REFERENCE, FALSE },
                { N_ ("Applicant"), VRF_COLUMN_APPLICANT, FALSE },
              };

static guint
get_columns (GSettings *settings)
{
  g_auto (GStrv) ids = g_settings_get_strv (settings, "columns");

  return vrf_columns_from_ids ((const char *const *) ids);
}

static char *
dup_action_name (VrfColumn column)
{
  return g_strconcat ("column-", vrf_column_get_id (column), NULL);
}

static void
change_column_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  GSettings *settings = user_data;
  const char *id = g_action_get_name (G_ACTION (action)) + strlen ("column-");
  VrfColumn column = vrf_column_from_id (id, VRF_COLUMN_REFERENCE);
  guint columns = get_columns (settings);
  g_auto (GStrv) ids = NULL;

  if (g_variant_get_boolean (state))
    columns |= 1u << column;
  else
    columns &= ~(1u << column);
  ids = vrf_columns_to_ids (columns);
  g_settings_set_strv (settings, "columns", (const char *const *) ids);
}

static void
columns_changed_cb (GActionMap *map, const char *key, GSettings *settings)
{
  guint columns = get_columns (settings);

  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    {
      g_autofree char *name = dup_action_name ((VrfColumn) i);
      GAction *action = g_action_map_lookup_action (map, name);

      if (action != NULL)
        g_simple_action_set_state (G_SIMPLE_ACTION (action),
                                   g_variant_new_boolean ((columns & (1u << i)) != 0));
    }
}

static void
add_column_action (GActionMap *map, GSettings *settings, VrfColumn column)
{
  g_autofree char *name = dup_action_name (column);
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (TRUE));

  g_signal_connect_object (action, "change-state", G_CALLBACK (change_column_cb), settings, 0);
  g_action_map_add_action (map, G_ACTION (action));
}

void
vrf_view_options_install (GActionMap *map, GSettings *settings)
{
  g_autoptr (GAction) sort = g_settings_create_action (settings, "sort");

  g_action_map_add_action (map, sort);
  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    if (i != VRF_COLUMN_REFERENCE)
      add_column_action (map, settings, (VrfColumn) i);

  g_signal_connect_object (
      settings, "changed::columns", G_CALLBACK (columns_changed_cb), map, G_CONNECT_SWAPPED);
  columns_changed_cb (map, NULL, settings);
}

static GMenuModel *
new_orders (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (orders[i].label), NULL);

      g_menu_item_set_action_and_target (
          item, "win.sort", "(sb)", vrf_column_get_id (orders[i].column), orders[i].descending);
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (menu);
}

static GMenuModel *
new_columns (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < VRF_N_COLUMNS; i++)
    {
      g_autofree char *name = dup_action_name ((VrfColumn) i);
      g_autofree char *action = g_strconcat ("win.", name, NULL);

      if (i != VRF_COLUMN_REFERENCE)
        g_menu_append (menu, vrf_column_get_title ((VrfColumn) i), action);
    }

  return G_MENU_MODEL (menu);
}

GMenuModel *
vrf_view_options_new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) order = new_orders ();
  g_autoptr (GMenuModel) columns = new_columns ();

  g_menu_append_section (menu, _ ("Sort By"), order);
  g_menu_append_submenu (menu, _ ("Columns"), columns);
  g_menu_append (menu, _ ("Filters…"), "win.filters");

  return G_MENU_MODEL (menu);
}
