/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include "api-call.h"

#define KEY "vk_sandbox_0000000000000000000000000000abcd"

Call
call_begin (const char *golden_name)
{
  Call call = { 0 };
  g_autoptr (GError) error = NULL;

  call.server = api_server_new (NULL);
  if (golden_name != NULL)
    {
      call.golden = api_golden_load (golden_name);
      api_server_answer_golden (call.server, call.golden);
    }
  call.client = vrf_api_client_new (api_server_get_url (call.server), KEY, &error);
  g_assert_no_error (error);
  return call;
}

GAsyncResult *
call_await (Call *call)
{
  api_await (&call->result);
  g_assert_cmpuint (api_server_count (call->server), ==, 1);
  if (call->golden != NULL)
    api_record_assert (api_server_peek (call->server, 0), call->golden);
  return call->result;
}

void
call_end (Call *call)
{
  g_clear_object (&call->result);
  g_clear_error (&call->error);
  g_assert_finalize_object (call->client);
  g_clear_pointer (&call->golden, api_golden_free);
  api_server_free (call->server);
}
