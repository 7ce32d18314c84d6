package bucket

import (
	"errors"
	"fmt"
	"regexp"

	"aws-platform/pkg/required"
)

// names are what S3 takes, without dots: a dot breaks TLS to the bucket's own host
// name (Amazon S3 User Guide, "General purpose bucket naming rules").
var names = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)

// validate returns every reason why the bucket cannot be made of args.
func validate(args Args) error {
	var problems []error
	if !names.MatchString(args.Name) {
		problems = append(problems, fmt.Errorf(
			"bucket.Args.Name: %q: no name of a bucket: 3 to 63 small letters, digits and hyphens, no hyphen at either end", args.Name))
	}
	problems = append(problems, required.Missing("bucket.Args",
		required.Field{Name: "Partition", Value: args.Partition, Remedy: `pass the region's partition, "aws" for most`})...)
	for _, field := range []struct {
		name string
		days int
	}{{"RetentionDays", args.RetentionDays}, {"NoncurrentDays", args.NoncurrentDays}} {
		if field.days < 0 {
			problems = append(problems, fmt.Errorf("bucket.Args.%s: %d: a negative number of days: write 0 for the default", field.name, field.days))
		}
	}
	if args.KeepVersions && args.NoncurrentDays > 0 {
		problems = append(problems, fmt.Errorf(
			"bucket.Args.KeepVersions: true: versions would expire after NoncurrentDays, %d: write one of the two", args.NoncurrentDays))
	}
	return errors.Join(problems...)
}
