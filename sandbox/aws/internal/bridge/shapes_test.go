package bridge_test

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/encoding/protojson"
)

// TestObjectsAndListsOfTheSDK previews a creation: each nested object and list comes back in
// the form in which the SDK sent it. Empty objects are there, because they say something.
func TestObjectsAndListsOfTheSDK(t *testing.T) {
	t.Parallel()
	for token, inputs := range shapes() {
		checked, failures := check(t, token, inputs)
		if len(failures) > 0 {
			t.Errorf("%s: %v", token, failures)
			continue
		}
		planned, err := server(t).Create(t.Context(), &pulumirpc.CreateRequest{Urn: urn(token), Properties: checked, Preview: true})
		if err != nil {
			t.Errorf("%s: %v", token, err)
			continue
		}
		if lost := missing(inputs, planned.Properties.AsMap(), token); len(lost) > 0 {
			t.Errorf("lost: %v\nplanned: %s", lost, protojson.Format(planned.Properties))
		}
	}
}

// shapes are inputs whose form the bridge could not guess.
func shapes() map[string]values {
	visible := values{"cloudwatchMetricsEnabled": true, "metricName": "m", "sampledRequestsEnabled": false}
	rule := func(name string, priority int, how string, action, statement values) values {
		return values{"name": name, "priority": priority, how: action, "statement": statement, "visibilityConfig": visible}
	}
	return map[string]values{
		"aws:wafv2/webAcl:WebAcl": {
			"name": "acl", "scope": "REGIONAL", "defaultAction": values{"allow": values{}}, "visibilityConfig": visible,
			"rules": []any{
				rule("rate", 1, "action", values{"block": values{}},
					values{"rateBasedStatement": values{"aggregateKeyType": "IP", "limit": 2000, "evaluationWindowSec": 300}}),
				rule("common", 2, "overrideAction", values{"none": values{}},
					values{"managedRuleGroupStatement": values{"vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet"}}),
				rule("nested", 3, "action", values{"count": values{}},
					values{"notStatement": values{"statements": []any{values{"geoMatchStatement": values{"countryCodes": []any{"DE"}}}}}}),
			},
		},
		"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": {
			"bucket": "b", "rules": []any{values{
				"id": "all", "status": "Enabled", "filter": values{"prefix": ""},
				"transitions":                 []any{values{"days": 0, "storageClass": "INTELLIGENT_TIERING"}},
				"expiration":                  values{"days": 90},
				"noncurrentVersionExpiration": values{"noncurrentDays": 30}, "abortIncompleteMultipartUpload": values{"daysAfterInitiation": 7},
			}},
		},
		"aws:lb/listener:Listener": {
			"loadBalancerArn": loadBalancer, "port": 443, "protocol": "HTTPS", "certificateArn": "arn:aws:acm:us-east-1:111111111111:certificate/c",
			"defaultActions": []any{values{"type": "forward", "forward": values{"targetGroups": []any{
				values{"arn": target("blue"), "weight": 100}, values{"arn": target("green"), "weight": 0},
			}}}},
		},
		"aws:cloudwatch/metricAlarm:MetricAlarm": {
			"name": "alarm", "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "threshold": 5,
			"metricQueries": []any{
				values{"id": "e", "metric": values{"metricName": "Errors", "namespace": "AWS/ApplicationELB", "period": 60, "stat": "Sum"}},
				values{"id": "p", "expression": "e * 1", "returnData": true},
			},
		},
		"aws:route53/record:Record": {
			"zoneId": "Z1", "name": "app.example.com", "type": "A",
			"aliases": []any{values{"name": "lb.example.com", "zoneId": "Z2", "evaluateTargetHealth": true}},
		},
	}
}

const loadBalancer = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/l/0123456789abcdef"

func target(color string) string {
	return "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/" + color + "/0123456789abcdef"
}
