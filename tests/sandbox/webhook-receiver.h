/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

/*
 * What webhooks are sent to, on a thread of its own: a test waits for the sandbox's answer
 * meanwhile. The path says what it does: "/ok" takes them, "/500" answers with that status,
 * "/redirect" points to "/ok", "/hang" never answers.
 */
typedef struct _WebhookReceiver WebhookReceiver;

/* What came. */
typedef struct
{
  char *path;
  char *signature;
  char *delivery_id;
  char *event;
  char *user_agent;
  char *content_type;
  GBytes *body;
  JsonNode *json;
} Received;

WebhookReceiver *
webhook_receiver_start (void);
void
webhook_receiver_stop (WebhookReceiver *self);
char *
webhook_receiver_dup_url (WebhookReceiver *self, const char *path);
void
webhook_receiver_fail_next (WebhookReceiver *self, guint n);
const Received *
webhook_receiver_wait (WebhookReceiver *self, guint index);
const Received *
webhook_receiver_wait_at (WebhookReceiver *self, const char *path, guint index);
guint
webhook_receiver_count (WebhookReceiver *self);

const char *
received_string (const Received *received, const char *name);
void
received_assert_signed (const Received *received, const char *secret);
