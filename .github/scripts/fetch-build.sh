#!/usr/bin/env bash
# Fetches what the run that built a digest kept of it.
#   GITHUB_REPOSITORY APP DIGEST OUTPUT   GH_TOKEN for gh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need GITHUB_REPOSITORY APP DIGEST OUTPUT
digest "$DIGEST"
name="build.$APP.${DIGEST#sha256:}"
# Of runs of main alone: whoever may push a branch names artifacts as they like.
runs=$(gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$name&per_page=100" |
  jq -r '[.artifacts[] | select(.expired | not) | select(.workflow_run.head_branch == "main" and .workflow_run.head_repository_id == .workflow_run.repository_id)] | sort_by(.created_at) | reverse | .[].workflow_run.id')
for run in $runs; do
  path=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$run" | jq -r '.path')
  case "$path" in
    .github/workflows/app-deploy-ec2.yml | .github/workflows/app-deploy-eks.yml)
      gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$name" --dir "$OUTPUT"
      exit 0
      ;;
  esac
done
fail "$name: no run of main has kept it: artifacts last 90 days: build the commit once more"
