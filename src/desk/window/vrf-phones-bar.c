/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-phones-bar.h"

#include "desk/session/vrf-moment.h"

static void
changed_cb (GtkWidget *bar, VrfPhones *phones)
{
  GtkWidget *label = gtk_widget_get_next_sibling (gtk_widget_get_first_child (bar));
  gboolean are_in = vrf_phones_are_in (phones);
  g_autofree char *clock = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (bar, are_in);
  gtk_widget_set_sensitive (gtk_widget_get_last_child (bar), !vrf_phones_is_busy (phones));
  if (!are_in)
    return;
  clock = vrf_moment_dup_clock (vrf_phones_get_ends_at (phones));
  /* Translators: a time of day, "15:40" */
  text = g_strdup_printf (_ ("Phones on this network until %s"), clock);
  gtk_label_set_text (GTK_LABEL (label), text);
}

static void
off_cb (VrfPhones *phones)
{
  vrf_phones_let_in (phones, FALSE);
}

static GtkWidget *
label_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  /* The sidebar is as wide as its widest part; this is not to be it. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

GtkWidget *
vrf_phones_bar_new (VrfBackend *backend)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *button = gtk_button_new_with_label (_ ("Turn Off"));
  VrfPhones *phones = vrf_backend_get_phones (backend);

  gtk_widget_add_css_class (bar, "vrf-notice-bar");
  gtk_widget_add_css_class (bar, "vrf-phones-bar");
  gtk_box_append (GTK_BOX (bar), gtk_image_new_from_icon_name ("phone-symbolic"));
  gtk_box_append (GTK_BOX (bar), label_new ());
  gtk_widget_add_css_class (button, "vrf-tiny");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (bar), button);
  g_signal_connect_object (phones, "changed", G_CALLBACK (changed_cb), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (off_cb), phones, G_CONNECT_SWAPPED);
  changed_cb (bar, phones);
  return bar;
}
