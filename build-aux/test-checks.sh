#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The checks that are scripts, each shown to fail on bad input and to pass on good input.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# expect WANTED_STATUS WHAT COMMAND...
expect () {
  local wanted=$1 what=$2 got=0
  shift 2
  "$@" >"$work/out" 2>&1 || got=$?
  if [ "$got" -ne "$wanted" ]; then
    echo "$what: exit status $got, wanted $wanted"
    cat "$work/out"
    status=1
  fi
}

# A repository of our own with the scripts in it.
repo=$work/somewhere/clone
mkdir -p "$repo/build-aux" "$repo/src/desk" "$repo/data" "$repo/po" "$repo/tests/e2e"
cp "$here"/check-*.sh "$repo/build-aux/"
cp "$here/../.clang-format" "$repo/"
git -C "$repo" init -q
printf 'int x;\n' >"$repo/src/desk/a.c"
: >"$repo/po/POTFILES.in"

expect 0 "format, good" "$repo/build-aux/check-format.sh"
printf 'int  x ;\n' >"$repo/src/desk/a.c"
expect 1 "format, bad" "$repo/build-aux/check-format.sh"

printf 'const char *f (void) { return _ ("x"); }\n' >"$repo/src/desk/a.c"
expect 1 "POTFILES, file with text not listed" "$repo/build-aux/check-potfiles.sh" "$repo"
echo src/desk/a.c >"$repo/po/POTFILES.in"
expect 0 "POTFILES, complete" "$repo/build-aux/check-potfiles.sh" "$repo"
echo src/desk/gone.c >>"$repo/po/POTFILES.in"
expect 1 "POTFILES, file without text listed" "$repo/build-aux/check-potfiles.sh" "$repo"

echo src/desk/a.c >"$repo/po/POTFILES.in"
echo de >"$repo/po/LINGUAS"
expect 1 "translations, language without a file" "$repo/build-aux/check-data.sh" translations
printf 'msgid ""\nmsgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n' >"$repo/po/de.po"
cp "$repo/po/de.po" "$work/head.po"
printf 'msgid "x"\nmsgstr "y"\n' >>"$repo/po/de.po"
expect 0 "translations, good" "$repo/build-aux/check-data.sh" translations
printf '#, c-format\nmsgid "%%s"\nmsgstr "%%d"\n' | cat "$work/head.po" - >"$repo/po/de.po"
expect 1 "translations, another format" "$repo/build-aux/check-data.sh" translations
rm "$repo/po/de.po" "$repo/po/LINGUAS"

expect 0 "repository, clean" "$repo/build-aux/check-repository.sh"
echo "see $repo/notes" >"$repo/README"
expect 1 "repository, path of this machine" "$repo/build-aux/check-repository.sh"
rm "$repo/README"
echo omit-lockfile-registry-resolved=true >"$repo/tests/e2e/.npmrc"
echo '{"resolved": "https://registry.example/x.tgz"}' >"$repo/tests/e2e/package-lock.json"
expect 1 "repository, registry in a lock file" "$repo/build-aux/check-repository.sh"
rm "$repo/tests/e2e/package-lock.json"
printf '#!/bin/sh\n' >"$repo/data/script"
expect 1 "repository, script without run bit" "$repo/build-aux/check-repository.sh"
rm "$repo/data/script"

echo '<a><b></a>' >"$repo/data/a.xml"
expect 1 "xml, not well-formed" "$repo/build-aux/check-data.sh" xml
rm "$repo/data/a.xml"
echo '[Desktop Entry]' >"$work/a.desktop"
expect 1 "desktop file, bad" "$repo/build-aux/check-data.sh" desktop "$work/a.desktop"
echo '<component><id>x</id></component>' >"$work/a.metainfo.xml"
expect 3 "metainfo, bad" "$repo/build-aux/check-data.sh" metainfo "$work/a.metainfo.xml"
echo '<schemalist><schema id="a.b"><key name="UPPER" type="b"><default>1</default></key></schema></schemalist>' \
  >"$repo/data/a.gschema.xml"
expect 1 "schema, bad" "$repo/build-aux/check-data.sh" schema
exit $status
