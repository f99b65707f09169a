#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a fuzz target from its corpus for so long. What it finds on the way is kept only beside the
# program, and so is the input that ended it: PROGRAM.found, PROGRAM.crash-…
#
#   tests/fuzz/run.sh PROGRAM CORPUS SECONDS
#
# A short run begins from the same seed and with nothing found before: what it says of a change does
# not hang on luck. To look for what nobody knows yet is the long run's work.
set -euo pipefail
program=$(realpath "${1:?which program?}") corpus=${2:?which corpus?} seconds=${3:?how long?}
words=$(dirname "$0")/http.dict
options=(-max_total_time="$seconds" -timeout=25 -rss_limit_mb=4096 -max_len=8192
  -artifact_prefix="$program." -print_final_stats=1)
if [ "$seconds" -lt 60 ]; then
  options+=(-seed=20261129)
  rm -rf "$program.found"
fi
[ "$(basename "$corpus")" != http ] || options+=(-dict="$words")
# Another thread's memory is no leak yet; the end of the program tells. lsan.supp goes by stacks
# through libraries without frame pointers, of which few frames are enough.
if [ "$(basename "$program")" = fuzz-server ]; then
  options+=(-detect_leaks=0)
  export ASAN_OPTIONS=fast_unwind_on_malloc=0:malloc_context_size=8
fi
LSAN_OPTIONS=suppressions=$(realpath "$(dirname "$0")")/lsan.supp:print_suppressions=0
export LSAN_OPTIONS
mkdir -p "$program.found"
exec "$program" "${options[@]}" "$program.found" "$corpus"
