#!/usr/bin/env bash
# Finds what an environment runs of an application: the digest of its newest deployment
# that went through. `platform promote verify` judges it again, with the whole history.
#   GITHUB_REPOSITORY ENVIRONMENT APP   GH_TOKEN for gh
#   DIGEST                              given: taken as it is
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need GITHUB_REPOSITORY ENVIRONMENT APP
found=${DIGEST:-}
if [[ -z "$found" ]]; then
  ids=$(gh api "repos/$GITHUB_REPOSITORY/deployments?environment=$ENVIRONMENT%2F$APP&per_page=30" | jq -r 'sort_by(.created_at, .id) | reverse | .[].id')
  for id in $ids; do
    state=$(gh api "repos/$GITHUB_REPOSITORY/deployments/$id/statuses?per_page=100" | jq -r 'sort_by(.created_at, .id) | last.state // "none"')
    if [[ "$state" == success ]]; then
      found=$(gh api "repos/$GITHUB_REPOSITORY/deployments/$id" |
        jq -r '.payload | if type == "string" then (fromjson? // {}) else . end | .digest // ""')
      break
    fi
  done
fi
[[ -n "$found" ]] || fail "$ENVIRONMENT/$APP: no deployment that went through: deploy it there first, or give the digest"
digest "$found"
output digest "$found"
output hex "${found#sha256:}"
