/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * VrfReach:
 * @VRF_REACH_LOOPBACK: this computer
 * @VRF_REACH_PRIVATE: this computer, or addresses that only private networks have
 * @VRF_REACH_ANYWHERE: everything that one other computer can be reached by
 *
 * How far a webhook may be sent.
 */
typedef enum
{
  VRF_REACH_LOOPBACK,
  VRF_REACH_PRIVATE,
  VRF_REACH_ANYWHERE,
} VrfReach;

const char *
vrf_webhook_address_check_url (const char *text);
gboolean
vrf_webhook_address_is_within (GInetAddress *address, VrfReach reach);

G_END_DECLS
