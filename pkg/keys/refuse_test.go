package keys_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/keys"
)

func TestAFieldThatIsMissingIsRefused(t *testing.T) {
	whole := keys.Args{Environment: "dev", AccountID: "333333333333", Region: "eu-west-1", Partition: "aws"}
	for name, empty := range map[string]func(*keys.Args){
		"Environment": func(a *keys.Args) { a.Environment = "" },
		"AccountID":   func(a *keys.Args) { a.AccountID = "" },
		"Region":      func(a *keys.Args) { a.Region = "" },
		"Partition":   func(a *keys.Args) { a.Partition = "" },
	} {
		t.Run(name, func(t *testing.T) {
			args := whole
			empty(&args)
			g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
				_, err := keys.New(ctx, "dev", args)
				return nil, err
			}, record.Options{Project: "platform", Stack: "dev"})
			assert.ErrorContains(t, err, "keys.Args."+name+`: "": it is required: pass the `)
			assert.Len(t, g.Resources, 1, "nothing is registered but the stack")
		})
	}
}
