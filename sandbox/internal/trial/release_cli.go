package trial

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"aws-platform/sandbox/internal/verify"
)

// services are what the AWS CLI calls a service where that is not its SDK's name.
var services = map[string]string{"s3": "s3api", "codedeploy": "deploy"}

// The places where the AWS CLI puts a hyphen into the name of an API (botocore's
// xform_name): before a capital with small letters behind it, and after a small
// letter or a digit.
var (
	beforeWord = regexp.MustCompile(`(.)([A-Z][a-z]+)`)
	afterWord  = regexp.MustCompile(`([a-z0-9])([A-Z])`)
)

// kebab is what the AWS CLI calls an API: DescribeAutoScalingGroups is
// describe-auto-scaling-groups.
func kebab(api string) string {
	return strings.ToLower(afterWord.ReplaceAllString(beforeWord.ReplaceAllString(api, "$1-$2"), "$1-$2"))
}

// command is the AWS CLI's command line of an API call.
func command(service, api string, input any) ([]string, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return nil, err
	}
	if name, differs := services[service]; differs {
		service = name
	}
	return []string{service, kebab(api), "--cli-input-json", string(text)}, nil
}

// callerOf calls APIs in the account of an environment.
func callerOf(collector verify.Collector, environment string) caller {
	return func(ctx context.Context, out any, service, api string, input any) error {
		if api == "UpdateAutoScalingGroup" {
			if err := keepPolicy(ctx, collector, environment, input); err != nil {
				return err
			}
		}
		args, err := command(service, api, input)
		switch {
		case err != nil:
			return err
		case out == nil:
			return collector.Run(ctx, environment, args...)
		default:
			return collector.Ask(ctx, out, environment, args...)
		}
	}
}

// keepPolicy adds the mixed instances policy that an auto scaling group has to the
// request: moto 5.2.1 drops it from a group that is updated without, AWS keeps it.
func keepPolicy(ctx context.Context, collector verify.Collector, environment string, input any) error {
	request, ok := input.(map[string]any)
	if !ok {
		return fmt.Errorf("UpdateAutoScalingGroup: found input %v, wanted a map", input)
	}
	if _, given := request["MixedInstancesPolicy"]; given {
		return nil
	}
	var policies []map[string]any
	if err := collector.Ask(ctx, &policies, environment, "autoscaling", "describe-auto-scaling-groups",
		"--auto-scaling-group-names", fmt.Sprint(request["AutoScalingGroupName"]), "--query", "AutoScalingGroups[].MixedInstancesPolicy"); err != nil {
		return err
	}
	if len(policies) != 1 {
		return fmt.Errorf("auto scaling group %v: found mixed instances policies %v, wanted one", request["AutoScalingGroupName"], policies)
	}
	if template, ok := policies[0]["LaunchTemplate"].(map[string]any); ok {
		if by, ok := template["LaunchTemplateSpecification"].(map[string]any); ok {
			delete(by, "LaunchTemplateName") // an answer has both, a request one of them
		}
	}
	request["MixedInstancesPolicy"] = policies[0]
	return nil
}
