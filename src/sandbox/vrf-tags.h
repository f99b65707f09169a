/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/vrf-fields.h"

G_BEGIN_DECLS

/** VRF_TAGS_MAX: how many tags an object has at most (verifa-api.md 3.14, 9). */
#define VRF_TAGS_MAX 50
/** VRF_TAGS_MAX_LENGTH: characters of one. */
#define VRF_TAGS_MAX_LENGTH 64
/** VRF_TAGS_FIELD: how the member `tags` of a request is held; it may be followed by `.required` */
#define VRF_TAGS_FIELD                                                                             \
  .name = "tags", .type = VRF_FIELD_STRINGS, .max = VRF_TAGS_MAX, .item_max = VRF_TAGS_MAX_LENGTH

char *
vrf_tags_dup_unique (JsonArray *tags) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_tags_dup_without (const char *stored, const char *tag) G_GNUC_WARN_UNUSED_RESULT;

/**
 * VrfTagsChange:
 * @stored: the tags as they are, as JSON
 * @body: a request
 * @errors: what is wrong with it
 *
 * Returns: (nullable) (transfer full): the tags as the request wants them, as JSON; %NULL when
 *   there are @errors
 */
typedef char *(*VrfTagsChange) (const char *stored, JsonObject *body, VrfFieldErrors *errors);

char *
vrf_tags_add (const char *stored,
              JsonObject *body,
              VrfFieldErrors *errors) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_tags_remove (const char *stored,
                 JsonObject *body,
                 VrfFieldErrors *errors) G_GNUC_WARN_UNUSED_RESULT;
char *
vrf_tags_set (const char *stored,
              JsonObject *body,
              VrfFieldErrors *errors) G_GNUC_WARN_UNUSED_RESULT;

JsonNode *
vrf_tags_new_reply (const char *id, const char *tags) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
