#!/usr/bin/env bash
# Runs one test of an application against an environment.
#   TEST            smoke, integration, load, pci-compliance
#   EXPECT_COMMIT   what must answer, before the test and after it: a result is of one digest
#   BASE_URL        where it answers; empty in dev without a domain, whose tests run against
#                   IMAGE (by digest) or ARCHIVE on this machine
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need TEST EXPECT_COMMIT
[[ "$EXPECT_COMMIT" =~ ^[0-9a-f]{40}$ ]] || fail "EXPECT_COMMIT: '$EXPECT_COMMIT': not a commit"
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
export BASE_URL EXPECT_COMMIT

# answers prints the commit of what answers; each time another instance may.
answers() { curl --silent --fail --max-time 10 "$BASE_URL/version" | jq -r '.commit // "nothing"' || echo nothing; }
# meant fails unless several answers in a row are of the commit.
meant() {
  local found
  for _ in 1 2 3 4 5; do
    found=$(answers)
    [[ "$found" == "$EXPECT_COMMIT" ]] || { echo "$BASE_URL/version: $found answers: wanted $EXPECT_COMMIT" >&2; return 1; }
  done
}
# Right after a release the load balancer still turns: a while is given, before the test alone.
deadline=$((SECONDS + ${SECONDS_MOST:-60}))
until meant; do
  ((SECONDS < deadline)) || fail "$TEST: not what was deployed: nothing is tested"
  sleep "${PAUSE:-5}"
done
case "$TEST" in
  smoke | integration) (cd "$root/examples/app" && go test -count=1 "./$TEST/...") ;;
  load) k6 run "$root/examples/app/load/load.js" ;;
  pci-compliance) "$root/.github/scripts/pci-compliance.sh" ;;
  *) fail "TEST: '$TEST': smoke, integration, load or pci-compliance" ;;
esac
meant || fail "$TEST: something else was deployed meanwhile: the result is of nothing"
