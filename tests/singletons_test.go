package tests

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

// singletons are types of which an account, or a region of it, has one: two stacks that make
// it would undo each other's. An account's stack makes them, and no environment's.
var singletons = []string{
	"aws:accessanalyzer/analyzer:Analyzer",
	"aws:backup/globalSettings:GlobalSettings",
	"aws:backup/regionSettings:RegionSettings",
	"aws:cfg/conformancePack:ConformancePack",
	"aws:cfg/deliveryChannel:DeliveryChannel",
	"aws:cfg/recorder:Recorder",
	"aws:cfg/recorderStatus:RecorderStatus",
	"aws:cloudtrail/trail:Trail",
	"aws:costexplorer/costAllocationTag:CostAllocationTag",
	"aws:ebs/defaultKmsKey:DefaultKmsKey",
	"aws:ebs/encryptionByDefault:EncryptionByDefault",
	"aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
	"aws:ec2/defaultCreditSpecification:DefaultCreditSpecification",
	"aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
	"aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
	"aws:ec2/serialConsoleAccess:SerialConsoleAccess",
	"aws:ecr/registryPolicy:RegistryPolicy",
	"aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
	"aws:ecr/replicationConfiguration:ReplicationConfiguration",
	"aws:ecr/repository:Repository",
	"aws:guardduty/detector:Detector",
	"aws:guardduty/detectorFeature:DetectorFeature",
	"aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
	"aws:iam/group:Group",
	"aws:iam/openIdConnectProvider:OpenIdConnectProvider",
	"aws:iam/serviceLinkedRole:ServiceLinkedRole",
	"aws:inspector2/enabler:Enabler",
	"aws:macie2/account:Account",
	"aws:macie2/classificationJob:ClassificationJob",
	"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
	"aws:securityhub/account:Account",
	"aws:securityhub/standardsSubscription:StandardsSubscription",
	"aws:ssm/serviceSetting:ServiceSetting",
	"aws:xray/encryptionConfig:EncryptionConfig",
}

// ofTheAccount tells a name that is the account's: what it makes begins so, and Session
// Manager reads its preferences from one document.
func ofTheAccount(name string) bool {
	return slices.ContainsFunc([]string{"platform-", "/platform/", "alias/platform/"}, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) ||
		name == "SSM-SessionManagerRunShell"
}

func environmentGraphs(t *testing.T) map[string]*graph.Graph {
	t.Helper()
	all := map[string]*graph.Graph{}
	for _, name := range config.EnvironmentNames() {
		g, err := offline.Graph(root, name)
		require.NoError(t, err)
		all[name] = g
	}
	return all
}

func TestNoEnvironmentMakesWhatAnAccountHasOnce(t *testing.T) {
	named := 0
	for stack, g := range environmentGraphs(t) {
		for _, r := range g.Resources {
			assert.NotContains(t, singletons, r.Type, "%s: %s: it belongs into the account's stack", stack, r.Name)
			for _, key := range nameKeys {
				if name := r.String(key); name != "" {
					named++
					assert.False(t, ofTheAccount(name), "%s: %s: %s is a name of the account's", stack, r.Type, name)
				}
			}
		}
	}
	assert.Greater(t, named, 200)
}

func TestNamesOfTheAccountAreTold(t *testing.T) {
	for name, want := range map[string]bool{
		"platform-trail": true, "/platform/trail": true, "alias/platform/ecr": true, "SSM-SessionManagerRunShell": true,
		"production-platform": false, "/production/platform/x": false, "alias/production/rds": false, "platformed": false, "production-release-green": false,
	} {
		assert.Equal(t, want, ofTheAccount(name), name)
	}
}

// unmade are singletons that no stack makes as the stacks are configured.
var unmade = []string{
	"aws:backup/globalSettings:GlobalSettings", "aws:backup/regionSettings:RegionSettings", "aws:costexplorer/costAllocationTag:CostAllocationTag",
	"aws:ebs/defaultKmsKey:DefaultKmsKey", "aws:ec2/defaultCreditSpecification:DefaultCreditSpecification",
	"aws:ssm/serviceSetting:ServiceSetting", "aws:xray/encryptionConfig:EncryptionConfig",
}

// All others are made in each account, but for what an account is not: the one with card
// data, the registry's home or one of its copies.
func TestAccountsMakeWhatTheyHaveOnce(t *testing.T) {
	elsewhere := map[string]string{ // the one account that has it
		"aws:macie2/account:Account": "account-production-pci", "aws:macie2/classificationJob:ClassificationJob": "account-production-pci",
		"aws:ecr/replicationConfiguration:ReplicationConfiguration": "account-dev",
	}
	for _, stack := range offline.AccountStacks() {
		g, err := offline.Account(root, stack)
		require.NoError(t, err)
		for _, typ := range singletons {
			if slices.Contains(unmade, typ) {
				assert.Empty(t, g.OfType(typ), "%s: %s", stack, typ)
				continue
			}
			account, one := elsewhere[typ]
			if typ == "aws:ecr/registryPolicy:RegistryPolicy" {
				assert.Equal(t, stack != "account-dev", len(g.OfType(typ)) == 1, "%s: %s: the copies' accounts let the home in", stack, typ)
				continue
			}
			assert.Equal(t, !one || account == stack, len(g.OfType(typ)) > 0, "%s: %s", stack, typ)
		}
	}
}
