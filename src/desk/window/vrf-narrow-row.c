/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/window/vrf-narrow-row.h"

#include "desk/widgets/vrf-chip.h"
#include "desk/widgets/vrf-risk-meter.h"
#include "desk/widgets/vrf-widget-util.h"
#include "desk/window/vrf-ages.h"
#include "desk/window/vrf-row-text.h"

struct _VrfNarrowRow
{
  GtkWidget parent_instance;

  /* owned */
  VrfRow *row;
  VrfTicker *ticker;

  /* template */
  GtkWidget *reference;
  GtkWidget *second_line;
  GtkWidget *chip;
  GtkWidget *left_box;
  GtkWidget *alarm;
  GtkWidget *left;
  GtkWidget *risk;

  gulong row_id;
  gulong tick_id;
};

G_DEFINE_FINAL_TYPE (VrfNarrowRow, vrf_narrow_row, GTK_TYPE_WIDGET)

static void
update_times (VrfNarrowRow *self)
{
  gint64 now_us = vrf_ticker_get_now_us (self->ticker);
  g_autofree char *second_line = vrf_row_text_second_line (self->row, now_us);
  g_autofree char *left = vrf_row_text_countdown (self->row, now_us);
  gboolean soon =
      left != NULL && vrf_countdown_is_soon (vrf_row_get_expires_at (self->row), now_us);

  vrf_label_set (self->second_line, second_line);
  vrf_label_set (self->left, left != NULL ? left : "");
  gtk_widget_set_visible (self->left_box, left != NULL);
  gtk_widget_set_visible (self->alarm, soon);
  vrf_widget_set_class (self->left, "vrf-soon-text", soon);
  vrf_widget_set_class (self->alarm, "vrf-soon-text", soon);
  gtk_widget_set_visible (self->risk, left == NULL && vrf_row_get_risk_level (self->row) != NULL);
}

static void
update (VrfNarrowRow *self)
{
  g_autofree char *reference = vrf_row_text_reference (self->row);
  g_autofree char *sentence =
      vrf_row_text_sentence (self->row, vrf_ticker_get_now_us (self->ticker));

  vrf_label_set (self->reference, reference);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->reference), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  /* Under a result the word "Completed" tells nothing more. */
  if (vrf_row_get_status (self->row) == VRF_SESSION_STATUS_COMPLETED
      && vrf_row_get_result_text (self->row) != NULL)
    vrf_chip_set_result (VRF_CHIP (self->chip), vrf_row_get_result_text (self->row));
  else
    vrf_chip_set_status (VRF_CHIP (self->chip), vrf_row_get_status_text (self->row));
  vrf_risk_meter_set_level (VRF_RISK_METER (self->risk), vrf_row_get_risk_level (self->row));
  update_times (self);
}

static void
vrf_narrow_row_dispose (GObject *object)
{
  VrfNarrowRow *self = VRF_NARROW_ROW (object);
  GtkWidget *child;

  vrf_narrow_row_set_row (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->ticker);

  G_OBJECT_CLASS (vrf_narrow_row_parent_class)->dispose (object);
}

static void
vrf_narrow_row_class_init (VrfNarrowRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_narrow_row_dispose;

  g_type_ensure (VRF_TYPE_CHIP);
  g_type_ensure (VRF_TYPE_RISK_METER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/vrf-narrow-row.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfNarrowRow, reference);
  gtk_widget_class_bind_template_child (widget_class, VrfNarrowRow, second_line);
  gtk_widget_class_bind_template_child (widget_class, VrfNarrowRow, chip);
  gtk_widget_class_bind_template_child (widget_class, VrfNarrowRow, left_box);
  gtk_widget_class_bind_template_child (widget_class, VrfNarrowRow, alarm);
  gtk_widget_class_bind_template_child (widget_class, VrfNarrowRow, left);
  gtk_widget_class_bind_template_child (widget_class, VrfNarrowRow, risk);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
vrf_narrow_row_init (VrfNarrowRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vrf_narrow_row_new (VrfTicker *ticker)
{
  VrfNarrowRow *self = g_object_new (VRF_TYPE_NARROW_ROW, NULL);

  self->ticker = g_object_ref (ticker);

  return GTK_WIDGET (self);
}

VrfRow *
vrf_narrow_row_get_row (VrfNarrowRow *self)
{
  return self->row;
}

void
vrf_narrow_row_set_row (VrfNarrowRow *self, VrfRow *row)
{
  if (self->row == row)
    return;

  if (self->row != NULL)
    {
      g_clear_signal_handler (&self->row_id, self->row);
      g_clear_signal_handler (&self->tick_id, self->ticker);
      g_clear_object (&self->row);
    }
  if (row == NULL)
    return;

  self->row = g_object_ref (row);
  self->row_id =
      g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->tick_id = g_signal_connect_object (
      self->ticker, "tick", G_CALLBACK (update_times), self, G_CONNECT_SWAPPED);
  update (self);
}
