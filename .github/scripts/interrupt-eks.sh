#!/usr/bin/env bash
# Ends a release in the cluster that is under way, so that a rollback need not wait for it.
#   ENVIRONMENT APP ACCOUNT
#   DIGEST   a release of this digest alone: one of another is somebody else's
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need ENVIRONMENT APP ACCOUNT
aws eks update-kubeconfig --name "$ENVIRONMENT-eks" --alias deployer \
  --role-arn "arn:aws:iam::$ACCOUNT:role/$ENVIRONMENT-eks-deployer" > /dev/null
state=$(kubectl --context deployer -n "$APP" get rollout "$APP" -o json)
if [[ -n "${DIGEST:-}" ]]; then
  digest "$DIGEST"
  own=$(jq --arg suffix "@$DIGEST" 'any(.spec.template.spec.containers[]; .name == "application" and (.image | endswith($suffix)))' <<< "$state")
  if [[ "$own" != true ]]; then
    echo "another image was set"
    exit 0
  fi
fi
phase=$(jq -r '.status.phase' <<< "$state")
case "$phase" in
  Paused | Progressing)
    kubectl argo rollouts abort "$APP" -n "$APP" --context deployer
    echo "a release was under way ($phase): aborted"
    ;;
  *) echo "no release is under way: $phase" ;;
esac
