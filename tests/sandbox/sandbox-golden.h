/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-client.h"

void
sandbox_reply_assert_golden (SandboxReply *reply, const char *name);
