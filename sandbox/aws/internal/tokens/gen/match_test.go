package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/info"

	"aws-platform/sandbox/aws/internal/faketf"
)

// block is a nested block.
func block(name string, most int64, attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.SchemaNestedBlock {
	return &tfprotov6.SchemaNestedBlock{
		TypeName: name, Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MaxItems: most,
		Block: &tfprotov6.SchemaBlock{Attributes: attributes},
	}
}

func thing() *tfprotov6.Schema {
	strings := tftypes.List{ElementType: tftypes.String}
	schema := faketf.Schema(
		faketf.Attribute("vpc_id", tftypes.String), faketf.Attribute("size", tftypes.Number),
		faketf.Attribute("address", strings), faketf.Attribute("ingress", strings),
		faketf.Attribute("labels", tftypes.Map{ElementType: tftypes.String}))
	schema.Block.BlockTypes = []*tfprotov6.SchemaNestedBlock{
		block("option", 1, faketf.Attribute("max_age", tftypes.Number)),
		block("role", 0, faketf.Attribute("role_arn", tftypes.String), faketf.Attribute("policy", strings)),
		block("rule", 0, faketf.Attribute("rule_no", tftypes.Number)),
	}
	rule := schema.Block.BlockTypes[2].Block
	rule.BlockTypes = []*tfprotov6.SchemaNestedBlock{
		block("inner", 1, faketf.Attribute("rule_no", tftypes.Number)), block("all", 1),
	}
	return schema
}

// match matches a type thing whose state struct in the SDK has the given fields.
func match(t *testing.T, fields string, more ...string) (*info.Resource, error) {
	t.Helper()
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "ec2"), 0o755); err != nil {
		t.Fatal(err)
	}
	source := "package ec2\ntype thingState struct {\n" + fields + "\n}\n" + strings.Join(more, "\n")
	if err := os.WriteFile(filepath.Join(root, "ec2", "thing.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	provider := faketf.Provider{Config: faketf.Schema(), Resources: map[string]*tfprotov6.Schema{"aws_thing": thing()}}
	whole := &schema{shim: proto.New(t.Context(), provider)}
	all := &matched{}
	at := level{all: all, sdk: newSDK(root), known: &aliases{}, module: "ec2", pkg: "ec2", path: "Thing", resource: true}
	mapped, err := at.structs("aws:ec2/thing:Thing", whole.resource("aws_thing"), "thingState", "thingArgs")
	return &info.Resource{Fields: mapped}, err
}

func TestNamesAndFormsThatTheBridgeDerivesNeedNothing(t *testing.T) {
	t.Parallel()
	got, err := match(t, "VpcId *string `pulumi:\"vpcId\"`\n Size *int `pulumi:\"size\"`\n"+
		"Addresses []string `pulumi:\"addresses\"`\n Labels map[string]string `pulumi:\"labels\"`\n"+
		"Option *ThingOption `pulumi:\"option\"`\n Rules []ThingRule `pulumi:\"rules\"`",
		"type ThingOption struct { MaxAge *int `pulumi:\"maxAge\"` }", "type ThingRule struct { RuleNo int `pulumi:\"ruleNo\"` }")
	if err != nil || len(got.Fields) != 0 {
		t.Errorf("fields = %v, %v; want none", got.Fields, err)
	}
}

func TestDifferencesAreToldToTheBridge(t *testing.T) {
	t.Parallel()
	got, err := match(t, "Ingress []string `pulumi:\"ingress\"`\n Address *string `pulumi:\"address\"`\n"+
		"Options []ThingOption `pulumi:\"options\"`\n Role *ThingRole `pulumi:\"role\"`",
		"type ThingOption struct { MaxAge *int `pulumi:\"maxAge\"` }",
		"type ThingRole struct { RoleArn *string `pulumi:\"roleArn\"`\n Policy []string `pulumi:\"policy\"` }")
	if err != nil {
		t.Fatal(err)
	}
	if name := got.Fields["ingress"].Name; name != "ingress" {
		t.Errorf("ingress is called %q, want its own name: the bridge would say ingresses", name)
	}
	for attribute, flat := range map[string]bool{"address": true, "option": false, "role": true} {
		if one := got.Fields[attribute].MaxItemsOne; one == nil || *one != flat {
			t.Errorf("%s: MaxItemsOne = %v, want %t", attribute, one, flat)
		}
	}
	if name := got.Fields["role"].Elem.Fields["policy"].Name; name != "policy" {
		t.Errorf("role.policy is called %q, want its own name", name)
	}
}

func TestStringsThatAreNumbersOrFlagsAreReadBack(t *testing.T) {
	t.Parallel()
	for field, want := range map[string]string{"*int": "number", "*float64": "number", "*bool": "boolean", "*string": ""} {
		got, err := match(t, "VpcId "+field+" `pulumi:\"vpcId\"`")
		if err != nil {
			t.Fatal(err)
		}
		read := ""
		if one := got.Fields["vpc_id"]; one != nil {
			read = string(one.Type)
		}
		if read != want {
			t.Errorf("%s of the SDK for a string of Terraform is read back as %q, want %q", field, read, want)
		}
	}
}

// TestRecursionEndsWhereTerraformUnrolledIt: the SDK's rule holds rules without end,
// Terraform's only one in another.
func TestRecursionEndsWhereTerraformUnrolledIt(t *testing.T) {
	t.Parallel()
	rule := "type ThingRule struct { RuleNo int `pulumi:\"ruleNo\"`\n Inner *ThingRule `pulumi:\"inner\"`\n All *ThingRuleAll `pulumi:\"all\"`"
	all := "type ThingRuleAll struct {}"
	if _, err := match(t, "Rules []ThingRule `pulumi:\"rules\"`", rule+"}", all); err != nil {
		t.Errorf("a rule in a rule: %v", err)
	}
	_, err := match(t, "Rules []ThingRule `pulumi:\"rules\"`", rule+"\nNowhere *string `pulumi:\"nowhere\"` }", all)
	if err == nil || !strings.Contains(err.Error(), "Thing.rules.nowhere: no Terraform attribute") {
		t.Errorf("what the outermost rule lacks: error = %v, want one that names it", err)
	}
}

func TestPropertiesThatDoNotMapAreErrors(t *testing.T) {
	t.Parallel()
	rule := "type ThingRule struct { Unheard *string `pulumi:\"unheard\"` }"
	for name, c := range map[string]struct{ field, more, want string }{
		"unknown property":   {"X *string `pulumi:\"brandNew\"`", "", "Thing.brandNew: no Terraform attribute"},
		"unknown and nested": {"Rules []ThingRule `pulumi:\"rules\"`", rule, "Thing.rules.unheard: no Terraform attribute"},
		"other scalar":       {"Size *string `pulumi:\"size\"`", "", "Thing.size: the SDK has a string, Terraform a number"},
		"no map":             {"Labels *string `pulumi:\"labels\"`", "", "Thing.labels: the SDK has a string, Terraform a map"},
		"no object":          {"Option *string `pulumi:\"option\"`", "", "Thing.option: the SDK has a string, Terraform an object"},
		"an asset":           {"VpcId pulumi.Archive `pulumi:\"vpcId\"`", "", "Thing.vpcId: the SDK has a pulumi.Archive"},
		"twice":              {"A []string `pulumi:\"address\"`\nB []string `pulumi:\"addresses\"`", "", "both map to address"},
		"nothing at all":     {"", "", "has no properties"},
		"an empty object":    {"Option *ThingOption `pulumi:\"option\"`", "type ThingOption struct {}", "has no properties"},
		"a list for text":    {"VpcId []string `pulumi:\"vpcId\"`", "", "Thing.vpcId: the SDK has a list, Terraform a string"},
		"a nested number":    {"Role *ThingRole `pulumi:\"role\"`", "type ThingRole struct { RoleArn *int `pulumi:\"roleArn\"` }", "Thing.role.roleArn: the SDK has a int"},
	} {
		if _, err := match(t, c.field, c.more); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error = %v, want %q", name, err, c.want)
		}
	}
}

func TestTypesAreResolved(t *testing.T) {
	t.Parallel()
	resources := map[string]*tfprotov6.Schema{"aws_thing": thing(), "aws_ec2_other": thing(), "aws_odd": thing()}
	whole := &schema{shim: proto.New(t.Context(), faketf.Provider{
		Resources: resources, Functions: map[string]*tfprotov6.Schema{"aws_one": thing()},
	})}
	known := &aliases{}
	known.Renames.Resources = map[string]string{"aws:ec2/recorded:Recorded": "aws_odd"}
	known.Renames.Functions = map[string]string{"aws:ec2/getRecorded:getRecorded": "aws_one"}
	for line, want := range map[string]string{
		"aws:ec2/thing:Thing": "aws_thing", "aws:ec2/other:Other": "aws_ec2_other",
		"aws:ec2/recorded:Recorded": "aws_odd", "aws:ec2/named:Named = aws_odd": "aws_odd",
		"aws:ec2/getOne:getOne": "aws_one", "aws:ec2/getRecorded:getRecorded": "aws_one",
	} {
		got, err := readTypes(write(t, "# a comment\n\n"+line+" # why\n"), known, whole)
		if err != nil || len(got) != 1 || got[0].terraform != want {
			t.Errorf("%s resolves to %v, %v; want %s", line, got, err, want)
		}
	}
	for _, line := range []string{
		"aws:ec2/none:None", "aws_vpc", "aws:Vpc", "aws:ec2/vpc:", // and no function for a type, nor the other way
		"aws:ec2/getThing:getThing", "aws:ec2/one:One",
	} {
		if got, err := readTypes(write(t, line), known, whole); err == nil {
			t.Errorf("%s resolves to %v, want an error", line, got)
		}
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), typesFile)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
