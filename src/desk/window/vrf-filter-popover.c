/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/window/vrf-filter-popover.h"

#include "desk/window/vrf-filter-choices.h"

#define WIDTH_PX 290

struct _VrfFilterPopover
{
  GtkPopover parent_instance;

  /* owned */
  GListModel *rows;
  GListModel *workflows;
  VrfFilterChoices *choices[VRF_N_FILTERS];
  VrfFilters filters;

  /* borrowed: children */
  GtkWidget *combos[VRF_N_FILTERS];
  GtkWidget *clear_button;

  gboolean setting; /* not by a person */
};

G_DEFINE_FINAL_TYPE (VrfFilterPopover, vrf_filter_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed (VrfFilterPopover *self)
{
  gtk_widget_set_sensitive (self->clear_button, vrf_filters_count (&self->filters) > 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
selected_cb (VrfFilterPopover *self, GParamSpec *pspec, GtkWidget *combo)
{
  guint filter = 0;
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (combo));

  while (self->combos[filter] != combo)
    filter++;
  if (self->setting || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (vrf_filters_set (
          &self->filters, (VrfFilter) filter, self->choices[filter]->values->pdata[selected]))
    changed (self);
}

static void
clear_cb (VrfFilterPopover *self)
{
  const VrfFilters none = { 0 };

  /* The button that has the focus becomes insensitive. */
  gtk_widget_grab_focus (self->combos[0]);
  vrf_filter_popover_set_filters (self, &none);
  changed (self);
}

static void
vrf_filter_popover_finalize (GObject *object)
{
  VrfFilterPopover *self = VRF_FILTER_POPOVER (object);

  for (guint i = 0; i < VRF_N_FILTERS; i++)
    g_clear_pointer (&self->choices[i], vrf_filter_choices_free);
  vrf_filters_clear (&self->filters);
  g_clear_object (&self->rows);
  g_clear_object (&self->workflows);

  G_OBJECT_CLASS (vrf_filter_popover_parent_class)->finalize (object);
}

static void
vrf_filter_popover_class_init (VrfFilterPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_filter_popover_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_combo (VrfFilterPopover *self, VrfFilter filter)
{
  GtkWidget *combo = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (combo), vrf_filter_get_title (filter));
  g_signal_connect_object (
      combo, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);

  return combo;
}

static void
vrf_filter_popover_init (VrfFilterPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Filters"), -1);
  gtk_box_append (GTK_BOX (box), list);
  for (guint i = 0; i < VRF_N_FILTERS; i++)
    {
      self->combos[i] = new_combo (self, (VrfFilter) i);
      gtk_list_box_append (GTK_LIST_BOX (list), self->combos[i]);
    }

  self->clear_button = gtk_button_new_with_mnemonic (_ ("_Clear Filters"));
  gtk_widget_set_halign (self->clear_button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->clear_button);
  g_signal_connect_object (
      self->clear_button, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_set_size_request (box, WIDTH_PX, -1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "vrf-filters");
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
vrf_filter_popover_new (GListModel *rows, GListModel *workflows)
{
  VrfFilterPopover *self = g_object_new (VRF_TYPE_FILTER_POPOVER, NULL);

  self->rows = g_object_ref (rows);
  self->workflows = g_object_ref (workflows);

  return GTK_WIDGET (self);
}

const VrfFilters *
vrf_filter_popover_get_filters (VrfFilterPopover *self)
{
  return &self->filters;
}

static void
show_choices (VrfFilterPopover *self, VrfFilter filter)
{
  const char *value = self->filters.values[filter];
  g_autoptr (VrfFilterChoices) choices =
      vrf_filter_choices_new (filter, self->rows, self->workflows, value);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  AdwComboRow *combo = ADW_COMBO_ROW (self->combos[filter]);

  for (guint i = 0; i < choices->words->len; i++)
    gtk_string_list_append (words, choices->words->pdata[i]);
  adw_combo_row_set_model (combo, G_LIST_MODEL (words));
  adw_combo_row_set_selected (combo, vrf_filter_choices_find (choices, value));
  /* A filter with nothing to choose stays where it is, asleep. */
  gtk_widget_set_sensitive (GTK_WIDGET (combo), choices->words->len > 1);
  g_clear_pointer (&self->choices[filter], vrf_filter_choices_free);
  self->choices[filter] = g_steal_pointer (&choices);
}

void
vrf_filter_popover_set_filters (VrfFilterPopover *self, const VrfFilters *filters)
{
  vrf_filters_copy (&self->filters, filters);
  self->setting = TRUE;
  for (guint i = 0; i < VRF_N_FILTERS; i++)
    show_choices (self, (VrfFilter) i);
  self->setting = FALSE;
  gtk_widget_set_sensitive (self->clear_button, vrf_filters_count (&self->filters) > 0);
}
