/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/app/vrf-about.h"

void
vrf_about_show (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name",
                         _ ("Verifa Desk"),
                            "application-icon",
                            APPLICATION_ID,
                            "version",
                            PACKAGE_VERSION,
                            "developer-name",
                            _ ("The Verifa Desk developers"),
                               "comments",
                               _ ("Start a verification, show the QR code, see the result."),
                                  "license-type",
                                  GTK_LICENSE_GPL_3_0,
                                  NULL);
}
