/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-check-row.h"

#include "desk/core/vrf-lifecycle.h"
#include "desk/session/vrf-moment.h"
#include "desk/session/vrf-reasons.h"
#include "desk/widgets/vrf-chip-kinds.h"
#include "desk/widgets/vrf-widget-util.h"

struct _VrfCheckRow
{
  GtkListBoxRow parent_instance;

  /* owned */
  char *policy;

  gboolean has_attempts; /* they were read */

  /* children */
  GtkWidget *category_label;
  GtkWidget *icon;
  GtkWidget *name_label;
  GtkWidget *attempts_button;
  GtkWidget *value_label;
  GtkWidget *took_label;
  GtkWidget *retry_button;
  GtkWidget *revealer;
  GtkWidget *attempts_box;
};

G_DEFINE_FINAL_TYPE (VrfCheckRow, vrf_check_row, GTK_TYPE_LIST_BOX_ROW)

static void
vrf_check_row_finalize (GObject *object)
{
  VrfCheckRow *self = VRF_CHECK_ROW (object);

  g_free (self->policy);

  G_OBJECT_CLASS (vrf_check_row_parent_class)->finalize (object);
}

static void
vrf_check_row_class_init (VrfCheckRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_check_row_finalize;
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);

  return label;
}

static GtkWidget *
new_secondary (const char *text, const char *css_class)
{
  GtkWidget *label = new_label (text);

  gtk_widget_add_css_class (label, "vrf-secondary");
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
set_icon (GtkWidget *icon, const VrfCheck *check)
{
  VrfChipKind kind = vrf_chip_kind_for_check (check->status_text);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), kind.icon_name);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, kind.word, -1);
  vrf_tint_apply (icon, kind.tint);
}

static GtkWidget *
new_icon (void)
{
  GtkWidget *icon = gtk_image_new ();

  gtk_widget_add_css_class (icon, "vrf-check-icon");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);

  return icon;
}

/* What was not read yet is read now. */
static void
toggled_cb (VrfCheckRow *self)
{
  gboolean open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->attempts_button));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), open);
  if (open && !self->has_attempts)
    gtk_widget_activate_action (GTK_WIDGET (self), "session.read-attempts", "s", self->policy);
}

static GtkWidget *
new_line (VrfCheckRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->icon = new_icon ();
  self->name_label = new_label (NULL);
  gtk_widget_set_hexpand (self->name_label, TRUE);
  self->attempts_button = gtk_toggle_button_new ();
  gtk_widget_add_css_class (self->attempts_button, "flat");
  gtk_widget_add_css_class (self->attempts_button, "vrf-tiny");
  gtk_widget_set_valign (self->attempts_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->attempts_button, "toggled", G_CALLBACK (toggled_cb), self);
  self->value_label = new_secondary (NULL, "numeric");
  gtk_label_set_xalign (GTK_LABEL (self->value_label), 1);
  gtk_label_set_justify (GTK_LABEL (self->value_label), GTK_JUSTIFY_RIGHT);
  self->took_label = new_secondary (NULL, "caption");
  gtk_widget_add_css_class (self->took_label, "numeric");
  gtk_label_set_wrap (GTK_LABEL (self->took_label), FALSE);
  self->retry_button = gtk_button_new_with_label (_ ("Retry"));
  gtk_widget_add_css_class (self->retry_button, "vrf-tiny");
  gtk_widget_set_valign (self->retry_button, GTK_ALIGN_CENTER);

  gtk_box_append (GTK_BOX (line), self->icon);
  gtk_box_append (GTK_BOX (line), self->name_label);
  gtk_box_append (GTK_BOX (line), self->attempts_button);
  gtk_box_append (GTK_BOX (line), self->value_label);
  gtk_box_append (GTK_BOX (line), self->took_label);
  gtk_box_append (GTK_BOX (line), self->retry_button);
  gtk_widget_add_css_class (line, "vrf-check-row");

  return line;
}

static void
vrf_check_row_init (VrfCheckRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->category_label = new_secondary (NULL, "caption-heading");
  gtk_widget_add_css_class (self->category_label, "vrf-category");
  self->attempts_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_add_css_class (self->attempts_box, "vrf-attempts");
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->attempts_box);

  gtk_box_append (GTK_BOX (box), self->category_label);
  gtk_box_append (GTK_BOX (box), new_line (self));
  gtk_box_append (GTK_BOX (box), self->revealer);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "vrf-plain-row");
  gtk_widget_add_css_class (GTK_WIDGET (self), "vrf-check-item");
}

GtkWidget *
vrf_check_row_new (void)
{
  return g_object_new (VRF_TYPE_CHECK_ROW, NULL);
}

void
vrf_check_row_set_category (VrfCheckRow *self, const char *category)
{
  gtk_label_set_text (GTK_LABEL (self->category_label), category != NULL ? category : "");
  gtk_widget_set_visible (self->category_label, category != NULL);
}

void
vrf_check_row_set_joined (VrfCheckRow *self, gboolean joined)
{
  vrf_widget_set_class (GTK_WIDGET (self), "vrf-joined", joined);
}

/* "0.95", a reason, or the word of the status. */
static char *
dup_value (const VrfCheck *check)
{
  const char *word = vrf_chip_kind_for_check (check->status_text).word;

  if (check->reason != NULL && *check->reason != '\0')
    return g_strdup (vrf_reasons_get_word (check->reason));
  if (check->risk_score >= 0)
    /* Translators: a score of risk */
    return g_strdup_printf (_ ("%d of 100"), check->risk_score);
  if (check->score >= 0)
    return g_strdup_printf ("%s, %.2f", word, check->score);

  return g_strdup (word);
}

/* An earlier attempt also says its score, for it is compared with the later ones. */
static char *
dup_attempt_value (const VrfCheck *check)
{
  const char *word = vrf_chip_kind_for_check (check->status_text).word;
  g_autofree char *score = check->score >= 0 ? g_strdup_printf (", %.2f", check->score) : NULL;

  return g_strconcat (word,
                      score != NULL ? score : "",
                      check->reason != NULL && *check->reason != '\0' ? ". " : "",
                      vrf_reasons_get_word (check->reason),
                      NULL);
}

static void
add_attempt (VrfCheckRow *self, const VrfCheck *check)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = new_icon ();
  /* Translators: the number of an attempt of a check */
  g_autofree char *number = g_strdup_printf (_ ("Attempt %d"), check->attempt);
  g_autofree char *value = dup_attempt_value (check);
  g_autofree char *at = vrf_moment_dup_seconds (check->started_at);
  GtkWidget *value_label = new_secondary (value, "caption");

  set_icon (icon, check);
  gtk_widget_set_hexpand (value_label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), new_secondary (number, "caption"));
  gtk_box_append (GTK_BOX (line), value_label);
  gtk_box_append (GTK_BOX (line), new_secondary (at, "caption"));
  gtk_box_append (GTK_BOX (self->attempts_box), line);
}

static void
show_attempts (VrfCheckRow *self, const VrfCheck *check, GPtrArray *attempts)
{
  g_autofree char *count = g_strdup_printf (
      ngettext ("%d attempt", "%d attempts", (gulong) check->attempt), check->attempt);
  GtkWidget *child = NULL;

  self->has_attempts = attempts != NULL;
  gtk_button_set_label (GTK_BUTTON (self->attempts_button), count);
  gtk_widget_set_tooltip_text (self->attempts_button, _ ("Show the earlier attempts"));
  gtk_widget_set_visible (self->attempts_button, check->attempt > 1);
  while ((child = gtk_widget_get_first_child (self->attempts_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->attempts_box), child);

  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    {
      const VrfCheck *attempt = g_ptr_array_index (attempts, i);

      if (attempt->attempt != check->attempt)
        add_attempt (self, attempt);
    }
  toggled_cb (self);
}

void
vrf_check_row_set_check (VrfCheckRow *self, const VrfCheck *check, GPtrArray *attempts)
{
  g_autofree char *value = dup_value (check);
  g_autofree char *took =
      check->duration_ms >= 0 ? vrf_moment_dup_duration (check->duration_ms) : g_strdup ("");

  if (g_strcmp0 (self->policy, check->policy) != 0)
    {
      g_free (self->policy);
      self->policy = g_strdup (check->policy);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retry_button), "s", self->policy);
    }
  set_icon (self->icon, check);
  gtk_label_set_text (GTK_LABEL (self->name_label), vrf_lifecycle_check_label (check->policy));
  gtk_label_set_text (GTK_LABEL (self->value_label), value);
  gtk_label_set_text (GTK_LABEL (self->took_label), took);
  gtk_widget_set_visible (self->took_label, *took != '\0');
  show_attempts (self, check, attempts);
}

void
vrf_check_row_set_retry (VrfCheckRow *self, gboolean possible, gboolean busy)
{
  g_autofree char *label = NULL;

  /* Translators: the name of a check follows */
  label = g_strdup_printf (_ ("Retry %s"), gtk_label_get_text (GTK_LABEL (self->name_label)));
  gtk_widget_set_visible (self->retry_button, possible);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retry_button),
                                  possible ? "session.retry-check" : NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->retry_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_sensitive (self->retry_button, possible && !busy);
}
