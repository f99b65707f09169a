/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "base/vrf-error.h"
#include "base/vrf-time.h"

#define S G_USEC_PER_SEC

/* The seconds were made with: date -u -d TEXT +%s */
static void
test_parse (void)
{
  const struct
  {
    const char *text;
    gint64 us;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "2026-02-01T12:00:00Z", 1769947200 * (gint64) S },
    { "2026-02-01t12:00:00z", 1769947200 * (gint64) S },
    { "2026-02-01 12:00:00Z", 1769947200 * (gint64) S },
    { "2026-02-01T12:00:00.5Z", 1769947200 * (gint64) S + 500000 },
    { "2026-02-01T12:00:00.123456Z", 1769947200 * (gint64) S + 123456 },
    { "2026-02-01T12:00:00.123456789Z", 1769947200 * (gint64) S + 123456 },
    { "2026-02-01T12:00:00.000001+00:00", 1769947200 * (gint64) S + 1 },
    { "2026-02-01T13:30:00+01:30", 1769947200 * (gint64) S },
    { "2026-02-01T04:00:00-08:00", 1769947200 * (gint64) S },
    { "2026-02-01T12:00:00-00:00", 1769947200 * (gint64) S },
    { "2024-02-29T23:59:59Z", 1709251199 * (gint64) S },
    { "2016-12-31T23:59:60Z", 1483228799 * (gint64) S }, /* a leap second */
    { "1969-12-31T23:59:59.25Z", -750000 },
    { "0001-01-01T00:00:00Z", -62135596800 * (gint64) S },
    { "9999-12-31T23:59:59Z", 253402300799 * (gint64) S },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 us = 7;

      g_test_message ("%s", cases[i].text);
      g_assert_true (vrf_time_parse (cases[i].text, &us, &error));
      g_assert_no_error (error);
      g_assert_cmpint (us, ==, cases[i].us);
    }
}

static void
test_refuse (void)
{
  const char *texts[] = {
    "",
    "yesterday",
    "2026-02-01",
    "2026-02-01T12:00:00", /* no zone: it could be any */
    "2026-02-01T12:00Z",
    "2026-02-01T12:00:00.Z",
    "2026-02-01T12:00:00,5Z",
    "2026-02-01T12:00:00Z ",
    " 2026-02-01T12:00:00Z",
    "2026-02-01T12:00:00ZZ",
    "2026-2-1T12:00:00Z",
    "2026-00-01T12:00:00Z",
    "2026-13-01T12:00:00Z",
    "2026-02-00T12:00:00Z",
    "2026-02-30T12:00:00Z",
    "2025-02-29T12:00:00Z",
    "2026-02-01T24:00:00Z",
    "2026-02-01T12:60:00Z",
    "2026-02-01T12:00:61Z",
    "2026-02-01T12:00:00+24:00",
    "2026-02-01T12:00:00+01",
    "2026-02-01T12:00:00+0100",
    "2026-02-01T12:00:00+01:60",
    "0000-01-01T00:00:00Z",
    "-026-02-01T12:00:00Z",
    "+2026-02-01T12:00:00Z",
    "12026-02-01T12:00:00Z",
    "2026-02-01T12:00:00.0000000000000000000000000000000000Z",
    "1769947200",
    "2026\xe2\x80\x93"
    "02\xe2\x80\x93"
    "01T12:00:00Z",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 us = 7;

      g_test_message ("%s", texts[i]);
      g_assert_false (vrf_time_parse (texts[i], &us, &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (us, ==, 7);
    }
}

/* The message quotes the beginning of a long text, cut between characters. */
static void
test_refuse_long (void)
{
  g_autoptr (GString) text = g_string_new ("20");
  g_autoptr (GError) error = NULL;
  gint64 us = 0;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "\xe2\x80\x93");
  g_assert_false (vrf_time_parse (text->str, &us, &error));
  g_assert_cmpuint (strlen (error->message), <, 200);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_format (void)
{
  const struct
  {
    gint64 us;
    const char *seconds;
    const char *ms;
  } cases[] = {
    { 0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z" },
    { 1769947200 * (gint64) S + 123999, "2026-02-01T12:00:00Z", "2026-02-01T12:00:00.123Z" },
    { -1, "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.999Z" },
    { -750000, "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.250Z" },
    { -62135596800 * (gint64) S, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z" },
    { 253402300799 * (gint64) S, "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z" },
    { VRF_TIME_NONE, NULL, NULL },
    { G_MAXINT64, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *seconds = vrf_time_format (cases[i].us);
      g_autofree char *ms = vrf_time_format_ms (cases[i].us);

      g_assert_cmpstr (seconds, ==, cases[i].seconds);
      g_assert_cmpstr (ms, ==, cases[i].ms);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/time/parse", test_parse);
  g_test_add_func ("/base/time/refuse", test_refuse);
  g_test_add_func ("/base/time/refuse-long", test_refuse_long);
  g_test_add_func ("/base/time/format", test_format);
  return g_test_run ();
}
