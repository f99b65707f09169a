/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include "desk/session/vrf-section.h"

#include "desk/widgets/vrf-kv-row.h"

struct _VrfSection
{
  GtkWidget parent_instance;

  guint n_rows; /* so far, while it is filled */

  /* children */
  GtkWidget *head;
  GtkWidget *title_label;
  GtkWidget *note_label;
  GtkWidget *button;  /* nullable */
  GtkWidget *list;    /* the card of rows */
  GtkWidget *content; /* in its place, nullable */
};

G_DEFINE_FINAL_TYPE (VrfSection, vrf_section, GTK_TYPE_WIDGET)

static void
vrf_section_dispose (GObject *object)
{
  VrfSection *self = VRF_SECTION (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (vrf_section_parent_class)->dispose (object);
}

static void
vrf_section_class_init (VrfSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vrf_section_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
vrf_section_init (VrfSection *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_size_request (self->head, -1, 26);
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));

  self->title_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title_label), 0);
  gtk_widget_set_hexpand (self->title_label, TRUE);
  gtk_widget_add_css_class (self->title_label, "heading");
  gtk_box_append (GTK_BOX (self->head), self->title_label);

  self->note_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->note_label, "caption");
  gtk_widget_add_css_class (self->note_label, "vrf-secondary");
  gtk_widget_set_visible (self->note_label, FALSE);
  gtk_box_append (GTK_BOX (self->head), self->note_label);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * vrf_section_new:
 * @title: translated
 */
GtkWidget *
vrf_section_new (const char *title)
{
  VrfSection *self = g_object_new (VRF_TYPE_SECTION, NULL);

  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

/**
 * vrf_section_set_note:
 * @note: (nullable): small, at the end of the title's line
 */
void
vrf_section_set_note (VrfSection *self, const char *note)
{
  gtk_label_set_text (GTK_LABEL (self->note_label), note != NULL ? note : "");
  gtk_widget_set_visible (self->note_label, note != NULL);
}

/**
 * vrf_section_set_button:
 * @button: (nullable): at the end of the title's line
 */
void
vrf_section_set_button (VrfSection *self, GtkWidget *button)
{
  if (self->button == button)
    return;

  if (self->button != NULL)
    gtk_box_remove (GTK_BOX (self->head), self->button);
  self->button = button;
  if (button == NULL)
    return;

  gtk_widget_add_css_class (button, "vrf-tiny");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->head), button);
}

/* Where a row keeps the key by which it is found again; rows without are made anew. */
#define KEY_DATA "vrf-section-key"

static void
update_visible (VrfSection *self)
{
  gtk_widget_set_visible (self->list, self->n_rows > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_rows > 0 || self->content != NULL);
}

static GtkWidget *
get_row (VrfSection *self, guint index)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) index));
}

static void
remove_row (VrfSection *self, guint index)
{
  gtk_list_box_remove (GTK_LIST_BOX (self->list), get_row (self, index));
}

/**
 * vrf_section_begin:
 *
 * The section is filled again from the top. Rows of vrf_section_add_kv() and those that
 * vrf_section_take() takes again stay what they are, with focus and selection; everything else is
 * made anew. To be ended by vrf_section_end().
 */
void
vrf_section_begin (VrfSection *self)
{
  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->n_rows = 0;
}

/**
 * vrf_section_begin_rows:
 *
 * The same, but what vrf_section_set_content() gave it stays.
 */
void
vrf_section_begin_rows (VrfSection *self)
{
  self->n_rows = 0;
}

/**
 * vrf_section_end:
 *
 * Takes out what did not come again; a section without content hides.
 */
void
vrf_section_end (VrfSection *self)
{
  while (get_row (self, self->n_rows) != NULL)
    remove_row (self, self->n_rows);
  update_visible (self);
}

/**
 * vrf_section_clear:
 *
 * Takes rows and content out; the section hides.
 */
void
vrf_section_clear (VrfSection *self)
{
  vrf_section_begin (self);
  vrf_section_end (self);
}

/**
 * vrf_section_add_row:
 * @row: a GtkListBoxRow
 */
void
vrf_section_add_row (VrfSection *self, GtkWidget *row)
{
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, (int) self->n_rows);
  self->n_rows++;
}

/**
 * vrf_section_add_plain:
 * @child: anything, put into a row that takes no focus
 */
void
vrf_section_add_plain (VrfSection *self, GtkWidget *child)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (row, "vrf-plain-row");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  vrf_section_add_row (self, row);
}

/**
 * vrf_section_add_note:
 * @text: a sentence about the section, such as what the key may not do
 */
void
vrf_section_add_note (VrfSection *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "vrf-secondary");
  gtk_widget_add_css_class (label, "vrf-row-box");
  vrf_section_add_plain (self, label);
}

/**
 * vrf_section_take:
 * @key: of vrf_section_add_keyed(), its own in the section
 *
 * Returns: (transfer none) (nullable): the row of @key from before, brought to its place; with
 * focus and whatever was opened in it
 */
GtkWidget *
vrf_section_take (VrfSection *self, const char *key)
{
  guint index = self->n_rows;
  GtkWidget *row = NULL;

  while ((row = get_row (self, index)) != NULL
         && g_strcmp0 (g_object_get_data (G_OBJECT (row), KEY_DATA), key) != 0)
    index++;
  if (row == NULL)
    return NULL;

  for (; index > self->n_rows; index--)
    remove_row (self, self->n_rows);
  self->n_rows++;

  return row;
}

/**
 * vrf_section_add_keyed:
 * @row: a GtkListBoxRow that vrf_section_take() finds again
 */
void
vrf_section_add_keyed (VrfSection *self, const char *key, GtkWidget *row)
{
  g_object_set_data_full (G_OBJECT (row), KEY_DATA, g_strdup (key), g_free);
  vrf_section_add_row (self, row);
}

/**
 * vrf_section_add_kv:
 * @value: (nullable): nothing is added without one
 *
 * Returns: (transfer none) (nullable): the row, a VrfKvRow
 */
GtkWidget *
vrf_section_add_kv (VrfSection *self, const char *key, const char *value)
{
  GtkWidget *row = NULL;

  if (value == NULL || *value == '\0')
    return NULL;

  row = vrf_section_take (self, key);
  if (row != NULL)
    {
      vrf_kv_row_set_value (VRF_KV_ROW (row), value);
      return row;
    }

  row = vrf_kv_row_new (key, value);
  vrf_section_add_keyed (self, key, row);

  return row;
}

/**
 * vrf_section_add_masked:
 * @value: (nullable): nothing is added without one
 * @mask: what stands there until it is revealed
 */
void
vrf_section_add_masked (VrfSection *self, const char *key, const char *value, const char *mask)
{
  GtkWidget *row = NULL;

  if (value == NULL || *value == '\0')
    return;

  row = vrf_kv_row_new (key, value);
  vrf_kv_row_set_mask (VRF_KV_ROW (row), mask);
  vrf_kv_row_set_masked (VRF_KV_ROW (row), TRUE);
  vrf_section_add_row (self, row);
}

/**
 * vrf_section_set_content:
 * @content: (nullable): something that is not a list, below the title
 */
void
vrf_section_set_content (VrfSection *self, GtkWidget *content)
{
  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->content = content;
  if (content != NULL)
    gtk_widget_insert_after (content, GTK_WIDGET (self), self->head);
}

/**
 * vrf_section_get_n_rows:
 */
guint
vrf_section_get_n_rows (VrfSection *self)
{
  return self->n_rows;
}

/**
 * vrf_section_get_content:
 *
 * Returns: (transfer none) (nullable): what vrf_section_set_content() gave it
 */
GtkWidget *
vrf_section_get_content (VrfSection *self)
{
  return self->content;
}

/**
 * vrf_section_get_button:
 *
 * Returns: (transfer none) (nullable): what vrf_section_set_button() gave it
 */
GtkWidget *
vrf_section_get_button (VrfSection *self)
{
  return self->button;
}

/**
 * vrf_section_get_list:
 *
 * Returns: (transfer none): the list box
 */
GtkWidget *
vrf_section_get_list (VrfSection *self)
{
  return self->list;
}
