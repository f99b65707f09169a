/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-capture-image.h"

#include "base/vrf-error.h"

/* An applicant's files are hostile input. They are told by their first bytes, and the size of a
 * picture is read from its header; nothing is decoded here or anywhere in the server. */

/* A picture this sharp is as good as it needs to be: about 300 dots an inch across an ID card. */
#define GOOD_LONG_SIDE 1600
#define LOW_SCORE 0.6

typedef struct
{
  const guint8 *data;
  gsize length;
} Bytes;

static guint
get_be16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

static guint
get_be32 (const guint8 *data)
{
  return (guint) data[0] << 24 | (guint) data[1] << 16 | (guint) data[2] << 8 | data[3];
}

static guint
get_le16 (const guint8 *data)
{
  return (guint) data[1] << 8 | data[0];
}

static guint
get_le24 (const guint8 *data)
{
  return (guint) data[2] << 16 | (guint) data[1] << 8 | data[0];
}

static gboolean
starts_with (Bytes bytes, gsize at, const char *magic, gsize length)
{
  return bytes.length >= at + length && memcmp (bytes.data + at, magic, length) == 0;
}

/* SOF0 to SOF15 but DHT, JPG and DAC: the segment that carries the size. */
static gboolean
is_frame_marker (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean
measure_jpeg (Bytes bytes, VrfCaptureImage *image)
{
  gsize at = 2;

  while (at + 4 <= bytes.length && bytes.data[at] == 0xff)
    {
      guint8 marker = bytes.data[at + 1];
      guint length = 0;

      if (marker == 0xff) /* a fill byte */
        {
          at++;
          continue;
        }
      length = get_be16 (bytes.data + at + 2);
      if (length < 2 || marker == 0xd8 || marker == 0xd9 || marker == 0xda)
        return FALSE;
      if (is_frame_marker (marker))
        {
          if (length < 8 || at + 9 > bytes.length)
            return FALSE;
          image->height = get_be16 (bytes.data + at + 5);
          image->width = get_be16 (bytes.data + at + 7);
          return TRUE;
        }
      at += 2 + length;
    }

  return FALSE;
}

static gboolean
measure_png (Bytes bytes, VrfCaptureImage *image)
{
  if (bytes.length < 33 || get_be32 (bytes.data + 8) != 13 || !starts_with (bytes, 12, "IHDR", 4))
    return FALSE;
  image->width = get_be32 (bytes.data + 16);
  image->height = get_be32 (bytes.data + 20);

  return TRUE;
}

static gboolean
measure_webp (Bytes bytes, VrfCaptureImage *image)
{
  if (bytes.length < 30)
    return FALSE;

  if (starts_with (bytes, 12, "VP8X", 4))
    {
      image->width = get_le24 (bytes.data + 24) + 1;
      image->height = get_le24 (bytes.data + 27) + 1;
      return TRUE;
    }
  if (starts_with (bytes, 12, "VP8L", 4) && bytes.data[20] == 0x2f)
    {
      guint bits = get_le24 (bytes.data + 21) | (guint) bytes.data[24] << 24;

      image->width = (bits & 0x3fff) + 1;
      image->height = (bits >> 14 & 0x3fff) + 1;
      return TRUE;
    }
  if (starts_with (bytes, 12, "VP8 ", 4) && starts_with (bytes, 23, "\x9d\x01\x2a", 3))
    {
      image->width = get_le16 (bytes.data + 26) & 0x3fff;
      image->height = get_le16 (bytes.data + 28) & 0x3fff;
      return TRUE;
    }

  return FALSE;
}

/* The kind by its magic; FALSE in @ret_readable when it says to be one and then is not. */
static gboolean
tell_kind (Bytes bytes, VrfCaptureImage *image, gboolean *ret_readable)
{
  if (starts_with (bytes, 0, "\xff\xd8\xff", 3))
    {
      image->mime_type = "image/jpeg";
      *ret_readable = measure_jpeg (bytes, image);
    }
  else if (starts_with (bytes, 0, "\x89PNG\r\n\x1a\n", 8))
    {
      image->mime_type = "image/png";
      *ret_readable = measure_png (bytes, image);
    }
  else if (starts_with (bytes, 0, "RIFF", 4) && starts_with (bytes, 8, "WEBP", 4))
    {
      image->mime_type = "image/webp";
      *ret_readable = measure_webp (bytes, image);
    }
  else if (starts_with (bytes, 0, "%PDF-", 5))
    {
      image->mime_type = "application/pdf";
      *ret_readable = TRUE;
    }

  return image->mime_type != NULL;
}

/**
 * vrf_capture_image_inspect:
 * @bytes: an uploaded file
 * @ret_image: (out): what it is; untouched on failure
 * @error: %VRF_ERROR_TOO_LARGE (more than %VRF_CAPTURE_IMAGE_MAX_BYTES), %VRF_ERROR_ARGUMENT
 * (empty, or none of the kinds accepted) or %VRF_ERROR_INVALID (damaged, without extent, or more
 * than %VRF_CAPTURE_IMAGE_MAX_PIXELS); the message is made for the applicant
 *
 * The gate for uploads: JPEG, PNG, WebP or PDF by magic, whatever the client called it
 * (verifa-api.md 2.7). The size of a picture is read from its header only.
 *
 * Returns: whether the file may be kept
 */
gboolean
vrf_capture_image_inspect (GBytes *bytes, VrfCaptureImage *ret_image, GError **error)
{
  VrfCaptureImage image = { NULL };
  gboolean readable = FALSE;
  Bytes file = { NULL };

  g_return_val_if_fail (bytes != NULL && ret_image != NULL, FALSE);

  file.data = g_bytes_get_data (bytes, &file.length);
  if (file.length > VRF_CAPTURE_IMAGE_MAX_BYTES)
    {
      g_set_error_literal (error,
                           VRF_ERROR,
                           VRF_ERROR_TOO_LARGE,
                           "The file is larger than 10 MB. Choose a smaller one.");
      return FALSE;
    }
  if (!tell_kind (file, &image, &readable))
    {
      g_set_error_literal (
          error,
          VRF_ERROR,
          VRF_ERROR_ARGUMENT,
          "This kind of file is not accepted. Use a JPEG, PNG or WebP picture or a PDF.");
      return FALSE;
    }
  if (!readable || (!vrf_capture_image_is_pdf (&image) && (image.width == 0 || image.height == 0)))
    {
      g_set_error_literal (
          error, VRF_ERROR, VRF_ERROR_INVALID, "The picture is damaged. Take a new one.");
      return FALSE;
    }
  if ((guint64) image.width * image.height > VRF_CAPTURE_IMAGE_MAX_PIXELS)
    {
      g_set_error_literal (
          error,
          VRF_ERROR,
          VRF_ERROR_INVALID,
          "The picture has more than 40 million pixels. Take it with a lower resolution.");
      return FALSE;
    }
  *ret_image = image;

  return TRUE;
}

/** vrf_capture_image_is_pdf: */
gboolean
vrf_capture_image_is_pdf (const VrfCaptureImage *image)
{
  return g_str_equal (image->mime_type, "application/pdf");
}

/**
 * vrf_capture_image_get_score:
 *
 * A stand-in for the service's judgement of sharpness and light: by size alone.
 *
 * Returns: 0.1 to 1.0, two decimals; 1.0 for a PDF
 */
double
vrf_capture_image_get_score (const VrfCaptureImage *image)
{
  guint side = MAX (image->width, image->height);

  if (vrf_capture_image_is_pdf (image))
    return 1.0;

  return CLAMP (side * 100 / GOOD_LONG_SIDE, 10, 100) / 100.0;
}

/** vrf_capture_image_is_low_quality: whether the warning `low_quality` goes with the score */
gboolean
vrf_capture_image_is_low_quality (const VrfCaptureImage *image)
{
  return vrf_capture_image_get_score (image) < LOW_SCORE;
}
