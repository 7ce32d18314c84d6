package verify

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeCLI writes a program that answers like the AWS CLI in an account with
// one environment's VPC and the default VPC that every account has.
func fakeCLI(t *testing.T) Collector {
	t.Helper()
	path := filepath.Join(t.TempDir(), "aws")
	script := `#!/bin/sh
case "$6" in
describe-vpcs) echo '{"Vpcs":[{"VpcId":"vpc-default","CidrBlock":"172.31.0.0/16"},{"VpcId":"vpc-1","CidrBlock":"10.20.0.0/16","Tags":[{"Key":"Name","Value":"'$2'"}]}]}';;
describe-security-groups) echo '{"SecurityGroups":[{"GroupId":"sg-1","VpcId":"vpc-1"},{"GroupId":"sg-2","VpcId":"vpc-default"}]}';;
describe-network-acls) [ "$2" = broken ] && { echo 'AccessDenied: no' >&2; exit 254; }; echo '{"NetworkAcls":[]}';;
describe-load-balancers) echo '{"LoadBalancers":[{"LoadBalancerArn":"arn:a","LoadBalancerName":"'$2'-public"},{"LoadBalancerArn":"arn:b","LoadBalancerName":"x"}]}';;
describe-listeners) [ "$8" = arn:b ] || echo '{"Listeners":[{"Port":443,"Certificates":[{"CertificateArn":"arn:c"}]},{"Port":8443,"Certificates":[{"CertificateArn":"arn:c"}]}]}';;
describe-load-balancer-attributes) echo '{"Attributes":[{"Key":"of","Value":"'$8'"}]}';;
describe-certificate) echo '{"Certificate":{"Status":"ISSUED"}}';;
get-web-acl-for-resource) echo '{"WebACL":{"Name":"before '$8'"}}';;
describe-auto-scaling-groups) echo '{"AutoScalingGroups":[
 {"TargetGroupARNs":["tg-blue"],"Instances":[{"InstanceId":"i-1"}],"LaunchTemplate":{"LaunchTemplateId":"lt-1"}},
 {"TargetGroupARNs":["tg-green"],"Instances":[],"LaunchTemplate":{"LaunchTemplateId":"lt-1"}}]}';;
describe-target-health) echo '{"TargetHealthDescriptions":[{"Target":{"Id":"i-1"},"TargetHealth":{"State":"healthy"}}]}';;
describe-launch-template-versions) echo '{"LaunchTemplateVersions":[{"LaunchTemplateId":"'$8'","VersionNumber":1}]}';;
list-hosted-zones) echo '{"HostedZones":[{"Id":"Z1","Name":"example.com."},{"Id":"Z2","Name":"example.org."}]}';;
list-resource-record-sets) echo '{"ResourceRecordSets":[{"Name":"of '$8'"}]}';;
get-bucket-lifecycle-configuration) echo '[{"Status":"Enabled","Expiration":{"Days":731}}]';;
get-bucket-versioning) [ "${8#*archive}" != "$8" ] && exit 0; case "$8" in *logs*) ;; *) echo 'An error occurred (NoSuchBucket)' >&2; exit 254;; esac;;
get-bucket-*|get-public-access-block) echo 'An error occurred (NoSuchBucket)' >&2; exit 254;;
get-document) case "$8" in *blue) echo '{"Content":"{}"}';; *) echo 'An error occurred (InvalidDocument)' >&2; exit 254;; esac;;
describe-db-instances) echo '{"DBInstances":[{"DBInstanceIdentifier":"'$2'-postgresql","Endpoint":{"Address":"db.local","Port":5432},
 "DBSubnetGroup":{"DBSubnetGroupName":"'$2'-postgresql","Subnets":[{"SubnetIdentifier":"subnet-1","SubnetStatus":"Active"}]},
 "VpcSecurityGroups":[{"VpcSecurityGroupId":"sg-1","Status":"active"}],"MultiAZ":true,"StorageEncrypted":true,"KmsKeyId":"arn:k",
 "MasterUserSecret":{"SecretArn":"arn:s","SecretStatus":"active","KmsKeyId":"arn:k"},"EnabledCloudwatchLogsExports":["postgresql","upgrade"]}]}';;
describe-cache-subnet-groups) echo '{"CacheSubnetGroups":[{"CacheSubnetGroupName":"'$2'-valkey","Subnets":[{"SubnetIdentifier":"subnet-1"}]}]}';;
describe-domain) [ "$2" = dev ] && { echo 'An error occurred (ResourceNotFoundException)' >&2; exit 254; }
 echo '{"DomainStatus":{"DomainName":"'$8'","VPCOptions":{"SubnetIds":["subnet-1"]},"EncryptionAtRestOptions":{"Enabled":true,"KmsKeyId":"arn:k"}}}';;
get-parameters-by-path) echo '{"Parameters":[{"Name":"'$8'/a","Type":"SecureString","Value":"v","Version":1}]}';;
describe-parameters) echo '{"Parameters":[{"Name":"/'$2'/a","Type":"SecureString","KeyId":"arn:p"},{"Name":"/'$2'/b","Type":"String"}]}';;
list-aliases) echo '{"Aliases":[{"AliasName":"alias/aws/rds","TargetKeyId":"x"},{"AliasName":"alias/'$2'/rds","TargetKeyId":"k-1"}]}';;
get-key-rotation-status) echo '{"KeyRotationEnabled":true}';;
get-key-policy) echo '{"Policy":"of '${10}'"}';;
describe-backup-vault) echo '{"BackupVaultName":"'${10}'","EncryptionKeyArn":"in '$8'","Locked":true,"MinRetentionDays":7,"MaxRetentionDays":366}';;
list-backup-plans) echo '{"BackupPlansList":[{"BackupPlanId":"p-1","BackupPlanName":"x"},{"BackupPlanId":"p-2","BackupPlanName":"'$2'"}]}';;
get-backup-plan) echo '{"BackupPlan":{"BackupPlanName":"x","Rules":[{"RuleName":"of '$8'","TargetBackupVaultName":"v","Lifecycle":{"DeleteAfterDays":35}}]}}';;
get-topic-attributes) echo '{"Attributes":{"KmsMasterKeyId":"k of '${8##*:}'","Policy":"p"}}';;
list-subscriptions) echo '{"Subscriptions":[{"TopicArn":"arn:aws:sns:us-east-1:111111111111:production-cost","Protocol":"https","Endpoint":"e"},
 {"TopicArn":"arn:aws:sns:us-east-1:111111111111:production-cost","Protocol":"email"},{"TopicArn":"arn:x","Protocol":"sms"}]}';;
get-dashboard) echo '{"DashboardName":"'$8'","DashboardBody":"{}"}';;
describe-log-groups) echo '{"logGroups":[{"logGroupName":"/production/fleet","retentionInDays":30},{"logGroupName":"/platform/production"},{"logGroupName":"/x"}]}';;
describe-subscription-filters) echo '[{"filterPattern":"","destinationArn":"of '$8'"}]';;
describe-delivery-stream) echo '{"DeliveryStreamDescription":{"DeliveryStreamStatus":"of '$8'"}}';;
*) echo '{}';;
esac
`
	require.NoError(t, os.WriteFile(path, []byte(script), 0o755))
	return Collector{Path: path, Environ: os.Environ()}
}

func TestCollectKeepsWhatIsInTheVPC(t *testing.T) {
	estate, err := fakeCLI(t).Collect(context.Background(), "production")
	require.NoError(t, err)
	require.Len(t, estate, 1)
	assert.Equal(t, "vpc-1", estate[0].VPC.VpcId)
	assert.Equal(t, "111111111111", estate[0].Account)
	require.Len(t, estate[0].SecurityGroups, 1)
	assert.Equal(t, "sg-1", estate[0].SecurityGroups[0].GroupId)
}

func TestCollectFollowsAnswers(t *testing.T) {
	estate, err := fakeCLI(t).Collect(context.Background(), "production")
	require.NoError(t, err)
	found := estate[0].Compute
	require.Len(t, found.LoadBalancers, 2)
	assert.Equal(t, map[string]string{"of": "arn:b"}, found.LoadBalancers[1].Attributes)
	assert.Len(t, found.LoadBalancers[0].Listeners, 2)
	assert.Empty(t, found.LoadBalancers[1].Listeners)
	assert.Equal(t, map[string]Certificate{"arn:c": {Status: "ISSUED"}}, found.Certificates)
	assert.Equal(t, "before arn:a", found.WebACL.Name)
	assert.Len(t, found.Health, 1, "an empty group's targets are not asked for")
	assert.Equal(t, "healthy", found.Health["tg-blue"][0].TargetHealth.State)
	assert.Len(t, found.Templates, 1, "a template of two groups is asked for once")
	require.Len(t, found.Zones, 1)
	assert.Equal(t, "of Z1", found.Zones[0].Records[0].Name)
}

func TestCollectLeavesOutWhatIsNotThere(t *testing.T) {
	estate, err := fakeCLI(t).Collect(context.Background(), "production")
	require.NoError(t, err)
	delete(estate[0].Compute.Buckets, archiveBucket("production"))
	assert.Equal(t, map[string]Bucket{logBucket("production"): {}}, estate[0].Compute.Buckets, "never versioned is an empty answer")
	assert.Equal(t, map[string]string{"production-release-blue": "{}"}, estate[0].Compute.Runbooks)
}

func TestCollectTellsWhatTheCLISaid(t *testing.T) {
	_, err := fakeCLI(t).Collect(context.Background(), "broken")
	require.Error(t, err)
	assert.Contains(t, err.Error(), "AccessDenied: no")
	assert.Contains(t, err.Error(), "describe-network-acls")
}

func TestChooseRefusesTwoVPCsOfOneName(t *testing.T) {
	twins := answer{Vpcs: []VPC{{VpcId: "a", Tags: tags("Name", "production")}, {VpcId: "b", Tags: tags("Name", "production")}}}
	_, err := choose("production", twins)
	assert.ErrorContains(t, err, "found 2 VPCs")
}
