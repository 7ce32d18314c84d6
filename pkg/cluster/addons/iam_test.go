package addons_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/policy"
)

const controller = "staging-addons-aws-load-balancer-controller"

func statementsIn(t *testing.T, document string) []policy.Statement {
	t.Helper()
	var parsed struct{ Statement []policy.Statement }
	require.NoError(t, json.Unmarshal([]byte(document), &parsed))
	return parsed.Statement
}

// statements are those of a role's own policy.
func statements(t *testing.T, g *graph.Graph, name string) []policy.Statement {
	t.Helper()
	own := one(t, g, rolePolicy, name)
	require.Equal(t, one(t, g, roleType, name).ID, own.String("role"))
	return statementsIn(t, own.String("policy"))
}

// allowed are the actions that statements allow.
func allowed(all []policy.Statement) (actions []string) {
	for _, s := range all {
		if s.Effect == policy.Allow {
			actions = append(actions, s.Action...)
		}
	}
	return actions
}

func TestOneControllerHasOneRoleOfItsServiceAccount(t *testing.T) {
	g := plan(t, staging())
	want := map[string][2]string{ // by the role's name: namespace, service account
		"staging-eks-vpc-cni": {"kube-system", "aws-node"}, "staging-eks-ebs-csi": {"kube-system", "ebs-csi-controller-sa"},
		"staging-eks-cloudwatch":                   {"amazon-cloudwatch", "cloudwatch-agent"},
		"staging-eks-aws-load-balancer-controller": {"kube-system", "aws-load-balancer-controller"},
	}
	roles := g.OfType(roleType)
	require.Len(t, roles, len(want))
	for _, role := range roles {
		place, known := want[role.String("name")]
		require.True(t, known, role.Name)
		all := statementsIn(t, role.String("assumeRolePolicy"))
		require.Len(t, all, 1, role.Name)
		assert.Equal(t, map[string]any{"Service": "pods.eks.amazonaws.com"}, all[0].Principal, role.Name)
		assert.Equal(t, []string{"sts:AssumeRole", "sts:TagSession"}, all[0].Action, role.Name)
		assert.Equal(t, policy.Condition{
			"ArnEquals": {"aws:SourceArn": "arn:aws:eks:eu-west-1:444444444444:cluster/staging-eks"},
			"StringEquals": {
				"aws:SourceAccount":                   "444444444444",
				"aws:RequestTag/eks-cluster-arn":      "arn:aws:eks:eu-west-1:444444444444:cluster/staging-eks",
				"aws:RequestTag/kubernetes-namespace": place[0], "aws:RequestTag/kubernetes-service-account": place[1],
			},
		}, all[0].Condition, role.Name)
	}
}

func TestAddOnsAssociateTheirRolesThemselvesAfterTheRights(t *testing.T) {
	g := plan(t, staging())
	all := installed(g)
	for name, account := range map[string]string{
		"vpc-cni": "aws-node", "aws-ebs-csi-driver": "ebs-csi-controller-sa", "amazon-cloudwatch-observability": "cloudwatch-agent",
	} {
		role := one(t, g, roleType, "staging-addons-"+name)
		assert.Equal(t, []any{map[string]any{"roleArn": role.Outputs["arn"], "serviceAccount": account}}, all[name].Inputs["podIdentityAssociations"])
	}
	for kind, names := range map[string][]string{
		attachment: {"vpc-cni-0", "aws-ebs-csi-driver-0"}, rolePolicy: {"aws-ebs-csi-driver", "amazon-cloudwatch-observability"},
	} {
		for _, name := range names {
			assert.Contains(t, all[strings.TrimSuffix(name, "-0")].DependsOn, one(t, g, kind, "staging-addons-"+name).URN, "%s: its rights first", name)
		}
	}
	require.Len(t, g.OfType(association), 1, "EKS refuses a second association of a service account")
	own := one(t, g, association, controller)
	assert.Equal(t, "kube-system/aws-load-balancer-controller", own.String("namespace")+"/"+own.String("serviceAccount"))
	assert.Equal(t, one(t, g, roleType, controller).Outputs["arn"], own.String("roleArn"))
}

func TestAControllerHasAWSsPolicyForItAndNoOther(t *testing.T) {
	g := plan(t, staging())
	policies := map[string]string{}
	for _, attached := range g.OfType(attachment) {
		policies[strings.TrimPrefix(attached.Name, "staging-addons-")] = strings.TrimPrefix(attached.String("policyArn"), "arn:aws:iam::aws:policy/")
	}
	assert.Equal(t, map[string]string{
		"vpc-cni-0": "AmazonEKS_CNI_Policy", "aws-ebs-csi-driver-0": "AmazonEBSCSIDriverEKSClusterScopedPolicy",
	}, policies)
}

// AWS's own policy for the agent would let it shorten the audit log's retention.
func TestContainerInsightsWritesItsOwnLogsAlone(t *testing.T) {
	const logs = "arn:aws:logs:eu-west-1:444444444444:log-group:"
	all := statements(t, plan(t, staging()), "staging-addons-amazon-cloudwatch-observability")
	for _, s := range all {
		assert.Equal(t, policy.Allow, s.Effect)
		for _, action := range s.Action {
			switch {
			case action == "logs:DescribeLogGroups":
				assert.Equal(t, []string{logs + "*"}, s.Resource)
			case strings.HasPrefix(action, "logs:"):
				own := logs + "/aws/containerinsights/staging-eks/*"
				assert.Equal(t, []string{own, own + ":log-stream:*"}, s.Resource, action)
			case action == "cloudwatch:PutMetricData":
				assert.Equal(t, policy.Condition{"StringEquals": {"cloudwatch:namespace": []any{"ContainerInsights", "CWAgent"}}}, s.Condition)
			default:
				assert.Regexp(t, `^ec2:Describe`, action)
			}
		}
	}
	actions := allowed(all)
	assert.Subset(t, actions, []string{"logs:CreateLogStream", "logs:PutLogEvents", "cloudwatch:PutMetricData"})
	for _, action := range []string{"logs:PutRetentionPolicy", "logs:DeleteLogGroup", "logs:DeleteLogStream"} {
		assert.NotContains(t, actions, action)
	}
}

func TestTheDriverUsesOneKeyAndMakesNoVolumeWithoutEncryption(t *testing.T) {
	byEC2 := map[string]any{"kms:ViaService": "ec2.eu-west-1.amazonaws.com"}
	for _, s := range statements(t, plan(t, staging()), "staging-addons-aws-ebs-csi-driver") {
		switch {
		case s.Effect == policy.Deny:
			assert.Equal(t, []string{"ec2:CreateVolume"}, s.Action)
			assert.Equal(t, policy.Condition{"Bool": {"ec2:Encrypted": "false"}}, s.Condition)
			assert.Equal(t, []string{"arn:aws:ec2:eu-west-1:444444444444:volume/*"}, s.Resource)
			continue
		case slices.Contains(s.Action, "kms:CreateGrant"):
			assert.Equal(t, []string{"kms:CreateGrant"}, s.Action, "alone, under its condition")
			assert.Equal(t, policy.Condition{"StringEquals": byEC2, "Bool": {"kms:GrantIsForAWSResource": "true"}}, s.Condition)
		default:
			assert.Equal(t, policy.Condition{"StringEquals": byEC2}, s.Condition)
			assert.Subset(t, s.Action, []string{"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"})
		}
		assert.Equal(t, []string{keyARN + "ebs"}, s.Resource)
		for _, action := range s.Action {
			assert.NotContains(t, action, "*")
		}
	}
}
