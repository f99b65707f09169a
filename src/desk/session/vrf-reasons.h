/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why something was rejected, in words (verifa-api.md 2.4). For staff, never for the guest. */

/* @code: (nullable). A newer code, and what is no code at all, is given back as it is. */
const char *
vrf_reasons_get_word (const char *code);
/* Those a reviewer can give, one after the other; NULL after the last. */
const char *
vrf_reasons_get_code (guint position);

G_END_DECLS
