/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <gio/gio.h>

#include "sandbox/vrf-handlers.h"

#include "sandbox/vrf-sandbox-resources.h"

/* What the sandbox says of itself: the API's description, for programs and for people. */

#define ROOT "/com/withverifa/Sandbox/"

/* The page reads the description from here and nothing from elsewhere. */
#define POLICY                                                                                     \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "  \
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

static const struct
{
  const char *name;
  const char *content_type;
} assets[] = {
  { "docs.css", "text/css; charset=utf-8" },
  { "docs.js", "text/javascript; charset=utf-8" },
  { "example.js", "text/javascript; charset=utf-8" },
  { "operation.js", "text/javascript; charset=utf-8" },
};

static void
reply_resource (VrfReply *reply, const char *name, const char *content_type)
{
  g_autofree char *path = g_strconcat (ROOT, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      vrf_sandbox_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_return_if_fail (bytes != NULL);
  vrf_reply_set_bytes (reply, 200, content_type, bytes);
  vrf_reply_set_header (reply, "Content-Security-Policy", POLICY);
  vrf_reply_set_header (reply, "Cross-Origin-Resource-Policy", "same-origin");
}

static void
get_description (VrfRequest *request, VrfReply *reply)
{
  reply_resource (reply, "openapi.json", "application/json");
}

static void
get_page (VrfRequest *request, VrfReply *reply)
{
  reply_resource (reply, "docs/docs.html", "text/html; charset=utf-8");
}

static void
get_asset (VrfRequest *request, VrfReply *reply)
{
  const char *name = vrf_request_get_param (request, "name");

  for (guint i = 0; i < G_N_ELEMENTS (assets); i++)
    if (g_str_equal (name, assets[i].name))
      {
        g_autofree char *path = g_strconcat ("docs/", name, NULL);

        reply_resource (reply, path, assets[i].content_type);
        return;
      }
  vrf_error_reply_set (reply, 404, "not_found", "There is no such file.");
}

const VrfRoute vrf_handlers_docs[] = {
  { "GET", "/openapi.json", NULL, get_description, VRF_ROUTE_NO_KEY },
  { "GET", "/docs", NULL, get_page, VRF_ROUTE_NO_KEY },
  { "GET", "/docs/{name}", NULL, get_asset, VRF_ROUTE_NO_KEY },
  { NULL },
};
