/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gmodule.h>

#include "desk/vrf-announce.h"

/* GTK's call since 4.14, and its priorities. */
typedef void (*AnnounceFunc) (GtkAccessible *accessible, const char *text, int priority);

#define PRIORITY_MEDIUM 1
#define PRIORITY_HIGH 2

/* Newer than the floor, so it is looked for in what runs; looked for once. */
static AnnounceFunc
get_announce (void)
{
  static AnnounceFunc announce;
  static gsize done;

  if (g_once_init_enter (&done))
    {
      GModule *program = g_module_open (NULL, 0);
      gpointer symbol = NULL;

      if (program != NULL && g_module_symbol (program, "gtk_accessible_announce", &symbol))
        announce = (AnnounceFunc) symbol;
      g_clear_pointer (&program, g_module_close);
      g_once_init_leave (&done, 1);
    }

  return announce;
}

/**
 * vrf_announce:
 * @status: what stands for the status on screen, of role status: a widget without a text of its own
 * @text: a sentence, translated
 * @urgency: how much it may interrupt
 *
 * Lets a screen reader say @text, wherever the focus is. A GTK that cannot (before 4.14) gives it
 * to @status as accessible name: screen readers hear of the change and may say it.
 */
void
vrf_announce (GtkWidget *status, const char *text, VrfAnnounceUrgency urgency)
{
  AnnounceFunc announce = get_announce ();

  g_return_if_fail (GTK_IS_WIDGET (status));
  g_return_if_fail (text != NULL);

  if (announce != NULL)
    announce (GTK_ACCESSIBLE (status),
              text,
              urgency == VRF_ANNOUNCE_AT_ONCE ? PRIORITY_HIGH : PRIORITY_MEDIUM);
  else
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (status), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
