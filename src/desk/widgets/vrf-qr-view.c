/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/widgets/vrf-qr-view.h"

#include "desk/widgets/vrf-qr-export.h"
#include "desk/widgets/vrf-qr-paint.h"

/*
 * VrfQrView: a capture URL as a QR code, black on a white card, whatever the theme.
 *
 * A phone reads what the screen's pixels say, so a module is always a whole number of device pixels
 * and starts on one. What does not divide goes into the quiet zone. The black runs are kept as one
 * render node until text, size, scale or place on the pixel grid change.
 *
 * Without a text the widget draws nothing and its actions are off: a link that can no longer be
 * opened must vanish.
 */

#define SMALLEST_MODULE_PX 4
#define DEFAULT_MODULE_PX 7
/* A capture URL of the service makes a code of 41 modules; without a text we keep its room. */
#define USUAL_SIDE 41

struct _VrfQrView
{
  GtkWidget parent_instance;

  /* owned */
  char *text;
  char *label;
  VrfQrCode *code;
  GskRenderNode *node; /* the black runs, for drawn */
  GtkWidget *popover;
  GtkFileChooserNative *chooser;

  VrfQrGeometry drawn;
  VrfQrFormat format; /* of the chooser that is open */
  guint module_px;
  guint side_px; /* 0: as many as the code needs at module_px */

  /* borrowed */
  GdkSurface *surface; /* while realized */
};

G_DEFINE_FINAL_TYPE (VrfQrView, vrf_qr_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TEXT = 1,
  PROP_LABEL,
  PROP_MODULE_PX,
  PROP_SIDE_PX,
} VrfQrViewProperty;

static GParamSpec *properties[PROP_SIDE_PX + 1];

enum
{
  SIGNAL_COPIED,
  SIGNAL_SAVED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Drawing */

static guint
whole_side (VrfQrView *self)
{
  guint side = self->code != NULL ? vrf_qr_code_get_side (self->code) : USUAL_SIDE;

  return side + 2 * VRF_QR_CODE_QUIET;
}

/* GTK 4.8 knows whole scales only. A newer GTK tells the true one as GdkSurface:scale. */
static double
device_scale (VrfQrView *self)
{
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->surface != NULL
      && g_object_class_find_property (G_OBJECT_GET_CLASS (self->surface), "scale") != NULL)
    g_object_get (self->surface, "scale", &scale, NULL);

  return scale > 0 ? scale : 1;
}

/* Where the widget's corner lies on the surface, in logical pixels. */
static graphene_point_t
origin_on_surface (VrfQrView *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  graphene_point_t origin = GRAPHENE_POINT_INIT (0, 0);
  double x = 0, y = 0;

  if (native == NULL
      || !gtk_widget_compute_point (
          GTK_WIDGET (self), GTK_WIDGET (native), &GRAPHENE_POINT_INIT (0, 0), &origin))
    return GRAPHENE_POINT_INIT (0, 0);

  gtk_native_get_surface_transform (native, &x, &y);

  return GRAPHENE_POINT_INIT (origin.x + (float) x, origin.y + (float) y);
}

static void
vrf_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VrfQrView *self = VRF_QR_VIEW (widget);
  VrfQrGeometry geometry = { 0 };
  VrfQrPlace place = {
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .origin = origin_on_surface (self),
    .scale = device_scale (self),
    .fill = self->side_px > 0,
  };

  if (self->code == NULL
      || !vrf_qr_geometry_fit (&geometry, vrf_qr_code_get_side (self->code), &place))
    return;

  if (self->node == NULL || !vrf_qr_geometry_equal (&geometry, &self->drawn))
    {
      g_clear_pointer (&self->node, gsk_render_node_unref);
      self->node = vrf_qr_paint_modules (self->code, &geometry);
      self->drawn = geometry;
    }

  vrf_qr_paint_card (snapshot, &geometry);
  gtk_snapshot_append_node (snapshot, self->node);
}

static GtkSizeRequestMode
vrf_qr_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
vrf_qr_view_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  VrfQrView *self = VRF_QR_VIEW (widget);
  int side = (int) whole_side (self);
  int most = self->side_px > 0 ? (int) self->side_px : side * (int) self->module_px;
  int least = MIN (most, side * SMALLEST_MODULE_PX);

  *minimum = least;
  *natural = for_size < 0 ? most : CLAMP (for_size, least, most);
}

/* The whole scale moves with notify::scale-factor; the true scale of a newer GTK with its surface.
 */
static void
scale_changed_cb (VrfQrView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
vrf_qr_view_realize (GtkWidget *widget)
{
  VrfQrView *self = VRF_QR_VIEW (widget);

  GTK_WIDGET_CLASS (vrf_qr_view_parent_class)->realize (widget);

  self->surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->surface), "scale") != NULL)
    g_signal_connect_swapped (self->surface, "notify::scale", G_CALLBACK (scale_changed_cb), self);
}

static void
vrf_qr_view_unrealize (GtkWidget *widget)
{
  VrfQrView *self = VRF_QR_VIEW (widget);

  if (self->surface != NULL)
    g_signal_handlers_disconnect_by_data (self->surface, self);
  self->surface = NULL;

  GTK_WIDGET_CLASS (vrf_qr_view_parent_class)->unrealize (widget);
}

static void
vrf_qr_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VrfQrView *self = VRF_QR_VIEW (widget);

  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

/* Menu */

static GMenuModel *
build_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) save = g_menu_new ();

  g_menu_append (copy, _ ("_Copy Link"), "qr.copy-text");
  g_menu_append (copy, _ ("Copy _Image"), "qr.copy-image");
  g_menu_append (save, _ ("Save as _PNG…"), "qr.save-png");
  g_menu_append (save, _ ("Save as _SVG…"), "qr.save-svg");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (save));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
popup_menu (VrfQrView *self, double x, double y)
{
  if (self->code == NULL)
    return;

  if (self->popover == NULL)
    {
      g_autoptr (GMenuModel) menu = build_menu ();

      self->popover = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }

  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
popup_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  popup_menu (VRF_QR_VIEW (widget),
              gtk_widget_get_width (widget) / 2.0,
              gtk_widget_get_height (widget) / 2.0);
}

static void
pressed_cb (VrfQrView *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (event == NULL || !gdk_event_triggers_context_menu (event))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, x, y);
}

static void
long_pressed_cb (VrfQrView *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, x, y);
}

/* Copy and save */

static void
copy_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  vrf_qr_view_copy_text (VRF_QR_VIEW (widget));
}

static void
copy_image_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  vrf_qr_view_copy_image (VRF_QR_VIEW (widget));
}

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (VrfQrView) self = VRF_QR_VIEW (data);
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_signal_emit (self, signals[SIGNAL_SAVED], 0, source);
  else
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
save_response_cb (VrfQrView *self, int response, GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autoptr (GBytes) bytes = NULL;

  g_clear_object (&self->chooser);
  /* the link may have died while the chooser was open */
  if (response != GTK_RESPONSE_ACCEPT || file == NULL || self->code == NULL)
    return;

  bytes = vrf_qr_export_bytes (self->code, self->format);
  g_file_replace_contents_bytes_async (
      file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, replaced_cb, g_object_ref (self));
}

static void
save_as (VrfQrView *self, VrfQrFormat format)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = vrf_qr_export_file_name (self->label, format);

  if (self->code == NULL || self->chooser != NULL)
    return;

  self->format = format;
  self->chooser = gtk_file_chooser_native_new (_ ("Save QR Code"),
                                                  GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                  GTK_FILE_CHOOSER_ACTION_SAVE,
                                                  NULL,
                                                  NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (
      self->chooser, "response", G_CALLBACK (save_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
save_png_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save_as (VRF_QR_VIEW (widget), VRF_QR_FORMAT_PNG);
}

static void
save_svg_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save_as (VRF_QR_VIEW (widget), VRF_QR_FORMAT_SVG);
}

/* Object */

static void
update_actions (VrfQrView *self)
{
  static const char *const names[] = {
    "qr.copy-text", "qr.copy-image", "qr.save-png", "qr.save-svg", "qr.menu",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], self->code != NULL);
}

static void
vrf_qr_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfQrView *self = VRF_QR_VIEW (object);

  switch ((VrfQrViewProperty) id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_MODULE_PX:
      g_value_set_uint (value, self->module_px);
      break;
    case PROP_SIDE_PX:
      g_value_set_uint (value, self->side_px);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_qr_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfQrView *self = VRF_QR_VIEW (object);

  switch ((VrfQrViewProperty) id)
    {
    case PROP_TEXT:
      vrf_qr_view_set_text (self, g_value_get_string (value));
      break;
    case PROP_LABEL:
      vrf_qr_view_set_label (self, g_value_get_string (value));
      break;
    case PROP_MODULE_PX:
      vrf_qr_view_set_module_px (self, g_value_get_uint (value));
      break;
    case PROP_SIDE_PX:
      vrf_qr_view_set_side_px (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_qr_view_dispose (GObject *object)
{
  VrfQrView *self = VRF_QR_VIEW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (vrf_qr_view_parent_class)->dispose (object);
}

static void
vrf_qr_view_finalize (GObject *object)
{
  VrfQrView *self = VRF_QR_VIEW (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->code, vrf_qr_code_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);

  G_OBJECT_CLASS (vrf_qr_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /* The link to show; NULL shows nothing. */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  /* The accessible name. Says whose code it is, never the link: that is as good as a key. */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  /* Logical pixels a module the widget asks for. */
  properties[PROP_MODULE_PX] =
      g_param_spec_uint ("module-px", NULL, NULL, 1, 64, DEFAULT_MODULE_PX, flags);
  /* Logical pixels a side the card asks for, whatever the code's version; 0: from module-px. */
  properties[PROP_SIDE_PX] = g_param_spec_uint ("side-px", NULL, NULL, 0, 4096, 0, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
install_signals (GObjectClass *object_class)
{
  GType type = G_OBJECT_CLASS_TYPE (object_class);

  /* copied: (what: "text" or "image") something of ours is on the clipboard */
  signals[SIGNAL_COPIED] = g_signal_new (
      "copied", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* saved: (file) the picture is written */
  signals[SIGNAL_SAVED] = g_signal_new (
      "saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  /* failed: (message) the text makes no code, or the picture could not be written */
  signals[SIGNAL_FAILED] = g_signal_new (
      "failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "qr.copy-text", NULL, copy_text_action);
  gtk_widget_class_install_action (widget_class, "qr.copy-image", NULL, copy_image_action);
  gtk_widget_class_install_action (widget_class, "qr.save-png", NULL, save_png_action);
  gtk_widget_class_install_action (widget_class, "qr.save-svg", NULL, save_svg_action);
  gtk_widget_class_install_action (widget_class, "qr.menu", NULL, popup_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "qr.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "qr.menu", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "qr.copy-text", NULL);
}

static void
vrf_qr_view_class_init (VrfQrViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = vrf_qr_view_get_property;
  object_class->set_property = vrf_qr_view_set_property;
  object_class->dispose = vrf_qr_view_dispose;
  object_class->finalize = vrf_qr_view_finalize;

  widget_class->snapshot = vrf_qr_view_snapshot;
  widget_class->get_request_mode = vrf_qr_view_get_request_mode;
  widget_class->measure = vrf_qr_view_measure;
  widget_class->size_allocate = vrf_qr_view_size_allocate;
  widget_class->realize = vrf_qr_view_realize;
  widget_class->unrealize = vrf_qr_view_unrealize;

  install_properties (object_class);
  install_signals (object_class);
  install_actions (widget_class);

  gtk_widget_class_set_css_name (widget_class, "vrf-qr");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
vrf_qr_view_init (VrfQrView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  self->module_px = DEFAULT_MODULE_PX;

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));

  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_changed_cb), NULL);
  update_actions (self);
}

/** vrf_qr_view_new: */
GtkWidget *
vrf_qr_view_new (void)
{
  return g_object_new (VRF_TYPE_QR_VIEW, NULL);
}

/** vrf_qr_view_get_text: Returns: (nullable): the link shown */
const char *
vrf_qr_view_get_text (VrfQrView *self)
{
  g_return_val_if_fail (VRF_IS_QR_VIEW (self), NULL);

  return self->text;
}

/**
 * vrf_qr_view_set_text:
 * @text: (nullable): what a phone shall read, normally a capture URL; %NULL or "" shows nothing
 *
 * A text too long for a QR code shows nothing and emits #VrfQrView::failed.
 */
void
vrf_qr_view_set_text (VrfQrView *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (VRF_IS_QR_VIEW (self));

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_pointer (&self->code, vrf_qr_code_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  if (self->text != NULL)
    self->code = vrf_qr_code_new (self->text, &error);

  gtk_widget_set_focusable (GTK_WIDGET (self), self->code != NULL);
  if (self->code == NULL && self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  update_actions (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

/** vrf_qr_view_get_label: Returns: (nullable): the accessible name */
const char *
vrf_qr_view_get_label (VrfQrView *self)
{
  g_return_val_if_fail (VRF_IS_QR_VIEW (self), NULL);

  return self->label;
}

/**
 * vrf_qr_view_set_label:
 * @label: (nullable): the accessible name and the file name offered, "QR code for BK-20417"
 */
void
vrf_qr_view_set_label (VrfQrView *self, const char *label)
{
  g_return_if_fail (VRF_IS_QR_VIEW (self));

  if (g_strcmp0 (self->label, label) == 0)
    return;

  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : _ ("QR code"), -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

/** vrf_qr_view_get_module_px: Returns: logical pixels a module */
guint
vrf_qr_view_get_module_px (VrfQrView *self)
{
  g_return_val_if_fail (VRF_IS_QR_VIEW (self), 0);

  return self->module_px;
}

/**
 * vrf_qr_view_set_module_px:
 * @module_px: logical pixels a module to ask for, 1 to 64; given less room, modules get smaller,
 *   given more (align fill) they grow
 */
void
vrf_qr_view_set_module_px (VrfQrView *self, guint module_px)
{
  g_return_if_fail (VRF_IS_QR_VIEW (self));
  g_return_if_fail (module_px >= 1 && module_px <= 64);

  if (self->module_px == module_px)
    return;

  self->module_px = module_px;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODULE_PX]);
}

/** vrf_qr_view_get_side_px: Returns: logical pixels a side, 0 when it follows from the modules */
guint
vrf_qr_view_get_side_px (VrfQrView *self)
{
  g_return_val_if_fail (VRF_IS_QR_VIEW (self), 0);

  return self->side_px;
}

/**
 * vrf_qr_view_set_side_px:
 * @side_px: logical pixels a side to ask for, or 0
 *
 * Links differ in length and codes in modules; a dialog that must keep its size asks for a side,
 * and what does not divide becomes quiet zone.
 */
void
vrf_qr_view_set_side_px (VrfQrView *self, guint side_px)
{
  g_return_if_fail (VRF_IS_QR_VIEW (self));
  g_return_if_fail (side_px <= 4096);

  if (self->side_px == side_px)
    return;

  self->side_px = side_px;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDE_PX]);
}

/** vrf_qr_view_copy_text: puts the link on the clipboard and emits #VrfQrView::copied */
void
vrf_qr_view_copy_text (VrfQrView *self)
{
  g_return_if_fail (VRF_IS_QR_VIEW (self));

  if (self->code == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0, "text");
}

/** vrf_qr_view_copy_image: puts the picture on the clipboard and emits #VrfQrView::copied */
void
vrf_qr_view_copy_image (VrfQrView *self)
{
  g_autoptr (GdkTexture) texture = NULL;

  g_return_if_fail (VRF_IS_QR_VIEW (self));

  if (self->code == NULL)
    return;

  texture = vrf_qr_export_texture (self->code, VRF_QR_EXPORT_MODULE_PX);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0, "image");
}
