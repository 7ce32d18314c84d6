#!/usr/bin/env bash
# Writes the one comment of a pull request: the first time as a new one, later over it.
#   GITHUB_REPOSITORY PULL_REQUEST BODY   the file of Markdown; GH_TOKEN for gh
#   MARKER                                tells it from other comments
#   OVER                                  true: only over one that is there
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need GITHUB_REPOSITORY PULL_REQUEST BODY MARKER
[[ "$PULL_REQUEST" =~ ^[1-9][0-9]*$ ]] || fail "PULL_REQUEST: '$PULL_REQUEST': no number"
[[ "$MARKER" =~ ^[a-z-]+$ ]] || fail "MARKER: '$MARKER': letters and dashes only"
mark="<!-- $MARKER -->"
# GitHub refuses a comment of more than 65,536 characters.
text=$(printf '%s\n' "$mark"; head -c 60000 "$BODY")
(($(wc -c < "$BODY") <= 60000)) || text+=$'\n\n(shortened: the whole text is on the page of the run)'
# Of the bot's own comments alone: anybody may write the marker into theirs.
id=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments?per_page=100" |
  jq -rs --arg mark "$mark" '[.[][] | select(.user.login == "github-actions[bot]" and (.body | startswith($mark))) | .id] | first // empty')
if [[ -n "$id" ]]; then
  jq -n --arg body "$text" '{body: $body}' | gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --input - --silent
elif [[ "${OVER:-}" != true ]]; then
  jq -n --arg body "$text" '{body: $body}' | gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" --input - --silent
fi
