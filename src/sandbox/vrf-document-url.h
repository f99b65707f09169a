/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"

G_BEGIN_DECLS

/** VRF_DOCUMENT_URL_EXPORT_S: how long the address in an export is good (verifa-api.md 3.18). */
#define VRF_DOCUMENT_URL_EXPORT_S (24 * 60 * 60)

char *
vrf_document_url_dup (VrfService *service,
                      const char *session_id,
                      const char *doc_type,
                      int life_s,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_document_url_check (VrfService *service,
                        const char *session_id,
                        const char *doc_type,
                        const char *expires,
                        const char *signature,
                        GError **error);

G_END_DECLS
