/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-check.h"
#include "base/vrf-enum.h"
#include "base/vrf-time.h"

static const VrfEnumNick statuses[] = {
  { VRF_CHECK_STATUS_PENDING, "pending" },
  { VRF_CHECK_STATUS_PASSED, "passed" },
  { VRF_CHECK_STATUS_FAILED, "failed" },
  { VRF_CHECK_STATUS_ERROR, "error" },
  { VRF_CHECK_STATUS_SKIPPED, "skipped" },
  { VRF_CHECK_STATUS_REQUIRES_RETRY, "requires_retry" },
  { 0, NULL },
};

static VrfCheck *
check_new (const char *policy)
{
  VrfCheck *self = g_new0 (VrfCheck, 1);

  self->policy = g_strdup (policy);
  self->score = -1.0;
  self->started_at = VRF_TIME_NONE;
  self->completed_at = VRF_TIME_NONE;
  self->duration_ms = -1;
  self->risk_score = -1;
  return self;
}

static void
set_status (VrfCheck *self, const char *text)
{
  g_free (self->status_text);
  self->status_text = g_strdup (text);
  self->status = (VrfCheckStatus) vrf_enum_from_nick (statuses, text);
}

static void
set_passed (VrfCheck *self, gboolean passed)
{
  set_status (self, passed ? "passed" : "failed");
}

static void
read_members (VrfCheck *self, VrfJsonReader *reader)
{
  const char *status = vrf_json_reader_opt_string (reader, "status");
  int passed = vrf_json_reader_opt_tristate (reader, "passed");

  if (status != NULL)
    set_status (self, status);
  else if (passed >= 0)
    set_passed (self, passed == 1);

  self->attempt = (int) vrf_json_reader_opt_int (reader, "attempt", 0, G_MAXINT, 0);
  self->score = vrf_json_reader_opt_double (reader, "score", 0.0, 1.0, -1.0);
  self->reason = g_strdup (vrf_json_reader_opt_string (reader, "reason"));
  self->started_at = vrf_json_reader_opt_time (reader, "started_at");
  self->completed_at = vrf_json_reader_opt_time (reader, "completed_at");
  self->duration_ms = (int) vrf_json_reader_opt_int (reader, "duration_ms", 0, G_MAXINT, -1);
  self->risk_score = (int) vrf_json_reader_opt_int (reader, "risk_score", 0, 100, -1);
  self->risk_level = g_strdup (vrf_json_reader_opt_string (reader, "risk_level"));
}

/**
 * vrf_check_new_from_json:
 * @node: an item of GET …/verifications (verifa-api.md 3.16)
 * @error: %VRF_ERROR_REPLY that names the member
 *
 * Returns: (nullable) (transfer full): the check
 */
VrfCheck *
vrf_check_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfCheck) self = NULL;
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "verification");
  self = check_new (vrf_json_reader_string (&reader, "policy"));
  read_members (self, &reader);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
read_scalar (VrfCheck *self, JsonNode *entry)
{
  GType type = JSON_NODE_HOLDS_VALUE (entry) ? json_node_get_value_type (entry) : G_TYPE_NONE;

  if (type == G_TYPE_BOOLEAN)
    set_passed (self, json_node_get_boolean (entry));
  else if (type == G_TYPE_STRING)
    set_status (self, json_node_get_string (entry));
  else if ((type == G_TYPE_DOUBLE || type == G_TYPE_INT64) && json_node_get_double (entry) >= 0.0
           && json_node_get_double (entry) <= 1.0)
    self->score = json_node_get_double (entry);
}

/**
 * vrf_check_new_from_entry:
 * @policy: the entry's name
 * @entry: an entry of `check_results` (verifa-api.md 3.4): an object with `status` or `passed`, or
 *   a scalar: true or false, a status, a score
 * @error: %VRF_ERROR_REPLY that names the member
 *
 * Returns: (nullable) (transfer full): the check; its status is UNKNOWN when the entry tells none
 */
VrfCheck *
vrf_check_new_from_entry (const char *policy, JsonNode *entry, GError **error)
{
  g_autoptr (VrfCheck) self = check_new (policy);
  VrfJsonReader reader;

  if (!JSON_NODE_HOLDS_OBJECT (entry))
    {
      read_scalar (self, entry);
      return g_steal_pointer (&self);
    }
  vrf_json_reader_init (&reader, entry, policy);
  read_members (self, &reader);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_check_free (VrfCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->policy);
  g_free (self->status_text);
  g_free (self->reason);
  g_free (self->risk_level);
  g_free (self);
}
