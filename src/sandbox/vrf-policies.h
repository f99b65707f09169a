/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * VrfPolicy:
 * @policy: what a workflow's step calls it: `face_match`
 * @name: what the dashboard calls it: "Facial Recognition"
 * @category: `extraction`, `biometric`, `document_evaluation`, `compliance`, `fraud`, `decisioning`
 * @description: a sentence
 * @is_automatic: runs in every workflow, named there or not
 *
 * A check that a workflow can have (verifa-api.md 2.5).
 */
typedef struct
{
  const char *policy;
  const char *name;
  const char *category;
  const char *description;
  gboolean is_automatic;
} VrfPolicy;

/* All of them, up to a %NULL policy. */
extern const VrfPolicy vrf_policies[];

gboolean
vrf_policies_is_known (const char *policy);

G_END_DECLS
