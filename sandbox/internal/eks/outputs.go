package eks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// outputs are what the real component returns for the supported arguments. What those
// arguments keep from being made (node group, security groups, Fargate) is left out or empty, as there.
func (c *component) outputs() pulumi.Map {
	none := pulumi.String("")
	own := c.ownSecurityGroup()
	issuerURL := c.issuerURL()
	outputs := pulumi.Map{
		"autoModeNodeRoleName":    none,
		"clusterIngressRuleId":    none,
		"clusterSecurityGroupId":  own,
		"core":                    c.core(),
		"defaultNodeGroupAsgName": none,
		"eksCluster":              pulumi.NewResourceOutput(&c.cluster),
		"fargateProfileId":        none,
		"fargateProfileStatus":    none,
		"instanceRoles":           pulumi.Array{},
		"kubeconfig":              c.kubeconfig.ApplyT(parse),
		"kubeconfigJson":          c.kubeconfig,
		"nodeSecurityGroupId":     own,
		"oidcIssuer":              issuerURL.ApplyT(func(url string) string { return strings.TrimPrefix(url, "https://") }),
		"oidcProviderArn":         c.issuer.ARN,
		"oidcProviderUrl":         issuerURL,
	}
	if group, ok := c.inputs["clusterSecurityGroup"]; ok {
		outputs["clusterSecurityGroup"] = group
		outputs["clusterSecurityGroupId"] = referred(group, groupID)
	}
	return outputs
}

// core is the part of the output "core" that a program can read in any language.
func (c *component) core() pulumi.Map {
	core := pulumi.Map{
		"accessEntries":    pulumi.Array{},
		"cluster":          pulumi.NewResourceOutput(&c.cluster),
		"clusterIamRole":   c.inputs["serviceRole"],
		"endpoint":         pulumi.String(c.server.Endpoint.Endpoint),
		"instanceRoles":    pulumi.Array{},
		"kubeconfig":       c.kubeconfig.ApplyT(parse),
		"nodeGroupOptions": c.pass(pulumi.Map{}, "version"),
		"oidcProvider":     pulumi.NewResourceOutput(&c.issuer),
		"provider":         pulumi.NewResourceOutput(&c.kubernetes),
		"storageClasses":   pulumi.Map{},
		"subnetIds":        c.subnetIDs(),
	}
	return c.pass(core, "clusterSecurityGroup", "privateSubnetIds", "tags", "vpcId")
}

// clusterTags are the tags of the cluster; those for everything win.
func (c *component) clusterTags() pulumi.Output {
	given := func(name string) pulumi.Input {
		if tags, ok := c.inputs[name]; ok {
			return tags
		}
		return pulumi.Map{}
	}
	return pulumi.All(given("clusterTags"), given("tags")).ApplyT(func(all []any) map[string]any {
		merged := map[string]any{"Name": c.name + "-eksCluster"}
		for _, tags := range all {
			tags, _ := tags.(map[string]any)
			for key, value := range tags {
				merged[key] = value
			}
		}
		return merged
	})
}

// issuerURL is the cluster's OIDC issuer, https://....
func (c *component) issuerURL() pulumi.StringOutput {
	return c.cluster.Identities.ApplyT(func(identities []any) (string, error) {
		var shape []struct {
			OIDCs []struct{ Issuer string }
		}
		text, err := json.Marshal(identities)
		if err == nil {
			err = json.Unmarshal(text, &shape)
		}
		switch {
		case err != nil:
			return "", fmt.Errorf("identities of the cluster: %w", err)
		case len(shape) == 0 || len(shape[0].OIDCs) == 0 || shape[0].OIDCs[0].Issuer == "":
			return "", errors.New("identities of the cluster: no OIDC issuer: the emulator made none")
		}
		return ownIssuer(shape[0].OIDCs[0].Issuer, c.name), nil
	}).(pulumi.StringOutput)
}

// ownIssuer gives a cluster an ID of its own, as EKS does: moto 5.2.1 has one for all, and
// IAM takes an issuer once an account.
func ownIssuer(issuer, cluster string) string {
	sum := sha256.Sum256([]byte(cluster))
	return issuer[:strings.LastIndex(issuer, "/")+1] + strings.ToUpper(hex.EncodeToString(sum[:16]))
}

// ownSecurityGroup is the security group that EKS makes for every cluster.
func (c *component) ownSecurityGroup() pulumi.StringOutput {
	return c.cluster.VPCConfig.ApplyT(func(vpc map[string]any) string {
		id, _ := vpc["clusterSecurityGroupId"].(string)
		return id
	}).(pulumi.StringOutput)
}

// referred reads a text of the resource that an argument refers to.
func referred(argument pulumi.Input, read func(any) pulumi.StringOutput) pulumi.StringOutput {
	return pulumi.ToOutput(argument).ApplyT(read).(pulumi.StringOutput)
}

func roleARN(handle any) pulumi.StringOutput { return handle.(*role).ARN }

func groupID(handle any) pulumi.StringOutput { return handle.(*securityGroup).ID().ToStringOutput() }

func parse(text string) (map[string]any, error) {
	var value map[string]any
	return value, json.Unmarshal([]byte(text), &value)
}

// regionOf reads the region of an ARN.
func regionOf(arn string) (string, error) {
	parts := strings.Split(arn, ":")
	if len(parts) < 6 || parts[3] == "" {
		return "", fmt.Errorf("ARN of the cluster: %q: has no region", arn)
	}
	return parts[3], nil
}
