/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-desk"

#include "config.h"

#include <glib/gi18n.h>

#include "desk/widgets/vrf-env-card.h"

#include "desk/widgets/vrf-widget-util.h"

/*
 * VrfEnvCard: the foot of the sidebar. Which environment, whose server, whether it answers and how
 * old the data is. The sandbox has a hatched edge. Compact, for narrow windows, it is one line
 * under the edge.
 *
 * The dot is full only while the last round trip succeeded; otherwise it is a ring. While the
 * service has asked to wait, it says how long that goes on.
 */

struct _VrfEnvCard
{
  GtkWidget parent_instance;

  /* owned */
  char *environment;
  char *origin;
  VrfLinkState state;
  gint64 age_s;  /* -1: no data yet */
  gint64 wait_s; /* 0: not known */
  gboolean compact;

  /* children */
  GtkWidget *strip;
  GtkWidget *names; /* environment and origin */
  GtkWidget *environment_label;
  GtkWidget *origin_label;
  GtkWidget *status; /* dot, state and age */
  GtkWidget *dot;
  GtkWidget *state_label;
  GtkWidget *age_label;
  GtkWidget *wait_label; /* when it goes on */
};

G_DEFINE_FINAL_TYPE (VrfEnvCard, vrf_env_card, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ENVIRONMENT = 1,
  PROP_ORIGIN,
  PROP_STATE,
  PROP_AGE,
  PROP_WAIT,
  PROP_COMPACT,
} VrfEnvCardProperty;

static GParamSpec *properties[PROP_COMPACT + 1];

/** vrf_link_state_get_type: */
GType
vrf_link_state_get_type (void)
{
  static const GEnumValue values[] = {
    { VRF_LINK_CONNECTING, "VRF_LINK_CONNECTING", "connecting" },
    { VRF_LINK_CONNECTED, "VRF_LINK_CONNECTED", "connected" },
    { VRF_LINK_OFFLINE, "VRF_LINK_OFFLINE", "offline" },
    { VRF_LINK_REFUSED, "VRF_LINK_REFUSED", "refused" },
    { VRF_LINK_WAITING, "VRF_LINK_WAITING", "waiting" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_enum_register_static (g_intern_static_string ("VrfLinkState"), values));

  return type;
}

/**
 * vrf_env_card_format_age:
 * @age_s: seconds, 0 or more
 * @spoken: whole words for screen readers
 *
 * Returns: (transfer full): "1 s" or "1 second", "4 min" or "4 minutes", "2 h" or "2 hours"
 */
char *
vrf_env_card_format_age (gint64 age_s, gboolean spoken)
{
  int n;

  if (age_s < 60)
    {
      n = (int) MAX (0, age_s);
      return spoken ? g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) n), n)
                    : g_strdup_printf (C_ ("seconds", "%d s"), n);
    }

  if (age_s < 3600)
    {
      n = (int) (age_s / 60);
      return spoken ? g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) n), n)
                    : g_strdup_printf (C_ ("minutes", "%d min"), n);
    }

  n = (int) MIN (age_s / 3600, G_MAXINT);
  return spoken ? g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) n), n)
                : g_strdup_printf (C_ ("hours", "%d h"), n);
}

static const char *
environment_word (VrfEnvCard *self)
{
  if (g_strcmp0 (self->environment, "sandbox") == 0)
    return _ ("Sandbox");
  if (g_strcmp0 (self->environment, "live") == 0)
    return _ ("Live");

  return NULL;
}

static const char *
state_word (VrfEnvCard *self)
{
  switch (self->state)
    {
    case VRF_LINK_CONNECTED:
      return _ ("Connected");
    case VRF_LINK_OFFLINE:
      return _ ("Offline");
    case VRF_LINK_REFUSED:
      return _ ("Key refused");
    case VRF_LINK_WAITING:
      return _ ("Verifa asks to wait");
    case VRF_LINK_CONNECTING:
    default:
      return _ ("Connecting…");
    }
}

/* Nullable */
static char *
dup_wait_text (VrfEnvCard *self, gboolean spoken)
{
  g_autofree char *wait = NULL;

  if (self->state != VRF_LINK_WAITING || self->wait_s == 0)
    return NULL;
  wait = vrf_env_card_format_age (self->wait_s, spoken);
  /* Translators: as in "Next try in 12 s" */
  return g_strdup_printf (_ ("Next try in %s"), wait);
}

/* What compact has in one line; NULL: the state's word alone. */
static char *
dup_compact_text (VrfEnvCard *self)
{
  g_autofree char *wait = dup_wait_text (self, FALSE);
  const char *word = environment_word (self);

  if (wait != NULL)
    return g_strdup_printf ("%s · %s", state_word (self), wait);
  if (self->state != VRF_LINK_CONNECTED || word == NULL)
    return NULL;
  return self->origin != NULL ? g_strdup_printf ("%s · %s", word, self->origin) : g_strdup (word);
}

static void
update_labels (VrfEnvCard *self)
{
  gboolean fresh = self->state == VRF_LINK_CONNECTED;
  g_autofree char *wait = self->compact ? NULL : dup_wait_text (self, FALSE);
  g_autofree char *line = self->compact ? dup_compact_text (self) : NULL;
  g_autofree char *age = self->age_s >= 0 ? vrf_env_card_format_age (self->age_s, FALSE) : NULL;
  g_autofree char *age_text = NULL;

  if (age != NULL)
    /* Translators: how old the data is, "1 s ago", and "4 min old" while offline */
    age_text = g_strdup_printf (fresh ? _ ("%s ago") : _ ("%s old"), age);

  vrf_label_set (self->environment_label, environment_word (self));
  vrf_label_set (self->origin_label, self->origin);
  vrf_label_set (self->state_label, line != NULL ? line : state_word (self));
  vrf_label_set (self->age_label, age_text);
  vrf_label_set (self->wait_label, wait);
  gtk_widget_set_visible (self->names, !self->compact);
}

/* "Sandbox, Built-in, Connected, data 1 second old" */
static void
update_accessible (VrfEnvCard *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *wait = dup_wait_text (self, TRUE);
  g_autofree char *age = NULL;
  g_autofree char *data = NULL;
  g_autofree char *name = NULL;

  if (environment_word (self) != NULL)
    g_ptr_array_add (parts, (gpointer) environment_word (self));
  if (self->origin != NULL)
    g_ptr_array_add (parts, self->origin);
  g_ptr_array_add (parts, (gpointer) state_word (self));
  if (wait != NULL)
    g_ptr_array_add (parts, wait);
  if (self->age_s >= 0)
    {
      age = vrf_env_card_format_age (self->age_s, TRUE);
      /* Translators: "data 1 second old" */
      data = g_strdup_printf (_ ("data %s old"), age);
      g_ptr_array_add (parts, data);
    }
  g_ptr_array_add (parts, NULL);

  name = g_strjoinv (", ", (char **) parts->pdata);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (VrfEnvCard *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  update_labels (self);
  update_accessible (self);
  vrf_widget_set_class (self->strip, "vrf-hatch", g_strcmp0 (self->environment, "sandbox") == 0);
  vrf_widget_set_class (widget, "vrf-live", g_strcmp0 (self->environment, "live") == 0);
  vrf_widget_set_class (widget, "vrf-connected", self->state == VRF_LINK_CONNECTED);
  vrf_widget_set_class (
      widget, "vrf-trouble", self->state == VRF_LINK_OFFLINE || self->state == VRF_LINK_REFUSED);
  vrf_widget_set_class (widget, "vrf-compact", self->compact);
}

static void
vrf_env_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VrfEnvCard *self = VRF_ENV_CARD (object);

  switch ((VrfEnvCardProperty) id)
    {
    case PROP_ENVIRONMENT:
      g_value_set_string (value, self->environment);
      break;
    case PROP_ORIGIN:
      g_value_set_string (value, self->origin);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_AGE:
      g_value_set_int64 (value, self->age_s);
      break;
    case PROP_WAIT:
      g_value_set_int64 (value, self->wait_s);
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_env_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  VrfEnvCard *self = VRF_ENV_CARD (object);

  switch ((VrfEnvCardProperty) id)
    {
    case PROP_ENVIRONMENT:
      vrf_env_card_set_environment (self, g_value_get_string (value));
      break;
    case PROP_ORIGIN:
      vrf_env_card_set_origin (self, g_value_get_string (value));
      break;
    case PROP_STATE:
      vrf_env_card_set_state (self, (VrfLinkState) g_value_get_enum (value));
      break;
    case PROP_AGE:
      vrf_env_card_set_age (self, g_value_get_int64 (value));
      break;
    case PROP_WAIT:
      vrf_env_card_set_wait (self, g_value_get_int64 (value));
      break;
    case PROP_COMPACT:
      vrf_env_card_set_compact (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vrf_env_card_dispose (GObject *object)
{
  vrf_widget_clear_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (vrf_env_card_parent_class)->dispose (object);
}

static void
vrf_env_card_finalize (GObject *object)
{
  VrfEnvCard *self = VRF_ENV_CARD (object);

  g_clear_pointer (&self->environment, g_free);
  g_clear_pointer (&self->origin, g_free);

  G_OBJECT_CLASS (vrf_env_card_parent_class)->finalize (object);
}

static void
vrf_env_card_class_init (VrfEnvCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = vrf_env_card_get_property;
  object_class->set_property = vrf_env_card_set_property;
  object_class->dispose = vrf_env_card_dispose;
  object_class->finalize = vrf_env_card_finalize;

  /* "sandbox" or "live", as in the API. */
  properties[PROP_ENVIRONMENT] = g_param_spec_string ("environment", NULL, NULL, NULL, flags);
  /* Whose server: "Built-in" or a host, translated where it is a word. */
  properties[PROP_ORIGIN] = g_param_spec_string ("origin", NULL, NULL, NULL, flags);
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, VRF_TYPE_LINK_STATE, VRF_LINK_CONNECTING, flags);
  /* Seconds since the newest data came; -1: none yet. */
  properties[PROP_AGE] = g_param_spec_int64 ("age", NULL, NULL, -1, G_MAXINT64, -1, flags);
  /* Seconds until the next attempt, while waiting; 0: not known. */
  properties[PROP_WAIT] = g_param_spec_int64 ("wait", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "vrf-env-card");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
append_line (VrfEnvCard *self, const char *css_class)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (line, css_class);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  return line;
}

static GtkWidget *
append_label (GtkWidget *line, const char *css_classes, gboolean at_end)
{
  GtkWidget *label = vrf_label_new (css_classes);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, at_end);
  gtk_widget_set_halign (label, at_end ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), label);

  return label;
}

static void
vrf_env_card_init (VrfEnvCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->age_s = -1;

  self->strip = vrf_decorative_bin_new ("vrf-strip");
  gtk_widget_set_parent (self->strip, GTK_WIDGET (self));

  self->names = append_line (self, "vrf-env-names");
  self->environment_label = append_label (self->names, "heading", FALSE);
  self->origin_label = append_label (self->names, "caption vrf-secondary", TRUE);

  self->status = append_line (self, "vrf-env-status");
  self->dot = vrf_decorative_bin_new ("vrf-dot");
  gtk_widget_set_valign (self->dot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->status), self->dot);
  self->state_label = append_label (self->status, "caption vrf-env-state", FALSE);
  self->age_label = append_label (self->status, "caption numeric vrf-secondary", TRUE);
  self->wait_label = vrf_label_new ("caption numeric vrf-secondary vrf-env-wait");
  gtk_widget_set_parent (self->wait_label, GTK_WIDGET (self));

  /* the ends take room inside the card, not from the pane beside it */
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  update (self);
}

/** vrf_env_card_new: Returns: (transfer floating): a card that is still connecting */
GtkWidget *
vrf_env_card_new (void)
{
  return g_object_new (VRF_TYPE_ENV_CARD, NULL);
}

/** vrf_env_card_set_environment: @environment: (nullable): "sandbox" or "live" */
void
vrf_env_card_set_environment (VrfEnvCard *self, const char *environment)
{
  g_return_if_fail (VRF_IS_ENV_CARD (self));

  if (!vrf_str_set (&self->environment, environment))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENVIRONMENT]);
}

/** vrf_env_card_set_origin: @origin: (nullable): "Built-in" or a host */
void
vrf_env_card_set_origin (VrfEnvCard *self, const char *origin)
{
  g_return_if_fail (VRF_IS_ENV_CARD (self));

  if (!vrf_str_set (&self->origin, origin))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORIGIN]);
}

/** vrf_env_card_set_state: */
void
vrf_env_card_set_state (VrfEnvCard *self, VrfLinkState state)
{
  g_return_if_fail (VRF_IS_ENV_CARD (self));

  if (self->state == state)
    return;

  self->state = state;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/** vrf_env_card_set_age: @age_s: seconds since the newest data came, or -1 */
void
vrf_env_card_set_age (VrfEnvCard *self, gint64 age_s)
{
  g_return_if_fail (VRF_IS_ENV_CARD (self));

  age_s = MAX (-1, age_s);
  if (self->age_s == age_s)
    return;

  self->age_s = age_s;
  update_labels (self);
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AGE]);
}

/** vrf_env_card_set_wait: @wait_s: seconds until the next attempt, 0 when it is not known; shown
 * while the service has asked to wait */
void
vrf_env_card_set_wait (VrfEnvCard *self, gint64 wait_s)
{
  g_return_if_fail (VRF_IS_ENV_CARD (self));

  wait_s = MAX (0, wait_s);
  if (self->wait_s == wait_s)
    return;

  self->wait_s = wait_s;
  update_labels (self);
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAIT]);
}

/** vrf_env_card_set_compact: @compact: one line, for narrow windows */
void
vrf_env_card_set_compact (VrfEnvCard *self, gboolean compact)
{
  g_return_if_fail (VRF_IS_ENV_CARD (self));

  if (self->compact == !!compact)
    return;

  self->compact = !!compact;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}
