package trial

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"aws-platform/sandbox/internal/shellenv"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/supervise"
)

// kubectl runs kubectl with the trial's kubeconfig.
func (t *Trial) kubectl(ctx context.Context, args ...string) (string, error) {
	record, err := supervise.Read(t.Layout)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, t.Kubectl, args...)
	cmd.Env = shellenv.For(t.Layout, record.Endpoint).Apply(os.Environ())
	out, err := cmd.CombinedOutput()
	if err != nil {
		return string(out), fmt.Errorf("kubectl %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

// escalate binds the developers to cluster-admin and makes a namespace as an intruder
// would, wants the verification to name what they can do, that the namespace is open and
// that the mesh does not have it, and takes both away again.
func (t *Trial) escalate(ctx context.Context) error {
	admin := "--context=" + environments[0] + "-devops"
	for _, made := range [][]string{
		{"clusterrolebinding", "intruder", "--clusterrole=cluster-admin", "--group=platform:developers"}, {"namespace", "intruder"},
	} {
		if _, err := t.kubectl(ctx, append([]string{admin, "create"}, made...)...); err != nil {
			return err
		}
	}
	verdict := t.mustFailNaming(ctx, breach{"developer: get secrets", "found yes"},
		breach{"namespace intruder", "outside the mesh"}, breach{"namespace intruder", "no default-deny policy"})
	_, err := t.kubectl(ctx, admin, "delete", "clusterrolebinding/intruder", "namespace/intruder")
	return errors.Join(verdict, err)
}

// openNamespace takes the default-deny policy of an application's namespace away.
func (t *Trial) openNamespace(ctx context.Context) error {
	_, err := t.kubectl(ctx, "--context="+environments[0]+"-devops", "delete", "networkpolicy", "default-deny", "--namespace=web")
	return err
}

// anotherImage is a release's, by the digest of no image: nothing runs here.
const anotherImage = "registry.k8s.io/e2e-test-images/agnhost@sha256:1111111111111111111111111111111111111111111111111111111111111111"

// releaseApplication lets the deployer release another image, as a pipeline does, then
// changes the application's replicas in the stack file, and wants `pulumi up` to change
// these and to leave the release alone.
func (t *Trial) releaseApplication(ctx context.Context) error {
	deployer := []string{"--context=" + environments[0] + "-deployer", "--namespace=web"}
	const image = `[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"` + anotherImage + `"}]`
	if _, err := t.kubectl(ctx, append(deployer, "patch", "rollout", "web", "--type=json", "--patch="+image)...); err != nil {
		return err
	}
	path, err := t.editedStackFile("        priority: 100\n", "        priority: 100\n        replicas: 4\n")
	if err != nil {
		return err
	}
	production, deploy := []stacks.Stack{stacks.Production}, []string{"up", "--yes", "--skip-preview"}
	if err := t.onEach(ctx, production, append(deploy, "--config-file", path)...); err != nil {
		return err
	}
	found, err := t.kubectl(ctx, append(deployer, "get", "rollout", "web", "--output=jsonpath={.spec.replicas} {.spec.template.spec.containers[0].image}")...)
	if want := "4 " + anotherImage; err == nil && found != want {
		err = fmt.Errorf("rollout web after a release and an up: found %q, wanted %q", found, want)
	}
	return errors.Join(err, t.onEach(ctx, production, deploy...), t.onEach(ctx, production, append(deploy, "--refresh", "--expect-no-changes")...))
}

// kubernetesOwn are the namespaces that every cluster has.
var kubernetesOwn = []string{"default", "kube-node-lease", "kube-public", "kube-system"}

// clustersEmpty wants nothing of the program to be left in the clusters. Definitions of
// custom resources stay, as Helm leaves them.
func (t *Trial) clustersEmpty(ctx context.Context) error {
	for _, environment := range environments {
		// The role that makes the cluster is its administrator, whatever entries there are.
		out, err := t.kubectl(ctx, "--context="+environment+"-deploy", "get", "namespaces", "--output=jsonpath={.items[*].metadata.name}")
		if err != nil {
			return err
		}
		if want := strings.Join(kubernetesOwn, " "); strings.TrimSpace(out) != want {
			return fmt.Errorf("namespaces of %s-eks: found %s, wanted %s", environment, out, want)
		}
		policies, err := t.kubectl(ctx, "--context="+environment+"-deploy", "get", "networkpolicies", "--all-namespaces", "--output=name")
		if err != nil {
			return err
		}
		if strings.Contains(policies, "networkpolicy") {
			return fmt.Errorf("network policies of %s-eks: found %s, wanted none", environment, policies)
		}
	}
	return nil
}
