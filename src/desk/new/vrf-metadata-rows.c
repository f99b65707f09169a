/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/new/vrf-metadata-rows.h"

struct _VrfMetadataRows
{
  GObject parent_instance;

  /* owned */
  GPtrArray *rows; /* AdwEntryRow, borrowed from the expander; never empty */

  /* borrowed: it owns the entries, and its window owns us */
  AdwExpanderRow *expander;

  guint max_lines;
};

G_DEFINE_FINAL_TYPE (VrfMetadataRows, vrf_metadata_rows, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
add_row (VrfMetadataRows *self, const char *text);

static void
vrf_metadata_rows_finalize (GObject *object)
{
  VrfMetadataRows *self = VRF_METADATA_ROWS (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (vrf_metadata_rows_parent_class)->finalize (object);
}

static guint
add_signal (VrfMetadataRowsClass *klass, const char *name)
{
  return g_signal_new (
      name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vrf_metadata_rows_class_init (VrfMetadataRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vrf_metadata_rows_finalize;

  signals[SIGNAL_CHANGED] = add_signal (klass, "changed");
  signals[SIGNAL_ACTIVATED] = add_signal (klass, "activated");
}

static void
vrf_metadata_rows_init (VrfMetadataRows *self)
{
  self->rows = g_ptr_array_new ();
}

static void
changed_cb (VrfMetadataRows *self, GtkEditable *row)
{
  guint last = self->rows->len - 1;

  if (GTK_EDITABLE (g_ptr_array_index (self->rows, last)) == row
      && *gtk_editable_get_text (row) != '\0' && self->rows->len < self->max_lines)
    add_row (self, NULL);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activated_cb (VrfMetadataRows *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
add_row (VrfMetadataRows *self, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Metadata, key=value"));
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      row, "entry-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  g_ptr_array_add (self->rows, row);
  adw_expander_row_add_row (self->expander, row);
}

/**
 * vrf_metadata_rows_new:
 * @expander: (transfer none): gets the entries at its end; must outlive the object's use
 * @max_lines: how many lines there may be
 */
VrfMetadataRows *
vrf_metadata_rows_new (AdwExpanderRow *expander, guint max_lines)
{
  VrfMetadataRows *self = g_object_new (VRF_TYPE_METADATA_ROWS, NULL);

  self->expander = expander;
  self->max_lines = max_lines;
  add_row (self, NULL);

  return self;
}

/**
 * vrf_metadata_rows_dup_text:
 *
 * Returns: (transfer full): the lines that are not empty, one below the other
 */
char *
vrf_metadata_rows_dup_text (VrfMetadataRows *self)
{
  GString *text = g_string_new (NULL);
  guint i = 0;

  for (i = 0; i < self->rows->len; i++)
    {
      const char *line = gtk_editable_get_text (g_ptr_array_index (self->rows, i));

      if (*line != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }

  return g_string_free (text, FALSE);
}

/**
 * vrf_metadata_rows_set_text:
 * @text: the lines, one below the other; empty for none
 */
void
vrf_metadata_rows_set_text (VrfMetadataRows *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", (int) self->max_lines);
  guint i = 0;

  for (i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->expander, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (i = 0; lines[i] != NULL; i++)
    add_row (self, lines[i]);
  if (self->rows->len < self->max_lines)
    add_row (self, NULL);
}

/**
 * vrf_metadata_rows_get_first:
 *
 * Returns: (transfer none): the first entry
 */
GtkWidget *
vrf_metadata_rows_get_first (VrfMetadataRows *self)
{
  return g_ptr_array_index (self->rows, 0);
}
