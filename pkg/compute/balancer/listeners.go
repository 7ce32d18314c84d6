package balancer

import (
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// securityPolicy speaks TLS 1.3, and TLS 1.2 with ciphers that keep past traffic
// secret and authenticate it (ECDHE with GCM, no CBC). The one that AWS puts into
// new listeners, without "Res", takes CBC ciphers too (Application Load Balancers
// User Guide, "Security policies"; PCI DSS v4.0.1, requirement 4.2.1).
const securityPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"

// live is the share of traffic of the color that serves; the other one has none.
const live = 100

// https makes the listeners that serve. Their weights say which color is live,
// and belong to releases once they are there.
func (b *builder) https() error {
	b.balancer.HTTPS = map[Side]*lb.Listener{}
	for _, side := range Sides() {
		groups := b.balancer.TargetGroups[side]
		listener, err := b.forward(string(side)+"-https", side, httpsPort, lb.ListenerDefaultActionArgs{
			Type: pulumi.String("forward"),
			Forward: lb.ListenerDefaultActionForwardArgs{
				TargetGroups: lb.ListenerDefaultActionForwardTargetGroupArray{
					lb.ListenerDefaultActionForwardTargetGroupArgs{Arn: groups[color.Blue].Arn, Weight: pulumi.Int(live)},
					lb.ListenerDefaultActionForwardTargetGroupArgs{Arn: groups[color.Green].Arn, Weight: pulumi.Int(0)},
				},
			},
		})
		if err != nil {
			return err
		}
		b.balancer.HTTPS[side] = listener
	}
	return nil
}

// test makes the listener by which a new version is tried before it is live. It
// forwards to the idle color, which is green when an environment is new.
func (b *builder) test() (err error) {
	b.balancer.Test, err = b.forward("test", Public, b.args.TestPort, lb.ListenerDefaultActionArgs{
		Type:           pulumi.String("forward"),
		TargetGroupArn: b.balancer.TargetGroups[Public][color.Green].Arn,
	})
	return err
}

// forward makes an HTTPS listener whose action is set once: from then on it is data.
func (b *builder) forward(suffix string, side Side, port int, action lb.ListenerDefaultActionArgs) (*lb.Listener, error) {
	listener, err := lb.NewListener(b.ctx, b.child(suffix), &lb.ListenerArgs{
		LoadBalancerArn: b.balancer.of(side).Arn,
		Port:            pulumi.Int(port),
		Protocol:        pulumi.String("HTTPS"),
		SslPolicy:       pulumi.String(securityPolicy),
		CertificateArn:  b.certificates[side].ToStringOutput().ToStringPtrOutput(),
		DefaultActions:  lb.ListenerDefaultActionArray{action},
		Tags:            b.tags(suffix),
	}, b.parent(pulumi.IgnoreChanges([]string{"defaultActions"}))...)
	if err != nil {
		return nil, err
	}
	b.balancer.Listeners = append(b.balancer.Listeners, listener)
	return listener, nil
}

// redirect sends whoever asks in the clear to HTTPS, and serves nothing.
func (b *builder) redirect() error {
	return b.clear(lb.ListenerDefaultActionArgs{
		Type: pulumi.String("redirect"),
		Redirect: lb.ListenerDefaultActionRedirectArgs{
			Protocol: pulumi.String("HTTPS"), Port: pulumi.String(strconv.Itoa(httpsPort)), StatusCode: pulumi.String("HTTP_301"),
		},
	})
}

// plain is all that an environment without a certificate has to say.
func (b *builder) plain() error {
	const remedy = "set compute.domain or compute.certificateArn"
	warning := "no certificate: the load balancers forward nothing: " + remedy
	if err := b.ctx.Log.Warn(b.args.Environment+": "+warning, &pulumi.LogArgs{Resource: b.balancer}); err != nil {
		return err
	}
	return b.clear(lb.ListenerDefaultActionArgs{
		Type: pulumi.String("fixed-response"),
		FixedResponse: lb.ListenerDefaultActionFixedResponseArgs{
			ContentType: pulumi.String("text/plain"), StatusCode: pulumi.String("200"),
			MessageBody: pulumi.String(b.args.Environment + ": " + warning),
		},
	})
}

// clear makes the public listener for HTTP, which never forwards. The internal
// load balancer has none: whoever calls it knows its name.
func (b *builder) clear(action lb.ListenerDefaultActionArgs) error {
	const suffix = string(Public) + "-http"
	_, err := lb.NewListener(b.ctx, b.child(suffix), &lb.ListenerArgs{
		LoadBalancerArn: b.balancer.Public.Arn,
		Port:            pulumi.Int(httpPort),
		Protocol:        pulumi.String("HTTP"),
		DefaultActions:  lb.ListenerDefaultActionArray{action},
		Tags:            b.tags(suffix),
	}, b.parent()...)
	return err
}
