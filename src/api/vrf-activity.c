/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <string.h>

#include "api/vrf-activity.h"

/**
 * VrfActivity:
 *
 * What a client asked of its server lately, for whoever has to find out why something does not
 * work. It lives in memory and knows no key, no header, no body and no answer; what somebody
 * searched for is left out of a path. Ids stay: they are what support asks for.
 */
struct _VrfActivity
{
  GObject parent_instance;

  GQueue items; /* owned: VrfActivityItem, the newest first */
};

struct _VrfActivityItem
{
  GObject parent_instance;

  const char *method; /* static */
  char *path;
  char *problem;    /* nullable */
  char *request_id; /* nullable */
  gint64 began_us;  /* real time */
  gint64 begun_at;  /* monotonic */
  guint status;
  guint attempts;
  int took_ms;
  gboolean has_body;
  gboolean is_poll;
  gboolean is_over;
};

#define PLACEHOLDER "<reference>"

/* Parameters whose value may be a guest's. */
static const char *const personal[] = { "q", "external_ref", "search", "name", "email" };

enum
{
  PROP_OVER = 1,
};

static GParamSpec *properties[PROP_OVER + 1];

G_DEFINE_FINAL_TYPE (VrfActivityItem, vrf_activity_item, G_TYPE_OBJECT)

static void
list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VrfActivity,
                               vrf_activity,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* One call */

static void
vrf_activity_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfActivityItem *self = VRF_ACTIVITY_ITEM (object);

  switch (prop_id)
    {
    case PROP_OVER:
      g_value_set_boolean (value, self->is_over);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_activity_item_finalize (GObject *object)
{
  VrfActivityItem *self = VRF_ACTIVITY_ITEM (object);

  g_free (self->path);
  g_free (self->problem);
  g_free (self->request_id);

  G_OBJECT_CLASS (vrf_activity_item_parent_class)->finalize (object);
}

static void
vrf_activity_item_class_init (VrfActivityItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vrf_activity_item_get_property;
  object_class->finalize = vrf_activity_item_finalize;

  properties[PROP_OVER] =
      g_param_spec_boolean ("over",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
vrf_activity_item_init (VrfActivityItem *self)
{
  self->took_ms = -1;
}

static gboolean
is_personal (const char *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    {
      gsize length = strlen (personal[i]);

      if (strncmp (parameter, personal[i], length) == 0 && parameter[length] == '=')
        return TRUE;
    }
  return FALSE;
}

static char *
dup_shown_path (const char *path)
{
  const char *query = strchr (path, '?');
  g_auto (GStrv) parameters = NULL;
  g_autofree char *joined = NULL;

  if (query == NULL)
    return g_strdup (path);
  parameters = g_strsplit (query + 1, "&", -1);
  for (guint i = 0; parameters[i] != NULL; i++)
    if (is_personal (parameters[i]))
      {
        char *shown = NULL;

        *strchr (parameters[i], '=') = '\0';
        shown = g_strconcat (parameters[i], "=" PLACEHOLDER, NULL);
        g_free (parameters[i]);
        parameters[i] = shown;
      }
  joined = g_strjoinv ("&", parameters);
  return g_strdup_printf ("%.*s?%s", (int) (query - path), path, joined);
}

/** vrf_activity_item_note_attempt: it is sent, for the first time or again */
void
vrf_activity_item_note_attempt (VrfActivityItem *self)
{
  self->attempts++;
}

/** vrf_activity_item_note_reply: an attempt was answered; @request_id nullable */
void
vrf_activity_item_note_reply (VrfActivityItem *self, guint status, const char *request_id)
{
  self->status = status;
  g_free (self->request_id);
  self->request_id = g_strdup (request_id);
}

/** vrf_activity_item_end: nothing more comes of it; @error (nullable): why it failed */
void
vrf_activity_item_end (VrfActivityItem *self, const GError *error)
{
  self->took_ms = (int) MIN ((g_get_monotonic_time () - self->begun_at) / 1000, G_MAXINT);
  self->problem = error != NULL ? g_strdup (error->message) : NULL;
  self->is_over = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OVER]);
}

/** vrf_activity_item_get_method: Returns: (transfer none): "GET" */
const char *
vrf_activity_item_get_method (VrfActivityItem *self)
{
  return self->method;
}

/** vrf_activity_item_get_path: Returns: (transfer none): path and query, escaped, without what may
 * be a guest's */
const char *
vrf_activity_item_get_path (VrfActivityItem *self)
{
  return self->path;
}

/** vrf_activity_item_get_began_us: Returns: when, in real time, µs */
gint64
vrf_activity_item_get_began_us (VrfActivityItem *self)
{
  return self->began_us;
}

/** vrf_activity_item_is_poll: Returns: whether nobody asked for it: the tracker did */
gboolean
vrf_activity_item_is_poll (VrfActivityItem *self)
{
  return self->is_poll;
}

/** vrf_activity_item_is_over: Returns: whether it was answered or has failed */
gboolean
vrf_activity_item_is_over (VrfActivityItem *self)
{
  return self->is_over;
}

/** vrf_activity_item_get_status: Returns: the last attempt's HTTP status, 0 for no answer */
guint
vrf_activity_item_get_status (VrfActivityItem *self)
{
  return self->status;
}

/** vrf_activity_item_get_attempts: Returns: how often it was sent */
guint
vrf_activity_item_get_attempts (VrfActivityItem *self)
{
  return self->attempts;
}

/** vrf_activity_item_get_took_ms: Returns: with all attempts and pauses; -1 while it is under way
 */
int
vrf_activity_item_get_took_ms (VrfActivityItem *self)
{
  return self->took_ms;
}

/** vrf_activity_item_get_problem: Returns: (nullable) (transfer none): why it failed, for a person
 */
const char *
vrf_activity_item_get_problem (VrfActivityItem *self)
{
  return self->problem;
}

/** vrf_activity_item_get_request_id: Returns: (nullable) (transfer none): what the server calls it
 */
const char *
vrf_activity_item_get_request_id (VrfActivityItem *self)
{
  return self->request_id;
}

/**
 * vrf_activity_item_dup_curl:
 * @self: a call
 * @base_url: the server's address
 *
 * The key is asked of the environment, a body of a file: neither is known here.
 *
 * Returns: (transfer full): a command for a shell that does the same
 */
char *
vrf_activity_item_dup_curl (VrfActivityItem *self, const char *base_url)
{
  g_autofree char *url = g_strconcat (base_url, self->path, NULL);
  g_autofree char *quoted = g_shell_quote (url);
  GString *text = g_string_new ("curl --globoff -H \"X-API-Key: $VERIFA_API_KEY\"");

  if (!g_str_equal (self->method, "GET"))
    g_string_append_printf (text, " -X %s", self->method);
  if (self->has_body)
    g_string_append (text, " -H 'Content-Type: application/json' --data @body.json");
  g_string_append_printf (text, " %s", quoted);
  return g_string_free (text, FALSE);
}

/* All of them */

static GType
get_item_type (GListModel *model)
{
  return VRF_TYPE_ACTIVITY_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return VRF_ACTIVITY (model)->items.length;
}

static gpointer
get_item (GListModel *model, guint position)
{
  VrfActivityItem *item = g_queue_peek_nth (&VRF_ACTIVITY (model)->items, position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
vrf_activity_finalize (GObject *object)
{
  g_queue_clear_full (&VRF_ACTIVITY (object)->items, g_object_unref);

  G_OBJECT_CLASS (vrf_activity_parent_class)->finalize (object);
}

static void
vrf_activity_class_init (VrfActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_activity_finalize;
}

static void
vrf_activity_init (VrfActivity *self)
{
  g_queue_init (&self->items);
}

/** vrf_activity_new: Returns: (transfer full): nothing was asked yet */
VrfActivity *
vrf_activity_new (void)
{
  return g_object_new (VRF_TYPE_ACTIVITY, NULL);
}

/** vrf_activity_clear: forgets them all */
void
vrf_activity_clear (VrfActivity *self)
{
  guint n = self->items.length;

  g_queue_clear_full (&self->items, g_object_unref);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/**
 * vrf_activity_begin:
 * @self: what remembers it
 * @method: (transfer none): static
 * @path: what follows the base URL, escaped
 * @has_body: whether JSON goes with it
 * @is_poll: whether nobody asked for it
 *
 * Returns: (transfer full): the call; the oldest one is forgotten when there are too many
 */
VrfActivityItem *
vrf_activity_begin (
    VrfActivity *self, const char *method, const char *path, gboolean has_body, gboolean is_poll)
{
  VrfActivityItem *item = g_object_new (VRF_TYPE_ACTIVITY_ITEM, NULL);

  item->method = method;
  item->path = dup_shown_path (path);
  item->has_body = has_body;
  item->is_poll = is_poll;
  item->began_us = g_get_real_time ();
  item->begun_at = g_get_monotonic_time ();
  if (self->items.length == VRF_ACTIVITY_MOST)
    {
      g_object_unref (g_queue_pop_tail (&self->items));
      g_list_model_items_changed (G_LIST_MODEL (self), VRF_ACTIVITY_MOST - 1, 1, 0);
    }
  g_queue_push_head (&self->items, g_object_ref (item));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  return item;
}
