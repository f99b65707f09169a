/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/new/vrf-draft.h"
#include "desk/new/vrf-guard.h"
#include "desk/new/vrf-metadata-rows.h"
#include "desk/new/vrf-new-dialog.h"
#include "desk/new/vrf-new-foot.h"

G_BEGIN_DECLS

/* The inside of VrfNewDialog, shared by its two halves: the window, and its entries. */

struct _VrfNewDialog
{
  AdwWindow parent_instance;

  /* owned */
  VrfBackend *backend;
  VrfDraft *draft;
  VrfGuard *guard;
  VrfMetadataRows *metadata;
  GCancellable *cancellable;          /* of the create that is on its way */
  VrfApiClient *client;               /* that sends it */
  char *refusals[VRF_DRAFT_N_FIELDS]; /* what the server said about a field, nullable */

  gboolean touched[VRF_DRAFT_N_FIELDS]; /* its problem may be shown */
  gboolean loading;                     /* entries are being filled by us */
  gboolean waiting;                     /* Enter was pressed, the guard is still asking */
  gboolean busy;
  gboolean retry; /* the last error may go away: the button says so */
  gboolean closed;
  gboolean narrow; /* what stood side by side is one below the other */
  guint fold_id;
  guint patience_id; /* until it is said why it takes long */
  guint attempt;     /* of the create that is on its way */
  guint most_attempts;

  /* template */
  GtkWidget *rows[VRF_DRAFT_N_FIELDS]; /* no row for the workflow; metadata: the first line */
  GtkWidget *env_tag;
  GtkWidget *reference_row;
  GtkWidget *guard_row;
  GtkWidget *guard_title;
  GtkWidget *guard_detail;
  GtkWidget *guard_buttons;
  GtkWidget *guard_qr_button;
  GtkWidget *guard_view_button;
  GtkWidget *reference_note;
  GtkWidget *reference_note_icon;
  GtkWidget *reference_note_label;
  GtkWidget *reference_group;
  GtkWidget *applicant_group;
  GtkWidget *applicant_note;
  GtkWidget *options_group;
  GtkWidget *options_note;
  GtkWidget *name_row;
  GtkWidget *email_row;
  GtkWidget *invite_switch;
  GtkWidget *workflow_row;
  GtkWidget *more_row;
  GtkWidget *country_row;
  GtkWidget *tags_row;
  GtkWidget *first_name_row;
  GtkWidget *last_name_row;
  GtkWidget *birth_date_row;
  GtkWidget *phone_row;
  GtkWidget *redirect_row;
  GtkWidget *brand_row;
  GtkWidget *support_row;
  GtkWidget *foot;
};

void
vrf_new_entries_setup (VrfNewDialog *self);
void
vrf_new_entries_load (VrfNewDialog *self);
void
vrf_new_entries_select_workflow (VrfNewDialog *self);
void
vrf_new_entries_update_problems (VrfNewDialog *self);
void
vrf_new_entries_update_reference_note (VrfNewDialog *self);
void
vrf_new_entries_focus (VrfNewDialog *self, VrfDraftField field);

G_END_DECLS
