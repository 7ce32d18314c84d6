#!/usr/bin/env bash
# Looks for known vulnerabilities in the program of an archive: those that its code
# reaches, by Go's own database.
#   ARCHIVE
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need ARCHIVE
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unzip -q "$ARCHIVE" -d "$work"
binary=$(find "$work" -type f -perm -u+x -path '*bin/*' | head -n 1)
[[ -n "$binary" ]] || fail "$ARCHIVE: no program below bin/"
go run "golang.org/x/vuln/cmd/govulncheck@${GOVULNCHECK:-v1.1.4}" -mode binary "$binary"
