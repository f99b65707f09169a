/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox/vrf-fields.h"

/* What a table of fields lets through, and what the refusals are called (verifa-api.md 8.2). */

static const VrfField inner[] = {
  { .name = "line1", .type = VRF_FIELD_STRING, .required = TRUE, .min = 1, .max = 5 },
  { .name = "line2", .type = VRF_FIELD_STRING, .nullable = TRUE },
  { NULL },
};

static const VrfField fields[] = {
  { .name = "name", .type = VRF_FIELD_STRING, .max = 5 },
  { .name = "note", .type = VRF_FIELD_STRING, .nullable = TRUE, .max = 5 },
  { .name = "count", .type = VRF_FIELD_INT, .max = 9 },
  { .name = "tags", .type = VRF_FIELD_STRINGS, .max = 3, .item_max = 3 },
  { .name = "wanted", .type = VRF_FIELD_BOOL },
  { .name = "address", .type = VRF_FIELD_OBJECT },
  { NULL },
};

/* The fields that are refused, with their codes: "name type, count range". */
static char *
dup_refused (const char *text)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  VrfReply *reply = vrf_reply_new ();
  g_autoptr (GString) refused = g_string_new (NULL);
  JsonObject *body = json_node_get_object (root);
  JsonArray *items = NULL;

  vrf_fields_check (body, fields, errors);
  vrf_fields_check_inside (json_object_get_member (body, "address"), "address", inner, errors);
  if (vrf_field_errors_reply (errors, reply))
    items = json_object_get_array_member (json_node_get_object (reply->json), "errors");
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      g_string_append_printf (refused,
                              "%s%s %s",
                              i > 0 ? ", " : "",
                              json_object_get_string_member (item, "field"),
                              json_object_get_string_member (item, "code"));
    }
  vrf_reply_free (reply);
  return g_string_free (g_steal_pointer (&refused), FALSE);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *body;
    const char *refused;
  } cases[] = {
    { "{}", "" },
    { "{\"name\":\"12345\",\"note\":null,\"count\":9,\"tags\":[\"abc\"],\"wanted\":false}", "" },
    { "{\"name\":\"😀😀😀😀😀\",\"other\":[null]}", "" },
    { "{\"name\":\"123456\",\"note\":\"123456\"}", "name string_length, note string_length" },
    { "{\"name\":null,\"count\":null,\"tags\":null,\"wanted\":null,\"address\":null}",
      "name type, count type, tags type, wanted type, address type" },
    { "{\"count\":1.5}", "count type" },
    { "{\"count\":10}", "count range" },
    { "{\"count\":-1}", "count range" },
    { "{\"tags\":[\"\",\"abcd\",null]}",
      "tags.0 string_length, tags.1 string_length, tags.2 type" },
    { "{\"tags\":[\"a\",\"b\",\"c\",\"d\"]}", "tags too_many" },
    { "{\"address\":{\"line1\":\"1 a\",\"line2\":null}}", "" },
    { "{\"address\":{}}", "address.line1 required" },
    { "{\"address\":{\"line1\":null,\"line2\":7}}", "address.line1 required, address.line2 type" },
    { "{\"address\":\"here\"}", "address type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *refused = dup_refused (cases[i].body);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (refused, ==, cases[i].refused);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/fields/refused", test_refused);
  return g_test_run ();
}
