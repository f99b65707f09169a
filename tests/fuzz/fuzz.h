/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/** FUZZ_KEY: the API key of the corpus' requests. */
#define FUZZ_KEY "vk_sandbox_fuzz"

/* What libFuzzer calls with each input; whatever is wrong ends the program. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
