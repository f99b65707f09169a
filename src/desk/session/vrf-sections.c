/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-sections.h"

#include "desk/session/vrf-moment.h"
#include "desk/widgets/vrf-chip-kinds.h"
#include "desk/widgets/vrf-chip.h"
#include "desk/widgets/vrf-env-tag.h"
#include "desk/widgets/vrf-kv-row.h"
#include "desk/widgets/vrf-risk-band.h"
#include "desk/widgets/vrf-steps.h"

/* Session Details */

static const char *
get_document_word (const char *type)
{
  static const char *const words[][2] = {
    { "passport", N_ ("Passport") },
      { "drivers_license", N_ ("Driver’s License") },
        { "national_id", N_ ("National ID") },
          { "residence_permit", N_ ("Residence Permit") },
        };
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], type) == 0)
      return _ (words[i][1]);

  return type;
}

static const char *
get_retention_word (const char *status)
{
  if (g_strcmp0 (status, "active") == 0)
    return _ ("Active");
  if (g_strcmp0 (status, "sensitive_redacted") == 0)
    return _ ("Personal data deleted");
  if (g_strcmp0 (status, "redacted") == 0)
    return _ ("Redacted");

  return status;
}

static void
add_time (VrfSection *section, const char *key, gint64 us)
{
  g_autofree char *text = vrf_moment_dup_full (us);

  vrf_section_add_kv (section, key, text);
}

static void
add_environment (VrfSection *section, VrfRow *row)
{
  GtkWidget *kv = vrf_kv_row_new (_ ("Environment"), NULL);
  GtkWidget *tag = vrf_env_tag_new ();

  vrf_env_tag_set_environment (VRF_ENV_TAG (tag),
                               vrf_row_get_is_sandbox (row) ? "sandbox" : "live");
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  vrf_kv_row_set_suffix (VRF_KV_ROW (kv), tag);
  vrf_section_add_row (section, kv);
}

void
vrf_sections_show_details (VrfSection *section, VrfRow *row)
{
  VrfSession *session = vrf_row_get_session (row);
  GtkWidget *id = NULL;

  vrf_section_begin (section);

  id = vrf_section_add_kv (section, _ ("Session"), session->id);
  if (id != NULL)
    {
      vrf_kv_row_set_mono (VRF_KV_ROW (id), TRUE);
      vrf_kv_row_set_copyable (VRF_KV_ROW (id), TRUE);
    }
  add_environment (section, row);
  vrf_section_add_kv (section, _ ("Workflow"), vrf_row_get_workflow_name (row));
  vrf_section_add_kv (section, _ ("Desk"), session->desk);
  vrf_section_add_kv (section, _ ("Country"), session->country);
  vrf_section_add_kv (section, _ ("Document"), get_document_word (session->document_type));
  vrf_section_add_masked (section, _ ("IP address"), session->consent_ip, "•••.•••.•••.•••");
  add_time (section, _ ("Created"), session->created_at);
  add_time (section, _ ("Updated"), vrf_row_get_updated_at (row));
  add_time (section, _ ("Link expires"), vrf_row_get_expires_at (row));
  vrf_section_add_kv (section, _ ("Retention"), get_retention_word (session->retention_status));
  vrf_section_add_kv (section,
                      _ ("Case"),
                         session->case_status != NULL
                             ? vrf_sections_get_case_word (session->case_status)
                             : session->case_id);
  vrf_section_end (section);
}

/* Links */

static const char *
get_link_word (const char *status)
{
  static const char *const words[][2] = {
    { "active", N_ ("Active") },
      { "consumed", N_ ("Used") },
        { "expired", N_ ("Expired") },
          { "revoked", N_ ("Replaced") },
        };
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], status) == 0)
      return _ (words[i][1]);

  return status != NULL ? status : _ ("Unknown");
}

/* Never the URL itself: it is a credential. */
void
vrf_sections_show_links (VrfSection *section, GPtrArray *links)
{
  guint i = 0;

  vrf_section_begin (section);

  for (i = 0; links != NULL && i < links->len; i++)
    {
      const VrfLink *link = g_ptr_array_index (links, i);
      g_autofree char *created = vrf_moment_dup_seconds (link->created_at);
      g_autofree char *until = vrf_moment_dup_clock (link->expires_at);
      g_autofree char *text =
          /* Translators: when a link was made, then the time it expires */
          *until != '\0' ? g_strdup_printf (_ ("%1$s, good until %2$s"), created, until)
                         : g_strdup (created);

      vrf_section_add_kv (section, get_link_word (link->status), text);
    }
  vrf_section_end (section);
}

/* Masks */

/**
 * vrf_sections_reveal:
 * @revealed: whether the values behind the dots are shown now
 */
void
vrf_sections_reveal (VrfSection *section, gboolean revealed)
{
  GtkWidget *row = gtk_widget_get_first_child (vrf_section_get_list (section));

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (VRF_IS_KV_ROW (row))
      vrf_kv_row_set_revealed (VRF_KV_ROW (row), revealed);
}
