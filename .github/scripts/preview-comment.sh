#!/usr/bin/env bash
# Puts together what the jobs of infra-preview.yml said, and writes the comment.
#   LIST     the stacks that are concerned, a JSON list; and what comment.sh needs
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need LIST BODY
printf '## Preview\n\n' > "$BODY"
stacks=$(jq -r '.[]' <<< "$LIST")
if [[ -z "$stacks" ]]; then
  # Written over what an earlier push concerned; where there is no comment, none is needed.
  echo 'No stack is concerned any more.' >> "$BODY"
  OVER=true exec "$(dirname "${BASH_SOURCE[0]}")/comment.sh"
fi
while read -r stack; do
  [[ "$stack" =~ ^[a-z-]+$ ]] || fail "LIST: '$stack': no stack"
  if [[ -s "previews/$stack.preview.md" ]]; then
    cat "previews/$stack.preview.md" >> "$BODY"
  else
    printf '### `%s`\n\n**It could not be previewed.** The log of the run says why.\n\n' "$stack" >> "$BODY"
  fi
done <<< "$stacks"
exec "$(dirname "${BASH_SOURCE[0]}")/comment.sh"
