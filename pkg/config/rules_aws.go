package config

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	// regionPattern is a region's code, of whatever partition.
	regionPattern  = regexp.MustCompile(`^[a-z]{2}(-gov)?-[a-z]+-[0-9]+$`)
	accountPattern = regexp.MustCompile(`^[0-9]{12}$`)
	// rolePattern is an IAM role's ARN, in groups of partition and account (IAM User Guide, "IAM identifiers").
	rolePattern = regexp.MustCompile(`^arn:(aws|aws-us-gov):iam::([0-9]{12}):role/(?:[\x21-\x7e]+/)*[\w+=,.@-]{1,64}$`)
	// sessionPattern and externalIDPattern are those of AssumeRole in the STS API reference.
	sessionPattern    = regexp.MustCompile(`^[\w+=,.@-]{2,64}$`)
	externalIDPattern = regexp.MustCompile(`^[\w+=,.@:/-]{2,}$`)
)

// longestExternalID is out of a pattern's reach, which counts to 1000.
const longestExternalID = 1224

const (
	accountsPath = "aws:allowedAccountIds"
	rolePath     = "aws:assumeRole.roleArn"
)

func regionFormat(env Environment, found *Problems) { checkRegion("aws:region", env.AWS.Region, found) }

func checkRegion(path, region string, found *Problems) {
	if region == "" {
		found.missing(path, "set the region, as in us-east-1")
		return
	}
	if !knownRegion(region) {
		found.add(path, quoted(region), "is not a region of AWS or AWS GovCloud", "write its code, as in us-east-1")
	}
}

// knownRegion tells a region of the partitions that the program knows. In AWS China
// endpoints and service principals have other names, which it does not write.
func knownRegion(region string) bool {
	return regionPattern.MatchString(region) && !strings.HasPrefix(region, "cn-")
}

// oneAccount requires exactly one account: an environment lives in one, and the
// list is what keeps its provider out of all others.
func oneAccount(env Environment, found *Problems) {
	switch count := len(env.AWS.AllowedAccountIDs); count {
	case 0:
		found.missing(accountsPath, `set the environment's one account, as in ["111111111111"]`)
	case 1:
	default:
		found.add(accountsPath, strconv.Itoa(count)+" accounts", "is more than the one account that an environment has", "leave only the environment's own")
	}
}

func accountFormat(env Environment, found *Problems) {
	for i, account := range env.AWS.AllowedAccountIDs {
		if !accountPattern.MatchString(account) {
			found.add(accountsPath+"["+strconv.Itoa(i)+"]", quoted(account), "is not an account ID",
				`write twelve digits in quotes, leading zeros included, as in "111111111111"`)
		}
	}
}

func roleFormat(env Environment, found *Problems) {
	if env.AWS.AssumeRole != nil {
		checkRole(rolePath, env.AWS.AssumeRole.RoleARN, found)
	}
}

func checkRole(path, arn string, found *Problems) {
	if arn == "" {
		found.missing(path, "set the role to assume, as in arn:aws:iam::111111111111:role/platform-deploy")
		return
	}
	if !rolePattern.MatchString(arn) {
		found.add(path, quoted(arn), "is not the ARN of an IAM role", "write it as in arn:aws:iam::111111111111:role/platform-deploy")
	}
}

func rolePartition(env Environment, found *Problems) {
	if env.AWS.AssumeRole != nil {
		checkRolePartition(rolePath, env.AWS.AssumeRole.RoleARN, env.AWS.Region, found)
	}
}

// checkRolePartition holds a role against the region's partition: credentials
// of one are unknown in another.
func checkRolePartition(path, arn, region string, found *Problems) {
	parts := rolePattern.FindStringSubmatch(arn)
	if parts == nil || !regionPattern.MatchString(region) {
		return
	}
	if wanted := partition(region); parts[1] != wanted {
		found.add(path, arn, "is a role of the partition "+parts[1]+", and "+region+" is in "+wanted, "name a role of the partition "+wanted)
	}
}

func roleAccount(env Environment, found *Problems) {
	if env.AWS.AssumeRole != nil {
		checkRoleAccount(rolePath, env.AWS.AssumeRole.RoleARN, env.AWS.AccountID(), found)
	}
}

// checkRoleAccount holds a role against the environment's account.
func checkRoleAccount(path, arn, account string, found *Problems) {
	parts := rolePattern.FindStringSubmatch(arn)
	if parts == nil || !accountPattern.MatchString(account) {
		return
	}
	if parts[2] != account {
		found.add(path, arn, "is a role of account "+parts[2]+", and "+accountsPath+" has "+account,
			"name a role of the environment's own account")
	}
}

func roleSession(env Environment, found *Problems) {
	role := env.AWS.AssumeRole
	if role == nil {
		return
	}
	if role.SessionName != "" && !sessionPattern.MatchString(role.SessionName) {
		found.add("aws:assumeRole.sessionName", quoted(role.SessionName), "is not a session name", "use 2 to 64 letters, digits and _ + = , . @ -")
	}
	if role.ExternalID != "" && (!externalIDPattern.MatchString(role.ExternalID) || len(role.ExternalID) > longestExternalID) {
		found.add("aws:assumeRole.externalId", quoted(role.ExternalID), "is not an external ID", "use 2 to 1224 letters, digits and _ + = , . @ : / -")
	}
}

// AccountOfRole is the account in the ARN of an IAM role; empty if it is none.
func AccountOfRole(arn string) string {
	parts := rolePattern.FindStringSubmatch(arn)
	if parts == nil {
		return ""
	}
	return parts[2]
}
