package record

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/graph"
)

const getParameter = "aws:ssm/getParameter:getParameter"

// imageParameter tells by its path that a parameter holds an AMI, as AWS's own do
// (/aws/service/ami-amazon-linux-latest/..., /aws/service/.../image_id) and as an
// account's should (/platform/golden-image).
var imageParameter = regexp.MustCompile(`(?:^|[/_.-])(?:ami|image)s?(?:[/_.-]|$)`)

// Call refuses functions: a program whose graph is the same on every machine
// takes what it needs from configuration. The one exception is the AMI that a
// Systems Manager parameter holds, which only a deployment can know and no graph
// turns on: it is made up, and the same for the same region and parameter.
func (r *recorder) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	name := args.Args["name"]
	if args.Token == getParameter && name.IsString() && imageParameter.MatchString(name.StringValue()) {
		return r.image(args.Provider, name.StringValue())
	}
	return nil, fmt.Errorf("%s: the offline graph answers no functions: take the value from configuration", args.Token)
}

// image answers with what AWS answers of a parameter that holds an AMI.
func (r *recorder) image(provider, name string) (resource.PropertyMap, error) {
	r.mu.Lock()
	at, known := r.places[graph.ProviderURN(provider)]
	r.mu.Unlock()
	if !known {
		return nil, fmt.Errorf("%s: %s: no explicit aws provider: pass one by pulumi.Parent or pulumi.Provider, or the region is left to chance", getParameter, name)
	}
	ami := "ami-" + hash(at.region+name, 17)
	return resource.NewPropertyMapFromMap(map[string]any{
		"id": name, "name": name, "type": "String", "version": 1, "value": ami, "insecureValue": ami, "withDecryption": false,
		"arn": fmt.Sprintf("arn:%s:ssm:%s:%s:parameter/%s", at.partition, at.region, at.account, strings.TrimPrefix(name, "/")),
	}), nil
}
