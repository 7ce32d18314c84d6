#!/usr/bin/env bash
# Waits for a release to the fleet. A session of the role lasts an hour and a release may
# last longer, so that the workflow waits in two parts: until the traffic has moved, then
# to the end.
#   EXECUTION DEPLOYMENT   what release-ec2.sh started; neither: the revision serves already
#   UNTIL                  moved or end
#   SECONDS_MOST           how long
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need UNTIL SECONDS_MOST
if [[ -z "${EXECUTION:-}${DEPLOYMENT:-}" ]]; then
  echo "nothing to wait for"
  exit 0
fi
if [[ -n "${DEPLOYMENT:-}" ]]; then
  aws deploy wait deployment-successful --deployment-id "$DEPLOYMENT"
  exit 0
fi

pause=${PAUSE:-15} deadline=$((SECONDS + SECONDS_MOST)) asked="" step=none
while ((SECONDS < deadline)); do
  IFS=$'\t' read -r status step message < <(aws ssm get-automation-execution --automation-execution-id "$EXECUTION" \
    --query 'AutomationExecution.[AutomationExecutionStatus, CurrentStepName, FailureMessage]' --output text)
  case "$status" in
    Success) echo "$EXECUTION: Success"; exit 0 ;;
    Failed | Cancelled | TimedOut | Rejected | CompletedWithFailure | Exited)
      fail "$EXECUTION: $status at $step: $message: docs/runbooks/release.md"
      ;;
  esac
  case "$step" in
    Approve)
      if [[ -z "$asked" ]]; then
        asked=yes
        echo "::notice::waits for one of compute.release.approverRoleArns: docs/runbooks/release.md, section 4: execution $EXECUTION"
        printf 'Release `%s` waits for an approval of `compute.release.approverRoleArns`.\n' "$EXECUTION" | summary
      fi
      ;;
    FollowLoad | HoldOld | Keep* | Quiet* | RetireOld | UnlockLive)
      if [[ "$UNTIL" == moved ]]; then
        echo "$EXECUTION: the traffic has moved; it is watched"
        exit 0
      fi
      ;;
  esac
  sleep "$pause"
done
fail "$EXECUTION: still at $step after $SECONDS_MOST seconds: it goes on by itself, look at it (docs/runbooks/release.md, section 3)"
