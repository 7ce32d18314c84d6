package fleet

import (
	"encoding/json"
	"strings"
)

// logFiles are what the CloudWatch agent ships, by the log stream's suffix; the
// agent adds a file's name where there are many. What
// systemd keeps in its journal, as Amazon Linux 2023 does, stays on the instance:
// an application writes what should outlive it to /var/log/application.
var logFiles = []struct{ stream, path string }{
	{"application", "/var/log/application/*.log"},
	{"codedeploy-agent", "/var/log/aws/codedeploy-agent/codedeploy-agent.log"},
	{"deployments", "/opt/codedeploy-agent/deployment-root/deployment-logs/codedeploy-agent-deployments.log"},
	{"first-boot", "/var/log/cloud-init-output.log"},
}

// metricsIntervalSeconds is how often memory and disks are measured.
const metricsIntervalSeconds = 60

// cloudWatchAgent is the agent's configuration (Amazon CloudWatch User Guide,
// "Manually create or edit the CloudWatch agent configuration file"). The one
// dimension is the instance's ID: the group's name would need ec2:DescribeTags.
func cloudWatchAgent(args Args) (string, error) {
	var files []map[string]any
	for _, file := range logFiles {
		entry := map[string]any{
			"file_path": file.path, "log_group_name": logGroupName(args), "log_stream_name": "{instance_id}/" + file.stream,
		}
		if strings.Contains(file.path, "*") {
			entry["publish_multi_logs"] = true // without it, the newest of the files alone
		}
		files = append(files, entry)
	}
	text, err := json.MarshalIndent(map[string]any{
		"agent": map[string]any{"metrics_collection_interval": metricsIntervalSeconds},
		"metrics": map[string]any{
			"namespace":         metricNamespace(args),
			"append_dimensions": map[string]string{"InstanceId": "${aws:InstanceId}"},
			"metrics_collected": map[string]any{
				"mem":  map[string]any{"measurement": []string{"mem_used_percent"}},
				"disk": map[string]any{"measurement": []string{"used_percent", "inodes_free"}, "resources": []string{"/"}, "drop_device": true},
			},
		},
		"logs": map[string]any{"logs_collected": map[string]any{"files": map[string]any{"collect_list": files}}},
	}, "", "  ")
	return string(text), err
}

// metricNamespace is where the agent's metrics go.
func metricNamespace(args Args) string { return args.Environment + "/fleet" }
