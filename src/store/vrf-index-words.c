/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-store"

#include "config.h"

#include <string.h>

#include "store/vrf-index-private.h"

#include "base/vrf-enum.h"

/* In the order of a session's life (verifa-api.md 2.1); 1 to 6 move by themselves. */
static const VrfEnumNick statuses[] = {
  { 1, "pending" },
  { 2, "capturing" },
  { 3, "processing" },
  { 4, "sandbox_pending" },
  { 5, "awaiting_external" },
  { VRF_INDEX_LAST_ACTIVE, "under_review" },
  { 7, "completed" },
  { VRF_INDEX_EXPIRED_STATUS, "expired" },
  { 9, "failed" },
  { 0, NULL },
};

/* verifa-api.md 2.4 */
static const VrfEnumNick results[] = {
  { 1, "approved" },
  { 2, "needs_review" },
  { 3, "rejected" },
  { 0, NULL },
};

/* verifa-api.md 2.6 */
static const VrfEnumNick risks[] = {
  { 1, "low" }, { 2, "medium" }, { 3, "high" }, { 4, "critical" }, { 0, NULL },
};

int
vrf_index_status_rank (const char *status)
{
  return vrf_enum_from_nick (statuses, status);
}

const char *
vrf_index_status_word (int rank)
{
  return vrf_enum_to_nick (statuses, rank);
}

int
vrf_index_result_rank (const char *result)
{
  int rank = vrf_enum_from_nick (results, result);

  return rank == 0 && result != NULL ? VRF_INDEX_OTHER_RESULT : rank;
}

const char *
vrf_index_result_word (int rank)
{
  return vrf_enum_to_nick (results, rank);
}

/* A level's thousand and one more than the score; 0 is a level without a score. */
int
vrf_index_risk_rank (const char *level, int score)
{
  return vrf_enum_from_nick (risks, level) * VRF_INDEX_RISK_STEP + CLAMP (score, -1, 100) + 1;
}

const char *
vrf_index_risk_word (int rank)
{
  return vrf_enum_to_nick (risks, rank / VRF_INDEX_RISK_STEP);
}

/* Without the two signs that mark a reference's end, which nobody can type. */
char *
vrf_index_fold (const char *text)
{
  char *folded = g_utf8_casefold (text, -1);

  return g_strdelimit (folded, "\001", ' ');
}

/* A number goes by its length, then by its digits: 9 before 10. */
static const char *
append_number (GString *key, const char *digits)
{
  gsize length = 0;

  while (digits[0] == '0' && g_ascii_isdigit (digits[1]))
    digits++;
  while (g_ascii_isdigit (digits[length]))
    length++;
  g_string_append_c (key, (char) ('0' + MIN (length, 70)));
  g_string_append_len (key, digits, (gssize) length);
  return digits + length;
}

char *
vrf_index_ref_key (const char *external_ref)
{
  g_autofree char *folded = g_utf8_casefold (external_ref, -1);
  GString *key = g_string_new (NULL);
  const char *at = folded;

  while (*at != '\0')
    if (g_ascii_isdigit (*at))
      at = append_number (key, at);
    else
      g_string_append_c (key, *at++);
  return g_string_free (key, FALSE);
}

/* By bytes: a search goes the same way, and what is found is compared whole. */
char *
vrf_index_tail (const char *id)
{
  gsize length = strlen (id);
  gsize kept = MIN (length, VRF_INDEX_TAIL_LENGTH);
  GString *tail = g_string_new (NULL);

  for (gsize i = 0; i < kept; i++)
    {
      char byte = g_ascii_tolower (id[length - 1 - i]);

      g_string_append_c (tail, g_ascii_isprint (byte) ? byte : '?');
    }
  return g_string_free (tail, FALSE);
}
