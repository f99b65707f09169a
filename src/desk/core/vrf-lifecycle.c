/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/core/vrf-lifecycle.h"

/*
 * The session's life as a person at the desk meets it. Pure: everything here is read from the row,
 * nothing is asked of the server, and the server still has the last word on every action.
 */

typedef struct
{
  const char *label;
  const char *description;
  gboolean sandbox_only;
  gboolean destructive;
} ActionText;

static const ActionText action_texts[VRF_N_ACTIONS] = {
  [VRF_ACTION_RESUME] = {
      N_ ("Resume"), N_ ("Lets the guest go on where they stopped; uploads are kept"), 0, 0 },
      [VRF_ACTION_NEW_LINK] = {
          N_ ("New Link"), N_ ("Makes a fresh link; the one before stops working"), 0, 0 },
          [VRF_ACTION_EXPIRE] = {
              N_ ("Expire"), N_ ("Ends it now; it can be resumed later"), 0, 1 },
              [VRF_ACTION_RESEND_INVITE] = {
                  N_ ("Resend Invitation"),
                      N_ ("Sends the email once more, five times at most"), 0, 0 },
                  [VRF_ACTION_SIMULATE_APPROVE] = {
                      N_ ("Approve"), N_ ("Sandbox: finishes it as approved"), 1, 0 },
                      [VRF_ACTION_SIMULATE_DECLINE] = {
                          N_ ("Decline"), N_ ("Sandbox: finishes it as rejected"), 1, 0 },
                          [VRF_ACTION_SIMULATE_REVIEW] = {
                              N_ ("Require Review"), N_ ("Sandbox: hands it to a reviewer"), 1, 0 },
                              [VRF_ACTION_SIMULATE_EXPIRE] = {
                                  N_ ("Expire Now"), N_ ("Sandbox: lets its link run out"), 1, 0 },
                                  [VRF_ACTION_REPROCESS] = {
                                      N_ ("Reprocess"),
                                          N_ ("Checks the same documents again with today’s "
                                              "workflow"),
                                              0,
                                              0 },
                                      [VRF_ACTION_REDACT] = { N_ ("Redact"),
                                          N_ ("Deletes the personal data for good"), 0, 1 },
                                      };

/**
 * vrf_action_get_label:
 *
 * Returns: the button's word, translated
 */
const char *
vrf_action_get_label (VrfAction action)
{
  g_return_val_if_fail (action < VRF_N_ACTIONS, "");

  return _ (action_texts[action].label);
}

/**
 * vrf_action_get_description:
 *
 * Returns: what the action does, translated, without a full stop
 */
const char *
vrf_action_get_description (VrfAction action)
{
  g_return_val_if_fail (action < VRF_N_ACTIONS, "");

  return _ (action_texts[action].description);
}

/**
 * vrf_action_is_sandbox_only:
 *
 * Returns: whether the service refuses it for live sessions (verifa-api.md 3.9)
 */
gboolean
vrf_action_is_sandbox_only (VrfAction action)
{
  g_return_val_if_fail (action < VRF_N_ACTIONS, FALSE);

  return action_texts[action].sandbox_only;
}

/**
 * vrf_action_is_destructive:
 *
 * Returns: whether the desk asks before it does it
 */
gboolean
vrf_action_is_destructive (VrfAction action)
{
  g_return_val_if_fail (action < VRF_N_ACTIONS, FALSE);

  return action_texts[action].destructive;
}

static gboolean
is_redacted (VrfRow *row)
{
  return g_strcmp0 (vrf_row_get_session (row)->retention_status, "redacted") == 0;
}

static gboolean
may_be_opened (VrfSessionStatus status)
{
  return status == VRF_SESSION_STATUS_PENDING || status == VRF_SESSION_STATUS_CAPTURING;
}

static gboolean
is_over (VrfSessionStatus status)
{
  return status == VRF_SESSION_STATUS_COMPLETED || status == VRF_SESSION_STATUS_EXPIRED
         || status == VRF_SESSION_STATUS_FAILED;
}

/* Why a session that is not @wanted refuses: what it is instead. */
static const char *
state_refusal (VrfSessionStatus status)
{
  switch (status)
    {
    case VRF_SESSION_STATUS_PENDING:
    case VRF_SESSION_STATUS_CAPTURING:
      return _ ("Not possible: the guest has not submitted yet");
    case VRF_SESSION_STATUS_PROCESSING:
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
      return _ ("Not possible: the guest has already submitted");
    case VRF_SESSION_STATUS_UNDER_REVIEW:
      return _ ("Not possible: a reviewer has it");
    case VRF_SESSION_STATUS_COMPLETED:
      return _ ("Not possible: the verification is completed");
    case VRF_SESSION_STATUS_EXPIRED:
      return _ ("Not possible: the verification has expired");
    case VRF_SESSION_STATUS_FAILED:
      return _ ("Not possible: the verification has failed");
    case VRF_SESSION_STATUS_UNKNOWN:
    default:
      return NULL; /* a newer service knows better than we do */
    }
}

static gboolean
is_legal (VrfSessionStatus status, VrfAction action)
{
  switch (action)
    {
    case VRF_ACTION_RESUME:
    case VRF_ACTION_NEW_LINK:
      return may_be_opened (status) || status == VRF_SESSION_STATUS_EXPIRED;
    case VRF_ACTION_RESEND_INVITE:
      return may_be_opened (status);
    case VRF_ACTION_EXPIRE:
    case VRF_ACTION_SIMULATE_APPROVE:
    case VRF_ACTION_SIMULATE_DECLINE:
    case VRF_ACTION_SIMULATE_REVIEW:
    case VRF_ACTION_SIMULATE_EXPIRE:
      return !is_over (status);
    case VRF_ACTION_REPROCESS:
      return status == VRF_SESSION_STATUS_COMPLETED || status == VRF_SESSION_STATUS_FAILED;
    case VRF_ACTION_REDACT:
      return TRUE;
    case VRF_N_ACTIONS:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * vrf_lifecycle_refusal:
 *
 * Whether an action is legal now (verifa-product.md 1.3). A status of a newer service is not
 * refused: the server decides.
 *
 * Returns: (nullable): %NULL when it is legal, else why not, translated, without a full stop
 */
const char *
vrf_lifecycle_refusal (VrfRow *row, VrfAction action)
{
  VrfSessionStatus status = VRF_SESSION_STATUS_UNKNOWN;

  g_return_val_if_fail (VRF_IS_ROW (row), NULL);
  g_return_val_if_fail (action < VRF_N_ACTIONS, NULL);

  status = vrf_row_get_status (row);

  if (vrf_action_is_sandbox_only (action) && !vrf_row_get_is_sandbox (row))
    return _ ("Only for sandbox verifications");
  if (is_redacted (row))
    return _ ("Not possible: its personal data was deleted");
  if (is_legal (status, action))
    return NULL;

  return state_refusal (status);
}

static const char *
say_result (VrfRow *row)
{
  switch (vrf_row_get_result_status (row))
    {
    case VRF_RESULT_STATUS_APPROVED:
      return _ ("Thank you, you are all set.");
    case VRF_RESULT_STATUS_REJECTED:
      return _ ("Thank you. One moment, please, a colleague will help you.");
    case VRF_RESULT_STATUS_NEEDS_REVIEW:
      return _ ("Thank you. A colleague will take a short look, please have a seat.");
    case VRF_RESULT_STATUS_UNKNOWN:
    default:
      return _ ("Thank you. One moment, please.");
    }
}

/**
 * vrf_lifecycle_say:
 *
 * Returns: what to say to the guest now, translated, one or two short sentences; never a reason for
 *   a rejection
 */
const char *
vrf_lifecycle_say (VrfRow *row)
{
  g_return_val_if_fail (VRF_IS_ROW (row), "");

  switch (vrf_row_get_status (row))
    {
    case VRF_SESSION_STATUS_PENDING:
      return vrf_row_can_show_qr (row) ? _ ("Please point your phone’s camera at this code.")
                                       : _ ("One moment, please, I will make you a code.");
    case VRF_SESSION_STATUS_CAPTURING:
      return _ ("Take your time. I can see here when you are done.");
    case VRF_SESSION_STATUS_PROCESSING:
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
      return _ ("Thank you. It is being checked now.");
    case VRF_SESSION_STATUS_UNDER_REVIEW:
      return _ ("Thank you. A colleague will take a short look, please have a seat.");
    case VRF_SESSION_STATUS_EXPIRED:
      return _ ("The code has run out. I will make you a new one.");
    case VRF_SESSION_STATUS_FAILED:
      return _ ("Something went wrong on our side. I will try again.");
    case VRF_SESSION_STATUS_COMPLETED:
      return say_result (row);
    case VRF_SESSION_STATUS_UNKNOWN:
    default:
      return _ ("One moment, please.");
    }
}

static const char *
hint_result (VrfRow *row)
{
  switch (vrf_row_get_result_status (row))
    {
    case VRF_RESULT_STATUS_APPROVED:
      return _ ("Go ahead.");
    case VRF_RESULT_STATUS_REJECTED:
      return _ ("Ask a supervisor. Do not tell the guest why.");
    case VRF_RESULT_STATUS_NEEDS_REVIEW:
      return _ ("Not a rejection. A person has to decide.");
    case VRF_RESULT_STATUS_UNKNOWN:
    default:
      return _ ("The result is on its way.");
    }
}

/**
 * vrf_lifecycle_hint:
 *
 * Returns: for staff: what the state means and what to do, translated, one sentence
 */
const char *
vrf_lifecycle_hint (VrfRow *row)
{
  g_return_val_if_fail (VRF_IS_ROW (row), "");

  switch (vrf_row_get_status (row))
    {
    case VRF_SESSION_STATUS_PENDING:
      if (vrf_row_is_remembered (row))
        return _ ("Remembered from before. The server has not told yet whether its link works.");
      return vrf_row_can_show_qr (row) ? _ ("The link works once. Leave it to the guest’s phone.")
                                       : _ ("There is no link that works. Press New Link.");
    case VRF_SESSION_STATUS_CAPTURING:
      return _ ("The guest is on the phone now. Nothing to do here.");
    case VRF_SESSION_STATUS_PROCESSING:
      return _ ("The checks are running. Nothing to do here.");
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
      return _ ("No real checks here: say how it ends.");
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
      return _ ("Another system has to answer. Nothing to do at the desk.");
    case VRF_SESSION_STATUS_UNDER_REVIEW:
      return _ ("Not a rejection. A reviewer decides; this page follows.");
    case VRF_SESSION_STATUS_EXPIRED:
      return _ ("Press New Link to go on; uploads are kept.");
    case VRF_SESSION_STATUS_FAILED:
      return _ ("A technical failure, not a rejection. Press View Session to reprocess it, or start "
                "again.");
    case VRF_SESSION_STATUS_COMPLETED:
      return hint_result (row);
    case VRF_SESSION_STATUS_UNKNOWN:
    default:
      return _ ("This version does not know this state. The service’s own word is shown.");
    }
}

/* How far an ended session is known to have come: what was seen here, or is told by what the
 * applicant left. */
static int
get_last_step (VrfRow *row)
{
  const VrfSession *session = vrf_row_get_session (row);

  if (vrf_row_get_submitted_at (row) != VRF_TIME_NONE || session->processing_attempts > 0)
    return 2;
  return vrf_row_get_opened_at (row) != VRF_TIME_NONE || session->consent_ip != NULL
                 || session->document_type != NULL
             ? 1
             : 0;
}

/**
 * vrf_lifecycle_step:
 *
 * Which of the steps Waiting, Opened, Submitted, Result is going on. A session that ended before
 * its result stays at the step where it stopped.
 *
 * Returns: 0 to 3, or 4 when all are done
 */
int
vrf_lifecycle_step (VrfRow *row)
{
  g_return_val_if_fail (VRF_IS_ROW (row), 0);

  switch (vrf_row_get_status (row))
    {
    case VRF_SESSION_STATUS_CAPTURING:
      return 1;
    case VRF_SESSION_STATUS_PROCESSING:
    case VRF_SESSION_STATUS_SANDBOX_PENDING:
    case VRF_SESSION_STATUS_AWAITING_EXTERNAL:
      return 2;
    case VRF_SESSION_STATUS_UNDER_REVIEW:
      return 3;
    case VRF_SESSION_STATUS_COMPLETED:
      return 4;
    case VRF_SESSION_STATUS_EXPIRED:
    case VRF_SESSION_STATUS_FAILED:
      return get_last_step (row);
    case VRF_SESSION_STATUS_PENDING:
    case VRF_SESSION_STATUS_UNKNOWN:
    default:
      return 0;
    }
}

/**
 * vrf_lifecycle_step_title:
 * @step: 0 to 3
 *
 * Returns: the step's word, translated
 */
const char *
vrf_lifecycle_step_title (int step)
{
  static const char *const titles[] = { N_ ("Waiting"),
                                            N_ ("Opened"), N_ ("Submitted"), N_ ("Result") };

  g_return_val_if_fail (step >= 0 && step < (int) G_N_ELEMENTS (titles), "");

  return _ (titles[step]);
}

gboolean
vrf_lifecycle_is_dead_end (VrfRow *row)
{
  VrfSessionStatus status = vrf_row_get_status (row);

  return !vrf_row_can_show_qr (row)
         && (status == VRF_SESSION_STATUS_PENDING || status == VRF_SESSION_STATUS_EXPIRED)
         && vrf_lifecycle_refusal (row, VRF_ACTION_NEW_LINK) == NULL;
}

/**
 * vrf_lifecycle_may_retry:
 * @check: how the check stands
 *
 * Returns: whether another attempt of it is legal now
 */
gboolean
vrf_lifecycle_may_retry (VrfRow *row, VrfCheckStatus check)
{
  VrfSessionStatus status = vrf_row_get_status (row);

  if (check != VRF_CHECK_STATUS_FAILED && check != VRF_CHECK_STATUS_ERROR
      && check != VRF_CHECK_STATUS_REQUIRES_RETRY)
    return FALSE;
  if (g_strcmp0 (vrf_row_get_session (row)->retention_status, "redacted") == 0)
    return FALSE;

  return status == VRF_SESSION_STATUS_COMPLETED || status == VRF_SESSION_STATUS_UNDER_REVIEW
         || status == VRF_SESSION_STATUS_FAILED;
}

typedef struct
{
  const char *policy;
  const char *label;
  const char *category;
} CheckText;

/* In the order in which the page shows them (verifa-api.md 2.5, verifa-product.md 4.1). */
static const CheckText check_texts[] = {
  { "document_ocr",
    N_ ("Document Scan"), N_ ("Extraction") },
    { "face_match",
      N_ ("Facial Recognition"), N_ ("Biometric") },
      { "nfc_chip_auth",
        N_ ("Chip"), N_ ("Biometric") },
        { "document_expiration",
          N_ ("Document Expiration"), N_ ("Document") },
          { "id_document_filter",
            N_ ("Accepted Documents"), N_ ("Document") },
            { "proof_of_address_check",
              N_ ("Proof of Address"), N_ ("Document") },
              { "age_verification",
                N_ ("Age Verification"), N_ ("Document") },
                { "watchlist_screening",
                  N_ ("Watchlist"), N_ ("Compliance") },
                  { "aml_screening",
                    N_ ("AML Screening"), N_ ("Compliance") },
                    { "check_against_list",
                      N_ ("List Check"), N_ ("Compliance") },
                      { "risk_assessment",
                        N_ ("Risk Assessment"), N_ ("Fraud") },
                        { "identity_crossref",
                          N_ ("Cross-Reference"), N_ ("Fraud") },
                          { "duplicate_detection",
                            N_ ("Duplicate Detection"), N_ ("Fraud") },
                            { "email_risk_enhanced",
                              N_ ("Email Risk"), N_ ("Fraud") },
                              { "phone_risk_enhanced",
                                N_ ("Phone Risk"), N_ ("Fraud") },
                                { "auto_approve", N_ ("Decision"), N_ ("Decision") },
                                };

/**
 * vrf_lifecycle_check_order:
 * @policy: the API's name of a check
 *
 * Returns: where the check stands on the page, 0 first; unknown checks stand last
 */
guint
vrf_lifecycle_check_order (const char *policy)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (check_texts) && g_strcmp0 (check_texts[i].policy, policy) != 0)
    i++;

  return i;
}

/**
 * vrf_lifecycle_check_label:
 * @policy: the API's name of a check
 *
 * Returns: the dashboard's label, translated; the name itself when it is a newer one
 */
const char *
vrf_lifecycle_check_label (const char *policy)
{
  guint i = vrf_lifecycle_check_order (policy);

  return i < G_N_ELEMENTS (check_texts) ? _ (check_texts[i].label) : policy;
}

/**
 * vrf_lifecycle_check_category:
 * @policy: the API's name of a check
 *
 * Returns: the title of the group it stands in, translated
 */
const char *
vrf_lifecycle_check_category (const char *policy)
{
  guint i = vrf_lifecycle_check_order (policy);

  return i < G_N_ELEMENTS (check_texts) ? _ (check_texts[i].category) : _ ("Other");
}
