/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "api/vrf-session-request.h"
#include "base/vrf-error.h"

typedef struct
{
  const char *field; /* set, and named by the error */
  const char *value;
  gboolean valid;
} Case;

static char **
find_text (VrfSessionRequest *request, const char *field)
{
  if (g_str_equal (field, "external_ref"))
    return &request->external_ref;
  if (g_str_equal (field, "applicant_name"))
    return &request->applicant_name;
  if (g_str_equal (field, "applicant_email"))
    return &request->applicant_email;
  if (g_str_equal (field, "country"))
    return &request->country;
  if (g_str_equal (field, "redirect_url"))
    return &request->redirect_url;
  if (g_str_equal (field, "support_url"))
    return &request->support_url;
  if (g_str_equal (field, "email_display_name"))
    return &request->email_display_name;
  g_assert_not_reached ();
}

static const Case cases[] = {
  { "external_ref", "guest-1042", TRUE },
  { "external_ref", "", TRUE },
  { "external_ref", "Zimmer 12 · Müller", TRUE },
  { "external_ref", "two\nlines", FALSE },
  { "external_ref", "\xff", FALSE },
  { "applicant_name", "Jane\tDoe", FALSE },
  { "email_display_name", "Front\x01", FALSE },
  { "applicant_email", "jane@example.com", TRUE },
  { "applicant_email", "jane.doe+desk@mail.example.co.uk", TRUE },
  { "applicant_email", "jane", FALSE },
  { "applicant_email", "@example.com", FALSE },
  { "applicant_email", "jane@", FALSE },
  { "applicant_email", "jane@@example.com", FALSE },
  { "applicant_email", "jane doe@example.com", FALSE },
  { "applicant_email", "jane@.com", FALSE },
  { "applicant_email", "jane@example.com.", FALSE },
  { "country", "US", TRUE },
  { "country", "de", TRUE },
  { "country", "USA", FALSE },
  { "country", "1A", FALSE },
  { "country", "É", FALSE },
  { "redirect_url", "https://hotel.example/done?x=1", TRUE },
  { "redirect_url", "http://hotel.example", TRUE },
  { "redirect_url", "hotel.example", FALSE },
  { "redirect_url", "javascript:alert(1)", FALSE },
  { "redirect_url", "/done", FALSE },
  { "support_url", "mailto:help@hotel.example", FALSE },
};

static void
test_validate (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u: %s", i, cases[i].field);
      *find_text (request, cases[i].field) = g_strdup (cases[i].value);
      g_assert_cmpint (vrf_session_request_validate (request, &error), ==, cases[i].valid);
      if (cases[i].valid)
        continue;
      g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
      g_assert_cmpstr (vrf_error_get_field (error), ==, cases[i].field);
    }
}

static void
assert_refuses (VrfSessionRequest *request, const char *field)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (vrf_session_request_validate (request, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
  g_assert_cmpstr (vrf_error_get_field (error), ==, field);
}

static void
test_lengths (void)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();

  request->external_ref = g_strnfill (255, 'x');
  g_assert_true (vrf_session_request_validate (request, NULL));
  g_free (request->external_ref);
  request->external_ref = g_strnfill (256, 'x');
  assert_refuses (request, "external_ref");
}

static void
test_email_needs_address (void)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();

  request->send_email = TRUE;
  assert_refuses (request, "applicant_email");
  request->applicant_email = g_strdup ("jane@example.com");
  g_assert_true (vrf_session_request_validate (request, NULL));
}

static GStrv
make_tags (guint n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *tag = g_strdup_printf ("tag-%u", i);

      g_strv_builder_add (builder, tag);
    }
  return g_strv_builder_end (builder);
}

static void
test_tags (void)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();

  request->tags = make_tags (50);
  g_assert_true (vrf_session_request_validate (request, NULL));
  g_strfreev (request->tags);
  request->tags = make_tags (51);
  assert_refuses (request, "tags");
  g_strfreev (request->tags);
  request->tags = g_strsplit ("a,,b", ",", -1);
  assert_refuses (request, "tags");
  g_strfreev (request->tags);
  request->tags = make_tags (1);
  g_free (request->tags[0]);
  request->tags[0] = g_strnfill (65, 't');
  assert_refuses (request, "tags");
}

/* 50 members and 16 KB a member; the name and the desk count too. */
static void
test_metadata (void)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autofree char *large = g_strnfill (16 * 1024, 'x');

  request->metadata = json_object_new ();
  for (guint i = 0; i < 49; i++)
    {
      g_autofree char *name = g_strdup_printf ("key-%u", i);

      json_object_set_int_member (request->metadata, name, i);
    }
  request->desk = g_strdup ("3");
  g_assert_true (vrf_session_request_validate (request, NULL));
  request->applicant_name = g_strdup ("Jane Doe");
  assert_refuses (request, "metadata");

  json_object_remove_member (request->metadata, "key-0");
  json_object_set_string_member (request->metadata, "key-1", large);
  assert_refuses (request, "metadata");
}

static void
test_to_json (void)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (JsonNode) empty = vrf_session_request_to_json (request);
  g_autofree char *empty_text = vrf_json_to_text (empty);
  g_autoptr (JsonNode) full = NULL;
  g_autofree char *full_text = NULL;

  g_assert_cmpstr (empty_text, ==, "{}");

  request->external_ref = g_strdup ("guest \"7\"");
  request->applicant_email = g_strdup ("");
  request->country = g_strdup ("de");
  request->applicant_name = g_strdup ("Jane");
  request->tags = g_strsplit ("", ",", -1);
  request->fields = json_object_new ();
  full = vrf_session_request_to_json (request);
  full_text = vrf_json_to_text (full);
  g_assert_cmpstr (full_text,
                   ==,
                   "{\"external_ref\":\"guest \\\"7\\\"\",\"country\":\"DE\","
                   "\"applicant_name\":\"Jane\",\"metadata\":{\"applicant_name\":\"Jane\"}}");
  g_assert_null (request->metadata);
}

static void
test_copy (void)
{
  g_autoptr (VrfSessionRequest) request = vrf_session_request_new ();
  g_autoptr (VrfSessionRequest) copy = NULL;
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;

  request->external_ref = g_strdup ("a");
  request->applicant_email = g_strdup ("jane@example.com");
  request->send_email = TRUE;
  request->workflow_id = g_strdup ("w");
  request->redirect_url = g_strdup ("https://a.example");
  request->email_display_name = g_strdup ("b");
  request->support_url = g_strdup ("https://b.example");
  request->desk = g_strdup ("3");
  request->tags = g_strsplit ("a,b", ",", -1);
  request->metadata = json_object_new ();
  json_object_set_string_member (request->metadata, "room", "12");
  request->fields = json_object_new ();
  json_object_set_string_member (request->fields, "first_name", "Jane");

  before = vrf_session_request_to_json (request);
  copy = vrf_session_request_copy (request);
  json_object_set_string_member (request->metadata, "room", "13");
  json_object_remove_member (request->fields, "first_name");
  g_clear_pointer (&request->external_ref, g_free);
  after = vrf_session_request_to_json (copy);
  g_assert_true (json_node_equal (before, after));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/session-request/validate", test_validate);
  g_test_add_func ("/api/session-request/lengths", test_lengths);
  g_test_add_func ("/api/session-request/email-needs-address", test_email_needs_address);
  g_test_add_func ("/api/session-request/tags", test_tags);
  g_test_add_func ("/api/session-request/metadata", test_metadata);
  g_test_add_func ("/api/session-request/to-json", test_to_json);
  g_test_add_func ("/api/session-request/copy", test_copy);
  return g_test_run ();
}
