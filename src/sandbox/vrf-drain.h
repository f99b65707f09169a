/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sandbox/vrf-reply.h"

G_BEGIN_DECLS

void
vrf_drain_reply (GIOStream *stream, VrfReply *reply, GBytes *body);

void
vrf_drain_half (GIOStream *stream, VrfReply *reply, GBytes *body);

G_END_DECLS
