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

typedef struct
{
  const char *icon_name;
  const char *button;
  const char *action;
} Look;

static const Look looks[] = {
  [VRF_LIST_BAR_OFFLINE] = {
      "network-error-symbolic", N_ ("Try Now"), "win.refresh" },
      [VRF_LIST_BAR_REFUSED] = {
          "dialog-warning-symbolic", N_ ("Preferences"), "app.preferences" },
          /* Nobody may push in front of what the service asked for. */
          [VRF_LIST_BAR_THROTTLED] = { "network-error-symbolic", NULL, NULL },
          [VRF_LIST_BAR_CLOCK] = { "alarm-symbolic", N_ ("Hide"), "win.hide-notice" },
          };

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

/* Countdowns are right all the same; certificates and signatures may not be. */
static char *
dup_clock_text (VrfClock *clock)
{
  gint64 skew_us = vrf_clock_get_skew_us (clock);
  g_autofree char *span = vrf_age_dup_span ((int) (ABS (skew_us) / G_USEC_PER_SEC));

  if (skew_us > 0)
    /* Translators: %s is how much, as in "3 h" */
    return g_strdup_printf (_ ("The clock of this computer is %s ahead. Set it right; times here "
                               "follow Verifa."),
                               span);

  return g_strdup_printf (_ ("The clock of this computer is %s behind. Set it right; times here "
                             "follow Verifa."),
                             span);
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
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
vrf_notice_bar_init (VrfNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vrf_notice_bar_show (VrfNoticeBar *self, VrfListBar bar, VrfConnection *connection, VrfClock *clock)
{
  g_autofree char *text = NULL;
  const Look *look = &looks[bar];

  gtk_widget_set_visible (self->box, bar != VRF_LIST_BAR_NONE);
  gtk_revealer_set_reveal_child (self->revealer, bar != VRF_LIST_BAR_NONE);
  if (bar == VRF_LIST_BAR_NONE)
    return;

  text = bar == VRF_LIST_BAR_CLOCK ? dup_clock_text (clock)
                                   : dup_text (bar, connection, vrf_clock_get_now_us (clock));
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (self->box, vrf_connection_get_message (connection));
  gtk_image_set_from_icon_name (self->icon, look->icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->button), look->button != NULL);
  if (look->button == NULL)
    return;
  gtk_button_set_label (self->button, _ (look->button));
  vrf_button_set_action (self->button, look->action);
}

gboolean
vrf_notice_bar_is_shown (VrfNoticeBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer);
}
