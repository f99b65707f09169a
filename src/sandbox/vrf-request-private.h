/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-request.h"
#include "sandbox/vrf-router.h"

G_BEGIN_DECLS

/* What goes on when a request that waited is to be answered. */
typedef void (*VrfResume) (VrfRequest *request,
                           VrfAnswer answer,
                           gpointer data,
                           gpointer user_data);

/* What the router notes on a request; handlers see it through vrf-request.h only. */
struct _VrfRequest
{
  VrfService *service;         /* owned */
  char *method;                /* owned */
  char *path;                  /* owned, as it was sent */
  GStrv segments;              /* owned, decoded; NULL when the path is not text */
  GHashTable *query;           /* owned; NULL when the query cannot be read */
  GHashTable *params;          /* owned */
  SoupMessageHeaders *headers; /* owned */
  char *peer;                  /* owned, nullable */
  VrfReply *reply;             /* owned */

  const VrfRoute *route; /* borrowed, nullable until found */
  VrfStoredKey *key;     /* owned, nullable */
  GBytes *bytes;         /* owned, nullable */
  JsonNode *body;        /* owned, nullable: snake case */
  char *body_sha256; /* owned, nullable: of the body as it came, when it has an idempotency key */

  VrfFault fault; /* what goes wrong with it */

  VrfActor actor;       /* its name and path are owned, the rest is borrowed from here */
  char *resource_id;    /* owned, nullable: what a handler said it is about */
  JsonObject *metadata; /* owned, nullable: what a handler has to say of it in the audit trail */

  GCancellable *waiting; /* owned, nullable: cancelled when the request is gone */
  VrfResume resume;      /* set by the server while the request waits */
  gpointer resume_data;  /* borrowed */

  VrfRate *limits; /* borrowed from the router */
  gboolean has_rate;
  VrfRateState rate;
  gboolean has_quota;
  gboolean took_quota;
  VrfRateState quota;
};

G_END_DECLS
