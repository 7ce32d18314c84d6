#!/usr/bin/env bash
# Cancels a release to the fleet that is under way or watched: Automation then moves the
# traffic back itself, within two minutes. Without one there is nothing to do.
#   ENVIRONMENT
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need ENVIRONMENT
if ! holder=$(aws ssm get-parameter --name "/$ENVIRONMENT/release" --query Parameter.Value --output text 2> problem.txt); then
  grep -q ParameterNotFound problem.txt || fail "/$ENVIRONMENT/release: cannot be read: $(cat problem.txt)"
  echo "no release is under way"
  exit 0
fi
IFS=$'\t' read -r document status < <(aws ssm get-automation-execution --automation-execution-id "$holder" \
  --query 'AutomationExecution.[DocumentName, AutomationExecutionStatus]' --output text)
case "$document" in
  "$ENVIRONMENT-release-blue" | "$ENVIRONMENT-release-green") ;;
  *) fail "/$ENVIRONMENT/release: held by $document: wait for it: docs/runbooks/release.md, \"The lock\"" ;;
esac
case "$status" in
  Pending | InProgress | Waiting | Cancelling) ;;
  *) fail "/$ENVIRONMENT/release: held by $holder, which is $status: docs/runbooks/release.md, \"The lock\"" ;;
esac
aws ssm stop-automation-execution --automation-execution-id "$holder" --type Cancel
deadline=$((SECONDS + ${SECONDS_MOST:-180}))
while ((SECONDS < deadline)); do
  status=$(aws ssm get-automation-execution --automation-execution-id "$holder" \
    --query AutomationExecution.AutomationExecutionStatus --output text)
  case "$status" in
    Cancelled) echo "$holder: cancelled; the traffic is back"; exit 0 ;;
    Success | Failed | TimedOut) fail "$holder: $status: it ended otherwise: docs/runbooks/release.md, \"Roll back\"" ;;
  esac
  sleep "${PAUSE:-5}"
done
fail "$holder: $status: not cancelled yet: docs/runbooks/release.md, \"Roll back\""
