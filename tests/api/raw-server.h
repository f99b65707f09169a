/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What happens after the bytes of a script were written. */
typedef enum
{
  RAW_THEN_CLOSE,
  RAW_THEN_STALL, /* until the client goes */
} RawThen;

/* A server that breaks the rules: each connection gets the bytes it was told, whatever they are. */
typedef struct _RawServer RawServer;

RawServer *
raw_server_new (void);
void
raw_server_free (RawServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

char *
raw_server_dup_url (RawServer *self, const char *scheme);
void
raw_server_script (RawServer *self, const char *bytes, RawThen then);
void
raw_server_script_filler (RawServer *self, const char *bytes, gsize filler);
void
raw_server_script_unasked (RawServer *self, const char *bytes, RawThen then);
guint
raw_server_count (RawServer *self);
void
raw_server_await (RawServer *self, guint count);
const char *
raw_server_peek (RawServer *self, guint index);

G_END_DECLS
