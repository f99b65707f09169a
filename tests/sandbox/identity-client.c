/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "identity-client.h"

#include <glib/gstdio.h>

SandboxReply *
identity_client_call (
    SandboxClient *self, const char *method, const char *name, const char *rest, const char *body)
{
  g_autofree char *path = g_strconcat (IDENTITIES "/", name, rest, NULL);

  return sandbox_client_call (self, method, path, body);
}

SandboxReply *
identity_client_get (SandboxClient *self, const char *name)
{
  SandboxReply *reply = identity_client_call (self, "GET", name, "", NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return reply;
}

/* What has to be well. */
void
identity_client_do (
    SandboxClient *self, const char *method, const char *name, const char *rest, const char *body)
{
  g_autoptr (SandboxReply) reply = identity_client_call (self, method, name, rest, body);

  g_assert_cmpuint (reply->status, ==, 200);
}

/* Returns: the id of a stub. */
char *
identity_client_create (SandboxClient *self, const char *ref)
{
  g_autofree char *body = g_strdup_printf ("{\"external_ref\":\"%s\"}", ref);
  g_autoptr (SandboxReply) reply = sandbox_client_call (self, "POST", IDENTITIES, body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "id"));
}

/* A session with the reference, taken to an outcome. Returns: its id. */
char *
identity_client_simulate (SandboxClient *self, const char *ref, const char *action)
{
  g_autofree char *body = g_strdup_printf ("{\"external_ref\":\"%s\"}", ref);
  g_autofree char *what = g_strdup_printf ("{\"action\":\"%s\"}", action);
  char *id = sandbox_client_create (self, body);
  g_autofree char *path = sandbox_client_path (id, "/simulate");
  g_autoptr (SandboxReply) reply = sandbox_client_call (self, "POST", path, what);

  g_assert_cmpuint (reply->status, ==, 200);
  return id;
}

/* @scopes: with their quotes. Returns: the secret of a key. */
char *
identity_client_make_key (SandboxClient *self, const char *scopes)
{
  g_autofree char *body =
      g_strdup_printf ("{\"label\":\"Till\",\"environment\":\"sandbox\",\"scopes\":[%s]}", scopes);
  g_autoptr (SandboxReply) reply = sandbox_client_call (self, "POST", "/api/v1/api-keys", body);

  g_assert_cmpuint (reply->status, ==, 201);
  return g_strdup (sandbox_reply_string (reply, "secret"));
}

guint
identity_client_count_events (SandboxClient *self, const char *query)
{
  g_autofree char *path = g_strconcat ("/api/v1/events?", query, NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_call (self, "GET", path, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return (guint) json_object_get_int_member (identity_reply_object (reply, "pagination"), "total");
}

gint64
identity_reply_number (SandboxReply *reply, const char *name)
{
  return json_object_get_int_member (sandbox_reply_object (reply), name);
}

JsonObject *
identity_reply_object (SandboxReply *reply, const char *name)
{
  return json_object_get_object_member (sandbox_reply_object (reply), name);
}

/* The texts of the array @name, or @member of each object in it, separated by spaces. */
char *
identity_reply_dup_texts (SandboxReply *reply, const char *name, const char *member)
{
  JsonArray *array = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  g_assert_cmpuint (reply->status, ==, 200);
  array = json_object_get_array_member (sandbox_reply_object (reply), name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (texts,
                     (gpointer) (member != NULL ? json_object_get_string_member (
                                     json_array_get_object_element (array, i), member)
                                                : json_array_get_string_element (array, i)));
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **) texts->pdata);
}

void
identity_fixture_set_up (IdentityFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("verifa-identities-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->directory, "sandbox.db", NULL);
}

VrfSandboxStore *
identity_fixture_open (IdentityFixture *self)
{
  g_autoptr (GError) error = NULL;
  VrfSandboxStore *store = vrf_sandbox_store_open (self->path, &error);

  g_assert_no_error (error);
  return store;
}

void
identity_fixture_start (IdentityFixture *self)
{
  VrfSandboxOptions options = {
    .database_path = self->path,
    .sandbox_key = SANDBOX_KEY,
    .live_key = LIVE_KEY,
    .plan = "enterprise",
  };

  sandbox_client_start (&self->client, &options);
}

void
identity_fixture_tear_down (IdentityFixture *self, gconstpointer unused)
{
  g_autoptr (GDir) directory = g_dir_open (self->directory, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->directory), ==, 0);
  g_free (self->directory);
  g_free (self->path);
}
