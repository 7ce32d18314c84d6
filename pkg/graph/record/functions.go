package record

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/graph"
)

const (
	getParameter     = "aws:ssm/getParameter:getParameter"
	getSecret        = "aws:secretsmanager/getSecret:getSecret"
	getSecretVersion = "aws:secretsmanager/getSecretVersion:getSecretVersion"
)

// SecretURL is what every secret of Secrets Manager holds in a graph.
const SecretURL = "https://alarms.example.com/made-up-by-the-offline-graph" //nolint:gosec // a text that stands for one

// imageParameter tells by its path that a parameter holds an AMI, as AWS's own do
// (/aws/service/ami-amazon-linux-latest/..., /aws/service/.../image_id) and as an
// account's should (/platform/golden-image).
var imageParameter = regexp.MustCompile(`(?:^|[/_.-])(?:ami|image)s?(?:[/_.-]|$)`)

// Call refuses functions: a program whose graph is the same on every machine
// takes what it needs from configuration. The exceptions are what only a deployment can
// know and no graph turns on: the AMI that a Systems Manager parameter holds, which is
// made up, and the same for the same region and parameter; the ARN of a secret, which ends
// in what AWS chose; and the text of a secret, which is [SecretURL], and which a program that
// is right never shows.
func (r *recorder) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	name := args.Args["name"]
	if args.Token == getParameter && name.IsString() && imageParameter.MatchString(name.StringValue()) {
		return r.image(args.Provider, name.StringValue())
	}
	if args.Token == getSecret && name.IsString() {
		return r.secretWithoutText(args.Provider, name.StringValue())
	}
	if id := args.Args["secretId"]; args.Token == getSecretVersion && id.IsString() {
		return r.secret(args.Provider, id.StringValue())
	}
	return nil, fmt.Errorf("%s: the offline graph answers no functions: take the value from configuration", args.Token)
}

// image answers with what AWS answers of a parameter that holds an AMI.
func (r *recorder) image(provider, name string) (resource.PropertyMap, error) {
	at, err := r.place(provider, getParameter, name)
	if err != nil {
		return nil, err
	}
	ami := "ami-" + hash(at.region+name, 17)
	return resource.NewPropertyMapFromMap(map[string]any{
		"id": name, "name": name, "type": "String", "version": 1, "value": ami, "insecureValue": ami, "withDecryption": false,
		"arn": fmt.Sprintf("arn:%s:ssm:%s:%s:parameter/%s", at.partition, at.region, at.account, strings.TrimPrefix(name, "/")),
	}), nil
}

// secret answers with what AWS answers of a secret's current version.
func (r *recorder) secret(provider, name string) (resource.PropertyMap, error) {
	at, err := r.place(provider, getSecretVersion, name)
	if err != nil {
		return nil, err
	}
	version := uuid(at.region + name)
	return resource.NewPropertyMapFromMap(map[string]any{
		"id": name + "|AWSCURRENT", "secretId": name, "secretString": SecretURL, "secretBinary": "", "versionId": version,
		"versionStages": []any{"AWSCURRENT"}, "createdDate": "2026-01-01T00:00:00Z",
		"arn": fmt.Sprintf("arn:%s:secretsmanager:%s:%s:secret:%s-%s", at.partition, at.region, at.account, name, version[:6]),
	}), nil
}

// secretWithoutText answers with what AWS answers of a secret, but for what is in it.
func (r *recorder) secretWithoutText(provider, name string) (resource.PropertyMap, error) {
	at, err := r.place(provider, getSecret, name)
	if err != nil {
		return nil, err
	}
	arn := fmt.Sprintf("arn:%s:secretsmanager:%s:%s:secret:%s-%s", at.partition, at.region, at.account, name, hash(at.region+name, 6))
	return resource.NewPropertyMapFromMap(map[string]any{
		"id": arn, "arn": arn, "name": name, "description": "", "kmsKeyId": "", "policy": "", "tags": map[string]any{},
		"createdDate": "2026-01-01T00:00:00Z", "lastChangedDate": "2026-01-01T00:00:00Z",
	}), nil
}

// place is where the provider of a function works.
func (r *recorder) place(provider, token, name string) (place, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at, known := r.places[graph.ProviderURN(provider)]
	if !known {
		return place{}, fmt.Errorf("%s: %s: no explicit aws provider: pass one by pulumi.Parent or pulumi.Provider, or the region is left to chance", token, name)
	}
	return at, nil
}
