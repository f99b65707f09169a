/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-error-reply.h"

G_BEGIN_DECLS

typedef enum
{
  VRF_FIELD_STRING,
  VRF_FIELD_STRINGS,
  VRF_FIELD_BOOL,
  VRF_FIELD_INT,
  VRF_FIELD_OBJECT,
} VrfFieldType;

/**
 * VrfField:
 * @name: the member
 * @type: what it must be
 * @required: may be neither absent nor null
 * @nullable: null says what leaving it out says, or that a value is to go; else it is of a wrong
 * type
 * @min: the least characters or items, or the least value
 * @max: the most characters or items, or the greatest value; 0 is no limit for strings
 * @item_max: for strings in an array: the most characters of each
 * @check: (nullable): gives what is wrong with a text, or %NULL
 * @code: (nullable): what @check's problems are called; %NULL is `format`
 *
 * One line of a table that ends with a %NULL name: how a member of a request is held.
 */
typedef struct
{
  const char *name;
  VrfFieldType type;
  gboolean required;
  gboolean nullable;
  gint64 min;
  gint64 max;
  glong item_max;
  const char *(*check) (const char *text);
  const char *code;
} VrfField;

/**
 * VrfFieldProblem:
 * @code: `too_deep`, `range`
 * @message: what it must be instead
 */
typedef struct
{
  const char *code;
  const char *message;
} VrfFieldProblem;

void
vrf_fields_check (JsonObject *body, const VrfField *fields, VrfFieldErrors *errors);

void
vrf_fields_check_inside (JsonNode *node,
                         const char *path,
                         const VrfField *fields,
                         VrfFieldErrors *errors);

const VrfFieldProblem *
vrf_fields_find_problem (JsonNode *node);

gboolean
vrf_fields_has (JsonObject *body, const char *name);
const char *
vrf_fields_get_string (JsonObject *body, const char *name);
gboolean
vrf_fields_get_bool (JsonObject *body, const char *name);
gint64
vrf_fields_get_int (JsonObject *body, const char *name, gint64 fallback);
GStrv
vrf_fields_dup_strings (JsonObject *body, const char *name) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_fields_dup_json (JsonObject *body, const char *name) G_GNUC_WARN_UNUSED_RESULT;

const char *
vrf_fields_check_country (const char *text);
const char *
vrf_fields_check_url (const char *text);
const char *
vrf_fields_check_email (const char *text);
const char *
vrf_fields_check_date (const char *text);

G_END_DECLS
