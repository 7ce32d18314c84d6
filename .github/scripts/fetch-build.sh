#!/usr/bin/env bash
# Fetches the archive that a run built and kept, and what belongs to it.
#   GITHUB_REPOSITORY APP DIGEST OUTPUT   GH_TOKEN for gh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need GITHUB_REPOSITORY APP DIGEST OUTPUT
digest "$DIGEST"
hex=${DIGEST#sha256:}
name="files.$APP.$hex"
# Of runs of main alone: whoever may push a branch names artifacts as they like.
runs=$(gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$name&per_page=100" |
  jq -r '[.artifacts[] | select(.expired | not) | select(.workflow_run.head_branch == "main" and .workflow_run.head_repository_id == .workflow_run.repository_id)] | sort_by(.created_at) | reverse | .[].workflow_run.id')
for run in $runs; do
  # The workflow itself, or one that calls it; nothing that a pull request has started.
  builds=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$run" | jq -r --arg own "$GITHUB_REPOSITORY/" '
    (.event == "push" or .event == "workflow_dispatch") and
    any(.path, (.referenced_workflows[]?.path | select(startswith($own)) | ltrimstr($own));
      test("^\\.github/workflows/app-deploy-(ec2|eks)\\.yml(@.*)?$"))')
  [[ "$builds" == true ]] || continue
  gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$name" --dir "$OUTPUT"
  sum=$(sha256sum "$OUTPUT/app.zip" | cut -d ' ' -f 1)
  [[ "$sum" == "$hex" ]] || fail "$name of run $run: its archive's checksum is $sum: wanted $hex"
  exit 0
done
fail "$name: no run of main has kept it: these files last 90 days: build the commit once more"
