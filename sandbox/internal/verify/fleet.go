package verify

import (
	"fmt"
	"slices"
	"strings"
)

// fleetHealthy: the live color has its instances, all in service and healthy in
// both its target groups; the idle one has none and wants none.
func fleetHealthy(n Network) (int, []Finding) {
	live := n.live()
	if live == "" {
		return len(n.Compute.Groups), []Finding{{"fleet", "no live color", "one"}}
	}
	var findings []Finding
	for _, color := range colors {
		group, found := n.fleet(color)
		resource := "auto scaling group " + n.Environment + "-" + color
		if !found {
			findings = append(findings, Finding{resource, nothing, "one"})
			continue
		}
		if color == live {
			findings = append(findings, n.serves(group, color)...)
			continue
		}
		if group.DesiredCapacity != 0 || len(group.Instances) != 0 {
			findings = append(findings, Finding{resource, fmt.Sprintf("idle with %d instances, %d desired", len(group.Instances), group.DesiredCapacity), "none"})
		}
	}
	return len(n.Compute.Groups), findings
}

// serves is what is wrong with the live group.
func (n Network) serves(group ScalingGroup, color string) []Finding {
	var findings []Finding
	name, want := group.AutoScalingGroupName, plans[n.Environment].instances
	working := 0
	for _, instance := range group.Instances {
		if instance.LifecycleState == "InService" && instance.HealthStatus == "Healthy" {
			working++
		}
	}
	if working != group.DesiredCapacity || working != len(group.Instances) || working < want {
		findings = append(findings, Finding{name,
			fmt.Sprintf("%d instances, %d of them in service, %d desired", len(group.Instances), working, group.DesiredCapacity),
			fmt.Sprintf("%d at least, all in service", want)})
	}
	attached := map[string]string{}
	for _, arn := range group.TargetGroupARNs {
		attached[targetGroupName(arn)] = arn
	}
	for _, side := range sides {
		target := n.targetGroup(side, color)
		if healthy := n.healthy(group, attached[target]); healthy < want || healthy != len(group.Instances) {
			findings = append(findings, Finding{"target group " + target, fmt.Sprintf("%d healthy instances of %s", healthy, name), fmt.Sprint(len(group.Instances))})
		}
	}
	if len(group.TargetGroupARNs) != len(sides) {
		findings = append(findings, Finding{name, fmt.Sprintf("%d target groups", len(group.TargetGroupARNs)), "one a load balancer"})
	}
	return findings
}

// healthy counts the group's instances that a target group calls healthy.
func (n Network) healthy(group ScalingGroup, targetGroup string) int {
	count := 0
	for _, target := range n.Compute.Health[targetGroup] {
		if target.TargetHealth.State == "healthy" && group.has(target.Target.Id) {
			count++
		}
	}
	return count
}

func (g ScalingGroup) has(id string) bool {
	for _, instance := range g.Instances {
		if instance.InstanceId == id {
			return true
		}
	}
	return false
}

// fleet is the auto scaling group of a color.
func (n Network) fleet(color string) (ScalingGroup, bool) {
	at := slices.IndexFunc(n.Compute.Groups, func(g ScalingGroup) bool {
		return g.AutoScalingGroupName == n.Environment+"-"+color
	})
	if at < 0 {
		return ScalingGroup{}, false
	}
	return n.Compute.Groups[at], true
}

// fleetHidden: groups launch in all subnets of the app tier, and no instance has
// a public address. moto 5.2.1 puts all instances into the first subnet, so that
// their spread over the zones is not judged.
func fleetHidden(n Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	tier := n.subnetIDs(app)
	for _, group := range n.Compute.Groups {
		found := strings.Split(group.VPCZoneIdentifier, ",")
		slices.Sort(found)
		if !slices.Equal(found, tier) {
			findings = append(findings, Finding{group.AutoScalingGroupName, "subnets " + strings.Join(found, ", "), strings.Join(tier, ", ")})
		}
		for _, instance := range n.Compute.Instances {
			if !group.has(instance.InstanceId) {
				continue
			}
			looked++
			if !slices.Contains(tier, instance.SubnetId) || instance.PublicIpAddress != "" {
				findings = append(findings, Finding{instance.InstanceId,
					fmt.Sprintf("subnet %s, public address %s", instance.SubnetId, orNothing(instance.PublicIpAddress)), "the app tier, no public address"})
			}
		}
	}
	return looked, findings
}
