/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "capture-client.h"

#define AGREE "{\"consent\":true,\"consent_version\":\"1.0\"}"
#define PART(name, value)                                                                          \
  "--b\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define KIND PART ("poa_document_type", "utility_bill")

/* What the page for the applicant's phone leans on: files, names, refusals (verifa-api.md 8.6b). */

static void
assert_status (Answer *answer, guint status)
{
  g_autoptr (Answer) owned = answer;

  g_assert_cmpuint (owned->status, ==, status);
}

static void
assert_order (Answer *answer, const char *detail)
{
  g_autoptr (Answer) owned = answer;

  g_assert_cmpuint (owned->status, ==, 400);
  g_assert_cmpstr (answer_text (owned, "error"), ==, "bad_request");
  g_assert_cmpstr (answer_text (owned, "detail"), ==, detail);
}

static void
assert_field (Answer *answer, const char *field, const char *code)
{
  g_autoptr (Answer) owned = answer;
  JsonObject *first = NULL;

  g_assert_cmpuint (owned->status, ==, 422);
  first = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (owned->json), "errors"), 0);
  g_assert_cmpstr (json_object_get_string_member (first, "field"), ==, field);
  g_assert_cmpstr (json_object_get_string_member (first, "code"), ==, code);
}

static Answer *
get (Client *client, const char *path, const char *header, const char *value)
{
  g_autofree char *url = g_strconcat (vrf_sandbox_get_capture_url (client->sandbox), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  Answer *answer = g_new0 (Answer, 1);

  /* As it came: nothing is unpacked on the way. */
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  if (value != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), header, value);
  answer->body = soup_session_send_and_read (client->http, message, NULL, NULL);
  answer->status = soup_message_get_status (message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (message));

  return answer;
}

static GBytes *
unpack (GBytes *packed)
{
  g_autoptr (GConverter) gunzip =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (packed);
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (source, gunzip);
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (sink, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
}

static void
test_packed (Client *client, gconstpointer unused)
{
  static const char *const plain_for[] = { NULL, "identity", "br, deflate", "gzip;q=0", "gzippy" };
  static const char *const packed_for[] = { "gzip", "gzip, deflate, br, zstd", "br,GZIP" };
  static const char *const paths[] = { "/assets/capture.css", "/assets/main.js", "/tok_any" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Answer) plain = get (client, paths[i], NULL, NULL);

      for (guint j = 0; j < G_N_ELEMENTS (plain_for); j++)
        {
          g_autoptr (Answer) same = get (client, paths[i], "Accept-Encoding", plain_for[j]);

          g_assert_null (soup_message_headers_get_one (same->headers, "Content-Encoding"));
          g_assert_true (g_bytes_equal (same->body, plain->body));
        }
      for (guint j = 0; j < G_N_ELEMENTS (packed_for); j++)
        {
          g_autoptr (Answer) packed = get (client, paths[i], "Accept-Encoding", packed_for[j]);
          g_autoptr (GBytes) unpacked = unpack (packed->body);

          g_assert_cmpstr (
              soup_message_headers_get_one (packed->headers, "Content-Encoding"), ==, "gzip");
          g_assert_nonnull (
              strstr (soup_message_headers_get_list (packed->headers, "Vary"), "Accept-Encoding"));
          g_assert_true (g_bytes_equal (unpacked, plain->body));
          g_assert_cmpuint (g_bytes_get_size (packed->body), <, g_bytes_get_size (plain->body));
        }
    }
}

static void
test_unchanged (Client *client, gconstpointer unused)
{
  g_autoptr (Answer) first = get (client, "/assets/main.js", NULL, NULL);
  g_autoptr (Answer) other = get (client, "/assets/api.js", NULL, NULL);
  g_autofree char *tag = g_strdup (soup_message_headers_get_one (first->headers, "ETag"));
  g_autofree char *more = g_strconcat ("\"none\", ", tag, NULL);
  const char *const known[] = { tag, more };
  g_autoptr (Answer) page = get (client, "/tok_any", "If-None-Match", tag);

  g_assert_true (g_str_has_prefix (tag, "W/\""));
  g_assert_cmpstr (tag, !=, soup_message_headers_get_one (other->headers, "ETag"));
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (Answer) again = get (client, "/assets/main.js", "If-None-Match", known[i]);

      g_assert_cmpuint (again->status, ==, 304);
      g_assert_cmpuint (g_bytes_get_size (again->body), ==, 0);
      g_assert_cmpstr (soup_message_headers_get_one (again->headers, "ETag"), ==, tag);
    }
  assert_status (get (client, "/assets/main.js", "If-None-Match", "\"none\""), 200);
  assert_status (get (client, "/assets/none.js", "If-None-Match", tag), 404);
  /* What stands behind a token is never kept. */
  g_assert_cmpuint (page->status, ==, 200);
  g_assert_null (soup_message_headers_get_one (page->headers, "ETag"));
}

static const char *
get_organization (Answer *answer)
{
  JsonObject *object = json_node_get_object (answer->json);

  if (!json_object_has_member (object, "organization"))
    return NULL;

  return json_object_get_string_member (json_object_get_object_member (object, "organization"),
                                        "name");
}

/* An expired or replaced link says where to go; a finished or unknown one says nothing. */
static void
test_place (Client *client, gconstpointer unused)
{
  g_autoptr (Answer) state = NULL;
  g_autoptr (Answer) expired = NULL;
  g_autoptr (Answer) replaced = NULL;
  g_autoptr (Answer) finished = NULL;
  g_autoptr (Answer) unknown = NULL;
  g_autofree char *expire = NULL;
  g_autofree char *resume = NULL;
  g_autofree char *simulate = NULL;

  client_create (client, "{\"metadata\":{\"desk\":\" Desk <2> \",\"guest\":\"Ada\"}}");
  state = client_visit (client);
  g_assert_cmpstr (get_organization (state), ==, "Front Desk Demo");
  g_assert_cmpstr (answer_text (state, "desk"), ==, "Desk <2>");

  expire = g_strconcat ("/sessions/", client->session_id, "/expire", NULL);
  resume = g_strconcat ("/sessions/", client->session_id, "/resume", NULL);
  simulate = g_strconcat ("/sessions/", client->session_id, "/simulate", NULL);
  assert_status (client_api (client, "POST", expire, NULL), 200);
  expired = client_post (client, "/consent", AGREE);
  g_assert_cmpuint (expired->status, ==, 410);
  g_assert_cmpstr (get_organization (expired), ==, "Front Desk Demo");
  g_assert_cmpstr (answer_text (expired, "desk"), ==, "Desk <2>");
  g_assert_cmpuint (json_object_get_size (json_node_get_object (expired->json)), ==, 5);

  assert_status (client_api (client, "POST", resume, NULL), 200);
  replaced = client_visit (client);
  g_assert_cmpstr (answer_text (replaced, "error"), ==, "token_revoked");
  g_assert_cmpstr (answer_text (replaced, "desk"), ==, "Desk <2>");

  assert_status (client_api (client, "POST", simulate, "{\"action\":\"approve\"}"), 200);
  finished = client_visit (client);
  g_assert_cmpstr (answer_text (finished, "error"), ==, "session_finished");
  g_assert_cmpuint (json_object_get_size (json_node_get_object (finished->json)), ==, 3);
  g_free (client->token);
  client->token = g_strdup ("tok_nobody-made-this");
  unknown = client_visit (client);
  g_assert_cmpuint (unknown->status, ==, 404);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (unknown->json)), ==, 3);
}

static void
test_desk (Client *client, gconstpointer unused)
{
  static const char *const without[] = { "{}",
                                         "{\"metadata\":{\"desk\":7}}",
                                         "{\"metadata\":{\"desk\":\"  \"}}",
                                         "{\"metadata\":{\"desk\":{\"name\":\"x\"}}}" };

  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    {
      g_autoptr (Answer) state = NULL;

      client_create (client, without[i]);
      state = client_visit (client);
      g_assert_true (json_object_get_null_member (json_node_get_object (state->json), "desk"));
    }
}

/* verifa-api.md 8.2: two letters, whatever they are; stored in upper case. */
static void
test_country (Client *client, gconstpointer unused)
{
  static const struct
  {
    const char *more;
    const char *field;
    const char *code;
  } refused[] = {
    { ",\"country\":\"USA\"", "country", "string_length" },
    { ",\"country\":\"1A\"", "country", "string_length" },
    { ",\"country\":7", "country", "string_length" },
    { ",\"country\":\"\"", "country", "string_length" },
    { ",\"country\":\"US\",\"state\":\"C A\"", "state", "string_pattern" },
    { ",\"country\":\"US\",\"state\":\"\"", "state", "string_pattern" },
  };
  g_autoptr (Answer) state = NULL;

  client_create (client, "{\"country\":\"de\"}");
  assert_status (client_post (client, "/consent", AGREE), 200);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *body =
          g_strconcat ("{\"document_type\":\"national_id\"", refused[i].more, "}", NULL);

      g_test_message ("%s", body);
      assert_field (
          client_post (client, "/document-type", body), refused[i].field, refused[i].code);
    }
  assert_status (client_post (client,
                              "/document-type",
                              "{\"document_type\":\"drivers_license\",\"country\":\"us\","
                              "\"state\":\"CA\"}"),
                 200);
  state = client_visit (client);
  g_assert_cmpstr (answer_text (state, "country"), ==, "DE");
  g_assert_cmpstr (answer_text (state, "document_country"), ==, "US");
  g_assert_cmpstr (answer_text (state, "document_state"), ==, "CA");
}

static char *
dup_export (Client *client)
{
  g_autofree char *path = g_strconcat ("/sessions/", client->session_id, "/export", NULL);
  g_autoptr (Answer) answer = client_api (client, "GET", path, NULL);

  g_assert_cmpuint (answer->status, ==, 200);

  return g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));
}

static void
test_proof_of_address (Client *client, gconstpointer unused)
{
  static const char *const wrong[] = {
    KIND PART ("poa_document_date", "2026-02-30"),
    KIND PART ("poa_document_date", "31.1.2026"),
    KIND PART ("poa_document_date", ""),
  };
  g_autoptr (GBytes) png = client_make_png (1600, 1000);
  g_autofree char *text = NULL;

  client_create (client, "{\"workflow_id\":\"workflow_full\"}");
  assert_status (client_post (client, "/consent", AGREE), 200);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_field (
        client_upload (client, "/proof-of-address", wrong[i], png), "poa_document_date", "format");
  assert_field (client_upload (client, "/proof-of-address", PART ("poa_document_type", "x"), png),
                "poa_document_type",
                "enum");
  assert_status (
      client_upload (
          client, "/proof-of-address", KIND PART ("poa_document_date", "2026-01-31"), png),
      201);
  text = dup_export (client);
  g_assert_nonnull (strstr (text, "\"poa_document_date\":\"2026-01-31\""));
  /* It may be left out. */
  assert_status (client_upload (client, "/proof-of-address", KIND, png), 201);
}

static void
test_not_asked (Client *client, gconstpointer unused)
{
  g_autoptr (GBytes) png = client_make_png (1600, 1000);

  client_create (client, "{\"workflow_id\":\"workflow_doc_only\"}");
  assert_order (client_upload (client, "/selfie", "", png), "Consent is needed first.");
  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_order (client_upload (client, "/selfie", "", png),
                "This verification asks for no selfie.");
  assert_order (client_upload (client, "/proof-of-address", KIND, png),
                "This verification asks for no proof of address.");
  assert_order (client_post (client, "/fields", "{}"), "This verification asks for no details.");
}

#define PERSON                                                                                     \
  "{\"first_name\":\"Ada\",\"last_name\":\"Example\",\"email\":\"ada@example.com\","               \
  "\"phone\":\"+442079460000\",\"date_of_birth\":\"1990-02-03\",\"address\":{"                     \
  "\"line1\":\"1 Example Street\",\"city\":\"Exampletown\",\"zip\":\"00000\",\"country\":\"%s\"}}"

static void
test_address_country (Client *client, gconstpointer unused)
{
  g_autofree char *good = g_strdup_printf (PERSON, "GB");
  g_autofree char *bad = g_strdup_printf (PERSON, "GBR");
  g_autofree char *text = NULL;

  client_create (client, "{\"workflow_id\":\"workflow_full\"}");
  assert_status (client_post (client, "/consent", AGREE), 200);
  assert_field (client_post (client, "/fields", bad), "address.country", "string_length");
  assert_status (client_post (client, "/fields", good), 200);
  text = dup_export (client);
  g_assert_nonnull (strstr (text, "\"country\":\"GB\""));
}

#define ADD(name)                                                                                  \
  g_test_add ("/capture-flow/" #name, Client, NULL, client_set_up, test_##name, client_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD (packed);
  ADD (unchanged);
  ADD (place);
  ADD (desk);
  ADD (country);
  ADD (proof_of_address);
  ADD (not_asked);
  ADD (address_country);

  return g_test_run ();
}
