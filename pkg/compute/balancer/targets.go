package balancer

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

const (
	// A target is out after three bad answers, 45 seconds, so that one slow answer
	// takes nobody out, and in again after two good ones. It answers within five
	// seconds, which a health check that asks nobody else needs no tenth of.
	healthIntervalSeconds = 15
	healthTimeoutSeconds  = 5
	healthyAnswers        = 2
	unhealthyAnswers      = 3
	// slowStartSeconds is how long a new target's share grows, the shortest that AWS
	// takes: caches and connection pools fill before the full load comes.
	slowStartSeconds = 30
	// longestDeregistration is the longest delay in seconds that AWS takes.
	longestDeregistration = 3600
)

// targetGroups makes four: a target group belongs to one load balancer only.
func (b *builder) targetGroups() error {
	for _, side := range Sides() {
		b.balancer.TargetGroups[side] = map[color.Color]*lb.TargetGroup{}
		for _, c := range color.Both() {
			group, err := b.targetGroup(string(side) + "-" + string(c))
			if err != nil {
				return err
			}
			b.balancer.TargetGroups[side][c] = group
		}
	}
	return nil
}

func (b *builder) targetGroup(suffix string) (*lb.TargetGroup, error) {
	return lb.NewTargetGroup(b.ctx, b.child(suffix), &lb.TargetGroupArgs{
		Name:            pulumi.String(b.physical(suffix)),
		VpcId:           b.args.VPCID.ToStringOutput().ToStringPtrOutput(),
		TargetType:      pulumi.String("instance"),
		Port:            pulumi.Int(b.args.Config.ApplicationPort),
		Protocol:        pulumi.String("HTTP"), // TLS ends at the load balancer
		ProtocolVersion: pulumi.String("HTTP1"),
		HealthCheck: lb.TargetGroupHealthCheckArgs{
			Enabled: pulumi.Bool(true), Protocol: pulumi.String("HTTP"), Port: pulumi.String("traffic-port"),
			Path: pulumi.String(b.args.Config.HealthCheckPath), Matcher: pulumi.String("200"),
			Interval: pulumi.Int(healthIntervalSeconds), Timeout: pulumi.Int(healthTimeoutSeconds),
			HealthyThreshold: pulumi.Int(healthyAnswers), UnhealthyThreshold: pulumi.Int(unhealthyAnswers),
		},
		// Slow start works with round robin alone.
		LoadBalancingAlgorithmType: pulumi.String("round_robin"),
		SlowStart:                  pulumi.Int(slowStartSeconds),
		// A request in flight may be silent for as long as the idle timeout.
		DeregistrationDelay: pulumi.Int(min(b.args.Config.LoadBalancer.IdleTimeoutSeconds, longestDeregistration)),
		Tags:                b.tags(suffix),
	}, b.parent(pulumi.Protect(true))...)
}
