#!/usr/bin/env bash
# Keeps the one issue about drift: opens it, writes over it, and closes it when all is well.
#   GITHUB_REPOSITORY BODY LINK   the file of Markdown and the run; GH_TOKEN for gh
#   CLEAN                         true or false
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need GITHUB_REPOSITORY BODY LINK CLEAN
label=drift
numbers=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues?state=open&labels=$label&per_page=100" |
  jq -rs '[.[][] | select(.pull_request == null and .user.login == "github-actions[bot]") | .number] | sort | .[]')
read -r number _ <<< "${numbers//$'\n'/ }" || true
text=$(printf '%s\n\n' "Found by [this run]($LINK)."; head -c 60000 "$BODY")

case "$CLEAN" in
  true)
    [[ -n "$number" ]] || { echo "no drift, and no issue"; exit 0; }
    jq -n --arg body "No drift any more: $LINK" '{body: $body}' |
      gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$number/comments" --input - --silent
    jq -n '{state: "closed", state_reason: "completed"}' |
      gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/$number" --input - --silent
    ;;
  false)
    if [[ -n "$number" ]]; then
      jq -n --arg body "$text" '{body: $body}' |
        gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/$number" --input - --silent
    else
      jq -n --arg body "$text" --arg name "$label" '{title: "Drift: AWS, the state and main differ", body: $body, labels: [$name]}' |
        gh api --method POST "repos/$GITHUB_REPOSITORY/issues" --input - --silent
    fi
    ;;
  *) fail "CLEAN: '$CLEAN': true or false" ;;
esac
