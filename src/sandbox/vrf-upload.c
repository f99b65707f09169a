/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include "sandbox/vrf-upload.h"

#include "base/vrf-error.h"
#include "sandbox/vrf-fields.h"

/* What every upload goes through (verifa-api.md 2.7, 3.11, 4). The file's name and the type that
 * the client gives it are ignored. */

static gboolean
is_address_kind (const char *kind)
{
  static const char *const kinds[] = { "utility_bill",     "bank_statement", "tax_document",
                                       "rental_agreement", "other",          NULL };

  return kind != NULL && g_strv_contains (kinds, kind);
}

/**
 * vrf_upload_read_address:
 * @form: a form with a proof of address
 * @errors: gets what is wrong with it
 * @ret_kind: (out) (transfer full) (nullable): `poa_document_type`
 * @ret_date: (out) (transfer full) (nullable): `poa_document_date`, which may be left out
 */
void
vrf_upload_read_address (VrfMultipart *form,
                         VrfFieldErrors *errors,
                         char **ret_kind,
                         char **ret_date)
{
  *ret_kind = vrf_multipart_dup_text (form, "poa_document_type", 64);
  if (!is_address_kind (*ret_kind))
    vrf_field_errors_add (errors,
                          "poa_document_type",
                          *ret_kind == NULL ? "required" : "enum",
                          "must be a kind of proof of address, such as utility_bill");
  *ret_date = vrf_multipart_dup_text (form, "poa_document_date", 64);
  if (vrf_multipart_find (form, "poa_document_date") != NULL
      && (*ret_date == NULL || vrf_fields_check_date (*ret_date) != NULL))
    vrf_field_errors_add (errors, "poa_document_date", "format", "must be a date like 2026-02-01");
}

/** vrf_upload_read_form: Returns: (nullable) (transfer full): the body as a form; %NULL with
 * @error, a refusal that says what is wrong with it */
VrfMultipart *
vrf_upload_read_form (VrfRequest *request, GError **error)
{
  GBytes *bytes = vrf_request_get_bytes (request);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GError) local = NULL;
  VrfMultipart *form = vrf_multipart_parse (
      vrf_request_get_header (request, "Content-Type"), bytes != NULL ? bytes : empty, &local);

  if (form == NULL)
    vrf_error_reply_refuse (error, 400, "bad_request", local->message);
  return form;
}

static void
refuse_image (VrfReply *reply, const GError *error)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  if (g_error_matches (error, VRF_ERROR, VRF_ERROR_TOO_LARGE))
    vrf_error_reply_set (reply, 413, "payload_too_large", error->message);
  else if (g_error_matches (error, VRF_ERROR, VRF_ERROR_ARGUMENT))
    vrf_error_reply_set (reply, 415, "unsupported_media_type", error->message);
  else
    {
      vrf_field_errors_add (errors, "file", "image", error->message);
      vrf_field_errors_reply (errors, reply);
    }
}

/**
 * vrf_upload_take_file:
 * @form: a form with a part called `file`
 * @errors: what is wrong with its other fields; that it has no file is told along with them
 * @reply: says why not, when it is not taken
 * @image: (out): what the file is
 * @ret_data: (out) (transfer none): its bytes, of @form
 *
 * Takes the form's file through the gate.
 *
 * Returns: %FALSE when it was answered
 */
gboolean
vrf_upload_take_file (VrfMultipart *form,
                      VrfFieldErrors *errors,
                      VrfReply *reply,
                      VrfCaptureImage *image,
                      GBytes **ret_data)
{
  const VrfMultipartPart *part = vrf_multipart_find (form, "file");
  g_autoptr (GError) error = NULL;

  if (part == NULL)
    vrf_field_errors_add (errors, "file", "required", "must be given");
  if (vrf_field_errors_reply (errors, reply))
    return FALSE;
  if (!vrf_capture_image_inspect (part->data, image, &error))
    {
      refuse_image (reply, error);
      return FALSE;
    }
  *ret_data = part->data;

  return TRUE;
}

/** vrf_upload_is_good_selfie: Returns: whether it is a picture of the size that a selfie must have;
 * if not, @reply says so */
gboolean
vrf_upload_is_good_selfie (const VrfCaptureImage *image, VrfReply *reply)
{
  g_autoptr (VrfFieldErrors) errors = vrf_field_errors_new ();

  if (vrf_capture_image_is_pdf (image))
    {
      vrf_error_reply_set (
          reply, 415, "unsupported_media_type", "A selfie has to be a picture: JPEG, PNG or WebP.");
      return FALSE;
    }
  if (MIN (image->width, image->height) >= VRF_CAPTURE_IMAGE_MIN_SELFIE)
    return TRUE;
  vrf_field_errors_add (errors,
                        "file",
                        "image_size",
                        "The selfie is too small: it must be at least 480 pixels wide and high.");
  vrf_field_errors_reply (errors, reply);

  return FALSE;
}

/** vrf_upload_new_document: Returns: (transfer full): what vrf_upload_take_file() took, to be kept
 * under @doc_type */
VrfStoredDocument *
vrf_upload_new_document (const char *doc_type, const VrfCaptureImage *image, GBytes *data)
{
  VrfStoredDocument *document = g_new0 (VrfStoredDocument, 1);

  document->doc_type = g_strdup (doc_type);
  document->mime_type = g_strdup (image->mime_type);
  document->data = g_bytes_ref (data);
  return document;
}

/** vrf_upload_check_text: adds to @errors that the form has a field @name whose text
 * vrf_multipart_dup_text() could not give: it would look as if it were not there */
void
vrf_upload_check_text (VrfMultipart *form,
                       const char *name,
                       glong max_chars,
                       VrfFieldErrors *errors)
{
  g_autofree char *text = vrf_multipart_dup_text (form, name, max_chars);
  g_autofree char *message = NULL;

  if (text != NULL || vrf_multipart_find (form, name) == NULL)
    return;
  message = g_strdup_printf ("must be text of at most %ld characters", max_chars);
  vrf_field_errors_add (errors, name, "string_length", message);
}
