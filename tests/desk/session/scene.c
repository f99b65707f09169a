/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-tests"

#include "config.h"

#include <string.h>

#include "scene.h"

#include "base/vrf-json.h"
#include "base/vrf-time.h"
#include "desk/widgets/vrf-chip.h"

static JsonNode *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *node = vrf_json_parse (bytes, 1 << 20, &error);

  g_assert_no_error (error);
  return node;
}

VrfBackend *
scene_backend_new (void)
{
  g_autoptr (VrfProfile) profile =
      vrf_profile_new ("test", "http://127.0.0.1:9", VRF_ENVIRONMENT_SANDBOX);
  VrfBackend *backend = vrf_backend_new (profile, "vk_sandbox_0123456789abcdef");

  vrf_clock_feed_date (vrf_backend_get_clock (backend), g_get_real_time ());

  return backend;
}

static VrfRow *
upsert (VrfBackend *backend, const char *json)
{
  g_autoptr (JsonNode) node = parse (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfSession) session = vrf_session_new_from_json (node, &error);

  g_assert_no_error (error);
  return vrf_row_store_upsert (vrf_backend_get_rows (backend), session);
}

VrfRow *
scene_row (VrfBackend *backend, const char *status, int left_s)
{
  /* Each reply is newer than the one before it. */
  static gint64 step_us = 0;
  gint64 now = g_get_real_time ();
  g_autofree char *created = vrf_time_format_ms (now - 108 * G_USEC_PER_SEC);
  g_autofree char *updated = vrf_time_format_ms (now + (step_us += 2000));
  g_autofree char *expires = vrf_time_format_ms (now + left_s * G_USEC_PER_SEC);
  g_autofree char *link =
      left_s > 0 ? g_strdup_printf (
          "'capture_url':'https://app.withverifa.com/verify/tok_0123456789abcdefghij"
          "ABCDEFGHIJ_-klmnopqrstu','token_expires_at':'%s',",
          expires)
                 : g_strdup ("");
  g_autofree char *json = g_strdup_printf (
      "{'id':'session_5f0c2a9be1d74c6f8a3b9d10','status':'%s','is_sandbox':true,%s"
      "'created_at':'%s','updated_at':'%s','external_ref':'BK-20417','country':'NO',"
      "'document_type':'passport','consent_ip':'203.0.113.7','retention_status':'active',"
      "'metadata':{'applicant_name':'Tom Beaumont','desk':'Reception 2','room':'412'},"
      "'tags':['late arrival']}",
      status,
      link,
      created,
      updated);

  return upsert (backend, json);
}

VrfRow *
scene_other_row (VrfBackend *backend, const char *id, const char *status, gboolean sandbox)
{
  g_autofree char *json =
      g_strdup_printf ("{'id':'%s','status':'%s','is_sandbox':%s,'external_ref':'%s'}",
                       id,
                       status,
                       sandbox ? "true" : "false",
                       id);

  return upsert (backend, json);
}

VrfRow *
scene_told_row (VrfBackend *backend, const char *id, const char *status, const char *more)
{
  g_autofree char *json = g_strdup_printf ("{'id':'%s','status':'%s',%s}", id, status, more);

  return upsert (backend, json);
}

void
scene_set_result (VrfRow *row, const char *status, double face_score)
{
  g_autofree char *json = g_strdup_printf (
      "{'session_id':'x','status':'%s','face_match_passed':%s,'face_match_score':%.2f,"
      "'age_check_passed':true,'extracted_age':28,'extracted_data':{'first_name':'Jane',"
      "'last_name':'Doe','date_of_birth':'1997-06-15','document_number':'D1234567',"
      "'address':{'line1':'123 Main St','city':'San Francisco'},'later_field':'Zebra'},"
      "'rejection_reason':%s,"
      "'check_results':{'face_match':{'status':'passed','score':%.2f},"
      "'nfc_chip_auth':{'status':'skipped'},'document_ocr':{'status':'passed'},"
      "'age_verification':true,'a_newer_check':{'status':'passed'}}}",
      status,
      face_score >= 0.35 ? "true" : "false",
      face_score,
      face_score >= 0.35 ? "null" : "'Selfie & document differ'",
      face_score);
  g_autoptr (JsonNode) node = parse (json);
  g_autoptr (JsonNode) risk_node =
      parse ("{'session_id':'x','risk_score':12,'risk_level':'low','signals':[]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (VrfResult) result = vrf_result_new_from_json (node, &error);
  g_autoptr (VrfRisk) risk = NULL;

  g_assert_no_error (error);
  risk = vrf_risk_new_from_json (risk_node, &error);
  g_assert_no_error (error);
  vrf_row_set_result (row, result);
  vrf_row_set_risk (row, risk);
}

static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));

  return NULL;
}

GtkWidget *
scene_find (GtkWidget *root, GType type, const char *text)
{
  GtkWidget *child = NULL;
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (root), type)
      && (text == NULL || g_strcmp0 (text_of (root), text) == 0))
    return root;

  for (child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = scene_find (child, type, text);

  return found;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  g_autofree char *word = NULL;

  if (VRF_IS_CHIP (widget))
    g_object_get (widget, "label", &word, NULL);
  else if (GTK_IS_LABEL (widget))
    word = g_strdup (gtk_label_get_text (GTK_LABEL (widget)));

  return word != NULL && strstr (word, text) != NULL;
}

gboolean
scene_shows (GtkWidget *root, const char *text)
{
  GtkWidget *child = NULL;

  if (!gtk_widget_get_visible (root) || !gtk_widget_get_child_visible (root))
    return FALSE;
  if (says (root, text))
    return TRUE;

  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (scene_shows (child, text))
      return TRUE;

  return FALSE;
}

void
scene_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
