/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-backend.h"
#include "desk/core/vrf-view.h"

G_BEGIN_DECLS

/* What stands in the list's place, and above it: pure functions of what is known. */

typedef enum
{
  VRF_LIST_ROWS,
  VRF_LIST_LOADING,    /* for the first time; never when there are rows */
  VRF_LIST_STOPPED,    /* the person stopped loading */
  VRF_LIST_EMPTY,      /* no verification at all */
  VRF_LIST_EMPTY_VIEW, /* none in this view */
  VRF_LIST_NO_RESULTS, /* none that search and filters let through */
  VRF_LIST_OFFLINE,    /* nothing stored and no answer */
  VRF_LIST_REFUSED,    /* nothing stored and the key is not accepted */
  VRF_LIST_FAILED,     /* there is nobody to ask: no key, no sandbox */
  VRF_N_LIST_STATES,
} VrfListState;

/* The bar above rows that stay. */
typedef enum
{
  VRF_LIST_BAR_NONE,
  VRF_LIST_BAR_OFFLINE,
  VRF_LIST_BAR_REFUSED,
  VRF_LIST_BAR_THROTTLED,
  VRF_LIST_BAR_CLOCK, /* with or without rows */
} VrfListBar;

/**
 * VrfListFacts: what the choice rests on. @answered: the server has answered once. @n_known counts
 * all rows, @n_found those of view, search and filters; @clock_off: this computer's clock is not
 * the server's.
 */
typedef struct
{
  VrfBackendState backend;
  VrfConnectionState connection;
  gboolean answered;
  gboolean stopped;
  gboolean searching;
  gboolean filtering;
  gboolean clock_off;
  guint n_known;
  guint n_found;
} VrfListFacts;

VrfListState
vrf_list_state_pick (const VrfListFacts *facts);
VrfListBar
vrf_list_bar_pick (const VrfListFacts *facts);

/**
 * VrfListMessage: a status page in words. @action is the button's detailed action name. All but
 * @description are static.
 */
typedef struct
{
  const char *icon_name;
  const char *title;
  char *description;
  const char *button;
  const char *action;
  gboolean suggested;
} VrfListMessage;

/**
 * VrfListWords: what a message may speak of. @search: what was typed; @filters: the active ones in
 * words, both empty without; @reason: a sentence why it failed, nullable; @wait_s: seconds until
 * the next attempt, 0 none.
 */
typedef struct
{
  VrfView view;
  const char *search;
  const char *filters;
  const char *reason;
  int wait_s;
} VrfListWords;

/* For every state but ROWS and LOADING. */
void
vrf_list_message_init (VrfListMessage *message, VrfListState state, const VrfListWords *words);
void
vrf_list_message_clear (VrfListMessage *message);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VrfListMessage, vrf_list_message_clear)

G_END_DECLS
