#!/usr/bin/env bash
# Runs one test of an application against an environment.
#   TEST       smoke, integration, load, pci-compliance
#   BASE_URL   where it answers; empty in dev without a domain, whose tests run against
#              IMAGE (by digest) or ARCHIVE on this machine
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need TEST
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
container="" process=""
stop() {
  [[ -z "$container" ]] || docker rm --force "$container" > /dev/null
  [[ -z "$process" ]] || kill "$process" 2> /dev/null || true
  rm -rf "$work"
}
trap stop EXIT

if [[ -z "${BASE_URL:-}" ]]; then
  port=${PORT:-18080}
  if [[ -n "${IMAGE:-}" ]]; then
    digest "${IMAGE##*@}"
    aws ecr get-login-password | docker login --username AWS --password-stdin "${IMAGE%%/*}"
    container=$(docker run --detach --read-only --cap-drop ALL --publish "127.0.0.1:$port:8080" "$IMAGE")
  elif [[ -n "${ARCHIVE:-}" ]]; then
    unzip -q "$ARCHIVE" -d "$work"
    binary=$(find "$work" -type f -perm -u+x -path '*bin/*' | head -n 1)
    [[ -n "$binary" ]] || fail "$ARCHIVE: no program below bin/"
    PORT=$port "$binary" &
    process=$!
  else
    fail "BASE_URL: empty: give it, or IMAGE, or ARCHIVE"
  fi
  BASE_URL="http://127.0.0.1:$port"
  echo "no address: what was built runs on this machine"
  for _ in $(seq 30); do
    curl --silent --fail --output /dev/null --max-time 2 "$BASE_URL/readyz" && break
    sleep "${PAUSE:-1}"
  done
fi
export BASE_URL
case "$TEST" in
  smoke | integration) (cd "$root/examples/app" && go test -count=1 "./$TEST/...") ;;
  load) k6 run "$root/examples/app/load/load.js" ;;
  pci-compliance) "$root/.github/scripts/pci-compliance.sh" ;;
  *) fail "TEST: '$TEST': smoke, integration, load or pci-compliance" ;;
esac
