/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-api"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "api/vrf-network-error.h"
#include "base/vrf-error.h"

static char *
dup_date (GDateTime *date)
{
  g_autoptr (GDateTime) local = date != NULL ? g_date_time_to_local (date) : NULL;

  return local != NULL ? g_date_time_format (local, "%x %R") : g_strdup ("–");
}

static char *
dup_date_message (GTlsCertificateFlags flags, GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) limit = NULL;
  g_autofree char *now_text = dup_date (now);
  g_autofree char *limit_text = NULL;

  if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
    {
      limit = certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
      limit_text = dup_date (limit);
      return g_strdup_printf (
          /* Translators: both are dates with times. */
          _ ("The server’s certificate expired on %s; this computer’s clock says %s. If the clock "
             "is wrong, set it; else tell the server’s administrator."),
             limit_text,
             now_text);
    }

  limit = certificate != NULL ? g_tls_certificate_get_not_valid_before (certificate) : NULL;
  limit_text = dup_date (limit);
  return g_strdup_printf (
      /* Translators: both are dates with times. */
      _ ("The server’s certificate begins on %s, but this computer’s clock says %s. Set the "
         "computer’s date and time."),
         limit_text,
         now_text);
}

/**
 * vrf_network_error_dup_tls_message:
 * @flags: what is wrong with the server's certificate
 * @certificate: (nullable): the certificate
 *
 * Returns: (transfer full): a sentence that names the problem, the dates first: a wrong clock makes
 *   every certificate look wrong
 */
char *
vrf_network_error_dup_tls_message (GTlsCertificateFlags flags, GTlsCertificate *certificate)
{
  if ((flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) != 0)
    return dup_date_message (flags, certificate);
  if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    return g_strdup (_ ("The server’s certificate is for another host name. Check the address; the "
                        "key was not sent."));
  if ((flags & G_TLS_CERTIFICATE_REVOKED) != 0)
    return g_strdup (_ ("The server’s certificate has been revoked. Tell the server’s "
                        "administrator; the key was not sent."));
  if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    return g_strdup (
        _ ("The server’s certificate comes from an issuer this computer does not know. "
                        "Check the address and the network; the key was not sent."));
  if ((flags & G_TLS_CERTIFICATE_INSECURE) != 0)
    return g_strdup (_ ("The server’s certificate uses weak cryptography. Tell the server’s "
                        "administrator; the key was not sent."));
  return g_strdup (_ ("No secure connection to the server could be made. Check the address and the "
                      "network; the key was not sent."));
}

static gboolean
is_proxy_error (const GError *cause)
{
  return g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED)
         || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED)
         || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH)
         || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED);
}

static const char *
get_offline_message (const GError *cause)
{
  if (cause->domain == G_RESOLVER_ERROR)
    return _ ("The server’s name could not be found. Check the network and the address.");
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return _ ("The server could not be reached: nothing answers at its address. Check the address, "
              "or try again in a moment.");
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return _ ("The server could not be reached: there is no network. Check the cable or Wi-Fi.");
  if (is_proxy_error (cause))
    return _ ("The server could not be reached: the network’s proxy refused. Ask your network’s "
              "administrator.");
  return _ ("The server could not be reached. Check the network and try again.");
}

/**
 * vrf_network_error_new:
 * @cause: why an attempt ended
 * @message: the attempt
 * @phase: how far it had come
 *
 * Returns: (transfer full): the same for a person: %VRF_ERROR_TLS, %VRF_ERROR_TIMEOUT,
 *   %VRF_ERROR_OFFLINE, or %VRF_ERROR_REPLY when an answer had begun or was no HTTP
 */
GError *
vrf_network_error_new (const GError *cause, SoupMessage *message, VrfPhase phase)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);

  if (cause->domain == G_TLS_ERROR && (phase == VRF_PHASE_CONNECT || flags != 0))
    {
      g_autofree char *text = vrf_network_error_dup_tls_message (
          flags, soup_message_get_tls_peer_certificate (message));

      return g_error_new_literal (VRF_ERROR, VRF_ERROR_TLS, text);
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return vrf_network_error_new_timeout (phase);
  if (phase == VRF_PHASE_BODY)
    return g_error_new_literal (
        VRF_ERROR,
        VRF_ERROR_REPLY,
        _ ("The connection broke in the middle of the server’s answer. Try again."));
  if (cause->domain == SOUP_SESSION_ERROR)
    return g_error_new_literal (VRF_ERROR,
                                VRF_ERROR_REPLY,
                                _ ("The answer broke off, or this is not a Verifa server. Try "
                                   "again; if this keeps happening, check the address."));
  return g_error_new_literal (VRF_ERROR, VRF_ERROR_OFFLINE, get_offline_message (cause));
}

/** vrf_network_error_new_timeout: Returns: (transfer full): a deadline of @phase has passed */
GError *
vrf_network_error_new_timeout (VrfPhase phase)
{
  switch (phase)
    {
    case VRF_PHASE_CONNECT:
      return g_error_new_literal (
          VRF_ERROR,
          VRF_ERROR_TIMEOUT,
          _ ("The server could not be reached in time. Check the network and try again."));
    case VRF_PHASE_HEADERS:
      return g_error_new_literal (VRF_ERROR,
                                  VRF_ERROR_TIMEOUT,
                                  _ ("The server did not answer in time. Try again in a moment."));
    case VRF_PHASE_BODY:
    default:
      return g_error_new_literal (
          VRF_ERROR,
          VRF_ERROR_TIMEOUT,
          _ ("The server’s answer was not complete in time. Try again in a moment."));
    }
}
