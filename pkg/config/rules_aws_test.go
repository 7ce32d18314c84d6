package config

import "strings"

const (
	baseRole  = "roleArn: arn:aws:iam::111111111111:role/platform-deploy"
	someRole  = "arn:aws:iam::111111111111:role/platform-deploy"
	roleWrong = "is not the ARN of an IAM role: write it as in " + someRole
)

var awsCases = []ruleCase{
	{
		rule: "knownEnvironment", stack: "prod", fixed: Production, old: "platform:backup: {}", wrong: "platform:backup: {}", right: "platform:backup: {}",
		lines: []string{`stack: prod: is not an environment: use one of dev, production, production-pci, staging`},
	},
	{
		rule: "regionFormat", old: "aws:region: us-east-1", wrong: "aws:region: us-east-1a", right: "aws:region: us-east-1",
		lines: []string{`aws:region: us-east-1a: is not a region of AWS or AWS GovCloud: write its code, as in us-east-1`},
	},
	{
		rule: "regionFormat", old: "aws:region: us-east-1", wrong: "aws:region: cn-north-1", right: "aws:region: us-east-1",
		lines: []string{`aws:region: cn-north-1: is not a region of AWS or AWS GovCloud: write its code, as in us-east-1`},
	},
	{
		rule: "regionFormat", old: "aws:region: us-east-1", wrong: "pulumi:x: y", right: "aws:region: us-east-1",
		lines: []string{`aws:region: none: is required: set the region, as in us-east-1`},
	},
	{
		rule: "oneAccount", old: `["111111111111"]`, wrong: "[]", right: `["111111111111"]`,
		lines: []string{`aws:allowedAccountIds: none: is required: set the environment's one account, as in ["111111111111"]`},
	},
	{
		rule: "oneAccount", old: `["111111111111"]`, wrong: `["111111111111", "222222222222"]`, right: `["111111111111"]`,
		lines: []string{`aws:allowedAccountIds: 2 accounts: is more than the one account that an environment has: leave only the environment's own`},
	},
	{
		rule: "accountFormat", old: `["111111111111"]`, wrong: `["11111111111"]`, right: `["111111111111"]`,
		lines: []string{`aws:allowedAccountIds[0]: 11111111111: is not an account ID: write twelve digits in quotes, leading zeros included, as in "111111111111"`},
	},
	{
		rule: "accountFormat", old: `["111111111111"]`, wrong: `["11111111111x"]`, right: `["111111111111"]`,
		lines: []string{`aws:allowedAccountIds[0]: 11111111111x: is not an account ID: write twelve digits in quotes, leading zeros included, as in "111111111111"`},
	},
	{
		rule: "roleFormat", old: baseRole, wrong: "roleArn: arn:aws:iam::111111111111:user/deploy", right: "roleArn: arn:aws:iam::111111111111:role/ci/deploy",
		lines: []string{`aws:assumeRole.roleArn: arn:aws:iam::111111111111:user/deploy: ` + roleWrong},
	},
	{
		rule: "roleFormat", old: baseRole, wrong: "externalId: platform", right: baseRole,
		lines: []string{`aws:assumeRole.roleArn: none: is required: set the role to assume, as in ` + someRole},
	},
	{
		rule: "rolePartition", old: baseRole, wrong: "roleArn: arn:aws-us-gov:iam::111111111111:role/deploy", right: "roleArn: arn:aws:iam::111111111111:role/deploy",
		lines: []string{`aws:assumeRole.roleArn: arn:aws-us-gov:iam::111111111111:role/deploy: is a role of the partition aws-us-gov, and us-east-1 is in aws: name a role of the partition aws`},
	},
	{
		rule: "roleAccount", old: baseRole, wrong: "roleArn: arn:aws:iam::222222222222:role/deploy", right: "roleArn: arn:aws:iam::111111111111:role/deploy",
		lines: []string{`aws:assumeRole.roleArn: arn:aws:iam::222222222222:role/deploy: is a role of account 222222222222, and aws:allowedAccountIds has 111111111111: name a role of the environment's own account`},
	},
	{
		rule: "roleSession", old: baseRole, wrong: baseRole + "\n    sessionName: a b", right: baseRole + "\n    sessionName: a-b",
		lines: []string{`aws:assumeRole.sessionName: "a b": is not a session name: use 2 to 64 letters, digits and _ + = , . @ -`},
	},
	{
		rule: "roleSession", old: baseRole, wrong: baseRole + "\n    externalId: x", right: baseRole + "\n    externalId: xy",
		lines: []string{`aws:assumeRole.externalId: x: is not an external ID: use 2 to 1224 letters, digits and _ + = , . @ : / -`},
	},
	{
		rule: "roleSession", old: baseRole, wrong: baseRole + "\n    externalId: " + strings.Repeat("x", 1225), right: baseRole + "\n    externalId: " + strings.Repeat("x", 1224),
		lines: []string{`aws:assumeRole.externalId: ` + strings.Repeat("x", 1225) + `: is not an external ID: use 2 to 1224 letters, digits and _ + = , . @ : / -`},
	},
}

const baseRegion = "aws:region: us-east-1"

var tagCases = []ruleCase{
	{
		rule: "tagRequired", old: "owner: platform-team", wrong: `owner: ""`, right: "owner: x",
		lines: []string{`tags.owner: "": is empty or missing: every resource carries this tag: give it a value`},
	},
	{
		rule: "tagRequired", old: "project: platform,", wrong: `project: "  ",`, right: "project: p,",
		lines: []string{`tags.project: "  ": is empty or missing: every resource carries this tag: give it a value`},
	},
	{
		rule: "tagRequired", old: `costCenter: "1234", dataClassification: internal, `, wrong: "", right: `costCenter: "1234", dataClassification: internal, `,
		lines: []string{
			`tags.costCenter: "": is empty or missing: every resource carries this tag: give it a value`,
			`tags.dataClassification: "": is empty or missing: every resource carries this tag: give it a value`,
		},
	},
	{
		rule: "tagRequired", old: "owner: platform-team", wrong: `owner: "team*"`, right: `owner: "team@example.com +1"`,
		lines: []string{`tags.owner: "team*": is not a value that AWS takes for a tag: use at most 256 letters, digits, spaces and _ . : / = + - @`},
	},
	{
		rule: "tagRequired", old: "owner: platform-team", wrong: "owner: " + strings.Repeat("x", 257), right: "owner: " + strings.Repeat("x", 256),
		lines: []string{`tags.owner: ` + strings.Repeat("x", 257) + `: is not a value that AWS takes for a tag: use at most 256 letters, digits, spaces and _ . : / = + - @`},
	},
	{
		rule: "defaultTagKeys", old: baseRegion, wrong: baseRegion + "\n  aws:defaultTags: {tags: {Owner: me}}", right: baseRegion + "\n  aws:defaultTags: {tags: {Team: me}}",
		lines: []string{`aws:defaultTags.tags[Owner]: Owner: is a tag that the platform sets: remove it; platform:tags has its value`},
	},
	{
		rule: "defaultTagKeys", old: baseRegion, wrong: baseRegion + "\n  aws:defaultTags: {tags: {'aws:x': me}}", right: baseRegion + "\n  aws:defaultTags: {tags: {'x:aws:': me}}",
		lines: []string{`aws:defaultTags.tags[aws:x]: aws:x: begins with aws:, which AWS keeps for itself: choose another key`},
	},
	{
		rule: "defaultTagKeys", old: baseRegion, wrong: baseRegion + "\n  aws:defaultTags: {tags: {'a*': me}}", right: baseRegion + "\n  aws:defaultTags: {tags: {'a b': me}}",
		lines: []string{`aws:defaultTags.tags[a*]: "a*": is not a key that AWS takes for a tag: use 1 to 128 letters, digits, spaces and _ . : / = + - @`},
	},
	{
		rule: "defaultTagText", old: baseRegion, wrong: baseRegion + "\n  aws:defaultTags: {tags: {a: 'm;e'}}", right: baseRegion + "\n  aws:defaultTags: {tags: {a: ''}}",
		lines: []string{`aws:defaultTags.tags[a]: "m;e": is not a value that AWS takes for a tag: use at most 256 letters, digits, spaces and _ . : / = + - @`},
	},
}
