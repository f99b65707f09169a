/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-session-filter.h"

#include "base/vrf-time.h"
#include "sandbox/vrf-engine.h"

/**
 * vrf_session_filter_append:
 * @self: a filter; its limit and offset do not matter
 * @sql: gets a WHERE over `sessions`
 *
 * Only the conditions that are asked for stand in the text, so that the right index is used.
 */
void
vrf_session_filter_append (const VrfSessionFilter *self, GString *sql)
{
  g_string_append (sql, " WHERE is_sandbox = :is_sandbox");
  if (self->state != VRF_STATE_UNKNOWN)
    g_string_append (sql, " AND status = :status");
  if (self->external_ref != NULL)
    g_string_append (sql, " AND external_ref = :external_ref");
  if (self->workflow_id != NULL)
    g_string_append (sql, " AND workflow_id = :workflow_id");
  if (self->q != NULL)
    g_string_append (sql,
                     " AND (instr(external_ref_folded, :folded) > 0"
                     " OR (id >= :q AND substr(id, 1, length(:q)) = :q))");
  if (self->tag != NULL)
    g_string_append (sql,
                     " AND EXISTS (SELECT 1 FROM session_tags AS tagged"
                     " WHERE tagged.is_sandbox = :is_sandbox AND tag = :tag"
                     " AND session_n = sessions.n)");
  if (self->created_after != VRF_TIME_NONE)
    g_string_append (sql, " AND created_at >= :created_after");
  if (self->created_before != VRF_TIME_NONE)
    g_string_append (sql, " AND created_at < :created_before");
}

/** vrf_session_filter_bind: gives @statement what vrf_session_filter_append() named */
void
vrf_session_filter_bind (const VrfSessionFilter *self, VrfStatement *statement)
{
  g_autofree char *folded = self->q != NULL ? g_utf8_casefold (self->q, -1) : NULL;

  vrf_statement_bind_int (statement, ":is_sandbox", self->is_sandbox);
  if (self->state != VRF_STATE_UNKNOWN)
    vrf_statement_bind_text (
        statement, ":status", vrf_enum_to_nick (vrf_engine_states, (int) self->state));
  if (self->external_ref != NULL)
    vrf_statement_bind_text (statement, ":external_ref", self->external_ref);
  if (self->workflow_id != NULL)
    vrf_statement_bind_text (statement, ":workflow_id", self->workflow_id);
  if (self->q != NULL)
    {
      vrf_statement_bind_text (statement, ":folded", folded);
      vrf_statement_bind_text (statement, ":q", self->q);
    }
  if (self->tag != NULL)
    vrf_statement_bind_text (statement, ":tag", self->tag);
  if (self->created_after != VRF_TIME_NONE)
    vrf_statement_bind_time (statement, ":created_after", self->created_after);
  if (self->created_before != VRF_TIME_NONE)
    vrf_statement_bind_time (statement, ":created_before", self->created_before);
}

/** vrf_session_filter_copy: Returns: (transfer full): a filter with texts of its own */
VrfSessionFilter *
vrf_session_filter_copy (const VrfSessionFilter *self)
{
  VrfSessionFilter *copy = g_memdup2 (self, sizeof *self);

  copy->q = g_strdup (self->q);
  copy->external_ref = g_strdup (self->external_ref);
  copy->workflow_id = g_strdup (self->workflow_id);
  copy->tag = g_strdup (self->tag);
  return copy;
}

/** vrf_session_filter_free: frees what vrf_session_filter_copy() made; @self is nullable */
void
vrf_session_filter_free (VrfSessionFilter *self)
{
  if (self == NULL)
    return;
  g_free ((char *) self->q);
  g_free ((char *) self->external_ref);
  g_free ((char *) self->workflow_id);
  g_free ((char *) self->tag);
  g_free (self);
}

/** vrf_session_filter_equal: whether both ask for the same sessions, whichever page of them */
gboolean
vrf_session_filter_equal (const VrfSessionFilter *self, const VrfSessionFilter *other)
{
  return self->is_sandbox == other->is_sandbox && self->state == other->state
         && self->created_after == other->created_after
         && self->created_before == other->created_before && g_strcmp0 (self->q, other->q) == 0
         && g_strcmp0 (self->external_ref, other->external_ref) == 0
         && g_strcmp0 (self->workflow_id, other->workflow_id) == 0
         && g_strcmp0 (self->tag, other->tag) == 0;
}
