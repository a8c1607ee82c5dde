#!/bin/sh
# Tests the files of this folder against the real binary: nginx.conf and Caddyfile with TLS on loopback, the systemd unit by systemd's
# own tools, the Dockerfile by running its lines without Docker. `make test` calls it.
#
#   CAIRN_BIN        the binary; target/debug/cairn if not set
#   DEPLOY_PROFILE   cargo profile of the image's build; dev if not set (release is what people get)
set -eu
cd "$(dirname "$0")/.."

missing=
for pair in nginx:nginx-light caddy:caddy systemd-analyze:systemd openssl:openssl strace:strace; do
    command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # In run level 1 a package does not start its service.
    # shellcheck disable=SC2086
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    missing=
fi
if [ -n "$missing" ]; then
    echo "deploy/test.sh: please install:$missing" >&2
    exit 1
fi

cairn=${CAIRN_BIN:-$PWD/target/debug/cairn}
if [ ! -x "$cairn" ]; then
    echo "deploy/test.sh: no binary at $cairn; build it with: cargo build -p cairn-server" >&2
    exit 1
fi

cd tests/conformance
[ -d node_modules ] || npm ci --no-audit --no-fund
exec node --test --test-concurrency=2 --test-timeout=600000 --test-reporter=spec deploy/
