/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-backend.h"
#include "desk/session/vrf-section.h"
#include "desk/session/vrf-session-editor.h"

G_BEGIN_DECLS

/* What fills the sections of the session page, again at each of its changes; a section that would
 * be empty stays hidden. Masked rows are VrfKvRow; vrf_sections_reveal() opens them. */

void
vrf_sections_show_result (VrfSection *section, VrfRow *row);
void
vrf_sections_show_checks (VrfSection *section, VrfSessionEditor *editor);
/* The button calls "session.show-pictures". */
void
vrf_sections_show_documents (VrfSection *section, VrfSessionEditor *editor);
/* @status: of a case, nullable; a newer one as it is */
const char *
vrf_sections_get_case_word (const char *status);
/* Its buttons call "session.case" with the VrfCaseVerb as its int parameter. */
void
vrf_sections_show_case (VrfSection *section, VrfSessionEditor *editor);
/* Its buttons call "session.retry-delivery" with the delivery's id. */
void
vrf_sections_show_webhooks (VrfSection *section, VrfSessionEditor *editor);
void
vrf_sections_show_workflow (VrfSection *section, VrfSessionEditor *editor);
void
vrf_sections_show_details (VrfSection *section, VrfRow *row);
void
vrf_sections_show_risk (VrfSection *section, VrfSessionEditor *editor);
void
vrf_sections_show_timeline (VrfSection *section, VrfSessionEditor *editor);
void
vrf_sections_show_tags (VrfSection *section, VrfSessionEditor *editor);
void
vrf_sections_show_metadata (VrfSection *section, VrfSessionEditor *editor);
void
vrf_sections_show_links (VrfSection *section, GPtrArray *links);
/* Buttons call the action "session.act" with the VrfAction as its int parameter. */
void
vrf_sections_show_actions (VrfSection *section, VrfRow *row, gboolean busy);

void
vrf_sections_reveal (VrfSection *section, gboolean revealed);

G_END_DECLS
