package simulated_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/faketf"
	"aws-platform/sandbox/aws/internal/invent"
	"aws-platform/sandbox/aws/internal/simulated"
)

const association = "aws_route53_zone_association"

var schema = faketf.Schema(
	faketf.Computed("id", tftypes.String), faketf.Attribute("zone_id", tftypes.String),
	faketf.Attribute("vpc_id", tftypes.String), faketf.Computed("vpc_region", tftypes.String),
	faketf.Computed("owning_account", tftypes.String))

// wrapped simulates association; the provider below it fails the test when it is asked.
func wrapped(t *testing.T, below faketf.Provider) *simulated.Server {
	t.Helper()
	below.Resources = map[string]*tfprotov6.Schema{association: schema, "aws_vpc": schema}
	place := func() invent.Place { return invent.Place{Account: "222222222222", Region: "eu-west-1"} }
	server, err := simulated.Wrap(t.Context(), below, simulated.Table(), place)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func planned(vpc string) map[string]tftypes.Value {
	return map[string]tftypes.Value{
		"id": faketf.Unknown(tftypes.String), "zone_id": faketf.Text("Z1"), "vpc_id": faketf.Text(vpc),
		"vpc_region": faketf.Unknown(tftypes.String), "owning_account": faketf.Unknown(tftypes.String),
	}
}

func TestCreateAnswersFromThePlan(t *testing.T) {
	t.Parallel()
	response, err := wrapped(t, faketf.Provider{}).ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: association, PriorState: faketf.Null(schema), PlannedState: faketf.Value(schema, planned("vpc-1")),
		PlannedPrivate: []byte("private"),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := faketf.Attributes(schema, response.NewState)
	for name, want := range map[string]string{
		"id": "Z1:vpc-1", "zone_id": "Z1", "vpc_id": "vpc-1", "vpc_region": "eu-west-1", "owning_account": "222222222222",
	} {
		if !got[name].Equal(faketf.Text(want)) {
			t.Errorf("%s = %s, want %q", name, got[name], want)
		}
	}
	if string(response.Private) != "private" {
		t.Errorf("private = %q, want the plan's", response.Private)
	}
}

func TestUpdateKeepsWhatThePlanLeavesOpen(t *testing.T) {
	t.Parallel()
	prior := planned("vpc-1")
	prior["id"], prior["vpc_region"], prior["owning_account"] = faketf.Text("old"), faketf.Text("us-west-2"), faketf.Text("1")
	response, err := wrapped(t, faketf.Provider{}).ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: association, PriorState: faketf.Value(schema, prior), PlannedState: faketf.Value(schema, planned("vpc-2")),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := faketf.Attributes(schema, response.NewState)
	for name, want := range map[string]string{"id": "old", "vpc_region": "us-west-2", "vpc_id": "vpc-2"} {
		if !got[name].Equal(faketf.Text(want)) {
			t.Errorf("%s = %s, want %q", name, got[name], want)
		}
	}
}

func TestReadAndDeleteActOnTheState(t *testing.T) {
	t.Parallel()
	server := wrapped(t, faketf.Provider{})
	state := faketf.Value(schema, map[string]tftypes.Value{"id": faketf.Text("Z1:vpc-1")})
	read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: association, CurrentState: state})
	if err != nil {
		t.Fatal(err)
	}
	if got := faketf.Attributes(schema, read.NewState); !got["id"].Equal(faketf.Text("Z1:vpc-1")) {
		t.Errorf("read id = %s, want the state's", got["id"])
	}
	deleted, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: association, PriorState: state, PlannedState: faketf.Null(schema),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := faketf.Attributes(schema, deleted.NewState); got != nil {
		t.Errorf("state after deletion = %v, want none", got)
	}
}

func TestImportIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	response, err := wrapped(t, faketf.Provider{}).ImportResourceState(t.Context(),
		&tfprotov6.ImportResourceStateRequest{TypeName: association, ID: "Z1:vpc-1"})
	if err != nil {
		t.Fatal(err)
	}
	if len(response.Diagnostics) != 1 || !strings.Contains(response.Diagnostics[0].Summary, "Z1:vpc-1") ||
		response.Diagnostics[0].Detail == "" {
		t.Errorf("diagnostics = %+v, want one that names the ID and gives the reason", response.Diagnostics)
	}
}

func TestOtherTypesGoToTheProvider(t *testing.T) {
	t.Parallel()
	var asked []string
	server := wrapped(t, faketf.Provider{
		Apply: func(*tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
			asked = append(asked, "apply")
			return &tfprotov6.ApplyResourceChangeResponse{}, nil
		},
		Read: func(*tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
			asked = append(asked, "read")
			return &tfprotov6.ReadResourceResponse{}, nil
		},
		Import: func(*tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
			asked = append(asked, "import")
			return &tfprotov6.ImportResourceStateResponse{}, nil
		},
	})
	_, errApply := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: "aws_vpc"})
	_, errRead := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "aws_vpc"})
	_, errImport := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "aws_vpc"})
	if errApply != nil || errRead != nil || errImport != nil || len(asked) != 3 {
		t.Errorf("the provider was asked %v (%v, %v, %v), want apply, read and import", asked, errApply, errRead, errImport)
	}
}

// TestIDsAndARNsAreThoseOfAWS creates one of each type of CodeDeploy and a composite alarm.
func TestIDsAndARNsAreThoseOfAWS(t *testing.T) {
	t.Parallel()
	const uuid, place = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", ":eu-west-1:222222222222:"
	for name, c := range map[string]struct{ known, want map[string]string }{
		"aws_codedeploy_app": {
			map[string]string{"name": "app"},
			map[string]string{"application_id": uuid, "id": uuid + ":app", "arn": "arn:aws:codedeploy" + place + "application:app"},
		},
		"aws_codedeploy_deployment_config": {
			map[string]string{"deployment_config_name": "half"},
			map[string]string{"deployment_config_id": uuid, "id": "half", "arn": "arn:aws:codedeploy" + place + "deploymentconfig:half"},
		},
		"aws_codedeploy_deployment_group": {
			map[string]string{"app_name": "app", "deployment_group_name": "blue"},
			map[string]string{
				"deployment_group_id": uuid, "id": uuid, "compute_platform": "Server",
				"arn": "arn:aws:codedeploy" + place + "deploymentgroup:app/blue",
			},
		},
		"aws_cloudwatch_composite_alarm": {
			map[string]string{"alarm_name": "release"},
			map[string]string{"id": "release", "arn": "arn:aws:cloudwatch" + place + "alarm:release"},
		},
	} {
		got := created(t, name, c.known, c.want)
		for attribute, want := range c.want {
			if !regexp.MustCompile("^" + want + "$").MatchString(got[attribute]) {
				t.Errorf("%s.%s = %q, want %s", name, attribute, got[attribute], want)
			}
		}
		if id, ok := got["application_id"]; ok && !strings.HasPrefix(got["id"], id+":") {
			t.Errorf("%s: id %q does not begin with application_id %q", name, got["id"], id)
		}
	}
}

// created creates a resource of strings, of which some are known and some are open.
func created(t *testing.T, name string, known, open map[string]string) map[string]string {
	t.Helper()
	schema := faketf.Schema()
	plan := map[string]tftypes.Value{}
	for attribute, value := range known {
		schema.Block.Attributes = append(schema.Block.Attributes, faketf.Attribute(attribute, tftypes.String))
		plan[attribute] = faketf.Text(value)
	}
	for attribute := range open {
		schema.Block.Attributes = append(schema.Block.Attributes, faketf.Computed(attribute, tftypes.String))
		plan[attribute] = faketf.Unknown(tftypes.String)
	}
	place := func() invent.Place { return invent.Place{Account: "222222222222", Region: "eu-west-1"} }
	below := faketf.Provider{Resources: map[string]*tfprotov6.Schema{name: schema}}
	server, err := simulated.Wrap(t.Context(), below, simulated.Table(), place)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: name, PriorState: faketf.Null(schema), PlannedState: faketf.Value(schema, plan),
	})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for attribute, value := range faketf.Attributes(schema, response.NewState) {
		var text string
		if err := value.As(&text); err != nil {
			t.Fatal(err)
		}
		texts[attribute] = text
	}
	return texts
}
