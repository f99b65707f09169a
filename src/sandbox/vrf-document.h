/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-service.h"
#include "sandbox/vrf-store-files.h"

G_BEGIN_DECLS

/* Stand-alone documents (verifa-api.md 7.6): what they can be, and what is found in them. */

gboolean
vrf_document_is_type (const char *document_type);
gboolean
vrf_document_is_status (const char *status);
void
vrf_document_classify (VrfFile *file);
void
vrf_document_extract (VrfFile *file);
gboolean
vrf_document_tell (VrfService *service, const VrfFile *file, const char *event, GError **error);
GBytes *
vrf_document_dup_preview (const VrfFile *file, GBytes *data) G_GNUC_WARN_UNUSED_RESULT;

/* The bodies */
JsonObject *
vrf_document_new_json (VrfService *service, const VrfFile *file) G_GNUC_WARN_UNUSED_RESULT;
JsonArray *
vrf_document_new_extractions (const VrfFile *file) G_GNUC_WARN_UNUSED_RESULT;
JsonArray *
vrf_document_new_checks (const VrfFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
