#!/usr/bin/env bash
# Reads the record of a decision, and refuses one that does not allow what is about to be
# done. Hands its values on.
#   RECORD           the file that `platform promote` wrote
#   EXPECT_TO        the environment or stack that is about to be changed
#   EXPECT_APP       the application; empty for infrastructure
#   EXPECT_DIGEST    the digest, where the workflow knows it
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need RECORD EXPECT_TO
[[ -s "$RECORD" ]] || fail "$RECORD: empty: nothing was decided"
value() { jq -er --arg key "$1" '.[$key] | if . == null then "" else tostring end' "$RECORD"; }

allowed=$(value allowed)
[[ "$allowed" == true ]] || fail "record: allowed is $allowed: see the rules in $RECORD"
to=$(value to)
[[ "$to" == "$EXPECT_TO" ]] || fail "record: it is for '$to': wanted '$EXPECT_TO'"
if [[ -n "${EXPECT_APP:-}" ]]; then
  app=$(value app) found=$(value digest)
  [[ "$app" == "$EXPECT_APP" ]] || fail "record: it is of '$app': wanted '$EXPECT_APP'"
  digest "$found"
  if [[ -n "${EXPECT_DIGEST:-}" && "$found" != "$EXPECT_DIGEST" ]]; then
    fail "record: it is of $found: wanted $EXPECT_DIGEST"
  fi
  output digest "$found"
  output platform "$(value platform)"
fi
output kind "$(value kind)"
output commit "$(value commit)"
emergency=$(value emergency)
output emergency "${emergency:+true}"
