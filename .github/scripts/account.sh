#!/usr/bin/env bash
# Says in which account a stack is, and where its project is.
#   STACK DEV STAGING PRODUCTION PRODUCTION_PCI   the accounts by environment
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need STACK DEV STAGING PRODUCTION PRODUCTION_PCI
case "$STACK" in
  dev | staging | production | production-pci) directory=. ;;
  peering) directory=stacks/peering ;;
  account-*) directory=stacks/account ;;
  *) fail "STACK: '$STACK': not one that the pipeline knows" ;;
esac
case "${STACK#account-}" in
  dev) account=$DEV ;;
  staging) account=$STAGING ;;
  production | peering) account=$PRODUCTION ;;
  production-pci) account=$PRODUCTION_PCI ;;
  *) fail "STACK: '$STACK': of no environment" ;;
esac
[[ "$account" =~ ^[0-9]{12}$ ]] || fail "account of $STACK: '$account': not 12 digits: set the variables of stacks/github"
output account "$account"
output directory "$directory"
