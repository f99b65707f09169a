/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "sandbox/vrf-sandbox.h"

/* A sandbox in memory, and a client that knows nothing of ours. */
typedef struct
{
  VrfSandbox *sandbox;
  SoupSession *session;
} SandboxClient;

/* The last reply; owned by whoever asked. */
typedef struct
{
  guint status;
  SoupMessageHeaders *headers;
  JsonNode *json;
  char *text;
} SandboxReply;

#define SANDBOX_KEY "vk_sandbox_0000000000000000000000000000abcd"
#define LIVE_KEY "vk_live_0000000000000000000000000000abcd"

void
sandbox_client_start (SandboxClient *self, const VrfSandboxOptions *options);
void
sandbox_client_stop (SandboxClient *self);

SandboxReply *
sandbox_client_send (SandboxClient *self,
                     const char *method,
                     const char *path,
                     const char *const *headers,
                     const char *body);
SandboxReply *
sandbox_client_call (SandboxClient *self, const char *method, const char *path, const char *body);
char *
sandbox_client_create (SandboxClient *self, const char *body);
char *
sandbox_client_path (const char *id, const char *rest);

void
sandbox_reply_free (SandboxReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxReply, sandbox_reply_free)
JsonObject *
sandbox_reply_object (SandboxReply *reply);
const char *
sandbox_reply_string (SandboxReply *reply, const char *name);
void
sandbox_reply_assert_error (SandboxReply *reply, guint status, const char *code);
