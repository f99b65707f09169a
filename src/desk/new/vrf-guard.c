/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/new/vrf-guard.h"

#include "desk/session/vrf-moment.h"

/*
 * VrfGuard: looks whether a reference already has a verification, before a second one is made
 * (counter.md, verifa-product.md 2.3).
 *
 * What the desk knows is looked at with every key; the server is asked once typing has paused.
 * "changed" is emitted whenever the state, the row or what is said about it may be another.
 */

#define PAUSE_MS 300
/* Someone who presses Enter at once does not wait longer than this for the server's word. */
#define HURRY_MS 1000
#define NEWEST 10

struct _VrfGuard
{
  GObject parent_instance;

  /* owned */
  VrfBackend *backend;
  char *reference;
  VrfRow *row;
  GCancellable *cancellable;

  VrfGuardState state;
  guint pause_id;
  guint hurry_id;
};

G_DEFINE_FINAL_TYPE (VrfGuard, vrf_guard, G_TYPE_OBJECT)

static guint changed_signal;

static void
stop (VrfGuard *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_handle_id (&self->hurry_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
vrf_guard_dispose (GObject *object)
{
  VrfGuard *self = VRF_GUARD (object);

  stop (self);
  g_clear_object (&self->row);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (vrf_guard_parent_class)->dispose (object);
}

static void
vrf_guard_finalize (GObject *object)
{
  VrfGuard *self = VRF_GUARD (object);

  g_free (self->reference);

  G_OBJECT_CLASS (vrf_guard_parent_class)->finalize (object);
}

static void
vrf_guard_class_init (VrfGuardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = vrf_guard_dispose;
  object_class->finalize = vrf_guard_finalize;

  changed_signal = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_guard_init (VrfGuard *self)
{
}

/**
 * vrf_guard_new:
 *
 * Returns: a guard without a reference
 */
VrfGuard *
vrf_guard_new (VrfBackend *backend)
{
  VrfGuard *self = g_object_new (VRF_TYPE_GUARD, NULL);

  self->backend = g_object_ref (backend);

  return self;
}

static VrfGuardState
judge_row (VrfRow *row)
{
  if (vrf_row_is_active (row))
    return VRF_GUARD_ACTIVE;
  if (vrf_row_get_result_status (row) == VRF_RESULT_STATUS_APPROVED)
    return VRF_GUARD_APPROVED;
  if (vrf_row_get_result_status (row) == VRF_RESULT_STATUS_REJECTED)
    return VRF_GUARD_REJECTED;

  return VRF_GUARD_EXPIRED;
}

/**
 * vrf_guard_judge:
 * @rows: (element-type VrfRow): all of one reference, newest first
 * @ret_row: (out) (transfer none) (nullable): the one that matters
 *
 * An active one matters most, else the newest.
 *
 * Returns: %VRF_GUARD_FREE without rows
 */
VrfGuardState
vrf_guard_judge (GPtrArray *rows, VrfRow **ret_row)
{
  guint i = 0;

  *ret_row = NULL;
  if (rows->len == 0)
    return VRF_GUARD_FREE;

  for (i = 0; i < rows->len && *ret_row == NULL; i++)
    if (vrf_row_is_active (g_ptr_array_index (rows, i)))
      *ret_row = g_ptr_array_index (rows, i);

  if (*ret_row == NULL)
    *ret_row = g_ptr_array_index (rows, 0);

  return judge_row (*ret_row);
}

/* @otherwise: what to say when the desk knows no such row. */
static void
look (VrfGuard *self, VrfGuardState otherwise)
{
  g_autoptr (GPtrArray) rows =
      vrf_row_store_find_by_ref (vrf_backend_get_rows (self->backend), self->reference);
  VrfRow *row = NULL;
  VrfGuardState state = vrf_guard_judge (rows, &row);

  self->state = state == VRF_GUARD_FREE ? otherwise : state;
  g_set_object (&self->row, row);
  g_signal_emit (self, changed_signal, 0);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfGuard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSessionPage) page =
      vrf_api_client_list_sessions_finish (VRF_API_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->backend == NULL)
    return;

  g_clear_handle_id (&self->hurry_id, g_source_remove);
  g_clear_object (&self->cancellable);
  if (page != NULL)
    vrf_row_store_upsert_all (vrf_backend_get_rows (self->backend), page->sessions);

  look (self, page != NULL ? VRF_GUARD_FREE : VRF_GUARD_UNCHECKED);
}

static void
ask_server (VrfGuard *self)
{
  VrfApiClient *client = vrf_backend_get_client (self->backend);
  VrfSessionQuery query = { .external_ref = self->reference, .limit = NEWEST };

  if (client == NULL)
    {
      look (self, VRF_GUARD_UNCHECKED);
      return;
    }

  self->cancellable = g_cancellable_new ();
  vrf_api_client_list_sessions_async (
      client, &query, self->cancellable, listed_cb, g_object_ref (self));
}

static gboolean
paused_cb (gpointer user_data)
{
  VrfGuard *self = user_data;

  self->pause_id = 0;
  ask_server (self);

  return G_SOURCE_REMOVE;
}

/**
 * vrf_guard_set_reference:
 * @reference: (nullable): what is typed now
 */
void
vrf_guard_set_reference (VrfGuard *self, const char *reference)
{
  g_return_if_fail (VRF_IS_GUARD (self));

  if (g_strcmp0 (self->reference, reference) == 0)
    return;

  stop (self);
  g_free (self->reference);
  self->reference = g_strdup (reference);

  if (reference == NULL || *reference == '\0')
    {
      self->state = VRF_GUARD_NONE;
      g_clear_object (&self->row);
      g_signal_emit (self, changed_signal, 0);
      return;
    }

  self->pause_id = g_timeout_add (PAUSE_MS, paused_cb, self);
  look (self, VRF_GUARD_CHECKING);
}

static gboolean
hurried_cb (gpointer user_data)
{
  VrfGuard *self = user_data;

  self->hurry_id = 0;
  stop (self);
  look (self, VRF_GUARD_UNCHECKED);

  return G_SOURCE_REMOVE;
}

/**
 * vrf_guard_hurry:
 *
 * Somebody waits for the answer: the server is asked now, and given up on after a second. Does
 * nothing unless the state is %VRF_GUARD_CHECKING.
 */
void
vrf_guard_hurry (VrfGuard *self)
{
  g_return_if_fail (VRF_IS_GUARD (self));

  if (self->state != VRF_GUARD_CHECKING)
    return;

  if (self->hurry_id == 0)
    self->hurry_id = g_timeout_add (HURRY_MS, hurried_cb, self);
  if (self->pause_id != 0)
    {
      g_clear_handle_id (&self->pause_id, g_source_remove);
      ask_server (self);
    }
}

/**
 * vrf_guard_get_state:
 */
VrfGuardState
vrf_guard_get_state (VrfGuard *self)
{
  g_return_val_if_fail (VRF_IS_GUARD (self), VRF_GUARD_NONE);

  return self->state;
}

/**
 * vrf_guard_get_row:
 *
 * Returns: (transfer none) (nullable): the verification that has the reference
 */
VrfRow *
vrf_guard_get_row (VrfGuard *self)
{
  g_return_val_if_fail (VRF_IS_GUARD (self), NULL);

  return self->row;
}

/**
 * vrf_guard_dup_title:
 *
 * Returns: (transfer full) (nullable): what was found, translated
 */
char *
vrf_guard_dup_title (VrfGuard *self)
{
  g_return_val_if_fail (VRF_IS_GUARD (self), NULL);

  switch (self->state)
    {
    case VRF_GUARD_CHECKING:
      return g_strdup (_ ("Looking for this reference…"));
    case VRF_GUARD_FREE:
      return g_strdup (_ ("No other verification has this reference."));
    case VRF_GUARD_UNCHECKED:
      return g_strdup (_ ("The server could not be asked about this reference."));
    case VRF_GUARD_EXPIRED:
      /* Translators: %s is the external reference, here and in the next three */
      return g_strdup_printf (_ ("%s has a verification without a result"), self->reference);
    case VRF_GUARD_APPROVED:
      return g_strdup_printf (_ ("%s was approved before"), self->reference);
    case VRF_GUARD_REJECTED:
      return g_strdup_printf (_ ("%s was rejected before"), self->reference);
    case VRF_GUARD_ACTIVE:
      return g_strdup_printf (_ ("%s already has a verification"), self->reference);
    case VRF_GUARD_NONE:
    default:
      return NULL;
    }
}

/* "Created 4 min ago at Reception 2, not opened yet. Its link is good until 11:04." */
static char *
dup_active_detail (VrfGuard *self)
{
  const char *desk = vrf_row_get_session (self->row)->desk;
  gint64 now = vrf_clock_get_now_us (vrf_backend_get_clock (self->backend));
  g_autofree char *age = vrf_moment_dup_ago (vrf_row_get_created_at (self->row), now);
  g_autofree char *where = NULL;
  g_autofree char *until = NULL;

  if (desk != NULL && *desk != '\0')
    /* Translators: when (“4 min ago”) and at which desk a verification was created */
    where = g_strdup_printf (_ ("Created %1$s at %2$s."), age, desk);
  else
    /* Translators: when a verification was created, as in “4 min ago” */
    where = g_strdup_printf (_ ("Created %s."), age);

  if (!vrf_row_can_show_qr (self->row))
    return g_strdup_printf ("%s %s", where, vrf_lifecycle_hint (self->row));

  until = vrf_moment_dup_clock (vrf_row_get_expires_at (self->row));
  /* Translators: a sentence such as “Created 4 min ago.”, then a clock time */
  return g_strdup_printf (_ ("%1$s Not opened yet. Its link is good until %2$s."), where, until);
}

/**
 * vrf_guard_dup_detail:
 *
 * Returns: (transfer full) (nullable): since when, and what to do, translated
 */
char *
vrf_guard_dup_detail (VrfGuard *self)
{
  g_autofree char *when = NULL;

  g_return_val_if_fail (VRF_IS_GUARD (self), NULL);

  if (self->row == NULL)
    return NULL;
  if (self->state == VRF_GUARD_ACTIVE)
    return dup_active_detail (self);

  when = vrf_moment_dup_full (vrf_row_get_updated_at (self->row));
  switch (self->state)
    {
    case VRF_GUARD_APPROVED:
      /* Translators: %s is a date with time, here and in the next two */
      return g_strdup_printf (_ ("%s. You probably need no new one."), when);
    case VRF_GUARD_REJECTED:
      return g_strdup_printf (_ ("%s. Ask a supervisor before you start a new one."), when);
    case VRF_GUARD_EXPIRED:
      return g_strdup_printf (_ ("%s. View Session and New Link keep what was uploaded."), when);
    case VRF_GUARD_NONE:
    case VRF_GUARD_CHECKING:
    case VRF_GUARD_FREE:
    case VRF_GUARD_UNCHECKED:
    case VRF_GUARD_ACTIVE:
    default:
      return NULL;
    }
}
