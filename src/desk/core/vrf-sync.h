/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * VrfSync:
 * @total: how many sessions the server has, -1 before it said so
 * @depth: how many of them, from the newest on, are known without a gap
 *
 * How much of a list that grows at its head is known, and which page is wanted next. Pure: the
 * tracker tells what each page brought. Pages are of VRF_SYNC_PAGE sessions, the first of all is of
 * VRF_SYNC_FIRST_PAGE.
 */
typedef struct
{
  int total;
  guint depth;
  guint pages; /* of this round, so far */
  /*< private >*/
  gboolean in_round;
  int total_before; /* when the last round ended */
  guint rows_before;
  guint depth_before;
  guint idle_pages; /* in a row, that brought nothing new */
} VrfSync;

#define VRF_SYNC_INIT                                                                              \
  {                                                                                                \
    .total = -1, .total_before = -1                                                                \
  }

#define VRF_SYNC_PAGE 100
/* The very first page is what a window can show: somebody waits for it. */
#define VRF_SYNC_FIRST_PAGE 30
/* One round goes no deeper than this, 2,000 sessions after the short first page; the rest is read
 * when somebody scrolls there. */
#define VRF_SYNC_MAX_PAGES 21
#define VRF_SYNC_IDLE_PAGES 3

/** VrfSyncPage: what a page brought; @n_rows: how many rows replies have made so far */
typedef struct
{
  guint offset;
  guint length;
  guint total;
  guint n_new;
  guint n_rows;
} VrfSyncPage;

/* How many sessions to ask for at @offset: the second page fills up the hundred of the first. */
guint
vrf_sync_page_length (const VrfSync *self, guint offset);
/* A round begins with the page at 0. Both give the offset of the next page, -1 when it is done. */
int
vrf_sync_page (VrfSync *self, const VrfSyncPage *page);
/* The same for pages of older sessions, which begin at @depth. */
int
vrf_sync_older_page (VrfSync *self, const VrfSyncPage *page);
gboolean
vrf_sync_is_complete (const VrfSync *self);

G_END_DECLS
