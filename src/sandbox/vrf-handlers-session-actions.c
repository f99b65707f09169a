/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-fields.h"
#include "sandbox/vrf-outbox.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-session-json.h"
#include "sandbox/vrf-tags.h"

/* What can be done with a session (verifa-api.md 3.6 to 3.9, 3.12 to 3.14). */

#define MAX_LINK_MIN (7 * 24 * 60)

static const char *
state_nick (const VrfStoredSession *session)
{
  return vrf_enum_to_nick (vrf_engine_states, (int) session->state);
}

/* Finds the session and applies an event; NULL when it was answered. */
static VrfStoredSession *
apply (VrfRequest *request, VrfReply *reply, VrfEvent event, const VrfPreset *preset)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GError) error = NULL;

  if (session == NULL)
    return NULL;
  if (vrf_service_apply (vrf_request_get_service (request), session, event, preset, &error))
    return g_steal_pointer (&session);
  vrf_error_reply_set_error (reply, error);
  return NULL;
}

static void
resume (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = apply (request, reply, VRF_EVENT_RESUME, NULL);

  if (session != NULL)
    vrf_reply_set_json (
        reply, 200, vrf_session_json_new_resumed (vrf_request_get_service (request), session));
}

static void
expire (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredSession) session = apply (request, reply, VRF_EVENT_EXPIRE, NULL);
  JsonObject *object = NULL;

  if (session == NULL)
    return;
  object = json_object_new ();
  json_object_set_string_member (object, "id", session->id);
  json_object_set_string_member (object, "status", state_nick (session));
  vrf_body_add_time (object, "expired_at", session->updated_at);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static const char *
check_action (const char *text)
{
  return vrf_presets_find_action (text) != NULL
             ? NULL
             : "must be approve, decline, require-review or expire";
}

static void
simulate (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "action",
      .type = VRF_FIELD_STRING,
      .required = TRUE,
      .check = check_action,
      .code = "enum" },
    { NULL },
  };
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  const char *action = NULL;
  JsonObject *object = NULL;

  if (session == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  action = vrf_fields_get_string (body, "action");
  if (!vrf_service_apply (vrf_request_get_service (request),
                          session,
                          VRF_EVENT_SIMULATE,
                          vrf_presets_find_action (action),
                          &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "id", session->id);
  json_object_set_string_member (object, "action", action);
  json_object_set_string_member (object, "status", state_nick (session));
  json_object_set_boolean_member (object, "simulated", TRUE);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

/* "a***@example.com" */
static char *
dup_masked_email (const char *email)
{
  const char *at = strchr (email, '@');
  g_autofree char *first = g_utf8_substring (email, 0, 1);

  return g_strconcat (first, "***", at != NULL ? at : "", NULL);
}

static void
answer_invite (VrfStoredSession *session, VrfReply *reply)
{
  g_autofree char *masked = dup_masked_email (session->applicant_email);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", session->id);
  json_object_set_string_member (object, "status", state_nick (session));
  json_object_set_string_member (object, "sent_to", masked);
  json_object_set_int_member (object, "invite_count", session->invite_count);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

/* No mail leaves the sandbox: it lands in the outbox. */
static void
resend_invite (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GError) error = NULL;

  if (session == NULL)
    return;
  if (!session->send_email || session->applicant_email == NULL)
    {
      vrf_error_reply_set (
          reply, 400, "bad_request", "The session was not created with an invitation.");
      return;
    }
  /* Where nobody is waited for, waiting would not help either. */
  if (vrf_engine_is_capturable (session->state) && session->invite_count > VRF_SERVICE_MAX_RESENDS)
    {
      vrf_error_reply_set (
          reply, 429, "rate_limited", "The invitation has been sent again 5 times already.");
      return;
    }
  session->invite_count++;
  if (vrf_service_apply (service, session, VRF_EVENT_INVITE, NULL, &error)
      && vrf_outbox_invite (service, session, &error))
    answer_invite (session, reply);
  else
    vrf_error_reply_set_error (reply, error);
}

static void
make_link (VrfRequest *request, VrfReply *reply)
{
  static const VrfField fields[] = {
    { .name = "expires_in_minutes",
      .type = VRF_FIELD_INT,
      .nullable = TRUE,
      .min = 1,
      .max = MAX_LINK_MIN },
    { NULL },
  };
  VrfService *service = vrf_request_get_service (request);
  JsonObject *body = vrf_request_get_body (request);
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredLink) link = NULL;
  g_autoptr (GError) error = NULL;
  gint64 minutes = 0;

  if (session == NULL)
    return;
  vrf_fields_check (body, fields, errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  minutes = vrf_fields_get_int (body, "expires_in_minutes", VRF_SERVICE_TOKEN_LIFE_S / 60);
  link = vrf_service_make_link (service, session, (int) minutes, &error);
  if (link != NULL)
    vrf_reply_set_json (reply, 201, vrf_session_json_new_link (service, session, link, TRUE));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
list_links (VrfRequest *request, VrfReply *reply)
{
  VrfService *service = vrf_request_get_service (request);
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;
  JsonArray *data = NULL;

  if (session == NULL)
    return;
  links = vrf_sandbox_store_list_links (vrf_request_get_store (request), session->n, &error);
  if (links == NULL)
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  object = json_object_new ();
  data = json_array_new ();
  for (guint i = 0; i < links->len; i++)
    json_array_add_element (data,
                            vrf_session_json_new_link (service, session, links->pdata[i], FALSE));
  json_object_set_array_member (object, "data", data);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
change_tags (VrfRequest *request, VrfReply *reply, VrfTagsChange change)
{
  g_autoptr (VrfStoredSession) session = vrf_handlers_find_session (request, reply);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *tags = NULL;

  if (session == NULL)
    return;
  tags = change (session->tags, vrf_request_get_body (request), errors);
  if (vrf_field_errors_reply (errors, reply))
    return;
  vrf_stored_set (&session->tags, tags);
  if (vrf_service_apply (
          vrf_request_get_service (request), session, VRF_EVENT_UPDATE, NULL, &error))
    vrf_reply_set_json (reply, 200, vrf_tags_new_reply (session->id, tags));
  else
    vrf_error_reply_set_error (reply, error);
}

static void
add_tag (VrfRequest *request, VrfReply *reply)
{
  change_tags (request, reply, vrf_tags_add);
}

static void
remove_tag (VrfRequest *request, VrfReply *reply)
{
  change_tags (request, reply, vrf_tags_remove);
}

static void
set_tags (VrfRequest *request, VrfReply *reply)
{
  change_tags (request, reply, vrf_tags_set);
}

#define SESSION "/api/v1/sessions/{session_id}"

const VrfRoute vrf_handlers_session_actions[] = {
  { "POST",
    SESSION "/resume",
    "sessions:write",
    resume,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.resume" },
  { "POST",
    SESSION "/expire",
    "sessions:write",
    expire,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.expire" },
  { "POST",
    SESSION "/simulate",
    "sessions:write",
    simulate,
    VRF_ROUTE_SANDBOX_ONLY,
    .audit = "api.session.simulate" },
  { "POST",
    SESSION "/resend-invite",
    "sessions:write",
    resend_invite,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.resend_invite" },
  { "POST",
    SESSION "/generate-one-time-link",
    "sessions:write",
    make_link,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.generate_link" },
  { "GET", SESSION "/links", "sessions:read", list_links, VRF_ROUTE_PLAIN },
  { "POST",
    SESSION "/tags/add",
    "sessions:write",
    add_tag,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.add_tag" },
  { "POST",
    SESSION "/tags/remove",
    "sessions:write",
    remove_tag,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.remove_tag" },
  { "POST",
    SESSION "/tags/set",
    "sessions:write",
    set_tags,
    VRF_ROUTE_PLAIN,
    .audit = "api.session.set_tags" },
  { NULL },
};
