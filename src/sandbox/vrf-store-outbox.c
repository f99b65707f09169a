/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-store-outbox.h"

#include "sandbox/vrf-sandbox-store-private.h"

/** vrf_stored_mail_free: frees @self (nullable) */
void
vrf_stored_mail_free (VrfStoredMail *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->session_id);
  g_free (self->kind);
  g_free (self->to);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_free (self);
}

static VrfStatement *
prepare (VrfSandboxStore *store, const char *sql)
{
  return vrf_sqlite_statement (vrf_sandbox_store_get_db (store), sql);
}

/** vrf_store_outbox_add: @mail has an id already */
gboolean
vrf_store_outbox_add (VrfSandboxStore *store, const VrfStoredMail *mail, GError **error)
{
  VrfStatement *statement = prepare (
      store,
      "INSERT INTO outbox (id, session_n, session_id, kind, recipient, subject, text, html,"
      " created_at) VALUES (:id, NULLIF (:session_n, 0), :session_id, :kind, :recipient, :subject, "
      ":text,"
      " :html, :created_at)");

  vrf_statement_bind_text (statement, ":id", mail->id);
  vrf_statement_bind_int (statement, ":session_n", mail->session_n);
  vrf_statement_bind_text (statement, ":session_id", mail->session_id);
  vrf_statement_bind_text (statement, ":kind", mail->kind);
  vrf_statement_bind_text (statement, ":recipient", mail->to);
  vrf_statement_bind_text (statement, ":subject", mail->subject);
  vrf_statement_bind_text (statement, ":text", mail->text);
  vrf_statement_bind_text (statement, ":html", mail->html);
  vrf_statement_bind_time (statement, ":created_at", mail->created_at);
  return vrf_statement_run (statement, error);
}

static gpointer
load (VrfStatement *statement)
{
  VrfStoredMail *mail = g_new0 (VrfStoredMail, 1);

  mail->id = vrf_statement_dup_text (statement, "id");
  if (!vrf_statement_is_null (statement, "session_n"))
    mail->session_n = vrf_statement_get_int (statement, "session_n");
  mail->session_id = vrf_statement_dup_text (statement, "session_id");
  mail->kind = vrf_statement_dup_text (statement, "kind");
  mail->to = vrf_statement_dup_text (statement, "recipient");
  mail->subject = vrf_statement_dup_text (statement, "subject");
  mail->text = vrf_statement_dup_text (statement, "text");
  mail->html = vrf_statement_dup_text (statement, "html");
  mail->created_at = vrf_statement_get_time (statement, "created_at");
  return mail;
}

/** vrf_store_outbox_list: Returns: (nullable) (transfer full) (element-type VrfStoredMail): newest
 * first; %NULL on error */
GPtrArray *
vrf_store_outbox_list (VrfSandboxStore *store, guint limit, guint offset, GError **error)
{
  VrfStatement *statement =
      prepare (store, "SELECT * FROM outbox ORDER BY n DESC LIMIT :limit OFFSET :offset");

  vrf_statement_bind_int (statement, ":limit", limit);
  vrf_statement_bind_int (statement, ":offset", offset);
  return vrf_sandbox_store_take_rows (
      statement, load, (GDestroyNotify) vrf_stored_mail_free, error);
}

/** vrf_store_outbox_count: @ret_total is how many mails there are */
gboolean
vrf_store_outbox_count (VrfSandboxStore *store, gint64 *ret_total, GError **error)
{
  VrfStatement *statement = prepare (store, "SELECT count(*) AS total FROM outbox");

  return vrf_sandbox_store_take_total (statement, ret_total, error);
}

/** vrf_store_outbox_get: Returns: (nullable) (transfer full): the mail; %NULL with an error, or
 * when there is none */
VrfStoredMail *
vrf_store_outbox_get (VrfSandboxStore *store, const char *id, GError **error)
{
  VrfStatement *statement = prepare (store, "SELECT * FROM outbox WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", id);
  return vrf_sandbox_store_take_row (statement, load, (GDestroyNotify) vrf_stored_mail_free, error);
}

/** vrf_store_outbox_delete: throws one mail away */
gboolean
vrf_store_outbox_delete (VrfSandboxStore *store, const VrfStoredMail *mail, GError **error)
{
  VrfStatement *statement = prepare (store, "DELETE FROM outbox WHERE id = :id");

  vrf_statement_bind_text (statement, ":id", mail->id);
  return vrf_statement_run (statement, error);
}

/** vrf_store_outbox_clear: throws all mails away */
gboolean
vrf_store_outbox_clear (VrfSandboxStore *store, GError **error)
{
  return vrf_statement_run (prepare (store, "DELETE FROM outbox"), error);
}
