/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>

#include "desk/widgets/vrf-widget-util.h"

/* Small things that most of the widgets here need. */

/**
 * vrf_str_set:
 * @field: (inout): an owned string or %NULL
 * @value: (nullable): copied
 *
 * Returns: %FALSE when @field already said @value: nothing to redraw or notify
 */
gboolean
vrf_str_set (char **field, const char *value)
{
  char *copy = NULL;

  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*field);
  *field = copy;

  return TRUE;
}

/**
 * vrf_label_new:
 * @css_classes: (nullable): separated by blanks
 *
 * Returns: (transfer floating): an empty, hidden label, aligned at the start
 */
GtkWidget *
vrf_label_new (const char *css_classes)
{
  g_auto (GStrv) classes = g_strsplit (css_classes != NULL ? css_classes : "", " ", -1);

  return g_object_new (
      GTK_TYPE_LABEL, "xalign", 0.0f, "visible", FALSE, "css-classes", classes, NULL);
}

/**
 * vrf_label_set:
 * @text: (nullable): shown as it is; %NULL or "" hides the label
 */
void
vrf_label_set (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/**
 * vrf_decorative_image_new:
 *
 * Returns: (transfer floating): an image that screen readers pass over, because a word says the
 * same
 */
GtkWidget *
vrf_decorative_image_new (int pixel_size)
{
  return g_object_new (GTK_TYPE_IMAGE,
                       "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "pixel-size",
                       pixel_size,
                       NULL);
}

/**
 * vrf_decorative_bin_new:
 * @css_class: (nullable): what it looks like
 *
 * What it holds is passed over with it: never put a word or a button in.
 *
 * Returns: (transfer floating): an AdwBin that screen readers pass over: a dot, a line, a disc
 */
GtkWidget *
vrf_decorative_bin_new (const char *css_class)
{
  GtkWidget *bin =
      g_object_new (ADW_TYPE_BIN, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (bin, css_class);

  return bin;
}

/** vrf_widget_clear_children: for dispose; unparents every child */
void
vrf_widget_clear_children (GtkWidget *widget)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

/** vrf_widget_set_class: adds or removes @css_class */
void
vrf_widget_set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/** vrf_widget_get_foreground: the CSS colour of @widget */
void
vrf_widget_get_foreground (GtkWidget *widget, GdkRGBA *ret_colour)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), ret_colour);
}

/**
 * vrf_widget_lookup_colour:
 * @name: a colour the theme names, such as "success_color"
 *
 * The foreground stands in for a name the theme does not know.
 */
void
vrf_widget_lookup_colour (GtkWidget *widget, const char *name, GdkRGBA *ret_colour)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, ret_colour))
    vrf_widget_get_foreground (widget, ret_colour);
}

/** vrf_snapshot_append_rounded: a filled rectangle with round corners */
void
vrf_snapshot_append_rounded (GtkSnapshot *snapshot,
                             const graphene_rect_t *rect,
                             float radius,
                             const GdkRGBA *colour)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, rect);
  gtk_snapshot_pop (snapshot);
}

/** vrf_widget_has_focus_in: whether the focus is on the widget or something in it */
gboolean
vrf_widget_has_focus_in (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/** vrf_widget_is_covered: whether a dialog stands over the widget's window */
gboolean
vrf_widget_is_covered (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; root != NULL && l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (root)
        && gtk_window_get_modal (l->data) && gtk_widget_get_visible (l->data))
      return TRUE;

  return FALSE;
}
