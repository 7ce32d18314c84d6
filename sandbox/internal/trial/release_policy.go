package trial

import (
	"context"

	"aws-platform/sandbox/internal/verify"
)

// withoutPolicy takes the policy of a bucket away and returns what puts it back.
// moto 5.2.1 judges a bucket policy without its conditions: the statement that
// denies plain HTTP, and any other, then denies every upload.
func withoutPolicy(ctx context.Context, collector verify.Collector, bucket string) (restore func() error, err error) {
	var answer struct{ Policy string }
	if err := collector.Ask(ctx, &answer, released.Name, "s3api", "get-bucket-policy", "--bucket", bucket); err != nil {
		return nil, err
	}
	restore = func() error {
		return collector.Run(ctx, released.Name, "s3api", "put-bucket-policy", "--bucket", bucket, "--policy", answer.Policy)
	}
	return restore, collector.Run(ctx, released.Name, "s3api", "delete-bucket-policy", "--bucket", bucket)
}
