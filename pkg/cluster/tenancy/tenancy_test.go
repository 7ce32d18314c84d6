package tenancy_test

import (
	"net/netip"
	"testing"

	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/tenancy"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/networkpolicies"
)

func prefixes(texts ...string) []netip.Prefix {
	made := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		made[i] = netip.MustParsePrefix(text)
	}
	return made
}

// web is production's (10.0.0.0/16), with production-pci (10.1.0.0/16) as its peer.
func web() tenancy.Args {
	data := prefixes("10.0.21.0/24", "10.0.22.0/24")
	return tenancy.Args{
		Namespace: "web", ApplicationPort: 8080, LoadBalancerCIDRs: prefixes("10.0.5.0/24", "10.0.6.0/24", "10.0.1.0/24"),
		HTTPSCIDRs: prefixes("10.0.5.0/24", "10.0.6.0/24", "10.1.5.0/24"), Internet: true,
		Stores: []tenancy.Store{{Name: "postgresql", Port: 5432, CIDRs: data}, {Name: "valkey", Port: 6379, CIDRs: data}},
		Pods:   9, CPUMillis: 100, MemoryMiB: 128,
	}
}

func run(args tenancy.Args) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := kubernetes.NewProvider(ctx, "kubernetes", &kubernetes.ProviderArgs{Kubeconfig: pulumi.String("{}")})
		if err != nil {
			return nil, err
		}
		_, err = tenancy.New(ctx, "production-web", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
}

func made(t *testing.T, args tenancy.Args) *graph.Graph {
	t.Helper()
	g, err := run(args)
	require.NoError(t, err)
	return g
}

var (
	meshed   = map[string]string{"kubernetes.io/metadata.name": "api", "istio.io/dataplane-mode": "ambient"}
	unmeshed = map[string]string{"kubernetes.io/metadata.name": "legacy"}
	system   = map[string]string{"kubernetes.io/metadata.name": "kube-system"}
	coreDNS  = map[string]string{"k8s-app": "kube-dns"}
	tcp, udp = "TCP", "UDP"
)

func at(address string) networkpolicies.Peer {
	return networkpolicies.Peer{Address: netip.MustParseAddr(address)}
}

func TestWhoReachesTheApplication(t *testing.T) {
	rules := policiesOf(t, made(t, web()))
	for name, test := range map[string]struct {
		from    networkpolicies.Peer
		port    int
		allowed bool
	}{
		"internal load balancer":                 {at("10.0.5.9"), 8080, true},
		"public load balancer":                   {at("10.0.1.9"), 8080, true},
		"load balancer on another port":          {at("10.0.5.9"), 9090, false},
		"load balancer on the mesh's port":       {at("10.0.5.9"), 15008, false},
		"a kubelet's probe":                      {at("169.254.7.127"), 8080, true},
		"another link-local address":             {at("169.254.7.128"), 8080, false},
		"an instance of the app tier":            {at("10.0.11.9"), 8080, false},
		"the peer's app tier":                    {at("10.1.11.9"), 8080, false},
		"the peer's load balancer":               {at("10.1.5.9"), 8080, false},
		"the internet":                           {at("198.51.100.9"), 8080, false},
		"a pod of the mesh, encrypted":           {networkpolicies.Peer{Namespace: meshed}, 15008, true},
		"a pod of the mesh, in the clear":        {networkpolicies.Peer{Namespace: meshed}, 8080, false},
		"a pod outside the mesh":                 {networkpolicies.Peer{Namespace: unmeshed}, 15008, false},
		"a pod outside the mesh, on the service": {networkpolicies.Peer{Namespace: unmeshed}, 8080, false},
	} {
		assert.Equal(t, test.allowed, rules.Admits(networkpolicies.Ingress, test.from, tcp, test.port), name)
	}
}

func TestWhatTheApplicationReaches(t *testing.T) {
	rules := policiesOf(t, made(t, web()))
	for name, test := range map[string]struct {
		to       networkpolicies.Peer
		protocol string
		port     int
		allowed  bool
	}{
		"DNS by UDP":                         {networkpolicies.Peer{Namespace: system, Pod: coreDNS}, udp, 53, true},
		"DNS by TCP":                         {networkpolicies.Peer{Namespace: system, Pod: coreDNS}, tcp, 53, true},
		"another pod of kube-system":         {networkpolicies.Peer{Namespace: system}, udp, 53, false},
		"a pod that is called kube-dns":      {networkpolicies.Peer{Namespace: unmeshed, Pod: coreDNS}, udp, 53, false},
		"DNS elsewhere":                      {at("198.51.100.53"), udp, 53, false},
		"PostgreSQL":                         {at("10.0.21.9"), tcp, 5432, true},
		"Valkey":                             {at("10.0.22.9"), tcp, 6379, true},
		"a store that it does not use":       {at("10.0.21.9"), tcp, 9098, false},
		"the data tier by HTTPS":             {at("10.0.21.9"), tcp, 443, false},
		"PostgreSQL's port in the app tier":  {at("10.0.11.9"), tcp, 5432, false},
		"the peer's data tier":               {at("10.1.21.9"), tcp, 5432, false},
		"the own internal load balancer":     {at("10.0.5.9"), tcp, 443, true},
		"the peer's internal load balancer":  {at("10.1.5.9"), tcp, 443, true},
		"the same on another port":           {at("10.1.5.9"), tcp, 8080, false},
		"the peer's app tier":                {at("10.1.11.9"), tcp, 443, false},
		"the own app tier":                   {at("10.0.11.9"), tcp, 443, false},
		"a VPC that is no peer":              {at("10.77.0.9"), tcp, 443, false},
		"an address of RFC 1918":             {at("172.20.0.1"), tcp, 443, false},
		"AWS by the internet":                {at("52.94.0.9"), tcp, 443, true},
		"the internet in the clear":          {at("198.51.100.9"), tcp, 80, false},
		"the Pod Identity Agent":             {at("169.254.170.23"), tcp, 80, true},
		"instance metadata":                  {at("169.254.169.254"), tcp, 80, false},
		"instance metadata by HTTPS":         {at("169.254.169.254"), tcp, 443, false},
		"a pod of the mesh, encrypted":       {networkpolicies.Peer{Namespace: meshed}, tcp, 15008, true},
		"a pod of the mesh, in the clear":    {networkpolicies.Peer{Namespace: meshed}, tcp, 8080, false},
		"a pod outside the mesh, in the way": {networkpolicies.Peer{Namespace: unmeshed}, tcp, 15008, false},
	} {
		assert.Equal(t, test.allowed, rules.Admits(networkpolicies.Egress, test.to, test.protocol, test.port), name)
	}
}

// Whatever its port, no address of the peer but its load balancer's is reached.
func TestNoRuleLeadsToThePeersAppTier(t *testing.T) {
	rules := policiesOf(t, made(t, web()))
	for _, address := range []string{"10.1.11.1", "10.1.12.200", "10.1.21.4", "10.1.1.4"} {
		for port := 1; port < 1<<16; port++ {
			require.False(t, rules.Admits(networkpolicies.Egress, at(address), tcp, port), "%s:%d", address, port)
			require.False(t, rules.Admits(networkpolicies.Ingress, at(address), tcp, port), "%s:%d", address, port)
		}
	}
}

func TestWithoutTheInternetNoPublicAddressIsReached(t *testing.T) {
	args := web()
	args.Internet, args.HTTPSCIDRs, args.Stores = false, nil, nil
	rules := policiesOf(t, made(t, args))
	for _, address := range []string{"52.94.0.9", "10.0.5.9", "10.0.21.9"} {
		assert.False(t, rules.Admits(networkpolicies.Egress, at(address), tcp, 443), address)
	}
}
