/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk/activity/vrf-activity-row.h"

#include "desk/session/vrf-moment.h"
#include "desk/widgets/vrf-widget-util.h"

struct _VrfActivityRow
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel *time;
  GtkLabel *method;
  GtkLabel *path;
  GtkLabel *outcome;

  /* owned */
  VrfActivityItem *item; /* nullable */
  char *base_url;        /* nullable */
  gulong over_id;
};

G_DEFINE_FINAL_TYPE (VrfActivityRow, vrf_activity_row, GTK_TYPE_WIDGET)

/* "200 · 12 ms", "503 · 4 tries · 3,210 ms", "No answer · 5,000 ms" */
static char *
dup_outcome (VrfActivityItem *item)
{
  guint status = vrf_activity_item_get_status (item);
  guint attempts = vrf_activity_item_get_attempts (item);
  GString *text = g_string_new (NULL);

  if (!vrf_activity_item_is_over (item))
    g_string_append (text, _ ("under way"));
  else if (status > 0)
    g_string_append_printf (text, "%u", status);
  else
    g_string_append (text, _ ("No answer"));
  if (attempts > 1)
    {
      g_string_append (text, " · ");
      /* Translators: how often a call was sent */
      g_string_append_printf (text, ngettext ("%u try", "%u tries", attempts), attempts);
    }
  if (vrf_activity_item_is_over (item))
    {
      g_string_append (text, " · ");
      /* Translators: milliseconds */
      g_string_append_printf (text, _ ("%'d ms"), vrf_activity_item_get_took_ms (item));
    }
  return g_string_free (text, FALSE);
}

/* Why it failed, and what the server calls the request. */
static char *
dup_more (VrfActivityItem *item)
{
  const char *problem = vrf_activity_item_get_problem (item);
  const char *request_id = vrf_activity_item_get_request_id (item);
  g_autofree char *request = NULL;

  if (request_id != NULL)
    /* Translators: an identifier follows that support asks for */
    request = g_strdup_printf (_ ("Request %s"), request_id);
  if (problem != NULL && request != NULL)
    return g_strconcat (problem, "\n", request, NULL);
  return g_strdup (problem != NULL ? problem : request);
}

/* Every path of the API begins alike. */
static const char *
short_path (const char *path)
{
  static const char prefix[] = "/api/v1";

  return g_str_has_prefix (path, prefix) ? path + strlen (prefix) : path;
}

static void
update (VrfActivityRow *self)
{
  guint status = vrf_activity_item_get_status (self->item);
  gboolean is_over = vrf_activity_item_is_over (self->item);
  g_autofree char *outcome = dup_outcome (self->item);
  g_autofree char *more = dup_more (self->item);

  gtk_label_set_text (self->outcome, outcome);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->outcome), more);
  vrf_widget_set_class (
      GTK_WIDGET (self->outcome), "error", is_over && (status == 0 || status >= 400));
}

static void
copy_cb (VrfActivityRow *self)
{
  g_autofree char *curl =
      vrf_activity_item_dup_curl (self->item, self->base_url != NULL ? self->base_url : "");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), curl);
}

static void
forget (VrfActivityRow *self)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->over_id, self->item);
  g_clear_object (&self->item);
  g_clear_pointer (&self->base_url, g_free);
}

static void
vrf_activity_row_dispose (GObject *object)
{
  forget (VRF_ACTIVITY_ROW (object));
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_activity_row_parent_class)->dispose (object);
}

static void
vrf_activity_row_class_init (VrfActivityRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_activity_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/withverifa/Desk/activity/vrf-activity-row.ui");
  gtk_widget_class_bind_template_child (widget_class, VrfActivityRow, time);
  gtk_widget_class_bind_template_child (widget_class, VrfActivityRow, method);
  gtk_widget_class_bind_template_child (widget_class, VrfActivityRow, path);
  gtk_widget_class_bind_template_child (widget_class, VrfActivityRow, outcome);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
vrf_activity_row_init (VrfActivityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vrf_activity_row_show (VrfActivityRow *self, VrfActivityItem *item, const char *base_url)
{
  g_autofree char *time = vrf_moment_dup_seconds (vrf_activity_item_get_began_us (item));

  forget (self);
  self->item = g_object_ref (item);
  self->base_url = g_strdup (base_url);
  self->over_id = g_signal_connect_swapped (item, "notify::over", G_CALLBACK (update), self);
  gtk_label_set_text (self->time, time);
  gtk_label_set_text (self->method, vrf_activity_item_get_method (item));
  gtk_label_set_text (self->path, short_path (vrf_activity_item_get_path (item)));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->path), vrf_activity_item_get_path (item));
  update (self);
}
