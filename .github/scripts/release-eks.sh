#!/usr/bin/env bash
# Releases an image of an application of the cluster, by docs/runbooks/bluegreen-app.md: it
# comes up beside the one that serves, is tried, and goes live. Whatever fails before it is
# live takes it back; the version that serves is not touched.
#   ENVIRONMENT APP ACCOUNT AWS_REGION
#   DIGEST            of the image, in the environment's own registry
#   PREVIEW_ADDRESS   where the new version answers; empty where the environment has no domain
#   SECONDS_READY SECONDS_LIVE   how long to wait for the pods, and for the change
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need ENVIRONMENT APP ACCOUNT AWS_REGION DIGEST
digest "$DIGEST"
kubectl argo rollouts version > /dev/null || fail "kubectl argo rollouts: not there: put kubectl-argo-rollouts on the runner's PATH (docs/pipelines.md)"
pause=${PAUSE:-5}
image="$ACCOUNT.dkr.ecr.$AWS_REGION.amazonaws.com/$APP@$DIGEST"

aws eks update-kubeconfig --name "$ENVIRONMENT-eks" --alias deployer \
  --role-arn "arn:aws:iam::$ACCOUNT:role/$ENVIRONMENT-eks-deployer" > /dev/null
rollout() { kubectl --context deployer -n "$APP" get rollout "$APP" -o json; }

# is tells whether the Rollout on standard input has this image.
has='any(.spec.template.spec.containers[]; .name == "application" and .image == $image)'
is() { jq -e --arg image "$image" "$has" > /dev/null; }
# looks is what the controller last wrote down.
looks() { jq -c '[.status.phase, .status.message, .status.conditions]'; }

# settled prints the phase once the controller has seen the last change, and fails in the end.
settled() {
  local wanted=$1 deadline=$((SECONDS + $2)) state phase=Unseen
  while ((SECONDS < deadline)); do
    state=$(rollout)
    phase=$(jq -r --arg image "$image" "
      if (.status.observedGeneration | tostring) != (.metadata.generation | tostring) then \"Unseen\"
      elif $has then .status.phase // \"Unseen\"
      else \"Replaced\" end" <<< "$state")
    # A retry is no new generation: until the controller has moved, the old answer stands there.
    [[ -z "$before" || "$(looks <<< "$state")" != "$before" ]] || phase=Unseen
    case " $wanted " in *" $phase "*) echo "$phase"; return ;; esac
    case "$phase" in
      Degraded | Replaced) echo "::error::$APP in $ENVIRONMENT: $phase: $(jq -r '.status.message // "another image was set"' <<< "$state")" >&2; return 1 ;;
    esac
    sleep "$pause"
  done
  echo "::error::$APP in $ENVIRONMENT: $phase: not one of $wanted after $2 seconds" >&2
  return 1
}

abort() {
  local status=$?
  if ((status != 0)); then
    echo "not live: the new version is taken back"
    kubectl argo rollouts abort "$APP" -n "$APP" --context deployer || echo "::error::abort failed: docs/runbooks/bluegreen-app.md, section 4" >&2
  fi
  exit "$status"
}

trap abort EXIT
# So that a job that is cancelled takes back what it has begun.
trap 'exit 143' TERM INT
state=$(rollout) before=""
if is <<< "$state" && jq -e '.status.abort == true or .status.phase == "Degraded"' <<< "$state" > /dev/null; then
  # It was taken back once: the same image again is no change, and would change nothing.
  before=$(looks <<< "$state")
  kubectl argo rollouts retry rollout "$APP" -n "$APP" --context deployer
else
  kubectl argo rollouts set image "$APP" "application=$image" -n "$APP" --context deployer
fi
phase=$(settled "Paused Healthy" "${SECONDS_READY:-660}")
if [[ "$phase" == Healthy ]]; then
  trap - EXIT
  echo "$image serves already"
  exit 0
fi
if [[ -n "${PREVIEW_ADDRESS:-}" ]]; then
  curl --fail --silent --show-error --output /dev/null --max-time 10 --retry 5 --retry-delay "$pause" --retry-all-errors "$PREVIEW_ADDRESS/"
  echo "$PREVIEW_ADDRESS/ answers"
else
  echo "$ENVIRONMENT has no domain: nothing to try from outside; the pods are ready"
fi
kubectl argo rollouts promote "$APP" -n "$APP" --context deployer
trap - EXIT TERM INT
settled Healthy "${SECONDS_LIVE:-300}" > /dev/null || fail "$APP in $ENVIRONMENT: was promoted and is not healthy: start rollback.yml"
echo "$image is live"
