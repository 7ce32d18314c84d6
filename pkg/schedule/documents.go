package schedule

import (
	"encoding/json"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/automation"
)

// documentName is what people type who start a fleet out of hours.
func (args Args) documentName(action string) string {
	return args.Environment + "-" + action + "-fleet"
}

// documents make the Automation documents that size the fleet.
func (b *builder) documents() error {
	for _, action := range actions() {
		physical := b.args.documentName(action)
		made, err := ssm.NewDocument(b.ctx, b.name+"-"+action+"-fleet", &ssm.DocumentArgs{
			Name:           pulumi.String(physical),
			DocumentType:   pulumi.String("Automation"),
			DocumentFormat: pulumi.String("JSON"),
			Content:        b.content(action),
			Tags:           pulumi.StringMap{"Name": pulumi.String(physical)},
		}, pulumi.Parent(b.schedule))
		if err != nil {
			return err
		}
		b.schedule.Documents[action] = made
	}
	return nil
}

// estate is what a document names, with the values that AWS has computed.
type estate struct {
	Role, TestListener string
	Blue, Green        group
}

// group is Group with the values that AWS has computed.
type group struct{ Name, Targets string }

// content is the text of a document.
func (b *builder) content(action string) pulumi.StringOutput {
	fleet := b.args.Fleet
	blue, green := pulumi.Map{"Name": fleet.Blue.Name}, pulumi.Map{"Name": fleet.Green.Name}
	facts := pulumi.Map{"Role": b.schedule.FleetRole.Arn, "Blue": blue, "Green": green}
	if fleet.TestListenerARN != nil {
		facts["TestListener"] = fleet.TestListenerARN
		blue["Targets"], green["Targets"] = fleet.Blue.TargetGroupARN, fleet.Green.TargetGroupARN
	}
	return pulumi.JSONMarshal(facts).ApplyT(func(text string) (string, error) {
		var found estate
		if err := json.Unmarshal([]byte(text), &found); err != nil {
			return "", err
		}
		return b.args.text(action, found)
	}).(pulumi.StringOutput)
}

func (args Args) text(action string, found estate) (string, error) {
	steps, says := args.stops(found), "Takes the fleet of "+args.Environment+" to zero."
	if action == start {
		steps, says = args.starts(found), "Brings back the instances of the fleet of "+args.Environment+" that is live."
	}
	return automation.Document{
		Description: says + " See docs/cost.md.", SchemaVersion: "0.3", AssumeRole: found.Role,
		Parameters: map[string]automation.Parameter{}, MainSteps: automation.Chain(steps),
	}.Text()
}

const (
	stepUnlock = "Unlock"
	// idleTargets is the target group of a listener that forwards to one.
	idleTargets = "$.Listeners[0].DefaultActions[0].TargetGroupArn"
)

// stops takes both fleets to zero: the idle one is there already, but for a release, which
// the lock keeps away.
func (args Args) stops(found estate) []automation.Step {
	blue := resize("StopBlue", found.Blue, 0, 0)
	if found.TestListener == "" {
		return only(blue)
	}
	return args.locked(blue, resize("StopGreen", found.Green, 0, 0))
}

// starts brings back the fleet whose target group the test listener does not forward to. A
// listener that forwards to neither fails.
func (args Args) starts(found estate) []automation.Step {
	blue := resize("StartBlue", found.Blue, args.Fleet.Min, args.Fleet.Desired)
	if found.TestListener == "" {
		return only(blue)
	}
	listener := map[string]any{"ListenerArns": []string{found.TestListener}}
	idle := automation.Call("Idle", "elbv2", "DescribeListeners", listener)
	idle.Outputs = []automation.Output{{Name: "Targets", Selector: idleTargets, Type: "String"}}
	blue.NextStep = stepUnlock
	return args.locked(
		idle,
		automation.Branch("WhichIsLive", blue.Name, "IsGreenLive",
			map[string]any{"Variable": "{{ Idle.Targets }}", "StringEquals": found.Green.Targets}),
		blue,
		automation.Assert("IsGreenLive", "elbv2", "DescribeListeners", listener, idleTargets, found.Blue.Targets),
		resize("StartGreen", found.Green, args.Fleet.Min, args.Fleet.Desired),
	)
}

// locked are steps that no release may be at work with.
func (args Args) locked(steps ...automation.Step) []automation.Step {
	free := automation.Unlock(args.Environment, stepUnlock)
	free.IsEnd = true
	return slices.Concat(automation.Lock(args.Environment), automation.Otherwise(stepUnlock, steps...), []automation.Step{free})
}

// only is a document of one step.
func only(step automation.Step) []automation.Step {
	step.IsEnd = true
	return automation.Abort(step)
}

// resize sets the size of a group; its maximum is the program's.
func resize(name string, g group, least, desired int) automation.Step {
	return automation.Call(name, "autoscaling", "UpdateAutoScalingGroup", map[string]any{
		"AutoScalingGroupName": g.Name, "MinSize": least, "DesiredCapacity": desired,
	})
}
