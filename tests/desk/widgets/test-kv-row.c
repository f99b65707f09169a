/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/widgets/vrf-kv-row.h"
#include "support/vrf-widget-test.h"

/* Whether @text stands in any label below @widget. */
static gboolean
is_shown (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget)
      && g_strstr_len (gtk_label_get_text (GTK_LABEL (widget)), -1, text) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_shown (child, text))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child);

  return found;
}

static void
assert_name (GtkWidget *row, const char *name)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_plain (void)
{
  GtkWidget *row = g_object_ref_sink (vrf_kv_row_new ("Country", "Norway"));
  guint count = 0;

  vrf_widget_test_count_notify (row, "value", &count);
  g_assert_true (is_shown (row, "Country"));
  g_assert_true (is_shown (row, "Norway"));
  assert_name (row, "Country, Norway");
  g_object_set (row, "value", "Chile", NULL);
  g_object_set (row, "value", "Chile", NULL);
  g_assert_cmpuint (count, ==, 1);
  vrf_kv_row_set_value (VRF_KV_ROW (row), NULL);
  assert_name (row, "Country");
  g_assert_finalize_object (row);
}

/* Until it is revealed, the value is nowhere. */
static void
test_masked (void)
{
  GtkWidget *row = g_object_ref_sink (vrf_kv_row_new ("Name", "Nobody Atall"));

  g_object_set (row, "masked", TRUE, "copyable", TRUE, NULL);
  g_assert_false (is_shown (row, "Nobody"));
  g_assert_true (is_shown (row, "••••••••"));
  g_assert_false (gtk_widget_get_visible (find_button (row)));
  assert_name (row, "Name, hidden");

  g_object_set (row, "revealed", TRUE, NULL);
  g_assert_true (is_shown (row, "Nobody Atall"));
  g_assert_true (gtk_widget_get_visible (find_button (row)));
  assert_name (row, "Name, Nobody Atall");

  g_object_set (row, "revealed", FALSE, "mask", "••/••", NULL);
  g_assert_false (is_shown (row, "Nobody"));
  g_assert_true (is_shown (row, "••/••"));
  g_assert_finalize_object (row);
}

static void
count_cb (VrfKvRow *row, guint *count)
{
  (*count)++;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (void)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = vrf_kv_row_new ("Session", "ses_made_up");
  GtkWidget *window = NULL;
  g_autofree char *text = NULL;
  guint copied = 0;

  g_object_set (row, "copyable", TRUE, "mono", TRUE, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = vrf_widget_test_present (list);
  g_signal_connect (row, "copied", G_CALLBACK (count_cb), &copied);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (find_button (row)), GTK_ACCESSIBLE_PROPERTY_LABEL, "Copy Session");
  g_signal_emit_by_name (find_button (row), "clicked");
  g_assert_cmpuint (copied, ==, 1);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (row), NULL, read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, "ses_made_up");

  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);
  vrf_widget_test_close (window);
  g_assert_null (row);
}

static void
test_suffix (void)
{
  const char *ui = "<interface><object class='VrfKvRow' id='row'>"
                   "<property name='key'>State</property>"
                   "<child><object class='GtkSwitch' id='switch'/></child>"
                   "</object></interface>";
  GtkBuilder *builder = NULL;
  GtkWidget *row = NULL;
  GtkWidget *suffix = NULL;

  g_type_ensure (VRF_TYPE_KV_ROW);
  builder = gtk_builder_new_from_string (ui, -1);
  row = GTK_WIDGET (g_object_ref (gtk_builder_get_object (builder, "row")));
  g_object_get (row, "suffix", &suffix, NULL);
  g_assert_true ((gpointer) suffix == (gpointer) gtk_builder_get_object (builder, "switch"));
  g_object_unref (suffix);
  g_object_unref (builder);
  g_assert_true (is_shown (row, "State"));
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/kv-row/plain", test_plain);
  g_test_add_func ("/kv-row/masked", test_masked);
  g_test_add_func ("/kv-row/copy", test_copy);
  g_test_add_func ("/kv-row/suffix", test_suffix);

  return g_test_run ();
}
