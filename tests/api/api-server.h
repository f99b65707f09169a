/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A golden file of tests/data/api. */
typedef struct
{
  JsonNode *root; /* owned */
  JsonObject *object;
} ApiGolden;

ApiGolden *
api_golden_load (const char *name);
char *
api_golden_dup_reply (ApiGolden *self);
JsonObject *
api_golden_get_reply (ApiGolden *self);
void
api_golden_free (ApiGolden *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ApiGolden, api_golden_free)

/* A request as it came. */
typedef struct
{
  char *method;
  char *path;
  char *query;         /* nullable */
  GHashTable *headers; /* lower-case name → value */
  GBytes *body;
} ApiRecord;

const char *
api_record_get_header (const ApiRecord *self, const char *lower_case_name);
void
api_record_assert (const ApiRecord *self, ApiGolden *golden);

/* A SoupServer in a thread of its own that gives the answers it was told, one a request. */
typedef struct _ApiServer ApiServer;

ApiServer *
api_server_new (GTlsCertificate *certificate);
void
api_server_free (ApiServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ApiServer, api_server_free)

const char *
api_server_get_url (ApiServer *self);
void
api_server_answer (
    ApiServer *self, guint status, const char *headers, const char *type, const char *body);
void
api_server_answer_golden (ApiServer *self, ApiGolden *golden);
guint
api_server_count (ApiServer *self);
const ApiRecord *
api_server_peek (ApiServer *self, guint index);

/* Asynchronous calls from a test. */
void
api_done_cb (GObject *object, GAsyncResult *result, gpointer user_data);
GAsyncResult *
api_await (GAsyncResult **result);

G_END_DECLS
