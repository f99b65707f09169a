/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-capture-private.h"

#include "sandbox/vrf-upload.h"

/* The three steps that take a file. Its name and the type the client gives it are ignored. */

/* The form of a step; nothing is taken without consent. */
static VrfMultipart *
read_form (VrfCaptureCall *call, GError **error)
{
  return vrf_capture_need_consent (call, error) ? vrf_upload_read_form (call->request, error)
                                                : NULL;
}

static void
reply_document (VrfReply *reply, const VrfStoredDocument *document, const VrfCaptureImage *image)
{
  JsonObject *object = json_object_new ();
  JsonObject *quality = json_object_new ();
  JsonArray *warnings = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (vrf_capture_image_is_low_quality (image))
    json_array_add_string_element (warnings, "low_quality");
  json_object_set_double_member (quality, "score", vrf_capture_image_get_score (image));
  json_object_set_array_member (quality, "warnings", warnings);
  json_object_set_string_member (object, "document_id", document->id);
  json_object_set_string_member (object, "document_type", document->doc_type);
  json_object_set_object_member (object, "quality", quality);
  json_node_take_object (node, object);
  vrf_reply_set_json (reply, 201, node);
}

static gboolean
keep (VrfCaptureCall *call,
      VrfReply *reply,
      VrfStoredDocument *document,
      const VrfCaptureImage *image,
      GError **error)
{
  if (!vrf_service_put_document (call->service, call->session, document, error))
    return FALSE;
  reply_document (reply, document, image);

  return TRUE;
}

/* Which slot `side` means; NULL with @error when the document has no such side. */
static const char *
find_slot (VrfCaptureCall *call, const char *side, GError **error)
{
  g_autoptr (VrfCapturePlan) plan = vrf_capture_call_plan (call, error);

  if (plan == NULL)
    return NULL;
  if (call->session->document_type == NULL)
    return vrf_capture_refuse_order (error, "Choose the type of document first."), NULL;
  if (g_str_equal (side, "front"))
    return "id_front";
  if (!vrf_capture_plan_accepts_back (plan))
    return vrf_capture_refuse_order (error, "This document has no back to show."), NULL;

  return "id_back";
}

/** vrf_capture_step_documents: POST …/documents: `file` and `side`, front or back */
gboolean
vrf_capture_step_documents (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  g_autoptr (VrfMultipart) form = read_form (call, error);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredDocument) document = NULL;
  g_autofree char *side = NULL;
  const char *slot = NULL;
  VrfCaptureImage image = { NULL };
  GBytes *data = NULL;

  if (form == NULL)
    return FALSE;

  side = vrf_multipart_dup_text (form, "side", 16);
  if (g_strcmp0 (side, "front") != 0 && g_strcmp0 (side, "back") != 0)
    {
      vrf_field_errors_add (
          errors, "side", side == NULL ? "required" : "enum", "must be front or back");
      vrf_field_errors_reply (errors, reply);
      return TRUE;
    }
  slot = find_slot (call, side, error);
  if (slot == NULL)
    return FALSE;

  if (!vrf_upload_take_file (form, errors, reply, &image, &data))
    return TRUE;

  document = vrf_upload_new_document (slot, &image, data);
  return keep (call, reply, document, &image, error);
}

/** vrf_capture_step_selfie: POST …/selfie: `file`, at least 480 pixels a side */
gboolean
vrf_capture_step_selfie (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  g_autoptr (VrfMultipart) form = read_form (call, error);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredDocument) document = NULL;
  VrfCaptureImage image = { NULL };
  GBytes *data = NULL;

  if (form == NULL
      || !vrf_capture_need_step (
          call, VRF_CAPTURE_SELFIE, "This verification asks for no selfie.", error))
    return FALSE;

  if (!vrf_upload_take_file (form, errors, reply, &image, &data)
      || !vrf_upload_is_good_selfie (&image, reply))
    return TRUE;

  document = vrf_upload_new_document ("selfie", &image, data);
  return keep (call, reply, document, &image, error);
}

/** vrf_capture_step_address: POST …/proof-of-address: `file`, `poa_document_type` and, if the
 * applicant gave it, `poa_document_date` */
gboolean
vrf_capture_step_address (VrfCaptureCall *call, VrfReply *reply, GError **error)
{
  g_autoptr (VrfMultipart) form = read_form (call, error);
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();
  g_autoptr (VrfStoredDocument) document = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *date = NULL;
  VrfCaptureImage image = { NULL };
  GBytes *data = NULL;

  if (form == NULL
      || !vrf_capture_need_step (call,
                                 VRF_CAPTURE_PROOF_OF_ADDRESS,
                                 "This verification asks for no proof of address.",
                                 error))
    return FALSE;

  vrf_upload_read_address (form, errors, &kind, &date);
  if (!vrf_upload_take_file (form, errors, reply, &image, &data))
    return TRUE;

  document = vrf_upload_new_document ("proof_of_address", &image, data);
  document->poa_type = g_steal_pointer (&kind);
  document->poa_date = g_steal_pointer (&date);
  return keep (call, reply, document, &image, error);
}
