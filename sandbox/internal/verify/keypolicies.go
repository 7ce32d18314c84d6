package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// statement is a statement of a key's policy.
type statement struct {
	Sid, Effect             string
	Principal, Action       any
	NotPrincipal, NotAction any
	Condition               map[string]map[string]any
}

// keysGuarded: a key is used by services for this account, by the account's principals
// through the key's service, and by a role that AWS made for one of its services there. The account alone administers, and
// administrators do not use.
func keysGuarded(n Network) (int, []Finding) {
	var findings []Finding
	for _, service := range services {
		resource := "policy of alias/" + n.Environment + "/" + service
		var policy struct{ Statement []statement }
		if err := json.Unmarshal([]byte(n.Stores.Keys[service].Policy), &policy); err != nil || len(policy.Statement) == 0 {
			findings = append(findings, Finding{resource, "no statement", "a policy"})
			continue
		}
		for _, s := range policy.Statement {
			if wrong := s.opens(AccountID(n.Environment)); wrong != "" {
				findings = append(findings, Finding{resource, s.Sid + ": " + wrong, "use from this account, by a service"})
			}
		}
	}
	return len(n.Stores.Keys), findings
}

// opens says how a statement lets in more than it should, "" if it does not.
func (s statement) opens(account string) string {
	if s.Effect != "Allow" {
		return ""
	}
	principals, isMap := s.Principal.(map[string]any)
	switch {
	case s.NotPrincipal != nil || s.NotAction != nil:
		return "allows all but some"
	case !isMap: // "*" is the same as {"AWS": "*"}
		principals = map[string]any{"AWS": s.Principal}
	}
	through := s.through(account)
	for kind, who := range principals {
		switch root := slices.Equal(texts(who), []string{"arn:aws:iam::" + account + ":root"}); {
		case kind == "Service" && !s.of(account):
			return fmt.Sprintf("allows %v for any account", who)
		case kind != "Service" && !through && !root:
			return fmt.Sprintf("allows %v without kms:ViaService and kms:CallerAccount", who)
		case kind != "Service" && !through && s.uses():
			return "lets administrators use the key"
		}
	}
	return ""
}

// through tells whether principals of the account alone are let in, by a service, or as a
// role of one.
func (s statement) through(account string) bool {
	return slices.Equal(s.equal("kms:CallerAccount"), []string{account}) && (len(s.equal("kms:ViaService")) > 0 || s.serviceLinked(account))
}

// serviceLinked tells whether only service-linked roles of the account are let in, each by
// its whole name.
func (s statement) serviceLinked(account string) bool {
	roles := texts(s.Condition["ArnEquals"]["aws:PrincipalArn"])
	return len(roles) > 0 && !slices.ContainsFunc(roles, func(arn string) bool {
		return !strings.HasPrefix(arn, "arn:aws:iam::"+account+":role/aws-service-role/") || strings.ContainsAny(arn, "*?")
	})
}

// uses tells whether the actions encrypt, decrypt, or let somebody do so.
func (s statement) uses() bool {
	return slices.ContainsFunc(texts(s.Action), func(action string) bool {
		name := strings.TrimPrefix(action, "kms:")
		return slices.ContainsFunc([]string{"Encrypt", "Decrypt", "ReEncrypt", "Generate", "CreateGrant", "*"}, func(use string) bool {
			return strings.HasPrefix(name, use)
		})
	})
}

// equal are the values that a key of the conditions must equal.
func (s statement) equal(key string) []string {
	value, found := s.Condition["StringEquals"][key]
	if !found {
		return nil
	}
	return texts(value)
}

// of tells whether a service must come for the account: it says so, or what is
// encrypted is the account's (CloudWatch Logs says no account).
func (s statement) of(account string) bool {
	if slices.Equal(s.equal("aws:SourceAccount"), []string{account}) {
		return true
	}
	context, found := s.Condition["ArnLike"]["kms:EncryptionContext:aws:logs:arn"]
	return found && !slices.ContainsFunc(texts(context), func(arn string) bool { return !strings.Contains(arn, ":"+account+":") })
}
