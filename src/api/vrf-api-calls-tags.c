/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-api-client.h"
#include "api/vrf-call.h"

/* Tags (verifa-api.md 3.14). */

#define TAGS_MAX 1000

static gpointer
decode_tags (JsonNode *node, GError **error)
{
  g_auto (GStrv) tags = NULL;
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "tags");
  tags = vrf_json_reader_opt_strv (&reader, "tags", TAGS_MAX);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&tags);
}

static void
run (GTask *task, const char *session_id, const char *suffix, JsonObject *body)
{
  VrfCall *call = vrf_call_new_for_session (
      "POST", session_id, suffix, decode_tags, (GDestroyNotify) g_strfreev);

  vrf_call_take_body (call, body);
  vrf_call_run (call, task);
}

static JsonObject *
make_body (const char *tag)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "tag", tag);
  return body;
}

void
vrf_api_client_add_tag_async (VrfApiClient *self,
                              const char *session_id,
                              const char *tag,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_tags_finish, cancellable, callback, user_data);

  run (task, session_id, "tags/add", make_body (tag));
}

void
vrf_api_client_remove_tag_async (VrfApiClient *self,
                                 const char *session_id,
                                 const char *tag,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_tags_finish, cancellable, callback, user_data);

  run (task, session_id, "tags/remove", make_body (tag));
}

void
vrf_api_client_set_tags_async (VrfApiClient *self,
                               const char *session_id,
                               const char *const *tags,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      vrf_call_task_new (self, vrf_api_client_tags_finish, cancellable, callback, user_data);
  JsonObject *body = json_object_new ();
  JsonArray *array = json_array_new ();

  for (; *tags != NULL; tags++)
    json_array_add_string_element (array, *tags);
  json_object_set_array_member (body, "tags", array);
  run (task, session_id, "tags/set", body);
}

GStrv
vrf_api_client_tags_finish (VrfApiClient *self, GAsyncResult *result, GError **error)
{
  return vrf_call_finish (self, vrf_api_client_tags_finish, result, error);
}
