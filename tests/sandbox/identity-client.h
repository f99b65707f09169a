/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-client.h"
#include "sandbox/vrf-sandbox-store.h"

/* What the tests of identities do over and over. */

#define IDENTITIES "/api/v1/identities"

SandboxReply *
identity_client_call (
    SandboxClient *self, const char *method, const char *name, const char *rest, const char *body);
SandboxReply *
identity_client_get (SandboxClient *self, const char *name);
void
identity_client_do (
    SandboxClient *self, const char *method, const char *name, const char *rest, const char *body);
char *
identity_client_create (SandboxClient *self, const char *ref);
char *
identity_client_simulate (SandboxClient *self, const char *ref, const char *action);
char *
identity_client_make_key (SandboxClient *self, const char *scopes);
guint
identity_client_count_events (SandboxClient *self, const char *query);

gint64
identity_reply_number (SandboxReply *reply, const char *name);
JsonObject *
identity_reply_object (SandboxReply *reply, const char *name);
char *
identity_reply_dup_texts (SandboxReply *reply, const char *name, const char *member);

/* A sandbox on a file, which is prepared before it starts and looked into after it stopped. */
typedef struct
{
  SandboxClient client;
  char *directory;
  char *path;
} IdentityFixture;

void
identity_fixture_set_up (IdentityFixture *self, gconstpointer unused);
VrfSandboxStore *
identity_fixture_open (IdentityFixture *self);
void
identity_fixture_start (IdentityFixture *self);
void
identity_fixture_tear_down (IdentityFixture *self, gconstpointer unused);
