/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"

G_BEGIN_DECLS

/* What may be in a list of each type, and when two values are alike (verifa-api.md 7.5). */

gboolean
vrf_list_values_is_type (const char *list_type);
JsonObject *
vrf_list_values_read (const char *list_type,
                      JsonObject *parent,
                      const char *where,
                      gboolean is_item,
                      VrfFieldErrors *errors) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_list_values_dup_key (const char *list_type, JsonObject *value) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_list_values_dup_other_key (const char *list_type, JsonObject *value) G_GNUC_WARN_UNUSED_RESULT;
double
vrf_list_values_compare (const char *list_type, JsonObject *item, JsonObject *value);

G_END_DECLS
