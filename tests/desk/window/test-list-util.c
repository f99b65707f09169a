/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/window/vrf-list-util.h"
#include "support/vrf-widget-test.h"

#define N_ROWS 100

typedef struct
{
  GtkStringList *rows;
  GtkWidget *view;
  GtkWidget *window;
  GtkAdjustment *adjustment;
} Fixture;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  gtk_list_item_set_child (item, gtk_label_new ("row"));
}

static GtkSelectionModel *
new_model (Fixture *fixture)
{
  return GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (fixture->rows))));
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr (GtkSelectionModel) model = NULL;

  fixture->rows = gtk_string_list_new (NULL);
  for (int i = 0; i < N_ROWS; i++)
    gtk_string_list_append (fixture->rows, "old");
  model = new_model (fixture);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  fixture->view = gtk_list_view_new (g_object_ref (model), factory);
  vrf_list_stay_at_top (fixture->view, NULL, model);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), fixture->view);
  gtk_widget_set_size_request (scroller, 200, 200);
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  fixture->window = vrf_widget_test_present (scroller);
  vrf_widget_test_settle (fixture->window);
  g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->adjustment), >, 400);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  vrf_widget_test_close (fixture->window);
  g_assert_finalize_object (fixture->rows);
}

static void
add_first (Fixture *fixture)
{
  static const char *const rows[] = { "new", "new", NULL };

  gtk_string_list_splice (fixture->rows, 0, 0, rows);
  vrf_widget_test_settle (fixture->window);
}

/* Who looks at the newest row sees the next one too, although the list holds on to the row it was
 * asked to show. */
static void
test_top (Fixture *fixture, gconstpointer unused)
{
  vrf_list_scroll_to (fixture->view, 3);
  vrf_list_scroll_to (fixture->view, 0);
  vrf_widget_test_settle (fixture->window);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, 0);
  add_first (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), ==, 0);
}

/* Who reads further down is not moved. */
static void
test_further_down (Fixture *fixture, gconstpointer unused)
{
  gtk_adjustment_set_value (fixture->adjustment, 300);
  vrf_widget_test_settle (fixture->window);
  add_first (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), >, 300);
}

int
main (int argc, char *argv[])
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add ("/desk/window/list-util/top", Fixture, NULL, set_up, test_top, tear_down);
  g_test_add (
      "/desk/window/list-util/further-down", Fixture, NULL, set_up, test_further_down, tear_down);

  return g_test_run ();
}
