package trial

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// listener is what describe-listeners says of one.
type listener struct {
	Port           int
	DefaultActions []struct {
		TargetGroupArn string
		ForwardConfig  struct {
			TargetGroups []struct {
				TargetGroupArn string
				Weight         int
			}
		}
	}
}

// carried lists the listeners that forward and the color that has all of their
// traffic, as "443 green", by port; "443 " where it is not one color alone.
func carried(listeners []listener) []string {
	var found []string
	slices.SortFunc(listeners, func(a, b listener) int { return cmp.Compare(a.Port, b.Port) })
	for _, one := range listeners {
		if targets := one.targets(); len(targets) > 0 {
			found = append(found, fmt.Sprintf("%d %s", one.Port, colorOf(targets)))
		}
	}
	return found
}

// targets are the target groups with a weight.
func (l listener) targets() []string {
	var found []string
	for _, action := range l.DefaultActions {
		for _, group := range action.ForwardConfig.TargetGroups {
			if group.Weight > 0 {
				found = append(found, group.TargetGroupArn)
			}
		}
		if len(action.ForwardConfig.TargetGroups) == 0 && action.TargetGroupArn != "" {
			found = append(found, action.TargetGroupArn)
		}
	}
	return found
}

// colorOf is the color of a target group's name, which its ARN has between the last two slashes.
func colorOf(targets []string) string {
	parts := strings.Split(targets[0], "/")
	if len(targets) > 1 || len(parts) < 2 {
		return ""
	}
	name := parts[len(parts)-2]
	return name[strings.LastIndex(name, "-")+1:]
}
