/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/session/vrf-session-view.h"
#include "sandbox/vrf-sandbox.h"

#include "scene.h"

G_BEGIN_DECLS

/* A session page on a sandbox of its own, which is asked over HTTP as the desk asks the service. */
typedef struct
{
  VrfSandbox *sandbox;
  VrfBackend *backend;
  VrfRow *row;     /* what live_create() made, owned */
  GtkWidget *view; /* in a window, after live_show() */
} Live;

/* @scopes: (nullable): of the desk's key, with commas; NULL is a key that may do everything. */
void
live_set_up (Live *self, const char *scopes);
void
live_tear_down (Live *self);

/* Asks the sandbox past the desk, with a key that may do everything; fails unless it is a 2xx. */
JsonNode *
live_call (Live *self, const char *method, const char *path, const char *body)
    G_GNUC_WARN_UNUSED_RESULT;
/* Lets the sandbox's clock jump ahead. */
void
live_advance (Live *self, int seconds);
/* A session with the outcome of simulate (nullable: still pending), read into a row. */
void
live_create (Live *self, const char *outcome);
void
live_simulate (Live *self, const char *outcome);
/* Uploads @file (transfer none) as @doc_type. */
void
live_upload (Live *self, const char *doc_type, GBytes *file);
/* A picture as a phone would send it: @width × @height, of one colour. */
GBytes *
live_make_png (int width, int height, guint32 rgb) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the row again, as the tracker would. */
void
live_refresh (Live *self);
void
live_show (Live *self, int width);

VrfSessionDetail *
live_get_detail (Live *self);

/* Presses the shown button with the label, mnemonics left out. */
void
live_press (Live *self, const char *label);
/* The shown and sensitive button with the label; nullable. */
GtkWidget *
live_find_button (GtkWidget *root, const char *label);
/* Whether everything of the page and its dialogs says so. */
gboolean
live_says (Live *self, const char *text);

/* Turns the main loop until @condition holds; fails after 20 s. */
#define live_await(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 _deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                              \
                                                                                                   \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > _deadline)                                                   \
          g_error ("%s:%d: in vain: %s", __FILE__, __LINE__, #condition);                          \
        live_turn ();                                                                              \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END
void
live_turn (void);

G_END_DECLS
