#!/usr/bin/env bash
# Looks at a running application from outside for what PCI DSS v4.0.1 asks of it and can be
# seen there. What is configured is proven by the resource graph, not here.
#   BASE_URL
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need BASE_URL
[[ "$BASE_URL" == https://* ]] || fail "4.2.1: $BASE_URL: not HTTPS"
ask() { curl --silent --output /dev/null --max-time 10 --write-out '%{http_code}' "$@" || true; }

[[ "$(ask "$BASE_URL/")" =~ ^[234] ]] || fail "4.2.1: $BASE_URL: does not answer with a certificate that is trusted"
echo "4.2.1  answers, with a certificate that is trusted"
for version in 1.0 1.1; do
  [[ "$(ask --insecure --tlsv1.0 --tls-max "$version" --ciphers 'DEFAULT:@SECLEVEL=0' "$BASE_URL/")" == 000 ]] || fail "4.2.1: $BASE_URL: takes TLS $version"
done
echo "4.2.1  takes no TLS below 1.2"
plain=$(ask "http://${BASE_URL#https://}/")
[[ "$plain" == 000 || "$plain" =~ ^30[18]$ ]] || fail "4.2.1: http://${BASE_URL#https://}/: answers $plain: it may only redirect"
echo "4.2.1  plain HTTP: $plain"
for path in /debug/pprof/ /metrics /.git/config /.env; do
  code=$(ask "$BASE_URL$path")
  [[ "$code" != 200 ]] || fail "2.2.4: $BASE_URL$path: answers: take it away"
done
echo "2.2.4  nothing is served that nobody needs"
server=$(curl --silent --head --max-time 10 "$BASE_URL/" | tr -d '\r' | sed -n 's/^[Ss]erver: //p')
[[ ! "$server" =~ [0-9] ]] || fail "2.2.1: $BASE_URL: tells its version: $server"
echo "2.2.1  tells no version"
