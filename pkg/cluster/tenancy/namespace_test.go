package tenancy_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/tenancy"
	"aws-platform/pkg/networkpolicies"
)

func TestTheNamespaceIsRestrictedAndInTheMesh(t *testing.T) {
	g := made(t, web())
	namespace, err := g.One("kubernetes:core/v1:Namespace", "production-web")
	require.NoError(t, err)
	labels := objectAt(namespace.Inputs, "metadata", "labels")
	assert.Equal(t, map[string]any{
		"enforce": "restricted", "enforce-version": "latest", "audit": "restricted", "audit-version": "latest",
		"warn": "restricted", "warn-version": "latest",
	}, withPrefix(labels, "pod-security.kubernetes.io/"))
	assert.Equal(t, "ambient", labels["istio.io/dataplane-mode"])
	assert.Equal(t, "by-digest", labels["platform/images"])
	assert.Equal(t, "web", namespace.String("metadata.name"))

	for _, object := range g.Resources {
		if object.Custom && strings.HasPrefix(object.Type, "kubernetes:") && object.URN != namespace.URN {
			assert.Equal(t, "web", object.String("metadata.namespace"), object.Name)
			assert.Contains(t, object.Dependencies, namespace.URN, "%s waits for its namespace", object.Name)
			assert.Equal(t, "pulumi", objectAt(object.Inputs, "metadata", "labels")["app.kubernetes.io/managed-by"], object.Name)
		}
	}
}

func TestTheQuotaHasRoomForThePodsAndNoLoadBalancer(t *testing.T) {
	quota, err := made(t, web()).One("kubernetes:core/v1:ResourceQuota", "production-web-quota")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"pods": "9", "requests.cpu": "900m", "requests.memory": "1152Mi", "limits.memory": "1152Mi",
		"services.loadbalancers": "0", "services.nodeports": "0",
	}, quota.Inputs["spec"].(map[string]any)["hard"])
}

// A target group that no listener uses never finds a pod healthy.
func TestPodsWaitForTheirLoadBalancerWhereThereIsOne(t *testing.T) {
	for served, gate := range map[bool]string{true: "enabled", false: "disabled"} {
		args := web()
		args.Served = served
		namespace, err := made(t, args).One("kubernetes:core/v1:Namespace", "production-web")
		require.NoError(t, err)
		assert.Equal(t, gate, objectAt(namespace.Inputs, "metadata", "labels")["elbv2.k8s.aws/pod-readiness-gate-inject"])
	}
}

// A quota of memory limits refuses containers that name none; the LimitRange names it.
func TestContainersThatSayNothingGetALimitOfMemory(t *testing.T) {
	limits, err := made(t, web()).One("kubernetes:core/v1:LimitRange", "production-web-limits")
	require.NoError(t, err)
	assert.Equal(t, "Container", limits.String("spec.limits[0].type"))
	assert.Equal(t, "128Mi", limits.String("spec.limits[0].default.memory"))
	assert.Equal(t, "128Mi", limits.String("spec.limits[0].defaultRequest.memory"))
	assert.Equal(t, "100m", limits.String("spec.limits[0].defaultRequest.cpu"))
}

func TestOnlyTheApplicationsPortIsOutsideTheMesh(t *testing.T) {
	port, err := made(t, web()).One("kubernetes:security.istio.io/v1:PeerAuthentication", "production-web-application-port")
	require.NoError(t, err)
	assert.Equal(t, "STRICT", port.String("spec.mtls.mode"))
	assert.Equal(t, map[string]any{"8080": map[string]any{"mode": "PERMISSIVE"}}, objectAt(port.Inputs, "spec", "portLevelMtls"))
	assert.NotEmpty(t, objectAt(port.Inputs, "spec", "selector", "matchLabels"), "Istio takes ports with a selector only")
}

func TestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*tenancy.Args)
		says   string
	}{
		"no namespace":             {func(a *tenancy.Args) { a.Namespace = "" }, "tenancy.Args.Namespace"},
		"no port":                  {func(a *tenancy.Args) { a.ApplicationPort = 0 }, "tenancy.Args.ApplicationPort"},
		"no load balancers":        {func(a *tenancy.Args) { a.LoadBalancerCIDRs = nil }, "tenancy.Args.LoadBalancerCIDRs"},
		"empty load balancers":     {func(a *tenancy.Args) { a.LoadBalancerCIDRs = []netip.Prefix{} }, "tenancy.Args.LoadBalancerCIDRs"},
		"no pods":                  {func(a *tenancy.Args) { a.Pods = 0 }, "tenancy.Args.Pods"},
		"no processor":             {func(a *tenancy.Args) { a.CPUMillis = 0 }, "tenancy.Args.CPUMillis"},
		"no memory":                {func(a *tenancy.Args) { a.MemoryMiB = 0 }, "tenancy.Args.MemoryMiB"},
		"the world comes in":       {func(a *tenancy.Args) { a.LoadBalancerCIDRs = prefixes("0.0.0.0/0") }, "0.0.0.0/0"},
		"HTTPS to the world":       {func(a *tenancy.Args) { a.HTTPSCIDRs = prefixes("0.0.0.0/0") }, "0.0.0.0/0"},
		"a store without subnets":  {func(a *tenancy.Args) { a.Stores[0].CIDRs = []netip.Prefix{} }, "tenancy.Args.Stores.CIDRs: 0"},
		"a store without a port":   {func(a *tenancy.Args) { a.Stores[0].Port = 0 }, "tenancy.Args.Stores.Port: 0"},
		"a store without a name":   {func(a *tenancy.Args) { a.Stores[0].Name = "" }, `tenancy.Args.Stores.Name: ""`},
		"a store that is anywhere": {func(a *tenancy.Args) { a.Stores[0].CIDRs = prefixes("0.0.0.0/0") }, "0.0.0.0/0"},
		"IPv6 to the world":        {func(a *tenancy.Args) { a.HTTPSCIDRs = prefixes("::/0") }, "::/0"},
		"a range that is no range": {func(a *tenancy.Args) { a.HTTPSCIDRs = []netip.Prefix{{}} }, "no range"},
	} {
		t.Run(name, func(t *testing.T) {
			args := web()
			test.change(&args)
			g, err := run(args)
			require.ErrorContains(t, err, test.says)
			assert.Empty(t, g.OfType(tenancy.TypeToken), "nothing is registered")
		})
	}
}

// The other policies close the directions that they name too; this one stands when they go.
func TestEverythingIsDeniedByDefault(t *testing.T) {
	deny, err := made(t, web()).One(networkpolicies.Type, "production-web-default-deny")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"podSelector": map[string]any{}, "policyTypes": []any{"Ingress", "Egress"}}, deny.Inputs["spec"])
}
