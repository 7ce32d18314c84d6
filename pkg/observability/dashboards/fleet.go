package dashboards

import "aws-platform/pkg/alarms"

// The namespaces of instances and of their groups (Amazon EC2 Auto Scaling User Guide,
// "Amazon CloudWatch metrics for Amazon EC2 Auto Scaling").
const (
	instanceMetrics = "AWS/EC2"
	groupMetrics    = "AWS/AutoScaling"
)

// fleet shows the instances, by color.
func (f facts) fleet() []tile {
	if len(f.groups) == 0 {
		return nil
	}
	return []tile{
		f.percent("Processors of instances, percent", alarms.Average, f.ofGroups(instanceMetrics, "CPUUtilization")...),
		f.graph("Instances wanted and in service", alarms.Average, f.ofGroups(groupMetrics, "GroupDesiredCapacity", "GroupInServiceInstances")...),
		f.graph("Status checks failed", alarms.Maximum, f.ofGroups(instanceMetrics, "StatusCheckFailed")...),
	}
}

// ofGroups are metrics of each color's auto scaling group.
func (f facts) ofGroups(namespace string, names ...string) []series {
	return each(f.groups, func(color, group string) (lines []series) {
		for _, name := range names {
			lines = append(lines, metric(namespace, name, dimension{"AutoScalingGroupName", group}).labeled(color+" "+name))
		}
		return lines
	})
}
