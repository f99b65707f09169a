/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-news.h"

#include "desk/session/vrf-moment.h"
#include "desk/vrf-announce.h"
#include "desk/widgets/vrf-chip-kinds.h"

/* With its time: a link that took another's place is news. */
static char *
dup_link_text (VrfRow *row)
{
  g_autofree char *until = vrf_moment_dup_clock (vrf_row_get_expires_at (row));

  if (!vrf_row_can_show_qr (row))
    return vrf_row_is_remembered (row) ? NULL : g_strdup (_ ("Link expired"));
  if (*until == '\0')
    return g_strdup (_ ("Link ready"));

  /* Translators: %s is a clock time */
  return g_strdup_printf (_ ("Link ready, good until %s"), until);
}

static char *
dup_result_text (VrfRow *row)
{
  const char *result = vrf_row_get_result_text (row);

  if (result == NULL)
    return NULL;

  /* Translators: a result, as in "Result: Approved" */
  return g_strdup_printf (_ ("Result: %s"), vrf_chip_kind_for_result (result).word);
}

char *
vrf_news_dup_text (VrfRow *row)
{
  switch (vrf_row_get_status (row))
    {
    case VRF_SESSION_STATUS_PENDING:
      return dup_link_text (row);
    case VRF_SESSION_STATUS_CAPTURING:
      return g_strdup (_ ("The guest has opened the link"));
    case VRF_SESSION_STATUS_PROCESSING:
      return g_strdup (_ ("Submitted, being checked"));
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
      return g_strdup (_ ("Submitted, the outcome is yours"));
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
      return g_strdup (_ ("Submitted, waiting for an answer"));
    case VRF_SESSION_STATUS_UNDER_REVIEW:
      return g_strdup (_ ("Submitted, with a reviewer"));
    case VRF_SESSION_STATUS_COMPLETED:
      return dup_result_text (row);
    case VRF_SESSION_STATUS_EXPIRED:
      return g_strdup (_ ("Link expired"));
    case VRF_SESSION_STATUS_FAILED:
      return g_strdup (_ ("Failed, no result"));
    case VRF_SESSION_STATUS_UNKNOWN:
    default:
      return g_strdup (vrf_row_get_status_text (row));
    }
}

void
vrf_news_start (char **said, VrfRow *row)
{
  char *text = vrf_news_dup_text (row);

  g_free (*said);
  *said = text != NULL ? text : g_strdup ("");
}

void
vrf_news_tell (char **said, VrfRow *row, GtkWidget *status)
{
  g_autofree char *text = vrf_news_dup_text (row);

  if (text == NULL || *said == NULL || g_strcmp0 (text, *said) == 0)
    return;

  g_free (*said);
  *said = g_strdup (text);
  vrf_announce (status, text, vrf_row_is_active (row) ? VRF_ANNOUNCE_POLITE : VRF_ANNOUNCE_AT_ONCE);
}
