/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "fuzz.h"

#include "sandbox/vrf-capture-routes.h"
#include "sandbox/vrf-fixtures.h"
#include "sandbox/vrf-handlers.h"
#include "sandbox/vrf-poster.h"
#include "sandbox/vrf-request-private.h"

/*
 * One HTTP request, taken to the router without a connection: path, query, JSON gate and the fields
 * of every handler. What a client must say anyway (its key, where it called, how long the body is)
 * is said for it; `~` in the target stands for a session that is there. No request makes us answer
 * 500, and none is left without an answer.
 */

#define INPUTS_A_SERVICE 250

typedef struct
{
  VrfSandboxStore *store;
  VrfSandboxClock *clock;
  VrfPoster *poster;
  VrfService *service;
  VrfRate *rate;
  VrfRouter *router;
  char *session_id;
} World;

static World world;

static void
leave (void)
{
  /* What was put off holds the service. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (world.router);
  g_assert_finalize_object (world.rate);
  g_assert_finalize_object (world.service);
  g_object_unref (world.poster);
  g_assert_finalize_object (world.store);
  g_assert_finalize_object (world.clock);
  g_clear_pointer (&world.session_id, g_free);
}

static void
add_session (void)
{
  g_autoptr (VrfStoredSession) session = vrf_stored_session_new ();
  g_autoptr (GError) error = NULL;

  session->is_sandbox = TRUE;
  g_assert_true (vrf_sandbox_store_begin (world.store, NULL));
  vrf_service_create (world.service, session, &error);
  g_assert_no_error (error);
  g_assert_true (vrf_sandbox_store_commit (world.store, NULL));
  world.session_id = g_strdup (session->id);
}

static void
enter (void)
{
  world.store = vrf_sandbox_store_open (":memory:", NULL);
  world.clock = vrf_sandbox_clock_new (0, 1.0);
  world.poster = vrf_poster_new (FALSE, 100);
  world.service = vrf_service_new (world.store, world.clock);
  world.rate = vrf_rate_new ("enterprise");
  world.router = vrf_router_new (world.service, world.rate);
  for (guint i = 0; vrf_handlers_tables[i] != NULL; i++)
    vrf_router_add_routes (world.router, vrf_handlers_tables[i]);
  vrf_router_add_routes (world.router, vrf_capture_routes);
  vrf_service_set_poster (world.service, world.poster);
  vrf_service_set_base_url (world.service, "http://127.0.0.1");
  g_assert_true (vrf_sandbox_store_set_root_key (world.store, TRUE, FUZZ_KEY, 0, NULL));
  g_assert_true (
      vrf_fixtures_ensure (world.store, vrf_sandbox_clock_get_now_us (world.clock), NULL));
  add_session ();
}

/* Where the body begins. */
static gsize
find_body (const char *text, gsize size)
{
  const char *end = g_strstr_len (text, (gssize) size, "\r\n\r\n");
  const char *bare = g_strstr_len (text, (gssize) size, "\n\n");

  if (end != NULL && (bare == NULL || end < bare))
    return (gsize) (end - text) + 4;
  return bare != NULL ? (gsize) (bare - text) + 2 : size;
}

static void
complete_headers (SoupMessageHeaders *headers, gsize body_size)
{
  if (soup_message_headers_get_one (headers, "Host") == NULL)
    soup_message_headers_replace (headers, "Host", "127.0.0.1");
  if (soup_message_headers_get_one (headers, "X-API-Key") == NULL)
    soup_message_headers_replace (headers, "X-API-Key", FUZZ_KEY);
  soup_message_headers_set_content_length (headers, (goffset) body_size);
}

static void
ask (const char *method, const char *path, SoupMessageHeaders *headers, GBytes *body)
{
  g_auto (GStrv) parts = g_strsplit (path, "~", 2);
  g_autofree char *target = g_strjoinv (world.session_id, parts);
  g_autoptr (VrfRequest) request =
      vrf_request_new (world.service, method, target, headers, "127.0.0.1");
  g_autoptr (GBytes) answer = NULL;

  if (vrf_router_accept (world.router, request)
      && !vrf_router_dispatch (world.router, request, body))
    return;
  g_assert_cmpuint (request->reply->status, >=, 200);
  g_assert_true (request->reply->status != 500 || request->fault.kind != VRF_FAULT_NONE);
  answer = vrf_reply_dup_body (request->reply, "camel");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static guint n;
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autofree char *text = g_strndup ((const char *) data, size);
  gsize head = find_body (text, size);
  g_autoptr (GBytes) body = g_bytes_new (data + head, size - head);
  g_autofree char *method = NULL;
  g_autofree char *path = NULL;

  if (n++ % INPUTS_A_SERVICE == 0)
    {
      if (world.service != NULL)
        leave ();
      enter ();
    }
  if (soup_headers_parse_request (text, (int) head, headers, &method, &path, NULL) != 200)
    return 0;
  complete_headers (headers, size - head);
  ask (method, path, headers, body);
  return 0;
}
