#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every C file is formatted as .clang-format says. With --fix it is made so.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(git ls-files --cached --others --exclude-standard -- '*.c' '*.h')
[ "${#files[@]}" -gt 0 ] || { echo "no C file found"; exit 1; }
if [ "${1:-}" = --fix ]; then
  exec clang-format -i "${files[@]}"
fi
exec clang-format --dry-run -Werror "${files[@]}"
