/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/new/vrf-draft.h"

#include "base/vrf-error.h"

typedef struct
{
  VrfDraftField field;
  const char *text;
  gboolean good;
} CheckLine;

static const CheckLine check_lines[] = {
  { VRF_DRAFT_EMAIL, "ana@example.com", TRUE },
  { VRF_DRAFT_EMAIL, "ana@mail.example.com", TRUE },
  { VRF_DRAFT_EMAIL, "ana", FALSE },
  { VRF_DRAFT_EMAIL, "ana@example", FALSE },
  { VRF_DRAFT_EMAIL, "ana@@example.com", FALSE },
  { VRF_DRAFT_EMAIL, "ana @example.com", FALSE },
  { VRF_DRAFT_EMAIL, "ana@example..com", FALSE },
  { VRF_DRAFT_COUNTRY, "NO", TRUE },
  { VRF_DRAFT_COUNTRY, "no", TRUE },
  { VRF_DRAFT_COUNTRY, "NOR", FALSE },
  { VRF_DRAFT_COUNTRY, "N1", FALSE },
  { VRF_DRAFT_REDIRECT_URL, "https://example.com/back", TRUE },
  { VRF_DRAFT_REDIRECT_URL, "example.com", FALSE },
  { VRF_DRAFT_REDIRECT_URL, "javascript:alert(1)", FALSE },
  { VRF_DRAFT_SUPPORT_URL, "file:///etc/passwd", FALSE },
  { VRF_DRAFT_BIRTH_DATE, "1990-12-31", TRUE },
  { VRF_DRAFT_BIRTH_DATE, "1990-02-30", FALSE },
  { VRF_DRAFT_BIRTH_DATE, "31.12.1990", FALSE },
  { VRF_DRAFT_BIRTH_DATE, "2099-01-01", FALSE },
  { VRF_DRAFT_PHONE, "+47 555 01 234", TRUE },
  { VRF_DRAFT_PHONE, "call me", FALSE },
  { VRF_DRAFT_METADATA, "room=412\nfloor=4", TRUE },
  { VRF_DRAFT_METADATA, "room", FALSE },
  { VRF_DRAFT_METADATA, "=412", FALSE },
  { VRF_DRAFT_TAGS, "vip, late arrival", TRUE },
};

static void
test_checks (void)
{
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (check_lines); i++)
    {
      g_autoptr (VrfDraft) draft = vrf_draft_new ();

      g_test_message ("%s", check_lines[i].text);
      vrf_draft_set_text (draft, check_lines[i].field, check_lines[i].text);
      g_assert_cmpint (
          vrf_draft_get_problem (draft, check_lines[i].field) == NULL, ==, check_lines[i].good);
      g_assert_cmpuint (vrf_draft_first_problem (draft),
                        ==,
                        check_lines[i].good ? VRF_DRAFT_N_FIELDS : check_lines[i].field);
    }
}

/* An address is needed only for the invite. */
static void
test_invite (void)
{
  VrfDraft *draft = vrf_draft_new ();

  g_assert_cmpuint (vrf_draft_first_problem (draft), ==, VRF_DRAFT_N_FIELDS);
  vrf_draft_set_invite (draft, TRUE);
  g_assert_cmpuint (vrf_draft_first_problem (draft), ==, VRF_DRAFT_EMAIL);
  vrf_draft_set_text (draft, VRF_DRAFT_EMAIL, "  ana@example.com ");
  g_assert_cmpuint (vrf_draft_first_problem (draft), ==, VRF_DRAFT_N_FIELDS);
  g_assert_cmpstr (vrf_draft_get_text (draft, VRF_DRAFT_EMAIL), ==, "ana@example.com");
  g_assert_finalize_object (draft);
}

typedef struct
{
  int code;
  guint status;
  gboolean final;
} AnswerLine;

/* DESIGN 8: the key stays until a final answer, 2xx or 4xx other than 429. */
static const AnswerLine answer_lines[] = {
  { VRF_ERROR_OFFLINE, 0, FALSE },      { VRF_ERROR_TIMEOUT, 0, FALSE },
  { VRF_ERROR_REPLY, 200, FALSE },      { VRF_ERROR_REPLY, 201, FALSE },
  { VRF_ERROR_REDIRECT, 302, FALSE },   { VRF_ERROR_SERVER, 500, FALSE },
  { VRF_ERROR_SERVER, 503, FALSE },     { VRF_ERROR_RATE_LIMITED, 429, FALSE },
  { VRF_ERROR_BAD_REQUEST, 400, TRUE }, { VRF_ERROR_UNAUTHORIZED, 401, TRUE },
  { VRF_ERROR_FORBIDDEN, 403, TRUE },   { VRF_ERROR_NOT_FOUND, 404, TRUE },
  { VRF_ERROR_IDEMPOTENCY, 422, TRUE }, { VRF_ERROR_INVALID, 422, TRUE },
};

static void
test_key (void)
{
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (answer_lines); i++)
    {
      g_autoptr (VrfDraft) draft = vrf_draft_new ();
      g_autofree char *key = g_strdup (vrf_draft_get_key (draft));
      VrfErrorHttp http = VRF_ERROR_HTTP_INIT;
      g_autoptr (GError) error = NULL;

      http.status = answer_lines[i].status;
      error = vrf_error_new_http (answer_lines[i].code, &http, "said");
      vrf_draft_set_text (draft, VRF_DRAFT_REFERENCE, "BK-1");

      g_assert_true (g_uuid_string_is_valid (key));
      g_assert_cmpstr (vrf_draft_get_key (draft), ==, key);
      g_assert_cmpint (vrf_draft_settle (draft, error), ==, answer_lines[i].final);
      g_assert_cmpint (g_str_equal (vrf_draft_get_key (draft), key), ==, !answer_lines[i].final);
      g_assert_cmpstr (vrf_draft_get_text (draft, VRF_DRAFT_REFERENCE), ==, "BK-1");
    }
}

static void
test_success (void)
{
  VrfDraft *draft = vrf_draft_new ();
  g_autofree char *key = g_strdup (vrf_draft_get_key (draft));

  vrf_draft_set_text (draft, VRF_DRAFT_NAME, "Ana Marques");
  vrf_draft_set_invite (draft, TRUE);
  g_assert_true (vrf_draft_settle (draft, NULL));
  g_assert_cmpstr (vrf_draft_get_text (draft, VRF_DRAFT_NAME), ==, "");
  g_assert_false (vrf_draft_get_invite (draft));
  g_assert_cmpstr (vrf_draft_get_key (draft), !=, key);
  g_assert_finalize_object (draft);
}

static void
test_request (void)
{
  g_autoptr (VrfDraft) draft = vrf_draft_new ();
  g_autoptr (VrfSessionRequest) request = NULL;
  g_autoptr (VrfSessionRequest) empty = vrf_draft_dup_request (draft, "");

  g_assert_null (empty->external_ref);
  g_assert_null (empty->desk);
  g_assert_null (empty->tags);
  g_assert_null (empty->metadata);
  g_assert_null (empty->fields);
  g_assert_false (vrf_draft_has_options (draft));

  vrf_draft_set_text (draft, VRF_DRAFT_REFERENCE, "BK-1");
  vrf_draft_set_text (draft, VRF_DRAFT_COUNTRY, "no");
  vrf_draft_set_text (draft, VRF_DRAFT_TAGS, "vip, , late arrival,");
  vrf_draft_set_text (draft, VRF_DRAFT_METADATA, "room = 412\nnote=a=b");
  vrf_draft_set_text (draft, VRF_DRAFT_FIRST_NAME, "Ana");
  vrf_draft_set_text (draft, VRF_DRAFT_BIRTH_DATE, "1990-12-31");
  g_assert_true (vrf_draft_has_options (draft));

  request = vrf_draft_dup_request (draft, "Reception 2");
  g_assert_cmpstr (request->external_ref, ==, "BK-1");
  g_assert_cmpstr (request->country, ==, "NO");
  g_assert_cmpstr (request->desk, ==, "Reception 2");
  g_assert_cmpstrv (request->tags, ((const char *[]){ "vip", "late arrival", NULL }));
  g_assert_cmpstr (json_object_get_string_member (request->metadata, "room"), ==, "412");
  g_assert_cmpstr (json_object_get_string_member (request->metadata, "note"), ==, "a=b");
  g_assert_cmpstr (json_object_get_string_member (request->fields, "first_name"), ==, "Ana");
  g_assert_cmpstr (
      json_object_get_string_member (request->fields, "date_of_birth"), ==, "1990-12-31");
}

static void
test_fields (void)
{
  g_assert_cmpuint (vrf_draft_field_from_api ("country"), ==, VRF_DRAFT_COUNTRY);
  g_assert_cmpuint (vrf_draft_field_from_api ("fields.phone"), ==, VRF_DRAFT_PHONE);
  g_assert_cmpuint (vrf_draft_field_from_api ("metadata"), ==, VRF_DRAFT_METADATA);
  g_assert_cmpuint (vrf_draft_field_from_api ("tags[3]"), ==, VRF_DRAFT_TAGS);
  g_assert_cmpuint (vrf_draft_field_from_api ("send_email"), ==, VRF_DRAFT_EMAIL);
  g_assert_cmpuint (vrf_draft_field_from_api ("checks"), ==, VRF_DRAFT_N_FIELDS);
  g_assert_cmpuint (vrf_draft_field_from_api (NULL), ==, VRF_DRAFT_N_FIELDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/draft/checks", test_checks);
  g_test_add_func ("/desk/draft/invite", test_invite);
  g_test_add_func ("/desk/draft/key", test_key);
  g_test_add_func ("/desk/draft/success", test_success);
  g_test_add_func ("/desk/draft/request", test_request);
  g_test_add_func ("/desk/draft/fields", test_fields);

  return g_test_run ();
}
