// Package contract is the versioned set of outputs that one environment's stack
// publishes and that other stacks read. Producers fill Outputs, consumers get
// Values: neither side spells an output's name itself.
//
// The set is total: every output is always exported, empty where there is
// nothing to say, so that a missing one means another version and never
// "not configured". The version is checked beside the values and is never
// passed into a provider's inputs, or a new version would plan to replace
// everything on that provider.
package contract

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Version is the version of the contract. It is raised when an output is
// removed, renamed or changes its meaning; a new output does not raise it.
const Version = 1

// The names of the outputs.
const (
	ContractVersion                     = "contractVersion"
	Environment                         = "environment"
	AccountID                           = "accountId"
	Region                              = "region"
	VPCID                               = "vpcId"
	VPCCIDR                             = "vpcCidr"
	PublicSubnetIDs                     = "publicSubnetIds"
	LoadBalancerSubnetIDs               = "loadbalancerSubnetIds"
	AppSubnetIDs                        = "appSubnetIds"
	DataSubnetIDs                       = "dataSubnetIds"
	AppCIDRs                            = "appCidrs"
	LoadBalancerCIDRs                   = "loadbalancerCidrs"
	AppRouteTableIDs                    = "appRouteTableIds"
	LoadBalancerRouteTableID            = "loadbalancerRouteTableId"
	PrivateZoneID                       = "privateZoneId"
	PrivateZoneName                     = "privateZoneName"
	Peers                               = "peers"
	InternalLoadBalancerSecurityGroupID = "internalLoadBalancerSecurityGroupId"
	InternalLoadBalancerName            = "internalLoadBalancerName"
	ApplicationName                     = "applicationName"
	PublicZoneNameServers               = "publicZoneNameServers"
	DeploymentBucket                    = "deploymentBucket"
	ReleaseDocuments                    = "releaseDocuments"
	DataPolicyARNs                      = "dataPolicyArns"
	ClusterName                         = "clusterName"
	ClusterRoleARNs                     = "clusterRoleArns"
)

// Outputs is what an environment's stack publishes. Route tables of the public
// and the data tier are left out on purpose: nobody outside may add a route there.
type Outputs struct {
	// Environment is the environment's name, AccountID its AWS account, Region its region.
	Environment, AccountID, Region pulumi.StringInput
	// VPCID is the VPC, VPCCIDR its range.
	VPCID, VPCCIDR pulumi.StringInput
	// Subnet IDs of a tier by zone name.
	PublicSubnetIDs, LoadBalancerSubnetIDs, AppSubnetIDs, DataSubnetIDs pulumi.StringMapInput
	// CIDRs of a tier by zone name.
	AppCIDRs, LoadBalancerCIDRs pulumi.StringMapInput
	// AppRouteTableIDs are by zone name; the loadbalancer tier has one table.
	AppRouteTableIDs         pulumi.StringMapInput
	LoadBalancerRouteTableID pulumi.StringInput
	// PrivateZoneID and PrivateZoneName are of the Route 53 private zone.
	PrivateZoneID, PrivateZoneName pulumi.StringInput
	// Peers are, by environment, what the network ACLs know of it (PeerOutputs).
	Peers pulumi.MapInput
	// InternalLoadBalancerSecurityGroupID is the group that the peering opens to the peers' app tiers.
	InternalLoadBalancerSecurityGroupID pulumi.StringInput
	// InternalLoadBalancerName is the internal load balancer's name in the private zone.
	InternalLoadBalancerName pulumi.StringInput
	// ApplicationName is the public name of the application; empty without a domain.
	ApplicationName pulumi.StringInput
	// PublicZoneNameServers are what the domain's parent must delegate to; empty
	// where the environment makes no public zone.
	PublicZoneNameServers pulumi.StringArrayInput
	// DeploymentBucket is where revisions of the application are put.
	DeploymentBucket pulumi.StringInput
	// ReleaseDocuments are the Systems Manager documents that make a color live, by
	// color; empty without a certificate.
	ReleaseDocuments pulumi.StringMapInput
	// DataPolicyARNs are the IAM policies that open the data stores to an application's
	// role, by store, and "parameters", which reads where they are.
	DataPolicyARNs pulumi.StringMapInput
	// ClusterName is the EKS cluster's.
	ClusterName pulumi.StringInput
	// ClusterRoleARNs are the IAM roles by which people and pipelines come to the cluster:
	// devops, developer, deployer and breakglass, those that somebody may assume.
	ClusterRoleARNs pulumi.StringMapInput
}

// Map returns the outputs by name, the contract's version with them.
func (o Outputs) Map() pulumi.Map {
	return pulumi.Map{
		ContractVersion:                     pulumi.Int(Version),
		Environment:                         o.Environment,
		AccountID:                           o.AccountID,
		Region:                              o.Region,
		VPCID:                               o.VPCID,
		VPCCIDR:                             o.VPCCIDR,
		PublicSubnetIDs:                     o.PublicSubnetIDs,
		LoadBalancerSubnetIDs:               o.LoadBalancerSubnetIDs,
		AppSubnetIDs:                        o.AppSubnetIDs,
		DataSubnetIDs:                       o.DataSubnetIDs,
		AppCIDRs:                            o.AppCIDRs,
		LoadBalancerCIDRs:                   o.LoadBalancerCIDRs,
		AppRouteTableIDs:                    o.AppRouteTableIDs,
		LoadBalancerRouteTableID:            o.LoadBalancerRouteTableID,
		PrivateZoneID:                       o.PrivateZoneID,
		PrivateZoneName:                     o.PrivateZoneName,
		Peers:                               o.Peers,
		InternalLoadBalancerSecurityGroupID: o.InternalLoadBalancerSecurityGroupID,
		InternalLoadBalancerName:            o.InternalLoadBalancerName,
		ApplicationName:                     o.ApplicationName,
		PublicZoneNameServers:               o.PublicZoneNameServers,
		DeploymentBucket:                    o.DeploymentBucket,
		ReleaseDocuments:                    o.ReleaseDocuments,
		DataPolicyARNs:                      o.DataPolicyARNs,
		ClusterName:                         o.ClusterName,
		ClusterRoleARNs:                     o.ClusterRoleARNs,
	}
}

// Values is what a consumer reads: the same outputs as plain values.
type Values struct {
	ContractVersion                     int               `json:"contractVersion"`
	Environment                         string            `json:"environment"`
	AccountID                           string            `json:"accountId"`
	Region                              string            `json:"region"`
	VPCID                               string            `json:"vpcId"`
	VPCCIDR                             string            `json:"vpcCidr"`
	PublicSubnetIDs                     map[string]string `json:"publicSubnetIds"`
	LoadBalancerSubnetIDs               map[string]string `json:"loadbalancerSubnetIds"`
	AppSubnetIDs                        map[string]string `json:"appSubnetIds"`
	DataSubnetIDs                       map[string]string `json:"dataSubnetIds"`
	AppCIDRs                            map[string]string `json:"appCidrs"`
	LoadBalancerCIDRs                   map[string]string `json:"loadbalancerCidrs"`
	AppRouteTableIDs                    map[string]string `json:"appRouteTableIds"`
	LoadBalancerRouteTableID            string            `json:"loadbalancerRouteTableId"`
	PrivateZoneID                       string            `json:"privateZoneId"`
	PrivateZoneName                     string            `json:"privateZoneName"`
	Peers                               map[string]Peer   `json:"peers"`
	InternalLoadBalancerSecurityGroupID string            `json:"internalLoadBalancerSecurityGroupId"`
	InternalLoadBalancerName            string            `json:"internalLoadBalancerName"`
	ApplicationName                     string            `json:"applicationName"`
	PublicZoneNameServers               []string          `json:"publicZoneNameServers"`
	DeploymentBucket                    string            `json:"deploymentBucket"`
	ReleaseDocuments                    map[string]string `json:"releaseDocuments"`
	DataPolicyARNs                      map[string]string `json:"dataPolicyArns"`
	ClusterName                         string            `json:"clusterName"`
	ClusterRoleARNs                     map[string]string `json:"clusterRoleArns"`
}

// Peer is what the network ACLs of an environment know of a peer: they deny
// CIDR, but for AppCIDRs at the internal load balancers and LoadBalancerCIDRs
// from the app tier, both by zone.
type Peer struct {
	CIDR              string            `json:"cidr"`
	AppCIDRs          map[string]string `json:"appCidrs"`
	LoadBalancerCIDRs map[string]string `json:"loadbalancerCidrs"`
}

// PeerOutputs is a Peer as an output.
func PeerOutputs(cidr pulumi.StringInput, appCIDRs, loadBalancerCIDRs pulumi.StringMapInput) pulumi.Map {
	return pulumi.Map{"cidr": cidr, "appCidrs": appCIDRs, "loadbalancerCidrs": loadBalancerCIDRs}
}

// names are the names of all outputs, in the order of Values.
var names = []string{
	ContractVersion, Environment, AccountID, Region, VPCID, VPCCIDR,
	PublicSubnetIDs, LoadBalancerSubnetIDs, AppSubnetIDs, DataSubnetIDs, AppCIDRs, LoadBalancerCIDRs,
	AppRouteTableIDs, LoadBalancerRouteTableID, PrivateZoneID, PrivateZoneName, Peers,
	InternalLoadBalancerSecurityGroupID,
	InternalLoadBalancerName, ApplicationName, PublicZoneNameServers, DeploymentBucket, ReleaseDocuments, DataPolicyARNs,
	ClusterName, ClusterRoleARNs,
}

// ErrVersion is the error of a stack that speaks another version of the contract.
var ErrVersion = errors.New("contract version differs")

// Read reads the outputs of a stack, named as in `pulumi -s <stack>`, through
// get, which returns the value of one output or nil. Errors: no outputs at all,
// another version (ErrVersion), a missing or malformed output. Each names the
// command that publishes the stack anew.
func Read(stack string, get func(name string) (any, error)) (Values, error) {
	republish := "run `pulumi up -s " + stack + "` with this revision of the program"
	outputs := map[string]any{}
	for _, name := range names {
		value, err := get(name)
		if err != nil {
			return Values{}, fmt.Errorf("stack %s: output %s: %w", stack, name, err)
		}
		if value != nil {
			outputs[name] = value
		}
	}
	if len(outputs) == 0 {
		return Values{}, fmt.Errorf("stack %s: no outputs: it is not deployed: %s", stack, republish)
	}
	if version, _ := outputs[ContractVersion].(float64); version != Version {
		return Values{}, fmt.Errorf("stack %s: %w: found %v, wanted %d: %s", stack, ErrVersion, outputs[ContractVersion], Version, republish)
	}
	for _, name := range names {
		if _, present := outputs[name]; !present {
			return Values{}, fmt.Errorf("stack %s: output %s: missing: %s", stack, name, republish)
		}
	}
	return decode(stack, republish, outputs)
}

func decode(stack, republish string, outputs map[string]any) (Values, error) {
	text, err := json.Marshal(outputs)
	if err != nil {
		return Values{}, fmt.Errorf("stack %s: outputs: %w", stack, err)
	}
	var values Values
	if err := json.Unmarshal(text, &values); err != nil {
		return Values{}, fmt.Errorf("stack %s: outputs: %w: %s", stack, err, republish)
	}
	return values, nil
}
