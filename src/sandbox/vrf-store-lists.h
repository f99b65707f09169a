/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-sandbox-store.h"

G_BEGIN_DECLS

/**
 * VrfList:
 * @n: the row's number; 0 before it is inserted
 * @list_type: `name`, `email`, …: what its items are
 * @match_mode: `block`, `flag` or `allow`
 * @description: (nullable): the caller's
 * @is_active: not archived
 * @item_count: how many items it has, when it was read
 *
 * A custom list (verifa-api.md 7.5). Owned texts.
 */
typedef struct
{
  gint64 n;
  char *id;
  gboolean is_sandbox;
  char *name;
  char *list_type;
  char *match_mode;
  char *description;
  gboolean is_active;
  gint64 item_count;
  gint64 created_at;
  gint64 updated_at;
} VrfList;

void
vrf_list_free (VrfList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfList, vrf_list_free)

/**
 * VrfListItem:
 * @list_n: whose
 * @list_type: (nullable): of its list, where it is needed
 * @session_n: the session it comes from; 0 for a caller's, and when that was redacted
 * @value: a JSON object with the members of its list's type; with a @digest what is left of it
 * @key: (nullable): what equal values have in common; %NULL when every value has to be compared
 * @digest: (nullable): what it is known by since its value was redacted
 * @notes: (nullable): the caller's, or the session's id
 *
 * One value of a list.
 */
typedef struct
{
  gint64 list_n;
  char *list_type;
  char *id;
  gint64 session_n;
  char *value;
  char *key;
  char *digest;
  char *notes;
  gint64 created_at;
} VrfListItem;

void
vrf_list_item_free (VrfListItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfListItem, vrf_list_item_free)

/**
 * VrfListMatch:
 * @session_n: whose; 0 for a look-up that is not kept
 * @match_mode: the list's, when it matched
 * @score: 0 to 1
 *
 * An item that something was like.
 */
typedef struct
{
  gint64 session_n;
  char *id;
  gint64 list_n;
  char *list_id;
  char *list_name;
  char *item_id;
  char *match_mode;
  double score;
  gboolean false_positive;
  gint64 created_at;
} VrfListMatch;

void
vrf_list_match_free (VrfListMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfListMatch, vrf_list_match_free)

/**
 * VrfListKeys:
 * @is_sandbox: the environment
 * @list_type: the lists' type
 * @key: (nullable): what an equal value has
 * @other_key: (nullable): what it may have instead
 * @digest: (nullable): what an equal value has whose item was redacted
 *
 * Which items a value may be like.
 */
typedef struct
{
  gboolean is_sandbox;
  const char *list_type;
  const char *key;
  const char *other_key;
  const char *digest;
} VrfListKeys;

/**
 * VrfListCompare:
 * @list: its list
 * @item: it
 * @data: the caller's
 *
 * Takes an item that a value may be like.
 */
typedef void (*VrfListCompare) (const VrfList *list, const VrfListItem *item, gpointer data);

/* What is not there is %NULL without an error. */
gboolean
vrf_store_lists_insert (VrfSandboxStore *store, VrfList *list, GError **error);
gboolean
vrf_store_lists_update (VrfSandboxStore *store, const VrfList *list, GError **error);
VrfList *
vrf_store_lists_get (VrfSandboxStore *store, const char *id, gboolean is_sandbox, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
VrfList *
vrf_store_lists_get_active (VrfSandboxStore *store,
                            const char *name,
                            const char *list_type,
                            gboolean is_sandbox,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_lists_list (VrfSandboxStore *store,
                      gboolean is_sandbox,
                      guint limit,
                      guint offset,
                      gint64 *ret_total,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_store_lists_add_item (VrfSandboxStore *store, const VrfListItem *item, GError **error);
VrfListItem *
vrf_store_lists_get_item (VrfSandboxStore *store,
                          const VrfList *list,
                          const char *id,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_lists_list_items (VrfSandboxStore *store,
                            const VrfList *list,
                            guint limit,
                            guint offset,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_lists_delete_item (VrfSandboxStore *store, const VrfListItem *item, GError **error);
GPtrArray *
vrf_store_lists_list_of_session (VrfSandboxStore *store,
                                 gint64 session_n,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *
vrf_store_lists_list_of_identity (VrfSandboxStore *store,
                                  gint64 identity_n,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_store_lists_redact_item (
    VrfSandboxStore *store, const char *id, const char *rest, const char *digest, GError **error);
gboolean
vrf_store_lists_visit (VrfSandboxStore *store,
                       const VrfListKeys *keys,
                       VrfListCompare compare,
                       gpointer data,
                       GError **error);

gboolean
vrf_store_lists_drop_matches (VrfSandboxStore *store, gint64 session_n, GError **error);
gboolean
vrf_store_lists_add_match (VrfSandboxStore *store, const VrfListMatch *match, GError **error);
gboolean
vrf_store_lists_mark_false (VrfSandboxStore *store, const VrfListMatch *match, GError **error);
GPtrArray *
vrf_store_lists_list_matches (VrfSandboxStore *store,
                              gint64 session_n,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
