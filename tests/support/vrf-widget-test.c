/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "support/vrf-widget-test.h"

/* What tests of widgets share: a display or none, a window to be drawn in, pixels to look at. */

/**
 * vrf_widget_test_init:
 *
 * Call first. Loads the desk's style sheet as AdwApplication would.
 *
 * Returns: %FALSE without a display; exit with 77 then, which counts as skipped
 */
gboolean
vrf_widget_test_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    return FALSE;

  adw_init ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/com/withverifa/Desk/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/com/withverifa/Desk/icons");

  return TRUE;
}

/**
 * vrf_widget_test_present:
 * @child: shown at its natural size
 *
 * Returns: (transfer none): the window, drawn; vrf_widget_test_close() it
 */
GtkWidget *
vrf_widget_test_present (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return window;
}

/** vrf_widget_test_close: destroys the window and lets what it started end */
void
vrf_widget_test_close (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/** vrf_widget_test_settle: waits until what was changed is laid out and drawn */
void
vrf_widget_test_settle (GtkWidget *widget)
{
  gtk_widget_queue_draw (widget);
  gtk_test_widget_wait_for_draw (widget);
}

/**
 * vrf_widget_test_render:
 * @widget: in a presented window
 * @scale: pixels a logical pixel
 *
 * Returns: (transfer full) (nullable): what @widget draws into its own allocation; %NULL: nothing
 */
GdkTexture *
vrf_widget_test_render (GtkWidget *widget, int scale)
{
  GtkNative *native = gtk_widget_get_native (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int width = gtk_widget_get_width (widget) * scale;
  int height = gtk_widget_get_height (widget) * scale;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;

  return gsk_renderer_render_texture (gtk_native_get_renderer (native),
                                      node,
                                      &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/** vrf_widget_test_count_notify: counts how often @property is notified, for @object's life */
void
vrf_widget_test_count_notify (gpointer object, const char *property, guint *count)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  g_signal_connect_swapped (object, signal, G_CALLBACK (count_cb), count);
}

/** vrf_widget_test_read_data: Returns: (transfer full): the file at @path below tests/data */
char *
vrf_widget_test_read_data (const char *path, gsize *ret_length)
{
  g_autofree char *full = g_test_build_filename (G_TEST_DIST, "data", path, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (full, &contents, ret_length, &error);
  g_assert_no_error (error);

  return contents;
}

/**
 * vrf_widget_test_can_hear:
 *
 * Returns: whether announcements leave a trace here; a newer GTK hands them to the screen reader
 */
gboolean
vrf_widget_test_can_hear (void)
{
  return gtk_check_version (4, 14, 0) != NULL;
}

/**
 * vrf_widget_test_hears:
 * @root: a widget
 * @text: a sentence
 *
 * Returns: whether a widget of role status in @root was told @text last
 */
gboolean
vrf_widget_test_hears (GtkWidget *root, const char *text)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (root);

  if (gtk_accessible_get_accessible_role (accessible) == GTK_ACCESSIBLE_ROLE_STATUS)
    {
      g_autofree char *other =
          gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, text);

      if (other == NULL)
        return TRUE;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (vrf_widget_test_hears (child, text))
      return TRUE;

  return FALSE;
}

/**
 * vrf_widget_test_assert_scans:
 *
 * Asserts that zbarimg, a reader we did not write, finds @expected as the only code in @texture.
 * Does nothing where zbarimg is not installed.
 */
void
vrf_widget_test_assert_scans (GdkTexture *texture, const char *expected)
{
  g_autofree char *program = g_find_program_in_path ("zbarimg");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "vrf-scan-XXXXXX", NULL);
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { program, "--quiet", "--raw", "--nodbus", path, NULL };
  int status = 0;
  int fd;

  if (program == NULL)
    {
      g_test_message ("zbarimg is not installed: not scanned");
      return;
    }

  fd = g_mkstemp (path);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (gdk_texture_save_to_png (texture, path));
  g_spawn_sync (NULL,
                (char **) argv,
                NULL,
                G_SPAWN_STDERR_TO_DEV_NULL,
                NULL,
                NULL,
                &output,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_strchomp (output), ==, expected);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
}
