/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/core/vrf-connection-test.h"

#include "base/vrf-error.h"

struct _VrfConnectionTest
{
  GObject parent_instance;

  VrfBackend *backend;       /* owned */
  GCancellable *cancellable; /* owned, nullable: while it runs */
  GPtrArray *lines;          /* owned: VrfTestLine */
  gint64 asked_at;           /* monotonic */
  guint n_rights;
};

#define CLOCK_GOOD_US (5 * (gint64) G_USEC_PER_SEC)
#define FEW_LEFT 20

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VrfConnectionTest, vrf_connection_test, G_TYPE_OBJECT)

static const struct
{
  VrfProbe probe;
  const char *title;
} rights[] = {
  { VRF_PROBE_SESSIONS, N_ ("See verifications") },
    { VRF_PROBE_RESULTS, N_ ("See results and documents") },
      { VRF_PROBE_IDENTITIES, N_ ("See identities") },
        { VRF_PROBE_CASES, N_ ("See review cases") },
          { VRF_PROBE_WORKFLOWS, N_ ("See workflows") },
            { VRF_PROBE_WEBHOOKS, N_ ("See webhooks") },
          };

static void
line_free (gpointer data)
{
  VrfTestLine *line = data;

  g_free (line->text);
  g_free (line);
}

static void
vrf_connection_test_finalize (GObject *object)
{
  VrfConnectionTest *self = VRF_CONNECTION_TEST (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->lines, g_ptr_array_unref);

  G_OBJECT_CLASS (vrf_connection_test_parent_class)->finalize (object);
}

static void
vrf_connection_test_class_init (VrfConnectionTestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_connection_test_finalize;

  /** VrfConnectionTest::changed: there is another finding, or it is over */
  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", VRF_TYPE_CONNECTION_TEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_connection_test_init (VrfConnectionTest *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
}

VrfConnectionTest *
vrf_connection_test_new (VrfBackend *backend)
{
  VrfConnectionTest *self = g_object_new (VRF_TYPE_CONNECTION_TEST, NULL);

  self->backend = g_object_ref (backend);
  return self;
}

static void
take (VrfConnectionTest *self, VrfTestVerdict verdict, const char *title, char *text)
{
  VrfTestLine *line = g_new0 (VrfTestLine, 1);

  line->verdict = verdict;
  line->title = title;
  line->text = text;
  g_ptr_array_add (self->lines, line);
}

static void
say (VrfConnectionTest *self, VrfTestVerdict verdict, const char *title, const char *text)
{
  take (self, verdict, title, g_strdup (text));
}

static void
tell (VrfConnectionTest *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
finish (VrfConnectionTest *self)
{
  g_clear_object (&self->cancellable);
  tell (self);
}

/* The connection */

static void
say_encryption (VrfConnectionTest *self)
{
  const char *url = vrf_api_client_get_base_url (vrf_backend_get_client (self->backend));

  if (g_str_has_prefix (url, "https:"))
    say (self, VRF_TEST_VERDICT_GOOD, _ ("Encryption"), _ ("The certificate is good"));
  else
    say (self,
         VRF_TEST_VERDICT_NOTE,
         _ ("Encryption"), _ ("None: the server is on this computer, nothing leaves it"));
}

static void
say_environment (VrfConnectionTest *self)
{
  if (vrf_backend_get_environment (self->backend) == VRF_ENVIRONMENT_LIVE)
    say (self,
         VRF_TEST_VERDICT_NOTE,
         _ ("Environment"), _ ("Live: real people, real verifications"));
  else
    say (self, VRF_TEST_VERDICT_NOTE, _ ("Environment"), _ ("Sandbox: nobody is really verified"));
}

char *
vrf_connection_test_dup_clock_text (gint64 skew_us, VrfTestVerdict *ret_verdict)
{
  gint64 seconds = ABS (skew_us) / G_USEC_PER_SEC;
  gint64 minutes = (seconds + 30) / 60;
  g_autofree char *span = NULL;

  *ret_verdict = VRF_TEST_VERDICT_GOOD;
  if (ABS (skew_us) < CLOCK_GOOD_US)
    return g_strdup (_ ("This computer’s clock is right"));
  *ret_verdict = VRF_TEST_VERDICT_NOTE;
  if (seconds < 90)
    span = g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) seconds), (int) seconds);
  else
    span = g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes),
                            (int) MIN (minutes, G_MAXINT));
  /* Translators: a span of time, “3 minutes” */
  return g_strdup_printf (
      skew_us > 0
      ? _ ("This computer’s clock is %s ahead. The desk counts with the server’s clock, so "
                            "guests are not affected; set it right all the same.")
      /* Translators: a span of time, “3 minutes” */
      : _ ("This computer’s clock is %s behind. The desk counts with the server’s clock, so "
                            "guests are not affected; set it right all the same."),
           span);
}

static void
say_clock (VrfConnectionTest *self)
{
  VrfClock *clock = vrf_backend_get_clock (self->backend);
  VrfTestVerdict verdict = VRF_TEST_VERDICT_OPEN;
  char *text = NULL;

  if (vrf_clock_get_scale (clock) != 1.0)
    text = g_strdup (_ ("The sandbox’s clock runs at a speed of its own"));
  else
    text = vrf_connection_test_dup_clock_text (vrf_clock_get_skew_us (clock), &verdict);
  take (
      self, verdict == VRF_TEST_VERDICT_OPEN ? VRF_TEST_VERDICT_NOTE : verdict, _ ("Clock"), text);
}

static void
say_quota (VrfConnectionTest *self)
{
  VrfApiClient *client = vrf_backend_get_client (self->backend);
  int left = vrf_api_client_get_quota_remaining (client);
  int limit = vrf_api_client_get_quota_limit (client);

  if (left < 0)
    return;
  take (self,
        left == 0         ? VRF_TEST_VERDICT_BAD
        : left < FEW_LEFT ? VRF_TEST_VERDICT_NOTE
                          : VRF_TEST_VERDICT_GOOD,
        _ ("Verifications left today"),
           limit > 0
           /* Translators: two numbers, as in “480 of 500” */
           ? g_strdup_printf (_ ("%d of %d"), left, limit)
           : g_strdup_printf ("%d", left));
}

/* What an answer says of the way to the server, even when it is a refusal. */
static void
say_server (VrfConnectionTest *self, const GError *error)
{
  gint64 ms = (g_get_monotonic_time () - self->asked_at) / 1000;
  gboolean is_tls = g_error_matches (error, VRF_ERROR, VRF_ERROR_TLS);
  gboolean is_there = error == NULL || is_tls || vrf_error_get_http_status (error) > 0;

  if (is_there)
    /* Translators: milliseconds */
    take (self,
          VRF_TEST_VERDICT_GOOD,
          _ ("Server"), g_strdup_printf (_ ("Answers in %d ms"), (int) MIN (ms, G_MAXINT)));
  else
    say (self, VRF_TEST_VERDICT_BAD, _ ("Server"), error->message);
  if (is_tls)
    say (self, VRF_TEST_VERDICT_BAD, _ ("Encryption"), error->message);
  else if (is_there)
    say_encryption (self);
}

/* Rights */

static void
ask (VrfConnectionTest *self);

static void
say_right (VrfConnectionTest *self, const char *title, const GError *error)
{
  self->n_rights++;
  if (error == NULL)
    say (self, VRF_TEST_VERDICT_GOOD, title, _ ("Allowed"));
  else if (g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN))
    say (self, VRF_TEST_VERDICT_BARRED, title, _ ("Not allowed for this key"));
  else
    say (self, VRF_TEST_VERDICT_BAD, title, error->message);
}

static void
right_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfConnectionTest) self = user_data;
  g_autoptr (GError) error = NULL;

  vrf_api_client_probe_finish (VRF_API_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  say_right (self, _ (rights[self->n_rights].title), error);
  if (self->n_rights < G_N_ELEMENTS (rights))
    {
      tell (self);
      ask (self);
      return;
    }
  self->n_rights++;
  say (self,
       VRF_TEST_VERDICT_OPEN,
       _ ("Create, change and redact"), _ ("Not tried: it would change something"));
  finish (self);
}

static void
ask (VrfConnectionTest *self)
{
  vrf_api_client_probe_async (vrf_backend_get_client (self->backend),
                              rights[self->n_rights].probe,
                              self->cancellable,
                              right_cb,
                              g_object_ref (self));
}

static void
server_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VrfConnectionTest) self = user_data;
  g_autoptr (GError) error = NULL;

  vrf_api_client_probe_finish (VRF_API_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  say_server (self, error);
  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_UNAUTHORIZED))
    say (self, VRF_TEST_VERDICT_BAD, _ ("API Key"), error->message);
  else if (error == NULL || g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN))
    say (self, VRF_TEST_VERDICT_GOOD, _ ("API Key"), _ ("Accepted"));
  else if (vrf_error_get_http_status (error) > 0)
    say (self, VRF_TEST_VERDICT_BAD, _ ("Answer"), error->message);
  if (error != NULL && !g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN))
    {
      finish (self);
      return;
    }
  say_environment (self);
  say_clock (self);
  say_quota (self);
  tell (self);
  ask (self);
}

void
vrf_connection_test_run (VrfConnectionTest *self)
{
  VrfApiClient *client = vrf_backend_get_client (self->backend);
  const GError *error = vrf_backend_get_error (self->backend);

  if (self->cancellable != NULL)
    return;
  g_ptr_array_set_size (self->lines, 0);
  self->n_rights = 0;
  if (client == NULL)
    {
      say (self,
           VRF_TEST_VERDICT_BAD,
           _ ("Server"),
              error != NULL ? error->message : _ ("The desk is still starting. Try again."));
      tell (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->asked_at = g_get_monotonic_time ();
  vrf_api_client_probe_async (
      client, VRF_PROBE_SERVER, self->cancellable, server_cb, g_object_ref (self));
  tell (self);
}

void
vrf_connection_test_stop (VrfConnectionTest *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

gboolean
vrf_connection_test_is_running (VrfConnectionTest *self)
{
  return self->cancellable != NULL;
}

const GPtrArray *
vrf_connection_test_get_lines (VrfConnectionTest *self)
{
  return self->lines;
}

guint
vrf_connection_test_get_n_rights (VrfConnectionTest *self)
{
  return self->n_rights;
}
