/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-cases.h"

G_BEGIN_DECLS

VrfStoredResult *
vrf_case_result_correct (VrfService *service,
                         VrfStoredCase *self,
                         JsonObject *changes,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
vrf_case_result_override (VrfService *service,
                          VrfStoredCase *self,
                          const char *policy,
                          const char *reason,
                          GError **error);

G_END_DECLS
