/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include "api/vrf-session-list.h"
#include "api/vrf-session-item-private.h"

/**
 * VrfSessionItem:
 *
 * A place of a VrfSessionList. The session in it is replaced when a newer answer tells more of it,
 * and "session" notifies.
 */
struct _VrfSessionItem
{
  GObject parent_instance;

  VrfSession *session; /* owned */
};

G_DEFINE_FINAL_TYPE (VrfSessionItem, vrf_session_item, G_TYPE_OBJECT)

enum
{
  PROP_SESSION = 1,
};

static GParamSpec *properties[PROP_SESSION + 1];

static void
vrf_session_item_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  VrfSessionItem *self = VRF_SESSION_ITEM (object);

  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_boxed (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
vrf_session_item_finalize (GObject *object)
{
  VrfSessionItem *self = VRF_SESSION_ITEM (object);

  g_clear_pointer (&self->session, vrf_session_unref);

  G_OBJECT_CLASS (vrf_session_item_parent_class)->finalize (object);
}

static void
vrf_session_item_class_init (VrfSessionItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vrf_session_item_get_property;
  object_class->finalize = vrf_session_item_finalize;

  properties[PROP_SESSION] = g_param_spec_boxed (
      "session", NULL, NULL, VRF_TYPE_SESSION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
vrf_session_item_init (VrfSessionItem *self)
{
}

/** vrf_session_item_new: Returns: (transfer full): an item that holds @session */
VrfSessionItem *
vrf_session_item_new (VrfSession *session)
{
  VrfSessionItem *self = g_object_new (VRF_TYPE_SESSION_ITEM, NULL);

  self->session = vrf_session_ref (session);
  return self;
}

/** vrf_session_item_get_session: Returns: (transfer none): the session as last heard of */
VrfSession *
vrf_session_item_get_session (VrfSessionItem *self)
{
  return self->session;
}

/** vrf_session_item_set_session: replaces the session; the id stays the same */
void
vrf_session_item_set_session (VrfSessionItem *self, VrfSession *session)
{
  vrf_session_ref (session);
  vrf_session_unref (self->session);
  self->session = session;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
