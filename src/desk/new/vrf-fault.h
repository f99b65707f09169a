/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An error of creating a verification as a person reads it. */

const char *
vrf_fault_get_title (const GError *error);
char *
vrf_fault_dup_advice (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_fault_is_worth_retrying (const GError *error);

G_END_DECLS
