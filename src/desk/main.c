/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "desk/app/vrf-application.h"

/* What has to hold before the first library looks: HTTP/1.1 only, and no key in a core file. */
static void
harden (void)
{
  const struct rlimit none = { 0, 0 };

  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_debug ("core files could not be switched off");
}

/* The heap grows by a few large steps, not by hundreds of small ones while the window is made.
 * What is not used of them costs no memory. */
static void
grow_in_large_steps (void)
{
#ifdef __GLIBC__
  mallopt (M_TOP_PAD, 8 * 1024 * 1024);
#endif
}

int
main (int argc, char *argv[])
{
  g_autoptr (VrfApplication) application = NULL;

  grow_in_large_steps ();
  harden ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name (_ ("Verifa Desk"));
  application = vrf_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
