package bridge_test

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"aws-platform/sandbox/aws/internal/bridge"
)

const targetGroup = "aws:lb/targetGroup:TargetGroup"

// TestNumbersThatTerraformHasAsStrings: the delay goes to the provider as a string, whose
// rules hold for it, and comes back as the number that the SDK reads.
func TestNumbersThatTerraformHasAsStrings(t *testing.T) {
	t.Parallel()
	inputs, failures := check(t, targetGroup, values{
		"name": "blue", "port": 8080, "protocol": "HTTP", "vpcId": "vpc-1", "deregistrationDelay": 60,
	})
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	if sent := inputs.Fields["deregistrationDelay"].GetNumberValue(); sent != 60 {
		t.Errorf("checked input = %v, want the number 60", inputs.Fields["deregistrationDelay"])
	}
	planned, err := server(t).Create(t.Context(), &pulumirpc.CreateRequest{Urn: urn(targetGroup), Properties: inputs, Preview: true})
	if err != nil {
		t.Fatal(err)
	}
	if delay := planned.Properties.Fields["deregistrationDelay"]; delay.GetNumberValue() != 60 {
		t.Errorf("output = %v, want the number 60", delay)
	}
	_, failures = check(t, targetGroup, values{"name": "blue", "port": 8080, "protocol": "HTTP", "vpcId": "vpc-1", "deregistrationDelay": 9999})
	if len(failures) == 0 {
		t.Error("a delay of 9999 seconds was taken, the provider's limit is 3600")
	}
}

// TestNumbersInTheState: the provider finds in the state what it wrote there.
func TestNumbersInTheState(t *testing.T) {
	t.Parallel()
	properties := func(delay int) values {
		return values{
			"name": "blue", "port": 8080, "protocol": "HTTP", "protocolVersion": "HTTP1", "vpcId": "vpc-1",
			"deregistrationDelay": delay, "ipAddressType": "ipv4", "id": target("blue"),
		}
	}
	inputs := func(delay int) *pulumirpc.DiffRequest {
		news := properties(delay)
		delete(news, "id")
		return &pulumirpc.DiffRequest{Id: target("blue"), Urn: urn(targetGroup), Olds: fields(properties(60)), News: fields(news)}
	}
	for delay, want := range map[int]bool{60: false, 30: true} {
		diff, err := server(t).Diff(t.Context(), inputs(delay))
		if err != nil {
			t.Fatal(err)
		}
		if _, found := diff.DetailedDiff["deregistrationDelay"]; found != want {
			t.Errorf("diff of a delay of %d, after 60 = %v; want one of it: %t", delay, diff.DetailedDiff, want)
		}
	}
}

func TestWhatComesBackForANumber(t *testing.T) {
	t.Parallel()
	layers, err := bridge.Layers(t.Context(), start)
	if err != nil {
		t.Fatal(err)
	}
	transform := bridge.Info(t.Context(), layers).Resources["aws_lb_target_group"].TransformOutputs
	unknown := resource.MakeComputed(resource.NewProperty(""))
	for name, c := range map[string]struct{ read, want resource.PropertyValue }{
		"a number":  {resource.NewProperty("300"), resource.NewProperty(300.0)},
		"zero":      {resource.NewProperty("0"), resource.NewProperty(0.0)},
		"nothing":   {resource.NewProperty(""), resource.NewNullProperty()},
		"null":      {resource.NewNullProperty(), resource.NewNullProperty()},
		"unknown":   {unknown, unknown},
		"a secret":  {resource.MakeSecret(resource.NewProperty("5")), resource.MakeSecret(resource.NewProperty(5.0))},
		"converted": {resource.NewProperty(7.0), resource.NewProperty(7.0)},
	} {
		outputs := resource.PropertyMap{"deregistrationDelay": c.read, "name": resource.NewProperty("12")}
		got, err := transform(t.Context(), outputs)
		if err != nil || !got["deregistrationDelay"].DeepEquals(c.want) {
			t.Errorf("%s: %v was read as %v (%v), want %v", name, c.read, got["deregistrationDelay"], err, c.want)
		}
		if !got["name"].DeepEquals(outputs["name"]) || !outputs["deregistrationDelay"].DeepEquals(c.read) {
			t.Errorf("%s: another property, or the given map, was changed", name)
		}
	}
	if _, err := transform(t.Context(), resource.PropertyMap{"deregistrationDelay": resource.NewProperty("soon")}); err == nil {
		t.Error("a delay that is no number was taken")
	}
}
