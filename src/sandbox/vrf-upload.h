/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-capture-image.h"
#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-multipart.h"
#include "sandbox/vrf-request.h"

G_BEGIN_DECLS

void
vrf_upload_read_address (VrfMultipart *form,
                         VrfFieldErrors *errors,
                         char **ret_kind,
                         char **ret_date);
VrfMultipart *
vrf_upload_read_form (VrfRequest *request, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_upload_take_file (VrfMultipart *form,
                      VrfFieldErrors *errors,
                      VrfReply *reply,
                      VrfCaptureImage *image,
                      GBytes **ret_data);
void
vrf_upload_check_text (VrfMultipart *form,
                       const char *name,
                       glong max_chars,
                       VrfFieldErrors *errors);
VrfStoredDocument *
vrf_upload_new_document (const char *doc_type,
                         const VrfCaptureImage *image,
                         GBytes *data) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_upload_is_good_selfie (const VrfCaptureImage *image, VrfReply *reply);

G_END_DECLS
