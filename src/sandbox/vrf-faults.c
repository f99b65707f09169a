/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-faults.h"

#include "base/vrf-enum.h"
#include "base/vrf-random.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-server.h"

#define MAX_RULES 100
/* Later than this the connection would have ended before the answer. */
#define MAX_LATENCY_MS ((VRF_SERVER_LIFE_S - 5) * 1000)
#define MAX_RETRY_S 3600
#define PERCENT 100

static const VrfEnumNick kinds[] = {
  { VRF_FAULT_LATENCY, "latency" },
  { VRF_FAULT_DROP_BEFORE, "drop_before" },
  { VRF_FAULT_DROP_AFTER, "drop_after" },
  { VRF_FAULT_TRUNCATE, "truncate" },
  { VRF_FAULT_HTML_502, "html_502" },
  { VRF_FAULT_STATUS, "status" },
  { 0, NULL },
};

/* The codes of verifa-api.md 1.8. */
static const struct
{
  guint status;
  const char *code;
  const char *detail;
} statuses[] = {
  { 401, "unauthorized", "The API key is not valid." },
  { 403, "forbidden", "The API key does not have the scope for this." },
  { 404, "not_found", "There is nothing at this path." },
  { 409, "conflict", "The object is not in a state that allows this." },
  { 410, "gone", "What was asked for is no longer kept." },
  { 422, "validation_error", "The request is not acceptable." },
  { 429, "rate_limited", "Rate limit exceeded." },
  { 500, "internal_error", "Something went wrong." },
  { 501, "not_implemented", "This is not available." },
  { 502, "internal_error", "Something went wrong on the way." },
  { 503, "service_unavailable", "The service is down for maintenance." },
  { 504, "internal_error", "Something took too long on the way." },
};

typedef struct
{
  char *id;
  char *method; /* nullable: any */
  char *path;   /* nullable: any */
  VrfFault fault;
  gint64 nth;
  gint64 every;
  gint64 times;   /* 0: for good */
  gint64 percent; /* of the calls it would hit */
  gint64 seed;
  GRand *random;
  gint64 seen;
  gint64 hit;
} Rule;

struct _VrfFaults
{
  GPtrArray *rules; /* owned */
};

static void
rule_free (Rule *rule)
{
  g_free (rule->id);
  g_free (rule->method);
  g_free (rule->path);
  g_clear_pointer (&rule->random, g_rand_free);
  g_free (rule);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rule, rule_free)

/** vrf_faults_new: Returns: (transfer full): no rules */
VrfFaults *
vrf_faults_new (void)
{
  VrfFaults *self = g_new0 (VrfFaults, 1);

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  return self;
}

/** vrf_faults_free: frees @self (nullable) */
void
vrf_faults_free (VrfFaults *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static int
find_status (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      return (int) i;
  return -1;
}

static const char *
check_kind (const char *text)
{
  return vrf_enum_from_nick (kinds, text) != VRF_FAULT_NONE ? NULL : "must be a kind of fault";
}

static const char *
check_method (const char *text)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };

  return g_strv_contains (methods, text) ? NULL : "must be GET, POST, PUT, PATCH or DELETE";
}

static const char *
check_path (const char *text)
{
  return *text == '/' || *text == '*' ? NULL : "must begin with a slash or a star";
}

static const VrfField fields[] = {
  { .name = "method",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .check = check_method,
    .code = "enum" },
  { .name = "path",
    .type = VRF_FIELD_STRING,
    .nullable = TRUE,
    .min = 1,
    .max = 255,
    .check = check_path },
  { .name = "kind",
    .type = VRF_FIELD_STRING,
    .required = TRUE,
    .check = check_kind,
    .code = "enum" },
  { .name = "status", .type = VRF_FIELD_INT, .nullable = TRUE, .min = 400, .max = 599 },
  { .name = "latency_ms",
    .type = VRF_FIELD_INT,
    .nullable = TRUE,
    .min = 1,
    .max = MAX_LATENCY_MS },
  { .name = "retry_after", .type = VRF_FIELD_INT, .nullable = TRUE, .min = 1, .max = MAX_RETRY_S },
  { .name = "nth", .type = VRF_FIELD_INT, .min = 1, .max = G_MAXINT32 },
  { .name = "every", .type = VRF_FIELD_INT, .min = 1, .max = G_MAXINT32 },
  { .name = "times", .type = VRF_FIELD_INT, .nullable = TRUE, .min = 1, .max = G_MAXINT32 },
  { .name = "percent", .type = VRF_FIELD_INT, .min = 1, .max = PERCENT },
  { .name = "seed", .type = VRF_FIELD_INT, .max = G_MAXINT32 },
  { NULL },
};

static void
check_draft (VrfFaults *self, JsonObject *draft, VrfFieldErrors *errors)
{
  VrfFaultKind kind = VRF_FAULT_NONE;

  vrf_fields_check (draft, fields, errors);
  if (!vrf_field_errors_is_empty (errors))
    return;
  kind = (VrfFaultKind) vrf_enum_from_nick (kinds, vrf_fields_get_string (draft, "kind"));
  if ((kind == VRF_FAULT_STATUS) != vrf_fields_has (draft, "status"))
    vrf_field_errors_add (errors, "status", "required", "belongs to the kind status, and no other");
  else if (kind == VRF_FAULT_STATUS
           && find_status ((guint) vrf_fields_get_int (draft, "status", 0)) < 0)
    vrf_field_errors_add (
        errors, "status", "enum", "must be 401, 403, 404, 409, 410, 422, 429 or 500 to 504");
  if (kind == VRF_FAULT_LATENCY && !vrf_fields_has (draft, "latency_ms"))
    vrf_field_errors_add (errors, "latency_ms", "required", "says how late the answer is");
  if (self->rules->len >= MAX_RULES)
    vrf_field_errors_add (errors, "kind", "too_many", "there are 100 faults already");
}

/* A client waits for something when it is told to come again. */
static guint
get_retry_after (guint status)
{
  return status == 429 || status == 503 ? 1 : 0;
}

static Rule *
new_rule (JsonObject *draft)
{
  Rule *rule = g_new0 (Rule, 1);
  VrfFault *fault = &rule->fault;

  rule->id = vrf_random_id ("fault_");
  rule->method = g_strdup (vrf_fields_get_string (draft, "method"));
  rule->path = g_strdup (vrf_fields_get_string (draft, "path"));
  fault->kind = (VrfFaultKind) vrf_enum_from_nick (kinds, vrf_fields_get_string (draft, "kind"));
  fault->status = (guint) vrf_fields_get_int (draft, "status", 0);
  fault->latency_ms = (guint) vrf_fields_get_int (draft, "latency_ms", 0);
  fault->retry_after_s =
      (guint) vrf_fields_get_int (draft, "retry_after", get_retry_after (fault->status));
  rule->nth = vrf_fields_get_int (draft, "nth", 1);
  rule->every = vrf_fields_get_int (draft, "every", 1);
  rule->times = vrf_fields_get_int (draft, "times", 0);
  rule->percent = vrf_fields_get_int (draft, "percent", PERCENT);
  rule->seed = vrf_fields_get_int (draft, "seed", 0);
  rule->random = g_rand_new_with_seed ((guint32) rule->seed);
  return rule;
}

static void
add_number (JsonObject *object, const char *name, gint64 value)
{
  if (value == 0)
    json_object_set_null_member (object, name);
  else
    json_object_set_int_member (object, name, value);
}

static JsonObject *
rule_to_json (const Rule *rule)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", rule->id);
  vrf_body_add_string (object, "method", rule->method);
  vrf_body_add_string (object, "path", rule->path);
  json_object_set_string_member (object, "kind", vrf_enum_to_nick (kinds, (int) rule->fault.kind));
  add_number (object, "status", rule->fault.status);
  add_number (object, "latency_ms", rule->fault.latency_ms);
  add_number (object, "retry_after", rule->fault.retry_after_s);
  json_object_set_int_member (object, "nth", rule->nth);
  json_object_set_int_member (object, "every", rule->every);
  add_number (object, "times", rule->times);
  json_object_set_int_member (object, "percent", rule->percent);
  json_object_set_int_member (object, "seed", rule->seed);
  json_object_set_int_member (object, "seen", rule->seen);
  json_object_set_int_member (object, "hit", rule->hit);
  return object;
}

/**
 * vrf_faults_add:
 * @self: the rules
 * @draft: `FaultDraft` of the API's description
 * @errors: takes what is not acceptable
 *
 * Returns: (nullable) (transfer full): the rule as it is answered; %NULL with @errors
 */
JsonObject *
vrf_faults_add (VrfFaults *self, JsonObject *draft, VrfFieldErrors *errors)
{
  Rule *rule = NULL;

  check_draft (self, draft, errors);
  if (!vrf_field_errors_is_empty (errors))
    return NULL;
  rule = new_rule (draft);
  g_ptr_array_add (self->rules, rule);
  return rule_to_json (rule);
}

/** vrf_faults_list: Returns: (transfer full): the rules, in the order they were added */
JsonArray *
vrf_faults_list (VrfFaults *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->rules->len; i++)
    json_array_add_object_element (array, rule_to_json (self->rules->pdata[i]));
  return array;
}

/** vrf_faults_remove: Returns: whether there was such a rule */
gboolean
vrf_faults_remove (VrfFaults *self, const char *id)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = self->rules->pdata[i];

      if (!g_str_equal (rule->id, id))
        continue;
      g_ptr_array_remove_index (self->rules, i);
      return TRUE;
    }
  return FALSE;
}

/** vrf_faults_clear: nothing goes wrong any more */
void
vrf_faults_clear (VrfFaults *self)
{
  g_ptr_array_set_size (self->rules, 0);
}

static gboolean
matches (const Rule *rule, const char *method, const char *path, const char *route)
{
  if (rule->method != NULL && !g_str_equal (rule->method, method))
    return FALSE;
  return rule->path == NULL || g_str_equal (rule->path, route)
         || g_pattern_match_simple (rule->path, path);
}

/* Counts the call, whoever else takes it, so that the order of the rules does not matter to it. */
static gboolean
is_due (Rule *rule)
{
  gint64 after = ++rule->seen - rule->nth;

  if (after < 0 || after % rule->every != 0 || (rule->times > 0 && rule->hit >= rule->times))
    return FALSE;
  return rule->percent == PERCENT || g_rand_int_range (rule->random, 0, PERCENT) < rule->percent;
}

/**
 * vrf_faults_take:
 * @self: the rules
 * @method: of the request
 * @path: as it was sent, without its query
 * @route: the route's path, with its parameters' names
 *
 * Counts the request. Returns: what goes wrong with it: what the first rule says whose turn it is
 */
VrfFault
vrf_faults_take (VrfFaults *self, const char *method, const char *path, const char *route)
{
  VrfFault fault = { VRF_FAULT_NONE };

  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = self->rules->pdata[i];

      if (!matches (rule, method, path, route) || !is_due (rule) || fault.kind != VRF_FAULT_NONE)
        continue;
      rule->hit++;
      fault = rule->fault;
    }
  return fault;
}

static void
answer_html (VrfReply *reply)
{
  static const char page[] = "<html><head><title>502 Bad Gateway</title></head>"
                             "<body><h1>502 Bad Gateway</h1></body></html>\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (page, sizeof page - 1);

  vrf_reply_set_bytes (reply, 502, "text/html", bytes);
}

/** vrf_faults_answer: Returns: whether @fault answers instead of the service; then @reply is
 * filled */
gboolean
vrf_faults_answer (const VrfFault *fault, VrfReply *reply)
{
  g_autofree char *seconds = g_strdup_printf ("%u", fault->retry_after_s);
  int i = -1;

  if (fault->kind == VRF_FAULT_HTML_502)
    answer_html (reply);
  else if (fault->kind == VRF_FAULT_STATUS && (i = find_status (fault->status)) >= 0)
    vrf_error_reply_set (reply, fault->status, statuses[i].code, statuses[i].detail);
  else
    return FALSE;
  if (fault->retry_after_s > 0)
    vrf_reply_set_header (reply, "Retry-After", seconds);
  return TRUE;
}
