package conformance_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"aws-platform/pkg/baseline/audit/conformance"
	"aws-platform/pkg/config"
	"aws-platform/pkg/engines"
)

// template is all that a pack may have: an unknown field fails the test.
type template struct {
	Parameters map[string]parameter `yaml:"Parameters"`
	Resources  map[string]resource  `yaml:"Resources"`
}

type parameter struct {
	Type    string `yaml:"Type"`
	Default string `yaml:"Default"`
}

type resource struct {
	Type       string `yaml:"Type"`
	Properties struct {
		ConfigRuleName  string `yaml:"ConfigRuleName"`
		Description     string `yaml:"Description"`
		InputParameters map[string]struct {
			Ref string `yaml:"Ref"`
		} `yaml:"InputParameters"`
		Scope struct {
			ComplianceResourceTypes []string `yaml:"ComplianceResourceTypes"`
		} `yaml:"Scope"`
		Source struct {
			Owner            string `yaml:"Owner"`
			SourceIdentifier string `yaml:"SourceIdentifier"`
		} `yaml:"Source"`
	} `yaml:"Properties"`
}

func packs() []conformance.Pack {
	return []conformance.Pack{conformance.For(true), conformance.For(false)}
}

func read(t *testing.T, pack conformance.Pack) template {
	t.Helper()
	var parsed template
	decoder := yaml.NewDecoder(strings.NewReader(pack.Template))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&parsed))
	return parsed
}

// managed are the identifiers of AWS' rules, each with its parameters.
func managed(t *testing.T) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/managed-rules.txt")
	require.NoError(t, err)
	rules := map[string][]string{}
	for line := range strings.Lines(string(raw)) {
		if words := strings.Fields(line); words[0] != "#" {
			rules[words[0]] = words[1:]
		}
	}
	require.Greater(t, len(rules), 700)
	return rules
}

func TestAPackIsWithinWhatAWSConfigTakes(t *testing.T) {
	for _, pack := range packs() {
		assert.Regexp(t, `^[a-zA-Z][-a-zA-Z0-9]*$`, pack.Name)
		assert.LessOrEqual(t, len(pack.Template), conformance.LongestTemplate, pack.Name)
		rules := read(t, pack).Resources
		assert.LessOrEqual(t, len(rules), conformance.MostRules, pack.Name)
		assert.GreaterOrEqual(t, len(rules), 50, pack.Name)
		assert.Contains(t, pack.Template, "AWS Config Developer Guide", "%s names its source", pack.Name)
	}
}

func TestEveryRuleIsManagedByAWSAndThereOnce(t *testing.T) {
	known := managed(t)
	for _, pack := range packs() {
		names, identifiers := map[string]bool{}, map[string]bool{}
		for logical, resource := range read(t, pack).Resources {
			rule := resource.Properties
			assert.Equal(t, "AWS::Config::ConfigRule", resource.Type, logical)
			assert.Equal(t, "AWS", rule.Source.Owner, logical)
			assert.Contains(t, known, rule.Source.SourceIdentifier, logical)
			assert.Regexp(t, `^[a-z0-9-]{1,64}$`, rule.ConfigRuleName, logical)
			assert.NotEmpty(t, rule.Description, logical)
			assert.False(t, names[rule.ConfigRuleName] || identifiers[rule.Source.SourceIdentifier], "%s is there twice", logical)
			names[rule.ConfigRuleName], identifiers[rule.Source.SourceIdentifier] = true, true
		}
	}
}

func TestParametersAreTheRulesOwnAndResolve(t *testing.T) {
	known := managed(t)
	for _, pack := range packs() {
		parsed := read(t, pack)
		unused := maps.Clone(parsed.Parameters)
		for logical, resource := range parsed.Resources {
			given := resource.Properties.InputParameters
			for name, value := range given {
				assert.True(t, slices.Contains(known[resource.Properties.Source.SourceIdentifier], name) ||
					slices.Contains(known[resource.Properties.Source.SourceIdentifier], "!"+name), "%s has no parameter %s", logical, name)
				assert.Contains(t, parsed.Parameters, value.Ref, logical)
				delete(unused, value.Ref)
			}
			for _, name := range known[resource.Properties.Source.SourceIdentifier] {
				if needed, is := strings.CutPrefix(name, "!"); is {
					assert.Contains(t, given, needed, logical)
				}
			}
		}
		assert.Empty(t, unused, "%s: a parameter that nothing reads", pack.Name)
		for name, parameter := range parsed.Parameters {
			assert.Equal(t, "String", parameter.Type, name)
			assert.NotEmpty(t, parameter.Default, name)
		}
	}
}

func TestEveryRuleOfPCINamesItsRequirement(t *testing.T) {
	requirement := regexp.MustCompile(`^PCI DSS v4\.0\.1: ([1-9]|1[0-2])(\.[0-9]+){2}(, ([1-9]|1[0-2])(\.[0-9]+){2})*( \*)?$`)
	for logical, resource := range read(t, conformance.For(true)).Resources {
		assert.Regexp(t, requirement, resource.Properties.Description, logical)
	}
}

func TestCostAllocationTagsAreRequiredInBoth(t *testing.T) {
	tags := config.Account{Environment: config.Dev}.ProviderTags()
	for _, pack := range packs() {
		parsed := read(t, pack)
		rule := parsed.Resources["RequiredTags"].Properties
		require.Equal(t, "REQUIRED_TAGS", rule.Source.SourceIdentifier)
		var keys []string
		for _, value := range rule.InputParameters {
			keys = append(keys, parsed.Parameters[value.Ref].Default)
		}
		assert.ElementsMatch(t, slices.Collect(maps.Keys(tags)), keys, "the tags that every resource has")
		assert.Contains(t, rule.Scope.ComplianceResourceTypes, "AWS::EC2::Instance")
	}
}

func TestTheOldestKubernetesIsOneThatThePlatformKnows(t *testing.T) {
	_, known := engines.Find(engines.Kubernetes, read(t, conformance.For(true)).Parameters["KubernetesVersion"].Default)
	assert.True(t, known)
}
