/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/session/vrf-session-peek.h"

#include "desk/session/vrf-act.h"
#include "desk/session/vrf-live-card.h"
#include "desk/session/vrf-live.h"
#include "desk/session/vrf-moment.h"
#include "desk/session/vrf-watch.h"
#include "desk/widgets/vrf-chip.h"
#include "desk/widgets/vrf-kv-row.h"
#include "desk/widgets/vrf-risk-meter.h"
#include "desk/widgets/vrf-say-box.h"

/*
 * VrfSessionPeek: what one wants to know of the selected row without leaving the table. Its left
 * button is the one thing that is likely to be done now: expire what goes on, renew what expired.
 */

struct _VrfSessionPeek
{
  GtkWidget parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfRow *row;
  VrfWatch watch; /* while mapped */

  VrfAction action; /* of the left button */
  gboolean busy;

  /* template */
  GtkWidget *toasts;
  GtkWidget *title;
  GtkWidget *stack;
  GtkWidget *status_chip;
  GtkWidget *result_chip;
  GtkWidget *name_label;
  GtkWidget *place_label;
  GtkWidget *say;
  GtkWidget *live_card;
  GtkWidget *steps;
  GtkWidget *id_row;
  GtkWidget *created_row;
  GtkWidget *risk_row;
  GtkWidget *desk_row;
  GtkWidget *bottom_bar;
  GtkWidget *act_button;
};

G_DEFINE_FINAL_TYPE (VrfSessionPeek, vrf_session_peek, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ROW = 1,
} VrfSessionPeekProperty;

static GParamSpec *properties[PROP_ROW + 1];

enum
{
  SIGNAL_OPEN_PAGE,
  SIGNAL_CLOSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Painting */

static void
set_value (GtkWidget *row, const char *value)
{
  vrf_kv_row_set_value (VRF_KV_ROW (row), value);
  gtk_widget_set_visible (row, value != NULL && *value != '\0');
}

static void
update_head (VrfSessionPeek *self)
{
  const char *applicant = vrf_row_get_applicant (self->row);
  const char *workflow = vrf_row_get_workflow_name (self->row);
  const char *desk = vrf_row_get_session (self->row)->desk;
  g_autofree char *title = vrf_row_dup_title (self->row);
  g_autofree char *place = NULL;

  if (workflow != NULL && desk != NULL)
    place = g_strdup_printf ("%s · %s", workflow, desk);
  else
    place = g_strdup (workflow != NULL ? workflow : desk);

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  vrf_chip_set_status (VRF_CHIP (self->status_chip), vrf_row_get_status_text (self->row));
  vrf_chip_set_result (VRF_CHIP (self->result_chip), vrf_row_get_result_text (self->row));
  gtk_widget_set_visible (self->result_chip, vrf_row_get_result_text (self->row) != NULL);
  gtk_label_set_text (GTK_LABEL (self->name_label), applicant != NULL ? applicant : title);
  gtk_label_set_text (GTK_LABEL (self->place_label), place != NULL ? place : "");
  gtk_widget_set_visible (self->place_label, place != NULL);
}

static void
update_live (VrfSessionPeek *self)
{
  vrf_live_card_show (
      VRF_LIVE_CARD (self->live_card), self->row, vrf_backend_get_clock (self->backend));
  vrf_live_show_steps (VRF_STEPS (self->steps), self->row);
}

static void
update_facts (VrfSessionPeek *self)
{
  VrfRow *row = self->row;
  const char *level = vrf_row_get_risk_level (row);
  g_autofree char *created = vrf_moment_dup_full (vrf_row_get_created_at (row));
  g_autofree char *risk = NULL;

  if (level != NULL && vrf_row_get_risk_score (row) >= 0)
    risk = g_strdup_printf ("%s · %d", vrf_risk_level_word (level), vrf_row_get_risk_score (row));
  else if (level != NULL)
    risk = g_strdup (vrf_risk_level_word (level));
  else if (vrf_row_is_active (row))
    risk = g_strdup (_ ("After submission"));

  set_value (self->id_row, vrf_row_get_id (row));
  set_value (self->created_row, created);
  set_value (self->risk_row, risk);
  set_value (self->desk_row, vrf_row_get_session (row)->desk);
}

static void
update_button (VrfSessionPeek *self)
{
  gboolean legal = FALSE;
  g_autofree char *label = NULL;

  self->action = vrf_row_get_status (self->row) == VRF_SESSION_STATUS_EXPIRED ? VRF_ACTION_NEW_LINK
                                                                              : VRF_ACTION_EXPIRE;
  legal = vrf_lifecycle_refusal (self->row, self->action) == NULL;
  label = g_strdup_printf ("%s%s",
                           vrf_action_get_label (self->action),
                           vrf_act_asks (self->row, self->action) ? "…" : "");
  gtk_button_set_label (GTK_BUTTON (self->act_button), label);
  gtk_widget_set_visible (self->act_button, legal);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "peek.act", legal && !self->busy);
}

static void
update (VrfSessionPeek *self)
{
  gboolean shown = self->row != NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), shown ? "row" : "empty");
  gtk_widget_set_visible (self->bottom_bar, shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "peek.open-page", shown);
  if (!shown)
    {
      adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), "");
      return;
    }

  update_head (self);
  vrf_say_box_set_text (VRF_SAY_BOX (self->say), vrf_lifecycle_say (self->row));
  update_live (self);
  update_facts (self);
  update_button (self);
}

static void
tick_cb (VrfSessionPeek *self)
{
  if (self->row != NULL && gtk_widget_get_mapped (GTK_WIDGET (self))
      && !vrf_row_check_time (self->row))
    update_live (self);
}

/* Actions */

static void
act_started (GtkWidget *widget, VrfAction action)
{
  VrfSessionPeek *self = VRF_SESSION_PEEK (widget);

  self->busy = TRUE;
  update (self);
}

static void
act_done (GtkWidget *widget, VrfRow *row, VrfAction action, const GError *error)
{
  VrfSessionPeek *self = VRF_SESSION_PEEK (widget);
  g_autofree char *failure = error != NULL ? vrf_act_dup_failure (error) : NULL;
  const char *text = failure != NULL ? failure : vrf_act_get_receipt (action);

  if (row != self->row)
    return;

  self->busy = FALSE;
  update (self);
  if (text != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (text));
}

static const VrfActFuncs act_funcs = { act_started, act_done };

static void
act_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionPeek *self = VRF_SESSION_PEEK (widget);

  if (self->row != NULL)
    vrf_act_run (widget, self->backend, self->row, self->action, &act_funcs);
}

static void
open_page_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_OPEN_PAGE], 0);
}

static void
close_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSE], 0);
}

/* Watching */

static void
vrf_session_peek_map (GtkWidget *widget)
{
  VrfSessionPeek *self = VRF_SESSION_PEEK (widget);

  GTK_WIDGET_CLASS (vrf_session_peek_parent_class)->map (widget);
  vrf_watch_start (&self->watch, self->backend, self->row);
  update (self);
}

static void
vrf_session_peek_unmap (GtkWidget *widget)
{
  vrf_watch_stop (&VRF_SESSION_PEEK (widget)->watch);
  GTK_WIDGET_CLASS (vrf_session_peek_parent_class)->unmap (widget);
}

/* The object */

static void
vrf_session_peek_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfSessionPeek *self = VRF_SESSION_PEEK (object);

  switch ((VrfSessionPeekProperty) prop_id)
    {
    case PROP_ROW:
      g_value_set_object (value, self->row);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_session_peek_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  VrfSessionPeek *self = VRF_SESSION_PEEK (object);

  switch ((VrfSessionPeekProperty) prop_id)
    {
    case PROP_ROW:
      vrf_session_peek_set_row (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
clear_row (VrfSessionPeek *self)
{
  vrf_watch_stop (&self->watch);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_clear_object (&self->row);
}

static void
vrf_session_peek_dispose (GObject *object)
{
  VrfSessionPeek *self = VRF_SESSION_PEEK (object);

  clear_row (self);
  g_clear_pointer (&self->toasts, gtk_widget_unparent);

  G_OBJECT_CLASS (vrf_session_peek_parent_class)->dispose (object);
}

static void
vrf_session_peek_finalize (GObject *object)
{
  VrfSessionPeek *self = VRF_SESSION_PEEK (object);

  g_clear_object (&self->backend);

  G_OBJECT_CLASS (vrf_session_peek_parent_class)->finalize (object);
}

static guint
add_signal (VrfSessionPeekClass *klass, const char *name)
{
  return g_signal_new (
      name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, VrfSessionPeek, member)

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (VRF_TYPE_CHIP);
  g_type_ensure (VRF_TYPE_KV_ROW);
  g_type_ensure (VRF_TYPE_LIVE_CARD);
  g_type_ensure (VRF_TYPE_SAY_BOX);
  g_type_ensure (VRF_TYPE_STEPS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/session/vrf-session-peek.ui");
  BIND (toasts);
  BIND (title);
  BIND (stack);
  BIND (status_chip);
  BIND (result_chip);
  BIND (name_label);
  BIND (place_label);
  BIND (say);
  BIND (live_card);
  BIND (steps);
  BIND (id_row);
  BIND (created_row);
  BIND (risk_row);
  BIND (desk_row);
  BIND (bottom_bar);
  BIND (act_button);
}

#undef BIND

static void
vrf_session_peek_class_init (VrfSessionPeekClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = vrf_session_peek_get_property;
  object_class->set_property = vrf_session_peek_set_property;
  object_class->dispose = vrf_session_peek_dispose;
  object_class->finalize = vrf_session_peek_finalize;
  widget_class->map = vrf_session_peek_map;
  widget_class->unmap = vrf_session_peek_unmap;

  properties[PROP_ROW] =
      g_param_spec_object ("row",
                           NULL,
                           NULL,
                           VRF_TYPE_ROW,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_OPEN_PAGE] = add_signal (klass, "open-page");
  signals[SIGNAL_CLOSE] = add_signal (klass, "close");

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "peek.act", NULL, act_action);
  gtk_widget_class_install_action (widget_class, "peek.open-page", NULL, open_page_action);
  gtk_widget_class_install_action (widget_class, "peek.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "peek.close", NULL);
}

static void
vrf_session_peek_init (VrfSessionPeek *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * vrf_session_peek_new:
 *
 * Returns: (transfer floating): a pane that shows no session yet
 */
GtkWidget *
vrf_session_peek_new (VrfBackend *backend)
{
  VrfSessionPeek *self = NULL;

  g_return_val_if_fail (VRF_IS_BACKEND (backend), NULL);

  self = g_object_new (VRF_TYPE_SESSION_PEEK, NULL);
  self->backend = g_object_ref (backend);
  g_signal_connect_object (
      vrf_backend_get_connection (backend), "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * vrf_session_peek_get_row:
 *
 * Returns: (transfer none) (nullable): the session that is shown
 */
VrfRow *
vrf_session_peek_get_row (VrfSessionPeek *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_PEEK (self), NULL);

  return self->row;
}

/**
 * vrf_session_peek_set_row:
 * @row: (nullable): the session to show
 */
void
vrf_session_peek_set_row (VrfSessionPeek *self, VrfRow *row)
{
  g_return_if_fail (VRF_IS_SESSION_PEEK (self));
  g_return_if_fail (row == NULL || VRF_IS_ROW (row));

  if (self->row == row)
    return;

  clear_row (self);
  self->busy = FALSE;
  if (row != NULL)
    {
      self->row = g_object_ref (row);
      g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        vrf_watch_start (&self->watch, self->backend, self->row);
    }
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}
