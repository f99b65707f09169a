/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-golden.h"

/* What the tests of a session's data and of its runs share: a sandbox of their own, and a session's
 * calls over real HTTP. */

typedef struct
{
  SandboxClient client;
  char *directory; /* NULL: the database is in memory */
} SessionFixture;

void
session_set_up (SessionFixture *fixture, gconstpointer settings);
void
session_tear_down (SessionFixture *fixture, gconstpointer settings);
SandboxReply *
session_act (SessionFixture *fixture, const char *id, const char *rest, const char *body)
    G_GNUC_WARN_UNUSED_RESULT;
SandboxReply *
session_look (SessionFixture *fixture, const char *id, const char *rest) G_GNUC_WARN_UNUSED_RESULT;
SandboxReply *
session_redact (SessionFixture *fixture, const char *id) G_GNUC_WARN_UNUSED_RESULT;
void
session_simulate (SessionFixture *fixture, const char *id, const char *action);
void
session_assert_status (SessionFixture *fixture, const char *id, const char *status);
GBytes *
session_make_png (guint width, guint height, const char *text) G_GNUC_WARN_UNUSED_RESULT;
SandboxReply *
session_upload (SessionFixture *fixture, const char *id, const char *fields, GBytes *file)
    G_GNUC_WARN_UNUSED_RESULT;
void
session_must_upload (SessionFixture *fixture, const char *id, const char *fields);
char *
session_database_path (SessionFixture *fixture) G_GNUC_WARN_UNUSED_RESULT;
gboolean
session_is_in_files (SessionFixture *fixture, const char *text);
/* What a signed address gives, without a key. */
SandboxReply *
session_download (SessionFixture *fixture, const char *url) G_GNUC_WARN_UNUSED_RESULT;
