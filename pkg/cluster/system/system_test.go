package system_test

import (
	"slices"
	"testing"

	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/charts"
	"aws-platform/pkg/cluster/system"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	releaseType = "kubernetes:helm.sh/v3:Release"
	policyType  = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
	key         = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
)

func production() system.Args {
	return system.Args{
		Environment: "production", Region: "us-east-1", ClusterName: pulumi.String("production-eks"), VPCID: pulumi.String("vpc-1"),
		EBSKeyARN: pulumi.String(key), Replicas: 2,
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

// opens tells whether a policy of the namespace lets a port through.
func opens(t *testing.T, namespace, direction string, port int) bool {
	t.Helper()
	for _, policy := range made(t).OfType(policyType) {
		if policy.String("metadata.namespace") != namespace || !slices.Contains(policy.Strings("spec.policyTypes"), map[string]string{"ingress": "Ingress", "egress": "Egress"}[direction]) {
			continue
		}
		rules, _ := policy.Lookup("spec." + direction)
		list, _ := rules.([]any)
		for _, rule := range list {
			ports, _ := rule.(map[string]any)["ports"].([]any)
			require.NotEmpty(t, ports, "%s names ports", policy.Name)
			for _, open := range ports {
				if int(open.(map[string]any)["port"].(float64)) == port {
					return true
				}
			}
		}
	}
	return false
}

// ztunnel and istio-cni are pods of this namespace, on the pod network (Istio 1.26,
// change notes: the CNI agent no longer needs hostNetwork): they must reach istiod.
func TestTheOpeningsOfThePlatformsNamespaces(t *testing.T) {
	for name, test := range map[string]struct {
		namespace, direction string
		port                 int
		open                 bool
	}{
		"nodes ask istiod":             {charts.IstioNamespace, "ingress", 15012, true},
		"the API server asks istiod":   {charts.IstioNamespace, "ingress", 15017, true},
		"ztunnel asks istiod":          {charts.IstioNamespace, "egress", 15012, true},
		"istiod's port in the clear":   {charts.IstioNamespace, "ingress", 15010, false},
		"istiod's debugging":           {charts.IstioNamespace, "ingress", 8080, false},
		"istiod asks Kubernetes":       {charts.IstioNamespace, "egress", 443, true},
		"Argo Rollouts asks it too":    {charts.RolloutsNamespace, "egress", 443, true},
		"nobody asks Argo Rollouts":    {charts.RolloutsNamespace, "ingress", 8090, false},
		"no dashboard":                 {charts.RolloutsNamespace, "ingress", 3100, false},
		"Argo Rollouts asks no store":  {charts.RolloutsNamespace, "egress", 5432, false},
		"Istio asks no store":          {charts.IstioNamespace, "egress", 5432, false},
		"no HTTP in the clear leaves":  {charts.IstioNamespace, "egress", 80, false},
		"name resolution of Istio":     {charts.IstioNamespace, "egress", 53, true},
		"name resolution of the other": {charts.RolloutsNamespace, "egress", 53, true},
	} {
		assert.Equal(t, test.open, opens(t, test.namespace, test.direction, test.port), name)
	}
	for _, namespace := range []string{charts.IstioNamespace, charts.RolloutsNamespace} {
		deny := one(t, policyType, "production-"+namespace+"-default-deny")
		assert.Equal(t, []string{"Ingress", "Egress"}, deny.Strings("spec.policyTypes"))
		assert.Equal(t, map[string]any{}, deny.Inputs["spec"].(map[string]any)["podSelector"], "every pod")
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
