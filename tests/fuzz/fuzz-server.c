/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#include "sandbox/vrf-sandbox.h"

/* Bytes as they come into a connection of a whole sandbox, and the connection's end. Whatever was
 * sent: the sandbox lives on, and if it answers, it answers in HTTP. */

/* A sandbox fills up. What it leaked is looked for at the very end: between two inputs its thread
 * is still at work (run.sh tells libFuzzer). */
#define INPUTS_A_SANDBOX 500

static VrfSandbox *sandbox;
static GSocketAddress *address;

static void
stop (void)
{
  vrf_sandbox_stop (sandbox);
  g_assert_finalize_object (sandbox);
  g_assert_finalize_object (address);
}

static void
start (void)
{
  static const VrfSandboxOptions options = { .sandbox_key = FUZZ_KEY, .plan = "enterprise" };
  g_autoptr (GUri) uri = NULL;

  sandbox = vrf_sandbox_new (&options);
  g_assert_true (vrf_sandbox_start (sandbox, NULL));
  uri = g_uri_parse (vrf_sandbox_get_api_url (sandbox), G_URI_FLAGS_NONE, NULL);
  address =
      g_inet_socket_address_new_from_string (g_uri_get_host (uri), (guint) g_uri_get_port (uri));
}

/* The sandbox may have hung up on what it does not want, so that sending may fail. */
static GByteArray *
talk (const guint8 *data, gsize size)
{
  GByteArray *answer = g_byte_array_new ();
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  guint8 buffer[4096];
  gssize n = 0;

  g_assert_true (g_socket_connect (socket, address, NULL, NULL));
  for (gsize sent = 0; sent < size; sent += (gsize) n)
    {
      n = g_socket_send (socket, (const char *) data + sent, size - sent, NULL, NULL);
      if (n <= 0)
        break;
    }
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  while ((n = g_socket_receive (socket, (char *) buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (answer, buffer, (guint) n);
  return answer;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static guint n;
  g_autoptr (GByteArray) answer = NULL;

  if (n == 0)
    atexit (stop);
  else if (n % INPUTS_A_SANDBOX == 0)
    stop ();
  if (n++ % INPUTS_A_SANDBOX == 0)
    start ();
  answer = talk (data, size);
  g_assert_true (answer->len == 0
                 || (answer->len > 12 && memcmp (answer->data, "HTTP/1.", 7) == 0));
  return 0;
}
