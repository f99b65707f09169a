/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-deliveries.h"

#include "base/vrf-time.h"

#define PAGE_ROWS 100
#define MAX_PAGES 5 /* an endpoint */
#define MAX_ENDPOINTS 10
/* What a session's last change brings about is told within this time. */
#define AFTER_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  VrfSession *session;
  GPtrArray *endpoints; /* VrfWebhook */
  GPtrArray *found;     /* VrfDelivery */
  guint endpoint;       /* which one is asked now */
  guint page;
} Find;

static void
find_free (Find *find)
{
  vrf_session_unref (find->session);
  g_clear_pointer (&find->endpoints, g_ptr_array_unref);
  g_clear_pointer (&find->found, g_ptr_array_unref);
  g_free (find);
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const VrfDelivery *first = *(VrfDelivery *const *) a;
  const VrfDelivery *second = *(VrfDelivery *const *) b;

  return first->created_at < second->created_at ? -1 : first->created_at > second->created_at;
}

/* Within one second the server's order counts, which came from its end. The sort keeps it. */
static void
sort_by_time (GPtrArray *found)
{
  for (guint i = 0; i < found->len / 2; i++)
    {
      gpointer swap = found->pdata[i];

      found->pdata[i] = found->pdata[found->len - 1 - i];
      found->pdata[found->len - 1 - i] = swap;
    }
  g_ptr_array_sort (found, compare_cb);
}

static void
take_ours (Find *find, GPtrArray *page)
{
  g_ptr_array_set_free_func (page, NULL);
  for (guint i = 0; i < page->len; i++)
    {
      VrfDelivery *delivery = g_ptr_array_index (page, i);

      if (g_strcmp0 (vrf_delivery_get_session_id (delivery), find->session->id) == 0)
        g_ptr_array_add (find->found, delivery);
      else
        vrf_delivery_free (delivery);
    }
}

static void
ask (GTask *task);

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *find = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) page =
      vrf_api_client_list_deliveries_finish (VRF_API_CLIENT (source), result, &error);
  guint n = page != NULL ? page->len : 0;

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_ours (find, page);
  find->page++;
  if (n < PAGE_ROWS || find->page >= MAX_PAGES)
    {
      find->endpoint++;
      find->page = 0;
    }
  ask (task);
}

static void
ask (GTask *task)
{
  Find *find = g_task_get_task_data (task);
  const VrfSession *session = find->session;
  VrfDeliveryQuery query = { .from_us = VRF_TIME_NONE,
                             .to_us = VRF_TIME_NONE,
                             .limit = PAGE_ROWS,
                             .offset = find->page * PAGE_ROWS };

  if (find->endpoint >= find->endpoints->len || find->endpoint >= MAX_ENDPOINTS)
    {
      sort_by_time (find->found);
      g_task_return_pointer (
          task, g_steal_pointer (&find->found), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  if (session->created_at != VRF_TIME_NONE)
    query.from_us = session->created_at - G_USEC_PER_SEC;
  if (session->updated_at != VRF_TIME_NONE)
    query.to_us = session->updated_at + AFTER_US;
  vrf_api_client_list_deliveries_async (
      g_task_get_source_object (task),
      ((VrfWebhook *) g_ptr_array_index (find->endpoints, find->endpoint))->id,
      &query,
      g_task_get_cancellable (task),
      page_cb,
      g_object_ref (task));
}

static void
endpoints_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *find = g_task_get_task_data (task);
  GError *error = NULL;

  find->endpoints = vrf_api_client_list_webhooks_finish (VRF_API_CLIENT (source), result, &error);
  if (find->endpoints != NULL)
    ask (task);
  else
    g_task_return_error (task, error);
}

void
vrf_deliveries_find_async (VrfApiClient *client,
                           VrfSession *session,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Find *find = g_new0 (Find, 1);

  find->session = vrf_session_ref (session);
  find->found = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_delivery_free);
  g_task_set_source_tag (task, vrf_deliveries_find_async);
  g_task_set_task_data (task, find, (GDestroyNotify) find_free);
  vrf_api_client_list_webhooks_async (client, cancellable, endpoints_cb, task);
}

GPtrArray *
vrf_deliveries_find_finish (VrfApiClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The payload */

static gboolean
is_personal (const char *name)
{
  static const char *const names[] = { "extracted_data", "applicant_name", "applicant_email",
                                       "metadata",       "fields",         NULL };

  return g_strv_contains (names, name);
}

static JsonNode *
cover (JsonNode *node);

static JsonNode *
cover_object (JsonObject *object)
{
  JsonNode *covered = json_node_new (JSON_NODE_OBJECT);
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (is_personal (name) && !JSON_NODE_HOLDS_NULL (member))
      json_object_set_string_member (copy, name, "•••");
    else
      json_object_set_member (copy, name, cover (member));
  json_node_take_object (covered, copy);
  return covered;
}

/* As deep as the gate let it in. */
static JsonNode *
cover (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) ? cover_object (json_node_get_object (node))
                                       : json_node_copy (node);
}

char *
vrf_deliveries_dup_payload (const VrfDelivery *delivery)
{
  g_autoptr (JsonNode) covered = NULL;

  if (delivery->payload == NULL)
    return NULL;
  covered = cover_object (delivery->payload);
  return json_to_string (covered, TRUE);
}
