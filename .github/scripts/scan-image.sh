#!/usr/bin/env bash
# Waits for the registry's scan of an image and judges it: `platform promote findings`
# refuses what is HIGH or CRITICAL and not borne by .github/promotion.yaml.
#   APP DIGEST FILE   FILE keeps what the registry said
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need APP DIGEST FILE
digest "$DIGEST"
deadline=$((SECONDS + ${SECONDS_MOST:-600})) status=none
while ((SECONDS < deadline)); do
  if aws ecr describe-image-scan-findings --repository-name "$APP" --image-id "imageDigest=$DIGEST" --output json > "$FILE" 2> problem.txt; then
    status=$(jq -r '.imageScanStatus.status // "none"' "$FILE")
    case "$status" in
      COMPLETE | ACTIVE) platform promote findings --app "$APP" --digest "$DIGEST" --file "$FILE"; exit ;;
      PENDING | IN_PROGRESS) ;;
      *) fail "$APP@$DIGEST: scan: $status: $(jq -r '.imageScanStatus.description // ""' "$FILE"): nothing unscanned is deployed" ;;
    esac
  else
    # The scan has not begun; a replica may not be there yet.
    grep -Eq 'ScanNotFoundException|ImageNotFoundException' problem.txt || fail "$APP@$DIGEST: $(cat problem.txt)"
  fi
  sleep "${PAUSE:-10}"
done
fail "$APP@$DIGEST: scan: $status after ${SECONDS_MOST:-600} seconds: nothing unscanned is deployed"
