/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/new/vrf-new-foot.h"

#include "desk/vrf-announce.h"

struct _VrfNewFoot
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *fault_box;
  GtkWidget *fault_title;
  GtkWidget *fault_advice;
  GtkWidget *create_button;
  GtkWidget *create_label;
  GtkWidget *create_spinner;
  GtkWidget *keys_box;
  GtkWidget *enter_label;
  GtkWidget *other_key;
  GtkWidget *other_label;
  GtkWidget *progress_box;
  GtkWidget *progress_label;
};

G_DEFINE_FINAL_TYPE (VrfNewFoot, vrf_new_foot, GTK_TYPE_WIDGET)

static void
vrf_new_foot_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (vrf_new_foot_parent_class)->dispose (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, VrfNewFoot, member)

static void
vrf_new_foot_class_init (VrfNewFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_new_foot_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/new/vrf-new-foot.ui");
  BIND (fault_box);
  BIND (fault_title);
  BIND (fault_advice);
  BIND (create_button);
  BIND (create_label);
  BIND (create_spinner);
  BIND (keys_box);
  BIND (enter_label);
  BIND (other_key);
  BIND (other_label);
  BIND (progress_box);
  BIND (progress_label);
}

#undef BIND

static void
vrf_new_foot_init (VrfNewFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** vrf_new_foot_get_button: Returns: (transfer none): the button that creates */
GtkWidget *
vrf_new_foot_get_button (VrfNewFoot *self)
{
  g_return_val_if_fail (VRF_IS_NEW_FOOT (self), NULL);

  return self->create_button;
}

/**
 * vrf_new_foot_set_fault:
 * @title: (nullable): what went wrong, translated; %NULL takes the box away
 * @advice: (nullable): what to do about it, translated
 */
void
vrf_new_foot_set_fault (VrfNewFoot *self, const char *title, const char *advice)
{
  g_return_if_fail (VRF_IS_NEW_FOOT (self));

  gtk_label_set_text (GTK_LABEL (self->fault_title), title != NULL ? title : "");
  gtk_label_set_text (GTK_LABEL (self->fault_advice), advice != NULL ? advice : "");
  gtk_widget_set_visible (self->fault_box, title != NULL);
}

/**
 * vrf_new_foot_set_button:
 * @label: translated, with its mnemonic
 * @busy: a spinner stands before it
 */
void
vrf_new_foot_set_button (VrfNewFoot *self, const char *label, gboolean busy)
{
  g_return_if_fail (VRF_IS_NEW_FOOT (self));

  gtk_widget_set_visible (self->create_spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->create_spinner), busy);
  gtk_label_set_text_with_mnemonic (GTK_LABEL (self->create_label), label);
}

/**
 * vrf_new_foot_set_keys:
 * @enter: what Enter does, translated
 * @key: another key's name, translated
 * @does: what that one does, translated
 */
void
vrf_new_foot_set_keys (VrfNewFoot *self, const char *enter, const char *key, const char *does)
{
  g_return_if_fail (VRF_IS_NEW_FOOT (self));

  gtk_label_set_text (GTK_LABEL (self->enter_label), enter);
  gtk_label_set_text (GTK_LABEL (self->other_key), key);
  gtk_label_set_text (GTK_LABEL (self->other_label), does);
}

/**
 * vrf_new_foot_set_progress:
 * @text: (nullable): what goes on, translated; it stands where the keys stood, with Cancel beside
 *   it. %NULL brings the keys back.
 */
void
vrf_new_foot_set_progress (VrfNewFoot *self, const char *text)
{
  g_return_if_fail (VRF_IS_NEW_FOOT (self));

  gtk_label_set_text (GTK_LABEL (self->progress_label), text != NULL ? text : "");
  gtk_widget_set_visible (self->progress_box, text != NULL);
  gtk_widget_set_visible (self->keys_box, text == NULL);
  if (text != NULL)
    vrf_announce (self->progress_label, text, VRF_ANNOUNCE_POLITE);
}

/** vrf_new_foot_set_narrow: @narrow: the keys one below the other */
void
vrf_new_foot_set_narrow (VrfNewFoot *self, gboolean narrow)
{
  g_return_if_fail (VRF_IS_NEW_FOOT (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->keys_box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}
