/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean
vrf_str_set (char **field, const char *value);

GtkWidget *
vrf_label_new (const char *css_classes);
void
vrf_label_set (GtkWidget *label, const char *text);
GtkWidget *
vrf_decorative_image_new (int pixel_size);
GtkWidget *
vrf_decorative_bin_new (const char *css_class);

void
vrf_widget_clear_children (GtkWidget *widget);
void
vrf_widget_set_class (GtkWidget *widget, const char *css_class, gboolean on);

gboolean
vrf_widget_has_focus_in (GtkWidget *widget);
gboolean
vrf_widget_is_covered (GtkWidget *widget);

void
vrf_widget_get_foreground (GtkWidget *widget, GdkRGBA *ret_colour);
void
vrf_widget_lookup_colour (GtkWidget *widget, const char *name, GdkRGBA *ret_colour);

void
vrf_snapshot_append_rounded (GtkSnapshot *snapshot,
                             const graphene_rect_t *rect,
                             float radius,
                             const GdkRGBA *colour);

G_END_DECLS
