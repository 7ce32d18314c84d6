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
	}{{"RetentionDays", args.RetentionDays}, {"NoncurrentDays", args.NoncurrentDays}, {"GlacierAfterDays", args.GlacierAfterDays}} {
		if field.days < 0 {
			problems = append(problems, fmt.Errorf("bucket.Args.%s: %d: a negative number of days: write 0 for the default", field.name, field.days))
		}
	}
	if args.RetentionDays > 0 && args.GlacierAfterDays >= args.RetentionDays {
		problems = append(problems, fmt.Errorf(
			"bucket.Args.GlacierAfterDays: %d: objects expire before that, after RetentionDays, %d: write an earlier day", args.GlacierAfterDays, args.RetentionDays))
	}
	if args.KeepVersions && args.NoncurrentDays > 0 {
		problems = append(problems, fmt.Errorf(
			"bucket.Args.KeepVersions: true: versions would expire after NoncurrentDays, %d: write one of the two", args.NoncurrentDays))
	}
	return errors.Join(append(problems, locking(args)...)...)
}

// locking returns what is wrong with the lock and the encryption.
func locking(args Args) []error {
	var problems []error
	if args.KeyPerObject && args.KMSKeyARN == nil {
		problems = append(problems, errors.New("bucket.Args.KeyPerObject: true: there is no KMSKeyARN to ask KMS for: pass one, or leave it false"))
	}
	if args.Lock == nil {
		return problems
	}
	if args.Lock.Days < 1 {
		problems = append(problems, fmt.Errorf("bucket.Args.Lock.Days: %d: not a time: write 1 or more days", args.Lock.Days))
	}
	if args.RetentionDays > 0 && args.RetentionDays < args.Lock.Days {
		problems = append(problems, fmt.Errorf(
			"bucket.Args.RetentionDays: %d: objects would expire before Lock ends, after %d days: write at least as many", args.RetentionDays, args.Lock.Days))
	}
	return problems
}
