/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include "desk/widgets/vrf-steps.h"
#include "support/vrf-widget-test.h"

static GtkWidget *
new_steps (void)
{
  const char *const titles[] = { "Waiting", "Opened", "Submitted", "Result" };
  GtkWidget *steps = g_object_ref_sink (vrf_steps_new ());

  vrf_steps_set_count (VRF_STEPS (steps), 4);
  for (guint i = 0; i < 4; i++)
    vrf_steps_set_title (VRF_STEPS (steps), i, titles[i]);

  return steps;
}

static GtkWidget *
nth (GtkWidget *steps, guint index)
{
  GtkWidget *child = gtk_widget_get_first_child (steps);

  while (index-- > 0)
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static void
assert_name (GtkWidget *steps, guint index, const char *name)
{
  GtkAccessible *step = GTK_ACCESSIBLE (nth (steps, index));

  gtk_test_accessible_assert_role (step, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (step, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_current (void)
{
  GtkWidget *steps = new_steps ();

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (steps), GTK_ACCESSIBLE_ROLE_LIST);
  assert_name (steps, 0, "Step 1 of 4, Waiting, to do");
  vrf_steps_set_current (VRF_STEPS (steps), 1);
  assert_name (steps, 0, "Step 1 of 4, Waiting, done");
  assert_name (steps, 1, "Step 2 of 4, Opened, now");
  assert_name (steps, 3, "Step 4 of 4, Result, to do");
  g_assert_true (gtk_widget_has_css_class (nth (steps, 1), "vrf-now"));
  vrf_steps_set_current (VRF_STEPS (steps), 4);
  assert_name (steps, 3, "Step 4 of 4, Result, done");
  vrf_steps_set_state (VRF_STEPS (steps), 2, VRF_STEP_STOPPED);
  assert_name (steps, 2, "Step 3 of 4, Submitted, stopped here");
  g_assert_true (gtk_widget_has_css_class (nth (steps, 2), "vrf-stopped"));
  g_assert_finalize_object (steps);
}

static void
test_count (void)
{
  GtkWidget *steps = new_steps ();
  guint count = 0;

  vrf_widget_test_count_notify (steps, "count", &count);
  vrf_steps_set_count (VRF_STEPS (steps), 4);
  vrf_steps_set_count (VRF_STEPS (steps), 2);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (vrf_steps_get_count (VRF_STEPS (steps)), ==, 2);
  assert_name (steps, 1, "Step 2 of 2, Opened, to do");
  g_object_set (steps, "count", 0, NULL);
  g_assert_null (gtk_widget_get_first_child (steps));
  g_assert_finalize_object (steps);
}

static int
top (GtkWidget *steps, guint index)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (nth (steps, index), steps, &bounds));

  return (int) bounds.origin.y;
}

/* Given more height, the steps spread over all of it. */
static void
test_spreads (void)
{
  GtkWidget *steps = new_steps ();
  GtkWidget *window = NULL;
  int before;

  vrf_steps_set_subtitle (VRF_STEPS (steps), 0, "QR shown here");
  vrf_steps_set_time (VRF_STEPS (steps), 0, "10:44");
  window = vrf_widget_test_present (steps);
  before = top (steps, 3);
  g_assert_cmpint (top (steps, 1) - top (steps, 0), >, top (steps, 2) - top (steps, 1));

  gtk_widget_set_size_request (steps, 300, 400);
  vrf_widget_test_settle (window);
  g_assert_cmpint (gtk_widget_get_height (steps), ==, 400);
  g_assert_cmpint (top (steps, 3), >, before);
  g_assert_cmpint (top (steps, 3) + gtk_widget_get_height (nth (steps, 3)), ==, 400);
  vrf_widget_test_close (window);
  g_assert_finalize_object (steps);
}

int
main (int argc, char **argv)
{
  if (!vrf_widget_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/steps/current", test_current);
  g_test_add_func ("/steps/count", test_count);
  g_test_add_func ("/steps/spreads", test_spreads);

  return g_test_run ();
}
