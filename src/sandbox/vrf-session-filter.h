/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/vrf-sqlite.h"
#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/* What a filter asks for, as SQL. The conditions stand here alone: lists, counts and the totals
 * that are kept go by the same words. */
void
vrf_session_filter_append (const VrfSessionFilter *self, GString *sql);
void
vrf_session_filter_bind (const VrfSessionFilter *self, VrfStatement *statement);

/* Filters that are kept */
VrfSessionFilter *
vrf_session_filter_copy (const VrfSessionFilter *self) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_session_filter_free (VrfSessionFilter *self);
gboolean
vrf_session_filter_equal (const VrfSessionFilter *self, const VrfSessionFilter *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfSessionFilter, vrf_session_filter_free)

G_END_DECLS
