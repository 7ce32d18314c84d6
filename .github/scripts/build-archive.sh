#!/usr/bin/env bash
# Builds the archive of a commit for the fleet. The same commit gives the same bytes.
#   CONTEXT OUTPUT   the application's folder, and the file
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need CONTEXT OUTPUT
file=$(realpath -m "$OUTPUT")
mkdir -p "$(dirname "$file")"
(cd "$CONTEXT" && go run ./cmd/revision -output "$file")
sum=$(sha256sum "$file" | cut -d ' ' -f 1)
output digest "sha256:$sum"
output hex "$sum"
