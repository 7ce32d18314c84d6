#!/usr/bin/env bash
# Looks at a running application from outside for what PCI DSS v4.0.1 asks of it and can be
# seen there. What is configured is proven by the resource graph, not here.
#   BASE_URL
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need BASE_URL
[[ "$BASE_URL" == https://* ]] || fail "4.2.1: $BASE_URL: not HTTPS"
openssl version > /dev/null || fail "openssl: not there: old TLS cannot be tried without it (docs/pipelines.md)"
work=$(mktemp -d)
server=""
finish() {
  [[ -z "$server" ]] || kill "$server" 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT
ask() { curl --silent --output /dev/null --max-time 10 --write-out '%{http_code}' "$@" || true; }

# speaks tells whether a handshake of a version of TLS succeeds: speaks <tls1|tls1_1> <host:port>
speaks() {
  timeout 15 openssl s_client -connect "$2" -servername "${2%:*}" "-$1" -cipher 'ALL:@SECLEVEL=0' < /dev/null > "$work/said" 2>&1 || return 1
  ! grep -q 'Cipher is (NONE)' "$work/said"
}

# control holds this machine's client against a server that takes nothing but the version:
# a client that cannot speak it would find everybody well.
control() {
  : > "$work/server"
  openssl s_server -accept 127.0.0.1:0 -key "$work/key" -cert "$work/cert" "-$1" -cipher 'ALL:@SECLEVEL=0' -www > "$work/server" 2>&1 < /dev/null &
  server=$!
  local port="" spoke=no
  for _ in $(seq 50); do
    port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$work/server")
    [[ -z "$port" ]] || break
    sleep 0.1
  done
  speaks "$1" "127.0.0.1:${port:-0}" && spoke=yes
  kill "$server" 2> /dev/null || true
  wait "$server" 2> /dev/null || true
  server=""
  [[ "$spoke" == yes ]] || fail "4.2.1: $1: this machine's openssl cannot speak it, so that it proves nothing: $(tail -n 1 "$work/said")"
}

[[ "$(ask "$BASE_URL/")" =~ ^[234] ]] || fail "4.2.1: $BASE_URL: does not answer with a certificate that is trusted"
echo "4.2.1  answers, with a certificate that is trusted"
address=${BASE_URL#https://} address=${address%%/*}
[[ "$address" == *:* ]] || address+=:443
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=control -keyout "$work/key" -out "$work/cert" 2> /dev/null
for version in tls1 tls1_1; do
  [[ "$version" == tls1 ]] && spoken="TLS 1.0" || spoken="TLS 1.1"
  control "$version"
  if speaks "$version" "$address"; then fail "4.2.1: $BASE_URL: takes $spoken"; fi
  grep -q '^CONNECTED' "$work/said" || fail "4.2.1: $BASE_URL: $spoken: no connection, so that nothing was refused: $(tail -n 1 "$work/said")"
done
echo "4.2.1  takes no TLS below 1.2, which this machine speaks"
plain=$(ask "http://${BASE_URL#https://}/")
[[ "$plain" == 000 || "$plain" =~ ^30[18]$ ]] || fail "4.2.1: http://${BASE_URL#https://}/: answers $plain: it may only redirect"
echo "4.2.1  plain HTTP: $plain"
for path in /debug/pprof/ /metrics /.git/config /.env; do
  code=$(ask "$BASE_URL$path")
  [[ "$code" != 200 ]] || fail "2.2.4: $BASE_URL$path: answers: take it away"
done
echo "2.2.4  nothing is served that nobody needs"
server_header=$(curl --silent --head --max-time 10 "$BASE_URL/" | tr -d '\r' | sed -n 's/^[Ss]erver: //p')
[[ ! "$server_header" =~ [0-9] ]] || fail "2.2.1: $BASE_URL: tells its version: $server_header"
echo "2.2.1  tells no version"
