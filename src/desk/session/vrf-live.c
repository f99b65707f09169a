/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-live.h"

#include "desk/core/vrf-lifecycle.h"
#include "desk/session/vrf-moment.h"
#include "desk/widgets/vrf-chip-kinds.h"

/* A link lives 20 minutes unless it was made with another life (verifa-api.md 2.3). */
#define LINK_LIFE_S (20 * 60)
/* The standard threshold of a face match (verifa-api.md 2.5); the API does not tell another. */
#define FACE_THRESHOLD 0.35
#define N_STEPS 4

/**
 * vrf_live_get_left_s:
 *
 * Returns: whole seconds until the link ends on the server's clock, 0 when it is over, -1 when
 *   nobody knows
 */
gint64
vrf_live_get_left_s (VrfRow *row, VrfClock *clock)
{
  gint64 expires = vrf_row_get_expires_at (row);
  gint64 now = vrf_clock_get_now_us (clock);

  if (expires == VRF_TIME_NONE || now == VRF_TIME_NONE)
    return -1;

  return expires > now ? (expires - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
}

/**
 * vrf_live_has_link:
 *
 * Returns: whether the session may still be opened and its time is known not to be over
 */
gboolean
vrf_live_has_link (VrfRow *row, VrfClock *clock)
{
  VrfSessionStatus status = vrf_row_get_status (row);

  if (vrf_row_get_expires_at (row) == VRF_TIME_NONE)
    return FALSE;
  if (status == VRF_SESSION_STATUS_PENDING)
    return vrf_row_can_show_qr (row);

  return status == VRF_SESSION_STATUS_CAPTURING && vrf_live_get_left_s (row, clock) != 0;
}

/**
 * vrf_live_show_ring:
 *
 * Sets what is left of the link's time.
 */
void
vrf_live_show_ring (VrfRing *ring, VrfRow *row, VrfClock *clock)
{
  g_autofree char *until = vrf_moment_dup_clock (vrf_row_get_expires_at (row));
  gint64 left = vrf_live_get_left_s (row, clock);

  vrf_ring_set_time (ring, left, MAX (left, LINK_LIFE_S), until);
}

/* Of a pending session whose link cannot be shown. */
static const char *
get_dead_link (VrfRow *row)
{
  return vrf_row_is_remembered (row) ? _ ("Link not checked yet") : _ ("Link expired");
}

static const char *
get_step_subtitle (VrfRow *row, int step, int now)
{
  VrfSessionStatus status = vrf_row_get_status (row);

  if (step == 3 && status == VRF_SESSION_STATUS_COMPLETED)
    return vrf_row_get_result_text (row) != NULL
               ? vrf_chip_kind_for_result (vrf_row_get_result_text (row)).word
               : NULL;
  if (step != now)
    return NULL;
  if (status == VRF_SESSION_STATUS_PENDING)
    return vrf_row_can_show_qr (row) ? _ ("Nobody has opened the link yet") : get_dead_link (row);

  return vrf_chip_kind_for_status (vrf_row_get_status_text (row)).word;
}

/* With seconds once it is over: then the spans matter. */
static char *
dup_step_time (VrfRow *row, int step)
{
  const gint64 times[N_STEPS] = {
    vrf_row_get_created_at (row),
    vrf_row_get_opened_at (row),
    vrf_row_get_submitted_at (row),
    vrf_row_get_finished_at (row),
  };

  return vrf_row_is_active (row) ? vrf_moment_dup_clock (times[step])
                                 : vrf_moment_dup_seconds (times[step]);
}

/**
 * vrf_live_show_steps:
 *
 * Sets Waiting, Opened, Submitted, Result. The step at which a session stopped for good says so.
 */
void
vrf_live_show_steps (VrfSteps *steps, VrfRow *row)
{
  int now = vrf_lifecycle_step (row);
  gboolean moving = vrf_row_is_active (row);
  int step = 0;

  if (vrf_steps_get_count (steps) != N_STEPS)
    vrf_steps_set_count (steps, N_STEPS);

  for (step = 0; step < N_STEPS; step++)
    {
      g_autofree char *time = dup_step_time (row, step);
      VrfStepState state = VRF_STEP_TODO;

      if (step < now)
        state = VRF_STEP_DONE;
      else if (step == now)
        state = moving ? VRF_STEP_NOW : VRF_STEP_STOPPED;

      vrf_steps_set_title (steps, (guint) step, vrf_lifecycle_step_title (step));
      vrf_steps_set_subtitle (steps, (guint) step, get_step_subtitle (row, step, now));
      vrf_steps_set_time (steps, (guint) step, *time != '\0' && step <= now ? time : NULL);
      vrf_steps_set_state (steps, (guint) step, state);
    }
}

static VrfChipKind
get_kind (VrfRow *row)
{
  if (vrf_row_get_status (row) == VRF_SESSION_STATUS_COMPLETED
      && vrf_row_get_result_text (row) != NULL)
    return vrf_chip_kind_for_result (vrf_row_get_result_text (row));
  if (vrf_row_get_status (row) == VRF_SESSION_STATUS_UNDER_REVIEW)
    return vrf_chip_kind_for_result ("needs_review");

  return vrf_chip_kind_for_status (vrf_row_get_status_text (row));
}

/**
 * vrf_live_show_tile:
 *
 * Sets what stands in the QR code's place once the code is gone.
 */
void
vrf_live_show_tile (VrfTile *tile, VrfRow *row)
{
  VrfSessionStatus status = vrf_row_get_status (row);
  VrfChipKind kind = get_kind (row);
  const char *title = kind.word;
  const char *subtitle = vrf_lifecycle_hint (row);
  VrfTint tint = kind.tint == VRF_TINT_QUIET ? VRF_TINT_NEUTRAL : kind.tint;

  if (status == VRF_SESSION_STATUS_CAPTURING)
    {
      title = _ ("Phone connected");
      subtitle = _ ("The code is gone because the link is in use.");
    }
  else if (status == VRF_SESSION_STATUS_PENDING && vrf_row_is_remembered (row))
    {
      title = get_dead_link (row);
    }
  else if (status == VRF_SESSION_STATUS_EXPIRED || status == VRF_SESSION_STATUS_PENDING)
    {
      kind = vrf_chip_kind_for_status ("expired");
      title = _ ("Link expired");
      subtitle = _ ("The code is gone because nobody can use it any more.");
      tint = kind.tint;
    }
  else if (status == VRF_SESSION_STATUS_FAILED)
    {
      subtitle = _ ("The checks could not be finished.");
    }

  vrf_tile_set_icon_name (tile, kind.icon_name);
  vrf_tile_set_title (tile, title);
  vrf_tile_set_subtitle (tile, subtitle);
  vrf_tile_set_tint (tile, tint);
  vrf_tile_set_busy (
      tile,
      status == VRF_SESSION_STATUS_PROCESSING
          || (status == VRF_SESSION_STATUS_COMPLETED && vrf_row_get_result_text (row) == NULL));
}

/* Where it stands, in words that say more than the chip and the tile beside it. */
static const char *
get_stand (VrfRow *row)
{
  switch (vrf_row_get_status (row))
    {
    case VRF_SESSION_STATUS_CAPTURING:
      return _ ("The guest is on the phone");
    case VRF_SESSION_STATUS_PROCESSING:
      return _ ("Everything has arrived");
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
      return _ ("Submitted, the outcome is yours");
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
      return _ ("Submitted, waiting for an answer");
    case VRF_SESSION_STATUS_UNDER_REVIEW:
      return _ ("Submitted, with a reviewer");
    case VRF_SESSION_STATUS_FAILED:
      return _ ("No result");
    case VRF_SESSION_STATUS_PENDING:
    case VRF_SESSION_STATUS_EXPIRED:
    case VRF_SESSION_STATUS_COMPLETED:
    case VRF_SESSION_STATUS_UNKNOWN:
    default:
      return vrf_chip_kind_for_status (vrf_row_get_status_text (row)).word;
    }
}

/**
 * vrf_live_dup_title:
 *
 * Returns: (transfer full): one line on how it stands: "Link good until 11:04", "Done in 1 min 48
 * s"
 */
char *
vrf_live_dup_title (VrfRow *row, VrfClock *clock)
{
  VrfSessionStatus status = vrf_row_get_status (row);
  gint64 finished = vrf_row_get_finished_at (row);
  g_autofree char *span = NULL;

  if (vrf_live_has_link (row, clock))
    {
      g_autofree char *until = vrf_moment_dup_clock (vrf_row_get_expires_at (row));

      /* Translators: %s is a clock time */
      return g_strdup_printf (_ ("Link good until %s"), until);
    }
  if (status == VRF_SESSION_STATUS_EXPIRED)
    return g_strdup (_ ("Link expired"));
  if (status == VRF_SESSION_STATUS_PENDING && !vrf_row_can_show_qr (row))
    return g_strdup (get_dead_link (row));

  if (status != VRF_SESSION_STATUS_COMPLETED)
    return g_strdup (get_stand (row));
  if (finished == VRF_TIME_NONE || vrf_row_get_created_at (row) == VRF_TIME_NONE)
    return g_strdup (_ ("Done"));

  span = vrf_moment_dup_span (finished - vrf_row_get_created_at (row));
  /* Translators: %s is how long it took, as in “1 min 48 s” */
  return g_strdup_printf (_ ("Done in %s"), span);
}

/**
 * vrf_live_dup_hint:
 *
 * Returns: (transfer full): what staff should know or do, or what the checks came to
 */
char *
vrf_live_dup_hint (VrfRow *row)
{
  VrfResult *result = vrf_row_get_result (row);
  g_autofree char *summary = result != NULL ? vrf_live_dup_summary (result) : NULL;

  if (summary == NULL || *summary == '\0')
    return g_strdup (vrf_lifecycle_hint (row));

  return g_steal_pointer (&summary);
}

/**
 * vrf_live_dup_summary:
 *
 * Returns: (transfer full): "Face match 0.87, passes from 0.35. 6 of 7 checks passed.", empty when
 *   nothing is known
 */
char *
vrf_live_dup_summary (VrfResult *result)
{
  GString *text = g_string_new (NULL);
  guint passed = 0;
  guint i = 0;

  if (result->face_match_score >= 0)
    g_string_append_printf (
        text,
        /* Translators: the score of this comparison, then the score needed to pass */
        _ ("Face match %.2f, passes from %.2f."),
           result->face_match_score,
           vrf_live_get_face_threshold (result));

  for (i = 0; i < result->checks->len; i++)
    passed +=
        ((VrfCheck *) g_ptr_array_index (result->checks, i))->status == VRF_CHECK_STATUS_PASSED;

  if (result->checks->len > 0)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (
          text,
          ngettext ("%u of %u check passed.", "%u of %u checks passed.", result->checks->len),
          passed,
          result->checks->len);
    }

  return g_string_free (text, FALSE);
}

/**
 * vrf_live_get_face_threshold:
 *
 * The result does not tell which of the thresholds 0.35, 0.50 and 0.60 its workflow asked for
 * (verifa-api.md 2.5). When the standard one contradicts the outcome, a stricter one was asked for.
 *
 * Returns: the lowest threshold that agrees with the outcome
 */
double
vrf_live_get_face_threshold (VrfResult *result)
{
  if (result->face_match_passed == 0 && result->face_match_score >= 0.50)
    return 0.60;
  if (result->face_match_passed == 0 && result->face_match_score >= FACE_THRESHOLD)
    return 0.50;

  return FACE_THRESHOLD;
}
