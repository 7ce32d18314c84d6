// The peering stack: `pulumi -C stacks/peering up -s peering` wires the
// environments' VPCs together, after the environments are up.
package main

import (
	"aws-platform/pkg/peering/mesh"
	"aws-platform/pkg/program"
)

func main() { program.Main(mesh.Program) }
