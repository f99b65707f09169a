/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-models.h"
#include "base/vrf-time.h"

/** vrf_lan_state_new_from_json: Returns: (nullable) (transfer full): the state; NULL with
 * %VRF_ERROR_REPLY */
VrfLanState *
vrf_lan_state_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfLanState) self = g_new0 (VrfLanState, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "lan");
  self->is_open = vrf_json_reader_opt_bool (&reader, "open", FALSE);
  self->url = g_strdup (vrf_json_reader_opt_string (&reader, "url"));
  self->ends_at = vrf_json_reader_opt_time (&reader, "ends_at");
  return vrf_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}

void
vrf_lan_state_free (VrfLanState *self)
{
  if (self == NULL)
    return;
  g_free (self->url);
  g_free (self);
}
