package audit

import (
	"encoding/json"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/policy"
)

// sessionDocument is the name under which Session Manager looks for the preferences of an
// account and region (AWS Systems Manager User Guide, "Create a Session Manager preferences
// document (command line)").
const sessionDocument = "SSM-SessionManagerRunShell"

// sessions records what is typed in sessions as it is typed, encrypts them from end to end,
// and ends those that idle. Who looks is not run as somebody else: on an instance he is
// ssm-user.
func (b *builder) sessions() error {
	key, err := b.key(keypolicy.Sessions)
	if err != nil {
		return err
	}
	of := b.args.Config.SessionManager
	group, err := b.logGroup(keypolicy.Sessions, policy.SessionLogGroup, of.LogRetentionDays, key)
	if err != nil {
		return err
	}
	_, err = ssm.NewDocument(b.ctx, b.child(keypolicy.Sessions), &ssm.DocumentArgs{
		Name:           pulumi.String(sessionDocument),
		DocumentType:   pulumi.String("Session"),
		DocumentFormat: pulumi.String("JSON"),
		Content:        key.Arn.ApplyT(func(arn string) (string, error) { return preferences(of, arn) }).(pulumi.StringOutput),
		Tags:           tags(keypolicy.Sessions),
	}, b.parent(pulumi.DependsOn([]pulumi.Resource{group}))...)
	return err
}

// preferences is the text of the document (AWS Systems Manager User Guide, "Session document schema").
func preferences(of config.SessionManager, keyARN string) (string, error) {
	text, err := json.Marshal(map[string]any{
		"schemaVersion": "1.0",
		"description":   "Preferences of Session Manager",
		"sessionType":   "Standard_Stream",
		"inputs": map[string]any{
			"cloudWatchLogGroupName":      policy.SessionLogGroup,
			"cloudWatchEncryptionEnabled": true,
			"cloudWatchStreamingEnabled":  true,
			"s3BucketName":                "",
			"s3KeyPrefix":                 "",
			"s3EncryptionEnabled":         true,
			"kmsKeyId":                    keyARN,
			"runAsEnabled":                false,
			"runAsDefaultUser":            "",
			"idleSessionTimeout":          strconv.Itoa(of.IdleMinutes),
			"maxSessionDuration":          strconv.Itoa(of.MaxMinutes),
			"shellProfile":                map[string]string{"linux": "", "windows": ""},
		},
	})
	return string(text), err
}
