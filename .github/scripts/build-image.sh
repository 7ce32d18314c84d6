#!/usr/bin/env bash
# Builds the image of a commit once and pushes it; what was pushed for the commit before
# is taken as it is, since tags are immutable.
#   REGISTRY APP COMMIT CONTEXT
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need REGISTRY APP COMMIT CONTEXT
[[ "$COMMIT" =~ ^[0-9a-f]{40}$ ]] || fail "COMMIT: '$COMMIT': not a commit"
pushed() {
  aws ecr describe-images --repository-name "$APP" --image-ids "imageTag=$COMMIT" \
    --query 'imageDetails[0].[imageDigest, imageManifestMediaType]' --output text
}
found=$(pushed 2> problem.txt) || grep -q ImageNotFoundException problem.txt || fail "$REGISTRY/$APP: $(cat problem.txt)"
if [[ -z "$found" ]]; then
  aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"
  # One manifest, not an index: what is scanned, signed and run is then the same digest.
  docker build --pull --platform linux/amd64 --provenance=false --sbom=false --build-arg "COMMIT=$COMMIT" --tag "$REGISTRY/$APP:$COMMIT" "$CONTEXT"
  docker push "$REGISTRY/$APP:$COMMIT"
  found=$(pushed) # the registry's own word, not docker's
else
  aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"
  echo "$APP:$COMMIT was built before"
fi
IFS=$'\t' read -r found kind <<< "$found"
digest "$found"
case "$kind" in
  application/vnd.oci.image.manifest.v1+json | application/vnd.docker.distribution.manifest.v2+json) ;;
  *) fail "$REGISTRY/$APP@$found: is $kind: not one image: a scan of it says nothing of what runs" ;;
esac
output digest "$found"
output hex "${found#sha256:}"
output image "$REGISTRY/$APP@$found"
