/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "sandbox/vrf-capture-assets.h"

#include "sandbox/vrf-error-reply.h"
#include "sandbox/vrf-sandbox-resources.h"

#define PAGES "/com/withverifa/Sandbox/pages/"

/* What the page needs and nothing else. Its pictures are the applicant's own, shown from memory. */
#define POLICY                                                                                     \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "                \
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

static const struct
{
  const char *suffix;
  const char *content_type;
} types[] = {
  { ".js", "text/javascript; charset=utf-8" },
  { ".css", "text/css; charset=utf-8" },
  { ".svg", "image/svg+xml" },
  { ".html", "text/html; charset=utf-8" },
};

/**
 * vrf_capture_assets_set_headers:
 * @reply: any reply of the applicant's side
 *
 * Sets what every reply under /verify carries, besides what the router sets: nothing is stored,
 * nothing of the address is passed on, nothing else is loaded or framed.
 */
void
vrf_capture_assets_set_headers (VrfReply *reply)
{
  vrf_reply_set_header (reply, "Content-Security-Policy", POLICY);
  vrf_reply_set_header (reply, "Referrer-Policy", "no-referrer");
  vrf_reply_set_header (reply, "Cross-Origin-Resource-Policy", "same-origin");
  vrf_reply_set_header (reply, "X-Robots-Tag", "noindex, nofollow");
  vrf_reply_set_header (reply, "Cache-Control", "no-store");
}

static const char *
get_content_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i].suffix))
      return types[i].content_type;

  return NULL;
}

static gboolean
reply_file (VrfReply *reply, const char *name)
{
  g_autofree char *path = g_strconcat (PAGES, name, NULL);
  const char *content_type = get_content_type (name);
  g_autoptr (GBytes) bytes = NULL;

  if (content_type != NULL && strchr (name, '/') == NULL)
    bytes = g_resource_lookup_data (
        vrf_sandbox_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    return FALSE;
  vrf_reply_set_bytes (reply, 200, content_type, bytes);

  return TRUE;
}

/** vrf_capture_assets_reply_page: answers with the page, the same for every token */
void
vrf_capture_assets_reply_page (VrfReply *reply)
{
  gboolean found = reply_file (reply, "capture.html");

  g_return_if_fail (found);
  vrf_capture_assets_set_headers (reply);
}

/** vrf_capture_assets_handle: GET /verify/assets/{name} (verifa-api.md 8.6b) */
void
vrf_capture_assets_handle (VrfRequest *request, VrfReply *reply)
{
  const char *name = vrf_request_get_param (request, "name");

  if (g_str_has_suffix (name, ".html") || !reply_file (reply, name))
    vrf_error_reply_set (reply, 404, "not_found", "There is no such file.");
  vrf_capture_assets_set_headers (reply);
}
