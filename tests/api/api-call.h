/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api-server.h"
#include "api/vrf-api-client.h"

G_BEGIN_DECLS

/* One call of the client against a server of its own. */
typedef struct
{
  ApiServer *server;
  ApiGolden *golden; /* NULL without one */
  VrfApiClient *client;
  GAsyncResult *result;
  GError *error;
} Call;

/* The server replays that golden reply; with NULL the test says what it answers. */
Call
call_begin (const char *golden_name) G_GNUC_WARN_UNUSED_RESULT;
/* Waits, and asserts that what was sent is what the golden file shows. */
GAsyncResult *
call_await (Call *call);
void
call_end (Call *call);

G_END_DECLS
