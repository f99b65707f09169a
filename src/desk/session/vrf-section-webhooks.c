/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/vrf-time.h"
#include "desk/session/vrf-sections.h"

#include "desk/session/vrf-deliveries.h"
#include "desk/session/vrf-moment.h"
#include "desk/widgets/vrf-chip.h"

/*
 * The Webhooks section: a row an event and endpoint, with its payload inside. A row belongs to its
 * delivery for as long as the session is shown, so that what was opened stays open.
 */

#define PARTS_DATA "vrf-delivery-parts"

typedef struct
{
  GtkWidget *chip;
  GtkWidget *button;
  GtkWidget *payload;
} Parts;

static GtkWidget *
new_payload (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "vrf-mono");
  gtk_widget_add_css_class (label, "vrf-row-box");

  return label;
}

static GtkWidget *
new_row (const VrfDelivery *delivery)
{
  GtkWidget *row = adw_expander_row_new ();
  Parts *parts = g_new0 (Parts, 1);
  GtkWidget *inside = gtk_list_box_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), delivery->event_type);
  parts->chip = vrf_chip_new ();
  parts->button = gtk_button_new_with_label (_ ("Resend"));
  parts->payload = new_payload ();
  gtk_widget_add_css_class (parts->button, "vrf-tiny");
  gtk_widget_set_valign (parts->button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (parts->chip, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (parts->button), "s", delivery->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (parts->button), "session.retry-delivery");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), parts->chip);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), parts->button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (inside), parts->payload);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (inside), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), inside);
  g_object_set_data_full (G_OBJECT (row), PARTS_DATA, parts, g_free);

  return row;
}

static char *
dup_subtitle (const VrfDelivery *delivery)
{
  g_autoptr (GUri) uri =
      delivery->url != NULL ? g_uri_parse (delivery->url, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autofree char *attempts = g_strdup_printf (
      ngettext ("%d attempt", "%d attempts", (gulong) delivery->attempts), delivery->attempts);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *next = vrf_moment_dup_clock (delivery->next_retry_at);

  if (g_strcmp0 (delivery->status, "pending") == 0 && *next != '\0')
    /* Translators: a host, when it is tried next, and “2 attempts” */
    return g_strdup_printf (
        _ ("%1$s · next try %2$s · %3$s"), host != NULL ? host : "", next, attempts);
  return g_strdup_printf ("%s · %s", host != NULL ? host : "", attempts);
}

static void
show_status (GtkWidget *chip, const VrfDelivery *delivery)
{
  gboolean done = g_strcmp0 (delivery->status, "succeeded") == 0;
  gboolean failed = g_strcmp0 (delivery->status, "failed") == 0;
  gboolean answered = delivery->http_status > 0;
  g_autofree char *code = answered ? g_strdup_printf ("%d", delivery->http_status) : NULL;
  const char *word = done ? _ ("Delivered") : failed ? _ ("Failed") : _ ("Waiting");

  vrf_chip_set_label (VRF_CHIP (chip), code != NULL ? code : word);
  vrf_chip_set_tint (VRF_CHIP (chip),
                     done                                ? VRF_TINT_SUCCESS
                     : failed || delivery->error != NULL ? VRF_TINT_ERROR
                                                         : VRF_TINT_NEUTRAL);
  vrf_chip_set_accessible_label (VRF_CHIP (chip), word);
  gtk_widget_set_tooltip_text (chip, delivery->error != NULL ? delivery->error : word);
}

static void
show_delivery (VrfSection *section, const VrfDelivery *delivery, VrfSessionEditor *editor)
{
  GtkWidget *row = vrf_section_take (section, delivery->id);
  g_autofree char *subtitle = dup_subtitle (delivery);
  g_autofree char *payload = vrf_deliveries_dup_payload (delivery);
  gboolean waits = g_strcmp0 (delivery->status, "succeeded") != 0;
  Parts *parts = NULL;

  if (row == NULL)
    {
      row = new_row (delivery);
      vrf_section_add_keyed (section, delivery->id, row);
    }
  parts = g_object_get_data (G_OBJECT (row), PARTS_DATA);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  show_status (parts->chip, delivery);
  gtk_label_set_text (GTK_LABEL (parts->payload), payload != NULL ? payload : "");
  gtk_widget_set_visible (parts->button,
                          waits && delivery->attempts > 0
                              && vrf_session_editor_may (editor, VRF_RIGHT_RETRY_DELIVERY));
  gtk_widget_set_sensitive (parts->button,
                            !vrf_session_editor_is_busy (editor, VRF_RIGHT_RETRY_DELIVERY));
}

void
vrf_sections_show_webhooks (VrfSection *section, VrfSessionEditor *editor)
{
  VrfSessionDetail *detail = vrf_session_editor_get_detail (editor);
  GPtrArray *deliveries = vrf_session_detail_get_deliveries (detail);

  vrf_section_begin (section);
  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++)
    show_delivery (section, g_ptr_array_index (deliveries, i), editor);
  if (vrf_session_detail_is_forbidden (detail, VRF_DETAIL_DELIVERIES))
    vrf_section_add_note (section, _ ("The API key may not see webhooks."));
  else if (!vrf_session_editor_may (editor, VRF_RIGHT_RETRY_DELIVERY))
    vrf_section_add_note (section, _ ("The API key may not resend webhooks."));
  vrf_section_end (section);
}
