/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/** VrfPhase: how far an attempt has come. */
typedef enum
{
  VRF_PHASE_CONNECT,
  VRF_PHASE_HEADERS,
  VRF_PHASE_BODY,
} VrfPhase;

GError *
vrf_network_error_new (const GError *cause,
                       SoupMessage *message,
                       VrfPhase phase) G_GNUC_WARN_UNUSED_RESULT;
GError *
vrf_network_error_new_timeout (VrfPhase phase) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_network_error_dup_tls_message (GTlsCertificateFlags flags,
                                   GTlsCertificate *certificate) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
