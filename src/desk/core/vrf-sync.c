/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-sync.h"

static void
end_round (VrfSync *self, const VrfSyncPage *page)
{
  self->in_round = FALSE;
  self->depth_before = self->depth;
  self->total_before = self->total;
  self->rows_before = page->n_rows;
}

/* Whether the rows that came since the round before are all that the server has got since. */
static gboolean
is_explained (const VrfSync *self, const VrfSyncPage *page)
{
  return self->total_before >= 0 && self->total >= self->total_before
         && page->n_rows - self->rows_before >= (guint) (self->total - self->total_before);
}

static void
begin_round (VrfSync *self)
{
  self->in_round = TRUE;
  self->pages = 0;
  self->idle_pages = 0;
  if (self->total_before >= 0 && self->total >= self->total_before)
    self->depth = self->depth_before + (guint) (self->total - self->total_before);
  else
    self->depth = 0; /* never read, or the server has forgotten something */
}

static void
note_page (VrfSync *self, const VrfSyncPage *page)
{
  if (page->offset <= self->depth)
    self->depth = MAX (self->depth, page->offset + page->length);
  self->depth = MIN (self->depth, (guint) self->total);
}

guint
vrf_sync_page_length (const VrfSync *self, guint offset)
{
  if (self->total < 0)
    return VRF_SYNC_FIRST_PAGE;
  return offset < VRF_SYNC_PAGE ? VRF_SYNC_PAGE - offset : VRF_SYNC_PAGE;
}

int
vrf_sync_page (VrfSync *self, const VrfSyncPage *page)
{
  guint end = page->offset + page->length;

  self->total = (int) page->total;
  if (page->offset == 0)
    begin_round (self);
  self->pages++;
  self->idle_pages = page->n_new == 0 ? self->idle_pages + 1 : 0;
  note_page (self, page);

  if (page->length == 0 || end >= page->total || is_explained (self, page)
      || self->pages >= VRF_SYNC_MAX_PAGES || self->idle_pages >= VRF_SYNC_IDLE_PAGES)
    {
      if (self->pages >= VRF_SYNC_MAX_PAGES && self->total_before >= 0)
        self->depth = MIN (self->depth, end); /* what lies below may have a gap above it */
      end_round (self, page);
      return -1;
    }
  return (int) end;
}

int
vrf_sync_older_page (VrfSync *self, const VrfSyncPage *page)
{
  guint end = page->offset + page->length;
  guint depth = self->depth;

  self->total = (int) page->total;
  note_page (self, page);
  self->depth_before += self->depth - MIN (depth, self->depth);
  self->rows_before += page->n_new; /* old ones: they explain nothing */
  return page->length == 0 || end >= page->total || page->n_new > 0 ? -1 : (int) end;
}

gboolean
vrf_sync_is_complete (const VrfSync *self)
{
  return self->total >= 0 && !self->in_round && self->depth >= (guint) self->total;
}
