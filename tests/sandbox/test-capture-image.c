/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox/vrf-capture-image.h"

#include "base/vrf-error.h"

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  const char *mime_type; /* NULL: refused with code */
  guint width;
  guint height;
  int code;
} Row;

#define BYTES(text) text, sizeof (text) - 1
#define OK(mime, width, height) mime, width, height, 0
#define REFUSED(code) NULL, 0, 0, VRF_ERROR_##code

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define PNG_TAIL "\x08\x02\0\0\0\0\0\0\0"
#define SOF(marker, height, width)                                                                 \
  "\xff" marker "\0\x11\x08" height width "\3\1\x22\0\2\x11\1\3\x11\1"

static const Row rows[] = {
  { "jpeg", BYTES ("\xff\xd8" SOF ("\xc0", "\x01\xe0", "\x02\x80")), OK ("image/jpeg", 640, 480) },
  { "jpeg-jfif",
    BYTES ("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" SOF ("\xc2", "\x04\x00", "\x03\x00")),
    OK ("image/jpeg", 768, 1024) },
  { "jpeg-fill",
    BYTES ("\xff\xd8\xff\xff\xff\xfe\0\2" SOF ("\xc1", "\0\1", "\0\1")),
    OK ("image/jpeg", 1, 1) },
  { "jpeg-magic-only", BYTES ("\xff\xd8\xff"), REFUSED (INVALID) },
  { "jpeg-no-frame", BYTES ("\xff\xd8\xff\xfe\0\2\xff\xd9"), REFUSED (INVALID) },
  { "jpeg-scan-first",
    BYTES ("\xff\xd8\xff\xda\0\x0c......" SOF ("\xc0", "\1\0", "\1\0")),
    REFUSED (INVALID) },
  { "jpeg-zero-length", BYTES ("\xff\xd8\xff\xe0\0\0\0\0\0\0\0\0"), REFUSED (INVALID) },
  { "jpeg-long-segment", BYTES ("\xff\xd8\xff\xe0\xff\xff...."), REFUSED (INVALID) },
  { "jpeg-cut-frame", BYTES ("\xff\xd8\xff\xc0\0\x11\x08\1"), REFUSED (INVALID) },
  { "jpeg-no-extent", BYTES ("\xff\xd8" SOF ("\xc0", "\0\0", "\1\0")), REFUSED (INVALID) },
  { "jpeg-too-many-pixels",
    BYTES ("\xff\xd8" SOF ("\xc0", "\xff\xff", "\xff\xff")),
    REFUSED (INVALID) },
  { "png", BYTES (PNG_HEAD "\0\0\3\x20\0\0\2\x58" PNG_TAIL), OK ("image/png", 800, 600) },
  { "png-cut", BYTES (PNG_HEAD "\0\0\3\x20\0\0\2\x58"), REFUSED (INVALID) },
  { "png-other-chunk",
    BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIDAT\0\0\3\x20\0\0\2\x58" PNG_TAIL),
    REFUSED (INVALID) },
  { "png-bomb", BYTES (PNG_HEAD "\xff\xff\xff\xff\xff\xff\xff\xff" PNG_TAIL), REFUSED (INVALID) },
  { "png-zero", BYTES (PNG_HEAD "\0\0\0\0\0\0\2\x58" PNG_TAIL), REFUSED (INVALID) },
  { "webp-lossy",
    BYTES ("RIFF\x20\0\0\0WEBPVP8 \x14\0\0\0\x30\1\0\x9d\x01\x2a\x80\x02\xe0\x01...."),
    OK ("image/webp", 640, 480) },
  { "webp-lossless",
    BYTES ("RIFF\x20\0\0\0WEBPVP8L\x14\0\0\0\x2f\x7f\xc2\x77\0......"),
    OK ("image/webp", 640, 480) },
  { "webp-extended",
    BYTES ("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\2\0\xdf\1\0"),
    OK ("image/webp", 640, 480) },
  { "webp-unknown",
    BYTES ("RIFF\x20\0\0\0WEBPANIM\x0a\0\0\0\0\0\0\0\x7f\2\0\xdf\1\0"),
    REFUSED (INVALID) },
  { "webp-cut", BYTES ("RIFF\x20\0\0\0WEBPVP8X\x0a"), REFUSED (INVALID) },
  { "pdf", BYTES ("%PDF-1.7\n"), OK ("application/pdf", 0, 0) },
  { "gif", BYTES ("GIF89a\1\0\1\0"), REFUSED (ARGUMENT) },
  { "svg", BYTES ("<svg xmlns='http://www.w3.org/2000/svg'/>"), REFUSED (ARGUMENT) },
  { "html", BYTES ("<!doctype html><script>"), REFUSED (ARGUMENT) },
  { "text", BYTES ("hello"), REFUSED (ARGUMENT) },
  { "empty", BYTES (""), REFUSED (ARGUMENT) },
  { "riff-wave", BYTES ("RIFF\x20\0\0\0WAVEfmt "), REFUSED (ARGUMENT) },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GBytes) bytes = g_bytes_new (row->bytes, row->length);
  g_autoptr (GError) error = NULL;
  VrfCaptureImage image = { "untouched", 1, 2 };
  gboolean accepted = vrf_capture_image_inspect (bytes, &image, &error);

  if (row->mime_type == NULL)
    {
      g_assert_false (accepted);
      g_assert_error (error, VRF_ERROR, row->code);
      g_assert_cmpstr (image.mime_type, ==, "untouched");
      return;
    }
  g_assert_no_error (error);
  g_assert_true (accepted);
  g_assert_cmpstr (image.mime_type, ==, row->mime_type);
  g_assert_cmpuint (image.width, ==, row->width);
  g_assert_cmpuint (image.height, ==, row->height);
}

/* Whatever a good file is cut to, reading stays inside of it. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize length = 0; length < rows[i].length; length++)
      {
        g_autofree char *cut = g_memdup2 (rows[i].bytes, length + 1);
        g_autoptr (GBytes) bytes = g_bytes_new (cut, length);
        VrfCaptureImage image = { NULL };

        vrf_capture_image_inspect (bytes, &image, NULL);
      }
}

static void
test_size (void)
{
  for (gsize over = 0; over <= 1; over++)
    {
      gsize size = VRF_CAPTURE_IMAGE_MAX_BYTES + over;
      char *data = g_malloc0 (size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      VrfCaptureImage image = { NULL };

      memcpy (data, "%PDF-", 5);
      bytes = g_bytes_new_take (data, size);
      g_assert_cmpint (vrf_capture_image_inspect (bytes, &image, &error), ==, !over);
      if (over)
        g_assert_error (error, VRF_ERROR, VRF_ERROR_TOO_LARGE);
    }
}

static void
test_quality (void)
{
  VrfCaptureImage small = { "image/jpeg", 640, 480 };
  VrfCaptureImage large = { "image/jpeg", 3024, 4032 };
  VrfCaptureImage tiny = { "image/png", 1, 1 };
  VrfCaptureImage pdf = { "application/pdf", 0, 0 };

  g_assert_cmpfloat (vrf_capture_image_get_score (&small), ==, 0.4);
  g_assert_true (vrf_capture_image_is_low_quality (&small));
  g_assert_cmpfloat (vrf_capture_image_get_score (&large), ==, 1.0);
  g_assert_false (vrf_capture_image_is_low_quality (&large));
  g_assert_cmpfloat (vrf_capture_image_get_score (&tiny), ==, 0.1);
  g_assert_false (vrf_capture_image_is_low_quality (&pdf));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/capture-image/", rows[i].name, NULL);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/capture-image/cut", test_cut);
  g_test_add_func ("/capture-image/size", test_size);
  g_test_add_func ("/capture-image/quality", test_quality);

  return g_test_run ();
}
