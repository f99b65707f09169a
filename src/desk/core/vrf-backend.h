/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-lifecycle.h"
#include "desk/core/vrf-memory.h"
#include "desk/core/vrf-phones.h"
#include "desk/core/vrf-profile.h"
#include "desk/core/vrf-rights.h"
#include "desk/core/vrf-tracker.h"
#include "desk/core/vrf-workflow-item.h"
#include "desk/new/vrf-draft.h"

G_BEGIN_DECLS

/*
 * Everything behind one window: client, rows, tracker, connection, the organization's workflows,
 * and, for the built-in profile, the sandbox on its own thread. The only place in the desk that
 * knows the sandbox. Properties with notify: "state", "profile".
 */
typedef enum
{
  VRF_BACKEND_STARTING,
  VRF_BACKEND_READY, /* there is a client; the connection has its own state */
  VRF_BACKEND_FAILED /* no client: sandbox did not start, no key, keyring locked */
} VrfBackendState;

#define VRF_TYPE_BACKEND (vrf_backend_get_type ())
G_DECLARE_FINAL_TYPE (VrfBackend, vrf_backend, VRF, BACKEND, GObject)

/* @api_key: NULL looks it up (environment, Secret Service; the sandbox makes its own). */
VrfBackend *
vrf_backend_new (VrfProfile *profile, const char *api_key) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_backend_start (VrfBackend *self);
void
vrf_backend_stop (VrfBackend *self); /* also the sandbox; the UI does not wait */

VrfBackendState
vrf_backend_get_state (VrfBackend *self);
const GError *
vrf_backend_get_error (VrfBackend *self); /* nullable: while FAILED */
VrfProfile *
vrf_backend_get_profile (VrfBackend *self);
VrfEnvironment
vrf_backend_get_environment (VrfBackend *self);
gboolean
vrf_backend_is_builtin (VrfBackend *self);
VrfApiClient *
vrf_backend_get_client (VrfBackend *self); /* nullable until READY */
VrfClock *
vrf_backend_get_clock (VrfBackend *self); /* never NULL */
VrfRowStore *
vrf_backend_get_rows (VrfBackend *self);
VrfTracker *
vrf_backend_get_tracker (VrfBackend *self); /* nullable until READY */
/* Never NULL. */
VrfMemory *
vrf_backend_get_memory (VrfBackend *self);
VrfConnection *
vrf_backend_get_connection (VrfBackend *self);
/* GListModel of VrfWorkflowItem ("workflow" VrfWorkflow, "name" s), default first; filled when
 * read. */
GListModel *
vrf_backend_get_workflows (VrfBackend *self);
/* What was typed into New Verification and not sent yet; never NULL, made empty. */
VrfDraft *
vrf_backend_get_draft (VrfBackend *self);

/* What its clients asked of the server; never NULL. */
VrfActivity *
vrf_backend_get_activity (VrfBackend *self);
/* What the key was refused so far; never NULL. */
VrfRights *
vrf_backend_get_rights (VrfBackend *self);
/* Who decides about cases at this desk, as typed last; nullable. Kept for this run only. */
const char *
vrf_backend_get_reviewer (VrfBackend *self);
void
vrf_backend_set_reviewer (VrfBackend *self, const char *reviewer_id);

/* Phones on the network; never NULL. */
VrfPhones *
vrf_backend_get_phones (VrfBackend *self);
gboolean
vrf_backend_has_tools (VrfBackend *self);

/* Create: gives the row, which is already in the store (transfer full). */
void
vrf_backend_create_async (VrfBackend *self,
                          const VrfSessionRequest *request,
                          const char *idempotency_key,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
VrfRow *
vrf_backend_create_finish (VrfBackend *self,
                           GAsyncResult *result,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Any action of vrf-lifecycle.h; the row is updated before the callback. */
void
vrf_backend_act_async (VrfBackend *self,
                       VrfRow *row,
                       VrfAction action,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
gboolean
vrf_backend_act_finish (VrfBackend *self, GAsyncResult *result, GError **error);

/* A session by id, from the store or the server (--show); transfer full. */
void
vrf_backend_find_async (VrfBackend *self,
                        const char *session_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
VrfRow *
vrf_backend_find_finish (VrfBackend *self,
                         GAsyncResult *result,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
