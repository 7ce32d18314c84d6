#!/usr/bin/env bash
# Tells the environment's security topic of an emergency. What comes after it waits for it:
# no emergency without its alarm.
#   RECORD ENVIRONMENT ACCOUNT AWS_REGION LINK
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need RECORD ENVIRONMENT ACCOUNT AWS_REGION LINK
message=$(jq -r --arg link "$LINK" '
  "Emergency: \(.emergency)\n\(.kind) of \(.app) \(.digest // "") \(.commit // "") to \(.to)\nasked for by \((.starters // []) | join(", ")), approved by \((.approvers // []) | join(", "))\n\($link)"' "$RECORD")
id=$(aws sns publish --topic-arn "arn:aws:sns:$AWS_REGION:$ACCOUNT:$ENVIRONMENT-security" \
  --subject "Emergency deployment to $ENVIRONMENT" --message "$message" --query MessageId --output text)
[[ -n "$id" && "$id" != None ]] || fail "alarm: the topic $ENVIRONMENT-security took no message: nothing is deployed without"
echo "alarm $id"
