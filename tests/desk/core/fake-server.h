/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A server of sessions on the test's own main loop, that counts what it is asked and can be told to
 * fail. Sessions are created a second apart, the newest last added.
 */
typedef struct _FakeServer FakeServer;

typedef enum
{
  FAKE_LIST,
  FAKE_SESSION,
  FAKE_RESULT,
  FAKE_RISK,
  FAKE_LINKS,
  FAKE_WORKFLOWS,
  FAKE_OTHER,
  FAKE_N_CALLS,
} FakeCall;

FakeServer *
fake_server_new (void);
void
fake_server_free (FakeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)

const char *
fake_server_get_url (FakeServer *self);
void
fake_server_close (FakeServer *self); /* connections are refused */
void
fake_server_open (FakeServer *self); /* on the same port again */

void
fake_server_add (FakeServer *self, const char *id, const char *status);
void
fake_server_set_status (FakeServer *self, const char *id, const char *status);
/* So many workflows, the last one the default. */
void
fake_server_set_workflows (FakeServer *self, guint n_workflows);
/* The list tells results and risk levels of completed sessions; on by default. */
void
fake_server_set_words (FakeServer *self, gboolean words);
/* The token's end: seconds after noon, the server's time being noon. */
void
fake_server_set_expiry (FakeServer *self, int token_expires_s, double scale);
/* The next @n_times answers have this status; @retry_after_s -1 without the header. */
void
fake_server_fail (FakeServer *self, guint status, int retry_after_s, int n_times);
void
fake_server_set_budget (FakeServer *self, int limit, int remaining);
/* Answers wait until they are released. */
void
fake_server_hold (FakeServer *self);
void
fake_server_release (FakeServer *self);

guint
fake_server_count (FakeServer *self, FakeCall call);
guint
fake_server_count_all (FakeServer *self);
guint
fake_server_max_in_flight (FakeServer *self); /* of lists and sessions */
/* Arrival of the newest request, monotonic µs. */
gint64
fake_server_last_at (FakeServer *self);
/* What was asked for, in order: "list 0", "session s1", "result s1". */
const char *
fake_server_get_log (FakeServer *self);
void
fake_server_reset_log (FakeServer *self);

G_END_DECLS
