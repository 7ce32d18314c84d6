package keypolicy

import (
	"fmt"

	"aws-platform/pkg/policy"
)

// everybody is narrowed to the account by kms:CallerAccount, and does not ask IAM.
var everybody = map[string]any{"AWS": "*"}

// encryption are the actions that a service's caller needs beside the grants that
// the service makes for itself.
var encryption = []string{"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"}

// through allows the actions to those principals of the account, in requests that
// one of the services makes for them, and to nobody else: not outside the account,
// and not by calls of KMS itself. services are as in "kms:ViaService" of the AWS KMS Developer Guide.
func through(at Place, principal map[string]any, sid string, services, actions []string) policy.Statement {
	names := make([]string, 0, len(services))
	for _, service := range services {
		names = append(names, fmt.Sprintf("%s.%s.amazonaws.com", service, at.Region))
	}
	var via any = names
	if len(names) == 1 {
		via = names[0]
	}
	return policy.Statement{
		Sid:       sid,
		Effect:    policy.Allow,
		Principal: principal,
		Action:    actions,
		Resource:  []string{"*"}, // in a key policy: the key
		Condition: policy.Condition{"StringEquals": {
			"kms:CallerAccount": at.AccountID,
			"kms:ViaService":    via,
		}},
	}
}

// grants lets the services hold a grant for as long as the resource exists, which
// outlives the request; nobody makes one for himself.
func grants(at Place, principal map[string]any, sid string, services ...string) policy.Statement {
	statement := through(at, principal, sid, services, []string{"kms:CreateGrant"})
	statement.Condition["Bool"] = map[string]any{"kms:GrantIsForAWSResource": "true"}
	return statement
}

// byService lets AWS services that call KMS in their own name use the key for
// resources of this account.
func byService(at Place, sid string, services, actions []string) policy.Statement {
	var names any = services
	if len(services) == 1 {
		names = services[0]
	}
	return policy.Statement{
		Sid:       sid,
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": names},
		Action:    actions,
		Resource:  []string{"*"}, // in a key policy: the key
		Condition: policy.Condition{"StringEquals": {"aws:SourceAccount": at.AccountID}},
	}
}
