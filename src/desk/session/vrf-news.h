/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/core/vrf-row.h"

G_BEGIN_DECLS

/*
 * What a session's changes sound like, for those who do not see them. @said: where the owner keeps
 * the last sentence; NULL before vrf_news_start() and after g_free().
 */

/* One sentence on how @row stands; NULL while that is not settled. Never personal data. */
char *
vrf_news_dup_text (VrfRow *row) G_GNUC_WARN_UNUSED_RESULT;

/* How @row stands now is no news. */
void
vrf_news_start (char **said, VrfRow *row);
/* Announces at @status what is new since. */
void
vrf_news_tell (char **said, VrfRow *row, GtkWidget *status);

G_END_DECLS
