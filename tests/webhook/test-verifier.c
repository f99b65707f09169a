/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "webhook-data.h"

#include "base/vrf-time.h"
#include "webhook/vrf-webhook-verifier.h"

/* Signatures made by openssl (tests/data/webhooks), judged at times of our choice. */

#define SECOND ((gint64) G_USEC_PER_SEC)
#define TOLERANCE (300 * SECOND) /* verifa-api.md 5.3 */
#define HEX "426ec32f225f265bd846f8538c9ec41d1f7c8b5ff654cbd9629a04e01d20e36c"

static VrfWebhookVerdict
judge (const WebhookVector *vector, const char *header)
{
  return vrf_webhook_verify (
      header, vector->body, vector->secret, VRF_WEBHOOK_FORMS_TIMED, vector->unix_s * SECOND);
}

static void
test_vectors (void)
{
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();

  for (guint i = 0; i < vectors->len; i++)
    {
      const WebhookVector *vector = vectors->pdata[i];

      g_test_message ("%s", vector->name);
      g_assert_cmpint (judge (vector, vector->header), ==, VRF_WEBHOOK_VERDICT_GOOD);
      g_assert_cmpint (vrf_webhook_header_get_time (vector->header), ==, vector->unix_s * SECOND);
    }
}

static void
test_legacy (void)
{
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();

  for (guint i = 0; i < vectors->len; i++)
    {
      const WebhookVector *vector = vectors->pdata[i];
      const char *other = ((WebhookVector *) vectors->pdata[(i + 1) % vectors->len])->bare;

      g_assert_cmpint (judge (vector, vector->bare), ==, VRF_WEBHOOK_VERDICT_MALFORMED);
      g_assert_cmpint (
          vrf_webhook_verify (
              vector->bare, vector->body, vector->secret, VRF_WEBHOOK_FORMS_LEGACY_TOO, 0),
          ==,
          VRF_WEBHOOK_VERDICT_GOOD);
      g_assert_cmpint (
          vrf_webhook_verify (other, vector->body, vector->secret, VRF_WEBHOOK_FORMS_LEGACY_TOO, 0),
          ==,
          VRF_WEBHOOK_VERDICT_DIFFERENT);
      /* The new form stays what it is: with its time. */
      g_assert_cmpint (vrf_webhook_verify (vector->header,
                                           vector->body,
                                           vector->secret,
                                           VRF_WEBHOOK_FORMS_LEGACY_TOO,
                                           vector->unix_s * SECOND + TOLERANCE + 1),
                       ==,
                       VRF_WEBHOOK_VERDICT_TOO_OLD);
    }
}

/* Both together, as a sender in between the two forms may do: the one with the time counts. */
static void
test_prefers_time (void)
{
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();
  const WebhookVector *vector = vectors->pdata[0];
  g_autofree char *both = g_strconcat (vector->header, ", ", vector->bare, NULL);
  g_autofree char *wrong = g_strconcat ("t=1769947200,v1=" HEX ", ", vector->bare, NULL);

  g_assert_cmpint (vrf_webhook_verify (both,
                                       vector->body,
                                       vector->secret,
                                       VRF_WEBHOOK_FORMS_LEGACY_TOO,
                                       vector->unix_s * SECOND),
                   ==,
                   VRF_WEBHOOK_VERDICT_GOOD);
  g_assert_cmpint (vrf_webhook_verify (wrong,
                                       vector->body,
                                       vector->secret,
                                       VRF_WEBHOOK_FORMS_LEGACY_TOO,
                                       vector->unix_s * SECOND),
                   ==,
                   VRF_WEBHOOK_VERDICT_DIFFERENT);
}

static void
test_time (void)
{
  static const struct
  {
    gint64 age_us;
    VrfWebhookVerdict verdict;
  } cases[] = {
    { 0, VRF_WEBHOOK_VERDICT_GOOD },
    { TOLERANCE, VRF_WEBHOOK_VERDICT_GOOD },
    { TOLERANCE + 1, VRF_WEBHOOK_VERDICT_TOO_OLD },
    { -TOLERANCE, VRF_WEBHOOK_VERDICT_GOOD },
    { -TOLERANCE - 1, VRF_WEBHOOK_VERDICT_TOO_NEW },
    { 365 * 86400 * SECOND, VRF_WEBHOOK_VERDICT_TOO_OLD },
    { -1769947200 * SECOND, VRF_WEBHOOK_VERDICT_TOO_NEW },
  };
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();
  const WebhookVector *vector = vectors->pdata[0];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (vrf_webhook_verify (vector->header,
                                         vector->body,
                                         vector->secret,
                                         VRF_WEBHOOK_FORMS_TIMED,
                                         vector->unix_s * SECOND + cases[i].age_us),
                     ==,
                     cases[i].verdict);
}

/* A time that somebody put in is not believed: the signature is what is wrong. */
static void
test_time_is_signed (void)
{
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();
  const WebhookVector *vector = vectors->pdata[0];
  g_autofree char *header =
      g_strdup_printf ("t=%" G_GINT64_FORMAT ",v1=%s", vector->unix_s + 1, vector->v1);

  g_assert_cmpint (judge (vector, header), ==, VRF_WEBHOOK_VERDICT_DIFFERENT);
}

static void
test_several (void)
{
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();
  const WebhookVector *vector = vectors->pdata[0];
  g_autofree char *last = g_strconcat ("t=1769947200,v1=" HEX ",v1=" HEX ",v1=", vector->v1, NULL);
  g_autofree char *first =
      g_strconcat ("v1=", vector->v1, " , v2=later, t=1769947200 ,v1=" HEX, NULL);
  g_autofree char *nine = g_strconcat (vector->header,
                                       ",v1=" HEX ",v1=" HEX ",v1=" HEX ",v1=" HEX ",v1=" HEX
                                       ",v1=" HEX ",v1=" HEX ",v1=" HEX,
                                       NULL);

  g_assert_cmpint (judge (vector, last), ==, VRF_WEBHOOK_VERDICT_GOOD);
  g_assert_cmpint (judge (vector, first), ==, VRF_WEBHOOK_VERDICT_GOOD);
  g_assert_cmpint (
      judge (vector, "t=1769947200,v1=" HEX ",v1=" HEX), ==, VRF_WEBHOOK_VERDICT_DIFFERENT);
  g_assert_cmpint (judge (vector, nine), ==, VRF_WEBHOOK_VERDICT_MALFORMED);
}

static void
test_malformed (void)
{
  static const char *const headers[] = {
    "t=1769947200",
    "v1=" HEX,
    "t=,v1=" HEX,
    "t=-1769947200,v1=" HEX,
    "t=+1769947200,v1=" HEX,
    "t=1769947200.5,v1=" HEX,
    "t=0x6980,v1=" HEX,
    "t= 1769947200,v1=" HEX,
    "t=1769947200000,v1=" HEX, /* milliseconds */
    "t=99999999999999999999,v1=" HEX,
    "t=1769947200,t=1769947200,v1=" HEX,
    "t=1769947200,v1=",
    "t=1769947200,v1=426ec32f",
    "t=1769947200,v1=" HEX "00",
    "t=1769947200,v1=426EC32F225F265BD846F8538C9EC41D1F7C8B5FF654CBD9629A04E01D20E36C",
    "t=1769947200,v1=g26ec32f225f265bd846f8538c9ec41d1f7c8b5ff654cbd9629a04e01d20e36c",
    "t=1769947200;v1=" HEX,
    "T=1769947200,V1=" HEX,
    "sha256=" HEX,
    HEX,
    ",",
    "=",
    "\xff\xfe",
  };
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();
  g_autofree char *endless = g_strnfill (10000, ',');
  g_autofree char *long_one =
      g_strconcat (((WebhookVector *) vectors->pdata[0])->header, endless, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpint (judge (vectors->pdata[0], headers[i]), ==, VRF_WEBHOOK_VERDICT_MALFORMED);
      g_assert_cmpint (vrf_webhook_header_get_time (headers[i]), ==, VRF_TIME_NONE);
    }
  g_assert_cmpint (judge (vectors->pdata[0], long_one), ==, VRF_WEBHOOK_VERDICT_MALFORMED);
  g_assert_cmpint (vrf_webhook_header_get_time (long_one), ==, VRF_TIME_NONE);
}

static void
test_missing (void)
{
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();

  g_assert_cmpint (judge (vectors->pdata[0], NULL), ==, VRF_WEBHOOK_VERDICT_MISSING);
  g_assert_cmpint (judge (vectors->pdata[0], ""), ==, VRF_WEBHOOK_VERDICT_MISSING);
  g_assert_cmpint (judge (vectors->pdata[0], " \t "), ==, VRF_WEBHOOK_VERDICT_MISSING);
}

/* One bit of the body, one character of the secret or of the signature: nothing passes. */
static void
test_any_change (void)
{
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();
  const WebhookVector *vector = vectors->pdata[0];
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (vector->body, &length);

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autofree guint8 *changed = g_memdup2 (data, length);
      g_autoptr (GBytes) body = NULL;

      changed[bit / 8] ^= (guint8) (1 << bit % 8);
      body = g_bytes_new (changed, length);
      g_assert_cmpint (vrf_webhook_verify (vector->header,
                                           body,
                                           vector->secret,
                                           VRF_WEBHOOK_FORMS_LEGACY_TOO,
                                           vector->unix_s * SECOND),
                       ==,
                       VRF_WEBHOOK_VERDICT_DIFFERENT);
    }
  for (gsize i = 0; i < strlen (vector->header); i++)
    {
      g_autofree char *header = g_strdup (vector->header);

      header[i] = header[i] == '0' ? '1' : '0';
      g_assert_cmpint (judge (vector, header), !=, VRF_WEBHOOK_VERDICT_GOOD);
    }
  for (gsize i = 0; i < strlen (vector->secret); i++)
    {
      g_autofree char *secret = g_strndup (vector->secret, i);

      g_assert_cmpint (vrf_webhook_verify (vector->header,
                                           vector->body,
                                           secret,
                                           VRF_WEBHOOK_FORMS_TIMED,
                                           vector->unix_s * SECOND),
                       ==,
                       VRF_WEBHOOK_VERDICT_DIFFERENT);
    }
}

/* Whatever is made of the pieces of a header, only what openssl made is good. */
static void
test_garbage (void)
{
  static const char *const pieces[] = { "t=",  "v1=", ",", "1769947200", HEX, "=", " ",
                                        "v0=", "-",   "9", "\xc3\xa9",   "t", "a", "," };
  g_autoptr (GPtrArray) vectors = webhook_data_load_vectors ();

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) header = g_string_new (NULL);
      gint32 n = g_test_rand_int_range (0, 12);

      for (gint32 j = 0; j < n; j++)
        g_string_append (header, pieces[g_test_rand_int_range (0, (gint32) G_N_ELEMENTS (pieces))]);
      g_assert_cmpint (vrf_webhook_verify (header->str,
                                           ((WebhookVector *) vectors->pdata[0])->body,
                                           "whsec_3q2tR8vYw1Zc7Lk0",
                                           VRF_WEBHOOK_FORMS_LEGACY_TOO,
                                           1769947200 * SECOND),
                       !=,
                       VRF_WEBHOOK_VERDICT_GOOD);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook/verifier/vectors", test_vectors);
  g_test_add_func ("/webhook/verifier/legacy", test_legacy);
  g_test_add_func ("/webhook/verifier/prefers-time", test_prefers_time);
  g_test_add_func ("/webhook/verifier/time", test_time);
  g_test_add_func ("/webhook/verifier/time-is-signed", test_time_is_signed);
  g_test_add_func ("/webhook/verifier/several", test_several);
  g_test_add_func ("/webhook/verifier/malformed", test_malformed);
  g_test_add_func ("/webhook/verifier/missing", test_missing);
  g_test_add_func ("/webhook/verifier/any-change", test_any_change);
  g_test_add_func ("/webhook/verifier/garbage", test_garbage);

  return g_test_run ();
}
