/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <string.h>

#include "api/vrf-session.h"
#include "base/vrf-enum.h"
#include "base/vrf-time.h"

#define TAGS_MAX 1000
#define PAGE_MAX 1000

static const VrfEnumNick session_statuses[] = {
  { VRF_SESSION_STATUS_PENDING, "pending" },
  { VRF_SESSION_STATUS_CAPTURING, "capturing" },
  { VRF_SESSION_STATUS_PROCESSING, "processing" },
  { VRF_SESSION_STATUS_SANDBOX_PENDING, "sandbox_pending" },
  { VRF_SESSION_STATUS_AWAITING_EXTERNAL, "awaiting_external" },
  { VRF_SESSION_STATUS_UNDER_REVIEW, "under_review" },
  { VRF_SESSION_STATUS_COMPLETED, "completed" },
  { VRF_SESSION_STATUS_EXPIRED, "expired" },
  { VRF_SESSION_STATUS_FAILED, "failed" },
  { 0, NULL },
};

/* The first spelling of each is ours; the others are read alike. */
static const VrfEnumNick result_statuses[] = {
  { VRF_RESULT_STATUS_APPROVED, "approved" },
  { VRF_RESULT_STATUS_REJECTED, "rejected" },
  { VRF_RESULT_STATUS_NEEDS_REVIEW, "needs_review" },
  { VRF_RESULT_STATUS_APPROVED, "passed" },
  { VRF_RESULT_STATUS_REJECTED, "failed" },
  { VRF_RESULT_STATUS_REJECTED, "declined" },
  { 0, NULL },
};

G_DEFINE_BOXED_TYPE (VrfSession, vrf_session, vrf_session_ref, vrf_session_unref)

/** vrf_session_status_from_text: @text nullable. Returns: UNKNOWN for a word we do not know */
VrfSessionStatus
vrf_session_status_from_text (const char *text)
{
  return (VrfSessionStatus) vrf_enum_from_nick (session_statuses, text);
}

/** vrf_session_status_is_active: Returns: whether it still moves by itself (verifa-api.md 2.1) */
gboolean
vrf_session_status_is_active (VrfSessionStatus status)
{
  return status >= VRF_SESSION_STATUS_PENDING && status <= VRF_SESSION_STATUS_UNDER_REVIEW;
}

/** vrf_result_status_from_text: @text nullable. Returns: UNKNOWN for a word we do not know */
VrfResultStatus
vrf_result_status_from_text (const char *text)
{
  return (VrfResultStatus) vrf_enum_from_nick (result_statuses, text);
}

/** vrf_result_status_to_text: Returns: (nullable) (transfer none): the API's word */
const char *
vrf_result_status_to_text (VrfResultStatus status)
{
  return vrf_enum_to_nick (result_statuses, status);
}

/* Metadata is the integrator's own: a member of another type is not an error. */
static char *
dup_metadata_text (JsonObject *metadata, const char *name)
{
  JsonNode *node = metadata != NULL ? json_object_get_member (metadata, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_dup_string (node);
}

static void
read_metadata (VrfSession *self, VrfJsonReader *reader)
{
  JsonObject *metadata = vrf_json_reader_opt_object (reader, "metadata");

  self->metadata = metadata != NULL ? json_object_ref (metadata) : NULL;
  self->applicant_name = dup_metadata_text (metadata, "applicant_name");
  self->desk = dup_metadata_text (metadata, "desk");
}

static void
read_times (VrfSession *self, VrfJsonReader *reader)
{
  self->created_at = vrf_json_reader_opt_time (reader, "created_at");
  self->updated_at = vrf_json_reader_opt_time (reader, "updated_at");
  self->expired_at = vrf_json_reader_opt_time (reader, "expired_at");
  self->token_expires_at = vrf_json_reader_opt_time (reader, "token_expires_at");
  if (self->token_expires_at == VRF_TIME_NONE)
    self->token_expires_at = vrf_json_reader_opt_time (reader, "expires_at");
}

static void
read_texts (VrfSession *self, VrfJsonReader *reader)
{
  const struct
  {
    char **field;
    const char *name;
  } texts[] = {
    { &self->environment, "environment" },
    { &self->external_ref, "external_ref" },
    { &self->country, "country" },
    { &self->workflow_id, "workflow_id" },
    { &self->document_type, "document_type" },
    { &self->retention_status, "retention_status" },
    { &self->consent_ip, "consent_ip" },
    { &self->capture_url, "capture_url" },
    { &self->case_id, "case_id" },
    { &self->case_status, "case_status" },
    { &self->result_status, "result_status" },
    { &self->risk_level, "risk_level" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i].field = g_strdup (vrf_json_reader_opt_string (reader, texts[i].name));
}

/**
 * vrf_session_new:
 * @id: a session's id
 * @status_text: as the API wrote it
 *
 * Returns: (transfer full): a session of which nothing else is known
 */
VrfSession *
vrf_session_new (const char *id, const char *status_text)
{
  VrfSession *self = g_atomic_rc_box_new0 (VrfSession);

  self->id = g_strdup (id);
  self->status_text = g_strdup (status_text);
  self->status = vrf_session_status_from_text (status_text);
  self->created_at = VRF_TIME_NONE;
  self->updated_at = VRF_TIME_NONE;
  self->token_expires_at = VRF_TIME_NONE;
  self->expired_at = VRF_TIME_NONE;
  self->processing_attempts = -1;
  self->tags = g_new0 (char *, 1);
  return self;
}

/**
 * vrf_session_new_from_json:
 * @node: (nullable): the reply of create, get, update, resume, expire or simulate, or an item of
 *   the list
 * @error: %VRF_ERROR_REPLY that names the member
 *
 * Returns: (nullable) (transfer full): the session
 */
VrfSession *
vrf_session_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfSession) self = g_atomic_rc_box_new0 (VrfSession);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "session");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->status_text = g_strdup (vrf_json_reader_string (&reader, "status"));
  self->status = vrf_session_status_from_text (self->status_text);
  self->is_sandbox = vrf_json_reader_opt_bool (&reader, "is_sandbox", FALSE);
  self->processing_attempts =
      (int) vrf_json_reader_opt_int (&reader, "processing_attempts", 0, G_MAXINT, -1);
  self->tags = vrf_json_reader_opt_strv (&reader, "tags", TAGS_MAX);
  read_texts (self, &reader);
  read_times (self, &reader);
  read_metadata (self, &reader);
  if (*self->id == '\0')
    vrf_json_reader_fail (&reader, "id", "is empty");

  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

VrfSession *
vrf_session_ref (VrfSession *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  VrfSession *self = data;

  g_free (self->id);
  g_free (self->status_text);
  g_free (self->environment);
  g_free (self->external_ref);
  g_free (self->applicant_name);
  g_free (self->desk);
  g_clear_pointer (&self->metadata, json_object_unref);
  g_free (self->country);
  g_free (self->workflow_id);
  g_free (self->document_type);
  g_free (self->retention_status);
  g_free (self->consent_ip);
  g_free (self->capture_url);
  g_free (self->case_id);
  g_free (self->case_status);
  g_strfreev (self->tags);
  g_free (self->result_status);
  g_free (self->risk_level);
}

void
vrf_session_unref (VrfSession *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
read_sessions (VrfSessionPage *self, JsonArray *data, GError **error)
{
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      VrfSession *session = vrf_session_new_from_json (json_array_get_element (data, i), error);

      if (session == NULL)
        return FALSE;
      g_ptr_array_add (self->sessions, session);
    }
  return TRUE;
}

/**
 * vrf_session_page_new_from_json:
 * @node: (nullable): the reply of GET /sessions (verifa-api.md 1.6, 3.2)
 * @error: %VRF_ERROR_REPLY that names the member
 *
 * Returns: (nullable) (transfer full): the page; without `pagination` it counts as the whole list
 */
VrfSessionPage *
vrf_session_page_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfSessionPage) self = g_new0 (VrfSessionPage, 1);
  JsonObject *pagination = NULL;
  JsonArray *data = NULL;
  VrfJsonReader reader;
  guint length = 0;

  self->sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_session_unref);
  vrf_json_reader_init (&reader, node, "sessions");
  data = vrf_json_reader_array (&reader, "data", PAGE_MAX);
  pagination = vrf_json_reader_opt_object (&reader, "pagination");
  if (!vrf_json_reader_finish (&reader, error) || !read_sessions (self, data, error))
    return NULL;

  length = self->sessions->len;
  self->total = self->limit = length;
  if (pagination == NULL)
    return g_steal_pointer (&self);
  vrf_json_reader_init_object (&reader, pagination, "pagination");
  self->total = (guint) vrf_json_reader_opt_int (&reader, "total", 0, G_MAXINT, length);
  self->limit = (guint) vrf_json_reader_opt_int (&reader, "limit", 0, G_MAXINT, length);
  self->offset = (guint) vrf_json_reader_opt_int (&reader, "offset", 0, G_MAXINT, 0);
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_session_page_free (VrfSessionPage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sessions);
  g_free (self);
}
