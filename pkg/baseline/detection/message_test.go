package detection_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// samples are events as AWS documents them, in the parts that are read; titles have what
// would break a message.
var samples = map[string]string{
	"security-hub": `{"account":"222222222222","region":"us-east-1","time":"2026-11-26T08:00:00Z","detail":{"findings":[{
		"Id":"arn:aws:securityhub:us-east-1:222222222222:security-control/S3.8/finding/1","Title":"S3 buckets should \"block\" public access","Description":"Line one\nline two \\ with a backslash",
		"Severity":{"Label":"HIGH"},"Resources":[{"Type":"AwsS3Bucket","Id":"arn:aws:s3:::bucket"}]}]}}`,
	"guardduty": `{"account":"222222222222","region":"us-east-1","time":"2026-11-26T08:00:00Z","detail":{"severity":8,"title":"Instance talks to a \"miner\"","description":"d",
		"resource":{"resourceType":"Instance"},"arn":"arn:aws:guardduty:us-east-1:222222222222:detector/1/finding/2"}}`,
	"inspector": `{"account":"222222222222","region":"us-east-1","time":"2026-11-26T08:00:00Z","detail":{"severity":"HIGH","title":"CVE-2026-1 - openssl","description":"\n It was discovered",
		"resources":[{"id":"arn:aws:ecr:us-east-1:222222222222:repository/web/sha256:1","type":"AWS_ECR_CONTAINER_IMAGE"}],"findingArn":"arn:aws:inspector2:us-east-1:222222222222:finding/1"}}`,
	"access": `{"account":"222222222222","region":"us-east-1","time":"2026-11-26T08:00:00Z","detail":{"resource":"arn:aws:s3:::bucket","resourceType":"AWS::S3::Bucket",
		"principal":{"AWS":"999988887777"},"id":"22222222-dcba-4444-dcba-333333333333"}}`,
	"macie": `{"account":"222222222222","region":"us-east-1","time":"2026-11-26T08:00:00Z","detail":{"id":"1","title":"The S3 object contains financial information","description":"d",
		"severity":{"score":2,"description":"Medium"},"resourcesAffected":{"s3Bucket":{"arn":"arn:aws:s3:::bucket"}}}}`,
}

// A message says what, how grave, where, where to look and what to do, in a form that a chat shows.
func TestMessagesCanBeRead(t *testing.T) {
	_, targets := rules(t)
	for name, want := range map[string][]string{
		"security-hub": {"Finding of Security Hub in the account of production-pci, severity HIGH", `S3 buckets should "block" public access`, "arn:aws:s3:::bucket"},
		"guardduty":    {"Finding of GuardDuty in the account of production-pci, severity 8", `Instance talks to a "miner"`, "Instance"},
		"inspector":    {"Finding of Inspector in the account of production-pci, severity HIGH", "CVE-2026-1 - openssl", "arn:aws:ecr:us-east-1:222222222222:repository/web/sha256:1"},
		"access":       {"Finding of IAM Access Analyzer in the account of production-pci", "Somebody outside the account can reach arn:aws:s3:::bucket", "arn:aws:s3:::bucket"},
		"macie":        {"Finding of Macie in the account of production-pci, severity Medium", "The S3 object contains financial information", "arn:aws:s3:::bucket"},
	} {
		transformer := targets[name].Inputs["inputTransformer"].(map[string]any)
		text := transform(t, transformer, samples[name])
		var sent struct {
			Version, Source string
			Content         struct {
				TextType, Title, Description string
				NextSteps, Keywords          []string
			}
			Metadata struct {
				Summary           string
				RelatedResources  []string
				AdditionalContext struct{ Finding string }
			}
		}
		require.NoError(t, json.Unmarshal([]byte(text), &sent), text)
		assert.Equal(t, []string{"1.0", "custom", "client-markdown"}, []string{sent.Version, sent.Source, sent.Content.TextType})
		assert.Equal(t, want, append([]string{sent.Content.Title, sent.Content.Description}, sent.Metadata.RelatedResources...), name)
		assert.NotEmpty(t, sent.Metadata.Summary)
		assert.NotEmpty(t, sent.Metadata.AdditionalContext.Finding)
		assert.Equal(t, []string{"Account 222222222222", "Region us-east-1", "2026-11-26T08:00:00Z"}, sent.Content.Keywords)
		assert.Regexp(t, `^Finding: https://us-east-1\.console\.aws\.amazon\.com/[a-z0-9/-]+/home\?region=us-east-1#/?findings$`, sent.Content.NextSteps[1])
		assert.Regexp(t, `^Runbook: https://example\.com/runbooks/[a-z-]+\.md$`, sent.Content.NextSteps[0])
	}
}

func TestTheConsoleIsThatOfThePartition(t *testing.T) {
	args := whole()
	args.Region, args.Partition = "us-gov-west-1", "aws-us-gov"
	target := one(t, plan(t, args), "aws:cloudwatch/eventTarget:EventTarget", "x-findings-security-hub")
	assert.Contains(t, target.Inputs["inputTransformer"].(map[string]any)["inputTemplate"], "https://us-gov-west-1.console.amazonaws-us-gov.com/securityhub/home?region=us-gov-west-1#/findings")
}

// transform is EventBridge's: a value that stands by itself is put as JSON, one within quotes
// as it is.
func transform(t *testing.T, transformer map[string]any, sample string) string {
	t.Helper()
	var event any
	require.NoError(t, json.Unmarshal([]byte(sample), &event))
	paths, unused := transformer["inputPaths"].(map[string]any), map[string]bool{}
	for name := range paths {
		unused[name] = true
	}
	var text strings.Builder
	quoted, rest := false, transformer["inputTemplate"].(string)
	for rest != "" {
		name, after, _ := strings.Cut(rest[1:], ">")
		if rest[0] != '<' {
			quoted = quoted != (rest[0] == '"')
			text.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		require.Contains(t, paths, name)
		value := at(event, paths[name].(string))
		require.NotNil(t, value, "%s is not in %s", paths[name], sample)
		delete(unused, name)
		bare, err := json.Marshal(value)
		require.NoError(t, err)
		if quoted {
			bare = []byte(fmt.Sprint(value))
		}
		text.Write(bare)
		rest = after
	}
	assert.Empty(t, unused, "read and not told")
	return text.String()
}

// at follows a path of names and indexes.
func at(value any, path string) any {
	for _, step := range regexp.MustCompile(`[A-Za-z0-9]+`).FindAllString(path, -1) {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			i, _ := strconv.Atoi(step)
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func TestTemplatesAreWithinEventBridgesLimits(t *testing.T) {
	patterns, targets := rules(t)
	for name, target := range targets {
		assert.Less(t, len(target.Inputs["inputTransformer"].(map[string]any)["inputTemplate"].(string)), 8192, name)
		text, err := json.Marshal(patterns[name])
		require.NoError(t, err)
		assert.Less(t, len(text), 2048, name)
	}
}
