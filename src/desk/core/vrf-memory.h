/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-connection.h"
#include "desk/core/vrf-profile.h"
#include "desk/core/vrf-row-store.h"
#include "store/vrf-store.h"

G_BEGIN_DECLS

/*
 * What this desk remembers of a profile's sessions: between the rows and the store's index. Rows
 * that come, change or go are written to it; what it remembers becomes rows when it is wanted, and
 * never replaces what a server has told. Property "problem" s, with notify: why it does not
 * remember, or has forgotten, translated; NULL while all is well. "counted" is emitted when
 * vrf_memory_get_counts() or vrf_memory_get_n_found() has changed.
 */
#define VRF_TYPE_MEMORY (vrf_memory_get_type ())
G_DECLARE_FINAL_TYPE (VrfMemory, vrf_memory, VRF, MEMORY, GObject)

VrfMemory *
vrf_memory_new (const VrfProfile *profile,
                VrfRowStore *rows,
                VrfConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

/* The first @n_rows of @query, now: before the window is shown. With them come the age of the data,
 * the server's time as far as it can be told, and the workflows' names. Once. */
void
vrf_memory_recall (VrfMemory *self, const VrfIndexQuery *query, guint n_rows);
/* Rows of @query from @offset on, when they have been read. A newer call takes its place. */
void
vrf_memory_want (VrfMemory *self, const VrfIndexQuery *query, guint offset, guint n_rows);
/* How many sessions that query has in all, -1 before they were counted. */
gint64
vrf_memory_get_n_found (VrfMemory *self);
/* How many sessions each view has; NULL before they were counted. @midnight_us: the last local
 * midnight: asked for again when it is another. */
const VrfIndexCounts *
vrf_memory_get_counts (VrfMemory *self, gint64 midnight_us);
/* How many sessions are remembered, 0 before they were counted. */
guint
vrf_memory_get_n_sessions (VrfMemory *self);
/* Whether everything the server had was read once. */
gboolean
vrf_memory_get_complete (VrfMemory *self);

void
vrf_memory_set_workflows (VrfMemory *self, GPtrArray *workflows); /* VrfWorkflow */
/* The server has answered just now; @complete: and has told everything. */
void
vrf_memory_set_synced (VrfMemory *self, gboolean complete);
/* It is redacted: its traces go at once, and its reference is not kept again. */
void
vrf_memory_redact (VrfMemory *self, const char *session_id);

/* Writes what is still to be written and ends; without waiting. */
void
vrf_memory_stop (VrfMemory *self);

/* The profile is removed: as stop, and nothing of it stays on the disk. */
void
vrf_memory_forget (VrfMemory *self);

const char *
vrf_memory_get_problem (VrfMemory *self);

G_END_DECLS
