/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-router.h"
#include "sandbox/vrf-store-cases.h"
#include "sandbox/vrf-store-webhooks.h"

G_BEGIN_DECLS

/* The tables of routes, one a file of handlers. */
extern const VrfRoute vrf_handlers_account[];
extern const VrfRoute vrf_handlers_case_actions[];
extern const VrfRoute vrf_handlers_case_work[];
extern const VrfRoute vrf_handlers_cases[];
extern const VrfRoute vrf_handlers_deliveries[];
extern const VrfRoute vrf_handlers_check_actions[];
extern const VrfRoute vrf_handlers_checks[];
extern const VrfRoute vrf_handlers_docs[];
extern const VrfRoute vrf_handlers_documents[];
extern const VrfRoute vrf_handlers_events[];
extern const VrfRoute vrf_handlers_faults[];
extern const VrfRoute vrf_handlers_identities[];
extern const VrfRoute vrf_handlers_identity_actions[];
extern const VrfRoute vrf_handlers_identity_lists[];
extern const VrfRoute vrf_handlers_identity_types[];
extern const VrfRoute vrf_handlers_keys[];
extern const VrfRoute vrf_handlers_lan[];
extern const VrfRoute vrf_handlers_list_items[];
extern const VrfRoute vrf_handlers_lists[];
extern const VrfRoute vrf_handlers_outbox[];
extern const VrfRoute vrf_handlers_results[];
extern const VrfRoute vrf_handlers_session_actions[];
extern const VrfRoute vrf_handlers_session_data[];
extern const VrfRoute vrf_handlers_session_documents[];
extern const VrfRoute vrf_handlers_session_workflow[];
extern const VrfRoute vrf_handlers_sessions[];
extern const VrfRoute vrf_handlers_tools[];
extern const VrfRoute vrf_handlers_unavailable[];
extern const VrfRoute vrf_handlers_webhooks[];
extern const VrfRoute vrf_handlers_workflows[];

/* All of them, up to a %NULL. */
extern const VrfRoute *const vrf_handlers_tables[];

/* What many handlers need. */
gboolean
vrf_handlers_is_found (VrfReply *reply,
                       gconstpointer found,
                       const GError *error,
                       const char *detail);
gboolean
vrf_handlers_check_origin (VrfRequest *request, VrfReply *reply);
VrfStoredSession *
vrf_handlers_find_session (VrfRequest *request, VrfReply *reply) G_GNUC_WARN_UNUSED_RESULT;
VrfStoredCase *
vrf_handlers_find_case (VrfRequest *request, VrfReply *reply) G_GNUC_WARN_UNUSED_RESULT;
VrfStoredWebhook *
vrf_handlers_find_webhook (VrfRequest *request, VrfReply *reply) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_handlers_read_page (VrfRequest *request,
                        VrfFieldErrors *errors,
                        guint default_limit,
                        guint *ret_limit,
                        guint *ret_offset);
void
vrf_handlers_read_time (VrfRequest *request, VrfFieldErrors *errors, const char *name, gint64 *us);

G_END_DECLS
