/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <png.h>
#include <qrencode.h>
#include <string.h>

#include "sandbox/vrf-qr-data-url.h"

/* The `qr_code_data_url` of verifa-api.md 2.3: a PNG for web clients. The desk draws its own. */

#define QUIET_ZONE 4
#define MODULE_PX 6

typedef struct
{
  GByteArray *bytes;
  png_structp png;
  png_infop info;
} Writer;

static void
write_cb (png_structp png, png_bytep data, png_size_t length)
{
  GByteArray *bytes = png_get_io_ptr (png);

  g_byte_array_append (bytes, data, (guint) length);
}

static void
flush_cb (png_structp png)
{
}

/* One row of pixels, a bit each, most significant first; 1 is white. */
static void
fill_row (const QRcode *code, int module_y, guint8 *row, gsize length)
{
  memset (row, 0xff, length);
  if (module_y < 0 || module_y >= code->width)
    return;

  for (int x = 0; x < code->width; x++)
    {
      if ((code->data[module_y * code->width + x] & 1) == 0)
        continue;
      for (int i = 0; i < MODULE_PX; i++)
        {
          int at = (x + QUIET_ZONE) * MODULE_PX + i;

          row[at / 8] &= (guint8) ~(0x80 >> (at % 8));
        }
    }
}

static gboolean
write_png (const QRcode *code, Writer *writer)
{
  int modules = code->width + 2 * QUIET_ZONE;
  int size = modules * MODULE_PX;
  gsize length = (gsize) (size + 7) / 8;
  g_autofree guint8 *row = g_malloc (length);

  writer->png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  writer->info = png_create_info_struct (writer->png);
  if (setjmp (png_jmpbuf (writer->png)) != 0)
    return FALSE;

  png_set_write_fn (writer->png, writer->bytes, write_cb, flush_cb);
  png_set_IHDR (writer->png,
                writer->info,
                (png_uint_32) size,
                (png_uint_32) size,
                1,
                PNG_COLOR_TYPE_GRAY,
                PNG_INTERLACE_NONE,
                PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  png_set_filter (writer->png, 0, PNG_FILTER_UP);
  png_write_info (writer->png, writer->info);
  for (int y = 0; y < size; y++)
    {
      fill_row (code, y / MODULE_PX - QUIET_ZONE, row, length);
      png_write_row (writer->png, row);
    }
  png_write_end (writer->png, writer->info);
  return TRUE;
}

/**
 * vrf_qr_data_url_dup:
 * @text: a capture URL
 *
 * Returns: (nullable) (transfer full): `data:image/png;base64,…`, error correction M; %NULL when
 *   @text is too long for a code
 */
char *
vrf_qr_data_url_dup (const char *text)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *base64 = NULL;
  Writer writer = { .bytes = bytes };
  gboolean ok = FALSE;

  if (code == NULL)
    return NULL;
  ok = write_png (code, &writer);
  png_destroy_write_struct (&writer.png, &writer.info);
  QRcode_free (code);
  if (!ok)
    return NULL;

  base64 = g_base64_encode (bytes->data, bytes->len);
  return g_strconcat ("data:image/png;base64,", base64, NULL);
}
