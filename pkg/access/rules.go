package access

// Rule is what RBAC lets a subject do.
type Rule struct {
	APIGroups, Resources, Verbs []string
	// Names are the objects that the rule is of; none: all. Lists and watches then are of
	// one object by its name (Kubernetes, "Using RBAC Authorization", "Referring to resources").
	Names []string
}

// The names of the RBAC objects.
const (
	ViewOnlyRole = "view-only"
	DeployerRole = "deployer"
)

// ViewOnly is the ClusterRole of developers: read, and nothing that reading could be
// turned into. There are no secrets, and no service accounts, whose names lead to
// tokens; no pods/exec, attach, portforward or proxy; no wildcard, which would grow.
func ViewOnly() []Rule {
	read := []string{"get", "list", "watch"}
	return []Rule{
		{[]string{""}, []string{
			"pods", "pods/status", "services", "services/status", "endpoints", "configmaps", "events", "nodes", "nodes/status", "namespaces", "namespaces/status",
			"replicationcontrollers", "persistentvolumeclaims", "persistentvolumeclaims/status", "persistentvolumes", "resourcequotas", "resourcequotas/status", "limitranges",
		}, read, nil},
		{[]string{""}, []string{"pods/log"}, []string{"get"}, nil},
		{[]string{"events.k8s.io"}, []string{"events"}, read, nil},
		{[]string{"discovery.k8s.io"}, []string{"endpointslices"}, read, nil},
		{[]string{"apps"}, []string{
			"deployments", "deployments/status", "replicasets", "replicasets/status", "statefulsets", "statefulsets/status", "daemonsets", "daemonsets/status",
		}, read, nil},
		{[]string{"batch"}, []string{"jobs", "jobs/status", "cronjobs", "cronjobs/status"}, read, nil},
		{[]string{"autoscaling"}, []string{"horizontalpodautoscalers", "horizontalpodautoscalers/status"}, read, nil},
		{[]string{"policy"}, []string{"poddisruptionbudgets", "poddisruptionbudgets/status"}, read, nil},
		{[]string{"networking.k8s.io"}, []string{"ingresses", "ingresses/status", "networkpolicies"}, read, nil},
		{[]string{"storage.k8s.io"}, []string{"storageclasses"}, read, nil},
		{[]string{"metrics.k8s.io"}, []string{"pods", "nodes"}, []string{"get", "list"}, nil},
		{[]string{"argoproj.io"}, []string{"rollouts", "rollouts/status", "analysisruns", "analysistemplates", "clusteranalysistemplates", "experiments"}, read, nil},
		{[]string{"elbv2.k8s.aws"}, []string{"targetgroupbindings", "targetgroupbindings/status"}, read, nil},
		{[]string{"security.istio.io"}, []string{"peerauthentications", "authorizationpolicies"}, read, nil},
	}
}

// Deploying is the Role of pipelines in the namespace of an application: its Rollout, by
// its name, and nothing else. Promotion and abortion are changes of the status.
func Deploying(application string) []Rule {
	own := []string{application}
	return []Rule{
		{[]string{"argoproj.io"}, []string{"rollouts"}, []string{"get", "list", "watch", "update", "patch"}, own},
		{[]string{"argoproj.io"}, []string{"rollouts/status"}, []string{"get", "update", "patch"}, own},
	}
}
