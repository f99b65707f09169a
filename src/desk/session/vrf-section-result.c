/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "desk/session/vrf-live.h"
#include "desk/session/vrf-reasons.h"
#include "desk/session/vrf-sections.h"
#include "desk/widgets/vrf-score-bar.h"

/*
 * The Result section: what came out, and, behind dots, what was read from the document. Everything
 * in extracted_data is personal; members of a newer service are shown under their own names.
 */

typedef struct
{
  const char *name;
  const char *label;
  const char *mask;
} PersonalField;

static const PersonalField personal_fields[] = {
  { "date_of_birth", N_ ("Date of birth"), "••/••/••••" },
    { "document_number", N_ ("Document number"), "•••••••••" },
      { "document_expiration_date", N_ ("Document valid until"), "••/••/••••" },
        { "document_issuing_state", N_ ("Issued by"), "••" },
          { "nationality", N_ ("Nationality"), "••" },
            { "gender", N_ ("Gender"), "•" },
              { "address", N_ ("Address"), "•••••••• ••••••" },
                { "ssn", N_ ("SSN"), "•••-••-••••" },
              };

static void
add_text (GString *line, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", text);
}

/* One line of whatever a member holds: a text, a number, an address. */
static char *
dup_text (JsonNode *node)
{
  GString *line = g_string_new (NULL);

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));
      GList *member = NULL;

      for (member = members; member != NULL; member = member->next)
        if (JSON_NODE_HOLDS_VALUE (member->data)
            && json_node_get_value_type (member->data) == G_TYPE_STRING)
          add_text (line, json_node_get_string (member->data));
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      add_text (line, json_node_get_string (node));
    }
  else if (!JSON_NODE_HOLDS_NULL (node))
    {
      g_autofree char *raw = vrf_json_to_text (node);

      add_text (line, raw);
    }

  return g_string_free (line, FALSE);
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static void
add_name (VrfSection *section, JsonObject *data)
{
  const char *first = get_string (data, "first_name");
  const char *last = get_string (data, "last_name");
  g_autofree char *name = g_strjoin (" ", first != NULL ? first : "", last, NULL);

  vrf_section_add_masked (section, _ ("Name"), g_strstrip (name), "•••••• ••••••••");
}

static const PersonalField *
find_field (const char *name)
{
  guint i = 0;

  for (i = 0; i < G_N_ELEMENTS (personal_fields); i++)
    if (g_str_equal (personal_fields[i].name, name))
      return &personal_fields[i];

  return NULL;
}

static void
add_personal (VrfSection *section, JsonObject *data)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;
  guint i = 0;

  add_name (section, data);
  for (i = 0; i < G_N_ELEMENTS (personal_fields); i++)
    {
      JsonNode *member = json_object_get_member (data, personal_fields[i].name);
      g_autofree char *text = member != NULL ? dup_text (member) : NULL;

      vrf_section_add_masked (section, _ (personal_fields[i].label), text, personal_fields[i].mask);
    }

  json_object_iter_init_ordered (&iter, data);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *text = NULL;

      if (find_field (name) != NULL || g_str_equal (name, "first_name")
          || g_str_equal (name, "last_name") || g_str_equal (name, "document_type"))
        continue;

      text = dup_text (node);
      vrf_section_add_masked (section, name, text, "••••••");
    }
}

static void
add_face (VrfSection *section, VrfResult *result)
{
  GtkWidget *bar = NULL;

  if (result->face_match_score < 0)
    {
      if (result->face_match_passed >= 0)
        vrf_section_add_kv (section,
                            _ ("Face match"),
                               result->face_match_passed == 1
                               ? C_ ("check", "Passed") : C_ ("check", "Failed"));
      return;
    }

  bar = vrf_score_bar_new ();
  vrf_score_bar_set_title (VRF_SCORE_BAR (bar), _ ("Face match"));
  vrf_score_bar_set_caption (VRF_SCORE_BAR (bar), _ ("of 1.00"));
  vrf_score_bar_set_score (VRF_SCORE_BAR (bar), result->face_match_score);
  vrf_score_bar_set_threshold (VRF_SCORE_BAR (bar), vrf_live_get_face_threshold (result));
  gtk_widget_add_css_class (bar, "vrf-row-box");
  vrf_section_add_plain (section, bar);
}

static void
add_age (VrfSection *section, VrfResult *result)
{
  g_autofree char *age = NULL;

  if (result->age_check_passed >= 0)
    vrf_section_add_kv (section,
                        _ ("Age check"),
                           result->age_check_passed == 1
                           ? C_ ("check", "Passed") : C_ ("check", "Failed"));
  if (result->extracted_age >= 0)
    {
      age = g_strdup_printf ("%d", result->extracted_age);
      vrf_section_add_masked (section, _ ("Age"), age, "••");
    }
}

static void
add_reason (VrfSection *section, VrfResult *result)
{
  GtkWidget *row = NULL;
  g_autofree char *subtitle = NULL;

  if (result->rejection_reason == NULL && result->rejection_reason_code == NULL)
    return;

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 result->rejection_reason != NULL
                                     ? result->rejection_reason
                                     : vrf_reasons_get_word (result->rejection_reason_code));
  subtitle = result->rejection_reason != NULL && result->rejection_reason_code != NULL
      ? g_strdup_printf ("%s · %s",
                         vrf_reasons_get_word (result->rejection_reason_code),
                         _ ("For staff only, not for the guest"))
                         : g_strdup (_ ("For staff only, not for the guest"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_focusable (row, FALSE);
  vrf_section_add_row (section, row);
}

static gboolean
is_on_its_way (VrfRow *row)
{
  return vrf_row_get_status (row) == VRF_SESSION_STATUS_COMPLETED
         || vrf_row_get_status (row) == VRF_SESSION_STATUS_UNDER_REVIEW;
}

static void
add_loading (VrfSection *section)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_box_append (GTK_BOX (line), spinner);
  gtk_box_append (GTK_BOX (line), gtk_label_new (_ ("Reading the result…")));
  gtk_widget_add_css_class (line, "vrf-row-box");
  vrf_section_add_plain (section, line);
}

static void
add_result (VrfSection *section, VrfRow *row)
{
  VrfResult *result = vrf_row_get_result (row);

  if (result == NULL)
    {
      if (is_on_its_way (row))
        add_loading (section);
      return;
    }

  add_reason (section, result);
  add_face (section, result);
  add_age (section, result);
  if (result->sensitive_data_expired)
    vrf_section_add_kv (section, _ ("Personal data"), _ ("No longer available (retention)"));
  else
    add_personal (section, result->extracted_data);
}

void
vrf_sections_show_result (VrfSection *section, VrfRow *row)
{
  vrf_section_begin (section);
  add_result (section, row);
  vrf_section_end (section);
}
