/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "vrf-sandbox"

#include "config.h"

#include <string.h>

#include "sandbox/vrf-multipart.h"

#include "base/vrf-error.h"

/* A reader for what browsers, curl and the like send (RFC 7578), and for nothing else of MIME: no
 * preamble, no nesting, no transfer encodings, no folded headers. It looks at each byte of the body
 * a bounded number of times, copies no file, and refuses what it does not understand. */

struct _VrfMultipart
{
  GPtrArray *parts; /* of VrfMultipartPart */
};

/* What is left to read of the body. */
typedef struct
{
  GBytes *body;
  const char *data;
  gsize length;
  gsize at;
  const char *delimiter; /* CR LF - - boundary */
  gsize delimiter_length;
} Cursor;

static void
part_free (gpointer data)
{
  VrfMultipartPart *part = data;

  g_free (part->name);
  g_free (part->content_type);
  g_clear_pointer (&part->data, g_bytes_unref);
  g_free (part);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VrfMultipartPart, part_free)

static gboolean
refuse (GError **error, const char *problem)
{
  g_set_error (error, VRF_ERROR, VRF_ERROR_ARGUMENT, "The form cannot be read: %s.", problem);

  return FALSE;
}

static gboolean
is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gboolean
is_boundary_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("'()+_,-./:=? ", c) != NULL);
}

static void
skip_blanks (const char **text)
{
  while (**text == ' ' || **text == '\t')
    (*text)++;
}

/* The value of a parameter: a token or a quoted string. A quote escaped by a backslash does not end
 * the string; everything else stays as it is, because browsers escape nothing else that way. */
static char *
take_value (const char **text)
{
  const char *start = *text;
  GString *value = NULL;

  if (*start != '"')
    {
      while (is_token_char (**text))
        (*text)++;
      return *text > start ? g_strndup (start, *text - start) : NULL;
    }

  value = g_string_new (NULL);
  for (start++; *start != '"' && *start != '\0'; start++)
    {
      if (start[0] == '\\' && start[1] == '"')
        start++;
      g_string_append_c (value, *start);
    }
  if (*start != '"')
    return g_string_free (value, TRUE), NULL;
  *text = start + 1;

  return g_string_free (value, FALSE);
}

/* Takes `; name=value` off @text; FALSE at its end or where it does not go on like that. */
static gboolean
take_parameter (const char **text, char **ret_name, char **ret_value)
{
  const char *start = NULL;
  g_autofree char *name = NULL;

  skip_blanks (text);
  if (**text != ';')
    return FALSE;
  (*text)++;
  skip_blanks (text);
  start = *text;
  while (is_token_char (**text))
    (*text)++;
  if (*text == start || **text != '=')
    return FALSE;
  name = g_ascii_strdown (start, *text - start);
  (*text)++;

  *ret_value = take_value (text);
  *ret_name = g_steal_pointer (&name);

  return TRUE;
}

static gboolean
is_good_boundary (const char *boundary)
{
  gsize length = strlen (boundary);

  if (length == 0 || length > VRF_MULTIPART_MAX_BOUNDARY || boundary[length - 1] == ' ')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!is_boundary_char (boundary[i]))
      return FALSE;

  return TRUE;
}

static char *
dup_boundary (const char *content_type, GError **error)
{
  const char *media_type = "multipart/form-data";
  const char *rest = NULL;
  g_autofree char *boundary = NULL;

  if (content_type == NULL
      || g_ascii_strncasecmp (content_type, media_type, strlen (media_type)) != 0)
    return refuse (error, "it is not multipart/form-data"), NULL;

  rest = content_type + strlen (media_type);
  while (TRUE)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (!take_parameter (&rest, &name, &value))
        break;
      if (value == NULL || (boundary != NULL && g_str_equal (name, "boundary")))
        return refuse (error, "its Content-Type is malformed"), NULL;
      if (g_str_equal (name, "boundary"))
        boundary = g_steal_pointer (&value);
    }

  skip_blanks (&rest);
  if (*rest != '\0')
    return refuse (error, "its Content-Type is malformed"), NULL;
  if (boundary == NULL || !is_good_boundary (boundary))
    return refuse (error, "it has no usable boundary"), NULL;

  return g_steal_pointer (&boundary);
}

static gboolean
is_good_name (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > VRF_MULTIPART_MAX_NAME)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && strchr ("_-.", name[i]) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
read_disposition (VrfMultipartPart *part, const char *value, GError **error)
{
  const char *kind = "form-data";

  if (part->name != NULL || g_ascii_strncasecmp (value, kind, strlen (kind)) != 0)
    return refuse (error, "a part's Content-Disposition is not form-data");
  value += strlen (kind);

  while (TRUE)
    {
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;

      if (!take_parameter (&value, &name, &text))
        break;
      if (g_str_equal (name, "filename") || g_str_equal (name, "filename*"))
        part->is_file = TRUE;
      else if (g_str_equal (name, "name") && (part->name != NULL || text == NULL))
        return refuse (error, "a part's name is malformed");
      else if (g_str_equal (name, "name"))
        part->name = g_steal_pointer (&text);
      /* Whatever a file was called, its name is not used: what follows it need not be understood.
       */
      if (part->is_file && part->name != NULL)
        return TRUE;
    }
  skip_blanks (&value);
  if (*value != '\0' && !part->is_file)
    return refuse (error, "a part's Content-Disposition is malformed");

  return TRUE;
}

static gboolean
read_header_line (VrfMultipartPart *part, const char *line, GError **error)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = NULL;
  const char *value = NULL;

  if (colon == NULL || colon == line)
    return refuse (error, "a part's header is malformed");
  for (const char *c = line; c < colon; c++)
    if (!is_token_char (*c))
      return refuse (error, "a part's header is malformed");

  name = g_ascii_strdown (line, colon - line);
  value = colon + 1;
  skip_blanks (&value);

  if (g_str_equal (name, "content-disposition"))
    return read_disposition (part, value, error);
  if (g_str_equal (name, "content-transfer-encoding") && g_ascii_strcasecmp (value, "binary") != 0
      && g_ascii_strcasecmp (value, "8bit") != 0 && g_ascii_strcasecmp (value, "7bit") != 0)
    return refuse (error, "a part is encoded");
  if (g_str_equal (name, "content-type") && part->content_type == NULL)
    part->content_type = g_strdup (value);

  return TRUE;
}

/* Reads a part's header up to and with its empty line. */
static gboolean
read_header (Cursor *cursor, VrfMultipartPart *part, GError **error)
{
  gsize end = MIN (cursor->length, cursor->at + VRF_MULTIPART_MAX_HEADER);

  while (TRUE)
    {
      const char *start = cursor->data + cursor->at;
      const char *stop = memchr (start, '\r', end - cursor->at);
      g_autofree char *line = NULL;

      if (stop == NULL || stop + 1 >= cursor->data + end || stop[1] != '\n')
        return refuse (error, "a part's header is too long or has no end");
      if (memchr (start, '\0', stop - start) != NULL || memchr (start, '\n', stop - start) != NULL)
        return refuse (error, "a part's header is malformed");
      cursor->at = stop + 2 - cursor->data;
      if (stop == start)
        break;
      line = g_strndup (start, stop - start);
      if (!read_header_line (part, line, error))
        return FALSE;
    }
  if (part->name == NULL || !is_good_name (part->name))
    return refuse (error, "a part has no usable name");

  return TRUE;
}

/* How many bytes after a delimiter belong to its line: `--`, or blanks and CR LF; 0 when what
 * looked like a delimiter goes on and so is none. */
static gsize
measure_delimiter_tail (Cursor *cursor, gsize at, gboolean *ret_last)
{
  gsize i = at;

  if (cursor->length - at >= 2 && memcmp (cursor->data + at, "--", 2) == 0)
    {
      *ret_last = TRUE;
      return 2;
    }
  while (i < cursor->length && i - at < 32 && (cursor->data[i] == ' ' || cursor->data[i] == '\t'))
    i++;
  if (cursor->length - i < 2 || memcmp (cursor->data + i, "\r\n", 2) != 0)
    return 0;
  *ret_last = FALSE;

  return i + 2 - at;
}

/* Reads a part's bytes and the delimiter behind them. */
static gboolean
read_data (Cursor *cursor, VrfMultipartPart *part, gboolean *ret_last, GError **error)
{
  gsize start = cursor->at;
  gsize at = start;

  while (cursor->length - at >= cursor->delimiter_length)
    {
      const char *found = memchr (cursor->data + at, '\r', cursor->length - at);
      gsize tail = 0;

      if (found == NULL)
        break;
      at = found - cursor->data;
      if (cursor->length - at >= cursor->delimiter_length
          && memcmp (found, cursor->delimiter, cursor->delimiter_length) == 0)
        tail = measure_delimiter_tail (cursor, at + cursor->delimiter_length, ret_last);
      if (tail > 0)
        {
          part->data = g_bytes_new_from_bytes (cursor->body, start, at - start);
          cursor->at = at + cursor->delimiter_length + tail;
          return TRUE;
        }
      at++;
    }

  return refuse (error, "it ends in the middle");
}

/* Reads the first delimiter, which has no line end before it unless a client sent an empty line. */
static gboolean
read_opening (Cursor *cursor, gboolean *ret_last, GError **error)
{
  gsize skipped = cursor->length >= 2 && memcmp (cursor->data, "\r\n", 2) == 0 ? 0 : 2;
  gsize wanted = cursor->delimiter_length - skipped;
  gsize tail = 0;

  if (cursor->length >= wanted && memcmp (cursor->data, cursor->delimiter + skipped, wanted) == 0)
    tail = measure_delimiter_tail (cursor, wanted, ret_last);
  if (tail == 0)
    return refuse (error, "it does not begin with its boundary");
  cursor->at = wanted + tail;

  return TRUE;
}

static gboolean
read_parts (VrfMultipart *self, Cursor *cursor, GError **error)
{
  gboolean last = FALSE;

  if (!read_opening (cursor, &last, error))
    return FALSE;

  while (!last)
    {
      g_autoptr (VrfMultipartPart) part = g_new0 (VrfMultipartPart, 1);

      if (self->parts->len == VRF_MULTIPART_MAX_PARTS)
        return refuse (error, "it has too many parts");
      if (!read_header (cursor, part, error) || !read_data (cursor, part, &last, error))
        return FALSE;
      if (vrf_multipart_find (self, part->name) != NULL)
        return refuse (error, "two parts have the same name");
      g_ptr_array_add (self->parts, g_steal_pointer (&part));
    }

  return TRUE;
}

/**
 * vrf_multipart_parse:
 * @content_type: (nullable): the request's Content-Type, with the boundary
 * @body: the whole request body; its size is for the caller to bound
 * @error: %VRF_ERROR_ARGUMENT, with a sentence that says what is wrong and quotes nothing
 *
 * Reads a form as RFC 7578 describes it. At most %VRF_MULTIPART_MAX_PARTS parts with headers of at
 * most %VRF_MULTIPART_MAX_HEADER bytes; names are plain, each at most once; what comes after the
 * last boundary is ignored. Nothing of the body is copied: the parts' bytes keep @body alive.
 *
 * Returns: (transfer full) (nullable): the form, or %NULL with @error set
 */
VrfMultipart *
vrf_multipart_parse (const char *content_type, GBytes *body, GError **error)
{
  g_autoptr (VrfMultipart) self = NULL;
  g_autofree char *boundary = NULL;
  g_autofree char *delimiter = NULL;
  Cursor cursor = { .body = body };

  g_return_val_if_fail (body != NULL, NULL);

  boundary = dup_boundary (content_type, error);
  if (boundary == NULL)
    return NULL;

  delimiter = g_strconcat ("\r\n--", boundary, NULL);
  cursor.data = g_bytes_get_data (body, &cursor.length);
  cursor.delimiter = delimiter;
  cursor.delimiter_length = strlen (delimiter);

  self = g_new0 (VrfMultipart, 1);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  if (!read_parts (self, &cursor, error))
    return NULL;

  return g_steal_pointer (&self);
}

/** vrf_multipart_free: */
void
vrf_multipart_free (VrfMultipart *self)
{
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/**
 * vrf_multipart_get_n_parts:
 *
 * Returns: how many fields the form has, 0 to %VRF_MULTIPART_MAX_PARTS
 */
guint
vrf_multipart_get_n_parts (VrfMultipart *self)
{
  return self->parts->len;
}

/**
 * vrf_multipart_find:
 * @name: a field's name
 *
 * Returns: (transfer none) (nullable): the field, or %NULL when the form does not have it
 */
const VrfMultipartPart *
vrf_multipart_find (VrfMultipart *self, const char *name)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const VrfMultipartPart *part = g_ptr_array_index (self->parts, i);

      if (g_str_equal (part->name, name))
        return part;
    }

  return NULL;
}

/**
 * vrf_multipart_dup_text:
 * @name: a field's name
 * @max_chars: how long its text may be
 *
 * Returns: (transfer full) (nullable): the text of a field that is no file, or %NULL when the form
 *   does not have it, or it is too long, no UTF-8, or contains a NUL
 */
char *
vrf_multipart_dup_text (VrfMultipart *self, const char *name, glong max_chars)
{
  const VrfMultipartPart *part = vrf_multipart_find (self, name);
  gsize length = 0;
  const char *data = NULL;

  if (part == NULL || part->is_file)
    return NULL;
  data = g_bytes_get_data (part->data, &length);
  if (!g_utf8_validate_len (data, length, NULL)
      || g_utf8_strlen (data, (gssize) length) > max_chars)
    return NULL;

  return g_strndup (data, length);
}
