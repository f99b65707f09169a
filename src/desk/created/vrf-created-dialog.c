/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/created/vrf-created-dialog.h"

struct _VrfCreatedDialog
{
  AdwWindow parent_instance;

  /* owned */
  gpointer backend;
};

G_DEFINE_FINAL_TYPE (VrfCreatedDialog, vrf_created_dialog, ADW_TYPE_WINDOW)

static void
vrf_created_dialog_dispose (GObject *object)
{
  VrfCreatedDialog *self = (VrfCreatedDialog *) object;

  g_clear_object (&self->backend);
  G_OBJECT_CLASS (vrf_created_dialog_parent_class)->dispose (object);
}

static void
vrf_created_dialog_class_init (VrfCreatedDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_created_dialog_dispose;
  g_signal_new ("view-session",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                1,
                G_TYPE_OBJECT);
  g_signal_new ("create-another",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
}

static void
vrf_created_dialog_init (VrfCreatedDialog *self)
{
}

/**
 * vrf_created_dialog_new:
 */
VrfCreatedDialog *
vrf_created_dialog_new (VrfBackend *backend, VrfRow *row)
{
  VrfCreatedDialog *self = g_object_new (VRF_TYPE_CREATED_DIALOG, NULL);

  self->backend = g_object_ref (backend);
  return self;
}
