/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-test"

#include "config.h"

#include <string.h>

#include "base/vrf-error.h"
#include "base/vrf-json.h"
#include "base/vrf-time.h"

#define MAX_BYTES (1 << 20)

static JsonNode *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return vrf_json_parse (bytes, MAX_BYTES, error);
}

/* @text comes out as @canonical, or as itself when that is NULL. */
typedef struct
{
  const char *text;
  const char *canonical;
} Accepted;

static const Accepted accepted[] = {
  { "{}", NULL },
  { "[]", NULL },
  { "null", NULL },
  { "true", NULL },
  { "false", NULL },
  { "0", NULL },
  { "-1", NULL },
  { "\"\"", NULL },
  { " \t\r\n{ \"a\" : [ 1 , 2 ] } \n", "{\"a\":[1,2]}" },
  { "{\"a\":{\"a\":{\"a\":1}}}", NULL },
  { "[{\"a\":1},{\"a\":2}]", NULL },
  { "{\"\":1}", NULL },
  { "999999999999999999", NULL }, /* 18 digits */
  { "-999999999999999999", NULL },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
  { "\"\\u0041\\u00e9\\u20AC\"", "\"A\xc3\xa9\xe2\x82\xac\"" },
  { "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"" },
  { "\"\xf0\x9f\x98\x80\x7f\"", NULL },
};

static void
test_accepted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      const char *canonical =
          accepted[i].canonical != NULL ? accepted[i].canonical : accepted[i].text;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (accepted[i].text, &error);
      g_autoptr (JsonNode) wanted = parse (canonical, NULL);

      g_test_message ("case %u", i);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (node, wanted));
    }
}

static void
test_numbers (void)
{
  const struct
  {
    const char *text;
    double value;
  } cases[] = {
    { "0.5", 0.5 },  { "-0.25", -0.25 }, { "1e3", 1000.0 },  { "1E3", 1000.0 }, { "1e+3", 1000.0 },
    { "5e-1", 0.5 }, { "-0.0", 0.0 },    { "1.5e2", 150.0 }, { "12", 12.0 },    { "0e5", 0.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"n\":%s}", cases[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (text, &error);
      VrfJsonReader reader;

      g_test_message ("%s", text);
      g_assert_no_error (error);
      vrf_json_reader_init (&reader, node, "test");
      g_assert_cmpfloat (
          vrf_json_reader_opt_double (&reader, "n", -1e9, 1e9, -7.0), ==, cases[i].value);
      g_assert_true (vrf_json_reader_finish (&reader, &error));
    }
}

static const struct
{
  const char *text;
  const char *problem;
} rejected[] = {
  { "", "cut short" },
  { " ", "cut short" },
  { "{", "cut short" },
  { "[", "cut short" },
  { "[1", "cut short" },
  { "[1,", "cut short" },
  { "{\"a\"", "cut short" },
  { "{\"a\":", "cut short" },
  { "{\"a\":1", "cut short" },
  { "{\"a\":1,", "cut short" },
  { "\"abc", "cut short" },
  { "\"abc\\", "cut short" },
  { "\"\\u00", "cut short" },
  { "tru", "not JSON" },
  { "nul", "not JSON" },
  { "True", "not JSON" },
  { "NaN", "not JSON" },
  { "Infinity", "not JSON" },
  { "undefined", "not JSON" },
  { "[1,]", "not JSON" },
  { "{\"a\":1,}", "not JSON" },
  { "[,1]", "not JSON" },
  { "[1 2]", "not JSON" },
  { "{a:1}", "not JSON" },
  { "{'a':1}", "not JSON" },
  { "{\"a\" 1}", "not JSON" },
  { "{\"a\"=1}", "not JSON" },
  { "{1:2}", "not JSON" },
  { "var x = {};", "not JSON" },
  { "// hi\n{}", "not JSON" },
  { "/* hi */{}", "not JSON" },
  { "[1/* hi */]", "not JSON" },
  { "# hi\n{}", "not JSON" },
  { "01", "not JSON" },
  { "-", "not JSON" },
  { "+1", "not JSON" },
  { ".5", "not JSON" },
  { "1.", "not JSON" },
  { "1e", "not JSON" },
  { "1e+", "not JSON" },
  { "0x10", "follows" },
  { "1_000", "follows" },
  { "{}{}", "follows" },
  { "{} x", "follows" },
  { "[]]", "follows" },
  { "\xef\xbb\xbf{}", "not JSON" },
  { "\"\xff\"", "UTF-8" },
  { "\"\xc0\x80\"", "UTF-8" },
  { "\"\xed\xa0\x80\"", "UTF-8" },
  { "\"a\nb\"", "control character" },
  { "\"a\x01\"", "control character" },
  { "\"\\x41\"", "broken escape" },
  { "\"\\u00g0\"", "broken escape" },
  { "\"\\u0000\"", "NUL" },
  { "\"\\ud83d\"", "half a character" },
  { "\"\\ud83dx\"", "half a character" },
  { "\"\\ud83d\\n\"", "half a character" },
  { "\"\\ud83d\\ud83d\"", "half a character" },
  { "\"\\ude00\"", "half a character" },
  { "9999999999999999999", "too large" }, /* 19 digits */
  { "[-1234567890123456789]", "too large" },
  { "{\"a\":1,\"a\":2}", "stands twice" },
  { "{\"a\":1,\"\\u0061\":2}", "stands twice" },
  { "{\"x\":{\"b\":1,\"c\":2,\"b\":3}}", "stands twice" },
};

static void
test_rejected (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rejected); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (rejected[i].text, &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
      if (strstr (error->message, rejected[i].problem) == NULL)
        g_error ("case %u: “%s” does not say “%s”", i, error->message, rejected[i].problem);
    }
}

static void
test_nul_byte (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}\0{}", 5);
  g_autoptr (GBytes) inside = g_bytes_new_static ("\"a\0b\"", 5);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  g_assert_null (vrf_json_parse (bytes, MAX_BYTES, NULL));
  g_assert_null (vrf_json_parse (inside, MAX_BYTES, NULL));
  g_assert_null (vrf_json_parse (nothing, MAX_BYTES, NULL));
}

static char *
nest (guint depth, const char *open, const char *close)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, "1");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_depth (void)
{
  const char *brackets[][2] = { { "[", "]" }, { "{\"a\":", "}" }, { "[{\"a\":", "}]" } };

  for (guint i = 0; i < G_N_ELEMENTS (brackets); i++)
    {
      guint unit = i == 2 ? 2 : 1;
      g_autofree char *deepest = nest (64 / unit, brackets[i][0], brackets[i][1]);
      g_autofree char *too_deep = nest (64 / unit + 1, brackets[i][0], brackets[i][1]);
      g_autofree char *abyss = nest (100000, brackets[i][0], brackets[i][1]);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = parse (deepest, &error);

      g_assert_no_error (error);
      g_assert_null (parse (too_deep, &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
      g_assert_nonnull (strstr (error->message, "nested too deeply"));
      g_assert_null (parse (abyss, NULL));
    }
}

static void
test_size (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[1,2,3]", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = vrf_json_parse (bytes, 7, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  g_assert_null (vrf_json_parse (bytes, 6, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_TOO_LARGE);
}

/* Every cut of a good text is refused, and none of them breaks anything. */
static void
test_cuts (void)
{
  const char *text = "{\"a\":[1,-2.5e3,\"x\\u00e9\\ud83d\\ude00\",true,null],\"b\":{\"c\":false}}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (vrf_json_parse (bytes, MAX_BYTES, &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
    }
}

static void
test_to_text (void)
{
  /* What is written is what was read: short numbers, members in their order, escapes. */
  static const char *const texts[] = {
    "{\"a\":[1,true,null,\"\xc3\xa9\"]}",
    "{\"z\":0.95,\"a\":0.1,\"m\":2.0,\"e\":1e+300,\"n\":-7,\"w\":123456789012345678}",
    "[\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\"]",
    "[0.30000000000000004,{},[],false,\"\"]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i], NULL);
      g_autofree char *again = vrf_json_to_text (node);

      g_assert_cmpstr (again, ==, texts[i]);
    }
}

static void
test_reader (void)
{
  g_autoptr (JsonNode) node =
      parse ("{\"t\":\"x\",\"n\":7,\"d\":0.5,\"y\":true,\"z\":null,\"o\":{\"k\":1},\"l\":[1,2],"
             "\"s\":[\"a\",\"b\"],\"at\":\"1970-01-01T00:00:01Z\"}",
             NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) texts = NULL;
  g_auto (GStrv) none = NULL;
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "thing");
  g_assert_true (vrf_json_reader_has (&reader, "t"));
  g_assert_false (vrf_json_reader_has (&reader, "z"));
  g_assert_false (vrf_json_reader_has (&reader, "absent"));
  g_assert_cmpstr (vrf_json_reader_string (&reader, "t"), ==, "x");
  g_assert_null (vrf_json_reader_opt_string (&reader, "z"));
  g_assert_null (vrf_json_reader_opt_string (&reader, "absent"));
  g_assert_cmpint (vrf_json_reader_opt_int (&reader, "n", 7, 7, -1), ==, 7);
  g_assert_cmpint (vrf_json_reader_opt_int (&reader, "z", 0, 9, -1), ==, -1);
  g_assert_cmpfloat (vrf_json_reader_opt_double (&reader, "d", 0, 1, -1), ==, 0.5);
  g_assert_cmpfloat (vrf_json_reader_opt_double (&reader, "n", 0, 9, -1), ==, 7.0);
  g_assert_true (vrf_json_reader_opt_bool (&reader, "y", FALSE));
  g_assert_true (vrf_json_reader_opt_bool (&reader, "absent", TRUE));
  g_assert_cmpint (vrf_json_reader_opt_tristate (&reader, "y"), ==, 1);
  g_assert_cmpint (vrf_json_reader_opt_tristate (&reader, "z"), ==, -1);
  g_assert_cmpint (vrf_json_reader_opt_time (&reader, "at"), ==, G_USEC_PER_SEC);
  g_assert_cmpint (vrf_json_reader_opt_time (&reader, "z"), ==, VRF_TIME_NONE);
  g_assert_nonnull (vrf_json_reader_opt_object (&reader, "o"));
  g_assert_null (vrf_json_reader_opt_object (&reader, "z"));
  g_assert_nonnull (vrf_json_reader_array (&reader, "l", 2));
  g_assert_null (vrf_json_reader_opt_array (&reader, "z", 2));
  texts = vrf_json_reader_opt_strv (&reader, "s", 2);
  none = vrf_json_reader_opt_strv (&reader, "absent", 2);
  g_assert_cmpstr (texts[1], ==, "b");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_true (vrf_json_reader_finish (&reader, &error));
  g_assert_no_error (error);
}

static void
read_wrong (VrfJsonReader *reader, guint which)
{
  switch (which)
    {
    case 0:
      g_assert_cmpstr (vrf_json_reader_string (reader, "absent"), ==, "");
      break;
    case 1:
      g_assert_null (vrf_json_reader_opt_string (reader, "n"));
      break;
    case 2:
      g_assert_cmpint (vrf_json_reader_opt_int (reader, "n", 8, 9, -1), ==, -1);
      break;
    case 3:
      g_assert_cmpint (vrf_json_reader_opt_int (reader, "d", 0, 9, -1), ==, -1);
      break;
    case 4:
      g_assert_cmpfloat (vrf_json_reader_opt_double (reader, "huge", -1e300, 1e300, -1), ==, -1.0);
      break;
    case 5:
      g_assert_true (vrf_json_reader_opt_bool (reader, "n", TRUE));
      break;
    case 6:
      g_assert_cmpint (vrf_json_reader_opt_time (reader, "t"), ==, VRF_TIME_NONE);
      break;
    case 7:
      g_assert_null (vrf_json_reader_opt_object (reader, "l"));
      break;
    case 8:
      g_assert_null (vrf_json_reader_opt_array (reader, "l", 1));
      break;
    case 9:
      g_assert_null (vrf_json_reader_array (reader, "absent", 1));
      break;
    case 10:
      vrf_json_reader_fail (reader, "x", "is odd");
      break;
    case 11:
      g_strfreev (vrf_json_reader_opt_strv (reader, "l", 9));
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Each names its member; what comes after the first gets fallbacks and changes nothing. */
static void
test_reader_wrong (void)
{
  const char *messages[] = {
    "thing.absent: is missing",
    "thing.n: must be a text",
    "thing.n: is out of range",
    "thing.d: must be a whole number",
    "thing.huge: is out of range",
    "thing.n: must be true or false",
    "thing.t: must be a time",
    "thing.l: must be an object",
    "thing.l: has too many items",
    "thing.absent: is missing",
    "thing.x: is odd",
    "thing.l: must hold texts only",
  };
  g_autoptr (JsonNode) node =
      parse ("{\"t\":\"x\",\"n\":7,\"d\":0.5,\"huge\":1e999,\"l\":[1,2]}", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      VrfJsonReader reader;
      g_autoptr (GError) error = NULL;

      vrf_json_reader_init (&reader, node, "thing");
      read_wrong (&reader, i);
      g_assert_null (vrf_json_reader_opt_string (&reader, "t"));
      g_assert_cmpint (vrf_json_reader_opt_int (&reader, "t", 0, 1, 5), ==, 5);
      g_assert_false (vrf_json_reader_finish (&reader, &error));
      g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
      g_assert_cmpstr (error->message, ==, messages[i]);
    }
}

static void
test_reader_root (void)
{
  g_autoptr (JsonNode) array = parse ("[]", NULL);
  JsonNode *roots[] = { NULL, array };
  VrfJsonReader reader;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      vrf_json_reader_init (&reader, roots[i], "thing");
      g_assert_cmpstr (vrf_json_reader_string (&reader, "id"), ==, "");
      g_assert_false (vrf_json_reader_has (&reader, "id"));
      g_assert_false (vrf_json_reader_finish (&reader, &error));
      g_assert_cmpstr (error->message, ==, "thing: must be an object");
      g_clear_error (&error);
    }
  vrf_json_reader_init_object (&reader, NULL, "thing");
  g_assert_false (vrf_json_reader_finish (&reader, &error));
  g_assert_error (error, VRF_ERROR, VRF_ERROR_REPLY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/accepted", test_accepted);
  g_test_add_func ("/base/json/numbers", test_numbers);
  g_test_add_func ("/base/json/rejected", test_rejected);
  g_test_add_func ("/base/json/nul-byte", test_nul_byte);
  g_test_add_func ("/base/json/depth", test_depth);
  g_test_add_func ("/base/json/size", test_size);
  g_test_add_func ("/base/json/cuts", test_cuts);
  g_test_add_func ("/base/json/to-text", test_to_text);
  g_test_add_func ("/base/json/reader", test_reader);
  g_test_add_func ("/base/json/reader-wrong", test_reader_wrong);
  g_test_add_func ("/base/json/reader-root", test_reader_root);
  return g_test_run ();
}
