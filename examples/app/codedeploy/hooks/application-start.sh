#!/bin/bash
# Starts the application, now and when the instance starts again.
set -euo pipefail

systemctl enable app.service
# Not start, which does nothing where an older version still runs.
systemctl restart app.service
