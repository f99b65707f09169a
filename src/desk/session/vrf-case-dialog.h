/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a reviewer can do to a case. */
typedef enum
{
  VRF_CASE_CLAIM,
  VRF_CASE_RELEASE,
  VRF_CASE_APPROVE,
  VRF_CASE_REJECT,
  VRF_CASE_ESCALATE,
  VRF_CASE_NOTE,
  VRF_N_CASE_VERBS,
} VrfCaseVerb;

/**
 * VrfCaseWork:
 * @reviewer_id: (nullable): who does it; not for RELEASE, ESCALATE and NOTE
 * @text: (nullable): the note, or the reason in words
 * @reason_code: (nullable): of a rejection
 * @to: (nullable): whom it is escalated to
 *
 * What belongs to a verb. Borrowed.
 */
typedef struct
{
  const char *reviewer_id;
  const char *text;
  const char *reason_code;
  const char *to;
} VrfCaseWork;

/* Called once, unless the person changes their mind. */
typedef void (*VrfCaseDone) (GObject *target, VrfCaseVerb verb, const VrfCaseWork *work);

/* Asks for what the verb needs; what needs nothing is done at once. @reviewer_id: (nullable): what
 * stands in the form at first. @name: the session's, never personal. @target: what @done is called
 * on, also when the page shows another session by then. */
void
vrf_case_dialog_ask (GtkWidget *widget,
                     VrfCaseVerb verb,
                     const char *name,
                     const char *reviewer_id,
                     VrfCaseDone done,
                     GObject *target);

/* Translated, with a mnemonic and an ellipsis where it asks. */
const char *
vrf_case_verb_get_label (VrfCaseVerb verb);
/* Whether @text can be an organization's user (verifa-api.md 7.3). */
gboolean
vrf_case_is_reviewer (const char *text);

G_END_DECLS
