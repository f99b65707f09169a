/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-row-store.h"

G_BEGIN_DECLS

/* 2026-02-01T12:00:00Z */
#define CORE_TEST_NOON (G_GINT64_CONSTANT (1769947200) * G_USEC_PER_SEC)
#define CORE_TEST_S ((gint64) G_USEC_PER_SEC)

/* @json: members in single quotes for readability */
VrfSession *
core_test_session (const char *json) G_GNUC_WARN_UNUSED_RESULT;
VrfResult *
core_test_result (const char *json) G_GNUC_WARN_UNUSED_RESULT;
/* A session as the list tells it, @created_s after noon, updated at the same time. */
VrfSession *
core_test_listed (const char *id, const char *status, int created_s) G_GNUC_WARN_UNUSED_RESULT;
/* A clock that stands at @us on the server, at @scale. */
VrfClock *
core_test_clock (gint64 us, double scale) G_GNUC_WARN_UNUSED_RESULT;

/* How often @signal (with "::detail") came; the counter must outlive the object. */
void
core_test_count (gpointer object, const char *signal, guint *count);

/* Turns the main loop until @condition holds; fails after 20 s. */
#define core_test_await(condition)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 _deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                              \
                                                                                                   \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > _deadline)                                                   \
          g_error ("%s:%d: in vain: %s", __FILE__, __LINE__, #condition);                          \
        core_test_turn ();                                                                         \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END
/* One turn of the main loop, which ends after 20 ms at the latest. */
void
core_test_turn (void);
/* Everything that is ready now, without waiting. */
void
core_test_drain (void);

/* For _async calls. */
void
core_test_done_cb (GObject *source, GAsyncResult *result, gpointer user_data);

G_END_DECLS
