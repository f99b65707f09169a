/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-seed.h"

#include "base/vrf-random.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-outcome.h"
#include "sandbox/vrf-store-cases.h"

/*
 * Sessions as a front desk would have left them, for measurements, pictures and training. Names are
 * invented. The same number gives the same sessions but for ids and tokens, which are always
 * random.
 */

#define TOKEN_LIFE_US VRF_SECONDS (20 * 60)
/* A busy desk: so many a day. */
#define EACH_US VRF_SECONDS (7 * 60)
#define FIRST_REF 20400

static const char *const first_names[] = {
  "Amara",   "Bastien", "Chiara", "Dmitri",  "Elif", "Farouk", "Greta", "Hana",  "Ivo",
  "Jolanda", "Kenji",   "Leila",  "Mads",    "Noor", "Odalys", "Pavel", "Quinn", "Rosalie",
  "Sigurd",  "Tamar",   "Ugo",    "Violeta", "Wren", "Ximena", "Yusuf", "Zofia",
};
static const char *const last_names[] = {
  "Abelson",   "Brandvik", "Castellan", "Dorsey",    "Ekwueme", "Farnholt",
  "Gallimore", "Hartigan", "Ilves",     "Jankovic",  "Kessler", "Lindqvist",
  "Marchetti", "Norwood",  "Okafor",    "Pellegrin", "Quillon", "Rautio",
  "Sandoval",  "Thibault", "Umarov",    "Verhoeven", "Winslow",
};
static const char *const desks[] = { "Desk 1", "Desk 2", "Night desk" };
static const char *const tags[] = { "[]", "[]", "[]", "[\"walk-in\"]", "[\"vip\"]", "[\"group\"]" };
static const char *const workflows[] = {
  "workflow_default_kyc", "workflow_default_kyc", "workflow_default_kyc",
  "workflow_age_21",      "workflow_doc_only",    "workflow_user_info",
};
static const char *const countries[] = { "US", "US", "DE", "FR", "ES", "GB", NULL };

/* How often an outcome is met, in 100; what is left over expired. */
static const struct
{
  const char *preset;
  int weight;
} outcomes[] = {
  { "approve", 68 },         { "reject", 5 },
  { "needs_review", 2 },     { "reject_document_expired", 4 },
  { "reject_underage", 3 },  { "reject_unreadable", 3 },
  { "reject_high_risk", 1 }, { "review_watchlist", 1 },
  { "review_duplicate", 1 }, { "fail", 1 },
};

/* What the newest ones are still doing. */
static const VrfState active[] = {
  VRF_STATE_PENDING,
  VRF_STATE_CAPTURING,
  VRF_STATE_SANDBOX_PENDING,
  VRF_STATE_PENDING,
};

#define PICK(random, list) list[g_rand_int_range (random, 0, G_N_ELEMENTS (list))]

static const VrfPreset *
pick_outcome (GRand *random)
{
  int at = g_rand_int_range (random, 0, 100);

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      if (at < outcomes[i].weight)
        return vrf_presets_find (outcomes[i].preset);
      at -= outcomes[i].weight;
    }
  return NULL;
}

static char *
dup_metadata (GRand *random)
{
  const char *first = PICK (random, first_names);
  const char *last = PICK (random, last_names);

  return g_strdup_printf (
      "{\"applicant_name\":\"%s %s\",\"desk\":\"%s\"}", first, last, PICK (random, desks));
}

static VrfStoredSession *
new_session (GRand *random, guint index, gint64 created_at)
{
  VrfStoredSession *session = vrf_stored_session_new ();

  session->id = vrf_random_id ("session_");
  session->is_sandbox = TRUE;
  session->created_at = created_at;
  session->updated_at = created_at;
  session->external_ref = g_strdup_printf ("BK-%05u", FIRST_REF + index);
  g_free (session->metadata);
  session->metadata = dup_metadata (random);
  vrf_stored_set (&session->tags, PICK (random, tags));
  vrf_stored_set (&session->workflow_id, PICK (random, workflows));
  vrf_stored_set (&session->country, PICK (random, countries));
  return session;
}

static gboolean
insert_active (VrfSandboxStore *store, VrfStoredSession *session, VrfState state, GError **error)
{
  g_autofree char *random = vrf_random_base64url (32);
  VrfStoredToken token = { 0 };

  session->state = state;
  session->token = g_strconcat ("tok_", random, NULL);
  session->token_expires_at = session->created_at + TOKEN_LIFE_US;
  token.token = session->token;
  token.expires_at = session->token_expires_at;
  if (!vrf_sandbox_store_insert_session (store, session, error))
    return FALSE;
  token.session_n = session->n;
  return vrf_sandbox_store_insert_token (store, &token, error);
}

static gboolean
insert_outcome (VrfSandboxStore *store,
                VrfStoredSession *session,
                const VrfPreset *preset,
                GError **error)
{
  session->state = preset->to;
  if (!vrf_engine_is_active (preset->to))
    session->ended_at = session->updated_at;
  if (preset->to == VRF_STATE_UNDER_REVIEW)
    {
      session->case_id = vrf_random_id ("case_");
      session->case_status = g_strdup ("open");
    }
  if (preset->result != NULL)
    {
      vrf_stored_set (&session->result_status, preset->result);
      vrf_stored_set (&session->risk_level, vrf_presets_risk_level (preset->risk_score));
    }
  vrf_stored_set (&session->document_type, "drivers_license");
  vrf_stored_set (&session->consent_ip, "127.0.0.1");
  session->consent_at = session->created_at;

  if (!vrf_sandbox_store_insert_session (store, session, error))
    return FALSE;
  if (session->case_id != NULL
      && !vrf_store_cases_open (store, session, session->updated_at, error))
    return FALSE;
  return preset->result == NULL
         || vrf_outcome_write (store, session, preset, session->updated_at, error);
}

static gboolean
add_one (VrfSandboxStore *store, GRand *random, guint index, gint64 created_at, GError **error)
{
  g_autoptr (VrfStoredSession) session = new_session (random, index, created_at);
  const VrfPreset *preset = pick_outcome (random);

  if (preset == NULL)
    {
      session->state = VRF_STATE_EXPIRED;
      session->updated_at = created_at + TOKEN_LIFE_US;
      session->ended_at = session->updated_at;
      return vrf_sandbox_store_insert_session (store, session, error);
    }
  session->updated_at = created_at + VRF_SECONDS (g_rand_int_range (random, 90, 600));
  session->processing_attempts = 1;
  return insert_outcome (store, session, preset, error);
}

/**
 * vrf_seed_add:
 * @store: a store, in a transaction
 * @n: how many
 * @now: the sandbox's time
 * @error: from the database
 *
 * Adds sessions in every status, oldest first, the last ones minutes ago and still active.
 */
gboolean
vrf_seed_add (VrfSandboxStore *store, guint n, gint64 now, GError **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (n);
  guint n_active = MIN (n / 4, (guint) G_N_ELEMENTS (active));
  guint n_past = n - n_active;

  for (guint i = 0; i < n_past; i++)
    {
      gint64 jitter = VRF_SECONDS (g_rand_int_range (random, 0, 300));
      gint64 created_at = now - (gint64) (n_past - i) * EACH_US - 2 * TOKEN_LIFE_US + jitter;

      if (!add_one (store, random, i, created_at, error))
        return FALSE;
    }
  for (guint i = 0; i < n_active; i++)
    {
      gint64 created_at = now - VRF_SECONDS (150 * (n_active - i));
      g_autoptr (VrfStoredSession) session = new_session (random, n_past + i, created_at);

      if (!insert_active (store, session, active[i], error))
        return FALSE;
    }
  return TRUE;
}
