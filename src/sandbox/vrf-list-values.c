/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "sandbox/vrf-list-values.h"

#include "sandbox/vrf-fields.h"

#define MIN_PHONE_DIGITS 7
#define MAX_PHONE_DIGITS 15
#define PHONE_DIGITS 10
#define MAX_EMBEDDING 4096
#define MAX_RADIUS_M 20037508.0
#define EARTH_RADIUS_M 6371008.8
/* The similarity that verifa-api.md 7.4 gives for names; that for faces is ours. */
#define NAME_THRESHOLD 0.6
#define FACE_THRESHOLD 0.9

typedef enum
{
  TEXT,
  SWITCH,
  NUMBER,
  NUMBERS,
} Kind;

/**
 * Member:
 * @item_only: only what is kept has to have it
 * @min: the least number
 * @max: the greatest number, or the most characters or numbers
 * @check: (nullable): gives what is wrong with a text
 */
typedef struct
{
  const char *list_type;
  const char *name;
  Kind kind;
  gboolean required;
  gboolean item_only;
  double min;
  double max;
  const char *(*check) (const char *text);
} Member;

static char *
dup_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static const char *
check_phone (const char *text)
{
  g_autofree char *digits = dup_digits (text);
  gsize n = strlen (digits);

  return strspn (text, "+0123456789 ().-/") == strlen (text) && n >= MIN_PHONE_DIGITS
                 && n <= MAX_PHONE_DIGITS
             ? NULL
             : "must be a telephone number";
}

static const char *
check_ip (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL ? NULL : "must be an IP address";
}

static const char *
check_number (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      return NULL;
  return "must have a letter or a digit";
}

/* The members of each type in their order. */
static const Member members[] = {
  { "name", "first_name", TEXT, TRUE, FALSE, 0, 255, check_number },
  { "name", "last_name", TEXT, TRUE, FALSE, 0, 255, check_number },
  { "name", "date_of_birth", TEXT, FALSE, FALSE, 0, 10, vrf_fields_check_date },
  { "email", "email", TEXT, TRUE, FALSE, 0, 320, vrf_fields_check_email },
  { "email", "match_domain_only", SWITCH, FALSE, FALSE, 0, 0, NULL },
  { "phone", "phone", TEXT, TRUE, FALSE, 0, 32, check_phone },
  { "ip_address", "ip", TEXT, TRUE, FALSE, 0, 64, check_ip },
  { "government_id", "id_number", TEXT, TRUE, FALSE, 0, 64, check_number },
  { "government_id", "id_class", TEXT, FALSE, FALSE, 0, 64, NULL },
  { "country", "country_code", TEXT, TRUE, FALSE, 0, 2, vrf_fields_check_country },
  { "geolocation", "latitude", NUMBER, TRUE, FALSE, -90, 90, NULL },
  { "geolocation", "longitude", NUMBER, TRUE, FALSE, -180, 180, NULL },
  { "geolocation", "radius_meters", NUMBER, TRUE, TRUE, 0, MAX_RADIUS_M, NULL },
  { "browser_fingerprint", "fingerprint_hash", TEXT, TRUE, FALSE, 0, 255, NULL },
  { "device_fingerprint", "fingerprint_hash", TEXT, TRUE, FALSE, 0, 255, NULL },
  { "face", "embedding", NUMBERS, FALSE, FALSE, 0, MAX_EMBEDDING, NULL },
  { "face", "image_url", TEXT, FALSE, FALSE, 0, 2048, vrf_fields_check_url },
  { "string", "value", TEXT, TRUE, FALSE, 0, 1024, NULL },
};

/** vrf_list_values_is_type: Returns: whether there are lists of that type */
gboolean
vrf_list_values_is_type (const char *list_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].list_type, list_type))
      return TRUE;
  return FALSE;
}

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node)
         && (json_node_get_value_type (node) == G_TYPE_INT64
             || json_node_get_value_type (node) == G_TYPE_DOUBLE)
         && isfinite (json_node_get_double (node));
}

static const char *
find_text_problem (const Member *member, JsonNode *node)
{
  const char *text = NULL;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return "must be a string";
  text = json_node_get_string (node);
  if (*text == '\0' || g_utf8_strlen (text, -1) > (glong) member->max)
    return "is too short or too long";
  return member->check != NULL ? member->check (text) : NULL;
}

static const char *
find_numbers_problem (const Member *member, JsonNode *node)
{
  JsonArray *array = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return "must be an array of numbers";
  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0 || json_array_get_length (array) > (guint) member->max)
    return "must have 1 to 4096 numbers";
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!is_number (json_array_get_element (array, i)))
      return "must be an array of numbers";
  return NULL;
}

static const char *
find_problem (const Member *member, JsonNode *node)
{
  switch (member->kind)
    {
    case TEXT:
      return find_text_problem (member, node);
    case SWITCH:
      return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
                 ? NULL
                 : "must be true or false";
    case NUMBERS:
      return find_numbers_problem (member, node);
    case NUMBER:
    default:
      if (!is_number (node))
        return "must be a number";
      return json_node_get_double (node) >= member->min
                     && json_node_get_double (node) <= member->max
                 ? NULL
                 : "is out of range";
    }
}

static void
read_member (const Member *member,
             JsonObject *from,
             const char *where,
             gboolean is_item,
             JsonObject *to,
             VrfFieldErrors *errors)
{
  g_autofree char *field = g_strconcat (where, ".", member->name, NULL);
  JsonNode *node = json_object_get_member (from, member->name);
  const char *problem = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      if (member->required && (is_item || !member->item_only))
        vrf_field_errors_add (errors, field, "required", "is required");
      return;
    }
  problem = find_problem (member, node);
  if (problem != NULL)
    vrf_field_errors_add (errors, field, "format", problem);
  else
    json_object_set_member (to, member->name, json_node_copy (node));
}

/**
 * vrf_list_values_read:
 * @list_type: one that there is
 * @parent: a body with a `value`
 * @where: what `value` is called in problems: "items.3.value"
 * @is_item: whether it is to be kept, not only to be looked up
 * @errors: takes what is wrong
 *
 * Returns: (nullable) (transfer full): the members that the type has; %NULL if there is no object
 */
JsonObject *
vrf_list_values_read (const char *list_type,
                      JsonObject *parent,
                      const char *where,
                      gboolean is_item,
                      VrfFieldErrors *errors)
{
  JsonNode *node = json_object_get_member (parent, "value");
  JsonObject *value = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      gboolean missing = node == NULL || JSON_NODE_HOLDS_NULL (node);

      vrf_field_errors_add (errors,
                            where,
                            missing ? "required" : "type",
                            missing ? "is required" : "must be an object");
      return NULL;
    }
  value = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].list_type, list_type))
      read_member (&members[i], json_node_get_object (node), where, is_item, value, errors);
  if (g_str_equal (list_type, "face") && json_object_get_size (value) == 0
      && vrf_field_errors_is_empty (errors))
    vrf_field_errors_add (errors, where, "required", "must have an embedding or an image_url");
  return value;
}

static char *
dup_alnum (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      g_string_append_unichar (key, g_utf8_get_char (c));
  return g_string_free (g_steal_pointer (&key), FALSE);
}

static char *
dup_last_digits (const char *text)
{
  g_autofree char *digits = dup_digits (text);
  gsize n = strlen (digits);

  return g_strdup (n > PHONE_DIGITS ? digits + n - PHONE_DIGITS : digits);
}

/* "2001:DB8::1" is "2001:db8::1". */
static char *
dup_address (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL ? g_inet_address_to_string (address) : g_strdup (text);
}

static const char *
get_text (JsonObject *value, const char *name)
{
  return json_object_get_string_member_with_default (value, name, NULL);
}

static gboolean
is_domain_only (JsonObject *value)
{
  return json_object_get_boolean_member_with_default (value, "match_domain_only", FALSE);
}

/** vrf_list_values_dup_other_key: Returns: (nullable) (transfer full): what else an item may have
 * as its key to be like @value: the domain of an e-mail address */
char *
vrf_list_values_dup_other_key (const char *list_type, JsonObject *value)
{
  const char *email = g_str_equal (list_type, "email") ? get_text (value, "email") : NULL;

  return email != NULL ? g_utf8_casefold (strchr (email, '@'), -1) : NULL;
}

/** vrf_list_values_dup_key: Returns: (nullable) (transfer full): what all that is like a good
 * @value has in common; %NULL where that takes a comparison */
char *
vrf_list_values_dup_key (const char *list_type, JsonObject *value)
{
  if (g_str_equal (list_type, "email") && is_domain_only (value))
    return vrf_list_values_dup_other_key (list_type, value);
  if (g_str_equal (list_type, "email"))
    return g_utf8_casefold (get_text (value, "email"), -1);
  if (g_str_equal (list_type, "phone"))
    return dup_last_digits (get_text (value, "phone"));
  if (g_str_equal (list_type, "ip_address"))
    return dup_address (get_text (value, "ip"));
  if (g_str_equal (list_type, "government_id"))
    return dup_alnum (get_text (value, "id_number"));
  if (g_str_equal (list_type, "country"))
    return g_ascii_strup (get_text (value, "country_code"), -1);
  if (g_str_has_suffix (list_type, "_fingerprint"))
    return g_ascii_strdown (get_text (value, "fingerprint_hash"), -1);
  if (g_str_equal (list_type, "string"))
    return g_utf8_casefold (get_text (value, "value"), -1);
  return NULL;
}

static GHashTable *
new_trigrams (JsonObject *value)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = g_strconcat (
      "  ", get_text (value, "first_name"), " ", get_text (value, "last_name"), " ", NULL);
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *plain = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
  glong n = g_utf8_strlen (plain, -1);

  for (glong i = 0; i + 3 <= n; i++)
    g_hash_table_add (set, g_utf8_substring (plain, i, i + 3));
  return set;
}

static double
compare_names (JsonObject *item, JsonObject *value)
{
  g_autoptr (GHashTable) wanted = new_trigrams (item);
  g_autoptr (GHashTable) got = new_trigrams (value);
  const char *birth = get_text (item, "date_of_birth");
  GHashTableIter iter;
  gpointer trigram = NULL;
  guint both = 0;
  double score = 0;

  if (birth != NULL && g_strcmp0 (birth, get_text (value, "date_of_birth")) != 0)
    return 0;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &trigram, NULL))
    both += g_hash_table_contains (got, trigram) ? 1 : 0;
  score = (double) both / (g_hash_table_size (wanted) + g_hash_table_size (got) - both);
  return score >= NAME_THRESHOLD ? score : 0;
}

static double
get_radians (JsonObject *object, const char *name)
{
  return json_object_get_double_member (object, name) * G_PI / 180;
}

/* Along the great circle. */
static double
compare_places (JsonObject *item, JsonObject *value)
{
  double latitude = get_radians (item, "latitude");
  double other = get_radians (value, "latitude");
  double up = sin ((other - latitude) / 2);
  double across = sin ((get_radians (value, "longitude") - get_radians (item, "longitude")) / 2);
  double half = up * up + cos (latitude) * cos (other) * across * across;
  double distance = 2 * EARTH_RADIUS_M * asin (MIN (1, sqrt (half)));

  return distance <= json_object_get_double_member (item, "radius_meters") ? 1 : 0;
}

static JsonArray *
get_embedding (JsonObject *object)
{
  return json_object_has_member (object, "embedding")
             ? json_object_get_array_member (object, "embedding")
             : NULL;
}

static double
compare_faces (JsonObject *item, JsonObject *value)
{
  JsonArray *a = get_embedding (item);
  JsonArray *b = get_embedding (value);
  const char *url = get_text (item, "image_url");
  double dot = 0;
  double length_a = 0;
  double length_b = 0;
  double cosine = 0;

  if (url != NULL && g_strcmp0 (url, get_text (value, "image_url")) == 0)
    return 1;
  if (a == NULL || b == NULL || json_array_get_length (a) != json_array_get_length (b))
    return 0;
  for (guint i = 0; i < json_array_get_length (a); i++)
    {
      double x = json_array_get_double_element (a, i);
      double y = json_array_get_double_element (b, i);

      dot += x * y;
      length_a += x * x;
      length_b += y * y;
    }
  cosine = dot / sqrt (length_a * length_b);
  return isfinite (cosine) && cosine >= FACE_THRESHOLD ? MIN (cosine, 1) : 0;
}

/**
 * vrf_list_values_compare:
 * @list_type: of both
 * @item: what is in a list; has no key, or one of those of @value
 * @value: what is looked up
 *
 * Returns: how alike they are, 0 to 1; 0 when that is not enough
 */
double
vrf_list_values_compare (const char *list_type, JsonObject *item, JsonObject *value)
{
  if (g_str_equal (list_type, "name"))
    return compare_names (item, value);
  if (g_str_equal (list_type, "geolocation"))
    return compare_places (item, value);
  if (g_str_equal (list_type, "face"))
    return compare_faces (item, value);
  if (g_str_equal (list_type, "government_id") && get_text (item, "id_class") != NULL
      && get_text (value, "id_class") != NULL)
    return g_ascii_strcasecmp (get_text (item, "id_class"), get_text (value, "id_class")) == 0;
  return 1;
}
