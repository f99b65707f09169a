/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfIdentity:
 * @n: the row's number; 0 before it is inserted
 * @external_ref: the caller's name for the person
 * @status: `pending`, `verified`, `rejected`, `failed`, `redacted` or `merged`
 * @session_count: how many sessions with an outcome it has
 * @latest_session_n: the session whose outcome came last; 0 for none
 * @type_id: (nullable): its identity type
 * @custom_fields: a JSON object
 * @tags: a JSON array of texts
 * @data: a JSON object: what a caller corrected, by the names of `PATCH /identities/{id}`; stands
 *   before what was read off a document
 * @merged_into: the row it was merged into; 0 for none
 *
 * A person, known by one reference (verifa-api.md 7.2). Owned texts.
 */
typedef struct
{
  gint64 n;
  char *id;
  gboolean is_sandbox;
  char *external_ref;
  char *status;
  gint64 created_at;
  gint64 updated_at;
  gint64 session_count;
  gint64 latest_session_n;
  gint64 first_verified_at;
  gint64 last_verified_at;
  gint64 archived_at;
  char *type_id;
  char *custom_fields;
  char *tags;
  char *data;
  gint64 merged_into;
} VrfIdentity;

VrfIdentity *
vrf_identity_new (void) G_GNUC_WARN_UNUSED_RESULT;
VrfIdentity *
vrf_identity_copy (const VrfIdentity *self) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_identity_free (VrfIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfIdentity, vrf_identity_free)

/**
 * VrfIdentityFilter:
 * @is_sandbox: the environment
 * @status: (nullable): a status
 * @q: (nullable): part of the reference, in any case
 * @person: (nullable): what @q may be instead: the beginning of the id, or the whole of a name, an
 *   e-mail address, a telephone number or a document's number, in any case
 * @tags: (nullable): tags that it has, all of them
 * @include_archived: also those that are archived
 * @after: 0, or the row of the identity after which the page begins
 * @before: 0, or the row of the identity before which the page ends
 * @limit: how many
 * @offset: how many newer ones to pass over
 *
 * What to list. Newest first is by row: rows are made in the order of time.
 */
typedef struct
{
  gboolean is_sandbox;
  const char *status;
  const char *q;
  const char *person;
  const char *const *tags;
  gboolean include_archived;
  gint64 after;
  gint64 before;
  guint limit;
  guint offset;
} VrfIdentityFilter;

gboolean
vrf_store_identities_insert (VrfSandboxStore *store, VrfIdentity *identity, GError **error);
gboolean
vrf_store_identities_update (VrfSandboxStore *store, const VrfIdentity *identity, GError **error);
VrfIdentity *
vrf_store_identities_get (VrfSandboxStore *store,
                          const char *id,
                          gboolean is_sandbox,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfIdentity *
vrf_store_identities_get_by_number (VrfSandboxStore *store,
                                    gint64 n,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
VrfIdentity *
vrf_store_identities_get_by_ref (VrfSandboxStore *store,
                                 const char *external_ref,
                                 gboolean is_sandbox,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_identities_list (VrfSandboxStore *store,
                           const VrfIdentityFilter *filter,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_identities_count (VrfSandboxStore *store,
                            const VrfIdentityFilter *filter,
                            gint64 *ret_total,
                            GError **error);

/* The sessions of an identity */
gboolean
vrf_store_identities_link (VrfSandboxStore *store,
                           VrfIdentity *identity,
                           gint64 session_n,
                           GError **error);
gboolean
vrf_store_identities_move_sessions (VrfSandboxStore *store,
                                    gint64 from_n,
                                    gint64 to_n,
                                    GError **error);
gboolean
vrf_store_identities_count_sessions (VrfSandboxStore *store,
                                     gint64 identity_n,
                                     gint64 *ret_total,
                                     GError **error);
GArray *
vrf_store_identities_list_numbers (VrfSandboxStore *store,
                                   gint64 identity_n,
                                   guint limit,
                                   guint offset,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_identities_list_sessions (VrfSandboxStore *store,
                                    gint64 identity_n,
                                    guint limit,
                                    guint offset,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_store_identities_dup_id_of_session (VrfSandboxStore *store,
                                        gint64 session_n,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_store_identities_clear_replies (VrfSandboxStore *store, const char *id, GError **error);

G_END_DECLS
