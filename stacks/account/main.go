// The accounts: `pulumi -C stacks/account up -s account-dev` lets the pipelines into an
// account, and makes its image repositories, before the environment is deployed there.
package main

import (
	"aws-platform/pkg/account"
	"aws-platform/pkg/program"
)

func main() { program.Main(account.Program) }
