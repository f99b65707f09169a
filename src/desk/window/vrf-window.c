/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-window.h"

#include "desk/activity/vrf-activity-action.h"
#include "desk/outbox/vrf-outbox-action.h"
#include "desk/session/vrf-session-peek.h"
#include "desk/session/vrf-session-view.h"
#include "desk/window/vrf-flow.h"
#include "desk/window/vrf-ages.h"
#include "desk/window/vrf-list-page.h"
#include "desk/window/vrf-remembered.h"
#include "desk/window/vrf-sidebar.h"
#include "desk/window/vrf-view-options.h"

struct _VrfWindow
{
  AdwApplicationWindow parent_instance;

  /* owned */
  VrfBackend *backend;
  GSettings *settings;
  VrfTicker *ticker;
  VrfViewCounts *counts;
  VrfFlow *flow;
  GCancellable *cancellable;
  char *awaited_id; /* the session to show once the backend is ready */
  guint present_id; /* timeout: the first picture waits no longer for rows */

  /* template */
  AdwToastOverlay *toasts;
  AdwLeaflet *pages;
  AdwLeaflet *outer;
  AdwLeaflet *inner;
  VrfSidebar *sidebar;
  VrfListPage *list;
  AdwBin *peek_bin;
  AdwBin *session_bin;
  AdwBin *activity_bin;

  /* borrowed: children, made when first needed */
  VrfSessionPeek *peek;
  VrfSessionView *session;

  gboolean peek_wanted;
};

G_DEFINE_FINAL_TYPE (VrfWindow, vrf_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_enabled (VrfWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
shows_session (VrfWindow *self)
{
  return adw_leaflet_get_visible_child (self->pages) == GTK_WIDGET (self->session_bin);
}

/* The peek beside the table */

static void
open_peeked_cb (VrfWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", NULL);
}

static void
close_peek_cb (VrfWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.peek", NULL);
}

static void
ensure_peek (VrfWindow *self)
{
  if (self->peek != NULL)
    return;

  self->peek = VRF_SESSION_PEEK (vrf_session_peek_new (self->backend));
  g_signal_connect_object (
      self->peek, "open-page", G_CALLBACK (open_peeked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->peek, "close", G_CALLBACK (close_peek_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->peek_bin, GTK_WIDGET (self->peek));
}

/* It polls its session, so it has one only while it can be seen. */
static void
update_peek (VrfWindow *self)
{
  VrfRow *row = vrf_list_page_get_selected (self->list);
  gboolean shown = row != NULL && self->peek_wanted;
  gboolean seen = shown && !adw_leaflet_get_folded (self->inner);

  gtk_widget_set_visible (GTK_WIDGET (self->peek_bin), shown);
  if (shown)
    ensure_peek (self);
  if (self->peek != NULL)
    vrf_session_peek_set_row (self->peek, seen ? row : NULL);
  vrf_list_page_set_show_end_buttons (self->list, !seen);
  set_enabled (self, "open", row != NULL);
}

static void
selection_cb (VrfWindow *self)
{
  if (self->backend != NULL)
    update_peek (self);
}

static void
folded_cb (VrfWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->outer);

  if (self->backend == NULL)
    return;

  vrf_sidebar_set_show_end_buttons (self->sidebar, folded);
  vrf_list_page_set_folded (self->list, folded);
  update_peek (self);
}

/* The session page */

static void
leave_session (VrfWindow *self)
{
  VrfRow *row = self->session != NULL ? vrf_session_view_get_row (self->session) : NULL;

  if (!shows_session (self))
    return;

  if (row != NULL)
    vrf_list_page_select (self->list, row);
  adw_leaflet_set_visible_child (self->pages, GTK_WIDGET (self->outer));
  vrf_list_page_focus_rows (self->list);
}

static void
next_guest_cb (VrfWindow *self)
{
  leave_session (self);
  vrf_flow_start (self->flow, NULL);
}

static void
show_created_cb (VrfWindow *self, VrfRow *row)
{
  vrf_flow_show_created (self->flow, row);
}

static void
ensure_session (VrfWindow *self)
{
  if (self->session != NULL)
    return;

  self->session = VRF_SESSION_VIEW (vrf_session_view_new (self->backend));
  g_signal_connect_object (
      self->session, "close", G_CALLBACK (leave_session), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->session, "next-guest", G_CALLBACK (next_guest_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->session, "show-created", G_CALLBACK (show_created_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->session_bin, GTK_WIDGET (self->session));
}

static void
open_session (VrfWindow *self, VrfRow *row)
{
  ensure_session (self);
  vrf_session_view_set_row (self->session, row);
  vrf_list_page_select (self->list, row);
  adw_leaflet_set_visible_child (self->pages, GTK_WIDGET (self->session_bin));
  /* On the next step, wherever the focus was when this page was left. */
  vrf_session_view_focus_next_step (self->session);
}

static void
page_changed_cb (VrfWindow *self)
{
  gboolean session;

  if (self->backend == NULL)
    return;

  session = shows_session (self);
  vrf_list_page_set_key_capture (self->list, session ? NULL : GTK_WIDGET (self));
  set_enabled (self, "close-session", session);
  if (!session && self->session != NULL && !adw_leaflet_get_child_transition_running (self->pages))
    vrf_session_view_set_row (self->session, NULL);
}

static void
list_activate_cb (VrfWindow *self, VrfRow *row)
{
  open_session (self, row);
}

/* A session asked for by its id */

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfRow) row = vrf_backend_find_finish (VRF_BACKEND (source), result, &error);

  if (row != NULL)
    open_session (self, row);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    vrf_window_add_toast (self, error->message);
}

static void
show_awaited (VrfWindow *self)
{
  g_autofree char *id = NULL;

  if (self->awaited_id == NULL || vrf_backend_get_state (self->backend) != VRF_BACKEND_READY)
    return;

  id = g_steal_pointer (&self->awaited_id);
  vrf_backend_find_async (self->backend, id, self->cancellable, found_cb, g_object_ref (self));
}

/* Following the backend */

/* Whether the counters count everything: what was read once, if the server has no more by now. */
static void
update_complete (VrfWindow *self)
{
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);
  VrfMemory *memory = vrf_backend_get_memory (self->backend);
  int total = tracker != NULL ? vrf_tracker_get_server_total (tracker) : -1;
  gboolean complete = tracker != NULL && vrf_tracker_get_complete (tracker);

  if (vrf_memory_get_complete (memory)
      && (guint) MAX (total, 0) <= vrf_memory_get_n_sessions (memory))
    complete = TRUE;
  vrf_view_counts_set_complete (self->counts, complete);
}

static void
problem_cb (VrfWindow *self, GParamSpec *pspec, VrfMemory *memory)
{
  if (vrf_memory_get_problem (memory) != NULL)
    vrf_window_add_toast (self, vrf_memory_get_problem (memory));
}

static void
backend_state_cb (VrfWindow *self)
{
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);

  if (tracker != NULL && vrf_backend_get_state (self->backend) == VRF_BACKEND_READY)
    {
      g_signal_connect_object (
          tracker, "notify::complete", G_CALLBACK (update_complete), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (
          tracker, "notify::server-total", G_CALLBACK (update_complete), self, G_CONNECT_SWAPPED);
      update_complete (self);
    }
  show_awaited (self);
}

static void
flow_closed_cb (VrfWindow *self)
{
  if (!shows_session (self))
    vrf_list_page_focus_rows (self->list);
}

static void
flow_created_cb (VrfWindow *self, VrfRow *row)
{
  vrf_list_page_select (self->list, row);
}

static void
surface_state_cb (VrfWindow *self, GParamSpec *pspec, GdkToplevel *surface)
{
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);
  gboolean hidden = (gdk_toplevel_get_state (surface) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;

  vrf_ticker_set_running (self->ticker, !hidden);
  if (tracker != NULL)
    vrf_tracker_set_hidden (tracker, hidden);
}

/* Actions */

static void
new_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  vrf_flow_start (self->flow, NULL);
}

static void
search_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  leave_session (self);
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
  vrf_list_page_start_search (self->list);
}

static void
clear_search_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  vrf_list_page_clear_search (self->list);
}

static void
filters_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  leave_session (self);
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
  vrf_list_page_open_filters (self->list);
}

static void
clear_filters_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  vrf_list_page_clear_filters (self->list);
}

static void
refresh_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);

  vrf_list_page_set_stopped (self->list, FALSE);
  if (vrf_backend_get_state (self->backend) == VRF_BACKEND_FAILED)
    vrf_backend_start (self->backend);
  else if (tracker != NULL)
    {
      vrf_tracker_start (tracker);
      vrf_tracker_poke (tracker);
    }
}

static void
stop_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);

  if (tracker != NULL)
    vrf_tracker_stop (tracker);
  vrf_list_page_set_stopped (self->list, TRUE);
}

static void
hide_notice_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  vrf_list_page_hide_notice (self->list);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;
  VrfRow *row = vrf_list_page_get_selected (self->list);

  if (row != NULL)
    open_session (self, row);
}

static void
close_session_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  leave_session (user_data);
}

static void
peek_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  /* Where there is no room for it, the page shows the same. */
  if (adw_leaflet_get_folded (self->inner) && self->peek_wanted)
    {
      open_action (NULL, NULL, self);
      return;
    }
  self->peek_wanted = !self->peek_wanted;
  update_peek (self);
  if (!self->peek_wanted)
    vrf_list_page_focus_rows (self->list);
}

static void
show_session_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  vrf_window_show_session (user_data, g_variant_get_string (parameter, NULL));
}

static void
show_list_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
}

static void
show_sidebar_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;

  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->sidebar));
}

static gboolean
has_focus (VrfWindow *self, GtkWidget *pane)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && (focus == pane || gtk_widget_is_ancestor (focus, pane));
}

/* The rows of another view; the arrows go on in the sidebar when that is where they are. */
static void
follow_view (VrfWindow *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list))
      && !has_focus (self, GTK_WIDGET (self->sidebar)))
    vrf_list_page_focus_rows (self->list);
}

static void
view_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;
  VrfView view = vrf_view_from_nick (g_variant_get_string (parameter, NULL));

  g_simple_action_set_state (action, g_variant_new_string (vrf_view_get_nick (view)));
  g_settings_set_string (self->settings, "view", vrf_view_get_nick (view));
  vrf_sidebar_set_view (self->sidebar, view);
  vrf_list_page_set_view (self->list, view);
  leave_session (self);
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
  follow_view (self);
}

/* F6 and Shift+F6 go round the panes that are seen. */
static void
pane_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  VrfWindow *self = user_data;
  GtkWidget *const panes[] = { GTK_WIDGET (self->sidebar),
                               GTK_WIDGET (self->list),
                               GTK_WIDGET (self->peek_bin) };
  int step = g_variant_get_int32 (parameter);
  int n = G_N_ELEMENTS (panes);
  int from = step > 0 ? -1 : n;

  if (shows_session (self))
    return;

  for (int i = 0; i < n; i++)
    if (has_focus (self, panes[i]))
      from = i;
  for (int i = 1; i <= n; i++)
    {
      int next = (from + i * step + 2 * n) % n;

      if (!gtk_widget_get_child_visible (panes[next]) || !gtk_widget_get_mapped (panes[next]))
        continue;
      if (panes[next] == GTK_WIDGET (self->list))
        vrf_list_page_focus_rows (self->list);
      else if (panes[next] == GTK_WIDGET (self->sidebar))
        vrf_sidebar_focus_view (self->sidebar);
      else if (!gtk_widget_child_focus (panes[next], GTK_DIR_TAB_FORWARD))
        continue;
      return;
    }
}

static const GActionEntry actions[] = {
  { .name = "new", .activate = new_action },
  { .name = "search", .activate = search_action },
  { .name = "clear-search", .activate = clear_search_action },
  { .name = "filters", .activate = filters_action },
  { .name = "clear-filters", .activate = clear_filters_action },
  { .name = "refresh", .activate = refresh_action },
  { .name = "stop", .activate = stop_action },
  { .name = "hide-notice", .activate = hide_notice_action },
  { .name = "open", .activate = open_action },
  { .name = "peek", .activate = peek_action },
  { .name = "close-session", .activate = close_session_action },
  { .name = "show-session", .activate = show_session_action, .parameter_type = "s" },
  { .name = "show-list", .activate = show_list_action },
  { .name = "show-sidebar", .activate = show_sidebar_action },
  { .name = "view", .activate = view_action, .parameter_type = "s", .state = "'today'" },
  { .name = "pane", .activate = pane_action, .parameter_type = "i" },
};

/* Window */

static void
save_size (VrfWindow *self)
{
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  if (maximized || width <= 0 || height <= 0)
    return;
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
}

static gboolean
vrf_window_close_request (GtkWindow *window)
{
  save_size (VRF_WINDOW (window));

  return GTK_WINDOW_CLASS (vrf_window_parent_class)->close_request (window);
}

static void
vrf_window_realize (GtkWidget *widget)
{
  VrfWindow *self = VRF_WINDOW (widget);

  GTK_WIDGET_CLASS (vrf_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)),
                           "notify::state",
                           G_CALLBACK (surface_state_cb),
                           self,
                           G_CONNECT_SWAPPED);
  vrf_ticker_set_running (self->ticker, TRUE);
}

static void
vrf_window_dispose (GObject *object)
{
  VrfWindow *self = VRF_WINDOW (object);

  g_clear_handle_id (&self->present_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->flow);
  if (self->ticker != NULL)
    vrf_ticker_set_running (self->ticker, FALSE);
  if (self->backend != NULL)
    vrf_backend_stop (self->backend);
  self->peek = NULL;
  self->session = NULL;
  g_clear_object (&self->counts);
  g_clear_object (&self->ticker);
  g_clear_object (&self->backend);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->awaited_id, g_free);

  G_OBJECT_CLASS (vrf_window_parent_class)->dispose (object);
}

static void
vrf_window_class_init (VrfWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_window_dispose;
  widget_class->realize = vrf_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = vrf_window_close_request;

  g_type_ensure (VRF_TYPE_SIDEBAR);
  g_type_ensure (VRF_TYPE_LIST_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/withverifa/Desk/vrf-window.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, outer);
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, inner);
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, list);
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, peek_bin);
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, session_bin);
  gtk_widget_class_bind_template_child (widget_class, VrfWindow, activity_bin);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.close-session", NULL);
}

static void
vrf_window_init (VrfWindow *self)
{
  self->peek_wanted = TRUE;
  self->cancellable = g_cancellable_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
restore_size (VrfWindow *self)
{
  int width = g_settings_get_int (self->settings, "window-width");
  int height = g_settings_get_int (self->settings, "window-height");
  int sidebar_width;

  if (width > 0 && height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  gtk_widget_get_size_request (GTK_WIDGET (self->sidebar), &sidebar_width, NULL);
  vrf_list_page_expect_width (self->list, width - sidebar_width);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/* The rows of the first picture, before anybody has asked a server. Whose day it is only this
 * computer can say by then. */
static void
recall (VrfWindow *self)
{
  VrfMemory *memory = vrf_backend_get_memory (self->backend);
  g_autofree char *view = g_settings_get_string (self->settings, "view");
  g_autofree char *column = NULL;
  VrfTableQuery query = { .view = vrf_view_from_nick (view),
                          .midnight_us = vrf_age_midnight (g_get_real_time ()) };
  VrfIndexQuery remembered;

  g_settings_get (self->settings, "sort", "(sb)", &column, &query.descending);
  query.sort = vrf_column_from_id (column, VRF_COLUMN_CREATED);
  remembered = vrf_remembered_query (&query);
  g_signal_connect_object (
      memory, "notify::problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  vrf_memory_recall (memory, &remembered, VRF_TABLE_MODEL_FIRST);
}

VrfWindow *
vrf_window_new (GtkApplication *application, VrfBackend *backend)
{
  VrfWindow *self = g_object_new (VRF_TYPE_WINDOW, "application", application, NULL);
  g_autofree char *view = NULL;

  self->settings = g_settings_new ("com.withverifa.Desk");
  self->backend = g_object_ref (backend);
  self->ticker = vrf_ticker_new (vrf_backend_get_clock (backend));
  recall (self);
  self->counts = vrf_view_counts_new (
      vrf_backend_get_rows (backend), self->ticker, vrf_backend_get_memory (backend));
  g_signal_connect_object (vrf_backend_get_memory (backend),
                           "counted",
                           G_CALLBACK (update_complete),
                           self,
                           G_CONNECT_SWAPPED);
  update_complete (self);
  self->flow = vrf_flow_new (GTK_WINDOW (self), backend);
  g_signal_connect_object (
      self->flow, "view-session", G_CALLBACK (open_session), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->flow, "created", G_CALLBACK (flow_created_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->flow, "closed", G_CALLBACK (flow_closed_cb), self, G_CONNECT_SWAPPED);

  vrf_activity_install (GTK_APPLICATION_WINDOW (self), self->activity_bin, backend);
  vrf_outbox_install (GTK_APPLICATION_WINDOW (self), backend);
  vrf_view_options_install (G_ACTION_MAP (self), self->settings);
  vrf_sidebar_setup (self->sidebar, backend, self->counts);
  restore_size (self);
  vrf_list_page_setup (self->list, backend, self->counts, self->ticker, self->settings);
  view = g_settings_get_string (self->settings, "view");
  g_action_group_activate_action (G_ACTION_GROUP (self), "view", g_variant_new_string (view));
  folded_cb (self);
  page_changed_cb (self);

  g_signal_connect_object (
      backend, "notify::state", G_CALLBACK (backend_state_cb), self, G_CONNECT_SWAPPED);
  vrf_backend_start (backend);
  backend_state_cb (self);

  return self;
}

/* The built-in sandbox answers sooner than a picture is painted. Painting one without rows first
 * would only hold the rows up. */
#define FIRST_ANSWER_MS 100

static gboolean
has_first_answer (VrfWindow *self)
{
  return vrf_backend_get_state (self->backend) == VRF_BACKEND_FAILED
         || vrf_connection_get_state (vrf_backend_get_connection (self->backend))
                != VRF_CONNECTION_CONNECTING;
}

static gboolean
present_cb (gpointer user_data)
{
  VrfWindow *self = VRF_WINDOW (user_data);

  self->present_id = 0;
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
first_answer_cb (VrfWindow *self)
{
  if (self->present_id == 0 || !has_first_answer (self))
    return;
  /* After the list has taken the rows in, before anything is painted. */
  g_source_remove (self->present_id);
  self->present_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 2, present_cb, self, NULL);
}

/**
 * vrf_window_present:
 * @self: a window
 *
 * Shows the window, the first time with its rows if they come within a few frames.
 */
void
vrf_window_present (VrfWindow *self)
{
  if (self->present_id != 0)
    return;
  if (gtk_widget_get_visible (GTK_WIDGET (self)) || !vrf_backend_is_builtin (self->backend)
      || has_first_answer (self))
    {
      gtk_window_present (GTK_WINDOW (self));
      return;
    }
  g_signal_connect_object (vrf_backend_get_connection (self->backend),
                           "notify::state",
                           G_CALLBACK (first_answer_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->backend, "notify::state", G_CALLBACK (first_answer_cb), self, G_CONNECT_SWAPPED);
  self->present_id = g_timeout_add (FIRST_ANSWER_MS, present_cb, self);
}

VrfBackend *
vrf_window_get_backend (VrfWindow *self)
{
  return self->backend;
}

void
vrf_window_start_new (VrfWindow *self, const char *reference)
{
  /* A dialog's window has to be there before it. */
  if (self->present_id != 0)
    {
      g_source_remove (self->present_id);
      present_cb (self);
    }

  vrf_flow_start (self->flow, reference);
}

void
vrf_window_show_session (VrfWindow *self, const char *session_id)
{
  g_free (self->awaited_id);
  self->awaited_id = g_strdup (session_id);
  show_awaited (self);
}

void
vrf_window_add_toast (VrfWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}
