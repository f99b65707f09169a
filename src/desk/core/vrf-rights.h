/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * What the API key may do, as far as the server has told. A key does not know its scopes, so
 * everything is offered until it was refused once (403); then it is not offered any more, as long
 * as this key is in use. Signal: "changed".
 */
typedef enum
{
  VRF_RIGHT_RETRY_CHECK,
  VRF_RIGHT_EDIT_TAGS,
  VRF_RIGHT_EDIT_METADATA,
  VRF_RIGHT_WORK_ON_CASE, /* claim, give back, escalate, note */
  VRF_RIGHT_APPROVE_CASE,
  VRF_RIGHT_REJECT_CASE,
  VRF_RIGHT_RETRY_DELIVERY,
  VRF_N_RIGHTS,
} VrfRight;

#define VRF_TYPE_RIGHTS (vrf_rights_get_type ())
G_DECLARE_FINAL_TYPE (VrfRights, vrf_rights, VRF, RIGHTS, GObject)

VrfRights *
vrf_rights_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Takes note of how the server answered a call that needs @right; @error NULL: it was granted. */
void
vrf_rights_note (VrfRights *self, VrfRight right, const GError *error);
gboolean
vrf_rights_may (VrfRights *self, VrfRight right);

G_END_DECLS
