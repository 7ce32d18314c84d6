#!/usr/bin/env bash
# Puts together what the jobs of drift.yml found, and keeps the issue.
#   RESULT   how the jobs ended; and what issue.sh needs but for BODY and CLEAN
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need RESULT LINK GITHUB_REPOSITORY
clean=true
[[ "$RESULT" == success ]] || clean=false
mkdir -p drifts
found=$(find drifts -mindepth 1 -maxdepth 1 -type d -name 'drift.*' | sort)
[[ -n "$found" ]] || clean=false
: > drift.md
[[ "$RESULT" == success ]] || printf 'Not every stack could be looked at: the jobs ended as %s.\n\n' "$RESULT" >> drift.md
while read -r folder; do
  [[ -e "$folder/changed" ]] || continue
  clean=false
  cat "$folder"/*.md >> drift.md
done <<< "$found"
BODY=drift.md CLEAN=$clean "$(dirname "${BASH_SOURCE[0]}")/issue.sh"
