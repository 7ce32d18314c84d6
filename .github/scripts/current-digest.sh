#!/usr/bin/env bash
# Finds what is to be promoted, and tells those who approve what would change.
#   GITHUB_REPOSITORY FROM TO APP   GITHUB_TOKEN for platform, GH_TOKEN for gh
#   DIGEST                          given: taken as it is, and judged by `platform promote verify`
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need GITHUB_REPOSITORY FROM TO APP
found=${DIGEST:-}
[[ -n "$found" ]] || found=$(platform promote current --in "$FROM" --app "$APP")
digest "$found"
output digest "$found"

# last prints the commit and the digest of the newest deployment to an environment.
last() {
  gh api "repos/$GITHUB_REPOSITORY/deployments?environment=$1%2F$APP&per_page=1" |
    jq -r '.[0].payload // {} | if type == "string" then (fromjson? // {}) else . end | "\(.commit // "none") (\(.digest // "none"))"'
}
summary << EOF
$APP: $found

- $FROM was last deployed from $(last "$FROM")
- $TO was last deployed from $(last "$TO")
EOF
