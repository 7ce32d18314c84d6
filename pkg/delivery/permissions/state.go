package permissions

import "aws-platform/pkg/policy"

// stack is a stack of a project, as Pulumi's backend in S3 files it
// (pulumi/pkg/v3/backend/diy: .pulumi/stacks/<project>/<stack>.json and the like).
type stack struct{ project, name string }

// The projects of this repository that the roles touch.
const (
	environmentProject = "platform"
	peeringProject     = "platform-peering"
	accountProject     = "platform-account"
)

// readState lets a role read stacks, and what says how the bucket is laid out. A preview
// takes no lock and writes nothing (backend/diy: Preview, and Refresh with PreviewOnly).
func readState(p Place, stacks ...stack) []policy.Statement {
	objects := []string{p.bucket(p.State.Bucket + "/.pulumi/meta.yaml")}
	for _, s := range stacks {
		objects = append(objects, p.bucket(p.State.Bucket+"/.pulumi/stacks/"+s.project+"/"+s.name+".*"))
	}
	return []policy.Statement{
		{Sid: "ReadState", Effect: policy.Allow, Action: []string{"s3:GetObject"}, Resource: objects},
		{Sid: "ListState", Effect: policy.Allow, Action: []string{"s3:ListBucket"}, Resource: []string{p.bucket(p.State.Bucket)}},
		{Sid: "DecryptState", Effect: policy.Allow, Action: []string{"kms:Decrypt"}, Resource: []string{p.State.KeyARN}},
	}
}

// writeState lets a role write a stack as well: its checkpoint, lock, history and backups.
func writeState(p Place, s stack) []policy.Statement {
	var objects []string
	for _, file := range []string{
		"stacks/" + s.project + "/" + s.name + ".*", "history/" + s.project + "/" + s.name + "/*",
		"backups/" + s.project + "/" + s.name + "/*", "locks/organization/" + s.project + "/" + s.name + "/*",
	} {
		objects = append(objects, p.bucket(p.State.Bucket+"/.pulumi/"+file))
	}
	return []policy.Statement{
		{Sid: "WriteState", Effect: policy.Allow, Action: []string{"s3:DeleteObject", "s3:GetObject", "s3:PutObject"}, Resource: objects},
		{Sid: "EncryptState", Effect: policy.Allow, Action: []string{"kms:Encrypt", "kms:GenerateDataKey"}, Resource: []string{p.State.KeyARN}},
	}
}
