// Package program is the shape of every Pulumi program of this repository: a
// function from the stack's configuration to its outputs. The engine runs it
// through Main; tests and the offline commands run the same function under mocks.
package program

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// Func registers the resources of a stack and returns the stack's outputs.
// values is the stack's whole configuration, fully qualified key to value,
// objects as JSON text.
type Func func(ctx *pulumi.Context, values map[string]string) (pulumi.Map, error)

// Main runs the program under the Pulumi engine, exports what it returns, and
// exits with a status other than 0 on an error.
func Main(run Func) {
	var values map[string]string
	// The SDK hands out single keys only; unknown keys can be refused by one who sees them all.
	capture := func(info *pulumi.RunInfo) { values = info.Config }
	pulumi.Run(func(ctx *pulumi.Context) error {
		outputs, err := run(ctx, values)
		if err != nil {
			return err
		}
		for name, value := range outputs {
			ctx.Export(name, value)
		}
		return nil
	}, capture)
}
