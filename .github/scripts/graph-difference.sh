#!/usr/bin/env bash
# Compares the resource graphs of two checkouts, without a cloud: what a pull request of a
# fork would change. Runs the code of both, so it must hold no credential.
#   BASE HEAD    the checkouts
#   OUTPUT       the file of Markdown
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need BASE HEAD OUTPUT
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# graphs writes a file a stack; an empty one where the checkout has no such stack.
graphs() {
  (cd "$1" && go build -o "$work/$2" ./cmd/platform)
  local file stack
  for file in "$BASE"/{,stacks/*/}Pulumi.*.yaml "$HEAD"/{,stacks/*/}Pulumi.*.yaml; do
    [[ -f "$file" ]] || continue
    stack=${file##*/Pulumi.} stack=${stack%.yaml}
    : > "$work/$stack.$2.json"
    if compgen -G "$1/Pulumi.$stack.yaml" > /dev/null || compgen -G "$1/stacks/*/Pulumi.$stack.yaml" > /dev/null; then
      (cd "$1" && "$work/$2" graph "$stack") > "$work/$stack.$2.json"
      echo "$stack" >> "$work/stacks"
    fi
  done
}

graphs "$BASE" base
graphs "$HEAD" head
[[ -s "$work/stacks" ]] || fail "no stack was found in $BASE and $HEAD"
: > "$OUTPUT"
sort -u "$work/stacks" | while read -r stack; do
  "$work/head" diff "$work/$stack.base.json" "$work/$stack.head.json" >> "$OUTPUT"
done
summary < "$OUTPUT"
