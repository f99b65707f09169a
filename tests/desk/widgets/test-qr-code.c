/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <string.h>

#include "base/vrf-error.h"
#include "desk/widgets/vrf-qr-export.h"
#include "support/vrf-widget-test.h"

/* The matrices in tests/data/qr were made by another program. */
static void
test_golden (gconstpointer data)
{
  const char *name = data;
  g_autofree char *text_path = g_strdup_printf ("qr/%s.text", name);
  g_autofree char *ascii_path = g_strdup_printf ("qr/%s.ascii", name);
  g_autofree char *text = vrf_widget_test_read_data (text_path, NULL);
  g_autofree char *ascii = vrf_widget_test_read_data (ascii_path, NULL);
  g_auto (GStrv) rows = g_strsplit (ascii, "\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfQrCode) code = vrf_qr_code_new (text, &error);
  guint side;

  g_assert_no_error (error);
  side = vrf_qr_code_get_side (code);
  g_assert_cmpuint (side, ==, g_strv_length (rows) - 1); /* after the last newline: nothing */

  for (guint y = 0; y < side; y++)
    {
      g_assert_cmpuint (strlen (rows[y]), ==, 2 * side);
      for (guint x = 0; x < side; x++)
        g_assert_cmpint (vrf_qr_code_get_module (code, x, y), ==, rows[y][2 * x] == '#');
    }
}

static void
test_too_long (void)
{
  g_autofree char *fits = g_strnfill (2331, 'a');
  g_autofree char *over = g_strnfill (2332, 'a');
  g_autoptr (VrfQrCode) code = vrf_qr_code_new (fits, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (code);
  g_assert_cmpuint (vrf_qr_code_get_side (code), ==, 177);

  g_assert_null (vrf_qr_code_new (over, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
}

static void
test_empty (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (vrf_qr_code_new ("", &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
}

static void
test_outside_is_light (void)
{
  g_autoptr (VrfQrCode) code = vrf_qr_code_new ("a", NULL);
  guint side = vrf_qr_code_get_side (code);

  g_assert_true (vrf_qr_code_get_module (code, 0, 0));
  g_assert_false (vrf_qr_code_get_module (code, side, 0));
  g_assert_false (vrf_qr_code_get_module (code, 0, side));
  g_assert_false (vrf_qr_code_get_module (code, G_MAXUINT, G_MAXUINT));
}

static void
test_runs_cover_each_row (void)
{
  g_autoptr (VrfQrCode) code = vrf_qr_code_new ("https://example.com/verify/vt_made_up", NULL);
  guint side = vrf_qr_code_get_side (code);

  /* the finder pattern's top edge, then one light module */
  g_assert_cmpuint (vrf_qr_code_get_run (code, 0, 0), ==, 7);
  for (guint y = 0; y < side; y++)
    {
      guint x = 0;

      while (x < side)
        {
          guint run = vrf_qr_code_get_run (code, x, y);

          for (guint i = 1; i < run; i++)
            g_assert_cmpint (
                vrf_qr_code_get_module (code, x + i, y), ==, vrf_qr_code_get_module (code, x, y));
          x += run;
        }
      g_assert_cmpuint (x, ==, side);
    }
}

static void
test_rgb (void)
{
  g_autoptr (VrfQrCode) code = vrf_qr_code_new ("a", NULL);
  guint whole = vrf_qr_code_get_side (code) + 2 * VRF_QR_CODE_QUIET;
  guint side = 0;
  g_autoptr (GBytes) bytes = vrf_qr_code_to_rgb (code, 3, &side);
  const guint8 *pixels = g_bytes_get_data (bytes, NULL);

  g_assert_cmpuint (side, ==, whole * 3);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, side * side * 3);
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      {
        guint8 value = pixels[(y * side + x) * 3];
        /* in the quiet zone the subtraction wraps around, which is outside too */
        gboolean dark = vrf_qr_code_get_module (code, x / 3 - 4, y / 3 - 4);

        g_assert_cmpuint (value, ==, dark ? 0 : 255);
      }
}

static void
assert_picture_scans (GBytes *bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, (33 + 8) * 12);
  vrf_widget_test_assert_scans (texture, expected);
}

static void
test_exports_scan (void)
{
  const char *text = "https://example.com/verify/vt_made_up-0123456789";
  g_autoptr (VrfQrCode) code = vrf_qr_code_new (text, NULL);
  g_autoptr (GBytes) png = vrf_qr_export_bytes (code, VRF_QR_FORMAT_PNG);
  g_autoptr (GBytes) svg = vrf_qr_export_bytes (code, VRF_QR_FORMAT_SVG);

  assert_picture_scans (png, text);
  assert_picture_scans (svg, text);
}

static void
assert_file_name (const char *label, const char *expected)
{
  g_autofree char *name = vrf_qr_export_file_name (label, VRF_QR_FORMAT_SVG);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_file_names (void)
{
  g_autofree char *many = g_strnfill (500, 'x');
  g_autofree char *cut = vrf_qr_export_file_name (many, VRF_QR_FORMAT_PNG);

  assert_file_name ("QR code for BK-20417", "QR code for BK-20417.svg");
  assert_file_name (NULL, "QR.svg");
  assert_file_name ("", "QR.svg");
  assert_file_name ("../etc/passwd", "-.-etc-passwd.svg");
  assert_file_name ("a\nb\\c:d", "a-b-c-d.svg");
  assert_file_name ("客人 7", "客人 7.svg");
  g_assert_cmpuint (strlen (cut), ==, 124);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_data_func ("/qr-code/golden/one", "one", test_golden);
  g_test_add_data_func ("/qr-code/golden/sandbox", "sandbox", test_golden);
  g_test_add_data_func ("/qr-code/golden/capture", "capture", test_golden);
  g_test_add_data_func ("/qr-code/golden/utf8", "utf8", test_golden);
  g_test_add_data_func ("/qr-code/golden/long", "long", test_golden);
  g_test_add_func ("/qr-code/too-long", test_too_long);
  g_test_add_func ("/qr-code/empty", test_empty);
  g_test_add_func ("/qr-code/outside-is-light", test_outside_is_light);
  g_test_add_func ("/qr-code/runs", test_runs_cover_each_row);
  g_test_add_func ("/qr-code/rgb", test_rgb);
  g_test_add_func ("/qr-code/exports-scan", test_exports_scan);
  g_test_add_func ("/qr-code/file-names", test_file_names);

  return g_test_run ();
}
