/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk/core/vrf-image.h"

#include "base/vrf-error.h"

#define MAX_DECODERS 2
#define BYTES_PER_PIXEL 4

/* Kinds and sizes */

static gboolean
begins_with (const guint8 *data, gsize length, const char *magic, gsize n)
{
  return length >= n && memcmp (data, magic, n) == 0;
}

/** vrf_image_sniff: Returns: what the file is by its first bytes, whatever anybody called it */
VrfImageKind
vrf_image_sniff (GBytes *file)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (file, &length);

  if (begins_with (data, length, "\xff\xd8\xff", 3))
    return VRF_IMAGE_JPEG;
  if (begins_with (data, length, "\x89PNG\r\n\x1a\n", 8))
    return VRF_IMAGE_PNG;
  if (begins_with (data, length, "RIFF", 4) && length >= 12 && memcmp (data + 8, "WEBP", 4) == 0)
    return VRF_IMAGE_WEBP;
  if (begins_with (data, length, "%PDF-", 5))
    return VRF_IMAGE_PDF;
  return VRF_IMAGE_UNKNOWN;
}

static guint32
read_16 (const guint8 *data)
{
  return (guint32) data[0] << 8 | data[1];
}

static guint32
read_32 (const guint8 *data)
{
  return read_16 (data) << 16 | read_16 (data + 2);
}

static gboolean
read_png_size (const guint8 *data, gsize length, guint32 *ret_width, guint32 *ret_height)
{
  if (length < 33 || read_32 (data + 8) != 13 || memcmp (data + 12, "IHDR", 4) != 0)
    return FALSE;
  *ret_width = read_32 (data + 16);
  *ret_height = read_32 (data + 20);
  return TRUE;
}

/* A marker that says how large the frame is; C4, C8 and CC say something else. */
static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Those that stand alone, without a length. */
static gboolean
is_alone (guint8 marker)
{
  return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

static gboolean
read_jpeg_size (const guint8 *data, gsize length, guint32 *ret_width, guint32 *ret_height)
{
  gsize at = 2;

  while (at + 4 <= length)
    {
      guint8 marker = data[at + 1];
      gsize segment = 0;

      if (data[at] != 0xff)
        return FALSE;
      if (marker == 0xff || is_alone (marker))
        {
          at += marker == 0xff ? 1 : 2;
          continue;
        }
      segment = read_16 (data + at + 2);
      if (segment < 2 || segment > length - at - 2)
        return FALSE;
      if (is_frame (marker))
        {
          if (segment < 8)
            return FALSE;
          *ret_height = read_16 (data + at + 5);
          *ret_width = read_16 (data + at + 7);
          return TRUE;
        }
      /* The picture itself begins, and nothing has said how large it is. */
      if (marker == 0xda || marker == 0xd9)
        return FALSE;
      at += 2 + segment;
    }
  return FALSE;
}

/**
 * vrf_image_read_size:
 * @file: a JPEG or a PNG
 * @ret_width: (out): px, at least 1
 * @ret_height: (out): px, at least 1
 *
 * Reads the header only.
 *
 * Returns: whether it has one that can be read, of a picture that may be decoded
 */
gboolean
vrf_image_read_size (GBytes *file, int *ret_width, int *ret_height)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (file, &length);
  VrfImageKind kind = vrf_image_sniff (file);
  guint32 width = 0;
  guint32 height = 0;
  gboolean ok = FALSE;

  if (kind == VRF_IMAGE_PNG)
    ok = read_png_size (data, length, &width, &height);
  else if (kind == VRF_IMAGE_JPEG)
    ok = read_jpeg_size (data, length, &width, &height);
  if (!ok || width == 0 || height == 0 || (guint64) width * height > VRF_IMAGE_MAX_PIXELS)
    return FALSE;

  *ret_width = (int) width;
  *ret_height = (int) height;
  return TRUE;
}

/* The picture */

VrfImage *
vrf_image_ref (VrfImage *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  VrfImage *self = data;

  g_clear_object (&self->texture);
  g_clear_object (&self->thumbnail);
}

void
vrf_image_unref (VrfImage *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* The mean of @factor × @factor pixels, each of four bytes. */
static void
average (const guint8 *from, gsize stride, int factor, guint8 *to)
{
  guint32 sums[BYTES_PER_PIXEL] = { 0 };

  for (int y = 0; y < factor; y++)
    for (int x = 0; x < factor; x++)
      for (int i = 0; i < BYTES_PER_PIXEL; i++)
        sums[i] += from[(gsize) y * stride + (gsize) (x * BYTES_PER_PIXEL + i)];
  for (int i = 0; i < BYTES_PER_PIXEL; i++)
    to[i] = (guint8) (sums[i] / (guint32) (factor * factor));
}

static GdkTexture *
shrink (GdkTexture *texture, int side_px)
{
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  int factor = (MAX (width, height) + side_px - 1) / side_px;
  int small_width = MAX (width / factor, 1);
  int small_height = MAX (height / factor, 1);
  gsize stride = (gsize) width * BYTES_PER_PIXEL;
  gsize small_stride = (gsize) small_width * BYTES_PER_PIXEL;
  g_autofree guint8 *pixels = NULL;
  g_autofree guint8 *small = NULL;
  g_autoptr (GBytes) bytes = NULL;

  /* Too narrow to be made smaller that way; as it is then. */
  if (factor == 1 || width < factor || height < factor)
    return g_object_ref (texture);

  pixels = g_malloc (stride * (gsize) height);
  gdk_texture_download (texture, pixels, stride);
  small = g_malloc (small_stride * (gsize) small_height);
  for (int y = 0; y < small_height; y++)
    for (int x = 0; x < small_width; x++)
      average (pixels + (gsize) (y * factor) * stride + (gsize) (x * factor) * BYTES_PER_PIXEL,
               stride,
               factor,
               small + (gsize) y * small_stride + (gsize) x * BYTES_PER_PIXEL);
  bytes = g_bytes_new_take (g_steal_pointer (&small), small_stride * (gsize) small_height);
  return gdk_memory_texture_new (
      small_width, small_height, GDK_MEMORY_DEFAULT, bytes, small_stride);
}

/* Decoding, on a thread of the pool */

static VrfImage *
decode (GBytes *file)
{
  g_autoptr (GdkTexture) whole = NULL;
  VrfImage *self = NULL;
  int width = 0;
  int height = 0;

  if (g_bytes_get_size (file) > VRF_IMAGE_MAX_BYTES || !vrf_image_read_size (file, &width, &height))
    return NULL;
  whole = gdk_texture_new_from_bytes (file, NULL);
  if (whole == NULL || gdk_texture_get_width (whole) != width
      || gdk_texture_get_height (whole) != height)
    return NULL;

  self = g_atomic_rc_box_new0 (VrfImage);
  self->texture = shrink (whole, VRF_IMAGE_MAX_SIDE_PX);
  self->thumbnail = shrink (whole, VRF_IMAGE_THUMBNAIL_PX);
  return self;
}

static void
work (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  VrfImage *image = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  image = decode (g_task_get_task_data (task));
  if (image != NULL)
    g_task_return_pointer (task, image, (GDestroyNotify) vrf_image_unref);
  else
    g_task_return_new_error (
        task, VRF_ERROR, VRF_ERROR_REPLY, "%s", _ ("It could not be displayed safely."));
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool = NULL;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (work, NULL, MAX_DECODERS, FALSE, NULL));
  return pool;
}

/**
 * vrf_image_decode_async:
 * @file: as it was fetched
 * @callback: called on the caller's main context; the source object is %NULL
 */
void
vrf_image_decode_async (GBytes *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, vrf_image_decode_async);
  g_task_set_task_data (task, g_bytes_ref (file), (GDestroyNotify) g_bytes_unref);
  g_thread_pool_push (get_pool (), task, NULL);
}

/** vrf_image_decode_finish: Returns: (nullable) (transfer full): the picture */
VrfImage *
vrf_image_decode_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, vrf_image_decode_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
