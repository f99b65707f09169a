/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/session/vrf-pictures.h"

G_BEGIN_DECLS

/**
 * VrfDocumentSaved:
 * @widget: that asked
 * @error: (nullable): why not; %NULL when the copy is there
 *
 * Not called when the person changed their mind, or @widget left its window.
 */
typedef void (*VrfDocumentSaved) (GtkWidget *widget, const GError *error);

/* Saves a guest's file where the person says, after a warning. It is never opened here. */
void
vrf_document_save (GtkWidget *widget,
                   VrfPictures *pictures,
                   const char *doc_type,
                   VrfDocumentSaved saved);

G_END_DECLS
