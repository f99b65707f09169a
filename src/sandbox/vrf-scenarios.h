/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-stored.h"

G_BEGIN_DECLS

/** VRF_SCENARIOS_EXPIRE_S: how long the link of a session lives that is to expire. */
#define VRF_SCENARIOS_EXPIRE_S 60

/**
 * VrfScenario:
 * @id: what an `external_ref` begins with: "sandbox-decline", or "sandbox-decline-" and any text
 * @title: what it is called, in English
 * @description: a sentence
 * @outcome: the preset
 *
 * A session that knows how it will end (verifa-api.md 4.1).
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *description;
  const char *outcome;
} VrfScenario;

const VrfScenario *
vrf_scenarios_list (guint *ret_n);
const VrfPreset *
vrf_scenarios_find_preset (const VrfStoredSession *session);
gboolean
vrf_scenarios_expires (const VrfStoredSession *session);

G_END_DECLS
