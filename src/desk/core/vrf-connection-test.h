/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk/core/vrf-backend.h"

G_BEGIN_DECLS

/**
 * VrfTestVerdict:
 * @VRF_TEST_VERDICT_OPEN: not tried, or being tried
 * @VRF_TEST_VERDICT_GOOD: as it should be
 * @VRF_TEST_VERDICT_NOTE: to be known; nothing has to be done
 * @VRF_TEST_VERDICT_BARRED: the key may not
 * @VRF_TEST_VERDICT_BAD: does not work
 */
typedef enum
{
  VRF_TEST_VERDICT_OPEN,
  VRF_TEST_VERDICT_GOOD,
  VRF_TEST_VERDICT_NOTE,
  VRF_TEST_VERDICT_BARRED,
  VRF_TEST_VERDICT_BAD,
} VrfTestVerdict;

/** VrfTestLine: one finding. @title is static and translated, @text is for a person. */
typedef struct
{
  VrfTestVerdict verdict;
  const char *title;
  char *text;
} VrfTestLine;

/*
 * Tries the connection of a backend: whether there is a server, its certificate, the key, the
 * environment, the clocks, what is left of the day's verifications, and what the key may read. It
 * only reads. Emits "changed" as findings come.
 */
#define VRF_TYPE_CONNECTION_TEST (vrf_connection_test_get_type ())
G_DECLARE_FINAL_TYPE (VrfConnectionTest, vrf_connection_test, VRF, CONNECTION_TEST, GObject)

VrfConnectionTest *
vrf_connection_test_new (VrfBackend *backend) G_GNUC_WARN_UNUSED_RESULT;
/* From the beginning; harmless while it runs. */
void
vrf_connection_test_run (VrfConnectionTest *self);
void
vrf_connection_test_stop (VrfConnectionTest *self);
gboolean
vrf_connection_test_is_running (VrfConnectionTest *self);
/* VrfTestLine, in the order they are shown; of the connection, then of the key's rights. */
const GPtrArray *
vrf_connection_test_get_lines (VrfConnectionTest *self);
guint
vrf_connection_test_get_n_rights (VrfConnectionTest *self);

/* Pure: what to say of a clock that is @skew_us ahead of the server's. */
char *
vrf_connection_test_dup_clock_text (gint64 skew_us,
                                    VrfTestVerdict *ret_verdict) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
