/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-list-search.h"

#include "desk/widgets/vrf-widget-util.h"
#include "desk/window/vrf-filter-choices.h"
#include "desk/window/vrf-filter-popover.h"

/* Shorter searches match almost everything: not worth a request. */
#define MIN_SERVER_SEARCH 2

struct _VrfListSearch
{
  GtkWidget parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfTracker *tracker; /* nullable: until the backend has one */
  GCancellable *cancellable;
  VrfFilters filters;

  /* template */
  GtkWidget *box;
  GtkSearchBar *bar;
  GtkEditable *entry;
  GtkMenuButton *filters_button;
  GtkRevealer *active_revealer;
  GtkWidget *active_box;
  GtkLabel *active_label;
  GtkWidget *seen_box;
  GtkLabel *seen_label;
  GtkWidget *older_button;

  /* borrowed: made when first opened */
  VrfFilterPopover *popover;
};

G_DEFINE_FINAL_TYPE (VrfListSearch, vrf_list_search, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GListModel *
get_rows (VrfListSearch *self)
{
  return G_LIST_MODEL (vrf_backend_get_rows (self->backend));
}

/* What is active, in words */

/* Filters know only what was read once: how many those are is said wherever it is not all. */
static void
update_seen (VrfListSearch *self)
{
  VrfMemory *memory = vrf_backend_get_memory (self->backend);
  gboolean complete = self->tracker != NULL && vrf_tracker_get_complete (self->tracker);
  gboolean loading = self->tracker != NULL && vrf_tracker_get_loading_older (self->tracker);
  int total = self->tracker != NULL ? vrf_tracker_get_server_total (self->tracker) : -1;
  guint n = MAX (g_list_model_get_n_items (get_rows (self)), vrf_memory_get_n_sessions (memory));
  g_autofree char *seen = NULL;

  if (total >= 0)
    /* Translators: of all verifications, those that filters have seen */
    seen = g_strdup_printf (_ ("Seen: %'u of %'u verifications"), n, MAX (n, (guint) total));
  else
    seen = g_strdup_printf (_ ("Seen: %'u verifications"), n);

  complete = complete || (vrf_memory_get_complete (memory) && (guint) MAX (total, 0) <= n);
  gtk_widget_set_visible (self->seen_box, !complete);
  gtk_widget_set_visible (self->older_button, total >= 0);
  gtk_label_set_text (self->seen_label, seen);
  gtk_widget_set_sensitive (self->older_button, !loading);
  gtk_button_set_label (
      GTK_BUTTON (self->older_button), loading ? _ ("Loading…") : _ ("Load _Older"));
}

static void
update_active (VrfListSearch *self)
{
  guint n = vrf_filters_count (&self->filters);
  g_autofree char *text = vrf_list_search_dup_filters_text (self);
  g_autofree char *label = NULL;

  if (n > 0)
    /* Translators: %u is how many filters are active */
    label = g_strdup_printf (_ ("_Filters (%u)"), n);
  gtk_menu_button_set_label (self->filters_button, label != NULL ? label : _ ("_Filters"));
  vrf_widget_set_class (GTK_WIDGET (self->filters_button), "vrf-active", n > 0);
  gtk_label_set_text (self->active_label, text);
  gtk_widget_set_visible (self->active_box, n > 0);
  gtk_revealer_set_reveal_child (self->active_revealer, n > 0);
  if (n > 0)
    update_seen (self);
}

static void
follow_rows_cb (VrfListSearch *self)
{
  if (vrf_filters_count (&self->filters) > 0)
    update_seen (self);
}

static void
backend_state_cb (VrfListSearch *self)
{
  VrfTracker *tracker = vrf_backend_get_tracker (self->backend);

  if (tracker == self->tracker)
    return;

  if (self->tracker != NULL)
    g_signal_handlers_disconnect_by_func (self->tracker, follow_rows_cb, self);
  g_set_object (&self->tracker, tracker);
  if (tracker != NULL)
    g_signal_connect_object (
        tracker, "notify", G_CALLBACK (follow_rows_cb), self, G_CONNECT_SWAPPED);
  follow_rows_cb (self);
}

static void
older_cb (VrfListSearch *self)
{
  if (self->tracker != NULL)
    vrf_tracker_load_older (self->tracker);
}

/* Filters */

static void
filters_changed_cb (VrfListSearch *self, VrfFilterPopover *popover)
{
  vrf_list_search_set_filters (self, vrf_filter_popover_get_filters (popover));
}

static void
create_popover_cb (GtkMenuButton *button, gpointer user_data)
{
  VrfListSearch *self = user_data;

  if (self->popover == NULL)
    {
      self->popover = VRF_FILTER_POPOVER (
          vrf_filter_popover_new (get_rows (self), vrf_backend_get_workflows (self->backend)));
      g_signal_connect_object (
          self->popover, "changed", G_CALLBACK (filters_changed_cb), self, G_CONNECT_SWAPPED);
      gtk_menu_button_set_popover (button, GTK_WIDGET (self->popover));
    }
  vrf_filter_popover_set_filters (self->popover, &self->filters);
}

/* Search */

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfListSearch) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What went wrong is the connection's to tell; the local matches stand. */
  if (!vrf_tracker_search_finish (VRF_TRACKER (source), result, &error))
    g_debug ("search: %s", error->message);
}

static void
search_changed_cb (VrfListSearch *self)
{
  const char *text = vrf_list_search_get_text (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->tracker == NULL || vrf_tracker_get_complete (self->tracker)
      || g_utf8_strlen (text, -1) < MIN_SERVER_SEARCH)
    return;

  self->cancellable = g_cancellable_new ();
  vrf_tracker_search_async (
      self->tracker, text, self->cancellable, searched_cb, g_object_ref (self));
}

static void
text_cb (VrfListSearch *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (VrfListSearch *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/* Widget */

static void
vrf_list_search_dispose (GObject *object)
{
  VrfListSearch *self = VRF_LIST_SEARCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->popover = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->tracker);
  g_clear_object (&self->backend);
  vrf_filters_clear (&self->filters);

  G_OBJECT_CLASS (vrf_list_search_parent_class)->dispose (object);
}

static void
vrf_list_search_class_init (VrfListSearchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_list_search_dispose;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
      g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/vrf-list-search.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, box);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, bar);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, filters_button);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, active_revealer);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, active_box);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, active_label);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, seen_box);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, seen_label);
  gtk_widget_class_bind_template_child (widget_class, VrfListSearch, older_button);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, older_cb);
}

static void
vrf_list_search_init (VrfListSearch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, self->entry);
}

void
vrf_list_search_setup (VrfListSearch *self, VrfBackend *backend, GtkToggleButton *button)
{
  self->backend = g_object_ref (backend);
  g_object_bind_property (button,
                          "active",
                          self->bar,
                          "search-mode-enabled",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  gtk_menu_button_set_create_popup_func (self->filters_button, create_popover_cb, self, NULL);
  g_signal_connect_object (
      backend, "notify::state", G_CALLBACK (backend_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vrf_backend_get_rows (backend),
                           "items-changed",
                           G_CALLBACK (follow_rows_cb),
                           self,
                           G_CONNECT_SWAPPED);
  backend_state_cb (self);
}

const char *
vrf_list_search_get_text (VrfListSearch *self)
{
  return gtk_editable_get_text (self->entry);
}

const VrfFilters *
vrf_list_search_get_filters (VrfListSearch *self)
{
  return &self->filters;
}

char *
vrf_list_search_dup_filters_text (VrfListSearch *self)
{
  return vrf_filters_dup_text (
      &self->filters, get_rows (self), vrf_backend_get_workflows (self->backend));
}

void
vrf_list_search_set_key_capture (VrfListSearch *self, GtkWidget *widget)
{
  gtk_search_bar_set_key_capture_widget (self->bar, widget);
}

void
vrf_list_search_start (VrfListSearch *self)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
vrf_list_search_open_filters (VrfListSearch *self)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_menu_button_popup (self->filters_button);
}

void
vrf_list_search_clear_text (VrfListSearch *self)
{
  gtk_editable_set_text (self->entry, "");
  gtk_search_bar_set_search_mode (self->bar, FALSE);
}

void
vrf_list_search_set_filters (VrfListSearch *self, const VrfFilters *filters)
{
  if (vrf_filters_equal (&self->filters, filters))
    return;

  vrf_filters_copy (&self->filters, filters);
  update_active (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
