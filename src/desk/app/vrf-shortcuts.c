/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/app/vrf-shortcuts.h"

static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question", "<Control>F1" } },
  { "window.close", { "<Control>w" } },
  { "win.new", { "<Control>n" } },
  { "win.search", { "<Control>f" } },
  { "win.filters", { "<Control><Shift>f" } },
  { "win.refresh", { "F5" } },
  { "win.activity", { "F12" } },
  { "win.pane(1)", { "F6" } },
  { "win.pane(-1)", { "<Shift>F6" } },
  { "win.view::now", { "<Control>1" } },
  { "win.view::attention", { "<Control>2" } },
  { "win.view::today", { "<Control>3" } },
  { "win.view::approved", { "<Control>4" } },
  { "win.view::rejected", { "<Control>5" } },
  { "win.view::expired", { "<Control>6" } },
  { "win.view::all", { "<Control>7" } },
};

void
vrf_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (
        application, shortcuts[i].action, (const char *const *) shortcuts[i].keys);
}

void
vrf_shortcuts_show (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/com/withverifa/Desk/vrf-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
