#!/usr/bin/env bash
# Says which stacks a change concerns, as a JSON list.
#   BASE HEAD    commits; BASE empty or all zeros: everything is new
#   MODE         concerned; or through: those that are deployed, in order
#   LAST         instead of a change: all stacks up to this one
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need MODE
# changed prints a path a line: that of a file that was moved twice, and none in quotes.
changed() { git -c core.quotePath=false diff --no-renames --name-only "$@"; }

if [[ -n "${LAST:-}" ]]; then
  list=$(printf '%s\n' dev staging production production-pci peering | sed "/^$LAST\$/q")
  [[ "${list##*$'\n'}" == "$LAST" ]] || fail "LAST: '$LAST': no stack"
else
  need HEAD
  if [[ -z "${BASE//0/}" ]]; then
    files=$(git -c core.quotePath=false ls-files)
  elif [[ "$MODE" == concerned ]]; then
    files=$(changed "$BASE...$HEAD")
  else
    files=$(changed "$BASE" "$HEAD")
  fi
  arguments=(stacks --changed -)
  [[ "$MODE" == concerned ]] || arguments+=(--through)
  list=$(platform "${arguments[@]}" <<< "$files")
fi
echo "${list:-none}"
output list "$(jq -Rcn '[inputs | select(. != "")]' <<< "$list")"
