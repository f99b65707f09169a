/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>

#include "desk/window/vrf-list-stack.h"

#include "desk/widgets/vrf-skeleton-rows.h"
#include "desk/widgets/vrf-widget-util.h"
#include "desk/window/vrf-connection-news.h"
#include "desk/window/vrf-notice-bar.h"

/* A clock that is less off is told to nobody. */
#define CLOCK_TOLERANCE_US (2 * G_TIME_SPAN_MINUTE)

struct _VrfListStack
{
  GtkWidget parent_instance;

  /* owned */
  VrfBackend *backend;

  /* template */
  GtkWidget *box;
  VrfNoticeBar *notice;
  GtkStack *stack;
  AdwBin *rows_bin;
  GtkWidget *loading;
  AdwStatusPage *message;
  GtkButton *message_button;

  VrfListState state;
  gboolean stopped;
  gboolean clock_noted; /* somebody has read about the clock */
};

G_DEFINE_FINAL_TYPE (VrfListStack, vrf_list_stack, GTK_TYPE_WIDGET)

static const char *
get_reason (VrfListStack *self)
{
  const GError *error = vrf_backend_get_error (self->backend);

  if (vrf_backend_get_state (self->backend) == VRF_BACKEND_FAILED)
    return error != NULL ? error->message : NULL;

  return vrf_connection_get_message (vrf_backend_get_connection (self->backend));
}

static void
update_message (VrfListStack *self, const VrfListQuery *query)
{
  g_autofree char *description = NULL;
  const VrfListWords words = {
    .view = query->view,
    .search = query->search,
    .filters = query->filters,
    .reason = get_reason (self),
    .wait_s = vrf_connection_get_wait_s (vrf_backend_get_connection (self->backend)),
  };
  g_auto (VrfListMessage) message = { 0 };

  vrf_list_message_init (&message, self->state, &words);
  /* The page reads markup; what was typed or answered is none. */
  description = g_markup_escape_text (message.description, -1);
  adw_status_page_set_icon_name (self->message, message.icon_name);
  adw_status_page_set_title (self->message, message.title);
  adw_status_page_set_description (self->message, description);
  gtk_button_set_label (self->message_button, message.button);
  vrf_button_set_action (self->message_button, message.action);
  vrf_widget_set_class (GTK_WIDGET (self->message_button), "suggested-action", message.suggested);
}

/* Our own sandbox's clock may run as it likes. */
static gboolean
is_clock_off (VrfListStack *self)
{
  VrfApiClient *client = vrf_backend_get_client (self->backend);
  gint64 skew_us = vrf_clock_get_skew_us (vrf_backend_get_clock (self->backend));

  return client != NULL && !self->clock_noted && !vrf_api_client_is_our_sandbox (client)
         && ABS (skew_us) > CLOCK_TOLERANCE_US;
}

static void
vrf_list_stack_dispose (GObject *object)
{
  VrfListStack *self = VRF_LIST_STACK (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (vrf_list_stack_parent_class)->dispose (object);
}

static void
vrf_list_stack_class_init (VrfListStackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_list_stack_dispose;

  g_type_ensure (VRF_TYPE_NOTICE_BAR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/vrf-list-stack.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfListStack, box);
  gtk_widget_class_bind_template_child (widget_class, VrfListStack, notice);
  gtk_widget_class_bind_template_child (widget_class, VrfListStack, stack);
  gtk_widget_class_bind_template_child (widget_class, VrfListStack, rows_bin);
  gtk_widget_class_bind_template_child (widget_class, VrfListStack, loading);
  gtk_widget_class_bind_template_child (widget_class, VrfListStack, message);
  gtk_widget_class_bind_template_child (widget_class, VrfListStack, message_button);
}

static void
vrf_list_stack_init (VrfListStack *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vrf_list_stack_setup (VrfListStack *self, VrfBackend *backend, GtkWidget *rows)
{
  self->backend = g_object_ref (backend);
  adw_bin_set_child (self->rows_bin, rows);
  gtk_box_append (GTK_BOX (self->loading), vrf_skeleton_rows_new ());
  vrf_connection_news_follow (vrf_backend_get_connection (backend), GTK_WIDGET (self->notice));
}

void
vrf_list_stack_update (VrfListStack *self, const VrfListQuery *query)
{
  VrfConnection *connection = vrf_backend_get_connection (self->backend);
  VrfListFacts facts = {
    .backend = vrf_backend_get_state (self->backend),
    .connection = vrf_connection_get_state (connection),
    .answered = vrf_connection_get_age_s (connection) >= 0,
    .stopped = self->stopped,
    .searching = *query->search != '\0',
    .filtering = *query->filters != '\0',
    .clock_off = is_clock_off (self),
    .n_known = g_list_model_get_n_items (G_LIST_MODEL (vrf_backend_get_rows (self->backend))),
    .n_found = query->n_found,
  };

  self->state = vrf_list_state_pick (&facts);
  switch (self->state)
    {
    case VRF_LIST_ROWS:
      gtk_stack_set_visible_child_name (self->stack, "rows");
      break;
    case VRF_LIST_LOADING:
      gtk_stack_set_visible_child_name (self->stack, "loading");
      break;
    case VRF_LIST_STOPPED:
    case VRF_LIST_EMPTY:
    case VRF_LIST_EMPTY_VIEW:
    case VRF_LIST_NO_RESULTS:
    case VRF_LIST_OFFLINE:
    case VRF_LIST_REFUSED:
    case VRF_LIST_FAILED:
    case VRF_N_LIST_STATES:
    default:
      update_message (self, query);
      gtk_stack_set_visible_child_name (self->stack, "message");
      break;
    }
  vrf_notice_bar_show (
      self->notice, vrf_list_bar_pick (&facts), connection, vrf_backend_get_clock (self->backend));
}

gboolean
vrf_list_stack_is_timed (VrfListStack *self)
{
  return self->state == VRF_LIST_OFFLINE || vrf_notice_bar_is_shown (self->notice);
}

VrfListState
vrf_list_stack_get_state (VrfListStack *self)
{
  return self->state;
}

const char *
vrf_list_stack_get_shown (VrfListStack *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

void
vrf_list_stack_set_stopped (VrfListStack *self, gboolean stopped)
{
  self->stopped = stopped;
}

void
vrf_list_stack_hide_clock (VrfListStack *self)
{
  self->clock_noted = TRUE;
}

void
vrf_list_stack_set_button_visible (VrfListStack *self, gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (self->message_button), visible);
}
