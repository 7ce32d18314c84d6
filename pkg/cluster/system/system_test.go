package system_test

import (
	"net/netip"
	"testing"

	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/charts"
	"aws-platform/pkg/cluster/digests"
	"aws-platform/pkg/cluster/system"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/networkpolicies"
)

const (
	releaseType = "kubernetes:helm.sh/v3:Release"
	policyType  = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
	key         = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
)

func production() system.Args {
	return system.Args{
		Environment: "production", Region: "us-east-1", ClusterName: pulumi.String("production-eks"), VPCID: pulumi.String("vpc-1"),
		EBSKeyARN: pulumi.String(key), Replicas: 2, PeerCIDRs: []netip.Prefix{netip.MustParsePrefix("10.21.0.0/16")},
	}
}

func run(args system.Args) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := kubernetes.NewProvider(ctx, "kubernetes", &kubernetes.ProviderArgs{Kubeconfig: pulumi.String("{}")})
		if err != nil {
			return nil, err
		}
		_, err = system.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
}

func made(t *testing.T) *graph.Graph {
	t.Helper()
	g, err := run(production())
	require.NoError(t, err)
	return g
}

func one(t *testing.T, typ, name string) graph.Resource {
	t.Helper()
	found, err := made(t).One(typ, name)
	require.NoError(t, err)
	return found
}

func release(t *testing.T, chart charts.Chart) graph.Resource {
	t.Helper()
	return one(t, releaseType, "production-"+chart.Release)
}

func TestEveryChartIsInstalledAsPinnedAndWholeOrNotAtAll(t *testing.T) {
	require.Len(t, made(t).OfType(releaseType), len(charts.All()))
	for _, chart := range charts.All() {
		r := release(t, chart)
		assert.Equal(t, []string{chart.Name, chart.Version, chart.Repository, chart.Namespace},
			[]string{r.String("chart"), r.String("version"), r.String("repositoryOpts.repo"), r.String("namespace")})
		assert.True(t, r.Bool("atomic"), chart.Release)
		assert.False(t, r.Bool("skipAwait"), chart.Release)
		assert.Positive(t, r.Int("timeout"), chart.Release)
	}
}

// What Istio needs is there before it (istio.io, "Install ambient mode with Helm").
func TestTheMeshComesUpInOrder(t *testing.T) {
	namespace := one(t, "kubernetes:core/v1:Namespace", "production-istio-system")
	before := namespace
	for _, chart := range []charts.Chart{charts.IstioBase, charts.Istiod, charts.IstioCNI, charts.Ztunnel} {
		r := release(t, chart)
		assert.Contains(t, r.Dependencies, before.URN, "%s waits for %s", chart.Release, before.Name)
		before = r
	}
	for _, chart := range []charts.Chart{charts.Istiod, charts.IstioCNI} {
		assert.Equal(t, "ambient", release(t, chart).String("values.profile"), chart.Release)
	}
	assert.Equal(t, 2, release(t, charts.Istiod).Int("values.replicaCount"))
}

func TestTheWholeMeshIsStrict(t *testing.T) {
	strict := one(t, "kubernetes:security.istio.io/v1:PeerAuthentication", "production-strict")
	assert.Equal(t, "default", strict.String("metadata.name"))
	assert.Equal(t, charts.IstioNamespace, strict.String("metadata.namespace"), "the root namespace: for all")
	assert.Equal(t, "STRICT", strict.String("spec.mtls.mode"))
	_, narrowed := strict.Lookup("spec.selector")
	assert.False(t, narrowed)
	for _, chart := range []charts.Chart{charts.IstioBase, charts.Istiod} {
		assert.Contains(t, strict.Dependencies, release(t, chart).URN, "its kind, and who checks it")
	}
}

func TestNamespacesHaveTheirStandard(t *testing.T) {
	for name, standard := range map[string]string{charts.IstioNamespace: "privileged", charts.RolloutsNamespace: "restricted"} {
		namespace := one(t, "kubernetes:core/v1:Namespace", "production-"+name)
		labels, _ := namespace.Lookup("metadata.labels")
		for _, mode := range []string{"enforce", "audit", "warn"} {
			assert.Equal(t, standard, labels.(map[string]any)["pod-security.kubernetes.io/"+mode], name)
		}
	}
}

func at(address string) networkpolicies.Peer {
	return networkpolicies.Peer{Address: netip.MustParseAddr(address)}
}

func pod(namespace string) networkpolicies.Peer {
	return networkpolicies.Peer{Namespace: map[string]string{"kubernetes.io/metadata.name": namespace}}
}

// ztunnel and istio-cni are pods of this namespace, on the pod network (Istio 1.26,
// change notes: the CNI agent no longer needs hostNetwork): they must reach istiod.
func TestTheOpeningsOfThePlatformsNamespaces(t *testing.T) {
	const kubernetes, node, peer, internet = "172.20.0.1", "10.20.64.9", "10.21.64.9", "198.51.100.9"
	for name, test := range map[string]struct {
		namespace, direction string
		other                networkpolicies.Peer
		port                 int
		open                 bool
	}{
		"nodes ask istiod":              {charts.IstioNamespace, "Ingress", at(node), 15012, true},
		"the API server asks istiod":    {charts.IstioNamespace, "Ingress", at(node), 15017, true},
		"ztunnel asks istiod":           {charts.IstioNamespace, "Egress", pod(charts.IstioNamespace), 15012, true},
		"and nobody else of that port":  {charts.IstioNamespace, "Egress", pod("web"), 15012, false},
		"nobody of a peer asks istiod":  {charts.IstioNamespace, "Ingress", at(peer), 15012, false},
		"istiod's port in the clear":    {charts.IstioNamespace, "Ingress", at(node), 15010, false},
		"istiod's debugging":            {charts.IstioNamespace, "Ingress", at(node), 8080, false},
		"istiod asks Kubernetes":        {charts.IstioNamespace, "Egress", at(kubernetes), 443, true},
		"Argo Rollouts asks it too":     {charts.RolloutsNamespace, "Egress", at(kubernetes), 443, true},
		"nobody asks Argo Rollouts":     {charts.RolloutsNamespace, "Ingress", at(node), 8090, false},
		"no dashboard":                  {charts.RolloutsNamespace, "Ingress", at(node), 3100, false},
		"Argo Rollouts asks no store":   {charts.RolloutsNamespace, "Egress", at(node), 5432, false},
		"Istio asks no store":           {charts.IstioNamespace, "Egress", at(node), 5432, false},
		"no HTTP in the clear leaves":   {charts.IstioNamespace, "Egress", at(internet), 80, false},
		"name resolution of Istio":      {charts.IstioNamespace, "Egress", at(node), 53, true},
		"name resolution of the other":  {charts.RolloutsNamespace, "Egress", at(node), 53, true},
		"Istio asks no peer":            {charts.IstioNamespace, "Egress", at(peer), 443, false},
		"Argo Rollouts asks no peer":    {charts.RolloutsNamespace, "Egress", at(peer), 443, false},
		"nor a name server of a peer's": {charts.RolloutsNamespace, "Egress", at(peer), 53, false},
		"nothing comes into default":    {"default", "Ingress", at(node), 443, false},
		"nothing leaves default":        {"default", "Egress", at(kubernetes), 443, false},
	} {
		policies, err := networkpolicies.Of(made(t), test.namespace)
		require.NoError(t, err)
		assert.Equal(t, test.open, policies.Admits(test.direction, test.other, "TCP", test.port), name)
	}
	for _, namespace := range []string{charts.IstioNamespace, charts.RolloutsNamespace} {
		deny := one(t, policyType, "production-"+namespace+"-default-deny")
		assert.Equal(t, []string{"Ingress", "Egress"}, deny.Strings("spec.policyTypes"))
		assert.Equal(t, map[string]any{}, deny.Inputs["spec"].(map[string]any)["podSelector"], "every pod")
	}
}

func TestWithoutPeersNobodyIsExcepted(t *testing.T) {
	args := production()
	args.PeerCIDRs = nil
	g, err := run(args)
	require.NoError(t, err)
	policies, err := networkpolicies.Of(g, charts.IstioNamespace)
	require.NoError(t, err)
	assert.True(t, policies.Admits("Egress", at("10.21.64.9"), "TCP", 443))
}

func TestNothingRunsInDefault(t *testing.T) {
	quota := one(t, "kubernetes:core/v1:ResourceQuota", "production-default-empty")
	assert.Equal(t, "default", quota.String("metadata.namespace"))
	assert.Equal(t, map[string]any{"pods": "0"}, quota.Inputs["spec"].(map[string]any)["hard"])
}

// What the expressions judge is asked of a real API server: sandbox/internal/verify.
func TestImagesWithoutADigestAreRefused(t *testing.T) {
	for kind, resources := range map[string][]string{"pods": {"pods", "pods/ephemeralcontainers"}, "rollouts": {"rollouts"}} {
		policy := one(t, "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "production-images-by-digest-"+kind)
		assert.Equal(t, "Fail", policy.String("spec.failurePolicy"), "or it would not hold while it cannot be evaluated")
		assert.Equal(t, resources, policy.Strings("spec.matchConstraints.resourceRules[0].resources"))
		assert.Equal(t, []string{"CREATE", "UPDATE"}, policy.Strings("spec.matchConstraints.resourceRules[0].operations"))
		assert.Equal(t, digests.Expression(map[string]string{"pods": "object", "rollouts": "object.spec.template"}[kind]), policy.String("spec.validations[0].expression"))
		binding := one(t, "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "production-images-by-digest-"+kind)
		assert.Equal(t, policy.String("metadata.name"), binding.String("spec.policyName"))
		assert.Equal(t, []string{"Deny"}, binding.Strings("spec.validationActions"))
		labels, _ := binding.Lookup("spec.matchResources.namespaceSelector.matchLabels")
		assert.Equal(t, map[string]any{digests.Label: digests.Required}, labels)
	}
}

func TestTheLoadBalancerControllerMakesNothing(t *testing.T) {
	values := release(t, charts.LoadBalancerController)
	assert.Equal(t, "production-eks", values.String("values.clusterName"))
	assert.Equal(t, "vpc-1", values.String("values.vpcId"))
	assert.Equal(t, "us-east-1", values.String("values.region"))
	assert.Equal(t, system.LoadBalancerServiceAccount, values.String("values.serviceAccount.name"))
	for _, off := range []string{"createIngressClassResource", "enableServiceMutatorWebhook", "enableBackendSecurityGroup", "enableShield", "enableWaf", "enableWafv2"} {
		value, said := values.Lookup("values." + off)
		assert.True(t, said, "%s is on where nothing is said", off)
		assert.Equal(t, false, value, off)
	}
}

func TestRolloutsHaveNoDashboardAndOutliveTheirController(t *testing.T) {
	values := release(t, charts.ArgoRollouts)
	assert.False(t, values.Bool("values.dashboard.enabled"))
	assert.True(t, values.Bool("values.keepCRDs"))
	assert.Equal(t, 2, values.Int("values.controller.replicas"))
	assert.True(t, values.Bool("values.controller.pdb.enabled"))
}

func TestVolumesAreEncryptedWithTheEnvironmentsKey(t *testing.T) {
	class := one(t, "kubernetes:storage.k8s.io/v1:StorageClass", "production-gp3")
	assert.Equal(t, "ebs.csi.aws.com", class.String("provisioner"))
	assert.Equal(t, "true", class.String("parameters.encrypted"))
	assert.Equal(t, key, class.String("parameters.kmsKeyId"))
	assert.Equal(t, "WaitForFirstConsumer", class.String("volumeBindingMode"))
	annotations, _ := class.Lookup("metadata.annotations")
	assert.Equal(t, "true", annotations.(map[string]any)["storageclass.kubernetes.io/is-default-class"])
}

func TestRefused(t *testing.T) {
	for says, change := range map[string]func(*system.Args){
		"system.Args.Environment": func(a *system.Args) { a.Environment = "" },
		"system.Args.Region":      func(a *system.Args) { a.Region = "" },
		"system.Args.ClusterName": func(a *system.Args) { a.ClusterName = nil },
		"system.Args.VPCID":       func(a *system.Args) { a.VPCID = nil },
		"system.Args.EBSKeyARN":   func(a *system.Args) { a.EBSKeyARN = nil },
		"system.Args.Replicas":    func(a *system.Args) { a.Replicas = 0 },
	} {
		args := production()
		change(&args)
		g, err := run(args)
		require.ErrorContains(t, err, says)
		assert.Empty(t, g.OfType(system.TypeToken), "nothing is registered")
	}
}
