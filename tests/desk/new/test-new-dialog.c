/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <libsoup/soup.h>

#include "desk/new/vrf-draft.h"
#include "desk/new/vrf-new-dialog.h"
#include "support/vrf-widget-test.h"

#include "scene.h"

/*
 * A server that answers creates as it is told and knows no other session; and the dialog in front
 * of a backend that talks to it.
 */
typedef struct
{
  SoupServer *server;
  VrfBackend *backend;
  VrfNewDialog *dialog; /* a reference of ours */

  guint status; /* of the next creates */
  const char *body;
  const char *found; /* what a search for a reference gives: items of "data" */
  gboolean silent;   /* creates get no answer */
  GPtrArray *keys;   /* Idempotency-Key of each create */
  char *sent;        /* the newest body */

  VrfRow *created;
  VrfRow *existing;
} Fixture;

#define CREATED                                                                                    \
  "{\"id\":\"session_1\",\"status\":\"pending\",\"external_ref\":\"BK-1\",\"is_sandbox\":true,"    \
  "\"capture_url\":\"http://127.0.0.1/verify/tok_1\",\"created_at\":\"2026-02-01T12:00:00Z\","     \
  "\"expires_at\":\"2099-02-01T12:20:00Z\",\"tags\":[]}"

static void
answer (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (
      message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static void
sessions_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  Fixture *fixture = user_data;
  gboolean search = query != NULL && g_hash_table_contains (query, "external_ref");

  if (g_str_has_suffix (path, "/sessions")
      && soup_server_message_get_method (message) == SOUP_METHOD_POST)
    {
      SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
      SoupMessageBody *body = soup_server_message_get_request_body (message);

      g_ptr_array_add (fixture->keys,
                       g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key")));
      g_free (fixture->sent);
      fixture->sent = g_strndup (body->data, (gsize) body->length);
      answer (message, fixture->status, fixture->body);
      if (fixture->silent)
        soup_server_message_pause (message);
    }
  else if (g_str_has_suffix (path, "/sessions"))
    {
      g_autofree char *list =
          g_strdup_printf ("{\"data\":[%s],\"pagination\":{\"total\":0,\"limit\":50,\"offset\":0}}",
                           search ? fixture->found : "");

      answer (message, 200, list);
    }
  else if (g_str_has_suffix (path, "/workflows"))
    {
      answer (message,
              200,
              "{\"data\":[{\"id\":\"workflow_1\",\"name\":\"Bar & Lounge\",\"is_default\":false,"
              "\"is_active\":true,\"version\":1,\"description\":\"18 < age\"},"
              "{\"id\":\"workflow_2\",\"name\":\"Hotel Check-in\",\"is_default\":true,"
              "\"is_active\":true,\"version\":7}]}");
    }
  else
    {
      answer (message, 404, "{\"error\":\"not_found\",\"detail\":\"No.\",\"status_code\":404}");
    }
}

#define AWAIT(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 _deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                              \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > _deadline)                                                   \
          g_error ("%s:%d: in vain: %s", __FILE__, __LINE__, #condition);                          \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static void
took_cb (VrfRow **ret_row, VrfRow *row)
{
  g_set_object (ret_row, row);
}

static void
open_dialog (Fixture *fixture, const char *reference)
{
  fixture->dialog = g_object_ref (vrf_new_dialog_new (fixture->backend, reference));
  g_signal_connect_swapped (fixture->dialog, "created", G_CALLBACK (took_cb), &fixture->created);
  g_signal_connect_swapped (
      fixture->dialog, "show-existing", G_CALLBACK (took_cb), &fixture->existing);
  gtk_window_present (GTK_WINDOW (fixture->dialog));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->dialog));
}

static void
close_dialog (Fixture *fixture)
{
  if (gtk_widget_get_visible (GTK_WIDGET (fixture->dialog)))
    gtk_window_close (GTK_WINDOW (fixture->dialog));
  scene_drain ();
  g_assert_finalize_object (fixture->dialog);
  fixture->dialog = NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VrfProfile) profile = NULL;
  g_autoptr (GSList) uris = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  fixture->keys = g_ptr_array_new_with_free_func (g_free);
  fixture->status = 201;
  fixture->body = CREATED;
  fixture->found = "";
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/api/v1", sessions_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_foreach (uris, (GFunc) g_uri_unref, NULL);

  profile = vrf_profile_new ("test", url, VRF_ENVIRONMENT_SANDBOX);
  fixture->backend = vrf_backend_new (profile, "vk_sandbox_0123456789abcdef");
  vrf_backend_start (fixture->backend);
  AWAIT (vrf_backend_get_client (fixture->backend) != NULL);
  vrf_api_client_set_max_attempts (vrf_backend_get_client (fixture->backend), 1);
  AWAIT (g_list_model_get_n_items (vrf_backend_get_workflows (fixture->backend)) == 2);
}

static void
gone_cb (gpointer user_data, GObject *where_it_was)
{
  *(gboolean *) user_data = TRUE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gboolean gone = FALSE;

  if (fixture->dialog != NULL)
    close_dialog (fixture);
  g_clear_object (&fixture->created);
  g_clear_object (&fixture->existing);
  g_object_weak_ref (G_OBJECT (fixture->backend), gone_cb, &gone);
  vrf_backend_stop (fixture->backend);
  g_object_unref (fixture->backend);
  AWAIT (gone);
  soup_server_disconnect (fixture->server);
  scene_drain ();
  g_assert_finalize_object (fixture->server);
  g_ptr_array_unref (fixture->keys);
  g_free (fixture->sent);
}

static void
type (Fixture *fixture, const char *title, const char *text)
{
  GtkWidget *label = scene_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_LABEL, title);
  GtkWidget *row = gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static gboolean
is_marked (Fixture *fixture, const char *title)
{
  GtkWidget *label = scene_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_LABEL, title);

  return gtk_widget_has_css_class (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW), "error");
}

/* Enter in an entry. */
static void
press_enter (Fixture *fixture)
{
  GtkWidget *label =
      scene_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_LABEL, "External Reference");

  g_signal_emit_by_name (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW), "entry-activated");
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return scene_shows (GTK_WIDGET (fixture->dialog), text);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, "BK-1");
  type (fixture, "Applicant Name", "Ana Marques");
  press_enter (fixture);
  press_enter (fixture);
  AWAIT (fixture->created != NULL);

  g_assert_cmpuint (fixture->keys->len, ==, 1);
  g_assert_nonnull (strstr (fixture->sent, "\"external_ref\":\"BK-1\""));
  g_assert_nonnull (strstr (fixture->sent, "\"applicant_name\":\"Ana Marques\""));
  /* The organization's default is preset, and what is seen is sent. */
  g_assert_nonnull (strstr (fixture->sent, "\"workflow_id\":\"workflow_2\""));
  g_assert_cmpstr (vrf_row_get_applicant (fixture->created), ==, "Ana Marques");
  g_assert_cmpstr (
      vrf_draft_get_text (vrf_backend_get_draft (fixture->backend), VRF_DRAFT_NAME), ==, "");
}

typedef struct
{
  guint status;
  const char *body;
  const char *title;
  const char *button;
  const char *enter; /* what the hint says of the key */
  gboolean same_key;
} FaultLine;

static const FaultLine faults[] = {
  { 503, "<html>busy</html>", "The Server Has Trouble", "Try Again", "tries again", TRUE },
  { 201, "{\"id\":\"sess", "The Answer Could Not Be Read", "Try Again", "tries again", TRUE },
  { 201, "<html>sign in</html>", "The Answer Could Not Be Read", "Try Again", "tries again", TRUE },
  { 429, "{\"error\":\"rate_limited\"}", "Too Many Requests", "Try Again", "tries again", TRUE },
  { 401,
    "{\"error\":\"unauthorized\"}",
    "The API Key Is Not Accepted",
    "Create",
    "creates",
    FALSE },
  { 403, "{\"error\":\"forbidden\"}", "May Not Create", "Create", "creates", FALSE },
};

/* Nothing typed is lost, and a second try can never make a second session. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  guint i = 0;

  open_dialog (fixture, "BK-1");
  type (fixture, "Applicant Name", "Ana Marques");
  for (i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_test_message ("%u %s", faults[i].status, faults[i].title);
      fixture->status = faults[i].status;
      fixture->body = faults[i].body;
      g_ptr_array_set_size (fixture->keys, 0);

      press_enter (fixture);
      AWAIT (shows (fixture, faults[i].title));
      g_assert_true (shows (fixture, faults[i].button));
      g_assert_true (shows (fixture, faults[i].enter));
      press_enter (fixture);
      AWAIT (fixture->keys->len == 2 && shows (fixture, faults[i].title));

      g_assert_cmpint (
          g_str_equal (g_ptr_array_index (fixture->keys, 0), g_ptr_array_index (fixture->keys, 1)),
          ==,
          faults[i].same_key);
      g_assert_true (shows (fixture, "Ana Marques")
                     || g_str_equal (vrf_draft_get_text (vrf_backend_get_draft (fixture->backend),
                                                         VRF_DRAFT_NAME),
                                     "Ana Marques"));
    }

  fixture->status = 201;
  fixture->body = CREATED;
  press_enter (fixture);
  AWAIT (fixture->created != NULL);
}

/* A refused field is marked, says why, and is clean again once it is changed. */
static void
test_field (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, "BK-1");
  fixture->status = 422;
  fixture->body = "{\"error\":\"validation_error\",\"detail\":\"applicant_name: too odd\","
                  "\"status_code\":422,\"errors\":[{\"field\":\"applicant_name\","
                  "\"message\":\"too odd\",\"code\":\"x\"}]}";
  type (fixture, "Applicant Name", "Ana");
  press_enter (fixture);
  AWAIT (is_marked (fixture, "Applicant Name"));
  g_assert_true (shows (fixture, "too odd"));
  type (fixture, "Applicant Name", "Ana M");
  g_assert_false (is_marked (fixture, "Applicant Name"));
}

static void
test_validation (Fixture *fixture, gconstpointer data)
{
  GtkWidget *invite = NULL;

  open_dialog (fixture, NULL);
  invite = scene_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_SWITCH, NULL);
  gtk_switch_set_active (GTK_SWITCH (invite), TRUE);
  g_assert_false (is_marked (fixture, "Applicant Email"));
  press_enter (fixture);
  g_assert_true (is_marked (fixture, "Applicant Email"));
  g_assert_true (shows (fixture, "Type an email address"));
  type (fixture, "Applicant Email", "ana@");
  g_assert_true (is_marked (fixture, "Applicant Email"));
  type (fixture, "Applicant Email", "ana@example.com");
  g_assert_false (is_marked (fixture, "Applicant Email"));
  g_assert_cmpuint (fixture->keys->len, ==, 0);
  press_enter (fixture);
  AWAIT (fixture->created != NULL);
  g_assert_nonnull (strstr (fixture->sent, "\"send_email\":true"));
}

/* Closing keeps everything and the key; another guest's reference does not. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  VrfDraft *draft = vrf_backend_get_draft (fixture->backend);
  g_autofree char *key = g_strdup (vrf_draft_get_key (draft));

  open_dialog (fixture, NULL);
  type (fixture, "External Reference", "BK-7");
  type (fixture, "Applicant Name", "Ana");
  type (fixture, "Metadata, key=value", "room=412");
  close_dialog (fixture);

  open_dialog (fixture, NULL);
  g_assert_cmpstr (vrf_draft_get_text (draft, VRF_DRAFT_NAME), ==, "Ana");
  g_assert_cmpstr (vrf_draft_get_text (draft, VRF_DRAFT_METADATA), ==, "room=412");
  g_assert_cmpstr (vrf_draft_get_key (draft), ==, key);
  g_assert_nonnull (scene_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_TEXT, NULL));
  close_dialog (fixture);

  open_dialog (fixture, "BK-8");
  g_assert_cmpstr (vrf_draft_get_text (draft, VRF_DRAFT_NAME), ==, "");
  g_assert_cmpstr (vrf_draft_get_text (draft, VRF_DRAFT_REFERENCE), ==, "BK-8");
}

#define ACTIVE                                                                                     \
  "{\"id\":\"session_9\",\"status\":\"pending\",\"external_ref\":\"BK-9\","                        \
  "\"capture_url\":\"http://127.0.0.1/verify/tok_9\",\"created_at\":\"2026-02-01T12:00:00Z\","     \
  "\"updated_at\":\"2026-02-01T12:00:00Z\",\"token_expires_at\":\"2099-02-01T12:20:00Z\"}"

/* The server knows the reference: Enter shows that one, Ctrl+Enter creates all the same. */
static void
test_guard (Fixture *fixture, gconstpointer data)
{
  fixture->found = ACTIVE;
  open_dialog (fixture, "BK-9");
  /* Pressed before the server was asked: it is asked now, and nothing is created. */
  press_enter (fixture);
  AWAIT (shows (fixture, "BK-9 already has a verification"));
  g_assert_cmpuint (fixture->keys->len, ==, 0);
  g_assert_true (shows (fixture, "shows the existing QR code"));
  press_enter (fixture);
  g_assert_nonnull (fixture->existing);
  g_assert_cmpstr (vrf_row_get_id (fixture->existing), ==, "session_9");
  close_dialog (fixture);

  open_dialog (fixture, NULL);
  AWAIT (shows (fixture, "already has a verification"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "new.create-anyway", NULL);
  AWAIT (fixture->created != NULL);
  g_assert_cmpuint (fixture->keys->len, ==, 1);
}

static void
test_free (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "new.generate", NULL);
  g_assert_true (g_str_has_prefix (
      vrf_draft_get_text (vrf_backend_get_draft (fixture->backend), VRF_DRAFT_REFERENCE), "FD-"));
  AWAIT (shows (fixture, "No other verification has this reference."));
}

/* Closed while the request is on its way: the answer is still taken. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture, "BK-1");
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "new.create-anyway", NULL);
  gtk_window_close (GTK_WINDOW (fixture->dialog));
  AWAIT (fixture->created != NULL);
  g_assert_cmpstr (
      vrf_draft_get_text (vrf_backend_get_draft (fixture->backend), VRF_DRAFT_REFERENCE), ==, "");
}

static gboolean
is_off (Fixture *fixture)
{
  GtkWidget *label = scene_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_LABEL, "Applicant Name");

  return !gtk_widget_is_sensitive (label);
}

/* Cancelled, @says being what the dialog said last: all is as it was, and the key too. */
static void
assert_cancels (Fixture *fixture, const char *says)
{
  VrfDraft *draft = vrf_backend_get_draft (fixture->backend);

  AWAIT (shows (fixture, says));
  g_assert_true (is_off (fixture));
  gtk_widget_activate_action (GTK_WIDGET (fixture->dialog), "new.cancel", NULL);
  AWAIT (!is_off (fixture));
  g_assert_true (shows (fixture, "Creating Was Cancelled"));
  g_assert_true (shows (fixture, "Try Again"));
  g_assert_false (shows (fixture, says));
  g_assert_cmpstr (vrf_draft_get_text (draft, VRF_DRAFT_NAME), ==, "Ana");
  g_assert_cmpstr (vrf_draft_get_key (draft), ==, g_ptr_array_index (fixture->keys, 0));
}

/* A server that fails again and again, then one that says nothing: both can be left. */
static void
test_patience (Fixture *fixture, gconstpointer data)
{
  guint i = 0;

  vrf_api_client_set_max_attempts (vrf_backend_get_client (fixture->backend), 4);
  open_dialog (fixture, "BK-1");
  type (fixture, "Applicant Name", "Ana");
  g_assert_false (shows (fixture, "Cancel"));
  fixture->status = 503;
  press_enter (fixture);
  assert_cancels (fixture, " of 4)");

  fixture->silent = TRUE;
  press_enter (fixture);
  assert_cancels (fixture, "Waiting for the server…");

  fixture->silent = FALSE;
  fixture->status = 201;
  press_enter (fixture);
  AWAIT (fixture->created != NULL);
  g_assert_cmpuint (fixture->keys->len, >=, 4);
  for (i = 1; i < fixture->keys->len; i++)
    g_assert_cmpstr (
        g_ptr_array_index (fixture->keys, i), ==, g_ptr_array_index (fixture->keys, 0));
}

#define ADD(name, func) g_test_add ("/desk/new/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  ADD ("create", test_create);
  ADD ("faults", test_faults);
  ADD ("field", test_field);
  ADD ("validation", test_validation);
  ADD ("draft", test_draft);
  ADD ("guard", test_guard);
  ADD ("free", test_free);
  ADD ("closed", test_closed);
  ADD ("patience", test_patience);

  return g_test_run ();
}
