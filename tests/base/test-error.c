/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include "base/vrf-error.h"

static void
test_statuses (void)
{
  const struct
  {
    guint status;
    const char *api_code;
    VrfError code;
  } cases[] = {
    { 200, NULL, VRF_ERROR_REPLY },
    { 301, NULL, VRF_ERROR_REDIRECT },
    { 304, NULL, VRF_ERROR_REDIRECT },
    { 400, "bad_request", VRF_ERROR_BAD_REQUEST },
    { 401, "unauthorized", VRF_ERROR_UNAUTHORIZED },
    { 403, NULL, VRF_ERROR_FORBIDDEN },
    { 404, NULL, VRF_ERROR_NOT_FOUND },
    { 405, NULL, VRF_ERROR_BAD_REQUEST },
    { 409, NULL, VRF_ERROR_CONFLICT },
    { 410, NULL, VRF_ERROR_GONE },
    { 413, NULL, VRF_ERROR_TOO_LARGE },
    { 415, NULL, VRF_ERROR_BAD_REQUEST },
    { 422, "validation_error", VRF_ERROR_INVALID },
    { 422, NULL, VRF_ERROR_INVALID },
    { 422, "idempotency_mismatch", VRF_ERROR_IDEMPOTENCY },
    { 429, NULL, VRF_ERROR_RATE_LIMITED },
    { 500, NULL, VRF_ERROR_SERVER },
    { 501, NULL, VRF_ERROR_NOT_IMPLEMENTED },
    { 502, NULL, VRF_ERROR_SERVER },
    { 503, NULL, VRF_ERROR_SERVER },
    { 504, NULL, VRF_ERROR_SERVER },
    { 599, NULL, VRF_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (
        vrf_error_from_http_status (cases[i].status, cases[i].api_code), ==, cases[i].code);
}

static void
test_details (void)
{
  VrfErrorHttp http = VRF_ERROR_HTTP_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  http.status = 422;
  http.api_code = "validation_error";
  http.retry_after_s = 7;
  http.request_id = "req_1";
  http.field = "country";
  error = vrf_error_new_http (VRF_ERROR_INVALID, &http, "country: must be two letters");
  copy = g_error_copy (error);
  g_clear_error (&error);

  g_assert_error (copy, VRF_ERROR, VRF_ERROR_INVALID);
  g_assert_cmpstr (copy->message, ==, "country: must be two letters");
  g_assert_cmpuint (vrf_error_get_http_status (copy), ==, 422);
  g_assert_cmpstr (vrf_error_get_api_code (copy), ==, "validation_error");
  g_assert_cmpint (vrf_error_get_retry_after_s (copy), ==, 7);
  g_assert_cmpstr (vrf_error_get_request_id (copy), ==, "req_1");
  g_assert_cmpstr (vrf_error_get_field (copy), ==, "country");
}

static void
assert_bare (const GError *error)
{
  g_assert_cmpuint (vrf_error_get_http_status (error), ==, 0);
  g_assert_null (vrf_error_get_api_code (error));
  g_assert_cmpint (vrf_error_get_retry_after_s (error), ==, -1);
  g_assert_null (vrf_error_get_request_id (error));
  g_assert_null (vrf_error_get_field (error));
}

static void
test_bare (void)
{
  g_autoptr (GError) ours = g_error_new_literal (VRF_ERROR, VRF_ERROR_STORE, "disk");
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_ACCES, "no");

  assert_bare (NULL);
  assert_bare (ours);
  assert_bare (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/statuses", test_statuses);
  g_test_add_func ("/base/error/details", test_details);
  g_test_add_func ("/base/error/bare", test_bare);
  return g_test_run ();
}
