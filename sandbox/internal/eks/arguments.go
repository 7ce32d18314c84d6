package eks

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Argument is an argument of eks:index:Cluster that the stand-in supports.
type Argument struct {
	// Name is the argument's name in pulumi-eks.
	Name string
	// Accepts says which values, in words that complete "wants".
	Accepts string
	// Required arguments have a default in the real component that the stand-in cannot
	// serve, or none.
	Required bool
	fits     func(resource.PropertyValue) bool
}

// Arguments are all that the stand-in supports; any other is refused.
func Arguments() []Argument {
	return []Argument{
		{"authenticationMode", `"API"`, true, is("API")},
		{"clusterSecurityGroup", "a security group", false, refersTo(securityGroupType)},
		{"clusterTags", "tags", false, anything},
		{"corednsAddonOptions", "enabled: false", false, disabled},
		{"createOidcProvider", "true", true, isTrue},
		{"enabledClusterLogTypes", "log types", false, anything},
		{"encryptionConfigKeyArn", "the ARN of a KMS key", false, anything},
		{"endpointPrivateAccess", "true or false", false, anything},
		{"endpointPublicAccess", "true or false", false, anything},
		{"kubeProxyAddonOptions", "enabled: false", true, disabled},
		{"name", "a name that is known before anything is made", true, isText},
		{"privateSubnetIds", "subnets; these or subnetIds", false, anything},
		{"providerCredentialOpts", "roleArn, profileName or both", false, credentials},
		{"publicAccessCidrs", "CIDR blocks; not where endpointPublicAccess is false", false, anything},
		{"serviceRole", "an IAM role", true, refersTo(roleType)},
		{"skipDefaultNodeGroup", "true", true, isTrue},
		{"skipDefaultSecurityGroups", "true", true, isTrue},
		{"subnetIds", "subnets; these or privateSubnetIds", false, anything},
		{"tags", "tags", false, anything},
		{"useDefaultVpcCni", "true", true, isTrue},
		{"version", "a Kubernetes version", false, anything},
		{"vpcId", "a VPC's ID", true, anything},
	}
}

// absent are properties of the cluster that pulumi-eks got after v3.9.1, with what to do.
var absent = map[string]string{
	"bootstrapSelfManagedAddons": "set it on the child " + clusterType + " by a transform (pulumi.Transforms)",
	"deletionProtection":         "pulumi-aws v6 does not know it either; use pulumi.Protect",
	"upgradePolicy":              "set it on the child " + clusterType + " by a transform (pulumi.Transforms)",
}

// validate refuses what the stand-in does not do: all problems at once, by argument.
func validate(inputs resource.PropertyMap) error {
	var problems []error
	known := map[string]bool{}
	for _, argument := range Arguments() {
		known[argument.Name] = true
		value := plain(inputs[resource.PropertyKey(argument.Name)])
		switch {
		case value.IsNull() && argument.Required:
			problems = append(problems, fmt.Errorf("%s: not set: set it: the sandbox's eks component wants %s", argument.Name, argument.Accepts))
		case !value.IsNull() && !argument.fits(value):
			problems = append(problems, fmt.Errorf("%s: %s: the sandbox's eks component wants %s", argument.Name, show(value), argument.Accepts))
		}
	}
	for _, key := range inputs.StableKeys() {
		if name := string(key); !known[name] && !inputs[key].IsNull() {
			problems = append(problems, unsupported(name))
		}
	}
	return errors.Join(append(problems, combinations(inputs)...)...)
}

// unsupported is the refusal of an argument that is not among Arguments.
func unsupported(name string) error {
	if remedy, ok := absent[name]; ok {
		return fmt.Errorf("%s: pulumi-eks %s has no such argument: %s", name, Version, remedy)
	}
	return fmt.Errorf("%s: the sandbox's eks component does not support it: leave it out, or extend sandbox/internal/eks", name)
}

// combinations are the rules about more than one argument.
func combinations(inputs resource.PropertyMap) []error {
	set := func(name resource.PropertyKey) bool { return !plain(inputs[name]).IsNull() }
	var problems []error
	if set("subnetIds") == set("privateSubnetIds") {
		problems = append(problems, errors.New("subnetIds, privateSubnetIds: set one of them, not both"))
	}
	public := plain(inputs["endpointPublicAccess"])
	if set("publicAccessCidrs") && public.IsBool() && !public.BoolValue() {
		problems = append(problems, errors.New("publicAccessCidrs: can only be set when endpointPublicAccess is true: leave it out"))
	}
	return problems
}

// plain takes the wrappings of secrets and known outputs away.
func plain(value resource.PropertyValue) resource.PropertyValue {
	switch {
	case value.IsSecret():
		return plain(value.SecretValue().Element)
	case value.IsOutput() && value.OutputValue().Known:
		return plain(value.OutputValue().Element)
	default:
		return value
	}
}

// show names a value in a message without printing what could be secret or long.
func show(value resource.PropertyValue) string {
	switch {
	case value.IsBool(), value.IsString(), value.IsNumber():
		return fmt.Sprintf("%#v", value.V)
	case value.IsComputed(), value.IsOutput():
		return "not known yet"
	case value.IsResourceReference():
		return "a " + string(value.ResourceReferenceValue().URN.Type())
	case value.IsObject():
		keys := value.ObjectValue().StableKeys()
		names := make([]string, 0, len(keys))
		for _, key := range keys {
			names = append(names, fmt.Sprintf("%s: %s", key, show(plain(value.ObjectValue()[key]))))
		}
		return "{" + strings.Join(names, ", ") + "}"
	default:
		return "a value of type " + value.TypeString()
	}
}

func anything(resource.PropertyValue) bool { return true }

func isTrue(value resource.PropertyValue) bool { return value.IsBool() && value.BoolValue() }

func isText(value resource.PropertyValue) bool { return value.IsString() && value.StringValue() != "" }

func is(want string) func(resource.PropertyValue) bool {
	return func(value resource.PropertyValue) bool { return value.IsString() && value.StringValue() == want }
}

// refersTo wants a resource of a type. Where the engine knows no references, it gives
// the ID, which does not say enough.
func refersTo(typ string) func(resource.PropertyValue) bool {
	return func(value resource.PropertyValue) bool {
		return value.IsResourceReference() && string(value.ResourceReferenceValue().URN.Type()) == typ
	}
}

// disabled wants an add-on switched off; how it would resolve conflicts is a default of
// the SDK and of no consequence then.
func disabled(value resource.PropertyValue) bool {
	if !value.IsObject() {
		return false
	}
	enabled := plain(value.ObjectValue()["enabled"])
	return enabled.IsBool() && !enabled.BoolValue() &&
		only(value, "enabled", "resolveConflictsOnCreate", "resolveConflictsOnUpdate")
}

// credentials may be known only later, as the ARN of a role that is being made.
func credentials(value resource.PropertyValue) bool {
	return !value.IsObject() || only(value, "roleArn", "profileName")
}

// only tells whether an object has no other keys than these.
func only(value resource.PropertyValue, keys ...string) bool {
	for key, element := range value.ObjectValue() {
		if !element.IsNull() && !slices.Contains(keys, string(key)) {
			return false
		}
	}
	return true
}
