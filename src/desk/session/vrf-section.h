/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * One section of the session page: a title, a note or a small button at its end, and below it a
 * card of rows. A section without content is not shown.
 */
#define VRF_TYPE_SECTION (vrf_section_get_type ())
G_DECLARE_FINAL_TYPE (VrfSection, vrf_section, VRF, SECTION, GtkWidget)

GtkWidget *
vrf_section_new (const char *title);

void
vrf_section_set_note (VrfSection *self, const char *note);
void
vrf_section_set_button (VrfSection *self, GtkWidget *button);
void
vrf_section_begin (VrfSection *self);
void
vrf_section_begin_rows (VrfSection *self);
void
vrf_section_end (VrfSection *self);
void
vrf_section_clear (VrfSection *self);
void
vrf_section_add_row (VrfSection *self, GtkWidget *row);
GtkWidget *
vrf_section_take (VrfSection *self, const char *key);
void
vrf_section_add_keyed (VrfSection *self, const char *key, GtkWidget *row);
void
vrf_section_add_plain (VrfSection *self, GtkWidget *child);
void
vrf_section_add_note (VrfSection *self, const char *text);
GtkWidget *
vrf_section_add_kv (VrfSection *self, const char *key, const char *value);
void
vrf_section_add_masked (VrfSection *self, const char *key, const char *value, const char *mask);
void
vrf_section_set_content (VrfSection *self, GtkWidget *content);
guint
vrf_section_get_n_rows (VrfSection *self);
GtkWidget *
vrf_section_get_content (VrfSection *self);
GtkWidget *
vrf_section_get_button (VrfSection *self);
GtkWidget *
vrf_section_get_list (VrfSection *self);

G_END_DECLS
