package podidentity

import (
	"errors"
	"fmt"
	"regexp"

	"aws-platform/pkg/required"
)

var (
	// roleName is what IAM takes, less what this program never writes.
	roleName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)
	// label is a name of Kubernetes in DNS form (RFC 1123), which namespaces and service
	// accounts are here. A * or a ? would be no wildcard under StringEquals, but no name either.
	label = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// validate returns every reason why the identity cannot be made of args.
func validate(args Args) error {
	problems := required.Missing("podidentity.Args", append(
		required.Place("-", args.AccountID, args.Region, args.Partition)[1:],
		required.Field{Name: "ClusterName", Value: args.ClusterName, Remedy: "pass the cluster's name"},
	)...)
	for _, name := range []struct {
		field, value, remedy string
		form                 *regexp.Regexp
	}{
		{"RoleName", args.RoleName, "write lower case letters, digits and hyphens, a letter first, 64 characters at most", roleName},
		{"Namespace", args.Namespace, "write a name of Kubernetes: lower case letters, digits and hyphens, 63 characters at most", label},
		{"ServiceAccount", args.ServiceAccount, "write a name of Kubernetes: lower case letters, digits and hyphens, 63 characters at most", label},
	} {
		if !name.form.MatchString(name.value) {
			problems = append(problems, fmt.Errorf("podidentity.Args.%s: %q: not a name: %s", name.field, name.value, name.remedy))
		}
	}
	for i, arn := range args.ManagedPolicyARNs {
		if arn == nil {
			problems = append(problems, fmt.Errorf("podidentity.Args.ManagedPolicyARNs[%d]: nil: no policy: pass the ARN of one, or leave it out", i))
		}
	}
	return errors.Join(problems...)
}
