#!/usr/bin/env bash
# Deploys a stack with the role that its file names.
#   STACK DIRECTORY
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need STACK DIRECTORY
# The charts are what their checksums say, before any of them is installed.
[[ "$STACK" == peering ]] || platform charts
pulumi -C "$DIRECTORY" up --stack "$STACK" --yes --non-interactive --suppress-outputs
# What was deployed holds no credential in plain text.
pulumi -C "$DIRECTORY" stack export --stack "$STACK" | platform credentials -
