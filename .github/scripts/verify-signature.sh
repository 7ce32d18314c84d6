#!/usr/bin/env bash
# Verifies that a run of main of this repository signed what is about to be released.
#   WORKFLOW       the file of the workflow that builds and signs
#   GITHUB_REPOSITORY
#   IMAGE          an image by digest; or ARCHIVE and BUNDLE
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need WORKFLOW GITHUB_REPOSITORY
identity=(
  --certificate-oidc-issuer https://token.actions.githubusercontent.com
  --certificate-identity "https://github.com/$GITHUB_REPOSITORY/.github/workflows/$WORKFLOW@refs/heads/main"
)
if [[ -n "${IMAGE:-}" ]]; then
  digest "${IMAGE##*@}"
  aws ecr get-login-password | cosign login --username AWS --password-stdin "${IMAGE%%/*}"
  cosign verify "${identity[@]}" "$IMAGE" > /dev/null
  echo "$IMAGE is signed by $WORKFLOW"
else
  need ARCHIVE BUNDLE
  cosign verify-blob "${identity[@]}" --bundle "$BUNDLE" "$ARCHIVE"
fi
