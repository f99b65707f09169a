/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "case-client.h"

/* Returns: the id of a case that was just opened. */
char *
case_client_open (SandboxClient *self, const char *external_ref)
{
  g_autofree char *body = g_strdup_printf ("{\"external_ref\":\"%s\"}", external_ref);
  g_autofree char *id = sandbox_client_create (self, body);
  g_autofree char *simulate = sandbox_client_path (id, "/simulate");
  g_autofree char *path = sandbox_client_path (id, "");
  g_autoptr (SandboxReply) done =
      sandbox_client_call (self, "POST", simulate, "{\"action\":\"require-review\"}");
  g_autoptr (SandboxReply) session = sandbox_client_call (self, "GET", path, NULL);

  g_assert_cmpuint (done->status, ==, 200);
  return g_strdup (sandbox_reply_string (session, "case_id"));
}

SandboxReply *
case_client_post (SandboxClient *self, const char *id, const char *rest, const char *body)
{
  g_autofree char *path = g_strconcat ("/api/v1/cases/", id, rest, NULL);

  return sandbox_client_call (self, "POST", path, body);
}

SandboxReply *
case_client_get (SandboxClient *self, const char *id)
{
  g_autofree char *path = g_strconcat ("/api/v1/cases/", id, NULL);

  return sandbox_client_call (self, "GET", path, NULL);
}

/* With nothing but a reviewer in the body. */
SandboxReply *
case_client_act (SandboxClient *self, const char *id, const char *action, const char *reviewer)
{
  g_autofree char *rest = g_strconcat ("/", action, NULL);
  g_autofree char *body = g_strdup_printf ("{\"reviewer_id\":\"%s\"}", reviewer);

  return case_client_post (self, id, rest, body);
}

/* The case, and the session that repeats its status. */
void
case_client_assert_state (SandboxClient *self,
                          const char *id,
                          const char *status,
                          const char *assigned_to)
{
  g_autoptr (SandboxReply) reply = case_client_get (self, id);
  JsonObject *session = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (sandbox_reply_string (reply, "status"), ==, status);
  g_assert_cmpstr (sandbox_reply_string (reply, "assigned_to"), ==, assigned_to);
  session = json_object_get_object_member (sandbox_reply_object (reply), "session");
  g_assert_cmpstr (json_object_get_string_member (session, "case_status"), ==, status);
  g_assert_cmpstr (json_object_get_string_member (session, "case_id"), ==, id);
}
