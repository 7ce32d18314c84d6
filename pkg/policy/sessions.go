package policy

import "fmt"

// What Session Manager records with, once an account (package pkg/baseline/audit).
const (
	// SessionKeyAlias is the key that encrypts sessions and their log group.
	SessionKeyAlias = "alias/platform/sessions"
	// SessionLogGroup is the log group of what is typed.
	SessionLogGroup = "/platform/sessions"
)

// RecordedSessions is what an instance needs, beside [SessionManager], where sessions are
// recorded and encrypted: without it no session begins (AWS Systems Manager User Guide,
// "Create a custom IAM role for Session Manager"). The agent of the instance calls both
// services by itself.
func RecordedSessions(partition, region, accountID string) []Statement {
	group := fmt.Sprintf("arn:%s:logs:%s:%s:log-group:", partition, region, accountID)
	return []Statement{
		{
			Sid: "DecryptsSessions", Effect: Allow, Action: []string{"kms:Decrypt"},
			// The key is the account stack's; its alias says which of all it is.
			Resource:  []string{fmt.Sprintf("arn:%s:kms:%s:%s:key/*", partition, region, accountID)},
			Condition: Condition{"ForAnyValue:StringEquals": {"kms:ResourceAliases": SessionKeyAlias}},
		},
		{
			Sid: "RecordsSessions", Effect: Allow,
			Action:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			Resource: []string{group + SessionLogGroup, group + SessionLogGroup + ":*"}, // ":*" are its streams
		},
		{
			// The agent looks whether the log group is encrypted; the action lists all of them.
			Sid: "FindsTheSessionsLogGroup", Effect: Allow, Action: []string{"logs:DescribeLogGroups"}, Resource: []string{group + "*"},
		},
	}
}
