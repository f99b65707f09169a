/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-blocklist.h"

#include "base/vrf-json.h"
#include "base/vrf-random.h"
#include "base/vrf-signature.h"
#include "sandbox/vrf-body.h"
#include "sandbox/vrf-document.h"
#include "sandbox/vrf-list-person.h"
#include "sandbox/vrf-list-values.h"
#include "sandbox/vrf-lists.h"

/*
 * The lists that reviewers fill. Their purpose is to outlive a session, that of redaction is that
 * nothing personal does. So an entry forgets: of its identifier only an HMAC with a secret of the
 * database is kept, by which the same identifier is known when it comes again, and nobody reads the
 * identifier from the list, from the API or from the file. Whoever has the file has the secret too
 * and can try identifiers one by one; with none of it nobody could be blocked any more.
 *
 * What is compared by likeness has no such digest. A face is, so its entry goes.
 */

#define BLOCKLIST "Blocklist"
#define META_NAME "blocklist_secret"

static VrfList *
take_list (VrfService *service, const char *list_type, gboolean is_sandbox, GError **error)
{
  VrfSandboxStore *store = vrf_service_get_store (service);
  g_autoptr (GError) local = NULL;
  g_autoptr (VrfList) list =
      vrf_store_lists_get_active (store, BLOCKLIST, list_type, is_sandbox, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (list != NULL)
    return g_steal_pointer (&list);
  list = g_new0 (VrfList, 1);
  list->id = vrf_random_id ("list_");
  list->is_sandbox = is_sandbox;
  list->name = g_strdup (BLOCKLIST);
  list->list_type = g_strdup (list_type);
  list->match_mode = g_strdup ("block");
  list->created_at = vrf_service_get_now (service);
  return vrf_store_lists_insert (store, list, error) ? g_steal_pointer (&list) : NULL;
}

typedef struct
{
  VrfService *service;
  const VrfStoredSession *session;
} Blocking;

static VrfListItem *
new_item (const Blocking *self, const VrfList *list, JsonObject *value)
{
  VrfListItem *item = g_new0 (VrfListItem, 1);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), value);

  item->list_n = list->n;
  item->id = vrf_random_id ("litem_");
  item->session_n = self->session->n;
  item->value = vrf_json_to_text (node);
  item->key = vrf_list_values_dup_key (list->list_type, value);
  item->notes = g_strdup (self->session->id);
  item->created_at = vrf_service_get_now (self->service);
  return item;
}

/* Document, device and face; nobody is blocked twice. */
static gboolean
block_value (const char *list_type, JsonObject *value, gpointer data, GError **error)
{
  static const char *const blocked[] = { "government_id", "device_fingerprint", "face", NULL };
  Blocking *self = data;
  VrfSandboxStore *store = vrf_service_get_store (self->service);
  gboolean is_sandbox = self->session->is_sandbox;
  g_autoptr (VrfList) list = NULL;
  g_autoptr (VrfListItem) item = NULL;
  g_autoptr (GPtrArray) matches =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_list_match_free);
  const char *ids[] = { NULL, NULL };
  VrfListQuery query = { is_sandbox, ids, list_type, value };

  if (!g_strv_contains (blocked, list_type))
    return TRUE;
  list = take_list (self->service, list_type, is_sandbox, error);
  if (list == NULL)
    return FALSE;
  ids[0] = list->id;
  if (!vrf_lists_look_up (store, &query, matches, error))
    return FALSE;
  if (matches->len > 0)
    return TRUE;
  item = new_item (self, list, value);
  return vrf_store_lists_add_item (store, item, error);
}

/**
 * vrf_blocklist_add:
 * @service: a service, in a transaction
 * @session: whose applicant was rejected
 * @error: from the database
 *
 * Adds the applicant's document, device and face to the lists called "Blocklist", which are made
 * when there are none.
 */
gboolean
vrf_blocklist_add (VrfService *service, const VrfStoredSession *session, GError **error)
{
  Blocking self = { service, session };

  return vrf_list_person_visit (
      vrf_service_get_store (service), session, block_value, &self, error);
}

static char *
dup_digest (const char *secret, const char *list_type, const char *key)
{
  g_autofree char *text = g_strconcat (list_type, "\n", key, NULL);

  return vrf_signature_hmac_hex (secret, text, strlen (text));
}

/**
 * vrf_blocklist_dup_digest:
 * @store: where the lists are
 * @list_type: of a value
 * @key: (nullable): that the value has by vrf_list_values_dup_key()
 * @ret_digest: (out) (transfer full) (nullable): what an entry that has forgotten such a value is
 *   known by; %NULL when there can be none
 * @error: from the database
 */
gboolean
vrf_blocklist_dup_digest (VrfSandboxStore *store,
                          const char *list_type,
                          const char *key,
                          char **ret_digest,
                          GError **error)
{
  g_autofree char *secret = NULL;

  *ret_digest = NULL;
  if (key == NULL)
    return TRUE;
  if (!vrf_sandbox_store_get_meta (store, META_NAME, &secret, error))
    return FALSE;
  if (secret != NULL)
    *ret_digest = dup_digest (secret, list_type, key);
  return TRUE;
}

/* Made when it is needed first. */
static char *
dup_secret (VrfSandboxStore *store, GError **error)
{
  g_autofree char *secret = NULL;

  if (!vrf_sandbox_store_get_meta (store, META_NAME, &secret, error))
    return NULL;
  if (secret != NULL)
    return g_steal_pointer (&secret);
  secret = vrf_random_base64url (32);
  return vrf_sandbox_store_set_meta (store, META_NAME, secret, error) ? g_steal_pointer (&secret)
                                                                      : NULL;
}

/* The class of a document says nothing of its holder, and tells numbers apart that are equal. Any
 * other word may be somebody's. */
static char *
dup_rest (const char *value)
{
  g_autoptr (JsonNode) root = vrf_stored_parse (value);
  JsonObject *rest = json_object_new ();
  g_autoptr (JsonNode) node = vrf_body_take (rest);
  const char *id_class =
      json_object_get_string_member_with_default (json_node_get_object (root), "id_class", NULL);

  if (id_class != NULL && vrf_document_is_type (id_class))
    json_object_set_string_member (rest, "id_class", id_class);
  return vrf_json_to_text (node);
}

static gboolean
forget (VrfSandboxStore *store, const VrfListItem *item, GError **error)
{
  g_autofree char *secret = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *digest = NULL;

  if (item->key == NULL)
    return vrf_store_lists_delete_item (store, item, error);
  secret = dup_secret (store, error);
  if (secret == NULL)
    return FALSE;
  rest = dup_rest (item->value);
  digest = dup_digest (secret, item->list_type, item->key);
  return vrf_store_lists_redact_item (store, item->id, rest, digest, error);
}

static gboolean
forget_all (VrfSandboxStore *store, GPtrArray *items, GError **error)
{
  for (guint i = 0; items != NULL && i < items->len; i++)
    if (!forget (store, items->pdata[i], error))
      return FALSE;
  return items != NULL;
}

/** vrf_blocklist_forget_session: nothing personal is left in the entries that come from it */
gboolean
vrf_blocklist_forget_session (VrfSandboxStore *store, gint64 session_n, GError **error)
{
  g_autoptr (GPtrArray) items = vrf_store_lists_list_of_session (store, session_n, error);

  return forget_all (store, items, error);
}

/** vrf_blocklist_forget_identity: the same for what comes from the sessions of an identity */
gboolean
vrf_blocklist_forget_identity (VrfSandboxStore *store, gint64 identity_n, GError **error)
{
  g_autoptr (GPtrArray) items = vrf_store_lists_list_of_identity (store, identity_n, error);

  return forget_all (store, items, error);
}
