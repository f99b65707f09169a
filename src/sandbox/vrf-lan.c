/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox/vrf-lan.h"

#include "base/vrf-error.h"
#include "base/vrf-time.h"
#include "sandbox/vrf-capture-routes.h"
#include "sandbox/vrf-server.h"

/**
 * VrfLan:
 *
 * The applicant's side for phones on the same network (verifa-api.md 8.6b): a second listener that
 * serves `/verify/` and sandbox sessions only. It is closed until it is opened, and then closes by
 * itself. While it is open, the service hands out its URLs.
 */
struct _VrfLan
{
  GObject parent_instance;

  VrfService *service; /* borrowed: it owns us */
  VrfServer *server;   /* owned; NULL while closed */
  GSource *end;        /* owned; NULL while closed */
  char *url;           /* owned; NULL while closed */
  gint64 ends_at;
  guint16 port;
  gboolean gives_urls;
};

G_DEFINE_FINAL_TYPE (VrfLan, vrf_lan, G_TYPE_OBJECT)

static void
stop_clock (VrfLan *self)
{
  if (self->end != NULL)
    g_source_destroy (self->end);
  g_clear_pointer (&self->end, g_source_unref);
  self->ends_at = VRF_TIME_NONE;
}

/** vrf_lan_close: phones are no longer served; harmless when they were not */
void
vrf_lan_close (VrfLan *self)
{
  stop_clock (self);
  if (self->server == NULL)
    return;
  vrf_service_set_phone_url (self->service, NULL);
  vrf_server_close (self->server);
  vrf_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->url, g_free);
}

static void
vrf_lan_dispose (GObject *object)
{
  vrf_lan_close (VRF_LAN (object));

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
  self->ends_at = VRF_TIME_NONE;
}

/**
 * vrf_lan_new:
 * @service: whose sessions are shown; it must outlive the object
 * @port: which one is tried first
 * @gives_urls: whether capture URLs carry this computer's address while it is open; not when a
 * proxy in front of the sandbox has a name of its own
 *
 * Returns: (transfer full): closed
 */
VrfLan *
vrf_lan_new (VrfService *service, guint16 port, gboolean gives_urls)
{
  VrfLan *self = g_object_new (VRF_TYPE_LAN, NULL);

  self->service = service;
  self->port = port;
  self->gives_urls = gives_urls;
  return self;
}

/* The address that speaks to the world outside, which is where the phones are too when there are
 * several. Nothing is sent: 192.0.2.1 is nobody's. */
static char *
dup_outward_address (void)
{
  struct sockaddr_in outside = { .sin_family = AF_INET, .sin_port = htons (9) };
  struct sockaddr_in own = { 0 };
  socklen_t length = sizeof own;
  char text[INET_ADDRSTRLEN] = "";
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  if (fd < 0)
    return NULL;
  inet_pton (AF_INET, "192.0.2.1", &outside.sin_addr);
  if (connect (fd, (const struct sockaddr *) &outside, sizeof outside) == 0
      && getsockname (fd, (struct sockaddr *) &own, &length) == 0)
    inet_ntop (AF_INET, &own.sin_addr, text, sizeof text);
  close (fd);
  return text[0] != '\0' && !g_str_has_prefix (text, "127.") ? g_strdup (text) : NULL;
}

/* The first address of this computer that a phone beside it may reach: a network need not lead
 * anywhere. */
static char *
dup_first_address (void)
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

static gboolean
listen_on (VrfLan *self, const char *address, GError **error)
{
  self->server = new_server (self->service, address);
  if (!vrf_server_listen (self->server, address, self->port, NULL)
      && !vrf_server_listen (self->server, address, 0, error))
    {
      g_clear_object (&self->server);
      return FALSE;
    }
  self->url = g_strdup_printf ("http://%s:%u", address, vrf_server_get_port (self->server));
  if (self->gives_urls)
    vrf_service_set_phone_url (self->service, self->url);
  return TRUE;
}

static gboolean
ended_cb (gpointer user_data)
{
  vrf_lan_close (user_data);
  return G_SOURCE_REMOVE;
}

static void
start_clock (VrfLan *self, guint minutes)
{
  stop_clock (self);
  self->ends_at = g_get_real_time () + VRF_SECONDS (60) * minutes;
  self->end = g_timeout_source_new_seconds (minutes * 60);
  g_source_set_callback (self->end, ended_cb, self, NULL);
  g_source_attach (self->end, g_main_context_get_thread_default ());
}

/**
 * vrf_lan_open:
 * @self: open or closed
 * @minutes: of real time from now, 1 to %VRF_LAN_MAX_MINUTES
 * @error: %VRF_ERROR_ARGUMENT when there is no network to listen on
 *
 * Serves phones for so long. When it is open already, only its end changes.
 */
gboolean
vrf_lan_open (VrfLan *self, guint minutes, GError **error)
{
  g_autofree char *address = NULL;

  if (self->server == NULL)
    {
      address = dup_outward_address ();
      if (address == NULL)
        address = dup_first_address ();
      if (address == NULL)
        {
          g_set_error_literal (error,
                               VRF_ERROR,
                               VRF_ERROR_ARGUMENT,
                               "This computer is on no network that phones could use.");
          return FALSE;
        }
      if (!listen_on (self, address, error))
        return FALSE;
    }
  start_clock (self, minutes);
  return TRUE;
}

/** vrf_lan_get_url: Returns: (transfer none) (nullable): scheme, host and port; %NULL while closed
 */
const char *
vrf_lan_get_url (VrfLan *self)
{
  return self->url;
}

/** vrf_lan_get_ends_at: Returns: when it closes, in real time; %VRF_TIME_NONE while closed */
gint64
vrf_lan_get_ends_at (VrfLan *self)
{
  return self->ends_at;
}
