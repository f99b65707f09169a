/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** VRF_MULTIPART_MAX_BOUNDARY: bytes of a boundary (RFC 2046, 5.1.1). */
#define VRF_MULTIPART_MAX_BOUNDARY 70
/** VRF_MULTIPART_MAX_PARTS: parts of one form. */
#define VRF_MULTIPART_MAX_PARTS 16
/** VRF_MULTIPART_MAX_HEADER: bytes of one part's header. */
#define VRF_MULTIPART_MAX_HEADER 8192
/** VRF_MULTIPART_MAX_NAME: bytes of a field's name. */
#define VRF_MULTIPART_MAX_NAME 64

/**
 * VrfMultipartPart:
 * @name: the field's name: 1 to %VRF_MULTIPART_MAX_NAME of A-Z a-z 0-9 _ - .
 * @is_file: the part said a file name; what it was is not kept
 * @content_type: (nullable): as the client wrote it, not to be believed
 * @data: the part's bytes, a slice of the body
 *
 * One field of a form. Borrowed from its #VrfMultipart.
 */
typedef struct
{
  char *name;
  gboolean is_file;
  char *content_type;
  GBytes *data;
} VrfMultipartPart;

/* A form sent as multipart/form-data, taken apart. */
typedef struct _VrfMultipart VrfMultipart;

VrfMultipart *
vrf_multipart_parse (const char *content_type,
                     GBytes *body,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_multipart_free (VrfMultipart *self);

guint
vrf_multipart_get_n_parts (VrfMultipart *self);
const VrfMultipartPart *
vrf_multipart_find (VrfMultipart *self, const char *name);
char *
vrf_multipart_dup_text (VrfMultipart *self,
                        const char *name,
                        glong max_chars) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfMultipart, vrf_multipart_free)

G_END_DECLS
