#!/bin/bash
# Stops the application that is there. CodeDeploy runs this hook of the revision before,
# once the load balancers have stopped sending. A second run changes nothing.
set -euo pipefail

# Empty on an instance; a test runs the hooks in a directory of its own.
readonly root="${ROOT:-}"

if [[ -e "$root/etc/systemd/system/app.service" ]]; then
  systemctl disable --now app.service
fi
