/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <adwaita.h>

#include "desk/session/vrf-metadata-dialog.h"
#include "support/vrf-widget-test.h"

#include "live.h"

static GtkWidget *
find_entry (GtkWidget *root, const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (root)
      && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);
  return found;
}

static GtkWidget *
must_find_entry (const char *title)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWidget *entry = NULL;

  for (GList *l = windows; l != NULL && entry == NULL; l = l->next)
    entry = find_entry (l->data, title);
  g_assert_nonnull (entry);
  return entry;
}

static void
type (const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (must_find_entry (title)), text);
}

/* The entry has buttons of its own. */
static GtkWidget *
find_remove (GtkWidget *root)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root)
      && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), "edit-delete-symbolic") == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_remove (child);
  return found;
}

static void
begin (Live *live, const char *scopes)
{
  live_set_up (live, scopes);
  live_create (live, "approve");
  live_show (live, 1000);
}

static JsonObject *
get_metadata (Live *live)
{
  return vrf_row_get_session (live->row)->metadata;
}

static void
test_tags (void)
{
  Live live;

  begin (&live, NULL);
  g_assert_true (live_says (&live, "late arrival"));
  gtk_widget_activate_action (live.view, "session.add-tag", "s", "vip & co");
  live_await (live_says (&live, "vip & co"));
  g_assert_true (live_says (&live, "late arrival"));
  gtk_widget_activate_action (live.view, "session.remove-tag", "s", "late arrival");
  live_await (!live_says (&live, "late arrival"));
  gtk_widget_activate_action (live.view, "session.remove-tag", "s", "vip & co");
  live_await (!live_says (&live, "vip & co"));
  g_assert_null (vrf_row_get_session (live.row)->tags[0]);
  live_tear_down (&live);
}

/* Only what was changed is sent: what another desk changed meanwhile stays (3.5). */
static void
test_merge (void)
{
  Live live;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) reply = NULL;

  begin (&live, NULL);
  path = g_strdup_printf ("/sessions/%s", vrf_row_get_id (live.row));
  reply =
      live_call (&live,
                 "PATCH",
                 path,
                 "{'metadata':{'party':{'adults':2},'floor':4,'gone':'x','desk':'Reception 2'}}");
  live_refresh (&live);
  live_await (live_says (&live, "floor"));
  g_assert_false (live_says (&live, "None"));

  live_press (&live, "Edit…");
  type ("floor", "5");
  type ("New Key", "car");
  type ("New Value", "yes");
  g_signal_emit_by_name (find_remove (must_find_entry ("gone")), "clicked");
  g_clear_pointer (&reply, json_node_unref);
  reply = live_call (&live, "PATCH", path, "{'metadata':{'room':'999'}}");
  live_press (&live, "Save");
  live_await (live_says (&live, "car"));

  g_assert_cmpstr (json_object_get_string_member (get_metadata (&live), "room"), ==, "999");
  g_assert_cmpint (json_object_get_int_member (get_metadata (&live), "floor"), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (get_metadata (&live), "car"), ==, "yes");
  g_assert_cmpstr (json_object_get_string_member (get_metadata (&live), "desk"), ==, "Reception 2");
  g_assert_false (json_object_has_member (get_metadata (&live), "gone"));
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_object_get_member (get_metadata (&live), "party")));
  live_tear_down (&live);
}

/* What is no JSON, and a key that is there already, cannot be saved. */
static void
test_invalid (void)
{
  Live live;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) reply = NULL;

  begin (&live, NULL);
  path = g_strdup_printf ("/sessions/%s", vrf_row_get_id (live.row));
  reply = live_call (&live, "PATCH", path, "{'metadata':{'floor':4}}");
  live_refresh (&live);
  live_press (&live, "Edit…");
  g_assert_null (
      live_find_button (GTK_WIDGET (gtk_widget_get_root (must_find_entry ("floor"))), "Save"));
  type ("floor", "5,\"x\":6");
  g_assert_true (gtk_widget_has_css_class (must_find_entry ("floor"), "error"));
  type ("floor", "4");
  type ("New Key", "room");
  type ("New Value", "1");
  g_assert_true (gtk_widget_has_css_class (must_find_entry ("New Key"), "error"));
  type ("New Key", "desk");
  g_assert_true (gtk_widget_has_css_class (must_find_entry ("New Key"), "error"));
  g_assert_null (
      live_find_button (GTK_WIDGET (gtk_widget_get_root (must_find_entry ("floor"))), "Save"));
  live_press (&live, "Cancel");
  live_tear_down (&live);
}

static void
test_refused (void)
{
  Live live;

  begin (&live, "sessions:read,verifications:read");
  gtk_widget_activate_action (live.view, "session.add-tag", "s", "vip");
  live_await (live_says (&live, "The API key may not change tags."));
  live_press (&live, "Edit…");
  type ("room", "1");
  live_press (&live, "Save");
  live_await (live_says (&live, "The API key may not change metadata."));
  g_assert_null (live_find_button (live.view, "Edit…"));
  g_assert_true (live_says (&live, "412"));
  live_tear_down (&live);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/desk/session-tags/tags", test_tags);
  g_test_add_func ("/desk/session-tags/merge", test_merge);
  g_test_add_func ("/desk/session-tags/invalid", test_invalid);
  g_test_add_func ("/desk/session-tags/refused", test_refused);

  return g_test_run ();
}
