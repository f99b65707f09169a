/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/window/vrf-flow.h"

#include "desk/created/vrf-created-dialog.h"
#include "desk/new/vrf-new-dialog.h"

struct _VrfFlow
{
  GObject parent_instance;

  /* owned */
  VrfBackend *backend;
  char *reference; /* of the dialog that waits for the backend */

  /* borrowed */
  GtkWindow *parent;
  GtkWindow *dialog; /* the one that is open */

  gboolean waiting;
};

enum
{
  SIGNAL_VIEW_SESSION,
  SIGNAL_CREATED,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VrfFlow, vrf_flow, G_TYPE_OBJECT)

static void
dialog_gone_cb (VrfFlow *self, GtkWindow *dialog)
{
  if (self->dialog != dialog)
    return;

  self->dialog = NULL;
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* The dialog closes itself after its last signal; from here on it is not ours any more. */
static void
take_dialog (VrfFlow *self, GtkWindow *dialog)
{
  GtkWindow *old = self->dialog;

  self->dialog = dialog;
  if (old != NULL)
    gtk_window_destroy (old);
  gtk_window_set_transient_for (dialog, self->parent);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (dialog_gone_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
let_go (VrfFlow *self)
{
  self->dialog = NULL;
}

static void
created_cb (VrfFlow *self, VrfRow *row)
{
  let_go (self);
  g_signal_emit (self, signals[SIGNAL_CREATED], 0, row);
  vrf_flow_show_created (self, row);
}

static void
show_existing_cb (VrfFlow *self, VrfRow *row)
{
  let_go (self);
  vrf_flow_show_created (self, row);
}

static void
view_session_cb (VrfFlow *self, VrfRow *row)
{
  let_go (self);
  g_signal_emit (self, signals[SIGNAL_VIEW_SESSION], 0, row);
}

static void
create_another_cb (VrfFlow *self)
{
  let_go (self);
  vrf_flow_start (self, NULL);
}

static void
state_cb (VrfFlow *self)
{
  g_autofree char *reference = NULL;

  if (!self->waiting || vrf_backend_get_state (self->backend) != VRF_BACKEND_READY)
    return;

  self->waiting = FALSE;
  reference = g_steal_pointer (&self->reference);
  vrf_flow_start (self, reference);
}

static void
vrf_flow_dispose (GObject *object)
{
  VrfFlow *self = VRF_FLOW (object);

  vrf_flow_close (self);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->reference, g_free);

  G_OBJECT_CLASS (vrf_flow_parent_class)->dispose (object);
}

static void
vrf_flow_class_init (VrfFlowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_flow_dispose;

  signals[SIGNAL_VIEW_SESSION] = g_signal_new (
      "view-session", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, VRF_TYPE_ROW);
  signals[SIGNAL_CREATED] = g_signal_new (
      "created", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, VRF_TYPE_ROW);
  signals[SIGNAL_CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_flow_init (VrfFlow *self)
{
}

VrfFlow *
vrf_flow_new (GtkWindow *parent, VrfBackend *backend)
{
  VrfFlow *self = g_object_new (VRF_TYPE_FLOW, NULL);

  self->parent = parent;
  self->backend = g_object_ref (backend);
  g_signal_connect_object (
      backend, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
vrf_flow_start (VrfFlow *self, const char *reference)
{
  VrfNewDialog *dialog;

  if (self->dialog != NULL && VRF_IS_NEW_DIALOG (self->dialog) && reference == NULL)
    {
      gtk_window_present (self->dialog);
      return;
    }
  if (vrf_backend_get_state (self->backend) != VRF_BACKEND_READY)
    {
      self->waiting = TRUE;
      g_free (self->reference);
      self->reference = g_strdup (reference);
      return;
    }

  dialog = vrf_new_dialog_new (self->backend, reference);
  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      dialog, "show-existing", G_CALLBACK (show_existing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      dialog, "view-session", G_CALLBACK (view_session_cb), self, G_CONNECT_SWAPPED);
  take_dialog (self, GTK_WINDOW (dialog));
}

void
vrf_flow_show_created (VrfFlow *self, VrfRow *row)
{
  VrfCreatedDialog *dialog = vrf_created_dialog_new (self->backend, row);

  g_signal_connect_object (
      dialog, "view-session", G_CALLBACK (view_session_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      dialog, "create-another", G_CALLBACK (create_another_cb), self, G_CONNECT_SWAPPED);
  take_dialog (self, GTK_WINDOW (dialog));
}

void
vrf_flow_close (VrfFlow *self)
{
  GtkWindow *dialog = g_steal_pointer (&self->dialog);

  self->waiting = FALSE;
  if (dialog != NULL)
    gtk_window_destroy (dialog);
}
