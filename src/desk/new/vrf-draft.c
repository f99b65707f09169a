/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "desk/new/vrf-draft.h"

#include "base/vrf-error.h"

/*
 * VrfDraft: everything typed into New Verification, and the idempotency key of the request it will
 * become. It outlives the dialog, so that Esc loses nothing.
 *
 * The key is made once and stays through retries, closing and opening again, until the server has
 * given a final answer: a second press can then never make a second session (verifa-api.md 1.5).
 * Memory only: it holds personal data.
 */

#define MAX_CHARS 1000
#define MAX_METADATA_BYTES (16 * 1024)

struct _VrfDraft
{
  GObject parent_instance;

  /* owned */
  char *texts[VRF_DRAFT_N_FIELDS]; /* never NULL */
  char *key;                       /* NULL until asked for */

  gboolean invite;
};

G_DEFINE_FINAL_TYPE (VrfDraft, vrf_draft, G_TYPE_OBJECT)

static void
vrf_draft_finalize (GObject *object)
{
  VrfDraft *self = VRF_DRAFT (object);
  guint i = 0;

  for (i = 0; i < VRF_DRAFT_N_FIELDS; i++)
    g_free (self->texts[i]);
  g_free (self->key);

  G_OBJECT_CLASS (vrf_draft_parent_class)->finalize (object);
}

static void
vrf_draft_class_init (VrfDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_draft_finalize;
}

static void
vrf_draft_init (VrfDraft *self)
{
  vrf_draft_clear (self);
}

/**
 * vrf_draft_new:
 *
 * Returns: an empty draft
 */
VrfDraft *
vrf_draft_new (void)
{
  return g_object_new (VRF_TYPE_DRAFT, NULL);
}

/**
 * vrf_draft_get_text:
 *
 * Returns: (transfer none): what was typed, never %NULL
 */
const char *
vrf_draft_get_text (VrfDraft *self, VrfDraftField field)
{
  g_return_val_if_fail (VRF_IS_DRAFT (self), "");
  g_return_val_if_fail (field < VRF_DRAFT_N_FIELDS, "");

  return self->texts[field];
}

/**
 * vrf_draft_set_text:
 * @text: (nullable): what was typed; blanks at both ends are dropped
 */
void
vrf_draft_set_text (VrfDraft *self, VrfDraftField field, const char *text)
{
  g_return_if_fail (VRF_IS_DRAFT (self));
  g_return_if_fail (field < VRF_DRAFT_N_FIELDS);

  g_free (self->texts[field]);
  self->texts[field] = g_strstrip (g_strdup (text != NULL ? text : ""));
}

/**
 * vrf_draft_get_invite:
 *
 * Returns: whether the applicant is sent the link by email
 */
gboolean
vrf_draft_get_invite (VrfDraft *self)
{
  g_return_val_if_fail (VRF_IS_DRAFT (self), FALSE);

  return self->invite;
}

/**
 * vrf_draft_set_invite:
 * @invite: send the link by email; an address is then needed
 */
void
vrf_draft_set_invite (VrfDraft *self, gboolean invite)
{
  g_return_if_fail (VRF_IS_DRAFT (self));

  self->invite = invite;
}

/**
 * vrf_draft_has_options:
 *
 * Returns: whether anything under More options is filled in
 */
gboolean
vrf_draft_has_options (VrfDraft *self)
{
  guint i = 0;

  g_return_val_if_fail (VRF_IS_DRAFT (self), FALSE);

  for (i = VRF_DRAFT_COUNTRY; i < VRF_DRAFT_N_FIELDS; i++)
    if (*self->texts[i] != '\0')
      return TRUE;

  return FALSE;
}

/**
 * vrf_draft_clear:
 *
 * Forgets every entry and the key: for the next guest.
 */
void
vrf_draft_clear (VrfDraft *self)
{
  guint i = 0;

  g_return_if_fail (VRF_IS_DRAFT (self));

  for (i = 0; i < VRF_DRAFT_N_FIELDS; i++)
    vrf_draft_set_text (self, i, NULL);
  self->invite = FALSE;
  g_clear_pointer (&self->key, g_free);
}

/**
 * vrf_draft_get_key:
 *
 * Returns: (transfer none): the idempotency key, the same until vrf_draft_settle() or
 *   vrf_draft_clear()
 */
const char *
vrf_draft_get_key (VrfDraft *self)
{
  g_return_val_if_fail (VRF_IS_DRAFT (self), NULL);

  if (self->key == NULL)
    self->key = g_uuid_string_random ();

  return self->key;
}

/**
 * vrf_draft_settle:
 * @error: (nullable): what creating came to; %NULL when the session was made
 *
 * Takes note of an answer. A success forgets the draft. A refusal (4xx other than 429) keeps the
 * entries and ends the key. After anything else the server may or may not have made the session,
 * so the key stays for Try Again.
 *
 * Returns: whether the answer was final
 */
gboolean
vrf_draft_settle (VrfDraft *self, const GError *error)
{
  guint status = 0;

  g_return_val_if_fail (VRF_IS_DRAFT (self), FALSE);

  if (error == NULL)
    {
      vrf_draft_clear (self);
      return TRUE;
    }

  if (error->domain == VRF_ERROR)
    status = vrf_error_get_http_status (error);
  if (status < 400 || status > 499 || status == 429)
    return FALSE;

  g_clear_pointer (&self->key, g_free);
  return TRUE;
}

/* Checking */

static gboolean
looks_like_email (const char *text)
{
  return g_regex_match_simple ("^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$", text, 0, 0);
}

static gboolean
looks_like_web_address (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && *host != '\0'
         && (g_str_equal (g_uri_get_scheme (uri), "https")
             || g_str_equal (g_uri_get_scheme (uri), "http"));
}

static gboolean
looks_like_birth_date (const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *full = NULL;

  if (!g_regex_match_simple ("^(19|20)\\d\\d-\\d\\d-\\d\\d$", text, 0, 0))
    return FALSE;

  full = g_strconcat (text, "T00:00:00Z", NULL);
  date = g_date_time_new_from_iso8601 (full, NULL);

  return date != NULL && g_date_time_compare (date, now) <= 0;
}

static const char *
email_problem (VrfDraft *self, const char *text)
{
  if (*text == '\0')
    return self->invite ? _ ("Type an email address, or turn the invite off.") : NULL;

  return looks_like_email (text) ? NULL : _ ("Type an address such as name@example.com.");
}

static const char *
tags_problem (const char *text)
{
  g_auto (GStrv) tags = g_strsplit (text, ",", -1);

  return g_strv_length (tags) <= VRF_DRAFT_MAX_TAGS ? NULL : _ ("Keep to 50 tags.");
}

static const char *
metadata_problem (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint i = 0;

  if (g_strv_length (lines) > VRF_DRAFT_MAX_METADATA)
    return _ ("Keep to 48 lines of metadata.");

  for (i = 0; lines[i] != NULL; i++)
    {
      const char *equals = strchr (lines[i], '=');

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      if (equals == NULL || *lines[i] == '=')
        return _ ("Write metadata as key=value.");
      if (strlen (equals) > MAX_METADATA_BYTES)
        return _ ("Shorten this value to 16 KB.");
    }

  return NULL;
}

/* Of a field that is not empty. */
static const char *
format_problem (VrfDraftField field, const char *text)
{
  switch (field)
    {
    case VRF_DRAFT_COUNTRY:
      return g_regex_match_simple ("^[A-Za-z]{2}$", text, 0, 0)
                 ? NULL
                 : _ ("Type the two letters of the country, such as NO.");
    case VRF_DRAFT_TAGS:
      return tags_problem (text);
    case VRF_DRAFT_METADATA:
      return metadata_problem (text);
    case VRF_DRAFT_REDIRECT_URL:
    case VRF_DRAFT_SUPPORT_URL:
      return looks_like_web_address (text) ? NULL
                                           : _ ("Type a whole address that begins with https://.");
    case VRF_DRAFT_BIRTH_DATE:
      return looks_like_birth_date (text) ? NULL : _ ("Type year, month and day as in 1990-12-31.");
    case VRF_DRAFT_PHONE:
      return g_regex_match_simple ("^\\+?[0-9 ()./-]{5,30}$", text, 0, 0)
                 ? NULL
                 : _ ("Type a number such as +47 555 01 234.");
    case VRF_DRAFT_REFERENCE:
    case VRF_DRAFT_NAME:
    case VRF_DRAFT_EMAIL:
    case VRF_DRAFT_WORKFLOW:
    case VRF_DRAFT_FIRST_NAME:
    case VRF_DRAFT_LAST_NAME:
    case VRF_DRAFT_BRAND_NAME:
    case VRF_DRAFT_N_FIELDS:
    default:
      return NULL;
    }
}

/**
 * vrf_draft_get_problem:
 *
 * Returns: (nullable): what to do about the field, translated; %NULL when it can be sent
 */
const char *
vrf_draft_get_problem (VrfDraft *self, VrfDraftField field)
{
  const char *text = NULL;

  g_return_val_if_fail (VRF_IS_DRAFT (self), NULL);
  g_return_val_if_fail (field < VRF_DRAFT_N_FIELDS, NULL);

  text = self->texts[field];
  if (field != VRF_DRAFT_METADATA && g_utf8_strlen (text, -1) > MAX_CHARS)
    return _ ("Shorten this to 1,000 characters.");
  if (field == VRF_DRAFT_EMAIL)
    return email_problem (self, text);

  return *text != '\0' ? format_problem (field, text) : NULL;
}

/**
 * vrf_draft_first_problem:
 *
 * Returns: the first field that cannot be sent, %VRF_DRAFT_N_FIELDS when all can
 */
VrfDraftField
vrf_draft_first_problem (VrfDraft *self)
{
  VrfDraftField field = 0;

  g_return_val_if_fail (VRF_IS_DRAFT (self), VRF_DRAFT_N_FIELDS);

  while (field < VRF_DRAFT_N_FIELDS && vrf_draft_get_problem (self, field) == NULL)
    field++;

  return field;
}

/**
 * vrf_draft_field_from_api:
 * @name: (nullable): a member that a 422 names, such as `country` or `fields.phone`
 *
 * Returns: the field it came from, %VRF_DRAFT_N_FIELDS when there is none
 */
VrfDraftField
vrf_draft_field_from_api (const char *name)
{
  static const char *const names[VRF_DRAFT_N_FIELDS] = {
    [VRF_DRAFT_REFERENCE] = "external_ref",
    [VRF_DRAFT_NAME] = "applicant_name",
    [VRF_DRAFT_EMAIL] = "applicant_email",
    [VRF_DRAFT_WORKFLOW] = "workflow_id",
    [VRF_DRAFT_COUNTRY] = "country",
    [VRF_DRAFT_TAGS] = "tags",
    [VRF_DRAFT_METADATA] = "metadata",
    [VRF_DRAFT_REDIRECT_URL] = "redirect_url",
    [VRF_DRAFT_FIRST_NAME] = "first_name",
    [VRF_DRAFT_LAST_NAME] = "last_name",
    [VRF_DRAFT_BIRTH_DATE] = "date_of_birth",
    [VRF_DRAFT_PHONE] = "phone",
    [VRF_DRAFT_BRAND_NAME] = "email_display_name",
    [VRF_DRAFT_SUPPORT_URL] = "support_url",
  };
  g_auto (GStrv) parts = NULL;
  VrfDraftField field = 0;

  if (name == NULL)
    return VRF_DRAFT_N_FIELDS;

  parts = g_strsplit_set (name, ".[", -1);
  for (field = 0; field < VRF_DRAFT_N_FIELDS; field++)
    if (g_strv_contains ((const char *const *) parts, names[field]))
      return field;

  return g_strcmp0 (name, "send_email") == 0 ? VRF_DRAFT_EMAIL : VRF_DRAFT_N_FIELDS;
}

/* The request */

static char *
dup_nonempty (VrfDraft *self, VrfDraftField field)
{
  return *self->texts[field] != '\0' ? g_strdup (self->texts[field]) : NULL;
}

static GStrv
dup_tags (VrfDraft *self)
{
  g_auto (GStrv) words = g_strsplit (self->texts[VRF_DRAFT_TAGS], ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint i = 0;

  if (*self->texts[VRF_DRAFT_TAGS] == '\0')
    return NULL;

  for (i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      g_strv_builder_add (builder, words[i]);

  return g_strv_builder_end (builder);
}

static JsonObject *
dup_metadata (VrfDraft *self)
{
  g_auto (GStrv) lines = g_strsplit (self->texts[VRF_DRAFT_METADATA], "\n", -1);
  g_autoptr (JsonObject) object = json_object_new ();
  guint i = 0;

  for (i = 0; lines[i] != NULL; i++)
    {
      char *equals = strchr (lines[i], '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      json_object_set_string_member (object, g_strstrip (lines[i]), g_strstrip (equals + 1));
    }

  return json_object_get_size (object) > 0 ? g_steal_pointer (&object) : NULL;
}

static JsonObject *
dup_fields (VrfDraft *self)
{
  static const struct
  {
    VrfDraftField field;
    const char *name;
  } members[] = {
    { VRF_DRAFT_FIRST_NAME, "first_name" },
    { VRF_DRAFT_LAST_NAME, "last_name" },
    { VRF_DRAFT_BIRTH_DATE, "date_of_birth" },
    { VRF_DRAFT_PHONE, "phone" },
  };
  g_autoptr (JsonObject) object = json_object_new ();
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (members); i++)
    if (*self->texts[members[i].field] != '\0')
      json_object_set_string_member (object, members[i].name, self->texts[members[i].field]);

  return json_object_get_size (object) > 0 ? g_steal_pointer (&object) : NULL;
}

/**
 * vrf_draft_dup_request:
 * @desk: (nullable): the name of this desk
 *
 * Returns: (transfer full): the body of POST /sessions (verifa-api.md 3.1)
 */
VrfSessionRequest *
vrf_draft_dup_request (VrfDraft *self, const char *desk)
{
  VrfSessionRequest *request = NULL;

  g_return_val_if_fail (VRF_IS_DRAFT (self), NULL);

  request = vrf_session_request_new ();
  request->external_ref = dup_nonempty (self, VRF_DRAFT_REFERENCE);
  request->applicant_name = dup_nonempty (self, VRF_DRAFT_NAME);
  request->applicant_email = dup_nonempty (self, VRF_DRAFT_EMAIL);
  request->send_email = self->invite;
  request->workflow_id = dup_nonempty (self, VRF_DRAFT_WORKFLOW);
  if (*self->texts[VRF_DRAFT_COUNTRY] != '\0')
    request->country = g_ascii_strup (self->texts[VRF_DRAFT_COUNTRY], -1);
  request->redirect_url = dup_nonempty (self, VRF_DRAFT_REDIRECT_URL);
  request->email_display_name = dup_nonempty (self, VRF_DRAFT_BRAND_NAME);
  request->support_url = dup_nonempty (self, VRF_DRAFT_SUPPORT_URL);
  request->desk = desk != NULL && *desk != '\0' ? g_strdup (desk) : NULL;
  request->tags = dup_tags (self);
  request->metadata = dup_metadata (self);
  request->fields = dup_fields (self);

  return request;
}
