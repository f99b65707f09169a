/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <libsoup/soup.h>
#include <string.h>

#include "../core/core-test.h"
#include "desk/widgets/vrf-env-card.h"
#include "desk/window/vrf-filter-popover.h"
#include "desk/window/vrf-list-page.h"
#include "desk/window/vrf-list-search.h"
#include "desk/window/vrf-narrow-list.h"
#include "desk/window/vrf-table.h"
#include "desk/window/vrf-window.h"
#include "support/vrf-widget-test.h"

#define KEY "vk_sandbox_0000000000000000000000000000abcd"

/* The main window on a server that answers as the test says. */
typedef struct
{
  SoupServer *server;
  GString *sessions; /* the list's items, joined by commas */
  guint n_sessions;
  guint status;            /* of every reply */
  const char *retry_after; /* the header of that name, nullable */
  guint n_requests;
  char *query; /* the "q" of the last list request */

  VrfBackend *backend;
  VrfWindow *window;
} Fixture;

/* The server */

static void
add_session (Fixture *fixture, const char *reference, const char *status)
{
  guint n = fixture->n_sessions++;

  if (n > 0)
    g_string_append_c (fixture->sessions, ',');
  g_string_append_printf (
      fixture->sessions,
      "{\"id\":\"session_%024u\",\"status\":\"%s\",\"is_sandbox\":true,\"environment\":\"sandbox\","
      "\"created_at\":\"2026-02-01T11:%02u:00Z\",\"updated_at\":\"2026-02-01T11:%02u:00Z\","
      "\"external_ref\":\"%s\",\"metadata\":{\"applicant_name\":\"Guest %u\"},\"tags\":[]}",
      n,
      status,
      59 - n % 60,
      59 - n % 60,
      reference,
      n);
}

static void
handle_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *body = NULL;

  fixture->n_requests++;
  if (fixture->status != SOUP_STATUS_OK)
    body =
        g_strdup_printf ("{\"error\":\"x\",\"detail\":\"x\",\"status_code\":%u}", fixture->status);
  else if (strcmp (path, "/api/v1/sessions") == 0)
    {
      g_free (fixture->query);
      fixture->query = g_strdup (query != NULL ? g_hash_table_lookup (query, "q") : NULL);
      body = g_strdup_printf (
          "{\"data\":[%s],\"pagination\":{\"total\":%u,\"limit\":100,\"offset\":0}}",
          fixture->sessions->str,
          fixture->n_sessions);
    }
  else if (strcmp (path, "/api/v1/workflows") == 0)
    body = g_strdup ("{\"data\":[]}");
  else
    body = g_strdup ("{}");

  soup_server_message_set_status (message, fixture->status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "X-Sandbox-Time",
                                "2026-02-01T12:00:00.000Z; scale=1");
  if (fixture->retry_after != NULL)
    soup_message_headers_replace (
        soup_server_message_get_response_headers (message), "Retry-After", fixture->retry_after);
  soup_server_message_set_response (
      message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static char *
dup_url (Fixture *fixture)
{
  GSList *uris = soup_server_get_uris (fixture->server);
  g_autofree char *url = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  url[strlen (url) - 1] = '\0';

  return g_steal_pointer (&url);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings = g_settings_new ("com.withverifa.Desk");

  g_settings_reset (settings, "view");
  g_settings_reset (settings, "sort");
  g_settings_reset (settings, "columns");
  g_settings_set_int (settings, "window-width", 1300);
  g_settings_set_int (settings, "window-height", 700);

  fixture->status = SOUP_STATUS_OK;
  fixture->sessions = g_string_new (NULL);
  fixture->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (fixture->server, NULL, handle_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
}

static void
open_window (Fixture *fixture)
{
  g_autofree char *url = dup_url (fixture);
  g_autoptr (VrfProfile) profile = vrf_profile_new (NULL, url, VRF_ENVIRONMENT_SANDBOX);

  fixture->backend = vrf_backend_new (profile, KEY);
  fixture->window = vrf_window_new (NULL, fixture->backend);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
drop_cb (gpointer user_data, GObject *where_the_object_was)
{
  *(gboolean *) user_data = TRUE;
}

/* The window goes, and with it everything that hangs on it. */
static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  gboolean window_gone = FALSE, backend_gone = FALSE;

  g_object_weak_ref (G_OBJECT (fixture->window), drop_cb, &window_gone);
  g_object_weak_ref (G_OBJECT (fixture->backend), drop_cb, &backend_gone);
  g_object_unref (fixture->backend);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  core_test_await (window_gone);
  core_test_await (backend_gone);

  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_string_free (fixture->sessions, TRUE);
  g_free (fixture->query);
}

/* Looking at the window */

static GtkWidget *
find_inside (GtkWidget *widget, GType type)
{
  GtkWidget *child;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_inside (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static VrfListPage *
get_page (Fixture *fixture)
{
  return VRF_LIST_PAGE (find_inside (GTK_WIDGET (fixture->window), VRF_TYPE_LIST_PAGE));
}

static gboolean
shows (Fixture *fixture, const char *page)
{
  return strcmp (vrf_list_page_get_shown (get_page (fixture)), page) == 0;
}

static const char *
message_title (Fixture *fixture)
{
  GtkWidget *page = find_inside (GTK_WIDGET (fixture->window), ADW_TYPE_STATUS_PAGE);

  return adw_status_page_get_title (ADW_STATUS_PAGE (page));
}

/* How many rows the list that is seen has. */
static guint
n_rows (Fixture *fixture)
{
  GtkWidget *table = find_inside (GTK_WIDGET (fixture->window), GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static void
activate (Fixture *fixture, const char *name, const char *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window),
                                  name,
                                  parameter != NULL ? g_variant_new_string (parameter) : NULL);
}

static void
search (Fixture *fixture, const char *text)
{
  GtkWidget *entry = find_inside (GTK_WIDGET (fixture->window), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static VrfListSearch *
get_search (Fixture *fixture)
{
  return VRF_LIST_SEARCH (find_inside (GTK_WIDGET (fixture->window), VRF_TYPE_LIST_SEARCH));
}

/* A child of the search by what it says; NULL when no child says so and is seen. */
static GtkWidget *
find_words (GtkWidget *widget, GType type, const char *text)
{
  g_autofree char *label = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_object_get (widget, "label", &label, NULL);
  if (g_strcmp0 (label, text) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_words (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
says (Fixture *fixture, const char *text)
{
  return find_words (GTK_WIDGET (get_search (fixture)), GTK_TYPE_LABEL, text) != NULL;
}

/* As a person does: opens the filters, chooses from the row of that title. */
static void
choose (Fixture *fixture, const char *title, guint position)
{
  GtkWidget *combo = NULL;
  GtkWidget *popover;

  activate (fixture, "filters", NULL);
  popover = find_inside (GTK_WIDGET (fixture->window), VRF_TYPE_FILTER_POPOVER);
  combo = find_inside (popover, ADW_TYPE_COMBO_ROW);
  while (strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (combo)), title) != 0)
    combo = gtk_widget_get_next_sibling (combo);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), position);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static VrfRow *
get_row (Fixture *fixture, guint position)
{
  g_autoptr (VrfRow) row =
      g_list_model_get_item (G_LIST_MODEL (vrf_backend_get_rows (fixture->backend)), position);

  return row; /* the store keeps it */
}

/* Tests */

static void
test_empty (Fixture *fixture, gconstpointer unused)
{
  open_window (fixture);
  g_assert_true (shows (fixture, "loading"));
  core_test_await (shows (fixture, "message"));
  g_assert_cmpstr (message_title (fixture), ==, "No Verifications Yet");
}

static void
test_rows (Fixture *fixture, gconstpointer unused)
{
  add_session (fixture, "BK-1", "pending");
  add_session (fixture, "BK-2", "expired");
  open_window (fixture);
  core_test_await (shows (fixture, "rows") && n_rows (fixture) == 2);

  activate (fixture, "view", "expired");
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  activate (fixture, "view", "approved");
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_assert_cmpstr (message_title (fixture), ==, "No Verifications Here");
  activate (fixture, "view", "all");
  g_assert_true (shows (fixture, "rows"));
  g_assert_cmpuint (n_rows (fixture), ==, 2);
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  fixture->status = SOUP_STATUS_UNAUTHORIZED;
  open_window (fixture);
  core_test_await (shows (fixture, "message"));
  g_assert_cmpstr (message_title (fixture), ==, "Key Not Accepted");
}

/* Trouble takes no rows away, and refreshing heals. */
static void
test_trouble (Fixture *fixture, gconstpointer unused)
{
  VrfConnection *connection;

  add_session (fixture, "BK-1", "pending");
  open_window (fixture);
  connection = vrf_backend_get_connection (fixture->backend);
  core_test_await (n_rows (fixture) == 1);
  g_assert_false (vrf_widget_test_hears (GTK_WIDGET (fixture->window), "Connected again"));

  fixture->status = SOUP_STATUS_SERVICE_UNAVAILABLE;
  activate (fixture, "refresh", NULL);
  core_test_await (vrf_connection_get_state (connection) == VRF_CONNECTION_OFFLINE);
  g_assert_true (shows (fixture, "rows"));
  g_assert_cmpuint (n_rows (fixture), ==, 1);

  if (vrf_widget_test_can_hear ())
    g_assert_true (vrf_widget_test_hears (GTK_WIDGET (fixture->window),
                                          vrf_connection_get_message (connection)));

  fixture->status = SOUP_STATUS_OK;
  activate (fixture, "refresh", NULL);
  core_test_await (vrf_connection_get_state (connection) == VRF_CONNECTION_ONLINE);
  if (vrf_widget_test_can_hear ())
    g_assert_true (vrf_widget_test_hears (GTK_WIDGET (fixture->window), "Connected again"));
}

static VrfLinkState
get_link (Fixture *fixture, gint64 *wait_s)
{
  VrfLinkState state = VRF_LINK_CONNECTING;

  g_object_get (find_inside (GTK_WIDGET (fixture->window), VRF_TYPE_ENV_CARD),
                "state",
                &state,
                "wait",
                wait_s,
                NULL);
  return state;
}

/* The foot says that it waits, and how long; nothing offers to push in front. */
static void
test_waiting (Fixture *fixture, gconstpointer unused)
{
  gint64 wait_s = 0;

  add_session (fixture, "BK-1", "pending");
  open_window (fixture);
  core_test_await (n_rows (fixture) == 1);
  g_assert_cmpint (get_link (fixture, &wait_s), ==, VRF_LINK_CONNECTED);
  g_assert_cmpint (wait_s, ==, 0);

  fixture->status = 429;
  fixture->retry_after = "30";
  activate (fixture, "refresh", NULL);
  core_test_await (get_link (fixture, &wait_s) == VRF_LINK_WAITING);
  g_assert_cmpint (wait_s, >=, 20);
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  g_assert_null (find_words (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "Try Now"));
}

static void
test_stop (Fixture *fixture, gconstpointer unused)
{
  open_window (fixture);
  g_assert_true (shows (fixture, "loading"));
  activate (fixture, "stop", NULL);
  g_assert_cmpstr (message_title (fixture), ==, "Loading Was Stopped");
  activate (fixture, "refresh", NULL);
  core_test_await (strcmp (message_title (fixture), "No Verifications Yet") == 0);
}

static void
test_search (Fixture *fixture, gconstpointer unused)
{
  add_session (fixture, "BK-1", "pending");
  add_session (fixture, "BK-2", "pending");
  open_window (fixture);
  core_test_await (n_rows (fixture) == 2);

  search (fixture, "bk-2");
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  search (fixture, "Guest");
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_assert_cmpstr (message_title (fixture), ==, "No Results");
  activate (fixture, "clear-search", NULL);
  g_assert_cmpuint (n_rows (fixture), ==, 2);
}

/* The server is asked for what the desk may not know yet. */
static void
test_search_server (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 3; i++)
    add_session (fixture, "BK-1", "pending");
  fixture->n_sessions = 1000;
  open_window (fixture);
  core_test_await (n_rows (fixture) == 3);

  search (fixture, "BK-777");
  core_test_await (g_strcmp0 (fixture->query, "BK-777") == 0);
}

static void
test_filters (Fixture *fixture, gconstpointer unused)
{
  add_session (fixture, "BK-1", "pending");
  add_session (fixture, "BK-2", "expired");
  add_session (fixture, "BK-3", "pending");
  open_window (fixture);
  core_test_await (n_rows (fixture) == 3);
  g_assert_true (says (fixture, "_Filters"));

  choose (fixture, "Status", 1);
  g_assert_cmpuint (n_rows (fixture), ==, 2);
  g_assert_true (says (fixture, "Status: Pending"));
  g_assert_true (says (fixture, "_Filters (1)"));

  /* With search and view; what is typed stays when the filters go. */
  search (fixture, "bk-2");
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_assert_cmpstr (message_title (fixture), ==, "No Results");
  activate (fixture, "clear-filters", NULL);
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  g_assert_false (says (fixture, "Status: Pending"));
  activate (fixture, "clear-search", NULL);

  choose (fixture, "Status", 1);
  activate (fixture, "view", "expired");
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_assert_cmpstr (message_title (fixture), ==, "No Results");
  choose (fixture, "Status", 0);
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  g_assert_false (shows (fixture, "message"));
}

/* Filters say how much they have seen, as long as that is not all. */
static void
test_filters_seen (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *older;

  for (guint i = 0; i < 3; i++)
    add_session (fixture, "BK-1", "pending");
  fixture->n_sessions = 5000;
  open_window (fixture);
  core_test_await (n_rows (fixture) == 3);
  core_test_await (vrf_tracker_get_server_total (vrf_backend_get_tracker (fixture->backend))
                   == 5000);
  g_assert_false (says (fixture, "Seen: 3 of 5000 verifications"));

  choose (fixture, "Status", 1);
  core_test_await (says (fixture, "Seen: 3 of 5000 verifications"));
  older = find_words (GTK_WIDGET (get_search (fixture)), GTK_TYPE_BUTTON, "Load _Older");
  g_assert_nonnull (older);
  /* While a round of the list is under way there is nothing older to ask for yet. */
  core_test_await ((g_signal_emit_by_name (older, "clicked"),
                    vrf_tracker_get_loading_older (vrf_backend_get_tracker (fixture->backend))));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (older)), ==, "Loading…");
  g_assert_false (gtk_widget_get_sensitive (older));
  activate (fixture, "clear-filters", NULL);
  g_assert_false (says (fixture, "Seen: 3 of 5000 verifications"));
}

/* Everything is known: nothing to say. */
static void
test_filters_complete (Fixture *fixture, gconstpointer unused)
{
  add_session (fixture, "BK-1", "pending");
  open_window (fixture);
  core_test_await (n_rows (fixture) == 1);
  core_test_await (vrf_tracker_get_complete (vrf_backend_get_tracker (fixture->backend)));

  choose (fixture, "Created", 3);
  g_assert_true (says (fixture, "Created: Last 30 days"));
  g_assert_null (find_words (GTK_WIDGET (get_search (fixture)), GTK_TYPE_BUTTON, "Load _Older"));
}

/* What was typed is text, whatever it looks like. */
static void
test_search_markup (Fixture *fixture, gconstpointer unused)
{
  add_session (fixture, "BK-1", "pending");
  open_window (fixture);
  core_test_await (n_rows (fixture) == 1);

  search (fixture, "<b>&");
  g_assert_cmpstr (message_title (fixture), ==, "No Results");
}

/* The selection is a session, not a place in the list. */
static void
test_selection (Fixture *fixture, gconstpointer unused)
{
  VrfListPage *page;
  VrfRow *row;

  add_session (fixture, "BK-1", "pending");
  add_session (fixture, "BK-2", "expired");
  add_session (fixture, "BK-3", "pending");
  open_window (fixture);
  page = get_page (fixture);
  core_test_await (n_rows (fixture) == 3);

  row = get_row (fixture, 2);
  g_assert_null (vrf_list_page_get_selected (page));
  vrf_list_page_select (page, row);
  g_assert_true (vrf_list_page_get_selected (page) == row);

  activate (fixture, "view", "now");
  g_assert_true (vrf_list_page_get_selected (page) == row);
  activate (fixture, "view", "expired");
  g_assert_null (vrf_list_page_get_selected (page));
  activate (fixture, "view", "all");
  g_assert_true (vrf_list_page_get_selected (page) == row);
}

/* Only the list that is seen has a model. */
static void
test_narrow (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GSettings) settings = g_settings_new ("com.withverifa.Desk");
  GtkWidget *squeezer, *table, *narrow;

  g_settings_set_int (settings, "window-width", 400);
  add_session (fixture, "BK-1", "pending");
  open_window (fixture);
  squeezer = find_inside (GTK_WIDGET (get_page (fixture)), VRF_TYPE_TABLE);
  squeezer = gtk_widget_get_parent (squeezer);
  table = find_inside (GTK_WIDGET (fixture->window), GTK_TYPE_COLUMN_VIEW);
  narrow = find_inside (find_inside (GTK_WIDGET (fixture->window), VRF_TYPE_NARROW_LIST),
                        GTK_TYPE_LIST_VIEW);

  core_test_await (VRF_IS_NARROW_LIST (adw_squeezer_get_visible_child (ADW_SQUEEZER (squeezer))));
  g_assert_null (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)));
  g_assert_nonnull (gtk_list_view_get_model (GTK_LIST_VIEW (narrow)));
}

/* The page comes over the list, and goes back to the same row. */
static void
test_session_page (Fixture *fixture, gconstpointer unused)
{
  VrfListPage *page;
  GAction *close;
  VrfRow *row;

  add_session (fixture, "BK-1", "expired");
  add_session (fixture, "BK-2", "expired");
  open_window (fixture);
  page = get_page (fixture);
  core_test_await (n_rows (fixture) == 2);
  close = g_action_map_lookup_action (G_ACTION_MAP (fixture->window), "close-session");

  g_assert_false (g_action_get_enabled (close));
  row = get_row (fixture, 1);
  activate (fixture, "show-session", vrf_row_get_id (row));
  core_test_await (g_action_get_enabled (close));
  g_assert_true (vrf_list_page_get_selected (page) == row);

  activate (fixture, "close-session", NULL);
  g_assert_false (g_action_get_enabled (close));
  g_assert_true (vrf_list_page_get_selected (page) == row);
}

int
main (int argc, char *argv[])
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

#define ADD(name, func)                                                                            \
  g_test_add ("/desk/window/window/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_empty);
  ADD ("rows", test_rows);
  ADD ("refused", test_refused);
  ADD ("trouble", test_trouble);
  ADD ("waiting", test_waiting);
  ADD ("stop", test_stop);
  ADD ("search", test_search);
  ADD ("search-server", test_search_server);
  ADD ("search-markup", test_search_markup);
  ADD ("filters", test_filters);
  ADD ("filters-seen", test_filters_seen);
  ADD ("filters-complete", test_filters_complete);
  ADD ("selection", test_selection);
  ADD ("narrow", test_narrow);
  ADD ("session-page", test_session_page);

  return g_test_run ();
}
