/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include "sandbox/vrf-lan.h"

#include "base/vrf-error.h"
#include "sandbox/vrf-capture-routes.h"
#include "sandbox/vrf-server.h"

/**
 * VrfLan:
 *
 * The applicant's side for phones on the same network (verifa-api.md 8.6b): a second listener that
 * serves `/verify/` and sandbox sessions only, and ends by itself. While it is open, the service
 * hands out its URLs.
 */
struct _VrfLan
{
  GObject parent_instance;

  VrfService *service; /* owned: the one whose URLs change */
  VrfServer *server;   /* owned */
  GSource *end;        /* owned */
  char *url;           /* owned */
  char *former_url;    /* owned */
};

G_DEFINE_FINAL_TYPE (VrfLan, vrf_lan, G_TYPE_OBJECT)

static void
end (VrfLan *self)
{
  if (self->server == NULL)
    return;
  vrf_service_set_base_url (self->service, self->former_url);
  vrf_server_close (self->server);
  vrf_server_disconnect (self->server);
  g_clear_object (&self->server);
}

static void
vrf_lan_dispose (GObject *object)
{
  VrfLan *self = VRF_LAN (object);

  end (self);
  if (self->end != NULL)
    g_source_destroy (self->end);
  g_clear_pointer (&self->end, g_source_unref);
  g_clear_object (&self->service);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->former_url, g_free);

  G_OBJECT_CLASS (vrf_lan_parent_class)->dispose (object);
}

static void
vrf_lan_class_init (VrfLanClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_lan_dispose;
}

static void
vrf_lan_init (VrfLan *self)
{
}

/* The first address of this computer that a phone beside it may reach. */
static char *
dup_address (void)
{
  struct ifaddrs *all = NULL;
  char text[INET_ADDRSTRLEN] = "";

  if (getifaddrs (&all) != 0)
    return NULL;
  for (struct ifaddrs *one = all; one != NULL && text[0] == '\0'; one = one->ifa_next)
    {
      const struct sockaddr_in *address = (const void *) one->ifa_addr;

      if (one->ifa_addr != NULL && one->ifa_addr->sa_family == AF_INET
          && (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0)
        inet_ntop (AF_INET, &address->sin_addr, text, sizeof text);
    }
  freeifaddrs (all);
  return text[0] != '\0' ? g_strdup (text) : NULL;
}

static gboolean
ended_cb (gpointer user_data)
{
  end (user_data);
  return G_SOURCE_REMOVE;
}

/* Its own service sees what a phone may see, and its own router only those routes. */
static VrfServer *
new_server (VrfService *service, const char *address)
{
  g_autoptr (VrfService) limited =
      vrf_service_new (vrf_service_get_store (service), vrf_service_get_clock (service));
  g_autoptr (VrfRate) rate = vrf_rate_new (NULL);
  g_autoptr (VrfRouter) router = vrf_router_new (limited, rate);

  vrf_service_set_sandbox_only (limited, TRUE);
  vrf_router_add_routes (router, vrf_capture_routes);
  vrf_router_add_host (router, address);
  return vrf_server_new (limited, router);
}

static void
open_for (VrfLan *self, guint minutes)
{
  self->former_url = g_strdup (vrf_service_get_base_url (self->service));
  vrf_service_set_base_url (self->service, self->url);
  self->end = g_timeout_source_new_seconds (minutes * 60);
  g_source_set_callback (self->end, ended_cb, self, NULL);
  g_source_attach (self->end, g_main_context_get_thread_default ());
}

/**
 * vrf_lan_open:
 * @service: whose sessions are shown; it hands out this listener's URLs until it ends
 * @port: which one is tried first
 * @minutes: of real time, 1 to %VRF_LAN_MAX_MINUTES
 * @error: %VRF_ERROR_ARGUMENT when there is no network to listen on
 *
 * Returns: (nullable) (transfer full): what keeps it open
 */
VrfLan *
vrf_lan_open (VrfService *service, guint16 port, guint minutes, GError **error)
{
  g_autoptr (VrfLan) self = g_object_new (VRF_TYPE_LAN, NULL);
  g_autofree char *address = dup_address ();

  if (address == NULL)
    {
      g_set_error_literal (error,
                           VRF_ERROR,
                           VRF_ERROR_ARGUMENT,
                           "This computer is on no network that phones could use.");
      return NULL;
    }
  self->service = g_object_ref (service);
  self->server = new_server (service, address);
  if (!vrf_server_listen (self->server, address, port, NULL)
      && !vrf_server_listen (self->server, address, 0, error))
    {
      g_clear_object (&self->server);
      return NULL;
    }
  self->url = g_strdup_printf ("http://%s:%u", address, vrf_server_get_port (self->server));
  open_for (self, minutes);
  return g_steal_pointer (&self);
}

/** vrf_lan_get_url: Returns: (transfer none): scheme, host and port */
const char *
vrf_lan_get_url (VrfLan *self)
{
  return self->url;
}
