package dashboards

import "aws-platform/pkg/alarms"

// The namespaces of the control plane (Amazon EKS User Guide, "Fetch control plane raw
// metrics in Prometheus format", "Amazon EKS control plane metrics with CloudWatch") and of
// Container Insights (Amazon CloudWatch User Guide, "Amazon EKS and Kubernetes Container
// Insights with enhanced observability metrics").
const (
	controlPlaneMetrics = "AWS/EKS"
	insightsMetrics     = "ContainerInsights"
)

// kubernetes shows the cluster and its nodes.
func (f facts) kubernetes() []tile {
	if f.cluster == "" {
		return nil
	}
	return []tile{
		f.graph("Requests of the Kubernetes API, and those answered with 5xx", alarms.Sum, f.ofCluster(controlPlaneMetrics, "apiserver_request_total", "apiserver_request_total_5XX")...),
		f.graph("Nodes", alarms.Average, f.ofCluster(insightsMetrics, "cluster_node_count", "cluster_failed_node_count")...),
		f.percent("Nodes, percent in use", alarms.Average, f.ofCluster(insightsMetrics, "node_cpu_utilization", "node_memory_utilization", "node_filesystem_utilization")...),
		f.graph("Pods waiting for a node", alarms.Maximum, f.ofCluster(controlPlaneMetrics, "scheduler_pending_pods")...),
		f.graph("Pods that crash at every start", alarms.Maximum, f.ofCluster(insightsMetrics, "pod_container_status_waiting_reason_crash_loop_back_off")...),
		f.graph("Containers restarted", alarms.Sum, f.ofCluster(insightsMetrics, "pod_number_of_container_restarts")...),
	}
}

// ofCluster are metrics of the whole cluster.
func (f facts) ofCluster(namespace string, names ...string) (lines []series) {
	for _, name := range names {
		lines = append(lines, metric(namespace, name, dimension{"ClusterName", f.cluster}).labeled(name))
	}
	return lines
}
