// Package registry makes the image repositories of an account, all with the same settings
// in every account.
//
// Images are pushed in one account, the home of the registry, and ECR copies them to the
// others, so that each environment pulls from its own account and needs no right in
// another. A copy has the digest of its original. ECR copies images and not settings
// (Amazon ECR User Guide, "Private image replication"), and makes a repository that is
// missing with AES-256, mutable tags and no lifecycle; so the repositories are made here,
// and the registries of the others let the home copy into them, and make none.
//
// The scan is Amazon Inspector's (ENHANCED), and goes on as long as an image is there. The
// basic one knows packages of operating systems alone: of a distroless image with a Go
// program it would find nothing, and a rule that refuses its findings would refuse nothing.
// It costs by image; Inspector has to be available in the region. `aws ecr
// describe-image-scan-findings` shows its findings as imageScanFindings.enhancedFindings.
//
// What is deployed is not deleted: tags are immutable, so a digest that was pushed with a
// tag keeps it, and only images without one expire. Nobody can delete an image otherwise:
// the repository's policy denies it to all. Signatures and the like that refer to an
// image without a tag of their own expire with the images that have none, 90 days after
// they were pushed; push them with a tag (cosign's sha256-<digest>.sig).
//
// Children of the component, by name:
//
//	<name>-ecr             Key, Alias   alias/platform/ecr; protected, rotated yearly
//	<name>-<application>   Repository   named as the application; protected
//	<name>-<application>   LifecyclePolicy, RepositoryPolicy
//	<name>-registry        RegistryScanningConfiguration
//	<name>-registry        ReplicationConfiguration   in the home, where there are replicas
//	<name>-registry        RegistryPolicy             elsewhere
//
// Refused before anything is registered: a missing field, a home that is among its own
// replicas.
package registry
