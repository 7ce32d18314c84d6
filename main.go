// The estate: one program, one stack an environment. `pulumi up -s production`.
package main

import (
	"aws-platform/pkg/environment"
	"aws-platform/pkg/program"
)

func main() { program.Main(environment.Program) }
