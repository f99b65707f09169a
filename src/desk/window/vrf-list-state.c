/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/window/vrf-list-state.h"

VrfListState
vrf_list_state_pick (const VrfListFacts *facts)
{
  if (facts->n_found > 0)
    return VRF_LIST_ROWS;
  if (facts->backend == VRF_BACKEND_FAILED)
    return VRF_LIST_FAILED;
  if (facts->n_known == 0 && facts->connection == VRF_CONNECTION_REFUSED)
    return VRF_LIST_REFUSED;
  if (!facts->answered && facts->n_known == 0)
    {
      if (facts->connection == VRF_CONNECTION_OFFLINE
          || facts->connection == VRF_CONNECTION_THROTTLED)
        return VRF_LIST_OFFLINE;
      return facts->stopped ? VRF_LIST_STOPPED : VRF_LIST_LOADING;
    }
  if (facts->searching || facts->filtering)
    return VRF_LIST_NO_RESULTS;
  if (facts->n_known > 0)
    return VRF_LIST_EMPTY_VIEW;

  return facts->connection == VRF_CONNECTION_OFFLINE ? VRF_LIST_OFFLINE : VRF_LIST_EMPTY;
}

VrfListBar
vrf_list_bar_pick (const VrfListFacts *facts)
{
  if (facts->connection == VRF_CONNECTION_ONLINE && facts->clock_off)
    return VRF_LIST_BAR_CLOCK;
  if (facts->n_known == 0)
    return VRF_LIST_BAR_NONE;

  switch (facts->connection)
    {
    case VRF_CONNECTION_OFFLINE:
      return VRF_LIST_BAR_OFFLINE;
    case VRF_CONNECTION_REFUSED:
      return VRF_LIST_BAR_REFUSED;
    case VRF_CONNECTION_THROTTLED:
      return VRF_LIST_BAR_THROTTLED;
    case VRF_CONNECTION_CONNECTING:
    case VRF_CONNECTION_ONLINE:
    default:
      return VRF_LIST_BAR_NONE;
    }
}

/* Words */

static const char *
empty_view_text (VrfView view)
{
  switch (view)
    {
    case VRF_VIEW_NOW:
      return _ ("Nobody is being verified right now.");
    case VRF_VIEW_ATTENTION:
      return _ ("Nothing waits for you.");
    case VRF_VIEW_TODAY:
      return _ ("No verification was started today. Start one with Ctrl+N.");
    case VRF_VIEW_APPROVED:
      return _ ("No verification has been approved yet.");
    case VRF_VIEW_REJECTED:
      return _ ("No verification has been rejected yet.");
    case VRF_VIEW_EXPIRED:
      return _ ("No link has expired.");
    case VRF_VIEW_ALL:
    case VRF_N_VIEWS:
    default:
      return _ ("Start one with Ctrl+N.");
    }
}

static char *
with_wait (const char *reason, int wait_s)
{
  const char *sentence = reason != NULL ? reason : _ ("The server did not answer.");
  g_autofree char *wait = NULL;

  if (wait_s <= 0)
    return g_strdup (sentence);

  wait =
      g_strdup_printf (ngettext ("Trying again in %d s.", "Trying again in %d s.", wait_s), wait_s);

  return g_strjoin (" ", sentence, wait, NULL);
}

static const VrfListMessage messages[VRF_N_LIST_STATES] = {
  [VRF_LIST_STOPPED] = {
      "media-playback-stop-symbolic",
      N_ ("Loading Was Stopped"), NULL, N_ ("Try Now"), "win.refresh", FALSE },
      [VRF_LIST_EMPTY] = {
          "vrf-idcard-symbolic",
          N_ ("No Verifications Yet"), NULL, N_ ("New Verification"), "win.new", TRUE },
          [VRF_LIST_EMPTY_VIEW] = {
              "vrf-idcard-symbolic",
              N_ ("No Verifications Here"), NULL, N_ ("Show All"), "win.view::all", FALSE },
              [VRF_LIST_NO_RESULTS] = {
                  "system-search-symbolic",
                  N_ ("No Results"), NULL, N_ ("Clear Search"), "win.clear-search", FALSE },
                  [VRF_LIST_OFFLINE] = {
                      "network-error-symbolic",
                      N_ ("Cannot Reach Verifa"), NULL, N_ ("Try Now"), "win.refresh", FALSE },
                      [VRF_LIST_REFUSED] = { "dialog-password-symbolic",
                                             N_ ("Key Not Accepted"),
                                                 NULL,
                                                 N_ ("Preferences"), "app.preferences", FALSE },
                                             [VRF_LIST_FAILED] = {
                                                 "dialog-warning-symbolic",
                                                 N_ ("Cannot Connect"),
                                                     NULL,
                                                     N_ ("Preferences"), "app.preferences", FALSE },
                                             };

/* Both are said and cleared one by one: what was typed is not thrown away with a filter. */
static char *
describe_nothing (const VrfListWords *words)
{
  const char *view = vrf_view_get_title (words->view);

  if (*words->filters == '\0')
    /* Translators: %s is what was searched for */
    return g_strdup_printf (
        _ ("Nothing matches “%s”. Only references and session IDs are searched, not names."),
           words->search);
  if (*words->search == '\0')
    /* Translators: the name of a view, and filters, as in "Status: Pending · Tag: vip" */
    return g_strdup_printf (_ ("Nothing in %s matches the filters. %s"), view, words->filters);

  /* Translators: the name of a view, what was searched for, and filters */
  return g_strdup_printf (
      _ ("Nothing in %s matches “%s” and the filters. %s"), view, words->search, words->filters);
}

static char *
describe (VrfListState state, const VrfListWords *words)
{
  switch (state)
    {
    case VRF_LIST_STOPPED:
      return g_strdup (_ ("The verifications were not read."));
    case VRF_LIST_EMPTY:
      return g_strdup (_ ("Start the first one with Ctrl+N."));
    case VRF_LIST_EMPTY_VIEW:
      return g_strdup (empty_view_text (words->view));
    case VRF_LIST_NO_RESULTS:
      return describe_nothing (words);
    case VRF_LIST_OFFLINE:
      return with_wait (words->reason, words->wait_s);
    case VRF_LIST_REFUSED:
      return g_strdup (words->reason != NULL ? words->reason : _ ("Verifa refused the key."));
    case VRF_LIST_FAILED:
      return g_strdup (words->reason != NULL ? words->reason : _ ("There is no server to ask."));
    case VRF_LIST_ROWS:
    case VRF_LIST_LOADING:
    case VRF_N_LIST_STATES:
    default:
      return g_strdup ("");
    }
}

void
vrf_list_message_init (VrfListMessage *message, VrfListState state, const VrfListWords *words)
{
  *message = messages[state];
  if (state == VRF_LIST_NO_RESULTS && *words->filters != '\0')
    {
      message->button = N_ ("Clear Filters");
      message->action = "win.clear-filters";
    }
  message->title = message->title != NULL ? _ (message->title) : "";
  message->button = message->button != NULL ? _ (message->button) : "";
  message->description = describe (state, words);
}

void
vrf_list_message_clear (VrfListMessage *message)
{
  g_clear_pointer (&message->description, g_free);
}
