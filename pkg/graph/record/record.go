package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/program"
)

// Unknown stands in a graph recorded as a preview for an output that only AWS knows.
const Unknown = "[unknown]"

// Options say as what a program is run.
type Options struct {
	// Project and Stack name the stack; both are required.
	Project, Stack string
	// Organization is what stack references are qualified with; default "organization",
	// as in a self-managed backend.
	Organization string
	// Config is the stack's configuration, fully qualified key to value.
	Config map[string]string
	// Preview runs the program as `pulumi preview` does before a first
	// deployment: what AWS would compute is unknown.
	Preview bool
	// References are the outputs of other stacks by fully qualified name
	// ("organization/platform/production").
	References map[string]map[string]any
}

// Run runs the program under mocks and returns its graph. Errors are those of
// the program, a URN that is registered twice, a resource type without a rule,
// and a stack reference that Options does not know; beside an error stands the
// graph of what had been registered by then.
func Run(run program.Func, options Options) (*graph.Graph, error) {
	if options.Organization == "" {
		options.Organization = "organization"
	}
	recorder := newRecorder(options)
	outputs := map[string]any{}
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		exports, err := run(ctx, maps.Clone(options.Config))
		if err != nil {
			return err
		}
		for name, export := range exports {
			value, err := await(ctx, export)
			if err != nil {
				return fmt.Errorf("output %s: %w", name, err)
			}
			outputs[name] = value
		}
		return nil
	}, pulumi.WithMocksWithOrganization(options.Organization, options.Project, options.Stack, recorder),
		func(info *pulumi.RunInfo) { info.Config, info.DryRun = options.Config, options.Preview })
	if err != nil {
		return &graph.Graph{Project: options.Project, Stack: options.Stack, Resources: recorder.resources}, unwrapOne(err)
	}
	return graph.New(options.Project, options.Stack, outputs, recorder.resources)
}

// await resolves an output to a plain value.
func await(ctx *pulumi.Context, input pulumi.Input) (any, error) {
	result, err := internals.UnsafeAwaitOutput(ctx.Context(), pulumi.ToOutput(input))
	switch {
	case err != nil:
		return nil, err
	case result.Secret:
		return graph.Secret, nil
	case !result.Known:
		return Unknown, nil
	}
	text, err := json.Marshal(result.Value)
	if err != nil {
		return nil, err
	}
	var value any
	return value, json.Unmarshal(text, &value)
}

// unwrapOne takes the SDK's list wrapper ("1 error occurred: ...") off a single error.
func unwrapOne(err error) error {
	var list interface{ WrappedErrors() []error }
	if errors.As(err, &list) && len(list.WrappedErrors()) == 1 {
		return list.WrappedErrors()[0]
	}
	return err
}
