/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-reasons.h"

static const char *const words[][2] = {
  { "manual_rejection", N_ ("Rejected by a person") },
    { "face_mismatch", N_ ("The faces differ") },
      { "liveness_failed", N_ ("Not a live person") },
        { "document_unreadable", N_ ("Document not readable") },
          { "document_expired", N_ ("Document expired") },
            { "document_type_not_accepted", N_ ("Kind of document not accepted") },
              { "underage", N_ ("Too young") },
                { "watchlist_match", N_ ("On a watchlist") },
                  { "duplicate_identity", N_ ("Known under another identity") },
                    { "high_risk", N_ ("High risk") },
                      { "data_mismatch", N_ ("Data differ from the document") },
                        { "other", N_ ("Another reason") },
                      };

const char *
vrf_reasons_get_word (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], code) == 0)
      return _ (words[i][1]);

  return code;
}

const char *
vrf_reasons_get_code (guint position)
{
  return position < G_N_ELEMENTS (words) ? words[position][0] : NULL;
}
