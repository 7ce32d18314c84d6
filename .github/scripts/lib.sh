# Sourced by the other scripts: what all of them say and refuse.

# fail says what is wrong, as an annotation of the run, and ends the script.
fail() {
  echo "::error::$*" >&2
  exit 1
}

# need ends the script unless every named variable has a value.
need() {
  local name
  for name in "$@"; do
    [[ -n "${!name:-}" ]] || fail "$name: empty: the workflow must set it"
  done
}

# digest ends the script unless its argument is a digest: a tag can be moved.
digest() {
  [[ "$1" =~ ^sha256:[0-9a-f]{64}$ ]] || fail "digest: '$1': is none: give sha256: and 64 hex digits, never a tag"
}

# output hands a value of one line to the steps that follow.
output() {
  [[ "$2" != *$'\n'* ]] || fail "output $1: has several lines"
  printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"
}

# summary adds standard input to the page of the run.
summary() {
  cat >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
}
