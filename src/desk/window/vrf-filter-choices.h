/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "desk/window/vrf-filters.h"

G_BEGIN_DECLS

/**
 * VrfFilterChoices:
 * @values: the values of one filter, NULL (everything) first
 * @words: what a person reads for each, translated
 *
 * What one filter can be set to, given what is known.
 */
typedef struct
{
  GPtrArray *values;
  GPtrArray *words;
} VrfFilterChoices;

/* The choices there are among @rows (a GListModel of VrfRow) and @workflows (of VrfWorkflowItem).
 * @current: nullable; is among them even where no row has it any more. */
VrfFilterChoices *
vrf_filter_choices_new (VrfFilter filter,
                        GListModel *rows,
                        GListModel *workflows,
                        const char *current) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_filter_choices_free (VrfFilterChoices *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfFilterChoices, vrf_filter_choices_free)

/* Where @value (nullable) stands; 0 when it does not. */
guint
vrf_filter_choices_find (const VrfFilterChoices *self, const char *value);

/* "Status: Pending · Tag: vip": the filters that are active, in words; owned */
char *
vrf_filters_dup_text (const VrfFilters *filters,
                      GListModel *rows,
                      GListModel *workflows) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
