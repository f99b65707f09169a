/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"

/* The mails our sandbox would have sent (src/sandbox/README.md, Outbox). */

#define OUTBOX "outbox"

/* The most a page may hold. */
#define PAGE_MAX 100

void
vrf_api_client_list_mails_async (VrfApiClient *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_list_mails_async, cancellable, callback, user_data);
  VrfCall *call = vrf_call_new_for_tool ("GET",
                                         OUTBOX,
                                         NULL,
                                         (VrfDecode) vrf_mail_page_new_from_json,
                                         (GDestroyNotify) vrf_mail_page_free);

  vrf_call_add_query_number (call, "limit", PAGE_MAX);
  vrf_call_run (call, task);
}

VrfMailPage *
vrf_api_client_list_mails_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_list_mails_async, result, error);
}

void
vrf_api_client_get_mail_async (VrfApiClient *self,
                               const char *mail_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_get_mail_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_tool ("GET",
                                       OUTBOX,
                                       mail_id,
                                       (VrfDecode) vrf_mail_new_from_json,
                                       (GDestroyNotify) vrf_mail_free),
                task);
}

VrfMail *
vrf_api_client_get_mail_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_get_mail_async, result, error);
}

static gpointer
decode_nothing (JsonNode *node, GError **error)
{
  return g_new0 (char, 1);
}

void
vrf_api_client_clear_mails_async (VrfApiClient *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_clear_mails_async, cancellable, callback, user_data);

  vrf_call_run (vrf_call_new_for_tool ("DELETE", OUTBOX, NULL, decode_nothing, g_free), task);
}

gboolean
vrf_api_client_clear_mails_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  g_autofree char *done = vrf_call_finish (self, vrf_api_client_clear_mails_async, result, error);

  return done != NULL;
}
