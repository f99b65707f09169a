/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/window/vrf-table-model.h"
#include "store/vrf-index-query.h"

G_BEGIN_DECLS

/* What the table shows, asked of the index: the same rows in the same order, except that it cannot
 * sort by names, which it does not know, and takes the newest first instead. Borrows from @query.
 */
VrfIndexQuery
vrf_remembered_query (const VrfTableQuery *query);

G_END_DECLS
