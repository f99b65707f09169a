/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <stdio.h>

#include "sandbox/vrf-outcome.h"

#include "base/vrf-json.h"
#include "sandbox/vrf-signals.h"

/* What a preset leaves behind (verifa-api.md 4.2, 8.4, 8.6). The person in it is invented. */

#define UNDERAGE_YEARS 16

static char *
dup_date_of_birth (const VrfPreset *preset, gint64 now)
{
  g_autoptr (GDateTime) today = NULL;
  g_autoptr (GDateTime) birth = NULL;

  if (!preset->is_underage)
    return g_strdup ("1997-06-15");
  today = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  birth = g_date_time_add_years (today, -UNDERAGE_YEARS);
  return g_date_time_format (birth, "%Y-%m-%d");
}

static void
add_address (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "address");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "line1");
  json_builder_add_string_value (builder, "123 Main St");
  json_builder_set_member_name (builder, "line2");
  json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "city");
  json_builder_add_string_value (builder, "San Francisco");
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, "CA");
  json_builder_set_member_name (builder, "zip");
  json_builder_add_string_value (builder, "94105");
  json_builder_end_object (builder);
}

static char *
dup_extracted (const VrfPreset *preset, gint64 now)
{
  static const char *const person[][2] = {
    { "first_name", "Jane" },
    { "last_name", "Doe" },
    { "document_type", "drivers_license" },
    { "document_number", "D1234567" },
    { "document_expiration_date", "2030-06-15" },
    { "document_issuing_state", "CA" },
    { "nationality", "US" },
    { "gender", "F" },
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *birth = dup_date_of_birth (preset, now);

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (person); i++)
    {
      json_builder_set_member_name (builder, person[i][0]);
      json_builder_add_string_value (builder, person[i][1]);
    }
  json_builder_set_member_name (builder, "date_of_birth");
  json_builder_add_string_value (builder, birth);
  add_address (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return vrf_json_to_text (root);
}

static gboolean
write_checks (VrfSandboxStore *store,
              const VrfStoredSession *session,
              const VrfPreset *preset,
              gint64 at,
              GError **error)
{
  for (guint i = 0; i < VRF_PRESET_N_CHECKS && preset->checks[i].policy != NULL; i++)
    {
      const VrfPresetCheck *wanted = &preset->checks[i];
      gboolean failed = g_str_equal (wanted->status, "failed");
      VrfStoredCheck check = {
        .policy = (char *) wanted->policy,
        .status = (char *) wanted->status,
        .score = wanted->score,
        .reason = failed ? (char *) preset->reason_code : NULL,
        .started_at = at - wanted->duration_ms * 1000,
        .completed_at = at,
        .duration_ms = wanted->duration_ms,
      };

      if (!vrf_sandbox_store_add_check (store, session->n, &check, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * vrf_outcome_write:
 * @store: where to
 * @session: takes note of the result; its row is not written here
 * @preset: one that leaves a result
 * @at: when it happened
 * @error: from the database
 */
gboolean
vrf_outcome_write (VrfSandboxStore *store,
                   VrfStoredSession *session,
                   const VrfPreset *preset,
                   gint64 at,
                   GError **error)
{
  g_autofree char *extracted = dup_extracted (preset, at);
  g_autofree char *signals = vrf_signals_dup_outcome (store, session->n, preset->risk_score, error);
  VrfStoredResult result = {
    .session_n = session->n,
    .status = (char *) preset->result,
    .created_at = at,
    .face_passed = preset->face_passed,
    .face_score = preset->face_score,
    .age_passed = preset->age_passed,
    .extracted = extracted,
    .reason = (char *) preset->reason,
    .reason_code = (char *) preset->reason_code,
    .country = session->country != NULL ? session->country : (char *) "US",
    .risk_score = preset->risk_score,
    .signals = signals,
  };

  if (signals == NULL)
    return FALSE;
  vrf_stored_set (&session->result_status, preset->result);
  vrf_stored_set (&session->risk_level, vrf_presets_risk_level (preset->risk_score));
  if (session->document_type == NULL)
    vrf_stored_set (&session->document_type, "drivers_license");
  session->processing_attempts++;
  return vrf_sandbox_store_put_result (store, &result, error)
         && write_checks (store, session, preset, at, error);
}

/**
 * vrf_outcome_revise:
 * @store: where to
 * @session: takes note of the result; its row is not written here
 * @preset: only its result and reason count
 * @error: from the database
 *
 * What a person decided: the checks, the score and the data stay as they were found.
 */
gboolean
vrf_outcome_revise (VrfSandboxStore *store,
                    VrfStoredSession *session,
                    const VrfPreset *preset,
                    GError **error)
{
  g_autoptr (VrfStoredResult) result = vrf_sandbox_store_get_result (store, session->n, error);

  if (result == NULL)
    return FALSE;
  vrf_stored_set (&session->result_status, preset->result);
  vrf_stored_set (&result->status, preset->result);
  vrf_stored_set (&result->reason, preset->reason);
  vrf_stored_set (&result->reason_code, preset->reason_code);
  return vrf_sandbox_store_put_result (store, result, error);
}

/**
 * vrf_outcome_get_age:
 * @date_of_birth: (nullable): "1997-06-15"
 * @now: the sandbox's time
 *
 * Returns: how many years old the person is today, -1 when that cannot be told
 */
int
vrf_outcome_get_age (const char *date_of_birth, gint64 now)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  int year = 0;
  int month = 0;
  int day = 0;
  int age = 0;

  if (date_of_birth == NULL || today == NULL
      || sscanf (date_of_birth, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return -1;

  age = g_date_time_get_year (today) - year;
  if (g_date_time_get_month (today) < month
      || (g_date_time_get_month (today) == month && g_date_time_get_day_of_month (today) < day))
    age--;
  return age;
}
