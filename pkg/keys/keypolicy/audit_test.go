package keypolicy_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/policy/policytest"
)

const (
	reader = "arn:aws:iam::333333333333:role/auditor"
	other  = "arn:aws:cloudtrail:eu-west-1:333333333333:trail/other"
	ours   = "arn:aws:cloudtrail:eu-west-1:333333333333:trail/platform-trail"
)

// use is one use of a key.
type keyUse struct {
	service, principal, action string
	context                    map[string]string
	want                       policytest.Answer
}

func of(pairs ...string) map[string]string {
	context := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		context[pairs[i]] = pairs[i+1]
	}
	return context
}

func with(base map[string]string, pairs ...string) map[string]string {
	context := maps.Clone(base)
	maps.Copy(context, of(pairs...))
	return context
}

var (
	fileOf    = of("aws:SourceArn", ours, "kms:EncryptionContext:aws:cloudtrail:arn", ours)
	throughS3 = of("kms:CallerAccount", "333333333333", "kms:ViaService", "s3.eu-west-1.amazonaws.com")
	history   = of("aws:SourceAccount", "333333333333", "aws:SourceArn", "arn:aws:config:eu-west-1:333333333333:*")
	session   = of("kms:CallerAccount", "333333333333", "kms:EncryptionContext:aws:ssm:SessionId", "ops-0123", "kms:EncryptionContext:aws:ssm:TargetId", "i-0123")
)

func logsOf(group string) map[string]string {
	return of("kms:EncryptionContext:aws:logs:arn", "arn:aws:logs:eu-west-1:333333333333:log-group:"+group)
}

func TestWhoUsesTheAccountsKeys(t *testing.T) {
	const trails, configs, logs = "cloudtrail.amazonaws.com", "config.amazonaws.com", "logs.eu-west-1.amazonaws.com"
	for name, c := range map[string]keyUse{
		"the trail encrypts":                   {keypolicy.Trail, trails, "kms:GenerateDataKey", fileOf, policytest.Allowed},
		"another trail encrypts":               {keypolicy.Trail, trails, "kms:GenerateDataKey", of("aws:SourceArn", other, "kms:EncryptionContext:aws:cloudtrail:arn", other), policytest.Silent},
		"the trail, without its context":       {keypolicy.Trail, trails, "kms:GenerateDataKey", of("aws:SourceArn", ours), policytest.Silent},
		"the trail decrypts":                   {keypolicy.Trail, trails, "kms:Decrypt", fileOf, policytest.Silent},
		"the trail describes":                  {keypolicy.Trail, trails, "kms:DescribeKey", of("aws:SourceArn", ours), policytest.Allowed},
		"a reader of files":                    {keypolicy.Trail, reader, "kms:Decrypt", with(throughS3, "kms:EncryptionContext:aws:cloudtrail:arn", ours), policytest.Allowed},
		"a reader of something else":           {keypolicy.Trail, reader, "kms:Decrypt", throughS3, policytest.Silent},
		"a reader by KMS itself":               {keypolicy.Trail, reader, "kms:Decrypt", of("kms:CallerAccount", "333333333333", "kms:EncryptionContext:aws:cloudtrail:arn", ours), policytest.Silent},
		"a reader who writes":                  {keypolicy.Trail, reader, "kms:GenerateDataKey", with(throughS3, "kms:EncryptionContext:aws:cloudtrail:arn", ours), policytest.Silent},
		"the trail's log group":                {keypolicy.Trail, logs, "kms:GenerateDataKey", logsOf("/platform/trail"), policytest.Allowed},
		"another log group":                    {keypolicy.Trail, logs, "kms:GenerateDataKey", logsOf("/dev/fleet"), policytest.Silent},
		"AWS Config encrypts":                  {keypolicy.Config, configs, "kms:GenerateDataKey", history, policytest.Allowed},
		"AWS Config of another account":        {keypolicy.Config, configs, "kms:GenerateDataKey", with(history, "aws:SourceAccount", "111111111111"), policytest.Silent},
		"AWS Config of another region":         {keypolicy.Config, configs, "kms:GenerateDataKey", with(history, "aws:SourceArn", "arn:aws:config:us-east-1:333333333333:*"), policytest.Silent},
		"CloudTrail with AWS Config's key":     {keypolicy.Config, trails, "kms:GenerateDataKey", fileOf, policytest.Silent},
		"a reader of history":                  {keypolicy.Config, reader, "kms:Decrypt", throughS3, policytest.Allowed},
		"a session begins":                     {keypolicy.Sessions, reader, "kms:GenerateDataKey", session, policytest.Allowed},
		"an instance takes part":               {keypolicy.Sessions, reader, "kms:Decrypt", session, policytest.Allowed},
		"no session":                           {keypolicy.Sessions, reader, "kms:Decrypt", of("kms:CallerAccount", "333333333333"), policytest.Silent},
		"a session with what is no instance":   {keypolicy.Sessions, reader, "kms:GenerateDataKey", with(session, "kms:EncryptionContext:aws:ssm:TargetId", "mi-0123"), policytest.Silent},
		"a session of another account":         {keypolicy.Sessions, "arn:aws:iam::111111111111:role/x", "kms:GenerateDataKey", with(session, "kms:CallerAccount", "111111111111"), policytest.Silent},
		"the sessions' log group":              {keypolicy.Sessions, logs, "kms:GenerateDataKey", logsOf("/platform/sessions"), policytest.Allowed},
		"a log group that is named as it is":   {keypolicy.Sessions, logs, "kms:GenerateDataKey", logsOf("/platform/sessions-2"), policytest.Silent},
		"who encrypts something with the key":  {keypolicy.Sessions, reader, "kms:Encrypt", session, policytest.Silent},
		"who grants the key to somebody":       {keypolicy.Sessions, reader, "kms:CreateGrant", session, policytest.Silent},
		"an administrator of the account":      {keypolicy.Sessions, reader, "kms:PutKeyPolicy", nil, policytest.Allowed},
		"an administrator of another account":  {keypolicy.Trail, "arn:aws:iam::111111111111:role/x", "kms:PutKeyPolicy", nil, policytest.Silent},
		"an administrator decrypts the trail":  {keypolicy.Trail, reader, "kms:Decrypt", of("kms:CallerAccount", "333333333333"), policytest.Silent},
		"an administrator decrypts by history": {keypolicy.Config, reader, "kms:Decrypt", of("kms:CallerAccount", "333333333333"), policytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			context := map[string][]string{}
			for key, value := range c.context {
				context[key] = []string{value}
			}
			assert.Equal(t, c.want, policytest.Ask(keypolicy.Document(dev, c.service), policytest.Request{
				Principal: c.principal, Action: c.action, Resource: "key", Context: context,
			}))
		})
	}
}
