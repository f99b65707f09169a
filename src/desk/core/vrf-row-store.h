/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/*
 * All sessions this window knows: a GListModel of VrfRow, newest first, one object a session id.
 * items-changed comes for new and gone rows; a row that only changed emits "row-changed" (VrfRow)
 * here and notify on itself. "row-removed" (VrfRow) comes before it goes, "kept-only" (x, x, GStrv)
 * after vrf_row_store_keep_only(). "link-over" (VrfRow) comes when a link's time ends on the
 * server's clock, before the server has said so.
 */
#define VRF_TYPE_ROW_STORE (vrf_row_store_get_type ())
G_DECLARE_FINAL_TYPE (VrfRowStore, vrf_row_store, VRF, ROW_STORE, GObject)

VrfRowStore *
vrf_row_store_new (VrfClock *clock) G_GNUC_WARN_UNUSED_RESULT;

VrfRow *
vrf_row_store_upsert (VrfRowStore *self, VrfSession *session); /* transfer none */
void
vrf_row_store_upsert_all (VrfRowStore *self, GPtrArray *sessions); /* one items-changed */
/* As upsert_all, for a reply to a request sent at @asked_at (monotonic µs): rows that were acted on
 * since keep what they have. Gives how many rows are new. */
guint
vrf_row_store_merge (VrfRowStore *self, GPtrArray *sessions, gint64 asked_at);
/* How many rows replies have made so far, whether they are still here or not. */
guint
vrf_row_store_get_n_made (VrfRowStore *self);
/* Rows that are only remembered; those whose session is known already are left out. */
void
vrf_row_store_add (VrfRowStore *self, GPtrArray *rows);
/* When there are more than @most rows that are only remembered: those go that nobody else holds.
 * They are not removed: the memory has them still. */
void
vrf_row_store_drop_unused (VrfRowStore *self, guint most);
/* The server has deleted it, or will not tell it any more. */
void
vrf_row_store_remove (VrfRowStore *self, const char *session_id);
/* Of the sessions created after @from_us and before @until_us the server had only @sessions when it
 * was asked at @asked_at (monotonic µs): the others are removed, except those it told just before.
 */
void
vrf_row_store_keep_only (
    VrfRowStore *self, gint64 from_us, gint64 until_us, GPtrArray *sessions, gint64 asked_at);
VrfRow *
vrf_row_store_lookup (VrfRowStore *self, const char *session_id); /* nullable */
void
vrf_row_store_set_workflows (VrfRowStore *self, GPtrArray *workflows); /* names for ids */
void
vrf_row_store_name_workflows (VrfRowStore *self, GHashTable *names); /* id → name */
/* Rows of this reference, newest first; for the duplicate guard. */
GPtrArray *
vrf_row_store_find_by_ref (VrfRowStore *self, const char *external_ref) G_GNUC_WARN_UNUSED_RESULT;
/* Whether any session still moves by itself. */
gboolean
vrf_row_store_has_active (VrfRowStore *self);
/* Those rows, without the @skip newest rows of the store. */
GPtrArray *
vrf_row_store_dup_active (VrfRowStore *self, guint skip) G_GNUC_WARN_UNUSED_RESULT;
VrfClock *
vrf_row_store_get_clock (VrfRowStore *self);
void
vrf_row_store_clear (VrfRowStore *self);

G_END_DECLS
