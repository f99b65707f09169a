/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <string.h>

#include "api/vrf-models.h"
#include "base/vrf-time.h"

#define MAILS_MAX 100

/* A name or a brand may hold an address too, but never stands alone on a line before the link. */
static gboolean
is_capture_url (const char *line)
{
  g_autoptr (GUri) uri = g_uri_parse (line, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL
         && (g_str_equal (g_uri_get_scheme (uri), "http")
             || g_str_equal (g_uri_get_scheme (uri), "https"))
         && g_str_has_prefix (g_uri_get_path (uri), "/verify/");
}

static char *
dup_capture_url (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (is_capture_url (lines[i]))
      return g_strdup (lines[i]);
  return NULL;
}

/** vrf_mail_new_from_json: Returns: (nullable) (transfer full): a mail; NULL with
 * %VRF_ERROR_REPLY */
VrfMail *
vrf_mail_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfMail) self = g_new0 (VrfMail, 1);
  VrfJsonReader reader;

  vrf_json_reader_init (&reader, node, "mail");
  self->id = g_strdup (vrf_json_reader_string (&reader, "id"));
  self->session_id = g_strdup (vrf_json_reader_opt_string (&reader, "session_id"));
  self->to = g_strdup (vrf_json_reader_opt_string (&reader, "to"));
  self->subject = g_strdup (vrf_json_reader_opt_string (&reader, "subject"));
  self->kind = g_strdup (vrf_json_reader_opt_string (&reader, "kind"));
  self->text = g_strdup (vrf_json_reader_opt_string (&reader, "text"));
  self->created_at = vrf_json_reader_opt_time (&reader, "created_at");
  if (!vrf_json_reader_finish (&reader, error))
    return NULL;
  if (self->text != NULL)
    self->capture_url = dup_capture_url (self->text);
  return g_steal_pointer (&self);
}

void
vrf_mail_free (VrfMail *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->session_id);
  g_free (self->to);
  g_free (self->subject);
  g_free (self->kind);
  g_free (self->text);
  g_free (self->capture_url);
  g_free (self);
}

static gboolean
read_mails (VrfMailPage *self, JsonArray *data, GError **error)
{
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      VrfMail *mail = vrf_mail_new_from_json (json_array_get_element (data, i), error);

      if (mail == NULL)
        return FALSE;
      g_ptr_array_add (self->mails, mail);
    }
  return TRUE;
}

/* Without a total it is what came. */
static gboolean
read_total (VrfMailPage *self, JsonObject *pagination, GError **error)
{
  VrfJsonReader reader;

  self->total = (int) self->mails->len;
  if (pagination == NULL)
    return TRUE;
  vrf_json_reader_init_object (&reader, pagination, "mails.pagination");
  self->total = (int) vrf_json_reader_opt_int (&reader, "total", 0, G_MAXINT, self->total);
  return vrf_json_reader_finish (&reader, error);
}

/** vrf_mail_page_new_from_json: Returns: (nullable) (transfer full): the mails, without their
 * texts; NULL with %VRF_ERROR_REPLY */
VrfMailPage *
vrf_mail_page_new_from_json (JsonNode *node, GError **error)
{
  g_autoptr (VrfMailPage) self = g_new0 (VrfMailPage, 1);
  JsonObject *pagination = NULL;
  JsonArray *data = NULL;
  VrfJsonReader reader;

  self->mails = g_ptr_array_new_with_free_func ((GDestroyNotify) vrf_mail_free);
  vrf_json_reader_init (&reader, node, "mails");
  data = vrf_json_reader_array (&reader, "data", MAILS_MAX);
  pagination = vrf_json_reader_opt_object (&reader, "pagination");
  if (!vrf_json_reader_finish (&reader, error) || !read_mails (self, data, error)
      || !read_total (self, pagination, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vrf_mail_page_free (VrfMailPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->mails, g_ptr_array_unref);
  g_free (self);
}
