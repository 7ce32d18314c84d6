#!/usr/bin/env bash
# Previews a stack with the role that may only read, and writes what would change.
#   STACK DIRECTORY   the stack, and its project's folder
#   KIND              preview, or refresh: what differs in AWS from the state
#   OUTPUT            the folder for <stack>.<kind>.md
# Hands on whether there are changes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need STACK DIRECTORY KIND OUTPUT
file="$DIRECTORY/Pulumi.$STACK.yaml"
[[ -f "$file" ]] || fail "$file: not there"
# In this checkout alone: the stack's providers assume the role that reads. `platform
# preview` does not count a provider that differs by that name only.
sed -i -E 's#^( *roleArn: .*:role/)platform-(deploy(-dev|-staging)?|peering|bootstrap)$#\1platform-preview#' "$file"
mkdir -p "$OUTPUT"
text="$OUTPUT/$STACK.$KIND.md"
# It holds values, and so is never in the folder that is kept.
raw=$(mktemp -p "${RUNNER_TEMP:-/tmp}")
trap 'rm -f "$raw"' EXIT
case "$KIND" in
  preview) operation=(preview --json) ;;
  # Kubernetes' own objects are asked for by the Kubernetes API, which this role has no way
  # into; a secret parameter by decrypting it, which this role may not.
  refresh)
    operation=(refresh --preview-only --run-program --json
      --exclude '**::kubernetes:**' --exclude '**$kubernetes:**' --exclude '**aws:ssm/parameter:Parameter::*-secretArn')
    ;;
  *) fail "KIND: '$KIND': preview or refresh" ;;
esac

# What pulumi says goes to the log: addresses and names, which stay out of the comment.
if ! pulumi -C "$DIRECTORY" "${operation[@]}" --stack "$STACK" --non-interactive > "$raw"; then
  printf '### `%s`\n\n**%s failed.** The log of the run says why.\n' "$STACK" "$KIND" > "$text"
  jq -r '.diagnostics[]? | select(.severity == "error") | .message' "$raw" >&2 || true
  output changed failed
  exit 1
fi
title="$STACK"
[[ "$KIND" == preview ]] || title="$STACK ($KIND)"
platform preview "$raw" --title "$title" > "$text"
summary < "$text"
if grep -q '^No changes' "$text"; then output changed false; else output changed true; fi
