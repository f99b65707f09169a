/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-test.h"

#include <gio/gio.h>

static JsonNode *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *node = vrf_json_parse (bytes, 1 << 20, &error);

  g_assert_no_error (error);
  return node;
}

VrfSession *
core_test_session (const char *json)
{
  g_autoptr (JsonNode) node = parse (json);
  g_autoptr (GError) error = NULL;
  VrfSession *session = vrf_session_new_from_json (node, &error);

  g_assert_no_error (error);
  return session;
}

VrfResult *
core_test_result (const char *json)
{
  g_autoptr (JsonNode) node = parse (json);
  g_autoptr (GError) error = NULL;
  VrfResult *result = vrf_result_new_from_json (node, &error);

  g_assert_no_error (error);
  return result;
}

VrfSession *
core_test_listed (const char *id, const char *status, int created_s)
{
  g_autofree char *created = vrf_time_format (CORE_TEST_NOON + created_s * CORE_TEST_S);
  g_autofree char *json =
      g_strdup_printf ("{'id':'%s','status':'%s','is_sandbox':true,'created_at':'%s',"
                       "'updated_at':'%s','external_ref':'ref-%s','metadata':{},'tags':[]}",
                       id,
                       status,
                       created,
                       created,
                       id);

  return core_test_session (json);
}

VrfClock *
core_test_clock (gint64 us, double scale)
{
  VrfClock *clock = vrf_clock_new ();
  g_autofree char *time = vrf_time_format_ms (us);
  g_autofree char *header = g_strdup_printf ("%s; scale=%g", time, scale);
  g_autoptr (GError) error = NULL;

  vrf_clock_feed_sandbox_time (clock, header, &error);
  g_assert_no_error (error);
  return clock;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

void
core_test_count (gpointer object, const char *signal, guint *count)
{
  *count = 0;
  g_signal_connect_swapped (object, signal, G_CALLBACK (count_cb), count);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
core_test_turn (void)
{
  guint timer = g_timeout_add (20, wake_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

void
core_test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
core_test_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
}
