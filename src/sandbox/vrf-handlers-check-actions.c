/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers-checks.h"

#include "base/vrf-json.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-redaction.h"
#include "sandbox/vrf-screening.h"
#include "sandbox/vrf-tags.h"

/* What can be done with a standalone check (verifa-api.md 7.4). */

#define MAX_HITS 1000

/* The check, if there is anything left of it; NULL when it was answered. */
static gboolean
is_open (const VrfScreening *check, VrfReply *reply)
{
  if (check->redacted_at == VRF_TIME_NONE)
    return TRUE;
  vrf_error_reply_set (reply, 400, "bad_request", "The check has been redacted.");
  return FALSE;
}

static VrfScreening *
find_open (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfScreening) check = vrf_handlers_checks_find (request, reply);

  return check != NULL && is_open (check, reply) ? g_steal_pointer (&check) : NULL;
}

static gboolean
save (VrfRequest *request, VrfReply *reply, VrfScreening *check)
{
  g_autoptr (GError) error = NULL;

  check->updated_at = vrf_service_get_now (vrf_request_get_service (request));
  if (vrf_store_screenings_update (vrf_request_get_store (request), check, &error))
    return TRUE;
  vrf_error_reply_set_error (reply, error);
  return FALSE;
}

static void
reply_check (VrfReply *reply, const VrfScreening *check)
{
  vrf_reply_set_json (reply, 200, vrf_body_take (vrf_screening_new_json (check, TRUE)));
}

static gboolean
is_wanted (JsonArray *ids, const char *id)
{
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    if (g_str_equal (json_array_get_string_element (ids, i), id))
      return TRUE;
  return ids == NULL;
}

/* Marks those of @ids, or all. Returns: how many were not dismissed before. */
static guint
dismiss_hits (VrfScreening *check, JsonArray *ids)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (check->hits);
  JsonArray *hits = json_node_get_array (root);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (hits); i++)
    {
      JsonObject *hit = json_array_get_object_element (hits, i);

      if (json_object_get_boolean_member (hit, "dismissed")
          || !is_wanted (ids, json_object_get_string_member (hit, "id")))
        continue;
      json_object_set_boolean_member (hit, "dismissed", TRUE);
      n++;
    }
  g_free (check->hits);
  check->hits = vrf_json_to_text (root);
  return n;
}

/* Every id has to be one of a hit. */
static void
check_ids (const VrfScreening *check, JsonArray *ids, VrfFieldErrors *errors)
{
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      g_autoptr (JsonNode) root = vrf_stored_parse (check->hits);
      JsonArray *hits = json_node_get_array (root);
      g_autofree char *field = g_strdup_printf ("hit_ids.%u", i);
      gboolean found = FALSE;

      for (guint j = 0; !found && j < json_array_get_length (hits); j++)
        found = g_str_equal (
            json_object_get_string_member (json_array_get_object_element (hits, j), "id"),
            json_array_get_string_element (ids, i));
      if (!found)
        vrf_field_errors_add (errors, field, "enum", "must be a hit of this check");
    }
}

static void
dismiss (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "hit_ids", .type = VRF_FIELD_STRINGS, .max = MAX_HITS, .item_max = 64 },
    { .name = "reason", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 2000 },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfScreening) check = vrf_handlers_checks_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  JsonArray *ids = NULL;
  JsonObject *object = NULL;
  guint n = 0;

  if (check == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_is_empty (errors) && vrf_fields_has (body, "hit_ids"))
    ids = json_object_get_array_member (body, "hit_ids");
  if (vrf_field_errors_is_empty (errors))
    check_ids (check, ids, errors);
  if (vrf_field_errors_reply (errors, reply) || !is_open (check, reply))
    return;
  n = dismiss_hits (check, ids);
  if (!save (request, reply, check))
    return;
  object = json_object_new ();
  json_object_set_string_member (object, "check_id", check->id);
  json_object_set_int_member (object, "dismissed_count", n);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

/* Redacting again changes nothing and is no error. */
static void
redact (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfScreening) check = vrf_handlers_checks_find (request, reply);
  g_autoptr (GError) error = NULL;

  if (check == NULL)
    return;
  if (check->redacted_at == VRF_TIME_NONE)
    {
      check->redacted_at = vrf_service_get_now (vrf_request_get_service (request));
      vrf_stored_set (&check->subject, "{}");
      vrf_stored_set (&check->hits, "[]");
      if (!save (request, reply, check))
        return;
      if (!vrf_redaction_clear_replies (vrf_request_get_store (request), check->id, NULL, &error))
        {
          vrf_error_reply_set_error (reply, error);
          return;
        }
      vrf_service_want_purge (vrf_request_get_service (request));
    }
  reply_check (reply, check);
}

static void
rerun (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfScreening) check = find_open (request, reply);
  g_autoptr (GError) error = NULL;

  if (check == NULL)
    return;
  vrf_screening_run (check);
  if (!save (request, reply, check))
    return;
  if (vrf_screening_tell (vrf_request_get_service (request), check, &error))
    reply_check (reply, check);
  else
    vrf_error_reply_set_error (reply, error);
}

/* Writes @tags and answers with them. */
static void
put_tags (VrfRequest *request, VrfReply *reply, VrfScreening *check, const char *tags)
{
  vrf_stored_set (&check->tags, tags);
  if (save (request, reply, check))
    vrf_reply_set_json (reply, 200, vrf_tags_new_reply (check->id, tags));
}

static void
change_tags (VrfRequest *request, VrfReply *reply, VrfTagsChange change)
{
  g_autoptr (VrfScreening) check = vrf_handlers_checks_find (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autofree char *tags = NULL;

  if (check == NULL)
    return;
  tags = change (check->tags, vrf_request_get_body (request), errors);
  if (!vrf_field_errors_reply (errors, reply))
    put_tags (request, reply, check, tags);
}

static void
add_tag (VrfRequest *request, VrfReply *reply)
{
  change_tags (request, reply, vrf_tags_add);
}

static void
set_tags (VrfRequest *request, VrfReply *reply)
{
  change_tags (request, reply, vrf_tags_set);
}

static void
remove_tag (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfScreening) check = vrf_handlers_checks_find (request, reply);
  g_autofree char *tags = NULL;

  if (check == NULL)
    return;
  tags = vrf_tags_dup_without (check->tags, vrf_request_get_param (request, "tag"));
  put_tags (request, reply, check, tags);
}

#define CHECK "/api/v1/checks/{check_id}"
#define WRITE "checks:write screening:write"

const VrfRoute vrf_handlers_check_actions[] = {
  { "POST", CHECK "/dismiss", WRITE, dismiss, VRF_ROUTE_PLAIN, .audit = "api.check.dismiss" },
  { "POST",
    CHECK "/redact",
    "redact:write " WRITE,
    redact,
    VRF_ROUTE_PLAIN,
    .audit = "api.check.redact" },
  { "POST", CHECK "/rerun", WRITE, rerun, VRF_ROUTE_PLAIN, .audit = "api.check.rerun" },
  { "POST", CHECK "/tags", WRITE, add_tag, VRF_ROUTE_PLAIN, .audit = "api.check.add_tag" },
  { "PUT", CHECK "/tags", WRITE, set_tags, VRF_ROUTE_PLAIN, .audit = "api.check.set_tags" },
  { "DELETE",
    CHECK "/tags/{tag}",
    WRITE,
    remove_tag,
    VRF_ROUTE_PLAIN,
    .audit = "api.check.remove_tag" },
  { NULL },
};
