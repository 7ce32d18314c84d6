#!/usr/bin/env bash
# Puts together what the jobs of drift.yml found, and keeps the issue.
#   RESULT   how the jobs ended; and what issue.sh needs but for BODY and CLEAN
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need RESULT LINK GITHUB_REPOSITORY
clean=true
[[ "$RESULT" == success ]] || clean=false
mkdir -p drifts
# The artifacts of all stacks lie in one folder: <stack>.<kind>.md, and <stack>.changed.
looked=$(find drifts -maxdepth 1 -name '*.md' | sed 's#^drifts/##; s#\..*##' | sort -u)
[[ -n "$looked" ]] || clean=false
: > drift.md
[[ "$RESULT" == success ]] || printf 'Not every stack could be looked at: the jobs ended as %s.\n\n' "$RESULT" >> drift.md
while read -r stack; do
  [[ -e "drifts/$stack.changed" ]] || continue
  clean=false
  cat "drifts/$stack".*.md >> drift.md
done <<< "$looked"
BODY=drift.md CLEAN=$clean "$(dirname "${BASH_SOURCE[0]}")/issue.sh"
