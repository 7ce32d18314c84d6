#!/usr/bin/env bash
# Finds what is to be promoted, and tells those who approve what would change.
#   FROM TO APP   GITHUB_REPOSITORY and GITHUB_TOKEN are platform's
#   DIGEST        given: taken as it is, and judged by `platform promote verify`
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need FROM TO APP
found=${DIGEST:-}
[[ -n "$found" ]] || found=$(platform promote current --in "$FROM" --app "$APP")
digest "$found"
output digest "$found"

# commit prints what an environment runs; "none" where nothing was deployed yet.
commit() {
  local commit
  if commit=$(platform promote current --in "$1" --app "$APP" --commit 2> problem.txt); then
    echo "$commit"
  else
    grep -q 'no deployment with success' problem.txt || fail "$APP in $1: $(cat problem.txt)"
    echo none
  fi
}
from=$(commit "$FROM")
to=$(commit "$TO")
summary << TEXT
$APP: $found

- $FROM runs the commit $from
- $TO runs the commit $to
TEXT
