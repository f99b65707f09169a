/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "desk/core/vrf-connection-test.h"

G_BEGIN_DECLS

/* A row a finding; the key's rights in a group of their own, which is hidden without any. Those
 * shown before are replaced. */
void
vrf_test_rows_show (VrfConnectionTest *test,
                    AdwPreferencesGroup *group,
                    AdwPreferencesGroup *rights_group);

G_END_DECLS
