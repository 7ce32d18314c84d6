package config

import (
	"fmt"
	"strings"
	"testing"
)

const peeringBase = `config:
  platform-peering:peers:
    a: {stack: a, region: us-east-1, roleArn: "arn:aws:iam::111111111111:role/platform-peering"}
    b: {stack: b, region: eu-west-1, roleArn: "arn:aws:iam::222222222222:role/platform-peering"}
    c: {stack: acme/platform/c, region: us-east-1, dnsResolution: false, additionalRoutes: false}
  platform-peering:matrix:
    a: [b]
    b: [c]
  platform-peering:tags: {project: platform, costCenter: "1234", dataClassification: internal, owner: platform-team}
`

const (
	peeringKeys = "remove it or correct its spelling: platform-peering:peers, platform-peering:matrix, platform-peering:tags"
	notAPeer    = ": is not one of peers: add it to peers or remove it; peers has a, b, c"
)

var peeringCases = []struct {
	rule, old, wrong, right string
	lines                   []string
}{
	{"peeringPeerName", "    c: {stack", "    c_: {stack", "    c: {stack", []string{
		`matrix[b][0]: c: is not one of peers: add it to peers or remove it; peers has a, b, c_`,
		`peers[c_]: c_: is not the name of an environment: use lower-case letters, digits and dashes`,
	}},
	{"peeringStack", "stack: a,", "", "stack: a,", []string{`peers[a].stack: none: is required: name the environment's stack, as in production`}},
	{"peeringStack", "acme/platform/c", "acme/c", "c", []string{`peers[c].stack: acme/c: is not the name of a stack: write <stack> or <organization>/<project>/<stack>`}},
	{"peeringStackOnce", "stack: b,", "stack: a,", "stack: b2,", []string{`peers[b].stack: a: is the stack of peers[a] already: remove one of the two`}},
	{"peeringRegion", "region: eu-west-1, ", "", "region: eu-west-2, ", []string{`peers[b].region: none: is required: set the region, as in us-east-1`}},
	{"peeringRegion", "region: eu-west-1", `region: ""`, "region: eu-west-2", []string{`peers[b].region: none: is required: set the region, as in us-east-1`}},
	{"peeringRegion", "region: eu-west-1", "region: europe", "region: eu-central-1", []string{
		`peers[b].region: europe: is not a region of AWS or AWS GovCloud: write its code, as in us-east-1`}},
	{"peeringRole", "arn:aws:iam::222222222222:role/platform-peering", "arn:aws:iam::2222:role/platform-peering", "arn:aws:iam::222222222222:role/x/y", []string{
		`peers[b].roleArn: arn:aws:iam::2222:role/platform-peering: ` + roleWrong}},
	{"peeringRole", "arn:aws:iam::222222222222:role/platform-peering", "arn:aws-us-gov:iam::222222222222:role/p", "arn:aws:iam::222222222222:role/p", []string{
		`peers[b].roleArn: arn:aws-us-gov:iam::222222222222:role/p: is a role of the partition aws-us-gov, and eu-west-1 is in aws: name a role of the partition aws`}},
	{"matrixKnown", "a: [b]", "a: [b, d]", "a: [b, c]", []string{`matrix[a][1]: d` + notAPeer}},
	{"matrixKnown", "b: [c]", "d: [c]", "c: []", []string{`matrix[d]: d` + notAPeer}},
	{"matrixSelf", "a: [b]", "a: [b, a]", "a: [b, c]", []string{`matrix[a][1]: a: would be peered with itself: remove it`}},
	{"matrixSelf", "a: [b]", "a: [a, b, a]", "a: [c, b]", []string{
		`matrix[a][0]: a: would be peered with itself: remove it`, `matrix[a][2]: a: would be peered with itself: remove it`}},
	{"matrixPairOnce", "a: [b]", "a: [b, b]", "a: [b, c]", []string{`matrix[a][1]: b: is listed already, at matrix[a][0]: remove one`}},
	{"matrixPairOnce", "b: [c]", "b: [c, a]", "b: [c]\n    c: [a]", []string{
		`matrix[b][1]: a: is the other direction of matrix[a][0], and a peering works both ways: remove one`}},
	{"tags", "owner: platform-team", `owner: ""`, "owner: x", []string{`tags.owner: "": is empty or missing: every resource carries this tag: give it a value`}},
	{"unknown section", "  platform-peering:matrix:", "  platform-peering:matrx: {}\n  platform-peering:matrix:", "  platform-peering:matrix:", []string{
		"matrx: unknown key: " + wouldIgnore + peeringKeys}},
	{"unknown key", "dnsResolution: false", "dns: false", "dnsResolution: true", []string{"peers[c].dns: unknown key: " + wouldIgnore + allKeys}},
	{"wrong type", "dnsResolution: false", "dnsResolution: 0", "dnsResolution: true", []string{
		"peers[c].dnsResolution: 0: is not a boolean: write true or false, without quotes"}},
	{"empty value", "dnsResolution: false", "dnsResolution: null", "dnsResolution: true", []string{"peers[c].dnsResolution" + emptyValue}},
	{"text for a list", "a: [b]", "a: b", "a: [b]", []string{"matrix[a]: b" + asList}},
	{"provider's key", "  platform-peering:matrix:", "  aws:region: us-east-1\n  platform-peering:matrix:", "  platform-peering:matrix:", []string{
		"aws:region: unknown key: would be ignored: the program uses explicit providers: name the region and the role of each peer in peers"}},
}

func TestPeeringReportsAndNearMissPasses(t *testing.T) {
	for _, c := range peeringCases {
		t.Run(c.rule+"/"+c.wrong, func(t *testing.T) {
			if strings.Count(peeringBase, c.old) != 1 {
				t.Fatalf("%q occurs %d times in the base", c.old, strings.Count(peeringBase, c.old))
			}
			_, err := DecodePeering(parse(t, "peering", strings.Replace(peeringBase, c.old, c.wrong, 1)))
			expect(t, err, c.lines)
			if _, err := DecodePeering(parse(t, "peering", strings.Replace(peeringBase, c.old, c.right, 1))); err != nil {
				t.Errorf("right input %q is refused:\n%v", c.right, err)
			}
		})
	}
}

func TestPeeringDefaults(t *testing.T) {
	peering, err := DecodePeering(parse(t, "peering", peeringBase))
	if err != nil {
		t.Fatal(err)
	}
	if a := peering.Peers["a"]; !a.DNSResolution || !a.AdditionalRoutes {
		t.Errorf("a: %+v, wanted both true by default", a)
	}
	if c := peering.Peers["c"]; c.DNSResolution || c.AdditionalRoutes || c.RoleARN != "" {
		t.Errorf("c: %+v, wanted both false and no role", c)
	}
	if tags := peering.ProviderTags("a"); tags["Environment"] != "a" || tags["Owner"] != "platform-team" {
		t.Errorf("tags %v", tags)
	}
}

// star is a matrix in which one VPC is peered with so many others.
func star(peerings int) Peering {
	peering := Peering{
		Peers:  map[string]PeeringPeer{"hub": {Stack: "hub", Region: "us-east-1"}},
		Matrix: map[string][]string{},
		Tags:   Tags{Project: "p", CostCenter: "c", DataClassification: "d", Owner: "o"},
	}
	for i := range peerings {
		name := fmt.Sprintf("spoke-%d", i)
		peering.Peers[name] = PeeringPeer{Stack: name, Region: "us-east-1"}
		if i%2 == 0 {
			peering.Matrix["hub"] = append(peering.Matrix["hub"], name)
			continue
		}
		peering.Matrix[name] = []string{"hub"}
	}
	return peering
}

func TestPeeringQuota(t *testing.T) {
	if problems := star(125).Validate(); len(problems) > 0 {
		t.Errorf("125 peerings are refused: %v", problems)
	}
	want := `peers[hub]: 126 peerings: is more than one VPC can have (AWS quota "Active VPC peering connections per VPC": 50 by default, 125 at most): connect the environments by a Transit Gateway`
	if got := star(126).Validate().Error(); got != want {
		t.Errorf("got:\n%s\nwanted:\n%s", got, want)
	}
}

func TestPeeringNothingConfigured(t *testing.T) {
	_, err := DecodePeering(nil)
	expect(t, err, []string{
		"matrix: none: is required: set platform-peering:matrix in the stack file",
		"peers: none: is required: set platform-peering:peers in the stack file",
		"tags: none: is required: set platform-peering:tags in the stack file",
	})
}

// TestPeersMissing says nothing of the matrix, whose names cannot be known.
func TestPeersMissing(t *testing.T) {
	values := parse(t, "peering", peeringBase)
	delete(values, "platform-peering:peers")
	_, err := DecodePeering(values)
	expect(t, err, []string{"peers: none: is required: set platform-peering:peers in the stack file"})
}
