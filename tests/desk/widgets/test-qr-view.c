/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/widgets/vrf-qr-code.h"
#include "desk/widgets/vrf-qr-paint.h"
#include "desk/widgets/vrf-qr-view.h"
#include "support/vrf-widget-test.h"

#define TEXT "https://app.withverifa.com/verify/vt_0123456789abcdefghijABCDEFGHIJ_-klmnopqr"

static GtkWidget *
new_view (const char *text)
{
  return g_object_new (VRF_TYPE_QR_VIEW, "text", text, "label", "QR code for BK-20417", NULL);
}

static void
assert_finalized (GtkWidget *window, GtkWidget *view)
{
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &view);
  vrf_widget_test_close (window);
  g_assert_null (view);
}

static void
test_properties (void)
{
  GtkWidget *view = g_object_ref_sink (vrf_qr_view_new ());
  VrfQrView *self = VRF_QR_VIEW (view);
  guint text = 0, label = 0, module = 0, side = 0;

  vrf_widget_test_count_notify (view, "text", &text);
  vrf_widget_test_count_notify (view, "label", &label);
  vrf_widget_test_count_notify (view, "module-px", &module);
  vrf_widget_test_count_notify (view, "side-px", &side);

  g_assert_null (vrf_qr_view_get_text (self));
  vrf_qr_view_set_text (self, "a");
  vrf_qr_view_set_text (self, "a");
  g_assert_cmpstr (vrf_qr_view_get_text (self), ==, "a");
  vrf_qr_view_set_text (self, "");
  g_assert_null (vrf_qr_view_get_text (self));
  g_assert_cmpuint (text, ==, 2);

  vrf_qr_view_set_label (self, "QR code for BK-1");
  vrf_qr_view_set_label (self, "QR code for BK-1");
  g_assert_cmpuint (label, ==, 1);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, "QR code for BK-1");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_IMG);

  g_assert_cmpuint (vrf_qr_view_get_module_px (self), ==, 7);
  g_object_set (view, "module-px", 12, "side-px", 343, NULL);
  g_object_set (view, "module-px", 12, "side-px", 343, NULL);
  g_assert_cmpuint (module, ==, 1);
  g_assert_cmpuint (side, ==, 1);

  g_assert_finalize_object (view);
}

static void
failed_cb (VrfQrView *self, const char *message, guint *count)
{
  g_assert_nonnull (message);
  (*count)++;
}

static void
test_too_long_shows_nothing (void)
{
  GtkWidget *view = g_object_ref_sink (vrf_qr_view_new ());
  g_autofree char *text = g_strnfill (3000, 'a');
  guint failed = 0;

  g_signal_connect (view, "failed", G_CALLBACK (failed_cb), &failed);
  vrf_qr_view_set_text (VRF_QR_VIEW (view), text);
  g_assert_cmpuint (failed, ==, 1);
  g_assert_false (gtk_widget_get_focusable (view));
  g_assert_finalize_object (view);
}

static void
assert_measure (GtkWidget *view, int for_size, int minimum, int natural)
{
  for (int i = 0; i < 2; i++)
    {
      int min = 0, nat = 0;

      gtk_widget_measure (view, (GtkOrientation) i, for_size, &min, &nat, NULL, NULL);
      g_assert_cmpint (min, ==, minimum);
      g_assert_cmpint (nat, ==, natural);
    }
}

/* 37 modules and the quiet zone are 45. */
static void
test_measure (void)
{
  GtkWidget *view = g_object_ref_sink (new_view (TEXT));

  assert_measure (view, -1, 45 * 4, 45 * 7);
  assert_measure (view, 294, 45 * 4, 294);
  assert_measure (view, 1000, 45 * 4, 45 * 7);
  vrf_qr_view_set_side_px (VRF_QR_VIEW (view), 343);
  assert_measure (view, -1, 45 * 4, 343);
  vrf_qr_view_set_text (VRF_QR_VIEW (view), NULL);
  assert_measure (view, -1, 49 * 4, 343);
  vrf_qr_view_set_side_px (VRF_QR_VIEW (view), 0);
  assert_measure (view, -1, 49 * 4, 343);

  g_assert_finalize_object (view);
}

static void
test_geometry (void)
{
  const double scales[] = { 1, 1.25, 1.5, 1.75, 2, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    for (int width = 45; width < 700; width += 13)
      {
        VrfQrPlace place = { width, width + 7, { 13.4f, 27 }, scales[i], FALSE };
        VrfQrGeometry geometry = { 0 };
        double left, top;

        g_assert_true (vrf_qr_geometry_fit (&geometry, 37, &place));
        g_assert_cmpint (geometry.module, ==, (int) (width * scales[i] + 0.0005) / 45);
        g_assert_cmpint (geometry.card, ==, geometry.module * 45);
        left = (place.origin.x + geometry.x) * scales[i];
        top = (place.origin.y + geometry.y) * scales[i];
        g_assert_cmpfloat_with_epsilon (left, (int) (left + 0.5), 1e-4);
        g_assert_cmpfloat_with_epsilon (top, (int) (top + 0.5), 1e-4);
      }
}

static void
test_geometry_too_small (void)
{
  VrfQrPlace place = { 44, 44, { 0, 0 }, 1, FALSE };
  VrfQrGeometry geometry = { 0 };

  g_assert_false (vrf_qr_geometry_fit (&geometry, 37, &place));
  place.scale = 2;
  g_assert_true (vrf_qr_geometry_fit (&geometry, 37, &place));
  g_assert_cmpint (geometry.module, ==, 1);
}

/* Every pixel of the code is the colour of its module, nothing in between. */
static void
assert_pixels (GdkTexture *texture, const char *text)
{
  g_autoptr (VrfQrCode) code = vrf_qr_code_new (text, NULL);
  int side = gdk_texture_get_width (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) side * side);
  int whole = (int) vrf_qr_code_get_side (code) + 8;
  int module = side / whole;
  int margin = (side - module * (whole - 8)) / 2;

  g_assert_cmpint (gdk_texture_get_height (texture), ==, side);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) side * 4);

  for (int y = 0; y < side - 2 * margin; y++)
    for (int x = 0; x < side - 2 * margin; x++)
      {
        guint32 pixel = pixels[(y + margin) * side + x + margin];
        gboolean dark = vrf_qr_code_get_module (code, (guint) (x / module), (guint) (y / module));

        g_assert_cmphex (pixel, ==, dark ? 0xff000000 : 0xffffffff);
      }
}

static void
test_drawn (gconstpointer data)
{
  int side = GPOINTER_TO_INT (data);
  GtkWidget *view = new_view (TEXT);
  GtkWidget *window = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int scale;

  vrf_qr_view_set_side_px (VRF_QR_VIEW (view), (guint) side);
  window = vrf_widget_test_present (view);
  scale = gtk_widget_get_scale_factor (view);
  g_assert_cmpint (gtk_widget_get_width (view), ==, side > 0 ? side : 45 * 7);

  texture = vrf_widget_test_render (view, scale);
  assert_pixels (texture, TEXT);
  vrf_widget_test_assert_scans (texture, TEXT);

  assert_finalized (window, view);
}

static void
test_vanishes (void)
{
  GtkWidget *view = new_view (TEXT);
  GtkWidget *window = vrf_widget_test_present (view);
  g_autoptr (GdkTexture) texture = NULL;

  vrf_qr_view_set_text (VRF_QR_VIEW (view), NULL);
  vrf_widget_test_settle (window);
  texture = vrf_widget_test_render (view, 1);
  g_assert_null (texture);

  assert_finalized (window, view);
}

static void
copied_cb (VrfQrView *self, const char *what, GString *log)
{
  g_string_append (log, what);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copies (void)
{
  GtkWidget *view = new_view (TEXT);
  GtkWidget *window = vrf_widget_test_present (view);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (view);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *text = NULL;

  g_signal_connect (view, "copied", G_CALLBACK (copied_cb), log);
  g_assert_true (gtk_widget_activate_action (view, "qr.copy-text", NULL));
  gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, TEXT);

  g_assert_true (gtk_widget_activate_action (view, "qr.copy-image", NULL));
  g_assert_true (
      gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_TEXTURE));
  g_assert_cmpstr (log->str, ==, "textimage");

  vrf_qr_view_set_text (VRF_QR_VIEW (view), NULL);
  gtk_widget_activate_action (view, "qr.copy-text", NULL);
  g_assert_cmpstr (log->str, ==, "textimage");

  assert_finalized (window, view);
}

static GtkWidget *
find_popover (GtkWidget *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER_MENU (child))
      return child;

  return NULL;
}

static void
test_menu (void)
{
  GtkWidget *view = new_view (TEXT);
  GtkWidget *window = vrf_widget_test_present (view);

  g_assert_null (find_popover (view));
  g_assert_true (gtk_widget_activate_action (view, "qr.menu", NULL));
  g_assert_nonnull (find_popover (view));
  g_assert_true (gtk_widget_get_visible (find_popover (view)));
  vrf_qr_view_set_text (VRF_QR_VIEW (view), NULL);
  g_assert_false (gtk_widget_get_visible (find_popover (view)));

  assert_finalized (window, view);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/qr-view/properties", test_properties);
  g_test_add_func ("/qr-view/too-long", test_too_long_shows_nothing);
  g_test_add_func ("/qr-view/measure", test_measure);
  g_test_add_func ("/qr-view/geometry", test_geometry);
  g_test_add_func ("/qr-view/geometry/too-small", test_geometry_too_small);
  g_test_add_data_func ("/qr-view/drawn/natural", GINT_TO_POINTER (0), test_drawn);
  g_test_add_data_func ("/qr-view/drawn/wide", GINT_TO_POINTER (343), test_drawn);
  g_test_add_data_func ("/qr-view/drawn/narrow", GINT_TO_POINTER (294), test_drawn);
  g_test_add_func ("/qr-view/vanishes", test_vanishes);
  g_test_add_func ("/qr-view/copies", test_copies);
  g_test_add_func ("/qr-view/menu", test_menu);

  return g_test_run ();
}
