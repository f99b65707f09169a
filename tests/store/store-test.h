/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/vrf-index.h"

G_BEGIN_DECLS

/* What the tests of the store share: a directory that goes again, plausible sessions, and queries
 * answered by reading all of them. */

char *
store_test_make_directory (void) G_GNUC_WARN_UNUSED_RESULT;
void
store_test_remove_directory (char *directory);
/* Whether any file of the directory holds @text. */
gboolean
store_test_has_text (const char *directory, const char *text);

/* Sessions as a hotel has them, the same for the same @rand. */
VrfIndexEntry *
store_test_make_entry (GRand *rand, guint number) G_GNUC_WARN_UNUSED_RESULT;
#define STORE_TEST_BEGIN_US (G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC) /* 2026 begins */
#define STORE_TEST_MIDNIGHT_US (STORE_TEST_BEGIN_US + 400 * G_TIME_SPAN_DAY)

/* What vrf_index_page() is to give without offset and limit, borrowed entries. */
GPtrArray *
store_test_read_plainly (GPtrArray *entries, const VrfIndexQuery *query) G_GNUC_WARN_UNUSED_RESULT;
/* A query of anything, with borrowed static texts or such of @entries. */
VrfIndexQuery
store_test_make_query (GRand *rand, GPtrArray *entries);
void
store_test_assert_counts (VrfIndex *index, GPtrArray *entries, gint64 midnight_us);

G_END_DECLS
