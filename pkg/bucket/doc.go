// Package bucket is an S3 bucket as this estate has them: versioned, encrypted,
// without public access or access control lists, reached over TLS 1.2 or newer
// alone, and with a lifecycle; locked and access-logged where it is asked for. It is
// a leaf: tiers bring what is particular as statements of the bucket's policy.
//
// Refused before anything is registered: a name that S3 does not take, a missing
// partition, negative numbers of days, a lock that outlasts the objects. Protected: the
// bucket, for it holds data or logs; it is never emptied by force.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>   BucketV2, BucketPublicAccessBlock, BucketOwnershipControls,
//	         BucketVersioningV2, BucketServerSideEncryptionConfigurationV2,
//	         BucketPolicy, BucketLifecycleConfigurationV2;
//	         with Lock BucketObjectLockConfigurationV2, with AccessLogs BucketLoggingV2
package bucket
