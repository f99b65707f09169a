/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfStoredMail:
 * @session_n: the number of the session it invites to; 0 for none
 * @session_id: (nullable): that session
 * @kind: `invite`, `resend` or `webhook_disabled`
 * @text: its words
 * @html: the same, as a page without anything from elsewhere
 *
 * A mail that would have been sent. Texts are owned.
 */
typedef struct
{
  char *id;
  gint64 session_n;
  char *session_id;
  char *kind;
  char *to;
  char *subject;
  char *text;
  char *html;
  gint64 created_at;
} VrfStoredMail;

void
vrf_stored_mail_free (VrfStoredMail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfStoredMail, vrf_stored_mail_free)

gboolean
vrf_store_outbox_add (VrfSandboxStore *store, const VrfStoredMail *mail, GError **error);
GPtrArray *
vrf_store_outbox_list (VrfSandboxStore *store, guint limit, guint offset, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_outbox_count (VrfSandboxStore *store, gint64 *ret_total, GError **error);
VrfStoredMail *
vrf_store_outbox_get (VrfSandboxStore *store,
                      const char *id,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_outbox_delete (VrfSandboxStore *store, const VrfStoredMail *mail, GError **error);
gboolean
vrf_store_outbox_clear (VrfSandboxStore *store, GError **error);

G_END_DECLS
