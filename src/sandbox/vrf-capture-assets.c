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

/* A file as it is sent. The same for every server of this process, and for as long as it runs. */
typedef struct
{
  const char *content_type; /* static */
  GBytes *plain;
  GBytes *packed; /* gzip */
  char *tag;      /* what the file says, packed or not: a weak validator without its W/ */
} File;

G_LOCK_DEFINE_STATIC (files);
static GHashTable *files; /* under the lock: name → File; never shrinks */

/**
 * vrf_capture_assets_set_headers:
 * @reply: any reply of the applicant's side
 *
 * Sets what every reply under /verify carries, besides what the router sets: nothing is stored,
 * nothing of the address is passed on, nothing else is loaded or framed, and of the phone only the
 * camera may be asked for.
 */
void
vrf_capture_assets_set_headers (VrfReply *reply)
{
  vrf_reply_set_header (reply, "Content-Security-Policy", POLICY);
  vrf_reply_set_header (
      reply, "Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
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

static GBytes *
pack (GBytes *plain)
{
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (plain);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (source, gzip);
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();

  if (g_output_stream_splice (sink, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL) < 0)
    return g_bytes_ref (plain);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
}

/* Reads and packs it: once, at the first request for it. */
static File *
new_file (const char *name, const char *content_type)
{
  g_autofree char *path = g_strconcat (PAGES, name, NULL);
  g_autoptr (GBytes) plain = g_resource_lookup_data (
      vrf_sandbox_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *digest = NULL;
  File *file = NULL;

  if (plain == NULL)
    return NULL;
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, plain);
  file = g_new0 (File, 1);
  file->content_type = content_type;
  file->packed = pack (plain);
  file->plain = g_steal_pointer (&plain);
  file->tag = g_strdup_printf ("\"%.16s\"", digest);

  return file;
}

/* Several sandboxes may run in threads of one process. What is found never changes or goes. */
static const File *
find_file (const char *name)
{
  const char *content_type = get_content_type (name);
  File *file = NULL;

  if (content_type == NULL || strchr (name, '/') != NULL)
    return NULL;

  G_LOCK (files);
  if (files == NULL)
    files = g_hash_table_new (g_str_hash, g_str_equal);
  file = g_hash_table_lookup (files, name);
  if (file == NULL)
    {
      file = new_file (name, content_type);
      if (file != NULL)
        g_hash_table_insert (files, g_strdup (name), file);
    }
  G_UNLOCK (files);

  return file;
}

/* `Accept-Encoding: gzip` as browsers write it; who adds a weight gets the plain file. */
static gboolean
takes_gzip (VrfRequest *request)
{
  const char *header = vrf_request_get_header (request, "Accept-Encoding");
  g_auto (GStrv) codings = header != NULL ? g_strsplit (header, ",", 16) : NULL;

  for (guint i = 0; codings != NULL && codings[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (codings[i]), "gzip") == 0)
      return TRUE;

  return FALSE;
}

static void
reply_file (VrfRequest *request, VrfReply *reply, const File *file)
{
  gboolean packed = takes_gzip (request);

  vrf_reply_set_bytes (reply, 200, file->content_type, packed ? file->packed : file->plain);
  if (packed)
    vrf_reply_set_header (reply, "Content-Encoding", "gzip");
}

/** vrf_capture_assets_reply_page: answers with the page, the same for every token */
void
vrf_capture_assets_reply_page (VrfRequest *request, VrfReply *reply)
{
  const File *file = find_file ("capture.html");

  g_return_if_fail (file != NULL);
  reply_file (request, reply, file);
  vrf_capture_assets_set_headers (reply);
  vrf_reply_set_header (reply, "Vary", "Accept, Accept-Encoding");
}

/**
 * vrf_capture_assets_handle:
 *
 * GET /verify/assets/{name} (verifa-api.md 8.6b). A browser may keep the files, which say nothing
 * about anybody, but asks each time whether they are still the same.
 */
void
vrf_capture_assets_handle (VrfRequest *request, VrfReply *reply)
{
  const char *name = vrf_request_get_param (request, "name");
  const char *known = vrf_request_get_header (request, "If-None-Match");
  g_autofree char *tag = NULL;
  const File *file = g_str_has_suffix (name, ".html") ? NULL : find_file (name);

  if (file == NULL)
    vrf_error_reply_set (reply, 404, "not_found", "There is no such file.");
  else if (known != NULL && strstr (known, file->tag) != NULL)
    vrf_reply_set_empty (reply, 304);
  else
    reply_file (request, reply, file);
  vrf_capture_assets_set_headers (reply);
  if (file == NULL)
    return;
  vrf_reply_set_header (reply, "Cache-Control", "no-cache");
  tag = g_strconcat ("W/", file->tag, NULL);
  vrf_reply_set_header (reply, "ETag", tag);
  vrf_reply_set_header (reply, "Vary", "Accept-Encoding");
}
