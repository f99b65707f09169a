/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/session/vrf-live-card.h"

#include "desk/session/vrf-live.h"

struct _VrfLiveCard
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *ring;
  GtkWidget *title_label;
  GtkWidget *hint_label;
};

G_DEFINE_FINAL_TYPE (VrfLiveCard, vrf_live_card, GTK_TYPE_WIDGET)

static void
vrf_live_card_dispose (GObject *object)
{
  VrfLiveCard *self = VRF_LIVE_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (vrf_live_card_parent_class)->dispose (object);
}

static void
vrf_live_card_class_init (VrfLiveCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vrf_live_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
append_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
vrf_live_card_init (VrfLiveCard *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "vrf-live-card");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->ring = vrf_ring_new ();
  vrf_ring_set_size (VRF_RING (self->ring), VRF_RING_SMALL);
  vrf_ring_set_caption (VRF_RING (self->ring), _ ("left"));
  gtk_widget_set_valign (self->ring, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->ring);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), texts);
  self->title_label = append_label (texts, "heading");
  gtk_widget_add_css_class (self->title_label, "numeric");
  self->hint_label = append_label (texts, "caption");
  gtk_widget_add_css_class (self->hint_label, "vrf-secondary");
}

/**
 * vrf_live_card_new:
 */
GtkWidget *
vrf_live_card_new (void)
{
  return g_object_new (VRF_TYPE_LIVE_CARD, NULL);
}

/**
 * vrf_live_card_show:
 *
 * Paints the row as it is now; to be called once a second while the link runs. Hides itself when
 * the session is over.
 */
void
vrf_live_card_show (VrfLiveCard *self, VrfRow *row, VrfClock *clock)
{
  gboolean running = vrf_live_has_link (row, clock) && vrf_live_get_left_s (row, clock) > 0;
  g_autofree char *title = vrf_live_dup_title (row, clock);
  g_autofree char *hint = vrf_live_dup_hint (row);

  gtk_widget_set_visible (GTK_WIDGET (self),
                          vrf_row_is_active (row)
                              || vrf_row_get_status (row) == VRF_SESSION_STATUS_EXPIRED);
  gtk_widget_set_visible (self->ring, running);
  if (running)
    vrf_live_show_ring (VRF_RING (self->ring), row, clock);
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->hint_label), hint);
}
