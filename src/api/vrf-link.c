/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-models.h"
#include "base/vrf-time.h"

/** vrf_link_new_from_json: Returns: (nullable) (transfer full): a link; NULL with
 * %VRF_ERROR_REPLY */
VrfLink *
vrf_link_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfLink) self = g_new0 (VrfLink, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "link");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->session_id = g_strdup (vrf_json_reader_opt_string (&reader, "session_id"));
  self->capture_url = g_strdup (vrf_json_reader_opt_string (&reader, "capture_url"));
  self->status = g_strdup (vrf_json_reader_opt_string (&reader, "status"));
  self->expires_at = vrf_json_reader_opt_time (&reader, "expires_at");
  self->created_at = vrf_json_reader_opt_time (&reader, "created_at");
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_link_free (VrfLink *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->session_id);
  g_free (self->capture_url);
  g_free (self->status);
  g_free (self);
}
