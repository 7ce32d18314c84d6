package addons_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/policy"
)

// published are the changing actions of the controller's published policy, v2.14
// (docs/install/iam_policy.json); two of them are ours.
var published = []string{
	"ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress", "ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup",
	"ec2:CreateTags", "ec2:DeleteTags", "iam:CreateServiceLinkedRole", "elasticloadbalancing:CreateLoadBalancer",
	"elasticloadbalancing:CreateTargetGroup", "elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteListener",
	"elasticloadbalancing:CreateRule", "elasticloadbalancing:DeleteRule", "elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags",
	"elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:SetIpAddressType", "elasticloadbalancing:SetSecurityGroups",
	"elasticloadbalancing:SetSubnets", "elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:ModifyTargetGroup",
	"elasticloadbalancing:ModifyTargetGroupAttributes", "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:SetWebAcl",
	"elasticloadbalancing:ModifyListener", "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:RemoveListenerCertificates",
	"elasticloadbalancing:ModifyRule", "elasticloadbalancing:SetRulePriorities", "elasticloadbalancing:ModifyCapacityReservation",
	"elasticloadbalancing:ModifyIpPools", "elasticloadbalancing:ModifyListenerAttributes", "wafv2:AssociateWebACL", "wafv2:DisassociateWebACL",
	"waf-regional:AssociateWebACL", "waf-regional:DisassociateWebACL", "shield:CreateProtection", "shield:DeleteProtection",
	"elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets",
}

func TestTheControllerRegistersPodsAndChangesNothingElse(t *testing.T) {
	may := allowed(statements(t, plan(t, staging()), controller))
	var changes []string
	for _, action := range published {
		if slices.Contains(may, action) {
			changes = append(changes, action)
		}
	}
	assert.Equal(t, []string{"elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"}, changes)
	for _, action := range may {
		service, verb, _ := strings.Cut(action, ":")
		assert.Contains(t, []string{"ec2", "elasticloadbalancing"}, service, action)
		assert.NotContains(t, action, "*")
		assert.True(t, strings.HasPrefix(verb, "Describe") || slices.Contains(changes, action), "%s only looks", action)
	}
}

func TestTheControllerSeesWhatATargetGroupBindingNeeds(t *testing.T) {
	assert.Subset(t, allowed(statements(t, plan(t, staging()), controller)), []string{
		"elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth", "ec2:DescribeVpcs",
		"ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets",
	})
}

func TestTheControllerReachesTheTargetGroupsOfItsEnvironmentAlone(t *testing.T) {
	for _, s := range statements(t, plan(t, staging()), controller) {
		if slices.Contains(s.Action, "elasticloadbalancing:RegisterTargets") {
			assert.Equal(t, []string{"arn:aws:elasticloadbalancing:eu-west-1:444444444444:targetgroup/staging-*/*"}, s.Resource)
			assert.Equal(t, policy.Condition{"StringEquals": {"aws:ResourceTag/Environment": "staging"}}, s.Condition)
			continue
		}
		assert.Equal(t, []string{"*"}, s.Resource, "of actions that know none")
		assert.Equal(t, policy.Condition{"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}, s.Condition)
	}
}

func TestNoOtherControllerTouchesLoadBalancers(t *testing.T) {
	g := plan(t, staging())
	for _, own := range g.OfType(rolePolicy) {
		for _, action := range allowed(statementsIn(t, own.String("policy"))) {
			if own.Name != controller {
				assert.NotContains(t, action, "elasticloadbalancing:", own.Name)
			}
		}
	}
}
