/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "base/vrf-signature.h"

/* printf '%s' DATA | openssl dgst -sha256 -hmac SECRET */
static const struct
{
  const char *secret;
  const char *data;
  const char *hex;
} vectors[] = {
  { "key",
    "The quick brown fox jumps over the lazy dog",
    "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8" },
  { "whsec_abc123def456",
    "1769947200.{\"event\":\"session.approved\"}",
    "426ec32f225f265bd846f8538c9ec41d1f7c8b5ff654cbd9629a04e01d20e36c" },
  { "whsec_abc123def456", "", "5235282aad5f211e09070ad0d6272a651c185159497699e1a3cfd6e277b0472e" },
  { "schl\xc3\xbcssel",
    "Gr\xc3\xbc\xc3\x9f"
    "e",
    "5954128ee7c63a0953a2a1aed8dad68aa3c37cdf573b0227776b2bf49f4b9df5" },
};

static void
test_vectors (void)
{
  g_autofree char *thousand = g_strnfill (1000, 'x');
  g_autofree char *long_hex = vrf_signature_hmac_hex ("k", thousand, 1000);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *hex =
          vrf_signature_hmac_hex (vectors[i].secret, vectors[i].data, strlen (vectors[i].data));

      g_assert_cmpstr (hex, ==, vectors[i].hex);
    }
  g_assert_cmpstr (
      long_hex, ==, "b93e18b28dde167a411967fa971e88a0ef5e6b205a938f7cfb2fa8d45c207d47");
}

static void
assert_signs (const char *body, const char *signature)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autofree char *text = vrf_signature_sign ("whsec_abc123def456", 1769947200, bytes);

  g_assert_cmpstr (text, ==, signature);
}

/* The signed text is TIME.BODY: printf '1769947200.BODY' | openssl dgst -sha256 -hmac SECRET */
static void
test_sign (void)
{
  assert_signs ("{\"event\":\"session.approved\"}",
                "t=1769947200,v1=426ec32f225f265bd846f8538c9ec41d1f7c8b5ff654cbd9629a04e01d20e36c");
  assert_signs ("",
                "t=1769947200,v1=33e2b2c8822180ab6798c84f3cf157525f74f4f0606371ccc03a494689479cae");
}

static void
test_equal (void)
{
  g_assert_true (vrf_signature_equal ("", ""));
  g_assert_true (vrf_signature_equal ("abc", "abc"));
  g_assert_false (vrf_signature_equal ("abc", "abd"));
  g_assert_false (vrf_signature_equal ("abc", "ABC"));
  g_assert_false (vrf_signature_equal ("abc", ""));
  g_assert_false (vrf_signature_equal ("", "abc"));
  g_assert_false (vrf_signature_equal ("abcabc", "abc"));
  g_assert_false (vrf_signature_equal ("abc", "abcabc"));
  g_assert_false (vrf_signature_equal ("\x80", "\x81"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/signature/vectors", test_vectors);
  g_test_add_func ("/base/signature/sign", test_sign);
  g_test_add_func ("/base/signature/equal", test_equal);
  return g_test_run ();
}
