#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What must not be in the repository: paths of the machine it was written on, registries' hosts in
# lock files, big files, generated files, scripts without their run bit.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0
complain () {
  echo "$1"
  status=1
}

files () {
  git ls-files -z --cached --others --exclude-standard -- "$@"
}

# Where this very clone stands, and the directory around it: unless the name may stand anywhere.
is_common () {
  case $1 in
    / | /app | /build | /builds | /code | /data | /home | /home/* | /opt | /root | /src | /srv | /tmp | /usr | /usr/* | /var | /var/*)
      return 0 ;;
  esac
  return 1
}
clone=$(dirname "$(git rev-parse --path-format=absolute --git-common-dir)")
for place in "$clone" "$(dirname "$clone")"; do
  is_common "$place" && continue
  found=$(files | xargs -0 grep -IlF -e "$place/" 2>/dev/null || true)
  [ -z "$found" ] || complain "a path of this machine ($place/) stands in: $found"
done
found=$(files | xargs -0 grep -IlE -- '(^|[^A-Za-z0-9_.])/(home|Users)/[a-z]' 2>/dev/null | grep -v '^build-aux/check-repository.sh$' || true)
[ -z "$found" ] || complain "somebody's home directory stands in: $found"

found=$(files '*package-lock.json' | xargs -0 -r grep -l '"resolved"' 2>/dev/null || true)
[ -z "$found" ] || complain "a lock file names the registry it came from (npm set omit-lockfile-registry-resolved=true): $found"
while IFS= read -r -d '' lock; do
  [ -f "$(dirname "$lock")/.npmrc" ] || complain "$(dirname "$lock")/.npmrc is missing"
done < <(files '*package-lock.json')

found=$(files | xargs -0 sh -c 'find "$@" -maxdepth 0 -type f -size +1536k' sh 2>/dev/null || true)
[ -z "$found" ] || complain "larger than 1.5 MB: $found"
found=$(files '*.o' '*.so' '*.pyc' '*.mo' '*.gresource' 'gschemas.compiled' '*.orig' '*.rej' '*~' | tr '\0' ' ')
[ -z "$found" ] || complain "generated files: $found"

while IFS= read -r -d '' file; do
  start=
  [ ! -f "$file" ] || IFS= LC_ALL=C read -r -d '' -n 2 start <"$file" || true
  if [ "$start" = '#!' ] && [ ! -x "$file" ]; then
    complain "begins with #! but has no run bit: $file"
  fi
done < <(files)
exit $status
