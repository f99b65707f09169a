/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-body.h"
#include "sandbox/vrf-store-outbox.h"

/* The mails that would have been sent, of both environments. */

static JsonObject *
new_item (const VrfStoredMail *mail)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", mail->id);
  vrf_body_add_string (object, "session_id", mail->session_id);
  json_object_set_string_member (object, "to", mail->to);
  json_object_set_string_member (object, "subject", mail->subject);
  json_object_set_string_member (object, "kind", mail->kind);
  vrf_body_add_time (object, "created_at", mail->created_at);
  return object;
}

static void
list (VrfRequest *request, VrfReply *reply)
{
  VrfSandboxStore *store = vrf_request_get_store (request);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (GPtrArray) mails = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *data = NULL;
  gint64 total = 0;
  guint limit = 0;
  guint offset = 0;

  vrf_handlers_read_page (request, errors, 50, &limit, &offset);
  if (vrf_field_errors_reply (errors, reply))
    return;
  mails = vrf_store_outbox_list (store, limit, offset, &error);
  if (mails == NULL || !vrf_store_outbox_count (store, &total, &error))
    {
      vrf_error_reply_set_error (reply, error);
      return;
    }
  data = json_array_sized_new (mails->len);
  for (guint i = 0; i < mails->len; i++)
    json_array_add_object_element (data, new_item (mails->pdata[i]));
  vrf_reply_set_json (reply, 200, vrf_body_new_page (data, total, limit, offset));
}

/* NULL when it was answered. */
static VrfStoredMail *
find (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;
  VrfStoredMail *mail = vrf_store_outbox_get (
      vrf_request_get_store (request), vrf_request_get_param (request, "mail_id"), &error);

  vrf_handlers_is_found (reply, mail, error, "Mail not found.");
  return mail;
}

static void
get (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredMail) mail = find (request, reply);
  JsonObject *object = NULL;

  if (mail == NULL)
    return;
  object = new_item (mail);
  json_object_set_string_member (object, "text", mail->text);
  json_object_set_string_member (object, "html", mail->html);
  vrf_reply_set_json (reply, 200, vrf_body_take (object));
}

static void
remove_mail (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (VrfStoredMail) mail = find (request, reply);
  g_autoptr (GError) error = NULL;

  if (mail == NULL)
    return;
  vrf_service_want_purge (vrf_request_get_service (request));
  if (vrf_store_outbox_delete (vrf_request_get_store (request), mail, &error))
    vrf_reply_set_empty (reply, 204);
  else
    vrf_error_reply_set_error (reply, error);
}

static void
clear (VrfRequest *request, VrfReply *reply)
{
  g_autoptr (GError) error = NULL;

  vrf_service_want_purge (vrf_request_get_service (request));
  if (vrf_store_outbox_clear (vrf_request_get_store (request), &error))
    vrf_reply_set_empty (reply, 204);
  else
    vrf_error_reply_set_error (reply, error);
}

#define OUTBOX "/_sandbox/outbox"
#define TOOL (VRF_ROUTE_SANDBOX_ONLY | VRF_ROUTE_FREE)

const VrfRoute vrf_handlers_outbox[] = {
  { "GET", OUTBOX, NULL, list, TOOL, vrf_handlers_check_origin },
  { "DELETE", OUTBOX, NULL, clear, TOOL, vrf_handlers_check_origin },
  { "GET", OUTBOX "/{mail_id}", NULL, get, TOOL, vrf_handlers_check_origin },
  { "DELETE", OUTBOX "/{mail_id}", NULL, remove_mail, TOOL, vrf_handlers_check_origin },
  { NULL },
};
