package system

import (
	storagev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/storage/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// storage makes the default class of volumes: the one of EKS's add-on is not encrypted
// with the environment's key.
func (b *builder) storage() error {
	meta := metadata("gp3", "")
	meta.Annotations = pulumi.StringMap{"storageclass.kubernetes.io/is-default-class": pulumi.String("true")}
	_, err := storagev1.NewStorageClass(b.ctx, b.name+"-gp3", &storagev1.StorageClassArgs{
		Metadata:    meta,
		Provisioner: pulumi.String("ebs.csi.aws.com"),
		Parameters: pulumi.StringMap{
			"type": pulumi.String("gp3"), "encrypted": pulumi.String("true"), "kmsKeyId": b.args.EBSKeyARN,
		},
		// In the zone of the pod, which is not known before it is scheduled.
		VolumeBindingMode:    pulumi.String("WaitForFirstConsumer"),
		ReclaimPolicy:        pulumi.String("Delete"),
		AllowVolumeExpansion: pulumi.Bool(true),
	}, b.parent()...)
	return err
}
