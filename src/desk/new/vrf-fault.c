/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "desk/new/vrf-fault.h"

#include "base/vrf-error.h"

/*
 * Three things belong to each fault: what happened, whether the guest notices, and what to press.
 * The first is the title, the other two the advice.
 */

typedef struct
{
  VrfError code;
  gboolean retry; /* the same request may succeed later */
  const char *title;
  const char *advice; /* NULL: what the server or the client said */
} FaultText;

static const FaultText faults[] = {
  { VRF_ERROR_OFFLINE,
    TRUE,
    N_ ("The Server Cannot Be Reached"),
        N_ ("The guest notices nothing, your entries are kept. Check the network, then press Try "
        "Again.") },
    { VRF_ERROR_TIMEOUT,
      TRUE,
      N_ ("The Server Did Not Answer in Time"),
          N_ ("Your entries are kept. Press Try Again: it can never create a second verification.") },
      { VRF_ERROR_TLS,
        TRUE,
        N_ ("The Server’s Identity Could Not Be Proved"),
            N_ ("Nothing was sent. Check this computer’s clock and whether the network asks you to sign "
        "in, then press Try Again.") },
        { VRF_ERROR_REDIRECT,
          TRUE,
          N_ ("Something Else Answered Instead of the Server"),
              N_ ("Your entries are kept. Sign in to the network in a browser or check the address of the "
        "server, then press Try Again.") },
          { VRF_ERROR_TOO_LARGE,
            TRUE,
            N_ ("The Answer Was Too Large to Read"),
                N_ ("Your entries are kept. Press Try Again: it can never create a second verification.") },
            { VRF_ERROR_REPLY,
              TRUE,
              N_ ("The Answer Could Not Be Read"),
                  N_ ("Your entries are kept. Press Try Again: it can never create a second "
                      "verification. If this keeps happening, check the address of the server.") },
              { VRF_ERROR_UNAUTHORIZED,
                FALSE,
                N_ ("The API Key Is Not Accepted"),
                    N_ ("Nothing was created, your entries are kept. Ask whoever keeps the keys for a valid one.") },
                { VRF_ERROR_FORBIDDEN,
                  FALSE,
                  N_ ("The API Key May Not Create Verifications"),
                      N_ ("Nothing was created, your entries are kept. Ask your administrator: "
                          "the key needs the scope sessions:create.") },
                  { VRF_ERROR_NOT_FOUND,
                    FALSE,
                    N_ ("The Workflow Does Not Exist Here"),
                        N_ ("Nothing was created. Choose another workflow, then press Create Verification.") },
                    { VRF_ERROR_IDEMPOTENCY,
                      FALSE,
                      N_ ("This Was Sent Before With Other Entries"),
                          N_ ("The first try may have created a verification. Look for it in the list; to create "
        "another one press Create Verification.") },
                      { VRF_ERROR_SERVER,
                        TRUE,
                        N_ ("The Server Has Trouble"),
                            N_ ("Your entries are kept. Wait a moment, then press Try Again: it can never create a second "
        "verification.") },
                        { VRF_ERROR_NOT_IMPLEMENTED,
                          FALSE,
                          N_ ("The Server Cannot Do This"), NULL },
                          { VRF_ERROR_INVALID,
                            FALSE,
                            N_ ("The Server Does Not Accept an Entry"), NULL },
                        };

static const FaultText *
find_fault (const GError *error)
{
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_error_matches (error, VRF_ERROR, (int) faults[i].code))
      return &faults[i];

  return NULL;
}

/**
 * vrf_fault_get_title:
 *
 * Returns: what happened, translated, in title case
 */
const char *
vrf_fault_get_title (const GError *error)
{
  const FaultText *fault = find_fault (error);

  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_RATE_LIMITED))
    return _ ("Too Many Requests");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return _ ("Creating Was Cancelled");

  return fault != NULL ? _ (fault->title) : _ ("The Verification Was Not Created");
}

static char *
dup_rate_advice (const GError *error)
{
  int seconds = vrf_error_get_retry_after_s (error);

  if (seconds <= 0)
    return g_strdup (_ ("Your entries are kept. Wait a moment, then press Try Again."));

  return g_strdup_printf (g_dngettext (NULL,
                                       "Your entries are kept. Press Try Again in %d second.",
                                       "Your entries are kept. Press Try Again in %d seconds.",
                                       (gulong) seconds),
                          seconds);
}

/**
 * vrf_fault_dup_advice:
 *
 * Returns: (transfer full): what it means for the guest and what to do, translated
 */
char *
vrf_fault_dup_advice (const GError *error)
{
  const FaultText *fault = find_fault (error);

  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_RATE_LIMITED))
    return dup_rate_advice (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Your entries are kept. The server may have created it all the same: look "
                        "for it in the list, or press Try Again, which can never create a second "
                        "verification."));
  if (fault != NULL && fault->advice != NULL)
    return g_strdup (_ (fault->advice));

  /* Translators: a sentence that says what to do follows */
  return g_strdup_printf (_ ("Nothing was created, your entries are kept. %s"), error->message);
}

/**
 * vrf_fault_is_worth_retrying:
 *
 * Returns: whether the same request, sent again, may succeed
 */
gboolean
vrf_fault_is_worth_retrying (const GError *error)
{
  const FaultText *fault = find_fault (error);

  return g_error_matches (error, VRF_ERROR, VRF_ERROR_RATE_LIMITED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || (fault != NULL && fault->retry);
}
