/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <adwaita.h>

#include "desk/widgets/vrf-chip.h"
#include "desk/widgets/vrf-env-card.h"
#include "desk/widgets/vrf-env-tag.h"
#include "desk/widgets/vrf-kv-row.h"
#include "desk/widgets/vrf-qr-view.h"
#include "desk/widgets/vrf-ring.h"
#include "desk/widgets/vrf-risk-band.h"
#include "desk/widgets/vrf-risk-meter.h"
#include "desk/widgets/vrf-say-box.h"
#include "desk/widgets/vrf-score-bar.h"
#include "desk/widgets/vrf-skeleton-rows.h"
#include "desk/widgets/vrf-steps.h"
#include "desk/widgets/vrf-tile.h"

/*
 * Every widget of the desk in every state, in one window, to look at. Not a test. With "rtl" as the
 * only argument it is drawn from right to left. Light, dark, contrast and scale come from
 * ADW_DEBUG_COLOR_SCHEME, ADW_DEBUG_HIGH_CONTRAST and GDK_SCALE.
 */

#define CAPTURE_URL "https://app.withverifa.com/verify/vt_0123456789abcdefghijABCDEFGHIJ_-klmnopqr"

static GtkWidget *
append_heading (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static GtkWidget *
new_line (GtkWidget *box)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (box), line);

  return line;
}

static void
append_words (GtkWidget *line, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (line), label);
}

static void
append_chips (GtkWidget *box, const char *property, const char *const *values)
{
  for (guint i = 0; values[i] != NULL; i++)
    {
      GtkWidget *line = new_line (box);
      GtkWidget *chip = vrf_chip_new ();
      GtkWidget *holder = adw_bin_new ();

      g_object_set (chip, property, values[i], NULL);
      gtk_widget_set_size_request (holder, 150, -1);
      adw_bin_set_child (ADW_BIN (holder), chip);
      gtk_box_append (GTK_BOX (line), holder);
      append_words (line, values[i], "vrf-mono");
    }
}

static void
append_risks (GtkWidget *box)
{
  const char *const levels[] = { "low", "medium", "high", "critical", "something_new" };
  const int scores[] = { 12, 38, 71, 96, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      GtkWidget *line = new_line (box);

      for (guint variant = 0; variant < 3; variant++)
        {
          GtkWidget *meter = vrf_risk_meter_new ();

          vrf_risk_meter_set_level (VRF_RISK_METER (meter), levels[i]);
          vrf_risk_meter_set_show_word (VRF_RISK_METER (meter), variant > 0);
          if (variant == 2)
            vrf_risk_meter_set_score (VRF_RISK_METER (meter), scores[i]);
          gtk_box_append (GTK_BOX (line), meter);
        }
    }
}

static GtkWidget *
new_card (const char *environment, const char *origin, VrfLinkState state, int age_s)
{
  return g_object_new (VRF_TYPE_ENV_CARD,
                       "environment",
                       environment,
                       "origin",
                       origin,
                       "state",
                       state,
                       "age",
                       (gint64) age_s,
                       "width-request",
                       184,
                       NULL);
}

static void
append_environment (GtkWidget *box)
{
  GtkWidget *line = new_line (box);
  GtkWidget *waiting = NULL;
  GtkWidget *compact = NULL;

  gtk_box_append (GTK_BOX (line), g_object_new (VRF_TYPE_ENV_TAG, "environment", "sandbox", NULL));
  gtk_box_append (GTK_BOX (line), g_object_new (VRF_TYPE_ENV_TAG, "environment", "live", NULL));

  line = new_line (box);
  gtk_box_append (GTK_BOX (line), new_card ("sandbox", "Built-in", VRF_LINK_CONNECTED, 1));
  gtk_box_append (GTK_BOX (line), new_card ("sandbox", "Built-in", VRF_LINK_CONNECTING, -1));
  line = new_line (box);
  gtk_box_append (GTK_BOX (line), new_card ("live", "withverifa.com", VRF_LINK_OFFLINE, 240));
  gtk_box_append (GTK_BOX (line), new_card ("live", "withverifa.com", VRF_LINK_REFUSED, 7300));
  line = new_line (box);
  waiting = new_card ("sandbox", "Built-in", VRF_LINK_WAITING, 12);
  vrf_env_card_set_wait (VRF_ENV_CARD (waiting), 18);
  gtk_box_append (GTK_BOX (line), waiting);

  compact = new_card ("sandbox", "Built-in", VRF_LINK_CONNECTED, 1);
  vrf_env_card_set_compact (VRF_ENV_CARD (compact), TRUE);
  gtk_box_append (GTK_BOX (box), compact);
  waiting = new_card ("sandbox", "Built-in", VRF_LINK_WAITING, 12);
  vrf_env_card_set_wait (VRF_ENV_CARD (waiting), 18);
  vrf_env_card_set_compact (VRF_ENV_CARD (waiting), TRUE);
  gtk_box_append (GTK_BOX (box), waiting);
}

static GtkWidget *
build_chips (void)
{
  const char *const statuses[] = { "pending",
                                   "capturing",
                                   "processing",
                                   "sandbox_pending",
                                   "awaiting_external",
                                   "under_review",
                                   "completed",
                                   "expired",
                                   "failed",
                                   "something_new",
                                   NULL };
  const char *const results[] = { "approved", "rejected", "needs_review", NULL };
  const char *const checks[] = { "pending", "passed",         "failed", "error",
                                 "skipped", "requires_retry", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 7);
  GtkWidget *line = NULL;

  append_heading (box, "Status");
  append_chips (box, "status", statuses);
  append_heading (box, "Result");
  append_chips (box, "result", results);
  append_heading (box, "Check");
  append_chips (box, "check", checks);
  append_heading (box, "Big, without icon, empty");
  line = new_line (box);
  gtk_box_append (GTK_BOX (line),
                  g_object_new (VRF_TYPE_CHIP, "status", "capturing", "big", TRUE, NULL));
  gtk_box_append (GTK_BOX (line), g_object_new (VRF_TYPE_CHIP, "label", "late arrival", NULL));
  gtk_box_append (GTK_BOX (line), g_object_new (VRF_TYPE_CHIP, "result", NULL, NULL));
  append_heading (box, "Risk");
  append_risks (box);

  return box;
}

static GtkWidget *
new_ring (int size, gint64 left_s)
{
  GtkWidget *ring = g_object_new (VRF_TYPE_RING, "size", size, "caption", "left", NULL);

  vrf_ring_set_time (VRF_RING (ring), left_s, 1200, "11:04");

  return ring;
}

static GtkWidget *
new_steps (guint current)
{
  const char *const titles[] = { "Waiting", "Opened", "Submitted", "Result" };
  GtkWidget *widget = vrf_steps_new ();
  VrfSteps *steps = VRF_STEPS (widget);

  vrf_steps_set_count (steps, 4);
  for (guint i = 0; i < 4; i++)
    vrf_steps_set_title (steps, i, titles[i]);
  vrf_steps_set_current (steps, current);
  vrf_steps_set_subtitle (steps, 0, "QR shown here and on the guest screen");
  vrf_steps_set_time (steps, 0, "10:44");
  if (current > 0)
    {
      vrf_steps_set_subtitle (steps, 1, "Capturing · ID front received");
      vrf_steps_set_time (steps, 1, "10:45");
    }

  return widget;
}

static GtkWidget *
build_middle (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = NULL;

  append_heading (box, "Environment");
  append_environment (box);

  append_heading (box, "Time");
  line = new_line (box);
  gtk_box_append (GTK_BOX (line), new_ring (VRF_RING_SMALL, 1012));
  gtk_box_append (GTK_BOX (line), new_ring (VRF_RING_MEDIUM, 1122));
  gtk_box_append (GTK_BOX (line), new_ring (VRF_RING_SMALL, 134));
  gtk_box_append (GTK_BOX (line), new_ring (VRF_RING_SMALL, 0));

  append_heading (box, "Say");
  gtk_box_append (GTK_BOX (box),
                  g_object_new (VRF_TYPE_SAY_BOX,
                                "text",
                                "Take your time. I can see here when you are done, so there is no "
                                "hurry at all.",
                                NULL));
  gtk_box_append (
      GTK_BOX (box),
      g_object_new (
          VRF_TYPE_SAY_BOX, "text", "Thank you, you are all set.", "compact", TRUE, NULL));

  append_heading (box, "Steps");
  line = new_line (box);
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  gtk_box_append (GTK_BOX (line), new_steps (0));
  gtk_box_append (GTK_BOX (line), new_steps (1));
  gtk_box_append (GTK_BOX (line), new_steps (4));

  append_heading (box, "Skeleton");
  gtk_box_append (GTK_BOX (box), g_object_new (VRF_TYPE_SKELETON_ROWS, "count", 3, NULL));

  return box;
}

static void
append_row (GtkWidget *list, GtkWidget *child)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *padding = adw_bin_new ();

  gtk_widget_add_css_class (row, "vrf-plain-row");
  gtk_widget_add_css_class (padding, "vrf-row-box");
  adw_bin_set_child (ADW_BIN (padding), child);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), padding);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
build_list (void)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkListBox *rows = GTK_LIST_BOX (list);
  GtkWidget *row = NULL;

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (rows, GTK_SELECTION_NONE);
  append_row (list,
              g_object_new (VRF_TYPE_SCORE_BAR,
                            "title",
                            "Face match",
                            "caption",
                            "of 1.00, standard",
                            "score",
                            0.87,
                            "threshold",
                            0.35,
                            NULL));
  append_row (
      list,
      g_object_new (
          VRF_TYPE_SCORE_BAR, "title", "Face match", "score", 0.21, "threshold", 0.35, NULL));
  row = vrf_kv_row_new ("Session", "ses_01JDB6KX00MADEUP00000R2");
  g_object_set (row, "mono", TRUE, "copyable", TRUE, NULL);
  gtk_list_box_append (rows, row);
  row = vrf_kv_row_new ("Environment", NULL);
  vrf_kv_row_set_suffix (VRF_KV_ROW (row),
                         g_object_new (VRF_TYPE_ENV_TAG, "environment", "sandbox", NULL));
  gtk_list_box_append (rows, row);
  gtk_list_box_append (rows, vrf_kv_row_new ("Country", "Norway"));
  row = vrf_kv_row_new ("Name", "Nobody Atall");
  vrf_kv_row_set_masked (VRF_KV_ROW (row), TRUE);
  gtk_list_box_append (rows, row);
  row = vrf_kv_row_new ("Date of birth", "1990-01-01");
  g_object_set (row, "masked", TRUE, "mask", "••/••/••••", NULL);
  gtk_list_box_append (rows, row);
  row = vrf_kv_row_new ("Document number", "X0000000");
  g_object_set (row, "masked", TRUE, "revealed", TRUE, "copyable", TRUE, NULL);
  gtk_list_box_append (rows, row);
  append_row (
      list,
      g_object_new (VRF_TYPE_RISK_BAND, "score", 12, "level", "low", "note", "No signals", NULL));
  append_row (list, g_object_new (VRF_TYPE_RISK_BAND, "score", 71, "level", "high", NULL));

  return list;
}

static GtkWidget *
build_right (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = new_line (box);
  GtkWidget *meter = g_object_new (VRF_TYPE_RISK_METER, "level", "low", "score", 12, NULL);

  gtk_box_append (GTK_BOX (line),
                  g_object_new (VRF_TYPE_QR_VIEW,
                                "text",
                                CAPTURE_URL,
                                "label",
                                "QR code for BK-20417",
                                "side-px",
                                343,
                                "valign",
                                GTK_ALIGN_START,
                                NULL));
  gtk_box_append (GTK_BOX (line),
                  g_object_new (VRF_TYPE_TILE,
                                "icon-name",
                                "emblem-default-symbolic",
                                "title",
                                "Approved",
                                "tint",
                                VRF_TINT_SUCCESS,
                                "child",
                                meter,
                                NULL));
  gtk_box_append (GTK_BOX (line),
                  g_object_new (VRF_TYPE_TILE,
                                "icon-name",
                                "phone-symbolic",
                                "title",
                                "Phone connected",
                                "subtitle",
                                "The code is gone because the link is in use.",
                                "tint",
                                VRF_TINT_ACCENT,
                                NULL));

  line = new_line (box);
  gtk_box_append (GTK_BOX (line), build_list ());
  gtk_box_append (GTK_BOX (line),
                  g_object_new (VRF_TYPE_TILE,
                                "busy",
                                TRUE,
                                "title",
                                "Saved",
                                "subtitle",
                                "Will be sent when the connection is back.",
                                "valign",
                                GTK_ALIGN_START,
                                NULL));
  gtk_widget_set_size_request (gtk_widget_get_first_child (line), 530, -1);

  return box;
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 32);

  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_box_append (GTK_BOX (box), build_chips ());
  gtk_box_append (GTK_BOX (box), build_middle ());
  gtk_box_append (GTK_BOX (box), build_right ());
  gtk_window_set_title (GTK_WINDOW (window), "Gallery");
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

/* not before GTK is initialised, which sets the locale's direction */
static void
turn_round_cb (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("com.withverifa.Desk.Gallery", G_APPLICATION_NON_UNIQUE);

  g_application_set_resource_base_path (G_APPLICATION (application), "/com/withverifa/Desk");
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  if (argc == 2 && g_str_equal (argv[1], "rtl"))
    g_signal_connect (application, "startup", G_CALLBACK (turn_round_cb), NULL);

  return g_application_run (G_APPLICATION (application), 1, argv);
}
