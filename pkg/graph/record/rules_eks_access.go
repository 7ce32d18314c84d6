package record

import (
	"strings"

	"aws-platform/pkg/graph"
)

// accessRules are the rules of access entries and of what watches them.
var accessRules = map[string]rule{
	"aws:eks/accessEntry:AccessEntry": {"$in.clusterName:$in.principalArn", map[string]string{
		"accessEntryArn": eksARN + "access-entry/$in.clusterName/role/$account/$name/$uuid",
	}},
	"aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {"$in.clusterName#$in.principalArn#$in.policyArn", nil},
	"aws:cloudwatch/logMetricFilter:LogMetricFilter":          {"$in.name", nil},
}

// namedRole: a role that is given a name has that one, without a suffix.
func namedRole(r graph.Resource, id string, outputs map[string]any) string {
	name := r.String("name")
	if name == "" {
		return id
	}
	arn, _ := outputs["arn"].(string)
	outputs["name"], outputs["arn"] = name, strings.TrimSuffix(arn, id)+name
	return name
}
