/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean
vrf_widget_test_init (int *argc, char ***argv);

GtkWidget *
vrf_widget_test_present (GtkWidget *child);
void
vrf_widget_test_close (GtkWidget *window);
void
vrf_widget_test_settle (GtkWidget *widget);

GdkTexture *
vrf_widget_test_render (GtkWidget *widget, int scale) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_widget_test_count_notify (gpointer object, const char *property, guint *count);

gboolean
vrf_widget_test_can_hear (void);
gboolean
vrf_widget_test_hears (GtkWidget *root, const char *text);

void
vrf_widget_test_assert_scans (GdkTexture *texture, const char *expected);
char *
vrf_widget_test_read_data (const char *path, gsize *ret_length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
