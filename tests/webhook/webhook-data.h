/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A body of tests/data/webhooks, and what openssl says of it. */
typedef struct
{
  char *name;
  GBytes *body;
  char *secret;
  gint64 unix_s;
  char *v1;     /* of the body with its time */
  char *bare;   /* of the body alone */
  char *header; /* as it is sent today */
} WebhookVector;

GPtrArray *
webhook_data_load_vectors (void) G_GNUC_WARN_UNUSED_RESULT;
GBytes *
webhook_data_load (const char *file) G_GNUC_WARN_UNUSED_RESULT;

/* `t=…,v1=…` of now, for a test over HTTP: the receiver goes by the real clock. */
char *
webhook_data_sign (const char *secret, GBytes *body, gint64 age_s) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
