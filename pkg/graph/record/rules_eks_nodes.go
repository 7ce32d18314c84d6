package record

// eksNodeRules are the rules of node groups, add-ons and Pod Identity. A node group that
// is given the beginning of its name gets the rest from the provider.
var eksNodeRules = map[string]rule{
	"aws:eks/nodeGroup:NodeGroup": {"$in.clusterName:$in.nodeGroupName$in.nodeGroupNamePrefix$urn16", map[string]string{
		"arn":           eksARN + "nodegroup/$in.clusterName/$in.nodeGroupName$in.nodeGroupNamePrefix$urn16/$uuid",
		"nodeGroupName": "$in.nodeGroupNamePrefix$urn16", "status": "ACTIVE",
	}},
	"aws:eks/addon:Addon": {"$in.clusterName:$in.addonName", map[string]string{
		"arn": eksARN + "addon/$in.clusterName/$in.addonName/$uuid",
	}},
	"aws:eks/podIdentityAssociation:PodIdentityAssociation": {"a-$urn17", map[string]string{
		"associationId": "$id", "associationArn": eksARN + "podidentityassociation/$in.clusterName/$id",
	}},
}
