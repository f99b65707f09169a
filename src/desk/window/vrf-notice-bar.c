/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-notice-bar.h"

#include "desk/window/vrf-ages.h"

struct _VrfNoticeBar
{
  GtkWidget parent_instance;

  /* template */
  GtkRevealer *revealer;
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (VrfNoticeBar, vrf_notice_bar, GTK_TYPE_WIDGET)

void
vrf_button_set_action (GtkButton *button, const char *detailed_name)
{
  GtkActionable *actionable = GTK_ACTIONABLE (button);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (detailed_name, &name, &target, NULL)
      || g_strcmp0 (gtk_actionable_get_action_name (actionable), name) == 0)
    return;

  gtk_actionable_set_action_name (actionable, NULL);
  gtk_actionable_set_action_target_value (actionable, target);
  gtk_actionable_set_action_name (actionable, name);
}

static char *
dup_text (VrfListBar bar, VrfConnection *connection, gint64 now_us)
{
  int age_s = vrf_connection_get_age_s (connection);
  g_autofree char *clock = vrf_age_dup_clock (now_us - age_s * (gint64) G_USEC_PER_SEC);
  g_autofree char *age = vrf_age_dup_span (age_s);

  /* Translators: %s are a time of day and an age, as in "from 10:41, 4 min old" */
  if (bar == VRF_LIST_BAR_OFFLINE)
    return g_strdup_printf (_ ("Offline. This is from %s, %s old."), clock, age);
  if (bar == VRF_LIST_BAR_REFUSED)
    return g_strdup_printf (_ ("Verifa refused the key. This is from %s, %s old."), clock, age);

  return g_strdup_printf (
      _ ("Verifa asks for fewer requests. This is from %s, %s old."), clock, age);
}

static void
vrf_notice_bar_dispose (GObject *object)
{
  VrfNoticeBar *self = VRF_NOTICE_BAR (object);

  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;

  G_OBJECT_CLASS (vrf_notice_bar_parent_class)->dispose (object);
}

static void
vrf_notice_bar_class_init (VrfNoticeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_notice_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/vrf-notice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfNoticeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, VrfNoticeBar, box);
  gtk_widget_class_bind_template_child (widget_class, VrfNoticeBar, icon);
  gtk_widget_class_bind_template_child (widget_class, VrfNoticeBar, label);
  gtk_widget_class_bind_template_child (widget_class, VrfNoticeBar, button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
vrf_notice_bar_init (VrfNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vrf_notice_bar_show (VrfNoticeBar *self, VrfListBar bar, VrfConnection *connection, gint64 now_us)
{
  g_autofree char *text = NULL;
  gboolean refused = bar == VRF_LIST_BAR_REFUSED;

  gtk_revealer_set_reveal_child (self->revealer, bar != VRF_LIST_BAR_NONE);
  if (bar == VRF_LIST_BAR_NONE)
    return;

  text = dup_text (bar, connection, now_us);
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (self->box, vrf_connection_get_message (connection));
  gtk_image_set_from_icon_name (self->icon,
                                refused ? "dialog-warning-symbolic" : "network-error-symbolic");
  gtk_button_set_label (self->button, refused ? _ ("Preferences") : _ ("Try Now"));
  vrf_button_set_action (self->button, refused ? "app.preferences" : "win.refresh");
}

gboolean
vrf_notice_bar_is_shown (VrfNoticeBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer);
}
