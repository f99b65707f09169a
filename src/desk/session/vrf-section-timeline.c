/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "base/vrf-time.h"
#include "desk/session/vrf-sections.h"

#include "api/vrf-delivery.h"
#include "desk/session/vrf-moment.h"
#include "desk/widgets/vrf-chip-kinds.h"
#include "desk/widgets/vrf-steps.h"

/*
 * The Timeline section: what happened to the session, in the order of time, and how long it took
 * from one to the next. Only what the server tells or this desk has seen: a step nobody saw is left
 * out.
 */

typedef struct
{
  gint64 at;
  char *title;
  char *more; /* nullable */
} Moment;

static void
moment_clear (gpointer data)
{
  Moment *moment = data;

  g_free (moment->title);
  g_free (moment->more);
}

static void
add (GArray *moments, gint64 at, const char *title, const char *more)
{
  Moment moment = { .at = at, .title = g_strdup (title), .more = g_strdup (more) };

  if (at == VRF_TIME_NONE)
    moment_clear (&moment);
  else
    g_array_append_val (moments, moment);
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const Moment *first = a;
  const Moment *second = b;

  return first->at < second->at ? -1 : first->at > second->at;
}

/* When the event was told, which is when it happened. */
static gint64
find_event (GPtrArray *deliveries, const char *event)
{
  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++)
    {
      const VrfDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (g_strcmp0 (delivery->event_type, event) == 0)
        return delivery->created_at;
    }
  return VRF_TIME_NONE;
}

static void
add_links (GArray *moments, GPtrArray *links)
{
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const VrfLink *link = g_ptr_array_index (links, i);

      add (moments, link->created_at, _ ("New link made"), NULL);
    }
}

static void
add_retries (GArray *moments, GPtrArray *checks)
{
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      const VrfCheck *check = g_ptr_array_index (checks, i);

      if (check->attempt > 1)
        add (moments,
             check->started_at,
             _ ("Check retried"), vrf_lifecycle_check_label (check->policy));
    }
}

static void
add_case (GArray *moments, const VrfCase *found)
{
  if (found == NULL)
    return;
  add (moments, found->entered_review_at, _ ("Handed to a reviewer"), NULL);
  add (moments, found->claimed_at, _ ("Claimed"), found->assigned_to);
  add (moments, found->decided_at, _ ("Decided by a reviewer"), found->assigned_to);
}

static GArray *
collect (VrfRow *row, VrfSessionDetail *detail)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  GPtrArray *deliveries = vrf_session_detail_get_deliveries (detail);
  const VrfWorkflowRun *run = vrf_session_detail_get_run (detail);
  gint64 opened = vrf_row_get_opened_at (row);
  gint64 submitted = vrf_row_get_submitted_at (row);

  g_array_set_clear_func (moments, moment_clear);
  if (opened == VRF_TIME_NONE)
    opened = find_event (deliveries, "session.started");
  if (submitted == VRF_TIME_NONE && run != NULL)
    submitted = run->started_at;
  add (moments, vrf_row_get_created_at (row), _ ("Created"), vrf_row_get_session (row)->desk);
  add_links (moments, vrf_session_detail_get_links (detail));
  add (moments, opened, vrf_lifecycle_step_title (1), NULL);
  add (moments, submitted, vrf_lifecycle_step_title (2), NULL);
  if (run != NULL)
    add (moments, run->completed_at, _ ("Checked"), vrf_row_get_workflow_name (row));
  add_retries (moments, vrf_session_detail_get_checks (detail));
  add_case (moments, vrf_session_detail_get_case (detail));
  g_array_sort (moments, compare_cb);

  return moments;
}

static const char *
get_end_word (VrfRow *row)
{
  if (vrf_row_get_status (row) == VRF_SESSION_STATUS_COMPLETED
      && vrf_row_get_result_text (row) != NULL)
    return vrf_chip_kind_for_result (vrf_row_get_result_text (row)).word;

  return vrf_chip_kind_for_status (vrf_row_get_status_text (row)).word;
}

/* The last one, whatever time it is given: a session ends once. */
static void
add_end (GArray *moments, VrfRow *row)
{
  gint64 finished = vrf_row_get_finished_at (row);

  if (finished == VRF_TIME_NONE)
    finished = vrf_row_get_updated_at (row);
  if (finished == VRF_TIME_NONE)
    finished = vrf_row_get_created_at (row);
  add (moments, finished, get_end_word (row), NULL);
}

static char *
dup_subtitle (const Moment *moment, const Moment *before)
{
  g_autofree char *span = NULL;
  g_autofree char *after = NULL;

  if (before != NULL && moment->at - before->at >= G_USEC_PER_SEC)
    {
      span = vrf_moment_dup_span (moment->at - before->at);
      /* Translators: how long it took, as in “after 1 min 48 s” */
      after = g_strdup_printf (_ ("after %s"), span);
    }
  if (moment->more == NULL || after == NULL)
    return g_strdup (moment->more != NULL ? moment->more : after);
  return g_strdup_printf ("%s · %s", moment->more, after);
}

void
vrf_sections_show_timeline (VrfSection *section, VrfSessionEditor *editor)
{
  VrfRow *row = vrf_session_editor_get_row (editor);
  GtkWidget *steps = vrf_steps_new ();
  g_autoptr (GArray) moments = collect (row, vrf_session_editor_get_detail (editor));
  gboolean over = !vrf_row_is_active (row);

  if (over)
    add_end (moments, row);
  vrf_steps_set_count (VRF_STEPS (steps), moments->len);
  for (guint i = 0; i < moments->len; i++)
    {
      const Moment *moment = &g_array_index (moments, Moment, i);
      g_autofree char *subtitle =
          dup_subtitle (moment, i > 0 ? &g_array_index (moments, Moment, i - 1) : NULL);
      g_autofree char *time = vrf_moment_dup_seconds (moment->at);

      vrf_steps_set_title (VRF_STEPS (steps), i, moment->title);
      vrf_steps_set_subtitle (VRF_STEPS (steps), i, subtitle);
      vrf_steps_set_time (VRF_STEPS (steps), i, time);
      vrf_steps_set_state (VRF_STEPS (steps), i, VRF_STEP_DONE);
    }
  if (over && moments->len > 0 && vrf_row_get_status (row) != VRF_SESSION_STATUS_COMPLETED)
    vrf_steps_set_state (VRF_STEPS (steps), moments->len - 1, VRF_STEP_STOPPED);

  gtk_widget_add_css_class (steps, "vrf-row-box");
  vrf_section_begin (section);
  vrf_section_add_plain (section, steps);
  vrf_section_end (section);
}
