#!/usr/bin/env bash
# Sends one message to Slack. Whoever calls it goes on whatever comes of it.
#   SLACK_WEBHOOK_URL  the webhook; without one there is no message
#   TITLE STATE LINK   what it is about, how it is, and the page of it
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if [[ -z "${SLACK_WEBHOOK_URL:-}" ]]; then
  echo "no SLACK_WEBHOOK_URL: no message"
  exit 0
fi
need TITLE STATE LINK
# &, < and > have a meaning in Slack's texts, so that a title could name everybody.
body=$(jq -cn --arg title "$TITLE" --arg state "$STATE" --arg link "$LINK" '
  def plain: gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
  {text: "\($title | plain): *\($state | plain)*\n<\($link)|the run>"}')
# By a file, so that the address of the webhook is in no process's arguments.
printf 'url = "%s"\n' "$SLACK_WEBHOOK_URL" |
  curl --config - --fail --silent --show-error --max-time 10 --retry 2 \
    --header 'Content-Type: application/json' --data "$body" --output /dev/null
