package bridge_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"aws-platform/sandbox/aws/internal/bridge"
	"aws-platform/sandbox/aws/internal/locate"
	"aws-platform/sandbox/aws/internal/tfprotocol"
)

type values = map[string]any

// configured is a server over the real provider. It is set so that no call leaves the
// machine, and shared: a provider takes a second of processor time to start.
var configured = sync.OnceValues(func() (pulumirpc.ResourceProviderServer, error) {
	ctx := context.Background()
	server, err := bridge.NewServer(ctx, nil, start)
	if err != nil {
		return nil, err
	}
	request := values{
		"region": "us-east-1", "accessKey": "test", "secretKey": "test",
		"skipCredentialsValidation": "true", "skipRequestingAccountId": "true", "skipRegionValidation": "true",
		"defaultTags": `{"tags":{"environment":"production"}}`, "version": bridge.Version,
	}
	_, err = server.Configure(ctx, &pulumirpc.ConfigureRequest{Args: fields(request), AcceptSecrets: true, AcceptResources: true})
	return server, err
})

func start() (*tfprotocol.Process, error) {
	binary, err := locate.Provider(locate.Here())
	if err != nil {
		return nil, err
	}
	return tfprotocol.Start(context.Background(), binary)
}

func TestMain(m *testing.M) {
	defer tfprotocol.CloseAll()
	m.Run()
}

func server(t *testing.T) pulumirpc.ResourceProviderServer {
	t.Helper()
	one, err := configured()
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func fields(all values) *structpb.Struct {
	wire, err := plugin.MarshalProperties(resource.NewPropertyMapFromMap(all),
		plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
	if err != nil {
		panic(err)
	}
	return wire
}

func urn(token string) string { return "urn:pulumi:test::test::" + token + "::main" }

// check returns the checked inputs of a resource, or its failures.
func check(t *testing.T, token string, inputs values) (*structpb.Struct, []string) {
	t.Helper()
	response, err := server(t).Check(t.Context(), &pulumirpc.CheckRequest{
		Urn: urn(token), News: fields(inputs), RandomSeed: []byte("0123456789abcdef0123456789abcdef"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var failures []string
	for _, one := range response.Failures {
		failures = append(failures, one.Reason)
	}
	return response.Inputs, failures
}

const zoneAssociation = "aws:route53/zoneAssociation:ZoneAssociation"

func TestLifeOfASimulatedResource(t *testing.T) {
	t.Parallel()
	inputs, failures := check(t, zoneAssociation, values{"zoneId": "Z0123456789", "vpcId": "vpc-1", "vpcRegion": "us-east-1"})
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	created, err := server(t).Create(t.Context(), &pulumirpc.CreateRequest{Urn: urn(zoneAssociation), Properties: inputs})
	if err != nil {
		t.Fatal(err)
	}
	if created.Id != "Z0123456789:vpc-1" {
		t.Errorf("id = %q, want zone and VPC", created.Id)
	}
	diff, err := server(t).Diff(t.Context(), &pulumirpc.DiffRequest{
		Id: created.Id, Urn: urn(zoneAssociation), Olds: created.Properties, News: inputs, OldInputs: inputs,
	})
	if err != nil || diff.Changes != pulumirpc.DiffResponse_DIFF_NONE {
		t.Errorf("diff after creation = %v, %v; want none", diff, err)
	}
	read, err := server(t).Read(t.Context(), &pulumirpc.ReadRequest{
		Id: created.Id, Urn: urn(zoneAssociation), Properties: created.Properties, Inputs: inputs,
	})
	if err != nil || read.Id != created.Id || read.Properties.Fields["vpcId"].GetStringValue() != "vpc-1" {
		t.Errorf("read = %v, %v; want what was created", read, err)
	}
	moved, _ := check(t, zoneAssociation, values{"zoneId": "Z0123456789", "vpcId": "vpc-2", "vpcRegion": "us-east-1"})
	diff, err = server(t).Diff(t.Context(), &pulumirpc.DiffRequest{
		Id: created.Id, Urn: urn(zoneAssociation), Olds: created.Properties, News: moved, OldInputs: inputs,
	})
	if err != nil || len(diff.Replaces) != 1 || diff.Replaces[0] != "vpcId" {
		t.Errorf("diff of another VPC = %v, %v; want a replacement for vpcId, as the real provider plans it", diff, err)
	}
	if _, err := server(t).Delete(t.Context(), &pulumirpc.DeleteRequest{
		Id: created.Id, Urn: urn(zoneAssociation), Properties: created.Properties,
	}); err != nil {
		t.Error(err)
	}
}

func TestValidationIsTheRealProviders(t *testing.T) {
	t.Parallel()
	for token, c := range map[string]struct {
		inputs values
		want   string
	}{
		"aws:ec2/vpc:Vpc":       {values{"cidrBlock": "10.0.0.1/16"}, "10.0.0.0/16"},
		zoneAssociation:         {values{"zoneId": "Z1"}, "vpcId"},
		"aws:kms/alias:Alias":   {values{"name": "flow-logs", "targetKeyId": "k"}, "alias/"},
		"aws:iam/role:Role":     {values{"assumeRolePolicy": "not json"}, "JSON"},
		"aws:ec2/route:Route":   {values{"routeTableId": "rtb-1", "destinationCidrBlock": "10.0.0.0"}, "CIDR"},
		"aws:ec2/subnet:Subnet": {values{}, "vpcId"},
	} {
		if _, failures := check(t, token, c.inputs); !strings.Contains(strings.Join(failures, "\n"), c.want) {
			t.Errorf("%s: failures = %q, want one about %q", token, failures, c.want)
		}
	}
}

// TestPlanHasPulumisShapes previews a creation: nested blocks, a list that the SDK
// shows as one object, default tags.
func TestPlanHasPulumisShapes(t *testing.T) {
	t.Parallel()
	const token = "aws:ec2/networkAcl:NetworkAcl"
	rule := values{"action": "allow", "cidrBlock": "10.0.0.0/8", "fromPort": 443, "toPort": 443, "protocol": "tcp", "ruleNo": 100}
	inputs, failures := check(t, token, values{"vpcId": "vpc-1", "ingress": []any{rule}, "tags": values{"Name": "app"}})
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	planned, err := server(t).Create(t.Context(), &pulumirpc.CreateRequest{Urn: urn(token), Properties: inputs, Preview: true})
	if err != nil {
		t.Fatal(err)
	}
	got := planned.Properties.Fields
	ingress := got["ingress"].GetListValue().GetValues()
	if len(ingress) != 1 || ingress[0].GetStructValue().GetFields()["ruleNo"].GetNumberValue() != 100 {
		t.Errorf("ingress = %v, want the one rule", ingress)
	}
	all := got["tagsAll"].GetStructValue().GetFields()
	if all["environment"].GetStringValue() != "production" || all["Name"].GetStringValue() != "app" {
		t.Errorf("tagsAll = %v, want the tags and the default ones", all)
	}
}

func TestProviderSettings(t *testing.T) {
	t.Parallel()
	request := func(inputs values) *pulumirpc.CheckRequest {
		return &pulumirpc.CheckRequest{Urn: "urn:pulumi:test::test::pulumi:providers:aws::main", News: fields(inputs)}
	}
	response, err := server(t).CheckConfig(t.Context(), request(values{
		"region": "us-east-1", "allowedAccountIds": `["111111111111"]`, "maxRetries": "3",
		"assumeRole":  `{"roleArn":"arn:aws:iam::111111111111:role/deploy","sessionName":"pulumi","tags":{"a":"b"}}`,
		"defaultTags": `{"tags":{"environment":"production"}}`, "ignoreTags": `{"keys":["x"],"keyPrefixes":["y"]}`,
		"skipMetadataApiCheck": "true", "skipCredentialsValidation": "false", "skipRegionValidation": "true",
	}))
	if err != nil || len(response.Failures) > 0 {
		t.Errorf("settings of the SDK were refused: %v, %v", response, err)
	}
	response, err = server(t).CheckConfig(t.Context(), request(values{"regoin": "us-east-1"}))
	if err != nil || len(response.GetFailures()) != 1 || !strings.Contains(response.GetFailures()[0].Reason, "regoin") {
		t.Errorf("a setting that does not exist = %v, %v; want one failure that names it", response, err)
	}
}

func TestUnlistedTypeIsNamed(t *testing.T) {
	t.Parallel()
	const token = "aws:ec2/instance:Instance"
	_, err := server(t).Check(t.Context(), &pulumirpc.CheckRequest{Urn: urn(token), News: fields(values{})})
	if err == nil || !strings.Contains(err.Error(), token) || !strings.Contains(err.Error(), "types.txt") {
		t.Errorf("error = %v, want one that names %s and types.txt", err, token)
	}
}

// TestCancelReachesTheProvider has a server of its own: a cancelled one is of no more use.
func TestCancelReachesTheProvider(t *testing.T) {
	t.Parallel()
	one, err := bridge.NewServer(t.Context(), nil, start)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.Cancel(t.Context(), &emptypb.Empty{}); err != nil {
		t.Errorf("Cancel: %v", err)
	}
}

func TestMissingProviderIsExplained(t *testing.T) {
	t.Parallel()
	one, err := bridge.NewServer(t.Context(), nil, func() (*tfprotocol.Process, error) { return nil, locate.ErrNotFound })
	if err != nil {
		t.Fatalf("the plugin needs a provider before it is used: %v", err)
	}
	_, err = one.CheckConfig(t.Context(), &pulumirpc.CheckRequest{
		Urn: "urn:pulumi:test::test::pulumi:providers:aws::main", News: fields(values{"region": "us-east-1"}),
	})
	if err == nil || !strings.Contains(err.Error(), "not found") {
		t.Errorf("error = %v, want the one of the search", err)
	}
}
