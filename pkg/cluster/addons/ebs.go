package addons

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// ebsPolicy lets the EBS CSI driver use the key of volumes, and no other, and make no
// volume without encryption, whatever a storage class asks for.
func ebsPolicy(args Args) pulumi.StringInput {
	return args.EBSKeyARN.ToStringOutput().ApplyT(func(key string) string {
		byEC2 := map[string]any{"kms:ViaService": "ec2." + args.Region + ".amazonaws.com"}
		return policy.Document(
			policy.Statement{
				Sid: "UsesTheVolumesKey", Effect: policy.Allow, Resource: []string{key},
				Action: []string{
					"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
					"kms:ReEncryptFrom", "kms:ReEncryptTo",
				},
				Condition: policy.Condition{"StringEquals": byEC2},
			},
			policy.Statement{
				// EC2 keeps the grant as long as the volume is attached.
				Sid: "LetsVolumesUseTheirKey", Effect: policy.Allow, Resource: []string{key}, Action: []string{"kms:CreateGrant"},
				Condition: policy.Condition{"StringEquals": byEC2, "Bool": {"kms:GrantIsForAWSResource": "true"}},
			},
			policy.Statement{
				Sid: "NoVolumeWithoutEncryption", Effect: policy.Deny, Action: []string{"ec2:CreateVolume"},
				// A volume has no ID before it is made.
				Resource:  []string{"arn:" + args.Partition + ":ec2:" + args.Region + ":" + args.AccountID + ":volume/*"},
				Condition: policy.Condition{"Bool": {"ec2:Encrypted": "false"}},
			},
		)
	}).(pulumi.StringOutput)
}
