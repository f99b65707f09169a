# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Debian packages by purpose, and a way to install what is missing of them. Sourced, not run.

# What the two programs need to be built and to look right.
# shellcheck disable=SC2034
packages_build=(
  build-essential pkg-config meson ninja-build gettext desktop-file-utils appstream libglib2.0-dev-bin
  libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev libqrencode-dev libpng-dev
  libsecret-1-dev libsqlite3-dev librsvg2-common glib-networking ca-certificates fonts-cantarell
  iso-codes
)

# What the tests need besides: a display, a closed bus, accessibility, a QR reader, checkers.
# shellcheck disable=SC2034
packages_test=(
  xvfb xauth xdotool x11-utils xcompmgr libx11-dev libxtst-dev dbus dbus-daemon at-spi2-core python3 python3-gi
  python3-pyatspi gir1.2-gtk-4.0 gnome-keyring zbar-tools imagemagick clang-format libxml2-utils shellcheck
  openssl curl git fonts-dejavu-core
)

# The applicant's phone. node and npm are looked for as programs, because other vendors' nodejs
# packages carry npm inside and conflict with Debian's.
# shellcheck disable=SC2034
packages_browser=(chromium)

# What throws bytes at the readers: libFuzzer.
# shellcheck disable=SC2034
packages_fuzz=(clang libclang-rt-dev)

say () {
  printf '\n==> %s\n' "$*"
}

die () {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 2
}

# missing_packages NAME...: those that are not installed, one a line.
missing_packages () {
  local name
  for name in "$@"; do
    # shellcheck disable=SC2016
    case $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) in
      installed) ;;
      *) printf '%s\n' "$name" ;;
    esac
  done
}

# as_root COMMAND...: runs it as root, by sudo if need be.
as_root () {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# install_missing NAME...: installs what is missing, and says so. Touches nothing when all is there.
install_missing () {
  local -a missing
  command -v dpkg-query >/dev/null || die "this script installs Debian packages; on another system install the libraries of README.md and use meson directly."
  mapfile -t missing < <(missing_packages "$@")
  if [ "${#missing[@]}" -eq 0 ]; then
    say "All needed packages are installed."
    return 0
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    die "these packages are missing, and there is no sudo to install them: ${missing[*]}"
  fi
  say "Installing ${#missing[@]} missing packages: ${missing[*]}"
  as_root apt-get update -q -o Acquire::Retries=3 || die "apt-get update failed; is there a network?"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "${missing[@]}" \
    || die "installing packages failed; the lines above say why."
}
