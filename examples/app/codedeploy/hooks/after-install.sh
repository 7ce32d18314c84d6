#!/bin/bash
# Tells the application which fleet it is of, and systemd that there is another unit file.
# A second run changes nothing.
set -euo pipefail

# Empty on an instance; a test runs the hooks in a directory of its own.
readonly root="${ROOT:-}"
readonly port="${PORT:-8080}"

# CodeDeploy names the deployment group: production-blue is the group of the blue fleet.
group="${DEPLOYMENT_GROUP_NAME:-}"
case "$group" in
  *-blue) color=blue ;;
  *-green) color=green ;;
  *)
    echo "DEPLOYMENT_GROUP_NAME: \"$group\": names no color: deploy to <environment>-blue or <environment>-green" >&2
    exit 1
    ;;
esac

# Whole or not at all.
readonly settings="$root/etc/app/environment"
printf 'PORT=%s\nCOLOR=%s\n' "$port" "$color" > "$settings.new"
chmod 0644 "$settings.new"
mv "$settings.new" "$settings"

systemctl daemon-reload
