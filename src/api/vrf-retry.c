/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-retry.h"

#define BACKOFF_FIRST_MS 1000
#define BACKOFF_MAX_MS 30000

/* A server that wants a longer pause is not waited for: the caller hears of it at once. */
#define RETRY_AFTER_MAX_S 60

static gboolean
is_transient (guint http_status)
{
  return http_status == 0 || http_status == 429 || http_status == 500
         || (http_status >= 502 && http_status <= 504);
}

/**
 * vrf_retry_delay_ms:
 * @attempt: how many attempts have been made, 1 or more
 * @outcome: what came of the last one
 * @jitter: a random number, 0 to 1
 *
 * The retry policy of verifa-api.md 1.8: 429, 500, 502, 503, 504 and missing answers are tried
 * again after 1, 2, 4, 8 … s, at most 30 s, of which @jitter decides the second half, so that many
 * desks do not come back together. `Retry-After` replaces that wait and is only ever lengthened, by
 * at most a tenth; beyond 60 s the call is given up. What changes something is repeated only when
 * @outcome allows it. A pure function: it neither waits nor counts.
 *
 * Returns: how long to wait before the next attempt in ms, or %VRF_RETRY_STOP
 */
int
vrf_retry_delay_ms (guint attempt, const VrfRetryOutcome *outcome, double jitter)
{
  int backoff_ms = BACKOFF_MAX_MS;

  if (attempt >= VRF_RETRY_MAX_ATTEMPTS || !outcome->may_repeat
      || !is_transient (outcome->http_status) || outcome->retry_after_s > RETRY_AFTER_MAX_S)
    return VRF_RETRY_STOP;

  jitter = CLAMP (jitter, 0.0, 1.0);
  if (outcome->retry_after_s >= 0)
    return outcome->retry_after_s * 1000 + (int) (outcome->retry_after_s * 100 * jitter);

  if (attempt >= 1 && attempt <= 5)
    backoff_ms = MIN (BACKOFF_FIRST_MS << (attempt - 1), BACKOFF_MAX_MS);
  return backoff_ms / 2 + (int) (backoff_ms / 2 * jitter);
}
