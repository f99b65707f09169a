/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-policies.h"

const VrfPolicy vrf_policies[] = {
  { "document_ocr",
    "Document Scan",
    "extraction",
    "Reads front and back, MRZ and barcode of a document." },
  { "face_match",
    "Facial Recognition",
    "biometric",
    "Compares the selfie with the photo on the ID." },
  { "nfc_chip_auth", "NFC Chip", "biometric", "Reads the chip of an electronic passport." },
  { "document_expiration",
    "Document Expiration",
    "document_evaluation",
    "Rejects documents that have expired." },
  { "id_document_filter",
    "ID Document Filter",
    "document_evaluation",
    "Accepts documents by country and type only as configured." },
  { "proof_of_address_check",
    "Proof of Address",
    "document_evaluation",
    "Validates a proof of address." },
  { "age_verification",
    "Age Verification",
    "document_evaluation",
    "Holds the age against the minimum age." },
  { "watchlist_screening",
    "Watchlist Screening",
    "compliance",
    "Screens against OFAC, EU, UN and UK lists.",
    TRUE },
  { "aml_screening",
    "AML Screening",
    "compliance",
    "Screens for sanctions, PEP and adverse media." },
  { "check_against_list", "Custom Lists", "compliance", "Looks the applicant up in custom lists." },
  { "risk_assessment",
    "Risk Assessment",
    "fraud",
    "Sums the signals up to a score from 0 to 100.",
    TRUE },
  { "identity_crossref",
    "Identity Cross-Reference",
    "fraud",
    "Compares what was typed with what was read." },
  { "duplicate_detection",
    "Duplicate Detection",
    "fraud",
    "Looks for the same person: device, e-mail, phone, document, face, name and date of birth." },
  { "email_risk_enhanced", "Email Risk", "fraud", "Rates the e-mail address." },
  { "phone_risk_enhanced", "Phone Risk", "fraud", "Rates the phone number." },
  { "auto_approve", "Auto Approve", "decisioning", "Leads to approved, rejected or review." },
  { NULL },
};

/** vrf_policies_is_known: Returns: whether a workflow's step may call for it */
gboolean
vrf_policies_is_known (const char *policy)
{
  for (guint i = 0; vrf_policies[i].policy != NULL; i++)
    if (g_str_equal (vrf_policies[i].policy, policy))
      return TRUE;
  return FALSE;
}
