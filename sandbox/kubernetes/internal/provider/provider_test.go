package provider

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"k8s.io/client-go/rest"

	"aws-platform/sandbox/kubernetes/internal/cluster"
)

// server is an API server that knows config maps, secrets and namespaces, and keeps them.
type server struct {
	mu      sync.Mutex
	objects map[string]map[string]any // by path
	refuse  string                    // a message: every apply is refused as invalid
	manager string                    // whose fields every apply without force conflicts with
	applied []string                  // queries of applies
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	answer := func(code int, body any) {
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(body)
	}
	failure := func(code int, reason, message string) {
		answer(code, map[string]any{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "message": message, "code": code})
	}
	switch {
	case r.URL.Path == "/api":
		answer(200, map[string]any{"kind": "APIVersions", "versions": []string{"v1"}})
	case r.URL.Path == "/apis":
		answer(200, map[string]any{"kind": "APIGroupList", "apiVersion": "v1", "groups": []any{}})
	case r.URL.Path == "/api/v1":
		answer(200, map[string]any{"kind": "APIResourceList", "groupVersion": "v1", "resources": []any{
			map[string]any{"name": "configmaps", "kind": "ConfigMap", "namespaced": true, "verbs": []string{"get"}},
			map[string]any{"name": "secrets", "kind": "Secret", "namespaced": true, "verbs": []string{"get"}},
			map[string]any{"name": "namespaces", "kind": "Namespace", "namespaced": false, "verbs": []string{"get"}},
		}})
	case r.Method == http.MethodPatch && s.refuse != "":
		failure(422, "Invalid", s.refuse)
	case r.Method == http.MethodPatch && s.manager != "" && r.URL.Query().Get("force") != "true":
		answer(409, map[string]any{
			"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Conflict", "message": "Apply failed with 1 conflict", "code": 409,
			"details": map[string]any{"causes": []any{map[string]any{"reason": "FieldManagerConflict", "message": `conflict with "` + s.manager + `" using v1`, "field": ".data.a"}}},
		})
	case r.Method == http.MethodPatch:
		s.applied = append(s.applied, r.URL.RawQuery)
		raw, _ := io.ReadAll(r.Body)
		var object map[string]any
		_ = json.Unmarshal(raw, &object)
		object["metadata"].(map[string]any)["uid"] = "1"
		if r.URL.Query().Get("dryRun") == "" {
			s.objects[r.URL.Path] = object
		}
		answer(200, object)
	case r.Method == http.MethodDelete:
		delete(s.objects, r.URL.Path)
		answer(200, map[string]any{"kind": "Status", "apiVersion": "v1", "status": "Success"})
	default:
		if object, there := s.objects[r.URL.Path]; there {
			answer(200, object)
			return
		}
		failure(404, "NotFound", "not found")
	}
}

func provider(t *testing.T) (*Server, *server) {
	t.Helper()
	api := &server{objects: map[string]map[string]any{}}
	listening := httptest.NewServer(api)
	t.Cleanup(listening.Close)
	opened, err := cluster.For(&rest.Config{Host: listening.URL})
	require.NoError(t, err)
	return &Server{cluster: opened}, api
}

const (
	mapURN    = "urn:pulumi:dev::platform::kubernetes:core/v1:ConfigMap::settings"
	secretURN = "urn:pulumi:dev::platform::kubernetes:core/v1:Secret::login"
	mapPath   = "/api/v1/namespaces/web/configmaps/settings"
)

func settingsOf(data map[string]any) resource.PropertyMap {
	return resource.NewPropertyMapFromMap(map[string]any{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "settings", "namespace": "web"}, "data": data,
	})
}

func TestLifeOfAnObject(t *testing.T) {
	s, api := provider(t)
	ctx := context.Background()
	inputs, err := write(settingsOf(map[string]any{"a": "1"}))
	require.NoError(t, err)

	previewed, err := s.Create(ctx, &pulumirpc.CreateRequest{Urn: mapURN, Properties: inputs, Preview: true})
	require.NoError(t, err)
	assert.Empty(t, api.objects, "a preview makes nothing")
	assert.NotNil(t, previewed.GetProperties())

	made, err := s.Create(ctx, &pulumirpc.CreateRequest{Urn: mapURN, Properties: inputs})
	require.NoError(t, err)
	assert.Equal(t, "web/settings", made.GetId())
	assert.Contains(t, api.applied[1], "fieldManager=pulumi-kubernetes")
	assert.Contains(t, api.applied[1], "force=false")

	unchanged, err := s.Read(ctx, &pulumirpc.ReadRequest{Urn: mapURN, Id: made.GetId(), Inputs: inputs, Properties: made.GetProperties()})
	require.NoError(t, err)
	assert.Equal(t, inputs.AsMap(), unchanged.GetInputs().AsMap(), "no drift")

	api.objects[mapPath]["data"] = map[string]any{"a": "2", "b": "an operator's"}
	drifted, err := s.Read(ctx, &pulumirpc.ReadRequest{Urn: mapURN, Id: made.GetId(), Inputs: inputs, Properties: made.GetProperties()})
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"a": "2"}, drifted.GetInputs().AsMap()["data"], "what was given shows its drift; what others add is theirs")

	_, err = s.Delete(ctx, &pulumirpc.DeleteRequest{Urn: mapURN, Id: made.GetId(), OldInputs: inputs})
	require.NoError(t, err)
	assert.Empty(t, api.objects)
	gone, err := s.Read(ctx, &pulumirpc.ReadRequest{Urn: mapURN, Id: made.GetId(), Inputs: inputs})
	require.NoError(t, err)
	assert.Empty(t, gone.GetId())
	_, err = s.Delete(ctx, &pulumirpc.DeleteRequest{Urn: mapURN, Id: made.GetId(), OldInputs: inputs})
	assert.NoError(t, err, "what is gone is gone")
}

// updated changes the object's value from 1 to 2 after somebody else set it to 9.
func updated(t *testing.T, manager string, ignored ...string) (any, error) {
	t.Helper()
	s, api := provider(t)
	inputs, err := write(settingsOf(map[string]any{"a": "1"}))
	require.NoError(t, err)
	made, err := s.Create(context.Background(), &pulumirpc.CreateRequest{Urn: mapURN, Properties: inputs})
	require.NoError(t, err)
	data := map[string]any{"a": "9", "list": []any{"9"}}
	api.objects[mapPath]["data"], api.manager = data, manager
	news, err := write(settingsOf(map[string]any{"a": "2", "list": []any{"2"}}))
	require.NoError(t, err)
	_, err = s.Update(context.Background(), &pulumirpc.UpdateRequest{Urn: mapURN, Id: made.GetId(), Olds: made.GetProperties(), News: news, IgnoreChanges: ignored})
	return api.objects[mapPath]["data"], err
}

func TestWhatIsIgnoredStaysAsItIs(t *testing.T) {
	for ignored, want := range map[string]map[string]any{
		"data.a":       {"a": "9", "list": []any{"2"}},
		"data.list":    {"a": "2", "list": []any{"9"}},
		"data.list[0]": {"a": "2", "list": []any{"2"}}, // the real provider follows no index either
		"data.none":    {"a": "2", "list": []any{"2"}},
	} {
		got, err := updated(t, "", ignored)
		require.NoError(t, err)
		assert.Equal(t, want, got, ignored)
	}
}

func TestFieldsOfKubectlAreTakenOverAndThoseOfControllersAreNot(t *testing.T) {
	for _, manager := range []string{"kubectl", "kubectl-patch", "kubectl-argo-rollouts"} {
		got, err := updated(t, manager)
		require.NoError(t, err, manager)
		assert.Equal(t, "2", got.(map[string]any)["a"], manager)
	}
	got, err := updated(t, "rollouts-controller")
	require.ErrorContains(t, err, "conflict")
	assert.Equal(t, "9", got.(map[string]any)["a"])
}

func TestWhatIsSecretStaysSecret(t *testing.T) {
	s, api := provider(t)
	inputs := settingsOf(map[string]any{"open": "1"})
	inputs["data"] = resource.NewObjectProperty(resource.PropertyMap{
		"open": resource.NewStringProperty("1"), "password": resource.MakeSecret(resource.NewStringProperty("hunter2")),
	})
	sent, err := write(inputs)
	require.NoError(t, err)
	made, err := s.Create(context.Background(), &pulumirpc.CreateRequest{Urn: mapURN, Properties: sent})
	require.NoError(t, err)
	assert.Equal(t, "hunter2", api.objects[mapPath]["data"].(map[string]any)["password"], "the API server gets it")
	state, err := read(made.GetProperties())
	require.NoError(t, err)
	assert.True(t, state["data"].ObjectValue()["password"].IsSecret())
	assert.False(t, state["data"].ObjectValue()["open"].IsSecret())

	held, err := write(resource.NewPropertyMapFromMap(map[string]any{
		"apiVersion": "v1", "kind": "Secret", "metadata": map[string]any{"name": "login", "namespace": "web"}, "data": map[string]any{"a": "MQ=="},
	}))
	require.NoError(t, err)
	made, err = s.Create(context.Background(), &pulumirpc.CreateRequest{Urn: secretURN, Properties: held})
	require.NoError(t, err)
	state, err = read(made.GetProperties())
	require.NoError(t, err)
	assert.True(t, state["data"].IsSecret(), "a Secret's data is secret whoever forgot to say so")
}

func TestDiff(t *testing.T) {
	base := map[string]any{"a": "1"}
	role := func(name string) resource.PropertyMap {
		return resource.NewPropertyMapFromMap(map[string]any{
			"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
			"metadata": map[string]any{"name": "b", "namespace": "web"}, "roleRef": map[string]any{"name": name},
		})
	}
	renamed := settingsOf(base)
	renamed["metadata"] = resource.NewPropertyValue(map[string]any{"name": "other", "namespace": "web"})
	moved := settingsOf(base)
	moved["metadata"] = resource.NewPropertyValue(map[string]any{"name": "settings", "namespace": "api"})
	for name, test := range map[string]struct {
		old, next    resource.PropertyMap
		ignore       []string
		refuse       string
		changes      bool
		replaces     []string
		deletesFirst bool
	}{
		"nothing":           {old: settingsOf(base), next: settingsOf(base)},
		"a value":           {old: settingsOf(base), next: settingsOf(map[string]any{"a": "2"}), changes: true},
		"an ignored value":  {old: settingsOf(base), next: settingsOf(map[string]any{"a": "2"}), ignore: []string{"data.a"}},
		"a name":            {old: settingsOf(base), next: renamed, changes: true, replaces: []string{"metadata.name"}},
		"a namespace":       {old: settingsOf(base), next: moved, changes: true, replaces: []string{"metadata.namespace"}},
		"a binding's role":  {old: role("x"), next: role("y"), changes: true, replaces: []string{"roleRef"}, deletesFirst: true},
		"what is immutable": {old: settingsOf(base), next: settingsOf(map[string]any{"a": "2"}), refuse: "data: Forbidden: field is immutable when `immutable` is set", changes: true, replaces: []string{"data"}, deletesFirst: true},
		"what is wrong":     {old: settingsOf(base), next: settingsOf(map[string]any{"a": "2"}), refuse: "data: Invalid value", changes: true},
	} {
		t.Run(name, func(t *testing.T) {
			s, api := provider(t)
			api.refuse = test.refuse
			olds, err := write(test.old)
			require.NoError(t, err)
			news, err := write(test.next)
			require.NoError(t, err)
			got, err := s.Diff(context.Background(), &pulumirpc.DiffRequest{Urn: mapURN, OldInputs: olds, News: news, IgnoreChanges: test.ignore})
			require.NoError(t, err)
			assert.Equal(t, test.changes, got.GetChanges() == pulumirpc.DiffResponse_DIFF_SOME)
			assert.Equal(t, test.replaces, got.GetReplaces())
			assert.Equal(t, test.deletesFirst, got.GetDeleteBeforeReplace())
		})
	}
}

func TestAPreviewToleratesWhatIsReplacedUnderItsName(t *testing.T) {
	s, api := provider(t)
	inputs, err := write(settingsOf(map[string]any{"a": "1"}))
	require.NoError(t, err)
	for refusal, tolerated := range map[string]bool{"field is immutable": true, "cannot change roleRef": true, "updates to statefulset spec are forbidden": true, "data: Invalid value": false} {
		api.refuse = refusal
		_, err := s.Create(context.Background(), &pulumirpc.CreateRequest{Urn: mapURN, Properties: inputs, Preview: true})
		assert.Equal(t, tolerated, err == nil, "%s: %v", refusal, err)
		_, err = s.Create(context.Background(), &pulumirpc.CreateRequest{Urn: mapURN, Properties: inputs})
		assert.ErrorContains(t, err, refusal, "but not when it is meant")
	}
}

func TestWithoutAKubeconfig(t *testing.T) {
	inputs, err := write(settingsOf(map[string]any{"a": "1"}))
	require.NoError(t, err)
	s := New()
	previewed, err := s.Create(context.Background(), &pulumirpc.CreateRequest{Urn: mapURN, Properties: inputs, Preview: true})
	require.NoError(t, err)
	assert.Equal(t, inputs.AsMap(), previewed.GetProperties().AsMap())
	_, err = s.Create(context.Background(), &pulumirpc.CreateRequest{Urn: mapURN, Properties: inputs})
	assert.ErrorContains(t, err, "kubeconfig has no value")
	unknown, err := write(resource.PropertyMap{"kubeconfig": resource.MakeComputed(resource.NewStringProperty(""))})
	require.NoError(t, err)
	_, err = s.Configure(context.Background(), &pulumirpc.ConfigureRequest{Args: unknown})
	require.NoError(t, err)
	assert.Nil(t, s.cluster)
	_, err = s.Configure(context.Background(), &pulumirpc.ConfigureRequest{})
	assert.ErrorContains(t, err, "kubeconfig: is not given")
}

func TestCheck(t *testing.T) {
	s, _ := provider(t)
	check := func(urn string, inputs map[string]any) *pulumirpc.CheckResponse {
		news, err := write(resource.NewPropertyMapFromMap(inputs))
		require.NoError(t, err)
		got, err := s.Check(context.Background(), &pulumirpc.CheckRequest{Urn: urn, News: news, RandomSeed: []byte{1, 2, 3, 4}})
		require.NoError(t, err)
		return got
	}
	named := check(mapURN, map[string]any{"metadata": map[string]any{"name": "settings"}}).GetInputs().AsMap()
	assert.Equal(t, map[string]any{"name": "settings", "namespace": "default"}, named["metadata"])
	assert.Equal(t, "v1", named["apiVersion"])
	random := check(mapURN, map[string]any{}).GetInputs().AsMap()["metadata"].(map[string]any)["name"]
	assert.Equal(t, "settings-01020304", random)
	wrong := check(mapURN, map[string]any{"kind": "Secret", "metadata": map[string]any{"name": "x"}}).GetFailures()
	require.Len(t, wrong, 1)
	assert.Contains(t, wrong[0].GetReason(), "is ConfigMap")
	patch := check(strings.Replace(mapURN, "ConfigMap", "ConfigMapPatch", 1), map[string]any{}).GetFailures()
	require.Len(t, patch, 1)
	assert.Contains(t, patch[0].GetReason(), "patches nothing")
	release := check("urn:pulumi:dev::platform::"+releaseType+"::mesh", map[string]any{"chart": "base"}).GetFailures()
	assert.Len(t, release, 3, "version, name and namespace pin a release")
}

func TestDriftOfQuantities(t *testing.T) {
	of := func(text string) resource.PropertyValue {
		return resource.NewPropertyValue(map[string]any{"cpu": text})
	}
	assert.Equal(t, of("1000m"), seen(of("1000m"), of("1")))
	assert.Equal(t, of("2"), seen(of("1000m"), of("2")))
	text := resource.NewPropertyValue(map[string]any{"stringData": map[string]any{"a": "b"}})
	assert.Equal(t, text, seen(text, resource.NewPropertyValue(map[string]any{"data": map[string]any{"a": "Yg=="}})))
}
