/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-sandbox.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-api-keys.h"
#include "sandbox/vrf-capture-routes.h"
#include "sandbox/vrf-dispatcher.h"
#include "sandbox/vrf-fixtures.h"
#include "sandbox/vrf-handlers.h"
#include "sandbox/vrf-hints.h"
#include "sandbox/vrf-lan.h"
#include "sandbox/vrf-seed.h"
#include "sandbox/vrf-server.h"

/**
 * VrfSandbox:
 *
 * A sandbox that runs on a thread and in a main context of its own: database, handlers and sweep
 * live there, without locks. vrf_sandbox_start() and vrf_sandbox_stop() block, and may be called
 * from any thread; the getters answer once it has started.
 */
struct _VrfSandbox
{
  GObject parent_instance;

  /* owned: the options */
  char *listen;
  char *database;
  char *public_url;
  char *wanted_sandbox_key;
  char *wanted_live_key;
  char *plan;
  char *hint_url;
  char *hint_secret;
  guint16 port;
  double time_scale;
  guint seed;
  guint lan_minutes;
  gboolean webhooks_anywhere;

  /* owned: known once started */
  char *base_url;
  char *api_url;
  char *capture_url;
  char *sandbox_key;
  char *live_key;

  /* owned: the thread's */
  GThread *thread;
  GMainContext *context;
  VrfServer *server;
  VrfService *service;
  VrfDispatcher *dispatcher;
  VrfHints *hints; /* nullable */
  gboolean stopping;
};

#define SWEEP_EVERY_MS 1000
#define FINISH_WITHIN_S 10
#define ARRIVE_WITHIN_S 2
#define WAKE_EVERY_MS 100
#define MAX_SEED 1000000

G_DEFINE_FINAL_TYPE (VrfSandbox, vrf_sandbox, G_TYPE_OBJECT)

static void
vrf_sandbox_finalize (GObject *object)
{
  VrfSandbox *self = VRF_SANDBOX (object);

  vrf_sandbox_stop (self);
  g_free (self->listen);
  g_free (self->database);
  g_free (self->public_url);
  g_free (self->wanted_sandbox_key);
  g_free (self->wanted_live_key);
  g_free (self->plan);
  g_free (self->hint_url);
  g_free (self->hint_secret);
  g_free (self->base_url);
  g_free (self->api_url);
  g_free (self->capture_url);
  g_free (self->sandbox_key);
  g_free (self->live_key);

  G_OBJECT_CLASS (vrf_sandbox_parent_class)->finalize (object);
}

static void
vrf_sandbox_class_init (VrfSandboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_sandbox_finalize;
}

static void
vrf_sandbox_init (VrfSandbox *self)
{
}

/** vrf_sandbox_new: Returns: (transfer full): a sandbox that does not run yet */
VrfSandbox *
vrf_sandbox_new (const VrfSandboxOptions *options)
{
  VrfSandbox *self = g_object_new (VRF_TYPE_SANDBOX, NULL);

  self->listen = g_strdup (options->listen != NULL ? options->listen : "127.0.0.1");
  self->port = options->port;
  self->database = g_strdup (options->database_path != NULL ? options->database_path : ":memory:");
  self->public_url = g_strdup (options->public_url);
  self->wanted_sandbox_key = g_strdup (options->sandbox_key);
  self->wanted_live_key = g_strdup (options->live_key);
  self->plan = g_strdup (options->plan);
  self->hint_url = g_strdup (options->hint_url);
  self->hint_secret = g_strdup (options->hint_secret);
  self->time_scale = options->time_scale;
  self->seed = options->seed;
  self->lan_minutes = options->lan_minutes;
  self->webhooks_anywhere = options->webhooks_anywhere;
  return self;
}

static gboolean
fail (GError **error, const char *format, const char *value)
{
  g_autofree char *message = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "VALUE", -1);

  message = g_strjoinv (value, parts);
  g_set_error_literal (error, VRF_ERROR, VRF_ERROR_ARGUMENT, message);
  return FALSE;
}

static gboolean
is_key (const char *key, const char *prefix)
{
  gsize length = strlen (key);

  if (!g_str_has_prefix (key, prefix) || length < strlen (prefix) + 4 || length > 128)
    return FALSE;
  for (const char *c = key; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_' && *c != '-')
      return FALSE;
  return TRUE;
}

static gboolean
check_public_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0)
      || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL
      || (*g_uri_get_path (uri) != '\0' && !g_str_equal (g_uri_get_path (uri), "/")))
    return fail (error, "The public URL “VALUE” must be scheme, host and port only.", url);
  return TRUE;
}

static gboolean
check_options (VrfSandbox *self, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->listen);

  if (address == NULL || !g_inet_address_get_is_loopback (address))
    return fail (error,
                 "“VALUE” is not a loopback address; the sandbox listens on this computer only.",
                 self->listen);
  if (self->public_url != NULL && !check_public_url (self->public_url, error))
    return FALSE;
  if (self->wanted_sandbox_key != NULL && !is_key (self->wanted_sandbox_key, "vk_sandbox_"))
    return fail (
        error, "A sandbox key begins with VALUE and has letters, digits, _ and -.", "vk_sandbox_");
  if (self->wanted_live_key != NULL && !is_key (self->wanted_live_key, "vk_live_"))
    return fail (
        error, "A live key begins with VALUE and has letters, digits, _ and -.", "vk_live_");
  if (self->plan != NULL && !vrf_rate_is_plan (self->plan))
    return fail (error, "“VALUE” is no plan: free, starter, professional, enterprise.", self->plan);
  if (self->time_scale != 0.0 && !(self->time_scale >= 0.001 && self->time_scale <= 100000.0))
    return fail (error, "The time scale must be from 0.001 to VALUE.", "100000");
  if (self->lan_minutes > VRF_LAN_MAX_MINUTES)
    return fail (error, "The network can be served for at most VALUE minutes.", "1440");
  if (self->seed > MAX_SEED)
    return fail (error, "At most VALUE sessions can be added.", G_STRINGIFY (MAX_SEED));
  return TRUE;
}

/* @ret_usable: whether @key opens anything; somebody may have expired it. */
static gboolean
look_up_key (
    VrfSandboxStore *store, const char *key, gint64 now, gboolean *ret_usable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfStoredKey) found = vrf_sandbox_store_find_key (store, key, &local);

  *ret_usable = found != NULL && vrf_api_keys_is_usable (found, now);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The key given, else the one of the database while it is good, else a new one. */
static gboolean
settle_key (VrfSandbox *self,
            VrfSandboxStore *store,
            gboolean is_sandbox,
            gint64 now,
            char **ret_key,
            GError **error)
{
  const char *name = is_sandbox ? "sandbox_key" : "live_key";
  const char *wanted = is_sandbox ? self->wanted_sandbox_key : self->wanted_live_key;
  g_autofree char *key = NULL;
  gboolean usable = TRUE;

  if (wanted != NULL)
    key = g_strdup (wanted);
  else if (!vrf_sandbox_store_get_meta (store, name, &key, error)
           || (key != NULL && !look_up_key (store, key, now, &usable, error)))
    return FALSE;
  if (key == NULL || !usable)
    {
      g_free (key);
      key = vrf_api_keys_dup_secret (is_sandbox);
    }
  if (!vrf_sandbox_store_set_meta (store, name, key, error)
      || !vrf_sandbox_store_set_root_key (store, is_sandbox, key, now, error))
    return FALSE;
  g_free (*ret_key);
  *ret_key = g_steal_pointer (&key);
  return TRUE;
}

static gboolean
fill_database (VrfSandbox *self, VrfSandboxStore *store, gint64 now, GError **error)
{
  if (!vrf_sandbox_store_begin (store, error))
    return FALSE;
  if (settle_key (self, store, TRUE, now, &self->sandbox_key, error)
      && settle_key (self, store, FALSE, now, &self->live_key, error)
      && vrf_fixtures_ensure (store, now, error) && vrf_seed_add (store, self->seed, now, error)
      && vrf_sandbox_store_commit (store, error))
    return self->seed == 0 || vrf_sandbox_store_checkpoint (store, error);
  vrf_sandbox_store_rollback (store);
  return FALSE;
}

static VrfService *
open_service (VrfSandbox *self, GError **error)
{
  g_autoptr (VrfSandboxStore) store = vrf_sandbox_store_open (self->database, error);
  g_autoptr (VrfSandboxClock) clock = NULL;
  g_autoptr (VrfPoster) poster = NULL;
  VrfService *service = NULL;
  gint64 latest = VRF_TIME_NONE;

  if (store == NULL || !vrf_sandbox_store_get_latest_time (store, &latest, error))
    return NULL;
  clock = vrf_sandbox_clock_new (latest, self->time_scale > 0.0 ? self->time_scale : 1.0);
  if (!fill_database (self, store, vrf_sandbox_clock_get_now_us (clock), error))
    return NULL;
  service = vrf_service_new (store, clock);
  poster = vrf_poster_new (self->webhooks_anywhere, VRF_POSTER_DEADLINE_MS);
  vrf_service_set_poster (service, poster);
  return service;
}

static VrfRouter *
new_router (VrfSandbox *self)
{
  g_autoptr (VrfRate) rate = vrf_rate_new (self->plan);
  g_autoptr (GUri) uri = NULL;
  VrfRouter *router = vrf_router_new (self->service, rate);

  for (guint i = 0; vrf_handlers_tables[i] != NULL; i++)
    vrf_router_add_routes (router, vrf_handlers_tables[i]);
  vrf_router_add_routes (router, vrf_capture_routes);
  if (self->public_url != NULL)
    {
      uri = g_uri_parse (self->public_url, G_URI_FLAGS_NONE, NULL);
      vrf_router_add_host (router, g_uri_get_host (uri));
    }
  return router;
}

static void
forget_urls (VrfSandbox *self)
{
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->api_url, g_free);
  g_clear_pointer (&self->capture_url, g_free);
}

static void
note_urls (VrfSandbox *self)
{
  gboolean is_ipv6 = strchr (self->listen, ':') != NULL;
  gsize length = 0;

  forget_urls (self);
  self->api_url = g_strdup_printf (is_ipv6 ? "http://[%s]:%u" : "http://%s:%u",
                                   self->listen,
                                   vrf_server_get_port (self->server));
  self->base_url = g_strdup (self->public_url != NULL ? self->public_url : self->api_url);
  length = strlen (self->base_url);
  if (g_str_has_suffix (self->base_url, "/"))
    self->base_url[length - 1] = '\0';
  self->capture_url = g_strconcat (self->base_url, "/verify", NULL);
  vrf_service_set_base_url (self->service, self->base_url);
}

/* A public URL stays what is handed out; else phones get the address they can reach. */
static gboolean
set_up_lan (VrfSandbox *self, GError **error)
{
  gboolean gives_urls = self->public_url == NULL;
  VrfLan *lan = vrf_lan_new (self->service, vrf_server_get_port (self->server), gives_urls);

  vrf_service_take_lan (self->service, lan);
  if (self->lan_minutes == 0)
    return TRUE;
  if (!vrf_lan_open (lan, self->lan_minutes, error))
    return FALSE;
  if (gives_urls)
    {
      g_free (self->capture_url);
      self->capture_url = g_strconcat (vrf_lan_get_url (lan), "/verify", NULL);
    }
  return TRUE;
}

static gboolean
listen_at (VrfSandbox *self, GError **error)
{
  g_autoptr (VrfRouter) router = new_router (self);
  g_autoptr (GError) local = NULL;

  self->server = vrf_server_new (self->service, router);
  if (vrf_server_listen (self->server, self->listen, self->port, &local))
    {
      note_urls (self);
      return set_up_lan (self, error);
    }
  g_set_error (error,
               VRF_ERROR,
               VRF_ERROR_ARGUMENT,
               "Port %u of %s cannot be used: %s",
               self->port,
               self->listen,
               local->message);
  return FALSE;
}

static gboolean
sweep_cb (gpointer user_data)
{
  VrfSandbox *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!vrf_service_settle (self->service, &error))
    g_debug ("The sweep failed: %s", error->message);
  return G_SOURCE_CONTINUE;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GSource *
attach (GMainContext *context, guint ms, GSourceFunc callback, gpointer user_data)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, context);
  return source;
}

/* A webhook that is on its way may arrive; what is given up is sent again by the next sandbox. */
static void
stop_webhooks (VrfSandbox *self)
{
  gint64 deadline = g_get_monotonic_time () + ARRIVE_WITHIN_S * G_USEC_PER_SEC;

  if (self->hints != NULL)
    vrf_hints_close (self->hints);
  vrf_dispatcher_close (self->dispatcher);
  while (!vrf_dispatcher_is_idle (self->dispatcher) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (self->context, TRUE);
  vrf_dispatcher_abandon (self->dispatcher);
  while (!vrf_dispatcher_is_idle (self->dispatcher)
         || (self->hints != NULL && !vrf_hints_is_idle (self->hints)))
    g_main_context_iteration (self->context, TRUE);
}

/* No new connections; whatever is under way may finish. */
static void
wind_down (VrfSandbox *self)
{
  gint64 deadline = g_get_monotonic_time () + FINISH_WITHIN_S * G_USEC_PER_SEC;
  g_autoptr (GSource) wake = attach (self->context, WAKE_EVERY_MS, wake_cb, NULL);

  vrf_server_close (self->server);
  stop_webhooks (self);
  while (!vrf_server_is_idle (self->server) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (self->context, TRUE);
  /* What was answered last is still to be written. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  vrf_server_disconnect (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_source_destroy (wake);
}

/* What start() and the thread tell each other. */
typedef struct
{
  VrfSandbox *self;
  GMutex mutex;
  GCond cond;
  gboolean done;
  GError *error;
} Start;

static void
tell_started (Start *start)
{
  g_mutex_lock (&start->mutex);
  start->done = TRUE;
  g_cond_signal (&start->cond);
  g_mutex_unlock (&start->mutex);
}

static void
run (VrfSandbox *self)
{
  g_autoptr (GSource) sweep = attach (self->context, SWEEP_EVERY_MS, sweep_cb, self);

  self->dispatcher = vrf_dispatcher_new (self->service);
  if (self->hint_url != NULL && self->hint_secret != NULL)
    self->hints = vrf_hints_new (self->service, self->hint_url, self->hint_secret);
  while (!g_atomic_int_get (&self->stopping))
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (sweep);
  wind_down (self);
  g_clear_object (&self->hints);
  g_clear_object (&self->dispatcher);
}

static gpointer
thread_func (gpointer user_data)
{
  Start *start = user_data;
  VrfSandbox *self = start->self;
  gboolean ok = FALSE;

  g_main_context_push_thread_default (self->context);
  self->service = open_service (self, &start->error);
  ok = self->service != NULL && listen_at (self, &start->error);
  tell_started (start);
  if (ok)
    run (self);

  if (self->service != NULL)
    vrf_service_take_lan (self->service, NULL);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  if (self->service != NULL)
    vrf_sandbox_store_checkpoint (vrf_service_get_store (self->service), NULL);
  g_clear_object (&self->service);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * vrf_sandbox_start:
 * @self: a sandbox that does not run
 * @error: %VRF_ERROR_ARGUMENT for an option or the port, %VRF_ERROR_STORE,
 *   %VRF_ERROR_STORE_BUSY, %VRF_ERROR_STORE_NEWER; one sentence for a person
 *
 * Opens the database and listens. Blocks until it does: not to be called where a window waits.
 */
gboolean
vrf_sandbox_start (VrfSandbox *self, GError **error)
{
  Start start = { .self = self };

  g_return_val_if_fail (self->thread == NULL, FALSE);

  if (!check_options (self, error))
    return FALSE;
  g_mutex_init (&start.mutex);
  g_cond_init (&start.cond);
  self->stopping = FALSE;
  self->context = g_main_context_new ();
  self->thread = g_thread_new ("sandbox", thread_func, &start);

  g_mutex_lock (&start.mutex);
  while (!start.done)
    g_cond_wait (&start.cond, &start.mutex);
  g_mutex_unlock (&start.mutex);
  g_mutex_clear (&start.mutex);
  g_cond_clear (&start.cond);

  if (start.error == NULL)
    return TRUE;
  vrf_sandbox_stop (self);
  g_propagate_error (error, start.error);
  return FALSE;
}

/** vrf_sandbox_stop: answers what is under way, at most 10 s long, and closes the database;
 * harmless when it does not run. Blocks. */
void
vrf_sandbox_stop (VrfSandbox *self)
{
  if (self->thread == NULL)
    return;
  g_atomic_int_set (&self->stopping, TRUE);
  g_main_context_wakeup (self->context);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->context, g_main_context_unref);
}

/** vrf_sandbox_get_api_url: Returns: (transfer none): "http://127.0.0.1:41234", without "/api/v1"
 */
const char *
vrf_sandbox_get_api_url (VrfSandbox *self)
{
  return self->api_url;
}

/** vrf_sandbox_get_capture_url: Returns: (transfer none): what capture URLs begin with */
const char *
vrf_sandbox_get_capture_url (VrfSandbox *self)
{
  return self->capture_url;
}

/** vrf_sandbox_get_sandbox_key: Returns: (transfer none): the key of the sandbox environment */
const char *
vrf_sandbox_get_sandbox_key (VrfSandbox *self)
{
  return self->sandbox_key;
}

/** vrf_sandbox_get_live_key: Returns: (transfer none): the key of the live environment */
const char *
vrf_sandbox_get_live_key (VrfSandbox *self)
{
  return self->live_key;
}

/** vrf_sandbox_get_database: Returns: (transfer none): the file, or ":memory:" */
const char *
vrf_sandbox_get_database (VrfSandbox *self)
{
  return self->database;
}
