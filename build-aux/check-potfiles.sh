#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# po/POTFILES.in names every file with text for translators, only such, and each once.
# Usage: check-potfiles.sh [--fix] [ROOT]
set -euo pipefail
export LC_ALL=C
fix=no
if [ "${1:-}" = --fix ]; then
  fix=yes
  shift
fi
cd "${1:-$(dirname "$0")/..}"

# Files that hold translatable text: gettext calls in C, translatable properties, the data files.
wanted () {
  local file
  find src -name '*.c' -print | while read -r file; do
    grep -lE '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) \(' "$file" || true
  done
  find src -name '*.ui' -exec grep -l 'translatable="yes"' {} + || true
  find data -name '*.desktop.in' -o -name '*.metainfo.xml.in' -o -name '*.gschema.xml'
}

if [ "$fix" = yes ]; then
  wanted | sort >po/POTFILES.in.new
  mv po/POTFILES.in.new po/POTFILES.in
fi
listed=$(grep -v '^#' po/POTFILES.in | grep -v '^$' || true)
status=0
if ! difference=$(diff <(wanted | sort) <(printf '%s\n' "$listed" | sed '/^$/d' | sort)); then
  echo "po/POTFILES.in and the sources disagree (< has text but is not listed, > is listed without text):"
  printf '%s\n' "$difference" | grep '^[<>]'
  status=1
fi
if [ -n "$(printf '%s\n' "$listed" | sort | uniq -d)" ]; then
  echo "po/POTFILES.in names a file twice: $(printf '%s\n' "$listed" | sort | uniq -d)"
  status=1
fi
exit $status
