/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "sandbox/vrf-sandbox.h"

G_BEGIN_DECLS

/* A sandbox in memory and an applicant's HTTP client, for tests of the applicant's side. */
typedef struct
{
  VrfSandbox *sandbox;
  SoupSession *http;
  gboolean is_live; /* which key client_api() uses */
  char *session_id; /* of the last session made */
  char *token;
  char *cookie; /* what the browser would send; NULL before the first visit */
} Client;

/* What came back. */
typedef struct
{
  guint status;
  JsonNode *json; /* NULL when it is not JSON */
  GBytes *body;
  SoupMessageHeaders *headers;
} Answer;

void
client_set_up (Client *client, gconstpointer unused);
void
client_tear_down (Client *client, gconstpointer unused);

void
answer_free (Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)
const char *
answer_text (Answer *answer, const char *member);

Answer *
client_call (Client *client, const char *method, const char *path, const char *type, GBytes *body);
Answer *
client_api (Client *client, const char *method, const char *path, const char *body);
void
client_create (Client *client, const char *body);

Answer *
client_visit (Client *client);
Answer *
client_post (Client *client, const char *step, const char *body);
Answer *
client_upload (Client *client, const char *step, const char *fields, GBytes *file);
char *
client_dup_status (Client *client);
char *
client_dup_steps (Client *client);

Answer *
client_ask_liveness (Client *client);
char *
client_dup_liveness (Answer *asked, gboolean is_backwards);

GBytes *
client_make_png (guint width, guint height);

G_END_DECLS
