#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One of the checks of data files that other programs read.
# Usage: check-data.sh desktop|metainfo|schema|xml|shell|translations [FILE...]
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
    mapfile -t files < <(git ls-files -z --cached --others --exclude-standard \
      | xargs -0 awk 'FNR == 1 && /^#!.*[^a-z](ba)?sh$/ { print FILENAME } { nextfile }' 2>/dev/null)
    exec shellcheck -x -S warning "${files[@]}"
    ;;
  translations)
    # Each po file is listed, in order and well-formed; each file of POTFILES.in gives text to the template.
    # A text without a translation is only counted: those who write it need not know the language.
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    status=0
    if ! diff <(grep -v '^#' po/LINGUAS | sort) <(find po -name '*.po' -printf '%f\n' | sed 's/\.po$//' | sort); then
      echo "po/LINGUAS and the po files disagree (< is listed without a file, > is not listed)"
      status=1
    fi
    while read -r file; do
      xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
        --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 -o "$work/part.pot" "$file" || status=1
      if [ ! -s "$work/part.pot" ]; then
        echo "$file is in po/POTFILES.in, but xgettext finds no text in it"
        status=1
      fi
      rm -f "$work/part.pot"
    done < <(grep -v '^#' po/POTFILES.in)
    while read -r file; do
      echo "$file:"
      msgfmt --check --statistics -o /dev/null "$file" || status=1
    done < <(find po -name '*.po' | sort)
    exit $status
    ;;
  *)
    echo "unknown check $kind"
    exit 2
    ;;
esac
