package firewall

// What Kubernetes speaks between its nodes and its control plane. Security group
// rules of Amazon EKS User Guide, "View Amazon EKS security group requirements for
// clusters", narrowed to what the platform runs.
var (
	kubelet         = service{"kubelet", "Kubelet", tcp, 10250}
	metricsServer   = service{"metrics-server", "Metrics server", tcp, 10251} // the port of EKS' add-on
	balancerWebhook = service{"balancer-webhook", "Webhook of the AWS Load Balancer Controller", tcp, 9443}
	// Istio's ports (istio.io, "Ports used by Istio").
	istiodWebhook = service{"istiod-webhook", "Webhook of istiod", tcp, 15017}
	istiod        = service{"istiod", "Configuration and certificates of istiod", tcp, 15012}
	hbone         = service{"hbone", "Mutually encrypted pod traffic (HBONE)", tcp, 15008}
)

// clusterRules: the nodes call the Kubernetes API, and so do the clients, as which a
// pipeline's runner in the app tier comes, or whoever else is given the group; the control plane calls kubelets and
// webhooks. Between nodes there is name resolution, metrics and the mesh, nothing
// else: a pod that is outside the mesh reaches no pod on another node.
func (b *builder) clusterRules() error {
	for _, caller := range []group{b.nodes, b.clients} {
		if err := b.connect(caller, b.cluster, https); err != nil {
			return err
		}
	}
	for _, s := range []service{kubelet, metricsServer, balancerWebhook, istiodWebhook} {
		if err := b.connect(b.cluster, b.nodes, s); err != nil {
			return err
		}
	}
	for _, s := range []service{dnsUDP, dnsTCP, kubelet, istiod, hbone} {
		if err := b.connect(b.nodes, b.nodes, s); err != nil {
			return err
		}
	}
	return nil
}
