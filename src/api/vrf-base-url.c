/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "api/vrf-base-url.h"
#include "base/vrf-error.h"

#define URL_MAX_BYTES 2048

static gboolean
host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* Trailing slashes go, and the /api/v1 that people copy from the documentation. */
static char *
dup_trimmed_path (const char *path)
{
  g_autofree char *trimmed = g_strdup (path);

  for (gsize n = strlen (trimmed); n > 0 && trimmed[n - 1] == '/'; n--)
    trimmed[n - 1] = '\0';
  if (g_str_has_suffix (trimmed, "/api/v1"))
    trimmed[strlen (trimmed) - strlen ("/api/v1")] = '\0';
  for (gsize n = strlen (trimmed); n > 0 && trimmed[n - 1] == '/'; n--)
    trimmed[n - 1] = '\0';
  return g_steal_pointer (&trimmed);
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, VRF_ERROR, VRF_ERROR_ARGUMENT, message);
  return FALSE;
}

static gboolean
check (GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || *host == '\0'
      || (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")))
    return fail (error, _ ("The address must begin with https:// and name a server."));
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    return fail (error, _ ("The address must not hold a name, a password, “?” or “#”."));
  if (g_str_equal (scheme, "http") && !host_is_loopback (host))
    return fail (error,
                 _ ("The address must begin with https://: without it the key and personal data "
                    "would cross the network in the clear."));
  return TRUE;
}

/* The port, or -1 when it goes without saying. */
static int
get_port (GUri *uri)
{
  int usual = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;

  return g_uri_get_port (uri) == usual ? -1 : g_uri_get_port (uri);
}

/**
 * vrf_base_url_normalize:
 * @text: an address as a person types it
 * @error: %VRF_ERROR_ARGUMENT
 *
 * https, or http to a loopback address (verifa-api.md 1.1).
 *
 * Returns: (nullable) (transfer full): the address without `/api/v1` and trailing slashes, its host
 *   in lower case: one spelling a server
 */
char *
vrf_base_url_normalize (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strndup (text, URL_MAX_BYTES));
  g_autofree char *path = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GUri) uri = g_uri_parse (stripped, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || strlen (text) > URL_MAX_BYTES)
    {
      fail (error, _ ("This is not an address. It looks like https://api.withverifa.com."));
      return NULL;
    }
  if (!check (uri, error))
    return NULL;
  path = dup_trimmed_path (g_uri_get_path (uri));
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  /* Without the flag that would put a slash back. */
  return g_uri_join (
      G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host, get_port (uri), path, NULL, NULL);
}

/** vrf_base_url_is_loopback: Returns: whether a normalized @base_url stays on this computer */
gboolean
vrf_base_url_is_loopback (const char *base_url)
{
  g_autoptr (GUri) uri = g_uri_parse (base_url, SOUP_HTTP_URI_FLAGS, NULL);

  return uri != NULL && host_is_loopback (g_uri_get_host (uri));
}
