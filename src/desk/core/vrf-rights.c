/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/core/vrf-rights.h"

#include "base/vrf-error.h"

struct _VrfRights
{
  GObject parent_instance;

  gboolean refused[VRF_N_RIGHTS];
};

G_DEFINE_FINAL_TYPE (VrfRights, vrf_rights, G_TYPE_OBJECT)

static guint changed_signal;

static void
vrf_rights_class_init (VrfRightsClass *klass)
{
  changed_signal = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_rights_init (VrfRights *self)
{
}

/** vrf_rights_new: Returns: (transfer full): nothing was refused yet */
VrfRights *
vrf_rights_new (void)
{
  return g_object_new (VRF_TYPE_RIGHTS, NULL);
}

void
vrf_rights_note (VrfRights *self, VrfRight right, const GError *error)
{
  gboolean refused = g_error_matches (error, VRF_ERROR, VRF_ERROR_FORBIDDEN);

  g_return_if_fail (VRF_IS_RIGHTS (self));
  g_return_if_fail ((guint) right < VRF_N_RIGHTS);

  /* Any other failure says nothing about the key. */
  if ((error != NULL && !refused) || self->refused[right] == refused)
    return;

  self->refused[right] = refused;
  g_signal_emit (self, changed_signal, 0);
}

gboolean
vrf_rights_may (VrfRights *self, VrfRight right)
{
  g_return_val_if_fail (VRF_IS_RIGHTS (self), FALSE);
  g_return_val_if_fail ((guint) right < VRF_N_RIGHTS, FALSE);

  return !self->refused[right];
}
