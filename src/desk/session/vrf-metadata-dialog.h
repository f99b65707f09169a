/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* @patch: what changed and nothing else: a new or other value a key, null to remove it
 * (verifa-api.md 3.5). Not called without a change. */
typedef void (*VrfMetadataDone) (GObject *target, JsonObject *patch);

/* Asks for changes of @metadata (nullable). Values that are no text are edited as JSON. */
void
vrf_metadata_dialog_ask (GtkWidget *widget,
                         JsonObject *metadata,
                         VrfMetadataDone done,
                         GObject *target);

/* Whether the desk shows the key elsewhere: it is not the page's to edit. */
gboolean
vrf_metadata_is_own (const char *key);
/* @value as one line: a text as it is, everything else as JSON. */
char *
vrf_metadata_dup_text (JsonNode *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
