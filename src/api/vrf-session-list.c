/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-session-list.h"
#include "api/vrf-session-item-private.h"
#include "base/vrf-time.h"

/**
 * VrfSessionList:
 *
 * Offsets shift while one reads: a new session pushes all others down, and one that leaves the
 * query (a list of pending ones) pulls them up. So a session is known by its id, a page begins a
 * few rows before the end of what is known, and a page that does not touch what is known is asked
 * for again further up. For the main thread; the list may be let go at any time.
 */
struct _VrfSessionList
{
  GObject parent_instance;

  /* owned */
  VrfApiClient *client;
  char *status;
  char *q;
  char *external_ref;
  GPtrArray *items;  /* VrfSessionItem */
  GHashTable *by_id; /* borrowed id → borrowed VrfSessionItem */
  GCancellable *cancellable;
  GError *error;

  VrfSessionListState state;
  guint total;
  guint depth;         /* rows of the server's list that have been read */
  guint follow_ups;    /* requests made by ourselves since the caller's last */
  gboolean refreshing; /* the request under way asks for the first page */
};

#define PAGE_ROWS 100
#define OVERLAP_ROWS 10

/* A server that does not know offsets must not keep us busy. */
#define FOLLOW_UPS_MAX 20

static void
vrf_session_list_model_init (GListModelInterface *iface);
static void
request (VrfSessionList *self, guint offset);

G_DEFINE_FINAL_TYPE_WITH_CODE (VrfSessionList,
                               vrf_session_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      vrf_session_list_model_init))

enum
{
  PROP_STATE = 1,
  PROP_TOTAL,
};

static GParamSpec *properties[PROP_TOTAL + 1];

static GType
get_item_type (GListModel *model)
{
  return VRF_TYPE_SESSION_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return VRF_SESSION_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  VrfSessionList *self = VRF_SESSION_LIST (model);

  if (position >= self->items->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
vrf_session_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
vrf_session_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  VrfSessionList *self = VRF_SESSION_LIST (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_TOTAL:
      g_value_set_uint (value, self->total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
vrf_session_list_dispose (GObject *object)
{
  VrfSessionList *self = VRF_SESSION_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (vrf_session_list_parent_class)->dispose (object);
}

static void
vrf_session_list_finalize (GObject *object)
{
  VrfSessionList *self = VRF_SESSION_LIST (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->q, g_free);
  g_clear_pointer (&self->external_ref, g_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (vrf_session_list_parent_class)->finalize (object);
}

static void
vrf_session_list_class_init (VrfSessionListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vrf_session_list_get_property;
  object_class->dispose = vrf_session_list_dispose;
  object_class->finalize = vrf_session_list_finalize;

  properties[PROP_STATE] = g_param_spec_uint ("state",
                                              NULL,
                                              NULL,
                                              VRF_SESSION_LIST_IDLE,
                                              VRF_SESSION_LIST_COMPLETE,
                                              VRF_SESSION_LIST_IDLE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TOTAL] = g_param_spec_uint (
      "total", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
vrf_session_list_init (VrfSessionList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
set_state (VrfSessionList *self, VrfSessionListState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_total (VrfSessionList *self, guint total)
{
  if (self->total == total)
    return;
  self->total = total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

static const char *
item_id (VrfSessionItem *item)
{
  return vrf_session_item_get_session (item)->id;
}

/* The key is borrowed from the session, so it changes with it. */
static void
remember (VrfSessionList *self, VrfSessionItem *item)
{
  g_hash_table_replace (self->by_id, (gpointer) item_id (item), item);
}

/* Puts @items (transfer full) in the place of what there is, with one items-changed. */
static void
replace_items (VrfSessionList *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint shortest = MIN (old->len, items->len);
  guint head = 0;
  guint tail = 0;

  while (head < shortest && old->pdata[head] == items->pdata[head])
    head++;
  while (tail < shortest - head
         && old->pdata[old->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;

  self->items = items;
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < items->len; i++)
    remember (self, g_ptr_array_index (items, i));
  if (head + tail < old->len || head + tail < items->len)
    g_list_model_items_changed (
        G_LIST_MODEL (self), head, old->len - head - tail, items->len - head - tail);
}

/* The item of a session, made if it is new, with what is now known of it. */
static VrfSessionItem *
dup_item (VrfSessionList *self, VrfSession *session)
{
  VrfSessionItem *item = g_hash_table_lookup (self->by_id, session->id);

  if (item == NULL)
    item = vrf_session_item_new (session);
  else
    {
      g_hash_table_remove (self->by_id, session->id);
      g_object_ref (item);
      vrf_session_item_set_session (item, session);
    }
  remember (self, item);
  return item;
}

static guint
count_known (VrfSessionList *self, const VrfSessionPage *page)
{
  guint n = 0;

  for (guint i = 0; i < page->sessions->len; i++)
    {
      VrfSession *session = g_ptr_array_index (page->sessions, i);

      if (g_hash_table_contains (self->by_id, session->id))
        n++;
    }
  return n;
}

/* A later page: what is new follows what there is. */
static void
append_page (VrfSessionList *self, const VrfSessionPage *page)
{
  GPtrArray *items = g_ptr_array_copy (self->items, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (items, g_object_unref);
  for (guint i = 0; i < page->sessions->len; i++)
    {
      VrfSession *session = g_ptr_array_index (page->sessions, i);
      gboolean known = g_hash_table_contains (self->by_id, session->id);
      g_autoptr (VrfSessionItem) item = dup_item (self, session);

      if (!known)
        g_ptr_array_add (items, g_steal_pointer (&item));
    }
  replace_items (self, items);
}

/* The first page again: it begins the list; what follows it in time stays behind it, and what
 * should stand in it but does not has left the query. */
static void
merge_first_page (VrfSessionList *self, const VrfSessionPage *page)
{
  gboolean whole = page->sessions->len >= page->total;
  gboolean touches = whole || count_known (self, page) > 0 || self->items->len == 0;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 oldest_at = G_MAXINT64;

  for (guint i = 0; i < page->sessions->len; i++)
    {
      VrfSession *session = g_ptr_array_index (page->sessions, i);
      g_autoptr (VrfSessionItem) item = dup_item (self, session);

      oldest_at = MIN (oldest_at, session->created_at);
      if (g_hash_table_add (seen, item))
        g_ptr_array_add (items, g_steal_pointer (&item));
    }
  for (guint i = 0; touches && !whole && i < self->items->len; i++)
    {
      VrfSessionItem *item = g_ptr_array_index (self->items, i);

      if (!g_hash_table_contains (seen, item)
          && vrf_session_item_get_session (item)->created_at <= oldest_at)
        g_ptr_array_add (items, g_object_ref (item));
    }
  replace_items (self, items);
  if (!touches)
    self->depth = 0;
  self->depth = MAX (self->depth, page->sessions->len);
}

static gboolean
follow_up (VrfSessionList *self, guint offset)
{
  if (self->follow_ups >= FOLLOW_UPS_MAX)
    return FALSE;
  self->follow_ups++;
  request (self, offset);
  return TRUE;
}

/* Whether more rows have to be asked for before the caller has what it asked for. */
static gboolean
take_later_page (VrfSessionList *self, const VrfSessionPage *page, guint offset)
{
  guint end = offset + page->sessions->len;
  guint before = self->items->len;

  if (offset > 0 && page->sessions->len > 0 && count_known (self, page) == 0
      && follow_up (self, offset - MIN (offset, PAGE_ROWS - OVERLAP_ROWS)))
    return TRUE;
  append_page (self, page);
  self->depth = page->sessions->len == 0 ? page->total : end;
  return self->items->len == before && page->sessions->len > 0 && end < page->total
         && follow_up (self, end);
}

typedef struct
{
  GWeakRef list;
  guint offset;
} Request;

static void
request_free (Request *data)
{
  g_weak_ref_clear (&data->list);
  g_free (data);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
fail (VrfSessionList *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  set_state (self, VRF_SESSION_LIST_FAILED);
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) data = user_data;
  g_autoptr (VrfSessionList) self = g_weak_ref_get (&data->list);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSessionPage) page =
      vrf_api_client_list_sessions_finish (VRF_API_CLIENT (object), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (page == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }
  set_total (self, page->total);
  if (self->refreshing)
    merge_first_page (self, page);
  else if (take_later_page (self, page, data->offset))
    return;
  set_state (self, self->depth >= self->total ? VRF_SESSION_LIST_COMPLETE : VRF_SESSION_LIST_IDLE);
}

static void
request (VrfSessionList *self, guint offset)
{
  Request *data = g_new0 (Request, 1);
  VrfSessionQuery query = {
    .status = self->status,
    .q = self->q,
    .external_ref = self->external_ref,
    .limit = PAGE_ROWS,
    .offset = offset,
  };

  g_weak_ref_init (&data->list, self);
  data->offset = offset;
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_state (self, VRF_SESSION_LIST_LOADING);
  vrf_api_client_list_sessions_async (self->client, &query, self->cancellable, listed_cb, data);
}

/** vrf_session_list_new: Returns: (transfer full): an empty list; vrf_session_list_load_more()
 * fills it */
VrfSessionList *
vrf_session_list_new (VrfApiClient *client, const VrfSessionQuery *query)
{
  VrfSessionList *self = g_object_new (VRF_TYPE_SESSION_LIST, NULL);

  self->client = g_object_ref (client);
  self->status = g_strdup (query->status);
  self->q = g_strdup (query->q);
  self->external_ref = g_strdup (query->external_ref);
  return self;
}

VrfSessionListState
vrf_session_list_get_state (VrfSessionList *self)
{
  return self->state;
}

guint
vrf_session_list_get_total (VrfSessionList *self)
{
  return self->total;
}

/** vrf_session_list_get_error: Returns: (nullable) (transfer none): why it is FAILED */
const GError *
vrf_session_list_get_error (VrfSessionList *self)
{
  return self->error;
}

/** vrf_session_list_load_more: asks for the next page, or again for what failed; nothing while
 * LOADING or COMPLETE */
void
vrf_session_list_load_more (VrfSessionList *self)
{
  if (self->state == VRF_SESSION_LIST_LOADING || self->state == VRF_SESSION_LIST_COMPLETE)
    return;
  if (self->state != VRF_SESSION_LIST_FAILED)
    self->refreshing = FALSE;
  self->follow_ups = 0;
  request (self, self->refreshing ? 0 : self->depth - MIN (self->depth, OVERLAP_ROWS));
}

/** vrf_session_list_refresh: asks for the newest page again; nothing while LOADING */
void
vrf_session_list_refresh (VrfSessionList *self)
{
  if (self->state == VRF_SESSION_LIST_LOADING)
    return;
  self->refreshing = TRUE;
  request (self, 0);
}

/** vrf_session_list_stop: cancels what is under way; what is loaded stays */
void
vrf_session_list_stop (VrfSessionList *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_state (self, VRF_SESSION_LIST_IDLE);
}
