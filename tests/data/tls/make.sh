#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the certificates of this directory anew. The key is for tests only and guards nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out key.pem

# make NAME SUBJECT-ALT-NAME FROM TO
make() {
  printf '%s\n' '[ca]' 'default_ca=own' '[own]' "new_certs_dir=$work" "database=$work/index" \
    "serial=$work/serial" 'default_md=sha256' 'policy=any' 'x509_extensions=ext' \
    '[any]' 'commonName=supplied' '[ext]' "subjectAltName=$2" >"$work/conf"
  : >"$work/index"
  echo 01 >"$work/serial"
  openssl req -new -key key.pem -subj "/CN=$1" -out "$work/request" 2>/dev/null
  openssl ca -batch -selfsign -notext -config "$work/conf" -keyfile key.pem -in "$work/request" \
    -startdate "$3" -enddate "$4" -out "$1.pem" 2>/dev/null
}

make self-signed IP:127.0.0.1 20200101000000Z 21200101000000Z
make other-host DNS:elsewhere.example 20200101000000Z 21200101000000Z
make expired IP:127.0.0.1 20200101000000Z 20200201000000Z
make not-yet IP:127.0.0.1 21100101000000Z 21200101000000Z
