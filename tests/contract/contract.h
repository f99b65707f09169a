/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api/vrf-api-client.h"
#include "sandbox/vrf-sandbox.h"

G_BEGIN_DECLS

/* The desk's client and the sandbox, on one machine; the sandbox on its own thread. */
typedef struct
{
  VrfSandbox *sandbox;
  VrfApiClient *client; /* with the sandbox key */
  VrfApiClient *live;   /* with the live key */
} Contract;

void
contract_set_up (Contract *self, gconstpointer data);
void
contract_tear_down (Contract *self, gconstpointer data);

/* The `reply` of a golden file. */
JsonNode *
contract_golden (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Item @index of its `data`. */
JsonNode *
contract_golden_item (const char *name, guint index) G_GNUC_WARN_UNUSED_RESULT;

void
contract_done_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/* Turns the main loop until the call is done; fails after 20 s. The result lives until the next. */
GAsyncResult *
contract_await (GAsyncResult **result);

/* contract_call (generate_link, self->client, id, 0, NULL): sends a call and waits for its end.
 * @args end before callback and user_data. */
#define contract_call(name, error, client, ...)                                                    \
  ({                                                                                               \
    g_autoptr (GAsyncResult) _result = NULL;                                                       \
                                                                                                   \
    vrf_api_client_##name##_async (client, __VA_ARGS__, contract_done_cb, &_result);               \
    vrf_api_client_##name##_finish (client, contract_await (&_result), error);                     \
  })

/* With the golden file's request, as the desk sends it. */
VrfSession *
contract_create (Contract *self) G_GNUC_WARN_UNUSED_RESULT;
void
contract_simulate (Contract *self, const char *session_id, const char *action);

G_END_DECLS
