/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-models.h"

static void
read_limit (VrfRateLimits *self, JsonObject *object, GError **error)
{
  VrfJsonReader reader;

  vrf_json_reader_init_object (&reader, object, "rate_limit");
  self->limit = (int) vrf_json_reader_opt_int (&reader, "limit", 0, G_MAXINT, -1);
  self->remaining = (int) vrf_json_reader_opt_int (&reader, "remaining", 0, G_MAXINT, -1);
  self->reset_in_s = (int) vrf_json_reader_opt_int (&reader, "reset_in_seconds", 0, G_MAXINT, -1);
  self->window_s = (int) vrf_json_reader_opt_int (&reader, "window_seconds", 0, G_MAXINT, -1);
  vrf_json_reader_finish (&reader, error);
}

/* An unlimited quota may be told as null, or not at all. */
static void
read_quota (VrfRateLimits *self, JsonObject *quotas, GError **error)
{
  VrfJsonReader reader;
  JsonObject *creation = NULL;

  vrf_json_reader_init_object (&reader, quotas, "quotas");
  creation = vrf_json_reader_opt_object (&reader, "verification_creation");
  if (!vrf_json_reader_finish (&reader, error) || creation == NULL)
    return;
  vrf_json_reader_init_object (&reader, creation, "verification_creation");
  self->creation_limit = (int) vrf_json_reader_opt_int (&reader, "limit", 0, G_MAXINT, -1);
  self->creation_remaining = (int) vrf_json_reader_opt_int (&reader, "remaining", 0, G_MAXINT, -1);
  vrf_json_reader_finish (&reader, error);
}

/** vrf_rate_limits_new_from_json: Returns: (nullable) (transfer full): what is left; NULL with
 * %VRF_ERROR_REPLY */
VrfRateLimits *
vrf_rate_limits_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfRateLimits) self = g_new0 (VrfRateLimits, 1);
  g_autoptr (GError) problem = NULL;
  JsonObject *limit = NULL;
  JsonObject *quotas = NULL;
  VrfJsonReader reader;

  self->limit = self->remaining = self->reset_in_s = self->window_s = -1;
  self->creation_limit = self->creation_remaining = -1;
  vrf_json_reader_init (&reader, node, "rate_limits");
  limit = vrf_json_reader_opt_object (&reader, "rate_limit");
  quotas = vrf_json_reader_opt_object (&reader, "quotas");
  self->plan = g_strdup (vrf_json_reader_opt_string (&reader, "plan"));
  self->environment = g_strdup (vrf_json_reader_opt_string (&reader, "environment"));
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;

  if (limit != NULL)
    read_limit (self, limit, &problem);
  if (quotas != NULL && problem == NULL)
    read_quota (self, quotas, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
vrf_rate_limits_free (VrfRateLimits *self)
{
  if (self == NULL)
    return;
  g_free (self->plan);
  g_free (self->environment);
  g_free (self);
}
