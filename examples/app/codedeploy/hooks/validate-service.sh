#!/bin/bash
# Fails the deployment unless the application becomes ready, and is the one that was
# installed: the placeholder has no /readyz, and an older version says another commit.
set -euo pipefail

# Empty on an instance; a test runs the hooks in a directory of its own.
readonly root="${ROOT:-}"
readonly seconds="${VALIDATE_SECONDS:-60}"

port="$(sed -n 's/^PORT=//p' "$root/etc/app/environment")"
readonly address="http://127.0.0.1:$port"

get() {
  curl --fail --silent --show-error --noproxy '*' --connect-timeout 2 --max-time 5 "$address$1"
}

deadline=$((SECONDS + seconds))
until get /readyz > /dev/null; do
  if ((SECONDS >= deadline)); then
    echo "app.service: not ready after $seconds s: see /var/log/application/app.log and journalctl -u app.service" >&2
    exit 1
  fi
  sleep 0.2
done

read -r version commit <<< "$("$root/opt/app/bin/app" -version)"
running="$(get /version)"
if [[ "$running" != *"\"version\":\"$version\",\"commit\":\"$commit\""* ]]; then
  echo "app.service: $running: is not what was installed, $version of $commit: another process has port $port" >&2
  exit 1
fi
