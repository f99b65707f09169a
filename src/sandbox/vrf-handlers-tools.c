/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-fixtures.h"
#include "sandbox/vrf-scenarios.h"
#include "sandbox/vrf-seed.h"
#include "sandbox/vrf-store-reset.h"

/* What a sandbox can do and the service cannot (verifa-api.md 8.3, 8.5, 8.6b). It is for the whole
 * server, whatever environment. */

#define MAX_ADVANCE_S (10 * 366 * 24 * 60 * 60)
#define MIN_SCALE 0.001
#define MAX_SCALE 100000.0
#define MAX_SEED 100000

static void
answer_clock (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  JsonObject *object = json_object_new ();

  vrf_body_add_time (object, "now", vrf_service_get_now (service));
  json_object_set_double_member (
      object, "scale", vrf_sandbox_clock_get_scale (vrf_service_get_clock (service)));
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static const char *
check_time (const char *text)
{
  gint64 us = 0;

  return vrf_time_parse (text, &us, NULL) ? NULL : "must be a time like 2026-02-01T12:00:00Z";
}

static const VrfField clock_fields[] = {
  { .name = "now", .type = VRF_FIELD_STRING, .check = check_time },
  { .name = "advance_seconds", .type = VRF_FIELD_INT, .max = MAX_ADVANCE_S },
  { NULL },
};

/* @ret_scale: 0 when it is not to change. */
static void
read_scale (JsonObject *body, VrfFieldErrors *errors, double *ret_scale)
{
  JsonNode *node = json_object_get_member (body, "scale");
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_INVALID;

  if (node == NULL)
    return;
  if (type == G_TYPE_DOUBLE || type == G_TYPE_INT64)
    *ret_scale = json_node_get_double (node);
  if (!(*ret_scale >= MIN_SCALE && *ret_scale <= MAX_SCALE))
    vrf_field_errors_add (errors, "scale", "range", "must be a number from 0.001 to 100000");
}

/* How far the clock is to jump; it never goes back, because what is stored would lie ahead. */
static void
read_jump (JsonObject *body, gint64 now, VrfFieldErrors *errors, gint64 *ret_by)
{
  gint64 to = now;

  vrf_fields_check (body, clock_fields, errors);
  if (!vrf_field_errors_is_empty (errors))
    return;
  *ret_by = VRF_SECONDS (vrf_fields_get_int (body, "advance_seconds", 0));
  if (!vrf_fields_has (body, "now"))
    return;
  vrf_time_parse (vrf_fields_get_string (body, "now"), &to, NULL);
  if (vrf_fields_has (body, "advance_seconds"))
    vrf_field_errors_add (errors, "now", "conflict", "cannot be set beside advance_seconds");
  else if (to < now || to - now > VRF_SECONDS (MAX_ADVANCE_S))
    vrf_field_errors_add (
        errors, "now", "range", "must not be earlier than now, nor later by more than 10 years");
  *ret_by = to - now;
}

static gboolean
settle_cb (gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!vrf_service_settle (user_data, &error))
    g_debug ("What time has brought could not be written: %s", error->message);
  /* Retries may be due too. */
  vrf_service_note_deliveries (user_data);
  return G_SOURCE_REMOVE;
}

/* Every answer is given by the new time anyway; events should not wait for one. Not here: settling
 * empties the write-ahead log, which needs the end of this transaction. */
static void
settle_soon (VrfService *service)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, settle_cb, g_object_ref (service), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
get_clock (VrfRequest *request, VrfReply *reply)
{
  answer_clock (request, reply);
}

static void
set_clock (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  VrfSandboxClock *clock = vrf_service_get_clock (service);
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  double scale = 0.0;
  gint64 by = 0;

  read_jump (body, vrf_service_get_now (service), errors, &by);
  read_scale (body, errors, &scale);
  if (vrf_field_errors_reply (errors, reply))
    return;
  vrf_sandbox_clock_move (clock, by);
  if (scale > 0.0)
    vrf_sandbox_clock_set_scale (clock, scale);
  settle_soon (service);
  answer_clock (request, reply);
}

static void
reset (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;

  vrf_service_want_purge (service);
  if (!vrf_store_reset (store, &error)
      || !vrf_fixtures_ensure (store, vrf_service_get_now (service), &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  vrf_faults_clear (vrf_service_get_faults (service));
  object = json_object_new ();
  json_object_set_boolean_member (object, "reset", TRUE);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
seed (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "sessions", .type = VRF_FIELD_INT, .required = TRUE, .min = 1, .max = MAX_SEED },
    { NULL },
  };
  VrfService *service = vrf_request_get_service (request);
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;
  gint64 n = 0;

  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  n = vrf_fields_get_int (body, "sessions", 0);
  if (!vrf_seed_add (
          vrf_request_get_store (request), (guint) n, vrf_service_get_now (service), &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  json_object_set_int_member (object, "sessions", n);
  vrf_reply_set_json (reply, 201, vrf_body_take (object));
}

static void
get_settings (VrfRequest *request, VrfReply *reply)
{
  vrf_reply_set_json (
      reply,
      200,
      vrf_organization_to_json (vrf_service_get_organization (vrf_request_get_service (request))));
}

static void
change_settings (VrfRequest *request, VrfReply *reply)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfOrganization) changed = vrf_organization_new ();
  g_autoptr (GError) error = NULL;

  if (!vrf_organization_change (store, vrf_request_get_body (request), errors, &error)
      || !vrf_organization_refresh (&changed, store, &error))
    {
      if (!vrf_field_errors_reply (errors, reply))
        vrf_error_reply_set_error (reply, error);
      return;
    }
  settle_soon (vrf_request_get_service (request));
  vrf_reply_set_json (reply, 200, vrf_organization_to_json (changed));
}

static void
list_scenarios (VrfRequest *request, VrfReply *reply)
{
  guint n = 0;
  const VrfScenario *scenarios = vrf_scenarios_list (&n);
  JsonArray *data = json_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", scenarios[i].id);
      json_object_set_string_member (object, "title", scenarios[i].title);
      json_object_set_string_member (object, "description", scenarios[i].description);
      json_object_set_string_member (object, "outcome", scenarios[i].outcome);
      json_array_add_object_element (data, object);
    }
  vrf_reply_set_json (reply, 200, vrf_body_new_list (data));
}

#define TOOLS "/_sandbox"
#define TOOL (VRF_ROUTE_SANDBOX_ONLY | VRF_ROUTE_FREE)

const VrfRoute vrf_handlers_tools[] = {
  { "GET", TOOLS "/clock", NULL, get_clock, TOOL, vrf_handlers_check_origin },
  { "POST", TOOLS "/clock", NULL, set_clock, TOOL, vrf_handlers_check_origin },
  { "POST", TOOLS "/reset", NULL, reset, TOOL, vrf_handlers_check_origin },
  { "POST", TOOLS "/seed", NULL, seed, TOOL, vrf_handlers_check_origin },
  { "GET", TOOLS "/organization", NULL, get_settings, TOOL, vrf_handlers_check_origin },
  { "PATCH", TOOLS "/organization", NULL, change_settings, TOOL, vrf_handlers_check_origin },
  { "GET", TOOLS "/scenarios", NULL, list_scenarios, TOOL, vrf_handlers_check_origin },
  { NULL },
};
