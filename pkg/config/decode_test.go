package config

import (
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

func TestDecodeBase(t *testing.T) {
	env, err := Decode(Production, parse(t, Production, base))
	if err != nil {
		t.Fatal(err)
	}
	if env.Name != Production || !env.Production() || env.PCI() {
		t.Errorf("name %q, production %t, PCI %t", env.Name, env.Production(), env.PCI())
	}
	if env.AWS.AccountID() != "111111111111" || env.AWS.Partition() != "aws" {
		t.Errorf("account %q, partition %q", env.AWS.AccountID(), env.AWS.Partition())
	}
	if got := env.Network.ZoneNames(); !slices.Equal(got, []string{"us-east-1a", "us-east-1b", "us-east-1c"}) {
		t.Errorf("zones %v", got)
	}
	if got := env.Network.Zones["us-east-1c"].App; got != netip.MustParsePrefix("10.20.128.0/19") {
		t.Errorf("app subnet of us-east-1c %v", got)
	}
	peer := env.Network.Peers[Staging]
	if peer.RuleIndex != 3 || peer.Zones["us-east-1a"].LoadBalancer != netip.MustParsePrefix("10.10.5.0/24") {
		t.Errorf("peer %+v", peer)
	}
	if !slices.Equal(env.Network.InterfaceEndpoints, []string{"ssm", "ecr.api"}) {
		t.Errorf("endpoints %v", env.Network.InterfaceEndpoints)
	}
}

func TestDefaults(t *testing.T) {
	for _, stack := range []string{Dev, Production, ProductionPCI} {
		text := strings.Replace(base, "devopsIpRanges: [203.0.113.0/24]", "{}", 1)
		text = strings.Replace(text, "    interfaceEndpoints: [ssm, ecr.api]\n", "", 1)
		env, err := Decode(stack, parse(t, stack, text))
		if err != nil {
			t.Fatal(err)
		}
		if len(env.Access.DevopsIPRanges) != 0 || len(env.Network.InterfaceEndpoints) != 0 {
			t.Errorf("%s: ranges %v, endpoints %v, wanted none", stack, env.Access.DevopsIPRanges, env.Network.InterfaceEndpoints)
		}
		if want := "pulumi-" + stack; env.AWS.AssumeRole.SessionName != want {
			t.Errorf("session name %q, wanted %q", env.AWS.AssumeRole.SessionName, want)
		}
	}
}

func TestNoRoleByDefault(t *testing.T) {
	text := strings.Replace(base, "  aws:assumeRole:\n    roleArn: arn:aws:iam::111111111111:role/platform-deploy\n", "", 1)
	env, err := Decode(Production, parse(t, Production, text))
	if err != nil {
		t.Fatal(err)
	}
	if env.AWS.AssumeRole != nil {
		t.Errorf("role %+v, wanted none", env.AWS.AssumeRole)
	}
}

func TestProviderTags(t *testing.T) {
	values := parse(t, Production, base)
	values["aws:defaultTags"] = `{"tags":{"Team":"x"}}`
	env, err := Decode(Production, values)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"Environment": "production", "ManagedBy": "pulumi", "Project": "platform", "CostCenter": "1234",
		"DataClassification": "internal", "Owner": "platform-team", "Team": "x",
	}
	got := env.ProviderTags()
	if len(got) != len(want) {
		t.Errorf("tags %v, wanted %v", got, want)
	}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("tag %s is %q, wanted %q", key, got[key], value)
		}
	}
	if len(env.AWS.DefaultTags) != 1 {
		t.Errorf("default tags of the stack changed: %v", env.AWS.DefaultTags)
	}
}

func TestPartition(t *testing.T) {
	for region, want := range map[string]string{"us-east-1": "aws", "us-gov-west-1": "aws-us-gov"} {
		if got := (AWS{Region: region}).Partition(); got != want {
			t.Errorf("partition of %s is %q, wanted %q", region, got, want)
		}
		var found Problems
		checkRegion("aws:region", region, &found)
		if len(found) > 0 {
			t.Error(found)
		}
	}
}

func TestErrorIsProblems(t *testing.T) {
	_, err := Decode("nowhere", nil)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		t.Fatalf("error %v of type %T", err, err)
	}
	if _, err := DecodePeering(nil); !errors.As(err, &problems) {
		t.Fatalf("error %v of type %T", err, err)
	}
}
