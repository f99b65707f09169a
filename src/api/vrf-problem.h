/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/vrf-error.h"

G_BEGIN_DECLS

/**
 * VrfProblem:
 * @code: (nullable): `error`
 * @detail: (nullable): what the server says, one line
 * @field: (nullable): the first refused field
 *
 * The error body of verifa-api.md 1.8, read with forgiveness: whatever does not fit is left out.
 */
typedef struct
{
  char *code;
  char *detail;
  char *field;
} VrfProblem;

VrfProblem *
vrf_problem_new (GBytes *body) G_GNUC_WARN_UNUSED_RESULT;
void
vrf_problem_free (VrfProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfProblem, vrf_problem_free)

char *
vrf_problem_dup_message (const VrfProblem *self,
                         VrfError code,
                         const VrfErrorHttp *http) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
