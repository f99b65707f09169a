/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-cell.h"

#include "desk/widgets/vrf-chip.h"
#include "desk/widgets/vrf-risk-meter.h"
#include "desk/widgets/vrf-widget-util.h"
#include "desk/window/vrf-ages.h"
#include "desk/window/vrf-row-text.h"

/*
 * No widget itself, because a table has hundreds of cells: it belongs to the one widget that shows
 * its column, and ends with it.
 */
struct _VrfCell
{
  GObject parent_instance;

  /* owned */
  VrfRow *row;
  VrfTicker *ticker;

  /* borrowed: it owns the cell */
  GtkWidget *widget;
  /* borrowed: what says it, in or as @widget */
  GtkWidget *content;
  GtkWidget *alarm; /* expires only, made when first needed */

  VrfColumn column;
  gulong row_id;
  gulong tick_id;
};

G_DEFINE_FINAL_TYPE (VrfCell, vrf_cell, G_TYPE_OBJECT)

/* Content */

static void
name_it (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The row's own widget is what gets the focus; it can only be reached from a cell inside it. */
static void
name_row (VrfCell *self, const char *sentence)
{
  GtkWidget *cell = gtk_widget_get_parent (self->widget);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  if (row != NULL)
    name_it (row, sentence);
}

static void
update_reference (VrfCell *self)
{
  g_autofree char *reference = vrf_row_text_reference (self->row);
  g_autofree char *sentence =
      vrf_row_text_sentence (self->row, vrf_ticker_get_now_us (self->ticker));

  vrf_label_set (self->content, reference);
  name_it (self->content, sentence);
  name_row (self, sentence);
}

static void
update_applicant (VrfCell *self)
{
  const char *applicant = vrf_row_get_applicant (self->row);

  gtk_label_set_text (GTK_LABEL (self->content), applicant != NULL ? applicant : "");
  name_it (self->content, applicant != NULL ? applicant : _ ("Applicant known only online"));
}

static void
update_created (VrfCell *self)
{
  gint64 created_us = vrf_row_get_created_at (self->row);
  g_autofree char *age = vrf_age_dup_short (created_us, vrf_ticker_get_now_us (self->ticker));

  vrf_label_set (self->content, age);
}

static void
show_alarm (VrfCell *self, gboolean soon)
{
  vrf_widget_set_class (self->widget, "vrf-soon-text", soon);
  if (soon && self->alarm == NULL)
    {
      self->alarm = gtk_image_new_from_icon_name ("alarm-symbolic");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->alarm),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Less than three minutes left"), -1);
      gtk_widget_set_margin_end (self->alarm, 4);
      gtk_box_prepend (GTK_BOX (self->widget), self->alarm);
    }
  if (self->alarm != NULL)
    gtk_widget_set_visible (self->alarm, soon);
}

static void
update_expires (VrfCell *self)
{
  gint64 now_us = vrf_ticker_get_now_us (self->ticker);
  g_autofree char *left = vrf_row_text_countdown (self->row, now_us);
  gboolean soon =
      left != NULL && vrf_countdown_is_soon (vrf_row_get_expires_at (self->row), now_us);

  vrf_label_set (self->content, left != NULL ? left : "");
  show_alarm (self, soon);
}

static void
update_workflow (VrfCell *self)
{
  const char *name = vrf_row_get_workflow_name (self->row);

  vrf_label_set (self->content, name != NULL ? name : "");
}

static void
update (VrfCell *self)
{
  switch (self->column)
    {
    case VRF_COLUMN_STATUS:
      vrf_chip_set_status (VRF_CHIP (self->content), vrf_row_get_status_text (self->row));
      break;
    case VRF_COLUMN_RESULT:
      gtk_widget_set_visible (self->content, vrf_row_get_result_text (self->row) != NULL);
      vrf_chip_set_result (VRF_CHIP (self->content), vrf_row_get_result_text (self->row));
      break;
    case VRF_COLUMN_RISK:
      gtk_widget_set_visible (self->content, vrf_row_get_risk_level (self->row) != NULL);
      vrf_risk_meter_set_level (VRF_RISK_METER (self->content), vrf_row_get_risk_level (self->row));
      break;
    case VRF_COLUMN_REFERENCE:
      update_reference (self);
      break;
    case VRF_COLUMN_APPLICANT:
      update_applicant (self);
      break;
    case VRF_COLUMN_WORKFLOW:
      update_workflow (self);
      break;
    case VRF_COLUMN_CREATED:
      update_created (self);
      break;
    case VRF_COLUMN_EXPIRES:
      update_expires (self);
      break;
    case VRF_N_COLUMNS:
    default:
      break;
    }
}

/* Building */

/* What was cut off, and only then. */
static gboolean
ellipsized_tooltip_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));

  return TRUE;
}

static GtkWidget *
new_label (const char *css_class, PangoEllipsizeMode ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  if (ellipsize != PANGO_ELLIPSIZE_NONE)
    {
      gtk_widget_set_has_tooltip (label, TRUE);
      g_signal_connect (label, "query-tooltip", G_CALLBACK (ellipsized_tooltip_cb), NULL);
    }
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
new_content (VrfColumn column)
{
  GtkWidget *content;

  switch (column)
    {
    case VRF_COLUMN_STATUS:
    case VRF_COLUMN_RESULT:
      content = vrf_chip_new ();
      gtk_widget_set_valign (content, GTK_ALIGN_CENTER);
      return content;
    case VRF_COLUMN_RISK:
      content = vrf_risk_meter_new ();
      gtk_widget_set_valign (content, GTK_ALIGN_CENTER);
      return content;
    case VRF_COLUMN_REFERENCE:
      return new_label ("vrf-ref", PANGO_ELLIPSIZE_MIDDLE);
    case VRF_COLUMN_APPLICANT:
      return new_label (NULL, PANGO_ELLIPSIZE_END);
    case VRF_COLUMN_EXPIRES:
      return new_label ("numeric", PANGO_ELLIPSIZE_NONE);
    case VRF_COLUMN_WORKFLOW:
    case VRF_COLUMN_CREATED:
    case VRF_N_COLUMNS:
    default:
      return new_label ("vrf-secondary", PANGO_ELLIPSIZE_END);
    }
}

static gboolean
created_tooltip_cb (VrfCell *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *full = NULL;

  if (self->row == NULL)
    return FALSE;
  full = vrf_age_dup_full (vrf_row_get_created_at (self->row));
  gtk_tooltip_set_text (tooltip, full);

  return *full != '\0';
}

static gboolean
shows_time (VrfCell *self)
{
  return self->column == VRF_COLUMN_CREATED || self->column == VRF_COLUMN_EXPIRES;
}

static void
tick_cb (VrfCell *self)
{
  update (self);
}

static void
row_changed_cb (VrfCell *self)
{
  update (self);
}

/* Object */

static void
vrf_cell_dispose (GObject *object)
{
  VrfCell *self = VRF_CELL (object);

  vrf_cell_set_row (self, NULL);
  g_clear_object (&self->ticker);

  G_OBJECT_CLASS (vrf_cell_parent_class)->dispose (object);
}

static void
vrf_cell_class_init (VrfCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_cell_dispose;
}

static void
vrf_cell_init (VrfCell *self)
{
}

static GQuark
cell_quark (void)
{
  return g_quark_from_static_string ("vrf-cell");
}

GtkWidget *
vrf_cell_new_widget (VrfColumn column, VrfTicker *ticker)
{
  VrfCell *self = g_object_new (VRF_TYPE_CELL, NULL);

  self->column = column;
  self->ticker = g_object_ref (ticker);
  self->content = self->widget = new_content (column);
  if (column == VRF_COLUMN_EXPIRES)
    {
      self->widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_box_append (GTK_BOX (self->widget), self->content);
    }
  if (column == VRF_COLUMN_CREATED)
    {
      gtk_widget_set_has_tooltip (self->widget, TRUE);
      g_signal_connect_swapped (
          self->widget, "query-tooltip", G_CALLBACK (created_tooltip_cb), self);
    }
  g_object_set_qdata_full (G_OBJECT (self->widget), cell_quark (), self, g_object_unref);

  return self->widget;
}

VrfCell *
vrf_cell_of_widget (GtkWidget *widget)
{
  return g_object_get_qdata (G_OBJECT (widget), cell_quark ());
}

VrfRow *
vrf_cell_get_row (VrfCell *self)
{
  return self->row;
}

void
vrf_cell_set_row (VrfCell *self, VrfRow *row)
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
  self->row_id = g_signal_connect_object (
      row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  if (shows_time (self))
    self->tick_id = g_signal_connect_object (
        self->ticker, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

void
vrf_cell_set_risk_word (VrfCell *self, gboolean risk_word)
{
  g_return_if_fail (self->column == VRF_COLUMN_RISK);

  vrf_risk_meter_set_show_word (VRF_RISK_METER (self->content), risk_word);
}
