/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-session-body.h"

#include "desk/session/vrf-live-card.h"
#include "desk/session/vrf-live.h"
#include "desk/session/vrf-sections.h"
#include "desk/session/vrf-two-columns.h"

typedef enum
{
  SECTION_RESULT,
  SECTION_CHECKS,
  SECTION_DOCUMENTS,
  SECTION_CASE,
  SECTION_ACTIONS,
  SECTION_DETAILS,
  SECTION_RISK,
  SECTION_TIMELINE,
  SECTION_WEBHOOKS,
  SECTION_TAGS,
  SECTION_METADATA,
  SECTION_LINKS,
  SECTION_WORKFLOW,
  N_SECTIONS,
} SectionIndex;

struct _VrfSessionBody
{
  GtkWidget parent_instance;

  char *shown_id; /* the session that the sections show, owned, nullable */

  /* children */
  GtkWidget *box;
  GtkWidget *live_box;
  GtkWidget *live_card;
  GtkWidget *steps;
  VrfSection *sections[N_SECTIONS];
};

G_DEFINE_FINAL_TYPE (VrfSessionBody, vrf_session_body, GTK_TYPE_WIDGET)

static void
vrf_session_body_dispose (GObject *object)
{
  VrfSessionBody *self = VRF_SESSION_BODY (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->shown_id, g_free);

  G_OBJECT_CLASS (vrf_session_body_parent_class)->dispose (object);
}

static void
vrf_session_body_class_init (VrfSessionBodyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_session_body_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
add_section (VrfSessionBody *self, SectionIndex index, const char *title, GtkWidget *column)
{
  GtkWidget *section = vrf_section_new (title);

  self->sections[index] = VRF_SECTION (section);
  gtk_box_append (GTK_BOX (column), section);
}

static GtkWidget *
new_column (void)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_set_valign (column, GTK_ALIGN_START);

  return column;
}

static void
vrf_session_body_init (VrfSessionBody *self)
{
  GtkWidget *first = new_column ();
  GtkWidget *second = new_column ();

  self->live_box = new_column ();
  self->live_card = vrf_live_card_new ();
  self->steps = vrf_steps_new ();
  gtk_box_append (GTK_BOX (self->live_box), self->live_card);
  gtk_box_append (GTK_BOX (self->live_box), self->steps);
  gtk_box_append (GTK_BOX (first), self->live_box);

  add_section (self, SECTION_RESULT, _ ("Result"), first);
  add_section (self, SECTION_CHECKS, _ ("Checks"), first);
  add_section (self, SECTION_DOCUMENTS, _ ("Documents"), first);
  add_section (self, SECTION_CASE, _ ("Case"), first);
  add_section (self, SECTION_ACTIONS, _ ("Actions"), first);
  add_section (self, SECTION_DETAILS, _ ("Session Details"), second);
  add_section (self, SECTION_RISK, _ ("Risk"), second);
  add_section (self, SECTION_TIMELINE, _ ("Timeline"), second);
  add_section (self, SECTION_WEBHOOKS, _ ("Webhooks"), second);
  add_section (self, SECTION_TAGS, _ ("Tags"), second);
  add_section (self, SECTION_METADATA, _ ("Metadata"), second);
  add_section (self, SECTION_LINKS, _ ("Links"), second);

  /* The path needs the whole width. */
  self->box = new_column ();
  gtk_box_append (GTK_BOX (self->box), vrf_two_columns_new (first, second));
  add_section (self, SECTION_WORKFLOW, _ ("Workflow"), self->box);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
vrf_session_body_new (void)
{
  return g_object_new (VRF_TYPE_SESSION_BODY, NULL);
}

/* What belongs to one session, such as an opened row, is not the next one's. */
static void
start_session (VrfSessionBody *self, const char *id)
{
  g_free (self->shown_id);
  self->shown_id = g_strdup (id);
  for (guint i = 0; i < N_SECTIONS; i++)
    vrf_section_clear (self->sections[i]);
}

void
vrf_session_body_show (VrfSessionBody *self,
                       VrfSessionEditor *editor,
                       VrfReveal *reveal,
                       gboolean busy)
{
  VrfSection **sections = self->sections;
  VrfRow *row = vrf_session_editor_get_row (editor);
  VrfSessionDetail *detail = vrf_session_editor_get_detail (editor);

  if (g_strcmp0 (self->shown_id, vrf_row_get_id (row)) != 0)
    start_session (self, vrf_row_get_id (row));

  vrf_sections_show_result (sections[SECTION_RESULT], row);
  vrf_section_set_button (sections[SECTION_RESULT],
                          vrf_row_get_result (row) != NULL ? vrf_reveal_get_button (reveal) : NULL);
  vrf_sections_show_checks (sections[SECTION_CHECKS], editor);
  vrf_sections_show_documents (sections[SECTION_DOCUMENTS], editor);
  vrf_sections_show_case (sections[SECTION_CASE], editor);
  vrf_sections_show_actions (sections[SECTION_ACTIONS], row, busy);
  vrf_sections_show_details (sections[SECTION_DETAILS], row);
  vrf_sections_show_risk (sections[SECTION_RISK], editor);
  vrf_sections_show_timeline (sections[SECTION_TIMELINE], editor);
  vrf_sections_show_webhooks (sections[SECTION_WEBHOOKS], editor);
  vrf_sections_show_tags (sections[SECTION_TAGS], editor);
  vrf_sections_show_metadata (sections[SECTION_METADATA], editor);
  vrf_sections_show_workflow (sections[SECTION_WORKFLOW], editor);
  vrf_sections_show_links (sections[SECTION_LINKS], vrf_session_detail_get_links (detail));

  /* Until it is submitted the steps in the live box say all of it. */
  if (vrf_row_is_active (row) && vrf_session_detail_get_run (detail) == NULL)
    vrf_section_clear (sections[SECTION_TIMELINE]);
  vrf_session_body_reveal (self, vrf_reveal_is_on (reveal));
}

void
vrf_session_body_show_live (VrfSessionBody *self, VrfRow *row, VrfClock *clock)
{
  vrf_live_card_show (VRF_LIVE_CARD (self->live_card), row, clock);
  gtk_widget_set_visible (self->live_box, gtk_widget_get_visible (self->live_card));
  vrf_live_show_steps (VRF_STEPS (self->steps), row);
  gtk_widget_set_visible (self->steps, vrf_row_is_active (row));
}

void
vrf_session_body_reveal (VrfSessionBody *self, gboolean on)
{
  vrf_sections_reveal (self->sections[SECTION_RESULT], on);
  vrf_sections_reveal (self->sections[SECTION_DETAILS], on);
}
