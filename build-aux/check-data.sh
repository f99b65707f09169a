#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One of the checks of data files that other programs read.
# Usage: check-data.sh desktop|metainfo|schema|xml|shell [FILE...]
set -euo pipefail
kind=${1:?which check}
shift
[ $# -eq 0 ] || mapfile -t given < <(realpath -- "$@")
cd "$(dirname "$0")/.."
case $kind in
  desktop)
    exec desktop-file-validate "${given[@]}"
    ;;
  metainfo)
    exec appstreamcli validate --no-net --explain "${given[@]}"
    ;;
  schema)
    exec glib-compile-schemas --strict --dry-run data
    ;;
  xml)
    mapfile -t files < <(git ls-files --cached --others --exclude-standard -- '*.ui' '*.svg' '*.xml' '*.xml.in')
    [ "${#files[@]}" -gt 0 ] || exit 0
    exec xmllint --noout --nonet "${files[@]}"
    ;;
  shell)
    mapfile -t files < <(git ls-files --cached --others --exclude-standard | while read -r file; do
      if [ -f "$file" ] && head -n 1 "$file" | grep -qE '^#!.*\b(ba)?sh$'; then printf '%s\n' "$file"; fi
    done)
    exec shellcheck -x -S warning "${files[@]}"
    ;;
  *)
    echo "unknown check $kind"
    exit 2
    ;;
esac
