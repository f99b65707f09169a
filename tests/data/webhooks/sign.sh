#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints signatures.json: what openssl says each body's signature is (verifa-api.md 5.3).
set -euo pipefail
cd "$(dirname "$0")"

hmac () { openssl dgst -sha256 -hmac "$1" -r | cut -d ' ' -f 1; }

separator='['
while read -r body secret time; do
  printf '%s{"body":"%s","secret":"%s","t":%s,\n  "v1":"%s",\n  "bare":"%s"}' "$separator" "$body" "$secret" "$time" \
    "$({ printf '%s.' "$time"; cat "$body"; } | hmac "$secret")" "$(hmac "$secret" < "$body")"
  separator=$',\n '
done << 'END'
flat.json whsec_3q2tR8vYw1Zc7Lk0 1769947200
camel.json whsec_3q2tR8vYw1Zc7Lk0 1769947200
kebab.json whsec_3q2tR8vYw1Zc7Lk0 1769947201
nested.json whsec_another_endpoints_secret 1769947200
unknown.json whsec_schlüssel 4102444800
empty.bin whsec_3q2tR8vYw1Zc7Lk0 0
bytes.bin whsec_3q2tR8vYw1Zc7Lk0 1769947200
END
echo ']'
