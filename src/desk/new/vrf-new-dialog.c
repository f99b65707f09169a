/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/new/vrf-new-dialog.h"

struct _VrfNewDialog
{
  AdwWindow parent_instance;

  /* owned */
  gpointer backend;
};

G_DEFINE_FINAL_TYPE (VrfNewDialog, vrf_new_dialog, ADW_TYPE_WINDOW)

static void
vrf_new_dialog_dispose (GObject *object)
{
  VrfNewDialog *self = (VrfNewDialog *) object;

  g_clear_object (&self->backend);
  G_OBJECT_CLASS (vrf_new_dialog_parent_class)->dispose (object);
}

static void
vrf_new_dialog_class_init (VrfNewDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_new_dialog_dispose;
  g_signal_new ("created",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                1,
                G_TYPE_OBJECT);
  g_signal_new ("show-existing",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                1,
                G_TYPE_OBJECT);
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
}

static void
vrf_new_dialog_init (VrfNewDialog *self)
{
}

/**
 * vrf_new_dialog_new:
 * @reference: (nullable): what External Reference holds at first
 */
VrfNewDialog *
vrf_new_dialog_new (VrfBackend *backend, const char *reference)
{
  VrfNewDialog *self = g_object_new (VRF_TYPE_NEW_DIALOG, NULL);

  self->backend = g_object_ref (backend);
  return self;
}
