#!/bin/bash
# Makes room for the application: the first hook of an instance's first deployment,
# because ApplicationStop is then no revision's. A second run changes nothing.
set -euo pipefail

# Empty on an instance; a test runs the hooks in a directory of its own.
readonly root="${ROOT:-}"

# The application, which a deployment that broke off has left behind, and the
# placeholder that answers the health check until the first deployment.
for unit in app.service placeholder.service; do
  if [[ -e "$root/etc/systemd/system/$unit" ]]; then
    systemctl disable --now "$unit"
  fi
done

if ! getent passwd app > /dev/null; then
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /sbin/nologin app
fi

# The CloudWatch agent ships what is in the second one.
mkdir -p "$root/etc/app" "$root/var/log/application"
