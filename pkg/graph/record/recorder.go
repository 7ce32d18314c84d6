package record

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"aws-platform/pkg/graph"
)

const (
	stackReferenceType     = "pulumi:pulumi:StackReference"
	awsProviderType        = "pulumi:providers:aws"
	kubernetesProviderType = "pulumi:providers:kubernetes"
)

// recorder is the mock monitor; its methods are called concurrently.
type recorder struct {
	options Options

	mu        sync.Mutex
	resources []graph.Resource
	places    map[string]place // by provider URN
	clusters  map[string]bool  // URNs of Kubernetes providers
}

func newRecorder(options Options) *recorder {
	name := options.Project + "-" + options.Stack
	root := graph.Resource{
		URN:  urnOf(options, "", string(resource.RootStackType), name),
		Type: string(resource.RootStackType), Name: name, Inputs: map[string]any{},
	}
	return &recorder{options: options, resources: []graph.Resource{root}, places: map[string]place{}, clusters: map[string]bool{}}
}

// NewResource records a registration and answers with the inputs and what AWS
// would have added to them.
func (r *recorder) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if args.TypeToken == stackReferenceType {
		return r.stackReference(args)
	}
	recorded := r.registration(args)
	var computed map[string]any
	if args.Custom || args.RegisterRPC.GetRemote() {
		var err error
		if recorded.ID, computed, err = r.answer(recorded); err != nil {
			return "", nil, err
		}
	}
	if !args.Custom {
		recorded.ID = "" // components have none
	}
	state := args.Inputs.Copy()
	for key, value := range computed {
		if _, given := state[resource.PropertyKey(key)]; !given && !r.options.Preview {
			state[resource.PropertyKey(key)] = resource.NewPropertyValue(value)
		}
	}
	recorded.Outputs = plainMap(state)
	r.resources = append(r.resources, recorded)
	if r.options.Preview && !isProvider(args.TypeToken) {
		return "", state, nil // no ID yet: unknown to the program
	}
	return recorded.ID, state, nil
}

func (r *recorder) stackReference(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	outputs, known := r.options.References[args.Name]
	if !known {
		return "", nil, fmt.Errorf("stack reference %s: not in this plan: known are %q", args.Name, sortedKeys(r.options.References))
	}
	r.resources = append(r.resources, graph.Resource{
		URN:  urnOf(r.options, args.ReadRPC.GetParent(), args.TypeToken, args.Name),
		Type: args.TypeToken, Name: args.Name, ID: args.Name, Custom: true, Parent: args.ReadRPC.GetParent(),
		Inputs: map[string]any{"name": args.Name},
	})
	return args.Name, resource.NewPropertyMapFromMap(map[string]any{"name": args.Name, "outputs": outputs}), nil
}

// registration turns the request of the program into a resource of the graph.
func (r *recorder) registration(args pulumi.MockResourceArgs) graph.Resource {
	rpc := args.RegisterRPC
	return graph.Resource{
		URN:  urnOf(r.options, rpc.GetParent(), args.TypeToken, args.Name),
		Type: args.TypeToken, Name: args.Name, Custom: args.Custom,
		Parent: rpc.GetParent(), Provider: graph.ProviderURN(cmp.Or(remoteProvider(rpc), rpc.GetProvider())),
		Protect: rpc.GetProtect(), RetainOnDelete: rpc.GetRetainOnDelete(), DeleteBeforeReplace: rpc.GetDeleteBeforeReplace(),
		IgnoreChanges: slices.Sorted(slices.Values(rpc.GetIgnoreChanges())),
		Aliases:       aliases(rpc),
		Dependencies:  slices.Compact(slices.Sorted(slices.Values(rpc.GetDependencies()))),
		DependsOn:     graph.Explicit(rpc.GetDependencies(), byProperty(rpc)),
		Inputs:        plainMap(args.Inputs),
	}
}

// answer returns the ID and the computed outputs of a resource, and remembers
// where a provider works.
func (r *recorder) answer(recorded graph.Resource) (string, map[string]any, error) {
	switch {
	case recorded.Type == awsProviderType:
		at, err := placeOf(recorded)
		r.places[recorded.URN] = at
		return uuid(recorded.URN), nil, err
	case recorded.Type == githubProviderType:
		at, err := githubOwner(recorded)
		r.places[recorded.URN] = at
		return uuid(recorded.URN), nil, err
	case recorded.Type == kubernetesProviderType:
		r.clusters[recorded.URN] = true
		return uuid(recorded.URN), nil, nil
	case isProvider(recorded.Type):
		return uuid(recorded.URN), nil, nil
	case strings.HasPrefix(recorded.Type, kubernetesTypes):
		if !r.clusters[recorded.Provider] {
			return "", nil, fmt.Errorf("%s: no explicit kubernetes provider: pass one by pulumi.Provider, or the cluster is left to chance", recorded.URN)
		}
		return applied(recorded)
	}
	at, known := r.places[recorded.Provider]
	if strings.HasPrefix(recorded.Type, githubTypes) {
		if at.owner == "" {
			return "", nil, fmt.Errorf("%s: no explicit github provider: pass one by pulumi.Provider, or the owner is left to chance", recorded.URN)
		}
		return computed(recorded, at)
	}
	if !known {
		return "", nil, fmt.Errorf("%s: no explicit aws provider: pass one by pulumi.Provider, or region and account are left to chance", recorded.URN)
	}
	return computed(recorded, at)
}

func urnOf(options Options, parent, typ, name string) string {
	parentType := tokens.Type("")
	if urn := resource.URN(parent); urn != "" && urn.QualifiedType() != resource.RootStackType {
		parentType = urn.QualifiedType()
	}
	return string(resource.NewURN(tokens.QName(options.Stack), tokens.PackageName(options.Project), parentType, tokens.Type(typ), name))
}

func byProperty(rpc *pulumirpc.RegisterResourceRequest) map[string][]string {
	urns := map[string][]string{}
	for property, dependencies := range rpc.GetPropertyDependencies() {
		urns[property] = dependencies.GetUrns()
	}
	return urns
}

func aliases(rpc *pulumirpc.RegisterResourceRequest) []string {
	names := slices.Clone(rpc.GetAliasURNs())
	for _, alias := range rpc.GetAliases() {
		spec := alias.GetSpec()
		names = append(names, cmp.Or(alias.GetUrn(), strings.Trim(spec.GetType()+"::"+spec.GetName(), ":")))
	}
	slices.Sort(names)
	return names
}
