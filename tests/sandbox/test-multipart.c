/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox/vrf-multipart.h"

#include "base/vrf-error.h"

#define FORM_TYPE "multipart/form-data; boundary=xYz"
#define NAMED(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"

static VrfMultipart *
parse (const char *type, const char *body, gssize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, length < 0 ? strlen (body) : (gsize) length);

  return vrf_multipart_parse (type, bytes, error);
}

static void
assert_part (VrfMultipart *form, const char *name, gboolean is_file, const char *text)
{
  const VrfMultipartPart *part = vrf_multipart_find (form, name);
  gsize length = 0;
  const char *data = NULL;

  g_assert_nonnull (part);
  g_assert_cmpint (part->is_file, ==, is_file);
  data = g_bytes_get_data (part->data, &length);
  g_assert_cmpmem (data, length, text, strlen (text));
}

/* As Chromium sends it. */
static void
test_browser (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *side = NULL;
  g_autoptr (VrfMultipart) form =
      parse ("multipart/form-data; boundary=----WebKitFormBoundaryAb1",
             "------WebKitFormBoundaryAb1\r\n"
             "Content-Disposition: form-data; name=\"side\"\r\n\r\n"
             "front\r\n"
             "------WebKitFormBoundaryAb1\r\n"
             "Content-Disposition: form-data; name=\"file\"; filename=\"a \\ b%22.jpg\"\r\n"
             "Content-Type: image/jpeg\r\n\r\n"
             "\r\n--bytes\r\n\r\n"
             "------WebKitFormBoundaryAb1--\r\n",
             -1,
             &error);

  g_assert_no_error (error);
  g_assert_cmpuint (vrf_multipart_get_n_parts (form), ==, 2);
  assert_part (form, "side", FALSE, "front");
  assert_part (form, "file", TRUE, "\r\n--bytes\r\n");
  g_assert_cmpstr (vrf_multipart_find (form, "file")->content_type, ==, "image/jpeg");
  g_assert_null (vrf_multipart_find (form, "other"));

  side = vrf_multipart_dup_text (form, "side", 5);
  g_assert_cmpstr (side, ==, "front");
  g_assert_null (vrf_multipart_dup_text (form, "side", 4));
  g_assert_null (vrf_multipart_dup_text (form, "file", 100));
  g_assert_null (vrf_multipart_dup_text (form, "other", 100));
}

static void
test_text_is_text (void)
{
  static const char body[] =
      "--xYz\r\n" NAMED ("a") "\xff\r\n--xYz\r\n" NAMED ("b") "x\0y\r\n--xYz--";
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfMultipart) form = parse (FORM_TYPE, body, sizeof body - 1, &error);

  g_assert_no_error (error);
  g_assert_null (vrf_multipart_dup_text (form, "a", 100));
  g_assert_null (vrf_multipart_dup_text (form, "b", 100));
}

/* The parts' bytes are slices of the body and keep it alive. */
static void
test_slices (void)
{
  static const char body[] = "--xYz\r\n" NAMED ("file") "0123456789\r\n--xYz--";
  g_autoptr (GBytes) bytes = g_bytes_new (body, sizeof body - 1);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (VrfMultipart) form = vrf_multipart_parse (FORM_TYPE, bytes, NULL);
  const char *start = g_bytes_get_data (bytes, NULL);

  g_assert_nonnull (form);
  kept = g_bytes_ref (vrf_multipart_find (form, "file")->data);
  g_assert_true ((const char *) g_bytes_get_data (kept, NULL) == strstr (start, "0123"));
  g_clear_pointer (&form, vrf_multipart_free);
  g_clear_pointer (&bytes, g_bytes_unref);
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), "0123456789", 10);
}

typedef struct
{
  const char *name;
  const char *type;
  const char *body;
  guint n_parts;
} Accepted;

static const Accepted accepted[] = {
  { "no-parts", FORM_TYPE, "--xYz--\r\n", 0 },
  { "empty-value", FORM_TYPE, "--xYz\r\n" NAMED ("a") "\r\n--xYz--", 1 },
  { "quoted-boundary",
    "Multipart/Form-Data ; charset=utf-8; BOUNDARY=\"x Y\"",
    "--x Y\r\n" NAMED ("a") "1\r\n--x Y--",
    1 },
  { "leading-line", FORM_TYPE, "\r\n--xYz\r\n" NAMED ("a") "1\r\n--xYz--", 1 },
  { "padding",
    FORM_TYPE,
    "--xYz \t\r\n" NAMED ("a") "1\r\n--xYz \r\n" NAMED ("b") "2\r\n--xYz--",
    2 },
  { "epilogue", FORM_TYPE, "--xYz\r\n" NAMED ("a") "1\r\n--xYz--\r\nwhatever --xYz", 1 },
  { "longer-boundary-in-data", FORM_TYPE, "--xYz\r\n" NAMED ("a") "1\r\n--xYzz\r\n\r\n--xYz--", 1 },
  { "name-token",
    FORM_TYPE,
    "--xYz\r\ncontent-disposition:FORM-DATA;name=a\r\n\r\n1\r\n--xYz--",
    1 },
  { "broken-file-name",
    FORM_TYPE,
    "--xYz\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\\\r\n\r\n1\r\n--xYz--",
    1 },
  { "binary",
    FORM_TYPE,
    "--xYz\r\nContent-Transfer-Encoding: binary\r\n" NAMED ("a") "1\r\n--xYz--",
    1 },
};

static void
test_accepted (gconstpointer data)
{
  const Accepted *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfMultipart) form = parse (row->type, row->body, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (vrf_multipart_get_n_parts (form), ==, row->n_parts);
}

typedef struct
{
  const char *name;
  const char *type;
  const char *body;
} Refused;

#define ONE "--xYz\r\n" NAMED ("a") "1\r\n--xYz--"
#define SEVENTY "1234567890123456789012345678901234567890123456789012345678901234567890"

static const Refused refused[] = {
  { "no-type", NULL, ONE },
  { "other-type", "application/json", ONE },
  { "multipart-mixed", "multipart/mixed; boundary=xYz", ONE },
  { "no-boundary", "multipart/form-data", ONE },
  { "empty-boundary", "multipart/form-data; boundary=\"\"", ONE },
  { "long-boundary", "multipart/form-data; boundary=" SEVENTY "1", ONE },
  { "bad-boundary", "multipart/form-data; boundary=\"x\ty\"", ONE },
  { "two-boundaries", "multipart/form-data; boundary=xYz; boundary=b", ONE },
  { "open-quote", "multipart/form-data; boundary=\"xYz", ONE },
  { "junk-after", "multipart/form-data; boundary=xYz junk", ONE },
  { "type-prefix", "multipart/form-datax; boundary=xYz", ONE },
  { "empty", FORM_TYPE, "" },
  { "preamble", FORM_TYPE, "hello\r\n" ONE },
  { "other-boundary", FORM_TYPE, "--abc\r\n" NAMED ("a") "1\r\n--abc--" },
  { "bare-boundary", FORM_TYPE, "--xYz" },
  { "bare-opening", FORM_TYPE, "--xYz\r\n" },
  { "line-feeds", FORM_TYPE, "--xYz\nContent-Disposition: form-data; name=\"a\"\n\n1\n--xYz--" },
  { "no-end", FORM_TYPE, "--xYz\r\n" NAMED ("a") "1" },
  { "no-end-2", FORM_TYPE, "--xYz\r\n" NAMED ("a") "1\r\n--xY" },
  { "no-end-3", FORM_TYPE, "--xYz\r\n" NAMED ("a") "1\r\n--xYz" },
  { "no-end-4", FORM_TYPE, "--xYz\r\n" NAMED ("a") "1\r\n--xYz-" },
  { "no-name", FORM_TYPE, "--xYz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xYz--" },
  { "empty-name", FORM_TYPE, "--xYz\r\n" NAMED ("") "1\r\n--xYz--" },
  { "odd-name", FORM_TYPE, "--xYz\r\n" NAMED ("a/b") "1\r\n--xYz--" },
  { "long-name", FORM_TYPE, "--xYz\r\n" NAMED (SEVENTY) "1\r\n--xYz--" },
  { "no-disposition", FORM_TYPE, "--xYz\r\nContent-Type: text/plain\r\n\r\n1\r\n--xYz--" },
  { "attachment",
    FORM_TYPE,
    "--xYz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--xYz--" },
  { "two-dispositions",
    FORM_TYPE,
    "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n" NAMED ("b") "1\r\n--xYz--" },
  { "two-names",
    FORM_TYPE,
    "--xYz\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n--xYz--" },
  { "junk-in-disposition",
    FORM_TYPE,
    "--xYz\r\nContent-Disposition: form-data; name=\"a\" junk\r\n\r\n1\r\n--xYz--" },
  { "same-name", FORM_TYPE, "--xYz\r\n" NAMED ("a") "1\r\n--xYz\r\n" NAMED ("a") "2\r\n--xYz--" },
  { "base64",
    FORM_TYPE,
    "--xYz\r\nContent-Transfer-Encoding: base64\r\n" NAMED ("a") "MQ==\r\n--xYz--" },
  { "folded",
    FORM_TYPE,
    "--xYz\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1\r\n--xYz--" },
  { "no-colon", FORM_TYPE, "--xYz\r\nhello\r\n" NAMED ("a") "1\r\n--xYz--" },
  { "no-header-name", FORM_TYPE, "--xYz\r\n: x\r\n" NAMED ("a") "1\r\n--xYz--" },
  { "bare-line-feed", FORM_TYPE, "--xYz\r\nX: a\nb\r\n" NAMED ("a") "1\r\n--xYz--" },
};

static void
test_refused (gconstpointer data)
{
  const Refused *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfMultipart) form = parse (row->type, row->body, -1, &error);

  g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
  g_assert_null (form);
}

/* One less than each limit is accepted, the limit's successor refused. */
static void
test_limits (void)
{
  for (guint over = 0; over <= 1; over++)
    {
      g_autoptr (GString) parts = g_string_new (NULL);
      g_autoptr (GString) header = g_string_new ("--xYz\r\nX: ");
      g_autofree char *type =
          g_strconcat ("multipart/form-data; boundary=" SEVENTY, over ? "1" : "", NULL);
      g_autofree char *body = g_strconcat ("--", strchr (type, '=') + 1, "--", NULL);
      g_autoptr (VrfMultipart) many = NULL;
      g_autoptr (VrfMultipart) long_header = NULL;
      g_autoptr (VrfMultipart) long_boundary = parse (type, body, -1, NULL);
      gsize fixed = strlen ("X: \r\n") + strlen (NAMED ("a"));

      for (guint i = 0; i < VRF_MULTIPART_MAX_PARTS + over; i++)
        g_string_append_printf (
            parts, "--xYz\r\nContent-Disposition: form-data; name=\"p%u\"\r\n\r\n1\r\n", i);
      g_string_append (parts, "--xYz--");
      many = parse (FORM_TYPE, parts->str, parts->len, NULL);

      for (gsize i = fixed; i < VRF_MULTIPART_MAX_HEADER + over; i++)
        g_string_append_c (header, 'x');
      g_string_append (header, "\r\n" NAMED ("a") "1\r\n--xYz--");
      long_header = parse (FORM_TYPE, header->str, header->len, NULL);

      g_assert_cmpint (many != NULL, ==, !over);
      g_assert_cmpint (long_header != NULL, ==, !over);
      g_assert_cmpint (long_boundary != NULL, ==, !over);
    }
}

static void
test_nul_in_header (void)
{
  static const char body[] = "--xYz\r\nX: a\0b\r\n" NAMED ("a") "1\r\n--xYz--";
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (FORM_TYPE, body, sizeof body - 1, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT);
}

/* Every cut of a good form is refused without reading past its end. */
static void
test_cut_everywhere (void)
{
  static const char body[] =
      "--xYz\r\nContent-Type: image/png\r\nContent-Disposition: form-data; "
      "name=\"file\"; filename=\"a\"\r\n\r\n1\r\n--xYz\r\n" NAMED ("b") "2\r\n--xYz--";

  for (gsize length = 0; length < sizeof body - 1; length++)
    {
      g_autofree char *cut = g_memdup2 (body, length + 1);
      g_autoptr (GBytes) bytes = g_bytes_new (cut, length);

      g_assert_null (vrf_multipart_parse (FORM_TYPE, bytes, NULL));
    }
}

/* Ten megabytes made to look like delimiters all along take a blink, not a minute. */
static void
test_linear (void)
{
  gsize size = 10 * 1048576;
  g_autoptr (GString) body = g_string_sized_new (size + 200);
  g_autoptr (VrfMultipart) form = NULL;
  gint64 start = 0;

  g_string_append (body, "--xYz\r\n" NAMED ("file"));
  while (body->len < size)
    g_string_append (body, "\r\n--xYz \t \t \t \t \t \t \t \t \t \t \t \t \t \t \tx");
  g_string_append (body, "\r\n--xYz--");

  start = g_get_monotonic_time ();
  form = parse (FORM_TYPE, body->str, body->len, NULL);
  g_assert_nonnull (form);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/multipart/browser", test_browser);
  g_test_add_func ("/multipart/text", test_text_is_text);
  g_test_add_func ("/multipart/slices", test_slices);
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strconcat ("/multipart/accepted/", accepted[i].name, NULL);
      g_test_add_data_func (path, &accepted[i], test_accepted);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/multipart/refused/", refused[i].name, NULL);
      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/multipart/limits", test_limits);
  g_test_add_func ("/multipart/nul", test_nul_in_header);
  g_test_add_func ("/multipart/cut", test_cut_everywhere);
  g_test_add_func ("/multipart/linear", test_linear);

  return g_test_run ();
}
