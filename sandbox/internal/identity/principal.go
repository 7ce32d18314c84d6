package identity

import (
	"fmt"
	"strings"
)

// principal is who came.
type principal struct {
	arn       string // as STS says it, of the session
	canonical string // of the role or user, as access entries name it
	session   string // of an assumed role
}

// principalOf reads the ARN of a caller. A session of an assumed role stands for its
// role; STS leaves out the role's path, which EKS's access entries in mode API keep, so
// an entry is compared without it.
func principalOf(arn string) (principal, error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" {
		return principal{}, fmt.Errorf("caller %q: is no ARN", arn)
	}
	partition, account, name := parts[1], parts[4], parts[5]
	kind, rest, _ := strings.Cut(name, "/")
	switch {
	case parts[2] == "sts" && kind == "assumed-role":
		role, session, _ := strings.Cut(rest, "/")
		return principal{arn: arn, canonical: "arn:" + partition + ":iam::" + account + ":role/" + role, session: session}, nil
	case kind == "user", kind == "role":
		return principal{arn: arn, canonical: withoutPath("arn:" + partition + ":iam::" + account + ":" + name)}, nil
	}
	return principal{}, fmt.Errorf("caller %q: neither a role nor a user", arn)
}

// withoutPath leaves out the path of a role's or a user's ARN.
func withoutPath(arn string) string {
	head, rest, ok := strings.Cut(arn, "/")
	if !ok {
		return arn
	}
	return head + "/" + rest[strings.LastIndex(rest, "/")+1:]
}

// username is what EKS makes of a principal that has an entry without a name of its own
// (Amazon EKS User Guide, "Set a custom username"): for a role, the session's ARN.
func (p principal) username() string {
	if p.session == "" {
		return p.canonical
	}
	return strings.TrimSuffix(p.arn, p.session) + p.plainSession()
}

// plainSession is {{SessionName}}, in which aws-iam-authenticator writes a hyphen for the
// @ of an e-mail address. Colons, which STS does not allow, are hyphens for safety.
func (p principal) plainSession() string {
	return strings.NewReplacer("@", "-", ":", "-").Replace(p.session)
}

// named is the user's name by an entry's own template.
func (p principal) named(template string) string {
	return strings.NewReplacer("{{SessionName}}", p.plainSession(), "{{SessionNameRaw}}", p.session).Replace(template)
}
