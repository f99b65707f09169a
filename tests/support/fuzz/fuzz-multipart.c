/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libFuzzer harness for the upload's way in: the multipart reader and the image gate. By hand:
 *
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -I_build -Isrc \
 *     tests/support/fuzz/fuzz-multipart.c src/sandbox/vrf-multipart.c
 * src/sandbox/vrf-capture-image.c \ src/base/vrf-error.c -o _build/fuzz-multipart $(pkg-config
 * --cflags --libs gio-2.0) _build/fuzz-multipart -max_total_time=60
 *
 * The input's first line is the Content-Type, the rest the body. */
#include "config.h"

#include <string.h>

#include "sandbox/vrf-capture-image.h"
#include "sandbox/vrf-multipart.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = memchr (data, '\n', size);
  gsize head = end != NULL ? (gsize) (end - data) : 0;
  g_autofree char *type = g_strndup ((const char *) data, head);
  g_autoptr (GBytes) body = g_bytes_new (data + head, size - head);
  g_autoptr (VrfMultipart) form = vrf_multipart_parse (type, body, NULL);
  g_autoptr (VrfMultipart) plain =
      vrf_multipart_parse ("multipart/form-data; boundary=b", body, NULL);
  const VrfMultipartPart *file = plain != NULL ? vrf_multipart_find (plain, "file") : NULL;
  VrfCaptureImage image = { NULL };

  vrf_capture_image_inspect (file != NULL ? file->data : body, &image, NULL);
  g_free (plain != NULL ? vrf_multipart_dup_text (plain, "side", 16) : NULL);

  return 0;
}
