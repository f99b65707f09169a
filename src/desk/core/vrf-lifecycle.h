/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/* What can be done to a session, and what to say about it: pure functions of the row
 * (verifa-product.md 1.2, 1.3, DESIGN 5). */
typedef enum
{
  VRF_ACTION_RESUME,
  VRF_ACTION_NEW_LINK, /* generate-one-time-link while it may be opened, resume once expired */
  VRF_ACTION_EXPIRE,
  VRF_ACTION_RESEND_INVITE,
  VRF_ACTION_SIMULATE_APPROVE,
  VRF_ACTION_SIMULATE_DECLINE,
  VRF_ACTION_SIMULATE_REVIEW,
  VRF_ACTION_SIMULATE_EXPIRE,
  VRF_ACTION_REPROCESS,
  VRF_ACTION_REDACT,
  VRF_N_ACTIONS,
} VrfAction;

/* Translated: the button's word, and the sentence under it. */
const char *
vrf_action_get_label (VrfAction action);
const char *
vrf_action_get_description (VrfAction action);
gboolean
vrf_action_is_sandbox_only (VrfAction action);
gboolean
vrf_action_is_destructive (VrfAction action); /* asks first */

/* NULL when it is legal now, else the reason in a translated sentence. */
const char *
vrf_lifecycle_refusal (VrfRow *row, VrfAction action);
/* Nobody can open it any more, and a new link would help. */
gboolean
vrf_lifecycle_is_dead_end (VrfRow *row);

/* "Say to the guest": one translated sentence, never a reason for a rejection. */
const char *
vrf_lifecycle_say (VrfRow *row);
/* For staff: what this state means and what to do, one translated sentence. */
const char *
vrf_lifecycle_hint (VrfRow *row);

/* The four steps Waiting, Opened, Submitted, Result: which one is now (0 to 3); 4 when all done. */
int
vrf_lifecycle_step (VrfRow *row);
const char *
vrf_lifecycle_step_title (int step);

/* Whether a check in the state @check can be tried again now (verifa-api.md 3.16). */
gboolean
vrf_lifecycle_may_retry (VrfRow *row, VrfCheckStatus check);

/* Dashboard's label of a check policy (raw word if unknown), its category's title, its place on the
 * page. */
const char *
vrf_lifecycle_check_label (const char *policy);
const char *
vrf_lifecycle_check_category (const char *policy);
guint
vrf_lifecycle_check_order (const char *policy);

G_END_DECLS
