/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "webhook-data.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "webhook/vrf-webhook-event.h"

/* Deliveries as verifa-api.md 5.4 shows them, and as they should never come. */

static VrfWebhookEvent *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));

  return vrf_webhook_event_new_from_body (body, error);
}

static VrfWebhookEvent *
read_file (const char *file)
{
  g_autoptr (GBytes) body = webhook_data_load (file);
  g_autoptr (GError) error = NULL;
  VrfWebhookEvent *event = vrf_webhook_event_new_from_body (body, &error);

  g_assert_no_error (error);
  return event;
}

static void
assert_approved (const VrfWebhookEvent *event)
{
  g_assert_cmpstr (event->name, ==, "session.approved");
  g_assert_cmpint (event->kind, ==, VRF_WEBHOOK_SESSION_APPROVED);
  g_assert_cmpstr (event->session_id, ==, "session_5f0c2a9be1d74c6f8a3b9d10");
  g_assert_cmpstr (event->external_ref, ==, "guest-1042");
  g_assert_cmpstr (event->status, ==, "approved");
  g_assert_cmpint (event->is_sandbox, ==, TRUE);
}

/* The same event in three spellings is the same event. */
static void
test_spellings (void)
{
  static const char *const files[] = { "flat.json", "camel.json", "kebab.json" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (VrfWebhookEvent) event = read_file (files[i]);
      g_autoptr (VrfWebhookEvent) copy = vrf_webhook_event_copy (event);

      assert_approved (event);
      g_assert_cmpstr (event->key, ==, "idk_4b1f0c7be2d84f0b9a7d6c5e4f3a2b10");
      g_assert_cmpstr (event->identity_id, ==, "identity_77aa01c2d3e4f5a6b7c8d9e0");
      g_assert_null (event->case_id);
      g_assert_cmpint (event->created_at, ==, VRF_TIME_NONE);
      assert_approved (copy);
      g_assert_cmpstr (copy->key, ==, event->key);
      g_assert_cmpstr (copy->identity_id, ==, event->identity_id);
    }
}

static void
test_nested (void)
{
  g_autoptr (VrfWebhookEvent) event = read_file ("nested.json");
  g_autoptr (VrfWebhookEvent) again = read_file ("nested.json");
  g_autoptr (VrfWebhookEvent) other =
      read_text ("{\"event\":\"session.approved\",\"data\":{\"session_id\":\"session_1\"}}", NULL);

  assert_approved (event);
  /* 2026-02-01T12:00:03Z, of the event and not of the session in `data`: date -d … +%s */
  g_assert_cmpint (event->created_at, ==, 1769947203 * (gint64) G_USEC_PER_SEC);
  /* There is no key in it; the same body is the same event. */
  g_assert_true (g_str_has_prefix (event->key, "sha256:"));
  g_assert_cmpstr (again->key, ==, event->key);
  g_assert_cmpstr (other->key, !=, event->key);
}

static void
test_unknown (void)
{
  g_autoptr (VrfWebhookEvent) event = read_file ("unknown.json");

  g_assert_cmpstr (event->name, ==, "session.teleported");
  g_assert_cmpint (event->kind, ==, VRF_WEBHOOK_UNKNOWN);
  g_assert_cmpstr (event->external_ref, ==, "Zoë 🛎 الضيف");
  g_assert_cmpstr (event->status, ==, "elsewhere");
  g_assert_cmpint (event->is_sandbox, ==, FALSE);
}

/* verifa-api.md 5.5, spelled as there; G1 names mean what their G2 names mean. */
static void
test_kinds (void)
{
  static const char *const names[] = {
    "session.created",        "session.started",
    "session.link_generated", "session.approved",
    "session.declined",       "session.requires-review",
    "session.expired",        "session.resubmission-required",
    "session.redacted",       "session.awaiting_external",
    "check.completed",        "session.retention-expired",
    "identity.created",       "check.monitoring.new_hits",
    "identity.updated",       "identity.archived",
    "identity.restored",      "identity.tag-added",
    "identity.tag-removed",   "identity.flagged",
    "consortium.match_found", "case.created",
    "case.approved",          "case.rejected",
    "case.escalated",         "document.verified",
    "document.extracted",     "webhook.test",
  };
  guint64 seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      VrfWebhookKind kind = vrf_webhook_kind_from_name (names[i]);

      g_test_message ("%s", names[i]);
      g_assert_cmpint (kind, !=, VRF_WEBHOOK_UNKNOWN);
      g_assert_false (seen & G_GUINT64_CONSTANT (1) << kind);
      seen |= G_GUINT64_CONSTANT (1) << kind;
    }
  g_assert_cmpint (
      vrf_webhook_kind_from_name ("screening.completed"), ==, VRF_WEBHOOK_CHECK_COMPLETED);
  g_assert_cmpint (
      vrf_webhook_kind_from_name ("screening.monitoring.new_hits"), ==, VRF_WEBHOOK_CHECK_NEW_HITS);
  g_assert_cmpint (vrf_webhook_kind_from_name ("session.requires_review"), ==, VRF_WEBHOOK_UNKNOWN);
}

/* What has another type is left out; the rest is kept. */
static void
test_defensive (void)
{
  g_autofree char *key = g_strnfill (256, 'k');
  g_autofree char *text =
      g_strconcat ("{\"event\":\"case.created\",\"idempotency_key\":\"",
                   key,
                   "\",\"session_id\":{\"id\":1},\"data\":{\"session_id\":17,"
                   "\"caseId\":\"case_1\",\"is_sandbox\":\"yes\"},"
                   "\"external_ref\":null,\"status\":[],\"created_at\":\"soon\"}",
                   NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfWebhookEvent) event = read_text (text, &error);

  g_assert_no_error (error);
  g_assert_cmpint (event->kind, ==, VRF_WEBHOOK_CASE_CREATED);
  g_assert_true (g_str_has_prefix (event->key, "sha256:"));
  g_assert_null (event->session_id);
  g_assert_null (event->external_ref);
  g_assert_null (event->status);
  g_assert_null (event->identity_id);
  g_assert_cmpstr (event->case_id, ==, "case_1");
  g_assert_cmpint (event->is_sandbox, ==, -1);
  g_assert_cmpint (event->created_at, ==, VRF_TIME_NONE);
}

/* `data` is looked into for what is missing only, and only if it is an object. */
static void
test_top_first (void)
{
  g_autoptr (VrfWebhookEvent) event =
      read_text ("{\"event\":\"a\",\"sessionId\":\"outer\",\"data\":{\"session_id\":\"inner\","
                 "\"event\":\"b\"}}",
                 NULL);
  g_autoptr (VrfWebhookEvent) list =
      read_text ("{\"event\":\"a\",\"data\":[{\"session_id\":\"inner\"}]}", NULL);

  g_assert_cmpstr (event->name, ==, "a");
  g_assert_cmpstr (event->session_id, ==, "outer");
  g_assert_null (list->session_id);
}

static void
test_refused (void)
{
  static const char *const bodies[] = {
    "",
    "null",
    "[]",
    "\"session.approved\"",
    "{}",
    "{\"event\":null}",
    "{\"event\":\"\"}",
    "{\"event\":1}",
    "{\"event\":\"a\"",
    "{\"event\":\"a\"}{}",
    "{\"event\":\"a\",\"event\":\"b\"}",
    "{\"event\":\"\xff\"}",
  };
  g_autoptr (GBytes) bytes = webhook_data_load ("bytes.bin");
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *fill = g_strnfill (VRF_WEBHOOK_MAX_BODY, ' ');
  g_autofree char *large = g_strconcat ("{\"event\":\"a\"}", fill, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_message ("%u", i);
      g_assert_null (read_text (bodies[i], &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
      g_clear_error (&error);
    }
  g_assert_null (vrf_webhook_event_new_from_body (bytes, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
  g_clear_error (&error);
  g_assert_null (read_text (deep, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
  g_clear_error (&error);
  g_assert_null (read_text (large, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_TOO_LARGE);
}

/* A delivery with bytes changed or cut is read or refused, and what was read has its name and key.
 */
static void
test_garbage (void)
{
  static const char *const files[] = { "flat.json", "nested.json", "unknown.json" };

  for (guint i = 0; i < 6000; i++)
    {
      g_autoptr (GBytes) whole = webhook_data_load (files[i % G_N_ELEMENTS (files)]);
      gsize length = 0;
      const guint8 *data = g_bytes_get_data (whole, &length);
      g_autofree guint8 *changed = g_memdup2 (data, length);
      gsize cut = (gsize) g_test_rand_int_range (0, (gint32) length + 1);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (VrfWebhookEvent) event = NULL;

      for (gint32 n = g_test_rand_int_range (0, 4); n > 0; n--)
        changed[g_test_rand_int_range (0, (gint32) length)] =
            (guint8) g_test_rand_int_range (0, 256);
      body = g_bytes_new (changed, i % 2 == 0 ? length : cut);
      event = vrf_webhook_event_new_from_body (body, &error);
      g_assert_true ((event == NULL) == (error != NULL));
      if (event != NULL)
        {
          g_assert_cmpuint (strlen (event->name), >, 0);
          g_assert_cmpuint (strlen (event->key), >, 0);
          g_assert_true (g_utf8_validate (event->name, -1, NULL));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook/event/spellings", test_spellings);
  g_test_add_func ("/webhook/event/nested", test_nested);
  g_test_add_func ("/webhook/event/unknown", test_unknown);
  g_test_add_func ("/webhook/event/kinds", test_kinds);
  g_test_add_func ("/webhook/event/defensive", test_defensive);
  g_test_add_func ("/webhook/event/top-first", test_top_first);
  g_test_add_func ("/webhook/event/refused", test_refused);
  g_test_add_func ("/webhook/event/garbage", test_garbage);

  return g_test_run ();
}
