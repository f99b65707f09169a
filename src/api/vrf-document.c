/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-models.h"

/** vrf_document_new_from_json: Returns: (nullable) (transfer full): a picture; NULL with
 * %VRF_ERROR_REPLY */
VrfDocument *
vrf_document_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfDocument) self = g_new0 (VrfDocument, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "document");
  self->doc_type = g_strdup (vrf_json_reader_string (&reader, "doc_type"));
  self->mime_type = g_strdup (vrf_json_reader_opt_string (&reader, "mime_type"));
  self->url = g_strdup (vrf_json_reader_opt_string (&reader, "url"));
  self->expires_in_s = (int) vrf_json_reader_opt_int (&reader, "expires_in", 0, G_MAXINT, -1);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_document_free (VrfDocument *self)
{
  if (self == NULL)
    return;
  g_free (self->doc_type);
  g_free (self->mime_type);
  g_free (self->url);
  g_free (self);
}
