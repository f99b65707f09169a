/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "desk/core/vrf-backend.h"

#include "base/vrf-error.h"
#include "base/vrf-random.h"
#include "desk/core/vrf-secrets.h"
#include "sandbox/vrf-sandbox.h"
#include "webhook/vrf-webhook-receiver.h"

/*
 * Starting never makes the first frame wait: the sandbox opens its database on a thread of its own,
 * the key comes from the Secret Service when it comes. The built-in sandbox says at once what has
 * changed in it, to a receiver of ours; such a hint only brings the next poll forward. There are
 * two clients of one server: the tracker's sends once, because it comes back anyway; the other
 * repeats what is safe to repeat.
 */
struct _VrfBackend
{
  GObject parent_instance;

  /* owned */
  VrfProfile *profile;
  char *api_key; /* given by the caller, nullable */
  GError *error; /* while FAILED */
  VrfApiClient *client;
  VrfTracker *tracker;
  VrfConnection *connection;
  VrfClock *clock;
  VrfRowStore *rows;
  VrfMemory *memory;
  GListStore *workflows;
  VrfDraft *draft;
  VrfPhones *phones;
  VrfActivity *activity;
  VrfRights *rights;
  char *reviewer; /* nullable */
  VrfSandbox *sandbox;
  VrfWebhookReceiver *receiver; /* of the sandbox's hints, nullable */
  GCancellable *cancellable;    /* of everything started here */

  VrfBackendState state;
  gboolean starting;
  gboolean stopped;
  gboolean loading_workflows;
  gboolean workflows_due;
};

G_DEFINE_FINAL_TYPE (VrfBackend, vrf_backend, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_PROFILE,
} VrfBackendProperty;

static GParamSpec *properties[PROP_PROFILE + 1];

static void
vrf_backend_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  VrfBackend *self = VRF_BACKEND (object);

  switch ((VrfBackendProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_PROFILE:
      g_value_set_boxed (value, self->profile);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
vrf_backend_finalize (GObject *object)
{
  VrfBackend *self = VRF_BACKEND (object);

  g_object_run_dispose (G_OBJECT (self->phones));
  g_clear_object (&self->phones);
  g_clear_object (&self->rights);
  g_clear_pointer (&self->reviewer, g_free);
  g_clear_pointer (&self->profile, vrf_profile_unref);
  g_clear_pointer (&self->api_key, g_free);
  g_clear_error (&self->error);
  g_clear_object (&self->client);
  g_clear_object (&self->tracker);
  g_clear_object (&self->connection);
  g_clear_object (&self->memory);
  g_clear_object (&self->rows);
  g_clear_object (&self->clock);
  g_clear_object (&self->workflows);
  g_clear_object (&self->draft);
  g_clear_object (&self->activity);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->receiver);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (vrf_backend_parent_class)->finalize (object);
}

static void
vrf_backend_class_init (VrfBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_backend_get_property;
  object_class->finalize = vrf_backend_finalize;

  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, 0, VRF_BACKEND_FAILED, VRF_BACKEND_STARTING, flags);
  properties[PROP_PROFILE] = g_param_spec_boxed ("profile", NULL, NULL, VRF_TYPE_PROFILE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
vrf_backend_init (VrfBackend *self)
{
  self->clock = vrf_clock_new ();
  self->rows = vrf_row_store_new (self->clock);
  self->connection = vrf_connection_new ();
  self->rights = vrf_rights_new ();
  self->workflows = g_list_store_new (VRF_TYPE_WORKFLOW_ITEM);
  self->draft = vrf_draft_new ();
  self->phones = vrf_phones_new (self);
  self->activity = vrf_activity_new ();
  self->cancellable = g_cancellable_new ();
}

/**
 * vrf_backend_new:
 * @profile: which server
 * @api_key: (nullable): %NULL looks it up
 *
 * Returns: (transfer full): a backend that was not started
 */
VrfBackend *
vrf_backend_new (VrfProfile *profile, const char *api_key)
{
  VrfBackend *self = g_object_new (VRF_TYPE_BACKEND, NULL);

  self->profile = vrf_profile_ref (profile);
  self->api_key = g_strdup (api_key);
  self->memory = vrf_memory_new (profile, self->rows, self->connection);
  return self;
}

static void
set_state (VrfBackend *self, VrfBackendState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
fail (VrfBackend *self, GError *error)
{
  self->starting = FALSE;
  g_clear_error (&self->error);
  self->error = error;
  set_state (self, VRF_BACKEND_FAILED);
}

/* Workflows */

static int
compare_workflows_cb (gconstpointer a, gconstpointer b)
{
  const VrfWorkflow *first = *(VrfWorkflow *const *) a;
  const VrfWorkflow *second = *(VrfWorkflow *const *) b;

  if (first->is_default != second->is_default)
    return first->is_default ? -1 : 1;
  return g_utf8_collate (first->name != NULL ? first->name : first->id,
                         second->name != NULL ? second->name : second->id);
}

static gboolean
has_workflows (VrfBackend *self, GPtrArray *workflows)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->workflows)) != workflows->len)
    return FALSE;
  for (guint i = 0; i < workflows->len; i++)
    {
      g_autoptr (VrfWorkflowItem) item = g_list_model_get_item (G_LIST_MODEL (self->workflows), i);
      const VrfWorkflow *had = vrf_workflow_item_get_workflow (item);
      const VrfWorkflow *has = g_ptr_array_index (workflows, i);

      if (strcmp (had->id, has->id) != 0 || g_strcmp0 (had->name, has->name) != 0
          || had->is_default != has->is_default)
        return FALSE;
    }
  return TRUE;
}

/* Only what can be chosen is offered; an unchanged list stays, and with it what is selected. */
static void
show_workflows (VrfBackend *self, GPtrArray *workflows)
{
  g_autoptr (GPtrArray) usable = g_ptr_array_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < workflows->len; i++)
    {
      VrfWorkflow *workflow = g_ptr_array_index (workflows, i);

      if (workflow->is_active)
        g_ptr_array_add (usable, workflow);
    }
  g_ptr_array_sort (usable, compare_workflows_cb);
  if (has_workflows (self, usable))
    return;

  for (guint i = 0; i < usable->len; i++)
    g_ptr_array_add (items, vrf_workflow_item_new (g_ptr_array_index (usable, i)));
  g_list_store_splice (self->workflows,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->workflows)),
                       items->pdata,
                       items->len);
}

static void
workflows_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfBackend) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) workflows =
      vrf_api_client_list_workflows_finish (VRF_API_CLIENT (source), result, &error);

  self->loading_workflows = FALSE;
  if (workflows == NULL)
    {
      g_debug ("Workflows: %s", error->message);
      return;
    }
  self->workflows_due = FALSE;
  vrf_row_store_set_workflows (self->rows, workflows);
  vrf_memory_set_workflows (self->memory, workflows);
  show_workflows (self, workflows);
}

static void
load_workflows (VrfBackend *self)
{
  if (self->loading_workflows || self->stopped)
    return;
  self->loading_workflows = TRUE;
  vrf_api_client_list_workflows_async (
      self->client, self->cancellable, workflows_cb, g_object_ref (self));
}

/* What the organization has may have changed while the server was away. */
static void
connection_changed_cb (VrfBackend *self, GParamSpec *pspec, VrfConnection *connection)
{
  if (vrf_connection_get_state (connection) != VRF_CONNECTION_ONLINE)
    self->workflows_due = TRUE;
  else if (self->workflows_due)
    load_workflows (self);
}

/* Ready */

static VrfApiClient *
make_client (VrfBackend *self, const char *base_url, const char *api_key, GError **error)
{
  VrfEnvironment environment = vrf_environment_from_key (api_key);
  VrfApiClient *client = NULL;

  if (environment != VRF_ENVIRONMENT_UNKNOWN
      && self->profile->environment != VRF_ENVIRONMENT_UNKNOWN
      && environment != self->profile->environment)
    {
      g_set_error_literal (
          error,
          VRF_ERROR,
          VRF_ERROR_ARGUMENT,
          environment == VRF_ENVIRONMENT_LIVE
          ? _ ("This is a live key, but the connection is for the sandbox. Enter a key that "
                   "begins with vk_sandbox_.")
          : _ ("This is a sandbox key, but the connection is live. Enter a key that begins with "
                   "vk_live_."));
      return NULL;
    }
  client = vrf_api_client_new (base_url, api_key, error);
  if (client != NULL)
    vrf_api_client_set_clock (client, self->clock);
  return client;
}

static void
listed_cb (VrfBackend *self, VrfTracker *tracker)
{
  vrf_memory_set_synced (self->memory, vrf_tracker_get_complete (tracker));
}

static void
become_ready (VrfBackend *self, const char *base_url, const char *api_key)
{
  g_autoptr (VrfApiClient) client = NULL;
  g_autoptr (VrfApiClient) poller = NULL;
  GError *error = NULL;

  client = make_client (self, base_url, api_key, &error);
  if (client != NULL)
    poller = make_client (self, base_url, api_key, &error);
  if (poller == NULL)
    {
      fail (self, error);
      return;
    }

  self->starting = FALSE;
  vrf_api_client_set_max_attempts (poller, 1);
  vrf_api_client_set_activity (client, self->activity, FALSE);
  vrf_api_client_set_activity (poller, self->activity, TRUE);
  self->client = g_steal_pointer (&client);
  self->tracker = vrf_tracker_new (poller, self->rows, self->connection);
  g_signal_connect_object (
      self->tracker, "listed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  self->workflows_due = TRUE;
  g_signal_connect_object (self->connection,
                           "notify::state",
                           G_CALLBACK (connection_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_clear_error (&self->error);
  set_state (self, VRF_BACKEND_READY);
  vrf_tracker_start (self->tracker);
  load_workflows (self);
}

/* The built-in sandbox */

static char *
make_database_path (GError **error)
{
  g_autofree char *directory = g_build_filename (g_get_user_data_dir (), "verifa-desk", NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error,
                   VRF_ERROR,
                   VRF_ERROR_STORE,
                   /* Translators: the system’s reason follows */
                   _ ("The folder for the sandbox’s data cannot be made: %s"), g_strerror (errno));
      return NULL;
    }
  return g_build_filename (directory, "sandbox.db", NULL);
}

static void
event_cb (VrfBackend *self, const VrfWebhookEvent *event, VrfWebhookReceiver *receiver)
{
  if (self->tracker != NULL)
    vrf_tracker_hint (self->tracker, event->session_id);
}

/* Where the sandbox's hints go, and what they are signed with. */
typedef struct
{
  char *url;
  char *secret;
} HintTarget;

static void
hint_target_free (HintTarget *target)
{
  g_free (target->url);
  g_free (target->secret);
  g_free (target);
}

/* Address and secret are of this run alone. Without a receiver the desk polls, as everywhere. */
static HintTarget *
listen_for_hints (VrfBackend *self)
{
  HintTarget *target = g_new0 (HintTarget, 1);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->receiver);
  self->receiver = vrf_webhook_receiver_new (VRF_WEBHOOK_FORMS_TIMED);
  if (!vrf_webhook_receiver_listen (self->receiver, 0, &error))
    {
      g_debug ("No hints: %s", error->message);
      g_clear_object (&self->receiver);
      return target;
    }
  target->url = vrf_webhook_receiver_dup_url (self->receiver);
  target->secret = vrf_random_base64url (32);
  vrf_webhook_receiver_set_secret (self->receiver, target->secret);
  g_signal_connect_object (self->receiver, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  return target;
}

static void
start_sandbox_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  HintTarget *target = task_data;
  GError *error = NULL;
  g_autofree char *path = make_database_path (&error);
  g_autoptr (VrfSandbox) sandbox = NULL;
  VrfSandboxOptions options = { .database_path = path,
                                .hint_url = target->url,
                                .hint_secret = target->secret };

  if (path != NULL)
    sandbox = vrf_sandbox_new (&options);
  if (sandbox != NULL && vrf_sandbox_start (sandbox, &error))
    g_task_return_pointer (task, g_steal_pointer (&sandbox), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
stop_sandbox_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  vrf_sandbox_stop (VRF_SANDBOX (task_data));
  g_task_return_boolean (task, TRUE);
}

/* The backend lives until its sandbox has ended. */
static void
stop_sandbox (VrfBackend *self, VrfSandbox *sandbox)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, stop_sandbox);
  g_task_set_task_data (task, sandbox, g_object_unref);
  g_task_run_in_thread (task, stop_sandbox_thread);
}

static void
sandbox_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VrfBackend *self = VRF_BACKEND (source);
  GError *error = NULL;
  VrfSandbox *sandbox = g_task_propagate_pointer (G_TASK (result), &error);

  if (sandbox == NULL)
    {
      fail (self, error);
      return;
    }
  if (self->stopped)
    {
      stop_sandbox (self, sandbox);
      return;
    }
  self->sandbox = sandbox;
  become_ready (self, vrf_sandbox_get_api_url (sandbox), vrf_sandbox_get_sandbox_key (sandbox));
}

/* Start and stop */

static void
key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfBackend) self = user_data;
  GError *error = NULL;
  g_autofree char *api_key = vrf_secrets_lookup_finish (result, &error);

  if (self->stopped)
    {
      g_clear_error (&error);
      return;
    }
  if (api_key != NULL)
    {
      become_ready (self, self->profile->base_url, api_key);
      return;
    }
  if (error == NULL)
    error = g_error_new_literal (
        VRF_ERROR,
        VRF_ERROR_SECRET,
        _ ("No API key is kept for this connection. Enter one in Preferences."));
  fail (self, error);
}

/**
 * vrf_backend_start:
 * @self: a backend
 *
 * Gives READY or FAILED by "state". After FAILED it may be called again. The key is the caller's,
 * else VERIFA_API_KEY, else the Secret Service's.
 */
void
vrf_backend_start (VrfBackend *self)
{
  const char *environ_key = g_getenv ("VERIFA_API_KEY");
  const char *api_key = self->api_key;

  if (self->starting || self->stopped || self->client != NULL)
    return;
  self->starting = TRUE;
  set_state (self, VRF_BACKEND_STARTING);

  if (self->profile->builtin)
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, sandbox_started_cb, NULL);

      g_task_set_source_tag (task, vrf_backend_start);
      g_task_set_task_data (task, listen_for_hints (self), (GDestroyNotify) hint_target_free);
      g_task_run_in_thread (task, start_sandbox_thread);
      return;
    }
  if (api_key == NULL && environ_key != NULL && environ_key[0] != '\0')
    api_key = environ_key;
  if (api_key != NULL)
    become_ready (self, self->profile->base_url, api_key);
  else
    vrf_secrets_lookup_async (self->profile->id, self->cancellable, key_cb, g_object_ref (self));
}

/** vrf_backend_stop: ends everything; for good, and without waiting */
void
vrf_backend_stop (VrfBackend *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_cancellable_cancel (self->cancellable);
  vrf_memory_stop (self->memory);
  if (self->tracker != NULL)
    vrf_tracker_stop (self->tracker);
  if (self->receiver != NULL)
    vrf_webhook_receiver_close (self->receiver);
  if (self->sandbox != NULL)
    stop_sandbox (self, g_steal_pointer (&self->sandbox));
}

/* Getters */

VrfBackendState
vrf_backend_get_state (VrfBackend *self)
{
  return self->state;
}

const GError *
vrf_backend_get_error (VrfBackend *self)
{
  return self->error;
}

VrfProfile *
vrf_backend_get_profile (VrfBackend *self)
{
  return self->profile;
}

VrfEnvironment
vrf_backend_get_environment (VrfBackend *self)
{
  VrfEnvironment environment = VRF_ENVIRONMENT_UNKNOWN;

  if (self->client != NULL)
    environment = vrf_api_client_get_environment (self->client);
  return environment != VRF_ENVIRONMENT_UNKNOWN ? environment : self->profile->environment;
}

gboolean
vrf_backend_is_builtin (VrfBackend *self)
{
  return self->profile->builtin;
}

VrfApiClient *
vrf_backend_get_client (VrfBackend *self)
{
  return self->client;
}

VrfClock *
vrf_backend_get_clock (VrfBackend *self)
{
  return self->clock;
}

VrfRowStore *
vrf_backend_get_rows (VrfBackend *self)
{
  return self->rows;
}

VrfRights *
vrf_backend_get_rights (VrfBackend *self)
{
  return self->rights;
}

const char *
vrf_backend_get_reviewer (VrfBackend *self)
{
  return self->reviewer;
}

void
vrf_backend_set_reviewer (VrfBackend *self, const char *reviewer_id)
{
  g_free (self->reviewer);
  self->reviewer = g_strdup (reviewer_id);
}

VrfTracker *
vrf_backend_get_tracker (VrfBackend *self)
{
  return self->tracker;
}

VrfMemory *
vrf_backend_get_memory (VrfBackend *self)
{
  return self->memory;
}

VrfConnection *
vrf_backend_get_connection (VrfBackend *self)
{
  return self->connection;
}

GListModel *
vrf_backend_get_workflows (VrfBackend *self)
{
  return G_LIST_MODEL (self->workflows);
}

VrfDraft *
vrf_backend_get_draft (VrfBackend *self)
{
  return self->draft;
}

VrfActivity *
vrf_backend_get_activity (VrfBackend *self)
{
  return self->activity;
}

VrfPhones *
vrf_backend_get_phones (VrfBackend *self)
{
  return self->phones;
}

/** vrf_backend_has_tools: Returns: whether the server is our sandbox, with an outbox and the like
 */
gboolean
vrf_backend_has_tools (VrfBackend *self)
{
  return self->client != NULL && self->state == VRF_BACKEND_READY
         && vrf_backend_get_environment (self) == VRF_ENVIRONMENT_SANDBOX
         && (self->profile->builtin || vrf_api_client_is_our_sandbox (self->client));
}
