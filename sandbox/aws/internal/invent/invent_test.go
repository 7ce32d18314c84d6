package invent_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/invent"
)

var place = invent.Place{Account: "111111111111", Region: "us-east-1"}

// unknowns is an object of unknown attributes of the given types.
func unknowns(types map[string]tftypes.Type) tftypes.Value {
	all := map[string]tftypes.Value{}
	for name, t := range types {
		all[name] = tftypes.NewValue(t, tftypes.UnknownValue)
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, all)
}

func fill(t *testing.T, r invent.Resource, value tftypes.Value, shapes map[string]invent.Shape) map[string]tftypes.Value {
	t.Helper()
	filled, err := r.Fill(value, shapes)
	if err != nil {
		t.Fatal(err)
	}
	if !filled.IsFullyKnown() {
		t.Fatalf("something is still unknown: %s", filled)
	}
	all := map[string]tftypes.Value{}
	if err := filled.As(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestStringsHaveTheShapeOfTheirName(t *testing.T) {
	t.Parallel()
	text := tftypes.String
	got := fill(t, invent.Resource{Type: "aws_msk_configuration", Place: place}, unknowns(map[string]tftypes.Type{
		"id": text, "arn": text, "role_arn": text, "vpc_region": text, "owner_id": text, "state": text,
	}), nil)
	for name, want := range map[string]string{
		"id":         `^msk-configuration-[0-9a-f]{17}$`,
		"arn":        `^arn:aws:msk:us-east-1:111111111111:configuration/[0-9a-f]{17}$`,
		"role_arn":   `^arn:aws:msk:us-east-1:111111111111:configuration/[0-9a-f]{17}$`,
		"vpc_region": `^us-east-1$`,
		"owner_id":   `^111111111111$`,
		"state":      `^msk-configuration-[0-9a-f]{17}$`,
	} {
		var value string
		if err := got[name].As(&value); err != nil || !regexp.MustCompile(want).MatchString(value) {
			t.Errorf("%s = %q (%v), want %s", name, value, err, want)
		}
	}
}

func TestOtherTypesAreZero(t *testing.T) {
	t.Parallel()
	list := tftypes.List{ElementType: tftypes.String}
	got := fill(t, invent.Resource{Type: "aws_thing"}, unknowns(map[string]tftypes.Type{
		"number": tftypes.Number, "flag": tftypes.Bool, "list": list, "map": tftypes.Map{ElementType: tftypes.String},
	}), nil)
	for name, want := range map[string]tftypes.Value{
		"number": tftypes.NewValue(tftypes.Number, 0),
		"flag":   tftypes.NewValue(tftypes.Bool, false),
		"list":   tftypes.NewValue(list, []tftypes.Value{}),
		"map":    tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{}),
	} {
		if !got[name].Equal(want) {
			t.Errorf("%s = %s, want %s", name, got[name], want)
		}
	}
}

func TestShapesWinOverNames(t *testing.T) {
	t.Parallel()
	known := map[string]tftypes.Value{
		"zone_id": tftypes.NewValue(tftypes.String, "Z1"), "vpc_id": tftypes.NewValue(tftypes.String, "vpc-1"),
	}
	r := invent.Resource{Type: "aws_route53_zone_association", Place: place, Known: known}
	got := fill(t, r, unknowns(map[string]tftypes.Type{"id": tftypes.String, "owning": tftypes.String}),
		map[string]invent.Shape{"id": invent.Joined(":", "zone_id", "vpc_id"), "owning": invent.Account})
	for name, want := range map[string]string{"id": "Z1:vpc-1", "owning": "111111111111"} {
		if !got[name].Equal(tftypes.NewValue(tftypes.String, want)) {
			t.Errorf("%s = %s, want %s", name, got[name], want)
		}
	}
}

func TestShapesOfNames(t *testing.T) {
	t.Parallel()
	r := invent.Resource{Type: "aws_codedeploy_deployment_group", Place: place, Known: map[string]tftypes.Value{
		"app_name": tftypes.NewValue(tftypes.String, "app"), "name": tftypes.NewValue(tftypes.String, "blue"),
	}}
	for got, want := range map[string]string{
		invent.Named("name")(r):      `^blue$`,
		invent.Constant("Server")(r): `^Server$`,
		invent.UUID(r):               `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
		invent.ARN("codedeploy", "deploymentgroup:", "app_name", "name")(r): `^arn:aws:codedeploy:us-east-1:111111111111:deploymentgroup:app/blue$`,
	} {
		if !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%q, want %s", got, want)
		}
	}
	if other := (invent.Resource{Type: r.Type, Place: place}); invent.UUID(other) == invent.UUID(r) {
		t.Error("two resources have the same UUID")
	}
}

func TestSameResourceSameValueOtherResourceOtherValue(t *testing.T) {
	t.Parallel()
	id := func(name, account string) tftypes.Value {
		r := invent.Resource{
			Type: "aws_thing", Place: invent.Place{Account: account, Region: "us-east-1"},
			Known: map[string]tftypes.Value{"name": tftypes.NewValue(tftypes.String, name)},
		}
		return fill(t, r, unknowns(map[string]tftypes.Type{"id": tftypes.String}), nil)["id"]
	}
	if !id("a", "1").Equal(id("a", "1")) {
		t.Error("the same resource has two IDs")
	}
	if id("a", "1").Equal(id("b", "1")) || id("a", "1").Equal(id("a", "2")) {
		t.Error("two resources have the same ID")
	}
}
