//go:build !linux

package tfprotocol

import "os/exec"

// dieWithParent has nothing to ask for where the kernel has no such signal; the
// plugin's own watch over its parent (package lifetime) ends the provider there.
func dieWithParent(*exec.Cmd) {}
