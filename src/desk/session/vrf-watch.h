/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/**
 * VrfWatch: one session that is on screen, so that it is polled each second. A member of the widget
 * that shows it; zero at first.
 */
typedef struct
{
  VrfTracker *tracker;
  VrfRow *row;
} VrfWatch;

void
vrf_watch_start (VrfWatch *self, VrfBackend *backend, VrfRow *row);
void
vrf_watch_stop (VrfWatch *self);

G_END_DECLS
