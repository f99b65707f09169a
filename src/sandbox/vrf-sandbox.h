/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * VrfSandboxOptions:
 * @listen: (nullable): the address to listen on; %NULL is "127.0.0.1"
 * @port: the port, 0 picks a free one
 * @database_path: (nullable) (type filename): the database, made with its directory if missing;
 *   %NULL or ":memory:" keeps everything in memory
 * @public_url: (nullable): scheme, host and port of every URL handed out; %NULL is the listener's
 * @sandbox_key: (nullable): replaces the database's `vk_sandbox_…` key
 * @live_key: (nullable): replaces the database's `vk_live_…` key
 * @plan: (nullable): "free", "starter", "professional" or "enterprise"; %NULL is "professional"
 * @time_scale: sandbox seconds a real second; 0 is 1
 * @seed: how many plausible sessions to add at start
 * @lan_minutes: serve the applicant's side to the network for so long; 0 does not
 * @webhooks_anywhere: send webhooks beyond this computer and private networks
 * @hint_url: (nullable): where to say which session has just changed: the desk's receiver
 * @hint_secret: (nullable): what those hints are signed with; goes with @hint_url
 *
 * How a sandbox is to be run (DESIGN 4). Copied by vrf_sandbox_new().
 */
typedef struct
{
  const char *listen;
  guint16 port;
  const char *database_path;
  const char *public_url;
  const char *sandbox_key;
  const char *live_key;
  const char *plan;
  double time_scale;
  guint seed;
  guint lan_minutes;
  gboolean webhooks_anywhere;
  const char *hint_url;
  const char *hint_secret;
} VrfSandboxOptions;

#define VRF_TYPE_SANDBOX (vrf_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (VrfSandbox, vrf_sandbox, VRF, SANDBOX, GObject)

VrfSandbox *
vrf_sandbox_new (const VrfSandboxOptions *options) G_GNUC_WARN_UNUSED_RESULT;

gboolean
vrf_sandbox_start (VrfSandbox *self, GError **error);
void
vrf_sandbox_stop (VrfSandbox *self);

const char *
vrf_sandbox_get_api_url (VrfSandbox *self);
const char *
vrf_sandbox_get_capture_url (VrfSandbox *self);
const char *
vrf_sandbox_get_sandbox_key (VrfSandbox *self);
const char *
vrf_sandbox_get_live_key (VrfSandbox *self);
const char *
vrf_sandbox_get_database (VrfSandbox *self);

G_END_DECLS
