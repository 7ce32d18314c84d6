package verify

import (
	"maps"
	"slices"
)

// eksNamespaces are EKS's own, in which the add-ons are; the others are the program's.
var eksNamespaces = []string{"kube-system", "kube-public", "kube-node-lease"}

// outsideMesh are the namespaces of the platform that are not in the mesh, for they are
// what makes it, or talk to the Kubernetes API alone.
var outsideMesh = append([]string{"default", "istio-system", "argo-rollouts"}, eksNamespaces...)

// closed: a policy of every pod, in both directions, without a rule; and beside it, for
// policies add up, none that opens all ports or comes from somebody else.
func closed(n Network, c Cluster, _ hosting) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for _, namespace := range c.Namespaces {
		name := namespace.Metadata.Name
		if slices.Contains(eksNamespaces, name) {
			continue
		}
		looked++
		if !slices.ContainsFunc(c.Policies, func(p Object) bool { return p.Metadata.Namespace == name && deniesAll(p) }) {
			findings = append(findings, Finding{n.Environment + "-eks namespace " + name, "no default-deny policy", "one that refuses everything in and out"})
		}
		for _, policy := range c.Policies {
			if policy.Metadata.Namespace == name && (opensAll(policy) || policy.Metadata.Labels[managedBy] != "pulumi") {
				findings = append(findings, Finding{n.Environment + "-eks network policy " + name + "/" + policy.Metadata.Name, "not the program's, or open on every port", "none"})
			}
		}
	}
	return looked, findings
}

// managedBy is the label of what the program makes.
const managedBy = "app.kubernetes.io/managed-by"

// opensAll tells whether a rule of a policy names no ports.
func opensAll(policy Object) bool {
	for _, direction := range []string{"ingress", "egress"} {
		rules, _ := policy.Spec[direction].([]any)
		for _, rule := range rules {
			fields, _ := rule.(map[string]any)
			if ports, _ := fields["ports"].([]any); len(ports) == 0 {
				return true
			}
		}
	}
	return false
}

func deniesAll(policy Object) bool {
	selector, _ := policy.Spec["podSelector"].(map[string]any)
	types, _ := policy.Spec["policyTypes"].([]any)
	_, in := policy.Spec["ingress"]
	_, out := policy.Spec["egress"]
	return len(selector) == 0 && slices.Contains(types, any("Ingress")) && slices.Contains(types, any("Egress")) && !in && !out
}

func restricted(n Network, c Cluster, want hosting) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for _, name := range append([]string{"argo-rollouts"}, want.applications...) {
		at := slices.IndexFunc(c.Namespaces, func(o Object) bool { return o.Metadata.Name == name })
		if at < 0 {
			findings = append(findings, Finding{n.Environment + "-eks namespace " + name, nothing, "one under restricted"})
			continue
		}
		looked++
		if found := c.Namespaces[at].Metadata.Labels["pod-security.kubernetes.io/enforce"]; found != "restricted" {
			findings = append(findings, Finding{n.Environment + "-eks namespace " + name, orNothing(found), "pod-security.kubernetes.io/enforce=restricted"})
		}
	}
	return looked, findings
}

// strict: the whole mesh refuses what comes in the clear, and no namespace stays out unseen.
func strict(n Network, c Cluster, want hosting) (int, []Finding) {
	var findings []Finding
	whole := slices.ContainsFunc(c.Meshes, func(o Object) bool {
		mtls, _ := o.Spec["mtls"].(map[string]any)
		_, selects := o.Spec["selector"]
		return o.Metadata.Namespace == "istio-system" && !selects && mtls["mode"] == "STRICT"
	})
	if !whole {
		findings = append(findings, Finding{n.Environment + "-eks PeerAuthentication in istio-system", nothing, "STRICT, of the whole mesh"})
	}
	for _, o := range c.Meshes {
		name := n.Environment + "-eks PeerAuthentication " + o.Metadata.Namespace + "/" + o.Metadata.Name
		if mtls, _ := o.Spec["mtls"].(map[string]any); mtls["mode"] != "STRICT" {
			findings = append(findings, Finding{name, "not STRICT", "STRICT"})
		}
		for _, port := range inTheClear(o) {
			if port != applicationPort || !slices.Contains(want.applications, o.Metadata.Namespace) {
				findings = append(findings, Finding{name, "port " + port + " not STRICT", "STRICT on every port but an application's " + applicationPort})
			}
		}
	}
	looked := 1
	for _, namespace := range c.Namespaces {
		name := namespace.Metadata.Name
		if slices.Contains(outsideMesh, name) {
			continue
		}
		looked++
		if namespace.Metadata.Labels["istio.io/dataplane-mode"] != "ambient" {
			findings = append(findings, Finding{n.Environment + "-eks namespace " + name, "outside the mesh", "istio.io/dataplane-mode=ambient"})
		}
	}
	return looked, findings
}

// applicationPort is where load balancers, which are outside the mesh, come in.
const applicationPort = "8080"

// inTheClear are the ports of a PeerAuthentication that take what is not the mesh's, sorted.
func inTheClear(o Object) []string {
	ports, _ := o.Spec["portLevelMtls"].(map[string]any)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(ports)), func(port string) bool {
		mtls, _ := ports[port].(map[string]any)
		return mtls["mode"] == "STRICT"
	})
}

// bound holds Kubernetes against AWS: what a service is bound to is there, and is for pods.
func bound(n Network, c Cluster, want hosting) (int, []Finding) {
	var findings []Finding
	if wanted := 2 * len(want.applications); len(c.Bindings) != wanted {
		findings = append(findings, Finding{n.Environment + "-eks TargetGroupBindings", nothing, "two of each application"})
	}
	for _, binding := range c.Bindings {
		arn, _ := binding.Spec["targetGroupARN"].(string)
		name := n.Environment + "-" + binding.Metadata.Name
		if !slices.ContainsFunc(c.Targets, func(g TargetGroup) bool {
			return g.TargetGroupArn == arn && g.TargetGroupName == name && g.TargetType == "ip"
		}) {
			findings = append(findings, Finding{n.Environment + "-eks TargetGroupBinding " + binding.Metadata.Name, orNothing(arn), "the target group " + name + ", of addresses"})
		}
	}
	return len(c.Bindings), findings
}
