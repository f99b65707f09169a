/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/session/vrf-session-view.h"

#include "desk/session/vrf-act.h"
#include "desk/session/vrf-news.h"
#include "desk/session/vrf-session-body.h"
#include "desk/session/vrf-session-edits.h"
#include "desk/session/vrf-watch.h"
#include "desk/widgets/vrf-chip-kinds.h"
#include "desk/widgets/vrf-chip.h"
#include "desk/widgets/vrf-env-tag.h"
#include "desk/widgets/vrf-risk-meter.h"
#include "desk/widgets/vrf-say-box.h"
#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfSessionView: one session from top to bottom.
 *
 * Everything is painted from the row whenever it changes, and from a VrfSessionEditor that
 * reads what the row does not hold. Ring and age move with the connection's tick. Personal data is
 * behind dots; they open while the button or Ctrl+R is held and close when focus or page goes away.
 */

#define NARROW_PX 600

struct _VrfSessionView
{
  GtkWidget parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfRow *row;
  VrfSessionEditor *editor; /* of the row */
  VrfWatch watch;           /* while mapped */
  VrfReveal *reveal;
  char *said; /* to those who do not see it */

  guint fold_id;
  gboolean narrow;
  gboolean busy; /* an action is on its way */

  /* children */
  GtkWidget *body;

  /* template */
  GtkWidget *toasts;
  GtkWidget *env_tag;
  GtkWidget *title;
  GtkWidget *notice;
  GtkWidget *notice_label;
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *page_box;
  GtkWidget *disc;
  GtkWidget *disc_icon;
  GtkWidget *reference_label;
  GtkWidget *applicant_label;
  GtkWidget *status_box;
  GtkWidget *status_chip;
  GtkWidget *result_chip;
  GtkWidget *risk_meter;
  GtkWidget *hero_buttons;
  GtkWidget *code_button;
  GtkWidget *next_button;
  GtkWidget *say;
  GtkWidget *copy_button;
  GtkWidget *strip;
  GtkWidget *bottom_bar;
  GtkWidget *bottom_code_button;
  GtkWidget *bottom_next_button;
};

G_DEFINE_FINAL_TYPE (VrfSessionView, vrf_session_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ROW = 1,
} VrfSessionViewProperty;

static GParamSpec *properties[PROP_ROW + 1];

enum
{
  SIGNAL_CLOSE,
  SIGNAL_NEXT_GUEST,
  SIGNAL_SHOW_CREATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Painting */

static VrfChipKind
get_hero_kind (VrfRow *row)
{
  if (vrf_row_get_result_text (row) != NULL)
    return vrf_chip_kind_for_result (vrf_row_get_result_text (row));

  return vrf_chip_kind_for_status (vrf_row_get_status_text (row));
}

static void
update_hero (VrfSessionView *self)
{
  VrfRow *row = self->row;
  VrfChipKind kind = get_hero_kind (row);
  g_autofree char *title = vrf_row_dup_title (row);
  const char *applicant = vrf_row_get_applicant (row);
  gboolean code = vrf_row_can_show_qr (row);
  gboolean dead = vrf_lifecycle_is_dead_end (row);
  const char *code_label = code ? _ ("Show _QR Code") : _ ("New _Link");

  gtk_image_set_from_icon_name (GTK_IMAGE (self->disc_icon), kind.icon_name);
  vrf_tint_apply (self->disc, kind.tint);
  gtk_label_set_text (GTK_LABEL (self->reference_label), title);
  gtk_label_set_text (GTK_LABEL (self->applicant_label), applicant != NULL ? applicant : "");
  gtk_widget_set_visible (self->applicant_label, applicant != NULL && *applicant != '\0');
  vrf_chip_set_status (VRF_CHIP (self->status_chip), vrf_row_get_status_text (row));
  vrf_chip_set_result (VRF_CHIP (self->result_chip), vrf_row_get_result_text (row));
  gtk_widget_set_visible (self->result_chip, vrf_row_get_result_text (row) != NULL);
  vrf_risk_meter_set_level (VRF_RISK_METER (self->risk_meter), vrf_row_get_risk_level (row));
  vrf_risk_meter_set_score (VRF_RISK_METER (self->risk_meter), vrf_row_get_risk_score (row));
  /* Two chips fill a narrow line; the risk has a section of its own. */
  gtk_widget_set_visible (self->risk_meter,
                          vrf_row_get_risk_level (row) != NULL
                              && !(self->narrow && gtk_widget_get_visible (self->result_chip)));
  vrf_say_box_set_text (VRF_SAY_BOX (self->say), vrf_lifecycle_say (row));

  gtk_widget_set_visible (self->code_button, code || dead);
  gtk_widget_set_visible (self->bottom_code_button, code || dead);
  gtk_button_set_label (GTK_BUTTON (self->code_button), code_label);
  gtk_button_set_label (GTK_BUTTON (self->bottom_code_button), code_label);
  vrf_widget_set_class (self->code_button, "suggested-action", TRUE);
  vrf_widget_set_class (self->bottom_code_button, "suggested-action", TRUE);
  vrf_widget_set_class (self->next_button, "suggested-action", !code && !dead);
  vrf_widget_set_class (self->bottom_next_button, "suggested-action", !code && !dead);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "session.show-code", code || (dead && !self->busy));
}

static void
update_live (VrfSessionView *self)
{
  vrf_session_body_show_live (
      VRF_SESSION_BODY (self->body), self->row, vrf_backend_get_clock (self->backend));
}

static void
update_notice (VrfSessionView *self)
{
  VrfConnection *connection = vrf_backend_get_connection (self->backend);
  VrfConnectionState state = vrf_connection_get_state (connection);
  const GError *error =
      self->editor != NULL
          ? vrf_session_detail_get_error (vrf_session_editor_get_detail (self->editor))
          : NULL;
  g_autofree char *text = NULL;

  if (state == VRF_CONNECTION_OFFLINE || state == VRF_CONNECTION_REFUSED)
    {
      const char *message = vrf_connection_get_message (connection);
      g_autofree char *age = vrf_connection_dup_age_text (connection);

      if (message == NULL)
        message = _ ("The server cannot be reached.");
      if (vrf_connection_get_age_s (connection) >= 0)
        /* Translators: a sentence, then how old what is shown is: "4 min old" */
        text = g_strdup_printf (_ ("%1$s Last updated %2$s."), message, age);
      else
        text = g_strdup (message);
    }
  else if (error != NULL)
    {
      /* Translators: a sentence that says why follows */
      text = g_strdup_printf (_ ("Not everything could be read: %s"), error->message);
    }

  gtk_label_set_text (GTK_LABEL (self->notice_label), text != NULL ? text : "");
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->notice), text != NULL);
}

static void
update_title (VrfSessionView *self)
{
  VrfConnection *connection = vrf_backend_get_connection (self->backend);
  gboolean known = vrf_connection_get_age_s (connection) >= 0;
  VrfEnvironment environment = vrf_backend_get_environment (self->backend);
  g_autofree char *title = self->row != NULL ? vrf_row_dup_title (self->row) : NULL;
  g_autofree char *age = vrf_connection_dup_age_text (connection);
  g_autofree char *subtitle = NULL;

  if (known && self->narrow)
    subtitle = g_strdup_printf (
        "%s · %s", environment == VRF_ENVIRONMENT_LIVE ? _ ("Live") : _ ("Sandbox"), age);
  else if (known)
    /* Translators: how old what is shown is: "updated 1 s ago" */
    subtitle = g_strdup_printf (_ ("updated %s"), age);

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title != NULL ? title : "");
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle != NULL ? subtitle : "");
}

static void
tell_news (VrfSessionView *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || vrf_widget_is_covered (GTK_WIDGET (self)))
    vrf_news_start (&self->said, self->row);
  else
    vrf_news_tell (&self->said, self->row, self->status_box);
}

/* The blue button: what is likely to be done next. */
static GtkWidget *
get_next_step (VrfSessionView *self)
{
  GtkWidget *code = self->narrow ? self->bottom_code_button : self->code_button;
  GtkWidget *next = self->narrow ? self->bottom_next_button : self->next_button;

  return gtk_widget_get_visible (code) && gtk_widget_is_sensitive (code) ? code : next;
}

static void
update (VrfSessionView *self)
{
  gboolean focused = vrf_widget_has_focus_in (GTK_WIDGET (self));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    self->row != NULL ? "page" : "loading");
  update_title (self);
  update_notice (self);
  if (self->row == NULL)
    return;

  update_hero (self);
  update_live (self);
  vrf_session_body_show (VRF_SESSION_BODY (self->body), self->editor, self->reveal, self->busy);
  tell_news (self);
  /* What had the focus cannot be used any more: on to the next step. */
  if (focused && !vrf_widget_has_focus_in (GTK_WIDGET (self)))
    vrf_session_view_focus_next_step (self);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !vrf_row_is_active (self->row)
      && !vrf_row_get_seen (self->row))
    vrf_row_set_seen (self->row, TRUE);
}

static void
tick_cb (VrfSessionView *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  update_title (self);
  update_notice (self);
  if (self->row != NULL && !vrf_row_check_time (self->row))
    update_live (self);
}

static void
revealed_cb (VrfSessionView *self)
{
  if (vrf_reveal_is_on (self->reveal) && self->row != NULL)
    g_info ("personal data of %s revealed", vrf_row_get_id (self->row));
  vrf_session_body_reveal (VRF_SESSION_BODY (self->body), vrf_reveal_is_on (self->reveal));
}

/* Actions */

static void
toast (VrfSessionView *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (escaped));
}

static void
act_started (GtkWidget *widget, VrfAction action)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);

  self->busy = TRUE;
  update (self);
}

static void
act_done (GtkWidget *widget, VrfRow *row, VrfAction action, const GError *error)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);
  g_autofree char *failure = error != NULL ? vrf_act_dup_failure (error) : NULL;
  const char *text = failure != NULL ? failure : vrf_act_get_receipt (action);

  if (row != self->row)
    return;

  self->busy = FALSE;
  update (self);
  if (error == NULL && vrf_row_can_show_qr (self->row)
      && (action == VRF_ACTION_NEW_LINK || action == VRF_ACTION_RESUME))
    g_signal_emit (self, signals[SIGNAL_SHOW_CREATED], 0, self->row);
  else if (text != NULL)
    toast (self, text);
}

static void
edited_cb (VrfSessionView *self, int right, const GError *error)
{
  g_autofree char *failure = error != NULL ? vrf_act_dup_failure (error) : NULL;
  const char *text = failure != NULL ? failure : vrf_session_edits_get_receipt (right);

  if (text != NULL)
    toast (self, text);
}

static const VrfActFuncs act_funcs = { act_started, act_done };

static void
act_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);
  int action = g_variant_get_int32 (parameter);

  if (self->row != NULL && !self->busy && action >= 0 && action < VRF_N_ACTIONS)
    vrf_act_run (widget, self->backend, self->row, (VrfAction) action, &act_funcs);
}

static void
expire_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "session.act", "i", (int) VRF_ACTION_EXPIRE);
}

static void
close_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSE], 0);
}

static void
next_guest_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_NEXT_GUEST], 0);
}

/* Its code, or, where the link died, a new one first. */
static void
show_code_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);

  if (self->row == NULL)
    return;

  if (vrf_row_can_show_qr (self->row))
    g_signal_emit (self, signals[SIGNAL_SHOW_CREATED], 0, self->row);
  else
    gtk_widget_activate_action (widget, "session.act", "i", (int) VRF_ACTION_NEW_LINK);
}

static void
refresh_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);

  if (tracker != NULL)
    vrf_tracker_poke (tracker);
  if (self->editor != NULL)
    vrf_session_detail_refresh (vrf_session_editor_get_detail (self->editor));
}

static void
copy_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);
  gboolean id = g_str_equal (action_name, "session.copy-id");
  const char *text = NULL;

  if (self->row != NULL)
    text = id ? vrf_row_get_id (self->row) : vrf_row_get_external_ref (self->row);
  if (text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  toast (self, id ? _ ("Session ID copied") : _ ("Reference copied"));
}

/* Folding, watching */

static gboolean
is_sandbox (VrfSessionView *self)
{
  return vrf_backend_get_environment (self->backend) == VRF_ENVIRONMENT_SANDBOX;
}

static gboolean
fold_cb (gpointer user_data)
{
  VrfSessionView *self = user_data;
  gboolean focused =
      vrf_widget_has_focus_in (self->hero_buttons) || vrf_widget_has_focus_in (self->bottom_bar);

  self->fold_id = 0;
  gtk_widget_set_visible (self->hero_buttons, !self->narrow);
  gtk_widget_set_visible (self->disc, !self->narrow);
  gtk_widget_set_visible (self->env_tag, !self->narrow);
  gtk_widget_set_visible (self->copy_button, !self->narrow);
  gtk_widget_set_visible (self->bottom_bar, self->narrow);
  gtk_widget_set_visible (self->strip, self->narrow && is_sandbox (self));
  vrf_say_box_set_compact (VRF_SAY_BOX (self->say), !self->narrow);
  update_title (self);
  if (self->row != NULL)
    update_hero (self);
  if (focused)
    vrf_session_view_focus_next_step (self);

  return G_SOURCE_REMOVE;
}

static void
vrf_session_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);
  gboolean narrow = width < NARROW_PX;

  gtk_widget_allocate (self->toasts, width, height, baseline, NULL);
  if (narrow == self->narrow)
    return;

  /* Not while sizes are being given out. */
  self->narrow = narrow;
  if (self->fold_id == 0)
    self->fold_id = g_idle_add (fold_cb, self);
}

static void
vrf_session_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);

  gtk_widget_measure (self->toasts, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* The hero's buttons fold away before they are in the way. */
      *minimum = MIN (*minimum, 320);
      *natural = MAX (*natural, *minimum);
    }
}

static void
vrf_session_view_map (GtkWidget *widget)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);

  GTK_WIDGET_CLASS (vrf_session_view_parent_class)->map (widget);

  vrf_watch_start (&self->watch, self->backend, self->row);
  update (self);
}

static void
vrf_session_view_unmap (GtkWidget *widget)
{
  VrfSessionView *self = VRF_SESSION_VIEW (widget);

  vrf_watch_stop (&self->watch);
  vrf_reveal_close (self->reveal);
  if (self->editor != NULL)
    vrf_pictures_hide (vrf_session_editor_get_pictures (self->editor));

  GTK_WIDGET_CLASS (vrf_session_view_parent_class)->unmap (widget);
}

/* The object */

static void
vrf_session_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfSessionView *self = VRF_SESSION_VIEW (object);

  switch ((VrfSessionViewProperty) prop_id)
    {
    case PROP_ROW:
      g_value_set_object (value, self->row);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_session_view_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  VrfSessionView *self = VRF_SESSION_VIEW (object);

  switch ((VrfSessionViewProperty) prop_id)
    {
    case PROP_ROW:
      vrf_session_view_set_row (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
clear_row (VrfSessionView *self)
{
  vrf_watch_stop (&self->watch);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  if (self->editor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->editor, self);
      vrf_session_editor_stop (self->editor);
    }
  g_clear_object (&self->editor);
  g_clear_object (&self->row);
}

static void
vrf_session_view_dispose (GObject *object)
{
  VrfSessionView *self = VRF_SESSION_VIEW (object);

  clear_row (self);
  g_clear_handle_id (&self->fold_id, g_source_remove);
  g_clear_pointer (&self->toasts, gtk_widget_unparent);
  g_clear_object (&self->reveal);

  G_OBJECT_CLASS (vrf_session_view_parent_class)->dispose (object);
}

static void
vrf_session_view_finalize (GObject *object)
{
  VrfSessionView *self = VRF_SESSION_VIEW (object);

  g_clear_object (&self->backend);
  g_free (self->said);

  G_OBJECT_CLASS (vrf_session_view_parent_class)->finalize (object);
}

static guint
add_signal (VrfSessionViewClass *klass, const char *name, guint n_params)
{
  return g_signal_new (name,
                       G_TYPE_FROM_CLASS (klass),
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       n_params,
                       VRF_TYPE_ROW);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, VrfSessionView, member)

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (VRF_TYPE_CHIP);
  g_type_ensure (VRF_TYPE_ENV_TAG);
  g_type_ensure (VRF_TYPE_RISK_METER);
  g_type_ensure (VRF_TYPE_SAY_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/session/vrf-session-view.ui");
  BIND (toasts);
  BIND (env_tag);
  BIND (title);
  BIND (notice);
  BIND (notice_label);
  BIND (stack);
  BIND (scroller);
  BIND (page_box);
  BIND (disc);
  BIND (disc_icon);
  BIND (reference_label);
  BIND (applicant_label);
  BIND (status_box);
  BIND (status_chip);
  BIND (result_chip);
  BIND (risk_meter);
  BIND (hero_buttons);
  BIND (code_button);
  BIND (next_button);
  BIND (say);
  BIND (copy_button);
  BIND (strip);
  BIND (bottom_bar);
  BIND (bottom_code_button);
  BIND (bottom_next_button);
}

#undef BIND

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "session.act", "i", act_action);
  gtk_widget_class_install_action (widget_class, "session.expire", NULL, expire_action);
  gtk_widget_class_install_action (widget_class, "session.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "session.next-guest", NULL, next_guest_action);
  gtk_widget_class_install_action (widget_class, "session.show-code", NULL, show_code_action);
  gtk_widget_class_install_action (widget_class, "session.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "session.copy-id", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "session.copy-reference", NULL, copy_action);
  vrf_session_edits_install (widget_class);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "session.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "session.expire", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "session.close", NULL);
}

static void
vrf_session_view_class_init (VrfSessionViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = vrf_session_view_get_property;
  object_class->set_property = vrf_session_view_set_property;
  object_class->dispose = vrf_session_view_dispose;
  object_class->finalize = vrf_session_view_finalize;
  widget_class->measure = vrf_session_view_measure;
  widget_class->size_allocate = vrf_session_view_size_allocate;
  widget_class->map = vrf_session_view_map;
  widget_class->unmap = vrf_session_view_unmap;

  properties[PROP_ROW] =
      g_param_spec_object ("row",
                           NULL,
                           NULL,
                           VRF_TYPE_ROW,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CLOSE] = add_signal (klass, "close", 0);
  signals[SIGNAL_NEXT_GUEST] = add_signal (klass, "next-guest", 0);
  signals[SIGNAL_SHOW_CREATED] = add_signal (klass, "show-created", 1);

  bind_template (widget_class);
  install_actions (widget_class);
}

static void
vrf_session_view_init (VrfSessionView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  vrf_say_box_set_compact (VRF_SAY_BOX (self->say), TRUE);
  self->body = vrf_session_body_new ();
  gtk_box_append (GTK_BOX (self->page_box), self->body);
  self->reveal = vrf_reveal_new (GTK_WIDGET (self));
  g_signal_connect_object (
      self->reveal, "changed", G_CALLBACK (revealed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * vrf_session_view_new:
 *
 * Returns: (transfer floating): a page that shows no session yet
 */
GtkWidget *
vrf_session_view_new (VrfBackend *backend)
{
  VrfSessionView *self = NULL;

  g_return_val_if_fail (VRF_IS_BACKEND (backend), NULL);

  self = g_object_new (VRF_TYPE_SESSION_VIEW, NULL);
  self->backend = g_object_ref (backend);
  vrf_env_tag_set_environment (VRF_ENV_TAG (self->env_tag),
                               vrf_environment_to_text (vrf_backend_get_environment (backend)));
  g_signal_connect_object (
      vrf_backend_get_connection (backend), "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * vrf_session_view_get_row:
 *
 * Returns: (transfer none) (nullable): the session that is shown
 */
VrfRow *
vrf_session_view_get_row (VrfSessionView *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_VIEW (self), NULL);

  return self->row;
}

/**
 * vrf_session_view_get_editor:
 *
 * Returns: (transfer none) (nullable)
 */
VrfSessionEditor *
vrf_session_view_get_editor (VrfSessionView *self)
{
  g_return_val_if_fail (VRF_IS_SESSION_VIEW (self), NULL);

  return self->editor;
}

/** vrf_session_view_say: a line that goes away by itself */
void
vrf_session_view_say (VrfSessionView *self, const char *text)
{
  g_return_if_fail (VRF_IS_SESSION_VIEW (self));

  toast (self, text);
}

/**
 * vrf_session_view_set_row:
 * @row: (nullable): the session to show; %NULL while it is being looked for
 */
void
vrf_session_view_set_row (VrfSessionView *self, VrfRow *row)
{
  g_return_if_fail (VRF_IS_SESSION_VIEW (self));
  g_return_if_fail (row == NULL || VRF_IS_ROW (row));

  if (self->row == row)
    return;

  vrf_reveal_close (self->reveal);
  clear_row (self);
  self->busy = FALSE;
  if (row != NULL)
    {
      self->row = g_object_ref (row);
      vrf_news_start (&self->said, row);
      self->editor = vrf_session_editor_new (self->backend, row);
      g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (
          self->editor, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (
          self->editor, "done", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        vrf_watch_start (&self->watch, self->backend, self->row);
    }
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}

/**
 * vrf_session_view_focus_next_step:
 *
 * Puts the focus on the button that is likely to be pressed next: the code, a new link, the next
 * guest. Without a session it goes to the page's first button.
 */
void
vrf_session_view_focus_next_step (VrfSessionView *self)
{
  g_return_if_fail (VRF_IS_SESSION_VIEW (self));

  if (self->row != NULL)
    gtk_widget_grab_focus (get_next_step (self));
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
