#!/usr/bin/env bash
# Asks `platform promote` whether something may be done, and keeps the record and the
# evidence of the answer. The record of what is allowed and of what is refused have
# different names: a record of a deployment says that one was to follow.
#   KIND                   deployment, promotion, rollback or infrastructure
#   FROM TO APP DIGEST COMMIT EMERGENCY REASON   as far as the kind has them
#   GITHUB_RUN_ID OUTPUT   OUTPUT is the folder for decision.json and evidence.json
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need KIND TO GITHUB_RUN_ID OUTPUT
mkdir -p "$OUTPUT"
case "$KIND" in
  deployment)
    need APP DIGEST
    arguments=(verify --to "$TO" --app "$APP" --digest "$DIGEST")
    ;;
  promotion)
    need APP DIGEST FROM
    arguments=(verify --from "$FROM" --to "$TO" --app "$APP" --digest "$DIGEST")
    ;;
  rollback)
    need APP REASON
    arguments=(rollback --in "$TO" --app "$APP" --reason "$REASON")
    ;;
  infrastructure)
    need COMMIT
    APP=infrastructure
    arguments=(infrastructure --to "$TO" --commit "$COMMIT")
    ;;
  *) fail "KIND: '$KIND': deployment, promotion, rollback or infrastructure" ;;
esac
[[ -z "${EMERGENCY:-}" || "$KIND" == rollback ]] || arguments+=(--emergency "$EMERGENCY")
arguments+=(--run "$GITHUB_RUN_ID" --record "$OUTPUT/decision.json" --evidence "$OUTPUT/evidence.json")

output artifact "refused.$APP.$TO"
said=0
platform promote "${arguments[@]}" > "$OUTPUT/decision.txt" || said=$?
cat "$OUTPUT/decision.txt"
# Indented: what people wrote as a reason is no markup there.
sed 's/^/    /' "$OUTPUT/decision.txt" | summary
((said == 0)) || exit "$said"
EXPECT_TO=$TO EXPECT_APP=$([[ "$KIND" == infrastructure ]] || echo "$APP") EXPECT_DIGEST=${DIGEST:-} \
  RECORD="$OUTPUT/decision.json" "$(dirname "${BASH_SOURCE[0]}")/check-record.sh"
output artifact "deployment.$APP.$TO"
