/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "live.h"

#include "base/vrf-json.h"
#include "support/vrf-widget-test.h"

#define BOUNDARY "----verifa"
/* What takes the sandbox seconds is done before the page looks. */
#define TIME_SCALE 20.0

static JsonNode *
exchange (Live *self, SoupMessage *message)
{
  g_autoptr (SoupSession) http = soup_session_new ();
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message),
                                "X-API-Key",
                                vrf_sandbox_get_sandbox_key (self->sandbox));
  answer = soup_session_send_and_read (http, message, NULL, &error);
  g_assert_no_error (error);
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    g_error ("%u: %s",
             soup_message_get_status (message),
             (const char *) g_bytes_get_data (answer, NULL));
  if (g_bytes_get_size (answer) == 0)
    return json_node_new (JSON_NODE_NULL);
  node = vrf_json_parse (answer, 4 << 20, &error);
  g_assert_no_error (error);
  return node;
}

static SoupMessage *
new_message (Live *self, const char *method, const char *path)
{
  g_autofree char *uri = g_strconcat (vrf_sandbox_get_api_url (self->sandbox), path, NULL);

  return soup_message_new (method, uri);
}

static JsonNode *
call (Live *self, const char *method, const char *path, const char *body)
{
  g_autoptr (SoupMessage) message = new_message (self, method, path);

  if (body != NULL)
    {
      g_autofree char *text = g_strdelimit (g_strdup (body), "'", '"');
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return exchange (self, message);
}

JsonNode *
live_call (Live *self, const char *method, const char *path, const char *body)
{
  g_autofree char *whole = g_strconcat ("/api/v1", path, NULL);

  return call (self, method, whole, body);
}

void
live_advance (Live *self, int seconds)
{
  g_autofree char *body = g_strdup_printf ("{'advance_seconds':%d}", seconds);
  g_autoptr (JsonNode) reply = call (self, "POST", "/_sandbox/clock", body);
}

static const char *
get_text (JsonNode *node, const char *name)
{
  return json_object_get_string_member (json_node_get_object (node), name);
}

static char *
dup_key (Live *self, const char *scopes)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *list = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) reply = NULL;

  if (scopes == NULL)
    return g_strdup (vrf_sandbox_get_sandbox_key (self->sandbox));
  names = g_strsplit (scopes, ",", -1);
  list = g_strjoinv ("','", names);
  body = g_strdup_printf ("{'label':'Desk','environment':'sandbox','scopes':['%s']}", list);
  reply = live_call (self, "POST", "/api-keys", body);
  return g_strdup (get_text (reply, "secret"));
}

static gboolean
turned_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* One turn of the main loop, which ends after 20 ms at the latest. */
void
live_turn (void)
{
  guint timer = g_timeout_add (20, turned_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  if (g_main_context_find_source_by_id (NULL, timer) != NULL)
    g_source_remove (timer);
}

void
live_set_up (Live *self, const char *scopes)
{
  VrfSandboxOptions options = { .time_scale = TIME_SCALE };
  g_autoptr (VrfProfile) profile = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  *self = (Live){ 0 };
  self->sandbox = vrf_sandbox_new (&options);
  vrf_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
  key = dup_key (self, scopes);
  profile =
      vrf_profile_new ("test", vrf_sandbox_get_api_url (self->sandbox), VRF_ENVIRONMENT_SANDBOX);
  self->backend = vrf_backend_new (profile, key);
  vrf_backend_start (self->backend);
  live_await (vrf_backend_get_state (self->backend) == VRF_BACKEND_READY);
}

void
live_tear_down (Live *self)
{
  if (self->view != NULL)
    {
      g_object_ref (self->view);
      gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (self->view)));
      scene_drain ();
      live_await (G_OBJECT (self->view)->ref_count == 1);
      g_assert_finalize_object (self->view);
    }
  g_clear_object (&self->row);
  vrf_backend_stop (self->backend);
  live_await (G_OBJECT (self->backend)->ref_count == 1);
  g_assert_finalize_object (self->backend);
  vrf_sandbox_stop (self->sandbox);
  g_assert_finalize_object (self->sandbox);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VrfSession **ret_session = user_data;
  g_autoptr (GError) error = NULL;

  *ret_session = vrf_api_client_get_session_finish (VRF_API_CLIENT (source), result, &error);
  g_assert_no_error (error);
}

static void
read_row (Live *self, const char *id)
{
  g_autoptr (VrfSession) session = NULL;

  vrf_api_client_get_session_async (
      vrf_backend_get_client (self->backend), id, NULL, found_cb, &session);
  live_await (session != NULL);
  g_set_object (&self->row, vrf_row_store_upsert (vrf_backend_get_rows (self->backend), session));
}

void
live_refresh (Live *self)
{
  g_autofree char *id = g_strdup (vrf_row_get_id (self->row));

  read_row (self, id);
}

static void
simulate (Live *self, const char *id, const char *outcome)
{
  g_autofree char *path = g_strdup_printf ("/sessions/%s/simulate", id);
  g_autofree char *body = g_strdup_printf ("{'action':'%s'}", outcome);
  g_autoptr (JsonNode) reply = live_call (self, "POST", path, body);
}

void
live_simulate (Live *self, const char *outcome)
{
  simulate (self, vrf_row_get_id (self->row), outcome);
  live_refresh (self);
}

void
live_create (Live *self, const char *outcome)
{
  g_autoptr (JsonNode) reply =
      live_call (self,
                 "POST",
                 "/sessions",
                 "{'external_ref':'BK-20417','metadata':{'room':'412'},'tags':['late arrival']}");
  const char *id = get_text (reply, "id");

  if (outcome != NULL)
    simulate (self, id, outcome);
  read_row (self, id);
}

void
live_upload (Live *self, const char *doc_type, GBytes *file)
{
  g_autofree char *path =
      g_strdup_printf ("/api/v1/sessions/%s/documents", vrf_row_get_id (self->row));
  g_autofree char *head =
      g_strdup_printf ("--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"document_type\""
                       "\r\n\r\n%s\r\n--" BOUNDARY "\r\nContent-Disposition: form-data;"
                       " name=\"file\"; filename=\"a\"\r\n\r\n",
                       doc_type);
  const char *tail = "\r\n--" BOUNDARY "--\r\n";
  GByteArray *form = g_byte_array_new ();
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (file, &length);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SoupMessage) message = new_message (self, "POST", path);
  g_autoptr (JsonNode) reply = NULL;

  g_byte_array_append (form, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (form, data, (guint) length);
  g_byte_array_append (form, (const guint8 *) tail, (guint) strlen (tail));
  bytes = g_byte_array_free_to_bytes (form);
  soup_message_set_request_body_from_bytes (
      message, "multipart/form-data; boundary=" BOUNDARY, bytes);
  reply = exchange (self, message);
}

GBytes *
live_make_png (int width, int height, guint32 rgb)
{
  g_autofree guint8 *pixels = g_malloc ((gsize) width * height * 3);
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (int i = 0; i < width * height; i++)
    {
      pixels[3 * i] = (guint8) (rgb >> 16);
      pixels[3 * i + 1] = (guint8) (rgb >> 8);
      pixels[3 * i + 2] = (guint8) rgb;
    }
  data = g_bytes_new_take (g_steal_pointer (&pixels), (gsize) width * height * 3);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8, data, (gsize) width * 3);
  return gdk_texture_save_to_png_bytes (texture);
}

void
live_show (Live *self, int width)
{
  GtkWidget *window = gtk_window_new ();

  self->view = vrf_session_view_new (self->backend);
  vrf_session_view_set_row (VRF_SESSION_VIEW (self->view), self->row);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 900);
  gtk_window_set_child (GTK_WINDOW (window), self->view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
}

VrfSessionDetail *
live_get_detail (Live *self)
{
  return vrf_session_editor_get_detail (
      vrf_session_view_get_editor (VRF_SESSION_VIEW (self->view)));
}

static gboolean
is_shown (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && gtk_widget_get_child_visible (widget);
}

static gboolean
has_label (GtkWidget *widget, const char *label)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  if (!GTK_IS_BUTTON (widget) || gtk_button_get_label (GTK_BUTTON (widget)) == NULL)
    return FALSE;
  parts = g_strsplit (gtk_button_get_label (GTK_BUTTON (widget)), "_", 2);
  text = g_strjoinv ("", parts);
  return g_str_equal (text, label);
}

GtkWidget *
live_find_button (GtkWidget *root, const char *label)
{
  GtkWidget *found = NULL;

  if (!is_shown (root))
    return NULL;
  if (has_label (root, label) && gtk_widget_is_sensitive (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = live_find_button (child, label);
  return found;
}

/* In any window, dialogs first. */
static GtkWidget *
find_anywhere (const char *label)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = g_list_model_get_n_items (windows); i > 0 && found == NULL; i--)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i - 1);

      found = live_find_button (window, label);
    }
  return found;
}

void
live_press (Live *self, const char *label)
{
  GtkWidget *button = NULL;

  live_await ((button = find_anywhere (label)) != NULL);
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  else
    g_signal_emit_by_name (button, "clicked");
}

gboolean
live_says (Live *self, const char *text)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gboolean says = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && !says; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      says = scene_shows (window, text);
    }
  return says;
}
