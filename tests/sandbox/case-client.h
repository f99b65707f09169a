/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-client.h"

/* What the tests of review cases do over and over. */

#define REVIEWER "orguser_first"
#define SECOND "orguser_second"

char *
case_client_open (SandboxClient *self, const char *external_ref);
SandboxReply *
case_client_post (SandboxClient *self, const char *id, const char *rest, const char *body);
SandboxReply *
case_client_get (SandboxClient *self, const char *id);
SandboxReply *
case_client_act (SandboxClient *self, const char *id, const char *action, const char *reviewer);
void
case_client_assert_state (SandboxClient *self,
                          const char *id,
                          const char *status,
                          const char *assigned_to);
