/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "api/vrf-models.h"
#include "desk/session/vrf-pictures.h"

G_BEGIN_DECLS

/* One file of the Documents section: a picture behind a cover, or a file that can be saved.
 * Pressed, it calls "session.open-document" with its doc_type. */
#define VRF_TYPE_DOCUMENT_TILE (vrf_document_tile_get_type ())
G_DECLARE_FINAL_TYPE (VrfDocumentTile, vrf_document_tile, VRF, DOCUMENT_TILE, GtkWidget)

GtkWidget *
vrf_document_tile_new (const VrfDocument *document);

const char *
vrf_document_tile_get_doc_type (VrfDocumentTile *self);
void
vrf_document_tile_update (VrfDocumentTile *self, VrfPictures *pictures);

G_END_DECLS
