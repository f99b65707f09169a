/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-models.h"
#include "base/vrf-time.h"

#define SIGNALS_MAX 500
#define WEIGHT_MAX 1000

static VrfRiskSignal *
signal_new_from_json (JsonNode *node, GError **error)
{
  VrfRiskSignal *self = g_new0 (VrfRiskSignal, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "signal");
  self->signal = g_strdup (vrf_json_reader_string (&reader, "signal"));
  self->category = g_strdup (vrf_json_reader_opt_string (&reader, "category"));
  self->weight = (int) vrf_json_reader_opt_int (&reader, "weight", -WEIGHT_MAX, WEIGHT_MAX, 0);
  self->action = g_strdup (vrf_json_reader_opt_string (&reader, "action"));
  self->detected_at = vrf_json_reader_opt_time (&reader, "detected_at");
  if (!vrf_json_reader_finish (&reader, error))
    g_clear_pointer (&self, vrf_risk_signal_free);
  return self;
}

void
vrf_risk_signal_free (VrfRiskSignal *self)
{
  if (self == NULL)
    return;
  g_free (self->signal);
  g_free (self->category);
  g_free (self->action);
  g_free (self);
}

static gboolean
read_signals (VrfRisk *self, JsonArray *array, GError **error)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      VrfRiskSignal *signal = signal_new_from_json (json_array_get_element (array, i), error);

      if (signal == NULL)
        return FALSE;
      g_ptr_array_add (self->signals, signal);
    }
  return TRUE;
}

/** vrf_risk_new_from_json: Returns: (nullable) (transfer full): the risk; NULL with
 * %VRF_ERROR_REPLY */
VrfRisk *
vrf_risk_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfRisk) self = g_new0 (VrfRisk, 1);
  JsonArray *signals = NULL;
  VrfJsonReader reader;

  self->signals = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_risk_signal_free);
  vrf_json_reader_init (&reader, node, "risk");
  self->score = (int) vrf_json_reader_opt_int (&reader, "risk_score", 0, 100, -1);
  self->level = g_strdup (vrf_json_reader_opt_string (&reader, "risk_level"));
  self->hard_block = vrf_json_reader_opt_bool (&reader, "hard_block", FALSE);
  self->computed_at = vrf_json_reader_opt_time (&reader, "computed_at");
  signals = vrf_json_reader_opt_array (&reader, "signals", SIGNALS_MAX);
  if (!vrf_json_reader_finish (&reader, error) || !read_signals (self, signals, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_risk_free (VrfRisk *self)
{
  if (self == NULL)
    return;
  g_free (self->level);
  g_clear_pointer (&self->signals, g_ptr_array_unref);
  g_free (self);
}
