/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "webhook-data.h"

#include "base/vrf-json.h"
#include "base/vrf-signature.h"

GBytes *
webhook_data_load (const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "webhooks", file, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static void
vector_free (WebhookVector *vector)
{
  g_free (vector->name);
  g_bytes_unref (vector->body);
  g_free (vector->secret);
  g_free (vector->v1);
  g_free (vector->bare);
  g_free (vector->header);
  g_free (vector);
}

static WebhookVector *
vector_new (JsonObject *object)
{
  WebhookVector *vector = g_new0 (WebhookVector, 1);

  vector->name = g_strdup (json_object_get_string_member (object, "body"));
  vector->body = webhook_data_load (vector->name);
  vector->secret = g_strdup (json_object_get_string_member (object, "secret"));
  vector->unix_s = json_object_get_int_member (object, "t");
  vector->v1 = g_strdup (json_object_get_string_member (object, "v1"));
  vector->bare = g_strdup (json_object_get_string_member (object, "bare"));
  vector->header = g_strdup_printf ("t=%" G_GINT64_FORMAT ",v1=%s", vector->unix_s, vector->v1);
  return vector;
}

GPtrArray *
webhook_data_load_vectors (void)
{
  g_autoptr (GBytes) bytes = webhook_data_load ("signatures.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = vrf_json_parse (bytes, g_bytes_get_size (bytes), &error);
  GPtrArray *vectors = g_ptr_array_new_with_free_func ((GDestroyNotify) vector_free);
  JsonArray *array = NULL;

  g_assert_no_error (error);
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (vectors, vector_new (json_array_get_object_element (array, i)));
  g_assert_cmpuint (vectors->len, >=, 7);
  return vectors;
}

char *
webhook_data_sign (const char *secret, GBytes *body, gint64 age_s)
{
  return vrf_signature_sign (secret, g_get_real_time () / G_USEC_PER_SEC - age_s, body);
}
