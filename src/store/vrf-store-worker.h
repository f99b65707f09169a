/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/vrf-index.h"

G_BEGIN_DECLS

/*
 * The thread of a store. Reference counted, because it may outlive the store: what was to be
 * written is written. Jobs return their GTask on the thread; it answers in the caller's context.
 */
typedef struct _VrfStoreWorker VrfStoreWorker;

typedef enum
{
  VRF_STORE_JOB_NORMAL,
  VRF_STORE_JOB_SLOW,  /* makes way for the others and begins again */
  VRF_STORE_JOB_CLOSE, /* the last one; has no index any more */
} VrfStoreJobKind;

/* Gives FALSE with an error, or what it found with g_task_return_*(). */
typedef gboolean (*VrfStoreRun) (VrfIndex *index, GTask *task, GError **error);
/* In @context: the index failed, or was set aside. */
typedef void (*VrfStoreTold) (gpointer user_data, const GError *error);

VrfStoreWorker *
vrf_store_worker_new (const char *directory,
                      VrfStoreTold told,
                      GWeakRef *who) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @index; before the first job. */
void
vrf_store_worker_set_index (VrfStoreWorker *self, VrfIndex *index);
void
vrf_store_worker_push (VrfStoreWorker *self, VrfStoreJobKind kind, GTask *task, VrfStoreRun run);
/* Ends when all is done, without anybody being told. */
void
vrf_store_worker_end (VrfStoreWorker *self);
VrfStoreWorker *
vrf_store_worker_ref (VrfStoreWorker *self);
void
vrf_store_worker_unref (VrfStoreWorker *self);

G_END_DECLS
