package record

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
)

// rule says what AWS computes for a type. The texts may use
//
//	$partition $region $account   where the provider works
//	$name $urn7 $urn16 $urn17     logical name; 7, 16 or 17 hex digits of the URN's hash
//	$number                       a number that depends on the URN, as GitHub's IDs are
//	$owner                        whom the provider of GitHub works for
//	$id                           the ID
//	$in.<property>                an input
//	$of.<word>                    17 hex digits of the hash of the VPC's ID and the word
type rule struct {
	id      string
	outputs map[string]string
}

const ec2ARN = "arn:$partition:ec2:$region:$account:"

// rules are by type; a type without one is refused. What an output is called
// and looks like is taken from the provider's documentation of the type.
var rules = map[string]rule{
	"aws:ec2/vpc:Vpc": {"vpc-$urn17", map[string]string{
		"arn": ec2ARN + "vpc/$id", "ownerId": "$account", "mainRouteTableId": "rtb-$of.main", "defaultRouteTableId": "rtb-$of.main",
		"defaultSecurityGroupId": "sg-$of.default", "defaultNetworkAclId": "acl-$of.default", "dhcpOptionsId": "dopt-$of.default",
	}},
	"aws:ec2/subnet:Subnet":                                                     {"subnet-$urn17", map[string]string{"arn": ec2ARN + "subnet/$id", "ownerId": "$account"}},
	"aws:ec2/internetGateway:InternetGateway":                                   {"igw-$urn17", map[string]string{"arn": ec2ARN + "internet-gateway/$id", "ownerId": "$account"}},
	"aws:ec2/eip:Eip":                                                           {"eipalloc-$urn17", map[string]string{"allocationId": "$id", "arn": ec2ARN + "elastic-ip/$id"}},
	"aws:ec2/natGateway:NatGateway":                                             {"nat-$urn17", nil},
	"aws:ec2/routeTable:RouteTable":                                             {"rtb-$urn17", map[string]string{"arn": ec2ARN + "route-table/$id", "ownerId": "$account"}},
	"aws:ec2/route:Route":                                                       {"r-$in.routeTableId$urn7", nil},
	"aws:ec2/routeTableAssociation:RouteTableAssociation":                       {"rtbassoc-$urn17", nil},
	"aws:ec2/defaultRouteTable:DefaultRouteTable":                               {"$in.defaultRouteTableId", map[string]string{"ownerId": "$account"}},
	"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup":                         {"sg-$of.default", map[string]string{"ownerId": "$account"}},
	"aws:ec2/defaultNetworkAcl:DefaultNetworkAcl":                               {"$in.defaultNetworkAclId", map[string]string{"ownerId": "$account"}},
	"aws:ec2/networkAcl:NetworkAcl":                                             {"acl-$urn17", map[string]string{"arn": ec2ARN + "network-acl/$id", "ownerId": "$account"}},
	"aws:ec2/networkAclRule:NetworkAclRule":                                     {"nacl-$urn7", nil},
	"aws:ec2/networkAclAssociation:NetworkAclAssociation":                       {"aclassoc-$urn17", nil},
	"aws:ec2/vpcEndpoint:VpcEndpoint":                                           {"vpce-$urn17", map[string]string{"arn": ec2ARN + "vpc-endpoint/$id", "prefixListId": "pl-$urn7"}},
	"aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": {"a-$in.vpcEndpointId$urn7", nil},
	"aws:ec2/flowLog:FlowLog":                                                   {"fl-$urn17", map[string]string{"arn": ec2ARN + "vpc-flow-log/$id"}},
	"aws:ec2/securityGroup:SecurityGroup":                                       {"sg-$urn17", map[string]string{"arn": ec2ARN + "security-group/$id", "name": "$name-$urn7", "ownerId": "$account"}},
	"aws:ec2/vpcDhcpOptions:VpcDhcpOptions":                                     {"dopt-$urn17", map[string]string{"arn": ec2ARN + "dhcp-options/$id", "ownerId": "$account"}},
	"aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation":               {"$in.dhcpOptionsId-$in.vpcId", nil},
	"aws:ec2/vpcPeeringConnection:VpcPeeringConnection":                         {"pcx-$urn17", map[string]string{"acceptStatus": "pending-acceptance"}},
	"aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter":         {"$in.vpcPeeringConnectionId", map[string]string{"acceptStatus": "active"}},
	"aws:ec2/peeringConnectionOptions:PeeringConnectionOptions":                 {"$in.vpcPeeringConnectionId", nil},
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":                 {"sgr-$urn17", map[string]string{"arn": ec2ARN + "security-group-rule/$id", "securityGroupRuleId": "$id"}},
	"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule":                   {"sgr-$urn17", map[string]string{"arn": ec2ARN + "security-group-rule/$id", "securityGroupRuleId": "$id"}},
	"aws:cloudwatch/logGroup:LogGroup":                                          {"$in.name", map[string]string{"arn": "arn:$partition:logs:$region:$account:log-group:$in.name"}},
	"aws:kms/key:Key":                                                           {"$uuid", map[string]string{"arn": "arn:$partition:kms:$region:$account:key/$id", "keyId": "$id"}},
	"aws:kms/alias:Alias":                                                       {"$in.name", map[string]string{"arn": "arn:$partition:kms:$region:$account:$in.name"}},
	"aws:iam/role:Role":                                                         {"$name-$urn7", map[string]string{"name": "$id", "arn": "arn:$partition:iam::$account:role/$id", "uniqueId": "AROA$urn17"}},
	"aws:iam/rolePolicy:RolePolicy":                                             {"$in.role:$name-$urn7", map[string]string{"name": "$name-$urn7"}},
	"aws:route53/zone:Zone":                                                     {"Z$urn17", map[string]string{"zoneId": "$id", "arn": "arn:$partition:route53:::hostedzone/$id"}},
	"aws:route53/zoneAssociation:ZoneAssociation":                               {"$in.zoneId:$in.vpcId", nil},
	"aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization":       {"$in.zoneId:$in.vpcId", nil},
}

// place is where a provider works.
type place struct{ partition, region, account, owner string }

// ruleSets are the rules of all tiers; a type is in one of them.
var ruleSets = []map[string]rule{
	rules,
	balancerRules,
	releaseRules,
	fleetRules,
	dataRules,
	backupRules,
	clusterRules,
	accessRules,
	ingressRules,
	eksNodeRules,
	githubRules,
	registryRules,
	topicRules,
	alarmRules,
	logRules,
	costRules,
	auditRules,
	detectionRules,
}

// ruleOf finds the rule of a type.
func ruleOf(typ string) (rule, bool) {
	for _, set := range ruleSets {
		if found, known := set[typ]; known {
			return found, true
		}
	}
	return rule{}, false
}

// placeOf reads a provider's inputs. A provider that leaves the region or the
// account to chance is refused: half of what AWS computes contains them.
func placeOf(provider graph.Resource) (place, error) {
	region := provider.String("region")
	at := place{partition: config.AWS{Region: region}.Partition(), region: region}
	if accounts := provider.Strings("allowedAccountIds"); len(accounts) > 0 {
		at.account = accounts[0]
	}
	if at.region == "" || at.account == "" {
		return place{}, fmt.Errorf("%s: region %q, account %q: set both region and allowedAccountIds", provider.URN, at.region, at.account)
	}
	return at, nil
}

// computed returns the ID and the computed outputs of a resource.
func computed(r graph.Resource, at place) (string, map[string]any, error) {
	rule, known := ruleOf(r.Type)
	if !known {
		return "", nil, fmt.Errorf("%s: no rule for what AWS computes of it: add one to pkg/graph/record/rules.go", r.Type)
	}
	id := expand(rule.id, r, at, "")
	outputs := make(map[string]any, len(rule.outputs))
	for name, text := range rule.outputs {
		outputs[name] = expand(text, r, at, id)
	}
	if amend, ok := amendments[r.Type]; ok {
		id = amend(r, id, outputs)
	}
	return id, outputs, nil
}

func expand(text string, r graph.Resource, at place, id string) string {
	return os.Expand(strings.NewReplacer("$in.", "$in_", "$of.", "$of_").Replace(text), func(word string) string {
		if property, ok := strings.CutPrefix(word, "in_"); ok {
			return r.String(property)
		}
		if salt, ok := strings.CutPrefix(word, "of_"); ok {
			return hash(cmp.Or(r.String("vpcId"), id)+salt, 17)
		}
		return map[string]string{
			"partition": at.partition, "region": at.region, "account": at.account, "name": r.Name, "id": id,
			"urn7": hash(r.URN, 7), "urn16": hash(r.URN, 16), "urn17": hash(r.URN, 17), "uuid": uuid(r.URN), "number": number(r.URN), "owner": at.owner,
		}[word]
	})
}

// uuid shapes a hash as AWS shows key IDs.
func uuid(text string) string {
	h := hash(text, 32)
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

// number shapes a hash as GitHub shows its IDs, in nine digits.
func number(text string) string {
	value, _ := strconv.ParseUint(hash(text, 7), 16, 64) // seven hex digits always are one
	return strconv.FormatUint(100_000_000+value, 10)
}

// hash returns n hex digits that depend on the text alone.
func hash(text string, n int) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:n]
}
