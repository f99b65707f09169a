/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-session-peek.h"

struct _VrfSessionPeek
{
  GtkWidget parent_instance;

  /* owned */
  gpointer backend;
  VrfRow *row;
};

G_DEFINE_FINAL_TYPE (VrfSessionPeek, vrf_session_peek, GTK_TYPE_WIDGET)

static void
vrf_session_peek_dispose (GObject *object)
{
  VrfSessionPeek *self = (VrfSessionPeek *) object;

  g_clear_object (&self->row);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (vrf_session_peek_parent_class)->dispose (object);
}

static void
vrf_session_peek_class_init (VrfSessionPeekClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_session_peek_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  g_signal_new (
      "close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("open-page",
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
vrf_session_peek_init (VrfSessionPeek *self)
{
}

/**
 * vrf_session_peek_new:
 */
GtkWidget *
vrf_session_peek_new (VrfBackend *backend)
{
  VrfSessionPeek *self = g_object_new (VRF_TYPE_SESSION_PEEK, NULL);

  self->backend = g_object_ref (backend);
  return GTK_WIDGET (self);
}

/**
 * vrf_session_peek_get_row:
 *
 * Returns: (transfer none) (nullable): the session that is shown
 */
VrfRow *
vrf_session_peek_get_row (VrfSessionPeek *self)
{
  return self->row;
}

/**
 * vrf_session_peek_set_row:
 * @row: (nullable): the session to show
 */
void
vrf_session_peek_set_row (VrfSessionPeek *self, VrfRow *row)
{
  g_set_object (&self->row, row);
}
