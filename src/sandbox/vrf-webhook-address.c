/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-webhook-address.h"

/* Where webhooks may go. A URL is looked at when it is registered, the address behind its name each
 * time something is sent there. */

static gboolean
is_loopback_name (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && vrf_webhook_address_is_within (address, VRF_REACH_LOOPBACK));
}

static gboolean
is_clean (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) || *c == '\\')
      return FALSE;
  return TRUE;
}

/**
 * vrf_webhook_address_check_url:
 * @text: what was given
 *
 * https to anywhere, http to this computer only (verifa-api.md 5.2).
 *
 * Returns: (nullable) (transfer none): what is wrong with it
 */
const char *
vrf_webhook_address_check_url (const char *text)
{
  g_autoptr (GUri) uri =
      is_clean (text) ? g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0')
    return "must be an absolute https URL";
  if (g_uri_get_userinfo (uri) != NULL)
    return "must not have a user name or password";
  if (g_uri_get_fragment (uri) != NULL)
    return "must not have a fragment";
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "http"))
    return "must be an absolute https URL";
  return is_loopback_name (host) ? NULL : "must be https; http is for this computer only";
}

/* An IPv4 address in an IPv6 one is what it is inside. */
static GInetAddress *
dup_plain (GInetAddress *address)
{
  static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6
      || memcmp (bytes, mapped, sizeof mapped) != 0)
    return g_object_ref (address);
  return g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);
}

/* fc00::/7, which GLib does not know. */
static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6
         && (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

/* "This network", where some systems find themselves, and the broadcast address. */
static gboolean
is_special (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  return g_inet_address_get_is_any (address) || g_inet_address_get_is_multicast (address)
         || g_inet_address_get_is_link_local (address)
         || (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4
             && (bytes[0] == 0 || bytes[0] >= 240));
}

/**
 * vrf_webhook_address_is_within:
 * @address: where a connection goes
 * @reach: how far it may
 *
 * Link-local addresses are in no reach: there machines keep services that answer without asking.
 */
gboolean
vrf_webhook_address_is_within (GInetAddress *address, VrfReach reach)
{
  g_autoptr (GInetAddress) plain = dup_plain (address);

  if (is_special (plain))
    return FALSE;
  if (g_inet_address_get_is_loopback (plain) || reach == VRF_REACH_ANYWHERE)
    return TRUE;
  return reach == VRF_REACH_PRIVATE
         && (g_inet_address_get_is_site_local (plain) || is_unique_local (plain));
}
