/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/created/vrf-created-dialog.h"

#include "desk/created/vrf-link-copy.h"
#include "desk/session/vrf-act.h"
#include "desk/session/vrf-live.h"
#include "desk/session/vrf-news.h"
#include "desk/session/vrf-watch.h"
#include "desk/widgets/vrf-env-tag.h"
#include "desk/widgets/vrf-qr-view.h"
#include "desk/widgets/vrf-risk-meter.h"
#include "desk/widgets/vrf-say-box.h"
#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfCreatedDialog: from the QR code to the result, in one place.
 *
 * The code stands in a stack with the tile that follows it; both ask for the same room, and the
 * window has a size of its own, so nothing moves when the guest's phone takes over. Everything is
 * painted again from the row at each of its changes and once a second.
 */

#define WIDTH_PX 800
#define HEIGHT_PX 535
#define NARROW_PX 740
/* 41 modules and the quiet zone: 7 pixels a module, and 6 on a narrow screen. */
#define QR_SIDE_PX 343
#define QR_SIDE_NARROW_PX 294
#define MARGIN_NARROW_PX 18

struct _VrfCreatedDialog
{
  AdwWindow parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfRow *row;
  VrfWatch watch;  /* while mapped */
  GtkWidget *risk; /* in the tile once there is a result */
  GtkWidget *outcome_button;
  char *said; /* to those who do not see it */

  guint tick_id;
  guint fold_id;
  gboolean narrow;  /* one below the other */
  gboolean busy;    /* an action is on its way */
  gboolean settled; /* blue and focus have moved on from the code */

  /* template */
  GtkWidget *toasts;
  GtkWidget *env_tag;
  GtkWidget *title;
  GtkWidget *menu_button;
  GtkWidget *body;
  GtkWidget *stack;
  GtkWidget *qr;
  GtkWidget *url_label;
  GtkWidget *copy_button;
  GtkWidget *tile;
  GtkWidget *time_box;
  GtkWidget *ring;
  GtkWidget *time_title;
  GtkWidget *time_hint;
  GtkWidget *say;
  GtkWidget *steps;
  GtkWidget *strip;
  GtkWidget *link_button;
  GtkWidget *another_button;
  GtkWidget *another_content;
  GMenuModel *menu;
  GMenuModel *outcomes;
};

G_DEFINE_FINAL_TYPE (VrfCreatedDialog, vrf_created_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_VIEW_SESSION,
  SIGNAL_CREATE_ANOTHER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  const char *name;
  VrfAction action;
} NamedAction;

static const NamedAction session_actions[] = {
  { "created.new-link", VRF_ACTION_NEW_LINK },
  { "created.expire", VRF_ACTION_EXPIRE },
  { "created.resend-invite", VRF_ACTION_RESEND_INVITE },
  { "created.simulate-approve", VRF_ACTION_SIMULATE_APPROVE },
  { "created.simulate-decline", VRF_ACTION_SIMULATE_DECLINE },
  { "created.simulate-review", VRF_ACTION_SIMULATE_REVIEW },
  { "created.simulate-expire", VRF_ACTION_SIMULATE_EXPIRE },
};

/* Of the QR view's own actions. */
static const char *const picture_actions[][2] = {
  { "created.copy-image", "qr.copy-image" },
  { "created.save-png", "qr.save-png" },
  { "created.save-svg", "qr.save-svg" },
};

static void
toast (VrfCreatedDialog *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *message = adw_toast_new (escaped);

  adw_toast_set_timeout (message, 4);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), message);
}

/* Painting */

static gboolean
is_dead_end (VrfCreatedDialog *self)
{
  VrfSessionStatus status = vrf_row_get_status (self->row);

  return status == VRF_SESSION_STATUS_EXPIRED
         || (status == VRF_SESSION_STATUS_PENDING && !vrf_row_can_show_qr (self->row));
}

static void
update_code (VrfCreatedDialog *self)
{
  gboolean shown = vrf_row_can_show_qr (self->row);
  const char *url = shown ? vrf_row_get_capture_url (self->row) : NULL;

  vrf_qr_view_set_text (VRF_QR_VIEW (self->qr), url);
  gtk_label_set_text (GTK_LABEL (self->url_label), url != NULL ? url : "");
  gtk_widget_set_tooltip_text (self->url_label, url);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), shown ? "qr" : "tile");
}

static GtkWidget *
find_tile_child (VrfCreatedDialog *self)
{
  if (vrf_row_get_status (self->row) == VRF_SESSION_STATUS_SANDBOX_PENDING)
    return self->outcome_button;

  return vrf_row_get_risk_level (self->row) != NULL ? self->risk : NULL;
}

static void
update_tile (VrfCreatedDialog *self)
{
  VrfTile *tile = VRF_TILE (self->tile);

  vrf_live_show_tile (tile, self->row);
  vrf_risk_meter_set_level (VRF_RISK_METER (self->risk), vrf_row_get_risk_level (self->row));
  vrf_risk_meter_set_score (VRF_RISK_METER (self->risk), vrf_row_get_risk_score (self->row));
  vrf_tile_set_child (tile, find_tile_child (self));
  if (self->busy)
    vrf_tile_set_busy (tile, TRUE);
}

static void
update_time (VrfCreatedDialog *self)
{
  VrfClock *clock = vrf_backend_get_clock (self->backend);
  gboolean running =
      vrf_live_has_link (self->row, clock) && vrf_live_get_left_s (self->row, clock) > 0;
  g_autofree char *title = vrf_live_dup_title (self->row, clock);
  g_autofree char *hint = vrf_live_dup_hint (self->row);

  gtk_widget_set_visible (self->ring, running);
  if (running)
    vrf_live_show_ring (VRF_RING (self->ring), self->row, clock);
  gtk_label_set_text (GTK_LABEL (self->time_title), title);
  gtk_label_set_text (GTK_LABEL (self->time_hint), hint);
}

static void
update_title (VrfCreatedDialog *self)
{
  gboolean over = !vrf_row_is_active (self->row);
  const char *title = over ? _ ("Verification Finished") : _ ("Verification Created");
  const char *workflow = vrf_row_get_workflow_name (self->row);
  g_autofree char *name = vrf_row_dup_title (self->row);
  g_autofree char *subtitle =
      workflow != NULL ? g_strdup_printf ("%s · %s", name, workflow) : g_strdup (name);
  /* Translators: what a screen reader says; %s is the reference. */
  g_autofree char *code_name = g_strdup_printf (_ ("QR code for %s"), name);

  if (vrf_row_get_status (self->row) == VRF_SESSION_STATUS_EXPIRED)
    title = _ ("Verification Expired");
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
  vrf_qr_view_set_label (VRF_QR_VIEW (self->qr), code_name);
}

static void
update_actions (VrfCreatedDialog *self)
{
  gboolean shown = vrf_row_can_show_qr (self->row);
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (session_actions); i++)
    gtk_widget_action_set_enabled (
        GTK_WIDGET (self),
        session_actions[i].name,
        !self->busy && vrf_lifecycle_refusal (self->row, session_actions[i].action) == NULL);

  for (i = 0; i < G_N_ELEMENTS (picture_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), picture_actions[i][0], shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "created.copy-link", shown);
}

/* Three buttons with their words do not fit a narrow screen: the plus then speaks for itself. */
static void
fit_buttons (VrfCreatedDialog *self)
{
  gboolean tight = self->narrow && gtk_widget_get_visible (self->link_button);

  adw_button_content_set_label (ADW_BUTTON_CONTENT (self->another_content),
                                tight ? "" : _ ("Create _Another"));
}

/* While the code is up nothing is blue: the next step is the guest's. Then it is New Link where the
 * link died, else the next guest; the focus goes with it, so that Space is enough. */
static void
update_next_step (VrfCreatedDialog *self)
{
  gboolean dead = is_dead_end (self);
  gboolean settled = !vrf_row_can_show_qr (self->row);
  gboolean asks = vrf_act_asks (self->row, VRF_ACTION_NEW_LINK);

  gtk_button_set_label (GTK_BUTTON (self->link_button), asks ? _ ("_New Link…") : _ ("_New Link"));
  gtk_widget_set_visible (
      self->link_button, settled && vrf_lifecycle_refusal (self->row, VRF_ACTION_NEW_LINK) == NULL);
  fit_buttons (self);
  vrf_widget_set_class (self->link_button, "suggested-action", dead);
  vrf_widget_set_class (self->another_button, "suggested-action", settled && !dead);

  if (settled != self->settled || (dead && gtk_widget_has_focus (self->another_button)))
    gtk_widget_grab_focus (!settled ? self->copy_button
                           : dead   ? self->link_button
                                    : self->another_button);
  self->settled = settled;
}

static void
update (VrfCreatedDialog *self)
{
  update_title (self);
  update_code (self);
  update_tile (self);
  update_time (self);
  vrf_say_box_set_text (VRF_SAY_BOX (self->say), vrf_lifecycle_say (self->row));
  vrf_live_show_steps (VRF_STEPS (self->steps), self->row);
  update_actions (self);
  update_next_step (self);
  vrf_news_tell (&self->said, self->row, self->time_box);
}

static gboolean
tick_cb (gpointer user_data)
{
  VrfCreatedDialog *self = user_data;

  if (!vrf_row_check_time (self->row))
    update_time (self);

  return G_SOURCE_CONTINUE;
}

/* Actions */

static void
act_started (GtkWidget *widget, VrfAction action)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (widget);

  self->busy = TRUE;
  update (self);
}

static void
act_done (GtkWidget *widget, VrfRow *row, VrfAction action, const GError *error)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (widget);
  g_autofree char *failure = error != NULL ? vrf_act_dup_failure (error) : NULL;
  const char *text = failure != NULL ? failure : vrf_act_get_receipt (action);

  self->busy = FALSE;
  update (self);
  if (text != NULL)
    toast (self, text);
}

static const VrfActFuncs act_funcs = { act_started, act_done };

static void
session_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (widget);
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (session_actions); i++)
    if (g_str_equal (session_actions[i].name, action_name))
      vrf_act_run (widget, self->backend, self->row, session_actions[i].action, &act_funcs);
}

static void
picture_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (widget);
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (picture_actions); i++)
    if (g_str_equal (picture_actions[i][0], action_name))
      gtk_widget_activate_action (self->qr, picture_actions[i][1], NULL);
}

static void
copy_link_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (widget);

  vrf_link_copy (gtk_widget_get_clipboard (widget), self->row);
  toast (self, _ ("Link copied"));
}

static void
copied_cb (VrfCreatedDialog *self, const char *what)
{
  vrf_link_copy_follow (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->row);
  toast (self, g_strcmp0 (what, "image") == 0 ? _ ("QR code copied") : _ ("Link copied"));
}

static void
saved_cb (VrfCreatedDialog *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  toast (self, text);
}

static void
view_session_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (VrfCreatedDialog) self = g_object_ref (VRF_CREATED_DIALOG (widget));
  g_autoptr (VrfRow) row = g_object_ref (self->row);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[SIGNAL_VIEW_SESSION], 0, row);
}

static void
create_another_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (VrfCreatedDialog) self = g_object_ref (VRF_CREATED_DIALOG (widget));

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[SIGNAL_CREATE_ANOTHER], 0);
}

/* The window */

/* A tag in the header, or, where the title needs that room, the hatch above the buttons. */
static void
update_environment (VrfCreatedDialog *self)
{
  gboolean sandbox = self->row != NULL && vrf_row_get_is_sandbox (self->row);

  gtk_widget_set_visible (self->env_tag, !self->narrow);
  gtk_widget_set_visible (self->strip, self->narrow && sandbox);
}

/* Code and words beside each other, or one below the other. */
static void
apply_shape (VrfCreatedDialog *self)
{
  gboolean narrow = self->narrow;

  update_environment (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->body), narrow ? 24 : 32);
  gtk_widget_set_margin_start (self->body, narrow ? MARGIN_NARROW_PX : 28);
  gtk_widget_set_margin_end (self->body, narrow ? MARGIN_NARROW_PX : 28);
  vrf_qr_view_set_side_px (VRF_QR_VIEW (self->qr), narrow ? QR_SIDE_NARROW_PX : QR_SIDE_PX);
  vrf_tile_set_compact (VRF_TILE (self->tile), narrow);
  /* Down to the foot of the link's box; one below the other there is nothing to line up with. */
  gtk_widget_set_vexpand (self->steps, !narrow);
  fit_buttons (self);
}

static void
fit_to_parent_cb (VrfCreatedDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  int width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  int height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  self->narrow = width > 0 && width < NARROW_PX;
  gtk_window_set_default_size (GTK_WINDOW (self),
                               self->narrow ? MIN (width, 360 + 48) : WIDTH_PX,
                               self->narrow && height > 0 ? height : HEIGHT_PX);
  apply_shape (self);
}

static gboolean
fold_cb (gpointer user_data)
{
  VrfCreatedDialog *self = user_data;

  self->fold_id = 0;
  apply_shape (self);

  return G_SOURCE_REMOVE;
}

/* A person may give the open dialog another width. The shape must not change while sizes are being
 * given out: later, but before the next frame. */
static void
vrf_created_dialog_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (widget);
  gboolean narrow = FALSE;

  GTK_WIDGET_CLASS (vrf_created_dialog_parent_class)
      ->size_allocate (widget, width, height, baseline);

  narrow = width < NARROW_PX;
  if (narrow == self->narrow)
    return;

  self->narrow = narrow;
  if (self->fold_id == 0)
    self->fold_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, fold_cb, self, NULL);
}

static void
vrf_created_dialog_map (GtkWidget *widget)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (widget);

  GTK_WIDGET_CLASS (vrf_created_dialog_parent_class)->map (widget);

  self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  vrf_watch_start (&self->watch, self->backend, self->row);
}

static void
vrf_created_dialog_unmap (GtkWidget *widget)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  vrf_watch_stop (&self->watch);

  GTK_WIDGET_CLASS (vrf_created_dialog_parent_class)->unmap (widget);
}

static void
vrf_created_dialog_dispose (GObject *object)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->fold_id, g_source_remove);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_clear_object (&self->risk);
  g_clear_object (&self->outcome_button);
  vrf_watch_stop (&self->watch);

  G_OBJECT_CLASS (vrf_created_dialog_parent_class)->dispose (object);
}

static void
vrf_created_dialog_finalize (GObject *object)
{
  VrfCreatedDialog *self = VRF_CREATED_DIALOG (object);

  g_clear_object (&self->row);
  g_clear_object (&self->backend);
  g_free (self->said);

  G_OBJECT_CLASS (vrf_created_dialog_parent_class)->finalize (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, VrfCreatedDialog, member)

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (VRF_TYPE_ENV_TAG);
  g_type_ensure (VRF_TYPE_QR_VIEW);
  g_type_ensure (VRF_TYPE_RING);
  g_type_ensure (VRF_TYPE_SAY_BOX);
  g_type_ensure (VRF_TYPE_STEPS);
  g_type_ensure (VRF_TYPE_TILE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/withverifa/Desk/created/vrf-created-dialog.ui");
  BIND (toasts);
  BIND (env_tag);
  BIND (title);
  BIND (menu_button);
  BIND (body);
  BIND (stack);
  BIND (qr);
  BIND (url_label);
  BIND (copy_button);
  BIND (tile);
  BIND (time_box);
  BIND (ring);
  BIND (time_title);
  BIND (time_hint);
  BIND (say);
  BIND (steps);
  BIND (strip);
  BIND (link_button);
  BIND (another_button);
  BIND (another_content);
  BIND (menu);
  BIND (outcomes);
}

#undef BIND

static void
install_actions (GtkWidgetClass *widget_class)
{
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (session_actions); i++)
    gtk_widget_class_install_action (widget_class, session_actions[i].name, NULL, session_action);
  for (i = 0; i < G_N_ELEMENTS (picture_actions); i++)
    gtk_widget_class_install_action (widget_class, picture_actions[i][0], NULL, picture_action);
  gtk_widget_class_install_action (widget_class, "created.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "created.view-session", NULL, view_session_action);
  gtk_widget_class_install_action (
      widget_class, "created.create-another", NULL, create_another_action);

  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "created.copy-link", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "created.expire", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "created.create-another", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
vrf_created_dialog_class_init (VrfCreatedDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = vrf_created_dialog_dispose;
  object_class->finalize = vrf_created_dialog_finalize;
  widget_class->map = vrf_created_dialog_map;
  widget_class->unmap = vrf_created_dialog_unmap;
  widget_class->size_allocate = vrf_created_dialog_size_allocate;

  signals[SIGNAL_VIEW_SESSION] = g_signal_new ("view-session",
                                               G_TYPE_FROM_CLASS (klass),
                                               G_SIGNAL_RUN_LAST,
                                               0,
                                               NULL,
                                               NULL,
                                               NULL,
                                               G_TYPE_NONE,
                                               1,
                                               VRF_TYPE_ROW);
  signals[SIGNAL_CREATE_ANOTHER] = g_signal_new ("create-another",
                                                 G_TYPE_FROM_CLASS (klass),
                                                 G_SIGNAL_RUN_LAST,
                                                 0,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 G_TYPE_NONE,
                                                 0);

  bind_template (widget_class);
  install_actions (widget_class);
}

static void
vrf_created_dialog_init (VrfCreatedDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->risk = g_object_ref_sink (vrf_risk_meter_new ());
  gtk_widget_set_halign (self->risk, GTK_ALIGN_CENTER);

  self->outcome_button = g_object_ref_sink (gtk_menu_button_new ());
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->outcome_button), _ ("Choose Outcome"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outcome_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose Outcome"), -1);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->outcome_button), self->outcomes);
  gtk_widget_set_halign (self->outcome_button, GTK_ALIGN_CENTER);

  g_signal_connect_swapped (self->qr, "copied", G_CALLBACK (copied_cb), self);
  g_signal_connect_swapped (self->qr, "saved", G_CALLBACK (saved_cb), self);
  g_signal_connect_swapped (self->qr, "failed", G_CALLBACK (toast), self);
  g_signal_connect (self, "notify::transient-for", G_CALLBACK (fit_to_parent_cb), NULL);
  fit_to_parent_cb (self);
}

static void
add_outcomes (VrfCreatedDialog *self)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append_submenu (section, _ ("Choose _Outcome"), self->outcomes);
  g_menu_append_section (G_MENU (self->menu), NULL, G_MENU_MODEL (section));
}

/**
 * vrf_created_dialog_new:
 * @row: the session to hand over; may be in any state
 *
 * Returns: (transfer none): the dialog; set its parent and present it
 */
VrfCreatedDialog *
vrf_created_dialog_new (VrfBackend *backend, VrfRow *row)
{
  VrfCreatedDialog *self = NULL;

  g_return_val_if_fail (VRF_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (VRF_IS_ROW (row), NULL);

  self = g_object_new (VRF_TYPE_CREATED_DIALOG, NULL);
  self->backend = g_object_ref (backend);
  self->row = g_object_ref (row);
  vrf_env_tag_set_environment (VRF_ENV_TAG (self->env_tag),
                               vrf_environment_to_text (vrf_backend_get_environment (backend)));
  if (vrf_row_get_is_sandbox (row))
    add_outcomes (self);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), self->menu);

  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->settled = !vrf_row_can_show_qr (row);
  update_environment (self);
  vrf_news_start (&self->said, row);
  update (self);
  gtk_window_set_focus (GTK_WINDOW (self),
                        !self->settled       ? self->copy_button
                        : is_dead_end (self) ? self->link_button
                                             : self->another_button);

  return self;
}
