package verify

import (
	"fmt"
	"slices"
	"strings"
)

// oneColorLive: both load balancers send everything to one color, the same one,
// and the test listener leads to the other. Which one it is, is data.
func oneColorLive(n Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	live := map[string]string{}
	for _, side := range sides {
		balancer, _ := n.balancer(side)
		listener := balancer.listener(httpsPort)
		looked += len(listener.DefaultActions)
		weights := listener.weights()
		live[side] = n.carries(side, weights)
		if live[side] == "" {
			findings = append(findings, Finding{
				n.Environment + "-" + side + " listener 443", orNothing(words(weights)),
				fmt.Sprintf("the targets %[1]s-blue and %[1]s-green, one with weight 0", n.Environment+"-"+side),
			})
		}
	}
	if live[public] != live[internal] {
		findings = append(findings, Finding{
			n.Environment, fmt.Sprintf("%q live on the public and %q on the internal load balancer", live[public], live[internal]), "one color",
		})
	}
	balancer, _ := n.balancer(public)
	tested := balancer.listener(testPort).weights()
	if idle := n.targetGroup(public, other(live[public])); len(tested) != 1 || tested[idle] == 0 {
		findings = append(findings, Finding{n.Environment + "-public listener 8443", orNothing(words(tested)), "the idle " + idle})
	}
	return looked, findings
}

// live is the color that serves the internet, "" when it is not one.
func (n Network) live() string {
	balancer, _ := n.balancer(public)
	return n.carries(public, balancer.listener(httpsPort).weights())
}

// carries is the color that has all the weight, "" when the weights are not
// those of two colors or not of one alone.
func (n Network) carries(side string, weights map[string]int) string {
	for _, color := range colors {
		mine, mineThere := weights[n.targetGroup(side, color)]
		others, othersThere := weights[n.targetGroup(side, other(color))]
		if len(weights) == 2 && mineThere && othersThere && mine > 0 && others == 0 {
			return color
		}
	}
	return ""
}

// targetGroup is the name of the target group of a side and a color.
func (n Network) targetGroup(side, color string) string {
	return strings.Join([]string{n.Environment, side, color}, "-")
}

// weights are by the names of target groups. A listener that does more than to
// forward has none.
func (l Listener) weights() map[string]int {
	if len(l.DefaultActions) != 1 || l.DefaultActions[0].Type != "forward" {
		return nil
	}
	action, weights := l.DefaultActions[0], map[string]int{}
	for _, group := range action.ForwardConfig.TargetGroups {
		weights[targetGroupName(group.TargetGroupArn)] = group.Weight
	}
	if len(weights) == 0 && action.TargetGroupArn != "" {
		weights[targetGroupName(action.TargetGroupArn)] = 1
	}
	return weights
}

// targetGroupName is the middle of targetgroup/<name>/<id> at an ARN's end.
func targetGroupName(arn string) string {
	parts := strings.Split(arn, "/")
	return parts[max(0, len(parts)-2)]
}

func words(weights map[string]int) string {
	var list []string
	for name, weight := range weights {
		list = append(list, fmt.Sprintf("%s %d", name, weight))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}
