/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/session/vrf-reveal.h"

struct _VrfReveal
{
  GObject parent_instance;

  /* owned */
  GtkWidget *button;

  gboolean on;
};

G_DEFINE_FINAL_TYPE (VrfReveal, vrf_reveal, G_TYPE_OBJECT)

static guint changed_signal;

static void
set_on (VrfReveal *self, gboolean on)
{
  if (self->on == on)
    return;

  self->on = on;
  g_signal_emit (self, changed_signal, 0);
}

static void
pressed_cb (VrfReveal *self)
{
  set_on (self, TRUE);
}

static void
released_cb (VrfReveal *self)
{
  set_on (self, FALSE);
}

static gboolean
button_key_pressed_cb (VrfReveal *self, guint key)
{
  if (key != GDK_KEY_space && key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;

  set_on (self, TRUE);
  return GDK_EVENT_STOP;
}

static gboolean
page_key_pressed_cb (VrfReveal *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_r && key != GDK_KEY_R) || !(state & GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;

  set_on (self, TRUE);
  return GDK_EVENT_STOP;
}

static void
vrf_reveal_dispose (GObject *object)
{
  VrfReveal *self = VRF_REVEAL (object);

  g_clear_object (&self->button);

  G_OBJECT_CLASS (vrf_reveal_parent_class)->dispose (object);
}

static void
vrf_reveal_class_init (VrfRevealClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_reveal_dispose;

  changed_signal = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
connect (VrfReveal *self, gpointer controller, const char *signal, GCallback callback)
{
  g_signal_connect_object (controller, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
listen_to_button (VrfReveal *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  /* Before the button's own gesture, which takes the click for itself. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  connect (self, click, "pressed", G_CALLBACK (pressed_cb));
  connect (self, click, "released", G_CALLBACK (released_cb));
  connect (self, click, "unpaired-release", G_CALLBACK (released_cb));
  connect (self, click, "cancel", G_CALLBACK (released_cb));
  gtk_widget_add_controller (self->button, GTK_EVENT_CONTROLLER (click));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  connect (self, keys, "key-pressed", G_CALLBACK (button_key_pressed_cb));
  connect (self, keys, "key-released", G_CALLBACK (released_cb));
  gtk_widget_add_controller (self->button, keys);
}

static void
listen_to_page (VrfReveal *self, GtkWidget *page)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  connect (self, keys, "key-pressed", G_CALLBACK (page_key_pressed_cb));
  connect (self, keys, "key-released", G_CALLBACK (released_cb));
  gtk_widget_add_controller (page, keys);

  connect (self, focus, "leave", G_CALLBACK (released_cb));
  gtk_widget_add_controller (page, focus);
}

static void
vrf_reveal_init (VrfReveal *self)
{
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "view-reveal-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _ ("Hold to Reveal"));
  self->button = g_object_ref_sink (gtk_button_new ());
  gtk_button_set_child (GTK_BUTTON (self->button), content);
  gtk_widget_set_tooltip_text (self->button, _ ("Hold to Reveal (Ctrl+R)"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Hold to Reveal"), -1);
  listen_to_button (self);
}

/**
 * vrf_reveal_new:
 * @page: whose personal data it is about; Ctrl+R counts on it
 */
VrfReveal *
vrf_reveal_new (GtkWidget *page)
{
  VrfReveal *self = g_object_new (VRF_TYPE_REVEAL, NULL);

  listen_to_page (self, page);

  return self;
}

/**
 * vrf_reveal_get_button:
 *
 * Returns: (transfer none): the button, to be put somewhere on the page
 */
GtkWidget *
vrf_reveal_get_button (VrfReveal *self)
{
  g_return_val_if_fail (VRF_IS_REVEAL (self), NULL);

  return self->button;
}

/**
 * vrf_reveal_is_on:
 */
gboolean
vrf_reveal_is_on (VrfReveal *self)
{
  g_return_val_if_fail (VRF_IS_REVEAL (self), FALSE);

  return self->on;
}

/**
 * vrf_reveal_close:
 *
 * Covers everything, held or not.
 */
void
vrf_reveal_close (VrfReveal *self)
{
  g_return_if_fail (VRF_IS_REVEAL (self));

  set_on (self, FALSE);
}
