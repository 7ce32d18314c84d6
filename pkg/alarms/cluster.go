package alarms

// The namespaces of the control plane, which EKS fills by itself, and of the nodes and
// pods, which the add-on amazon-cloudwatch-observability fills.
const (
	eksNamespace      = "AWS/EKS"
	insightsNamespace = "ContainerInsights"
	clusterRunbook    = "cluster.md"
)

// clusterRows are of the Kubernetes cluster (Amazon EKS User Guide, "Monitor cluster data
// with Amazon CloudWatch"; Amazon CloudWatch User Guide, "Amazon EKS and Kubernetes Container
// Insights with enhanced observability metrics"). Restarts by cluster the guide lists by pod
// alone; the agent publishes them by ClusterName too, with enhanced observability
// (aws/amazon-cloudwatch-agent, translator/translate/otel/exporter/awsemf/kubernetes.go).
func clusterRows() []Row {
	return append(controlPlaneRows(), podRows()...)
}

func controlPlaneRows() []Row {
	return []Row{
		{
			Kind: EKS, Alarm: Alarm{
				Name: "api-errors", Says: "The Kubernetes API answers requests with 5xx.",
				Metrics: []Metric{
					{"requests", eksNamespace, "apiserver_request_total", Sum},
					{"errors", eksNamespace, "apiserver_request_total_5XX", Sum},
				},
				Expression: "IF(requests >= 100, 100 * FILL(errors, 0) / requests, 0)",
				Comparison: AtLeast, Threshold: 5, Unit: Percent,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: NotBreaching, Severity: Critical, Runbook: clusterRunbook,
			},
		},
		{
			Kind: EKS, Explains: true, Alarm: Alarm{
				Name: "nodes-down", Says: "Half of the cluster's nodes are not ready.",
				Metrics: []Metric{
					{"nodes", insightsNamespace, "cluster_node_count", Maximum},
					{"failed", insightsNamespace, "cluster_failed_node_count", Maximum},
				},
				Expression: "IF(nodes > 0, 100 * FILL(failed, 0) / nodes, 0)",
				Comparison: AtLeast, Threshold: 50, Unit: Percent,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: NotBreaching, Severity: Critical, Runbook: clusterRunbook,
			},
		},
		{
			// The metrics above come from agents on the nodes: without a node there are none. A
			// cluster that has none for a while, by its schedule, is without this row.
			Kind: EKS, Explains: true, Alarm: Alarm{
				Name: "silent", Says: "No node of the cluster has reported anything for a quarter of an hour: all are down, or the agents are.",
				Metrics:    one(insightsNamespace, "cluster_node_count", SampleCount),
				Comparison: Below, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 15, Datapoints: 15, Missing: Breaching, Severity: Critical, Runbook: clusterRunbook,
			},
		},
		{
			// EKS replaces a node that has not been ready for half an hour.
			Kind: EKS, Alarm: Alarm{
				Name: "node-not-ready", Says: "A node of the cluster has not been ready for a quarter of an hour.",
				Metrics:    one(insightsNamespace, "cluster_failed_node_count", Maximum),
				Comparison: AtLeast, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 15, Datapoints: 15, Missing: NotBreaching, Severity: Warning, Runbook: clusterRunbook,
			},
		},
	}
}

func podRows() []Row {
	return []Row{
		{
			Kind: EKS, Alarm: Alarm{
				Name: "pod-restarts", Says: "Containers restart again and again.",
				Metrics:    one(insightsNamespace, "pod_number_of_container_restarts", Sum),
				Comparison: AtLeast, Threshold: 10, Unit: Count,
				PeriodSeconds: 15 * minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: clusterRunbook,
			},
		},
		{
			Kind: EKS, Alarm: Alarm{
				Name: "pods-crashing", Says: "A container fails at every start, and Kubernetes waits longer each time.",
				Metrics:    one(insightsNamespace, "pod_container_status_waiting_reason_crash_loop_back_off", Maximum),
				Comparison: AtLeast, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 15, Datapoints: 10, Missing: NotBreaching, Severity: Warning, Runbook: clusterRunbook,
			},
		},
	}
}
