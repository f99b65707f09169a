/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "sandbox/vrf-capture-image.h"
#include "sandbox/vrf-multipart.h"

/* An upload's way in: the multipart reader and the image gate. The input's first line is the
 * Content-Type, the rest the body. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, '\n', size) : NULL;
  gsize head = end != NULL ? (gsize) (end - data) : 0;
  g_autofree char *type = g_strndup ((const char *) data, head);
  g_autoptr (GBytes) body = g_bytes_new (data + head, size - head);
  VrfMultipart *form = vrf_multipart_parse (type, body, NULL);
  g_autoptr (VrfMultipart) plain =
      vrf_multipart_parse ("multipart/form-data; boundary=b", body, NULL);
  const VrfMultipartPart *file = plain != NULL ? vrf_multipart_find (plain, "file") : NULL;
  VrfCaptureImage image = { NULL };

  g_clear_pointer (&form, vrf_multipart_free);
  vrf_capture_image_inspect (file != NULL ? file->data : body, &image, NULL);
  g_free (plain != NULL ? vrf_multipart_dup_text (plain, "side", 16) : NULL);

  return 0;
}
