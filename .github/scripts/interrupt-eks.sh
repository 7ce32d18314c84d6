#!/usr/bin/env bash
# Ends a release in the cluster that is under way, so that a rollback need not wait for it.
#   ENVIRONMENT APP ACCOUNT
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need ENVIRONMENT APP ACCOUNT
aws eks update-kubeconfig --name "$ENVIRONMENT-eks" --alias deployer \
  --role-arn "arn:aws:iam::$ACCOUNT:role/$ENVIRONMENT-eks-deployer" > /dev/null
phase=$(kubectl --context deployer -n "$APP" get rollout "$APP" -o jsonpath='{.status.phase}')
case "$phase" in
  Paused | Progressing)
    kubectl argo rollouts abort "$APP" -n "$APP" --context deployer
    echo "a release was under way ($phase): aborted"
    ;;
  *) echo "no release is under way: $phase" ;;
esac
