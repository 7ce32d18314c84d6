package data

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
	"aws-platform/pkg/required"
)

// ParametersType is the type of the component.
const ParametersType = "platform:data:Parameters"

// ParametersArgs say what to publish; every field is required but for Parameters.
type ParametersArgs struct {
	// Environment begins the parameters' names.
	Environment string
	// AccountID, Region and Partition are where the environment is.
	AccountID, Region, Partition string
	// KeyARN is the KMS key of the sensitive parameters.
	KeyARN pulumi.StringInput
	// Parameters are what is published; none by default.
	Parameters []Parameter
}

// Parameters are what applications must know of the stores, in Parameter Store.
//
// Refused before anything is registered: a missing field, a name that is not of letters,
// digits and hyphens, a name twice.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-parameters-<store>-<name>   Parameter
//	<name>-parameters-read             Policy
type Parameters struct {
	pulumi.ResourceState

	// ReadPolicy lets an application read the environment's parameters.
	ReadPolicy *iam.Policy
}

// NewParameters validates args, registers nothing on an error, and otherwise the parameters.
func NewParameters(ctx *pulumi.Context, name string, args ParametersArgs, opts ...pulumi.ResourceOption) (*Parameters, error) {
	if err := validateParameters(args); err != nil {
		return nil, err
	}
	name += "-parameters"
	made := &Parameters{}
	if err := ctx.RegisterComponentResource(ParametersType, name, made, opts...); err != nil {
		return nil, err
	}
	for _, parameter := range args.Parameters {
		if err := made.publish(ctx, name, args, parameter); err != nil {
			return nil, err
		}
	}
	var err error
	made.ReadPolicy, err = iam.NewPolicy(ctx, name+"-read", &iam.PolicyArgs{
		Name:        pulumi.String(args.Environment + "-parameters-read"),
		Description: pulumi.String("Reads the parameters of " + args.Environment),
		Policy:      args.KeyARN.ToStringOutput().ApplyT(args.readPolicy).(pulumi.StringOutput),
	}, pulumi.Parent(made))
	if err != nil {
		return nil, err
	}
	return made, ctx.RegisterResourceOutputs(made, pulumi.Map{"readPolicyArn": made.ReadPolicy.Arn})
}

// parameterName keeps to what stands between two slashes in a parameter's name.
var parameterName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)

// validateParameters returns every reason why the parameters cannot be made of args.
func validateParameters(args ParametersArgs) error {
	problems := required.Missing("data.ParametersArgs", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "KeyARN", Value: args.KeyARN, Remedy: "pass the KMS key of parameters"},
	)...)
	seen := map[string]bool{}
	for i, p := range args.Parameters {
		path := p.Store + "/" + p.Name
		switch {
		case !parameterName.MatchString(p.Store) || !parameterName.MatchString(p.Name):
			problems = append(problems, fmt.Errorf("data.ParametersArgs.Parameters[%d]: %q: is no name: use letters, digits and hyphens", i, path))
		case p.Value == nil:
			problems = append(problems, fmt.Errorf("data.ParametersArgs.Parameters[%d].Value: nil: it is required: pass what %s is", i, path))
		case seen[path]:
			problems = append(problems, fmt.Errorf("data.ParametersArgs.Parameters[%d]: %q: is listed already: remove one", i, path))
		}
		seen[path] = true
	}
	return errors.Join(problems...)
}

// publish makes one parameter. What is not sensitive goes as insecureValue, so that
// previews show it.
func (p *Parameters) publish(ctx *pulumi.Context, name string, args ParametersArgs, parameter Parameter) error {
	made := &ssm.ParameterArgs{
		Name:        pulumi.String("/" + args.Environment + "/" + parameter.Store + "/" + parameter.Name),
		Description: pulumi.String(parameter.Description),
		Tier:        pulumi.String("Standard"),
		Tags:        tags(args.Environment + "-" + parameter.Store + "-" + parameter.Name),
	}
	if parameter.Sensitive {
		made.Type, made.KeyId = pulumi.String("SecureString"), args.KeyARN.ToStringOutput().ToStringPtrOutput()
		made.Value = parameter.Value.ToStringOutput().ToStringPtrOutput()
	} else {
		made.Type = pulumi.String("String")
		made.InsecureValue = parameter.Value.ToStringOutput().ToStringPtrOutput()
	}
	_, err := ssm.NewParameter(ctx, name+"-"+parameter.Store+"-"+parameter.Name, made, pulumi.Parent(p))
	return err
}

// readPolicy reads what is below /<environment>/, and decrypts nothing else: Parameter
// Store tells KMS the parameter's ARN (AWS Systems Manager User Guide, "How AWS Systems
// Manager Parameter Store uses AWS KMS").
func (args ParametersArgs) readPolicy(keyARN string) string {
	path := fmt.Sprintf("arn:%s:ssm:%s:%s:parameter/%s/*", args.Partition, args.Region, args.AccountID, args.Environment)
	return policy.Document(
		policy.Statement{
			Sid: "ReadsTheEnvironmentsParameters", Effect: policy.Allow, Resource: []string{path},
			Action: []string{"ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"},
		},
		policy.Statement{
			Sid: "DecryptsThem", Effect: policy.Allow, Resource: []string{keyARN}, Action: []string{"kms:Decrypt"},
			Condition: policy.Condition{
				"StringEquals": {"kms:ViaService": "ssm." + args.Region + ".amazonaws.com"},
				"StringLike":   {"kms:EncryptionContext:PARAMETER_ARN": path},
			},
		},
	)
}
