package bluegreen_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/bluegreen"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	rolloutType = "kubernetes:argoproj.io/v1alpha1:Rollout"
	bindingType = "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding"
	serviceType = "kubernetes:core/v1:Service"
	groupARN    = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/production-web-"
)

var digest = "@sha256:" + strings.Repeat("0a", 32)

func web() bluegreen.Args {
	return bluegreen.Args{
		Name: "web", Namespace: "web", Port: 8080, DeregistrationSeconds: 30,
		Config: config.Application{
			Image: "registry.example.com/web" + digest, Replicas: 3, CPUMillis: 100, MemoryMiB: 128,
			Protocol: "HTTPS", HealthCheckPath: "/healthz", Args: []string{"serve", "--quiet"},
		},
		ActiveTargetGroupARN: pulumi.String(groupARN + "active/1"), PreviewTargetGroupARN: pulumi.String(groupARN + "preview/2"),
	}
}

func run(args bluegreen.Args) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := kubernetes.NewProvider(ctx, "kubernetes", &kubernetes.ProviderArgs{Kubeconfig: pulumi.String("{}")})
		if err != nil {
			return nil, err
		}
		_, err = bluegreen.New(ctx, "production-web", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
}

func one(t *testing.T, typ, name string) graph.Resource {
	t.Helper()
	g, err := run(web())
	require.NoError(t, err)
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

func rollout(t *testing.T) graph.Resource { return one(t, rolloutType, "production-web-rollout") }

func pod(t *testing.T) object {
	t.Helper()
	of, found := rollout(t).Lookup("spec.template.spec")
	require.True(t, found)
	return of.(object)
}

func TestThePodIsRestricted(t *testing.T) {
	assert.Empty(t, violations(pod(t)))
}

// Each change of the pod is one that restricted, or the platform, refuses.
func TestRestrictedRefuses(t *testing.T) {
	container := func(p object) object { return list(p["containers"])[0].(object) }
	security := func(p object) object { return container(p)["securityContext"].(object) }
	for says, change := range map[string]func(object){
		"hostNetwork":                   func(p object) { p["hostNetwork"] = true },
		"volume hostPath":               func(p object) { list(p["volumes"])[0].(object)["hostPath"] = object{"path": "/"} },
		"a token of the Kubernetes API": func(p object) { delete(p, "automountServiceAccountToken") },
		"privileged":                    func(p object) { security(p)["privileged"] = true },
		"allowPrivilegeEscalation":      func(p object) { delete(security(p), "allowPrivilegeEscalation") },
		"readOnlyRootFilesystem":        func(p object) { security(p)["readOnlyRootFilesystem"] = false },
		"runAsNonRoot":                  func(p object) { security(p)["runAsNonRoot"] = false },
		"runAsUser":                     func(p object) { security(p)["runAsUser"] = 0.0 },
		"seccompProfile":                func(p object) { security(p)["seccompProfile"] = object{"type": "Unconfined"} },
		"capabilities.drop":             func(p object) { security(p)["capabilities"] = object{"drop": []any{"NET_RAW"}} },
		"capabilities.add SYS_ADMIN":    func(p object) { security(p)["capabilities"].(object)["add"] = []any{"SYS_ADMIN"} },
		"hostPort":                      func(p object) { list(container(p)["ports"])[0].(object)["hostPort"] = 8080.0 },
	} {
		changed := clone(t, pod(t))
		change(changed)
		assert.Equal(t, []string{says}, violations(changed))
	}
}

func clone(t *testing.T, of object) object {
	t.Helper()
	text, err := json.Marshal(of)
	require.NoError(t, err)
	var made object
	require.NoError(t, json.Unmarshal(text, &made))
	return made
}

// podLabels are those of the Rollout's pods, by which it selects them too.
func podLabels(t *testing.T) any {
	t.Helper()
	r := rollout(t)
	labels, _ := r.Lookup("spec.template.metadata.labels")
	selected, _ := r.Lookup("spec.selector.matchLabels")
	require.NotEmpty(t, labels)
	require.Equal(t, labels, selected)
	return labels
}

func TestNothingMovesByItself(t *testing.T) {
	r := rollout(t)
	strategy, _ := r.Lookup("spec.strategy")
	require.Len(t, strategy, 1, "blue/green alone")
	assert.Equal(t, object{
		"activeService": "web-active", "previewService": "web-preview", "autoPromotionEnabled": false, "scaleDownDelaySeconds": 30.0,
	}, strategy.(object)["blueGreen"])
	assert.Equal(t, 3, r.Int("spec.replicas"))
	assert.True(t, r.Bool("spec.progressDeadlineAbort"))
	assert.Positive(t, r.Int("spec.progressDeadlineSeconds"))
}

// A path with an index is one that Pulumi's Kubernetes provider does not follow: it would
// apply the first image again with the next change of anything else.
func TestTheContainerBelongsToReleases(t *testing.T) {
	r := rollout(t)
	assert.Equal(t, []string{"spec.template.spec.containers"}, r.IgnoreChanges)
	assert.Equal(t, web().Config.Image, r.String("spec.template.spec.containers[0].image"))
	require.Len(t, list(pod(t)["containers"]), 1, "what is ignored is the application")
}

func TestPodsAreSpreadOverTheZonesAVersionAtATime(t *testing.T) {
	r := rollout(t)
	const zone = "topology.kubernetes.io/zone"
	assert.Equal(t, zone, r.String("spec.template.spec.topologySpreadConstraints[0].topologyKey"))
	assert.Equal(t, "DoNotSchedule", r.String("spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable"))
	assert.Equal(t, 1, r.Int("spec.template.spec.topologySpreadConstraints[0].maxSkew"))
	assert.Equal(t, []string{"rollouts-pod-template-hash"}, r.Strings("spec.template.spec.topologySpreadConstraints[0].matchLabelKeys"))
	const preferred = "spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution"
	assert.Equal(t, zone, r.String(preferred+"[0].podAffinityTerm.topologyKey"))
	assert.Equal(t, "kubernetes.io/hostname", r.String(preferred+"[1].podAffinityTerm.topologyKey"))
	labels, _ := r.Lookup("spec.template.metadata.labels")
	for _, path := range []string{"spec.selector.matchLabels", "spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels", preferred + "[0].podAffinityTerm.labelSelector.matchLabels"} {
		selector, _ := r.Lookup(path)
		assert.Equal(t, labels, selector, path)
	}
}

func TestAPodLeavesAfterTheLoadBalancerHasLeftIt(t *testing.T) {
	r := rollout(t)
	sleep := r.Int("spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds")
	assert.GreaterOrEqual(t, sleep, web().DeregistrationSeconds)
	assert.Greater(t, r.Int("spec.template.spec.terminationGracePeriodSeconds"), sleep, "preStop is part of the grace period")
	for _, probe := range []string{"startupProbe", "readinessProbe", "livenessProbe"} {
		get := "spec.template.spec.containers[0]." + probe + ".httpGet."
		assert.Equal(t, "HTTPS", r.String(get+"scheme"), probe)
		assert.Equal(t, "/healthz", r.String(get+"path"), probe)
		assert.Equal(t, 8080, r.Int(get+"port"), probe)
	}
	assert.Equal(t, []string{"serve", "--quiet"}, r.Strings("spec.template.spec.containers[0].args"))
	assert.Equal(t, "128Mi", r.String("spec.template.spec.containers[0].resources.limits.memory"))
	assert.Equal(t, "100m", r.String("spec.template.spec.containers[0].resources.requests.cpu"))
}

func TestEachServiceIsBoundToItsTargetGroup(t *testing.T) {
	for which, arn := range map[string]string{"active": groupARN + "active/1", "preview": groupARN + "preview/2"} {
		service := one(t, serviceType, "production-web-"+which)
		assert.Equal(t, "web-"+which, service.String("metadata.name"))
		assert.Equal(t, "ClusterIP", service.String("spec.type"))
		assert.Equal(t, []string{"spec.selector"}, service.IgnoreChanges, "Argo Rollouts moves it")
		assert.Equal(t, podLabels(t), service.Inputs["spec"].(object)["selector"], "from there")
		binding := one(t, bindingType, "production-web-"+which)
		assert.Equal(t, arn, binding.String("spec.targetGroupARN"))
		assert.Equal(t, "ip", binding.String("spec.targetType"))
		assert.Equal(t, "web-"+which, binding.String("spec.serviceRef.name"))
		assert.Equal(t, service.Int("spec.ports[0].port"), binding.Int("spec.serviceRef.port"))
		_, opens := binding.Lookup("spec.networking")
		assert.False(t, opens, "the program's security groups say who reaches pods")
	}
}

// A pod that starts before its binding gets no readiness gate.
func TestTheFirstPodFindsItsBindingsAndItsAccount(t *testing.T) {
	dependencies := rollout(t).Dependencies
	for _, before := range [][2]string{
		{serviceType, "active"}, {serviceType, "preview"}, {bindingType, "active"}, {bindingType, "preview"}, {"kubernetes:core/v1:ServiceAccount", ""},
	} {
		assert.Contains(t, dependencies, one(t, before[0], strings.TrimSuffix("production-web-"+before[1], "-")).URN)
	}
}

func TestDrainsAndTokens(t *testing.T) {
	budget := one(t, "kubernetes:policy/v1:PodDisruptionBudget", "production-web")
	assert.Equal(t, 1, budget.Int("spec.maxUnavailable"))
	assert.Equal(t, "AlwaysAllow", budget.String("spec.unhealthyPodEvictionPolicy"), "a version that is not ready holds up no drain")
	assert.Equal(t, podLabels(t), budget.Inputs["spec"].(object)["selector"].(object)["matchLabels"], "both versions")
	account := one(t, "kubernetes:core/v1:ServiceAccount", "production-web")
	assert.False(t, account.Bool("automountServiceAccountToken"))
	assert.Contains(t, account.Inputs, "automountServiceAccountToken", "true where nothing is said")
	assert.Equal(t, account.String("metadata.name"), rollout(t).String("spec.template.spec.serviceAccountName"))
}

func TestRefused(t *testing.T) {
	image := func(image string) func(*bluegreen.Args) { return func(a *bluegreen.Args) { a.Config.Image = image } }
	for name, test := range map[string]struct {
		change func(*bluegreen.Args)
		says   string
	}{
		"no image":             {image(""), "is not an image by its digest"},
		"a tag":                {image("registry.example.com/web:1.4.2"), "is not an image by its digest"},
		"latest":               {image("registry.example.com/web"), "is not an image by its digest"},
		"a digest too short":   {image("registry.example.com/web@sha256:0a0a"), "is not an image by its digest"},
		"another hash":         {image("registry.example.com/web@md5:" + strings.Repeat("0a", 32)), "is not an image by its digest"},
		"no registry":          {image("web" + digest), "is not an image by its digest"},
		"no name":              {func(a *bluegreen.Args) { a.Name = "" }, "bluegreen.Args.Name"},
		"no namespace":         {func(a *bluegreen.Args) { a.Namespace = "" }, "bluegreen.Args.Namespace"},
		"no port":              {func(a *bluegreen.Args) { a.Port = 0 }, "bluegreen.Args.Port"},
		"no replicas":          {func(a *bluegreen.Args) { a.Config.Replicas = 0 }, "Config.Replicas"},
		"no active group":      {func(a *bluegreen.Args) { a.ActiveTargetGroupARN = nil }, "ActiveTargetGroupARN"},
		"no preview group":     {func(a *bluegreen.Args) { a.PreviewTargetGroupARN = nil }, "PreviewTargetGroupARN"},
		"no protocol":          {func(a *bluegreen.Args) { a.Config.Protocol = "" }, "Config.Protocol"},
		"no health check":      {func(a *bluegreen.Args) { a.Config.HealthCheckPath = "" }, "Config.HealthCheckPath"},
		"leaves without delay": {func(a *bluegreen.Args) { a.DeregistrationSeconds = 0 }, "DeregistrationSeconds"},
	} {
		t.Run(name, func(t *testing.T) {
			args := web()
			test.change(&args)
			g, err := run(args)
			require.ErrorContains(t, err, test.says)
			assert.Empty(t, g.OfType(bluegreen.TypeToken), "nothing is registered")
		})
	}
}
