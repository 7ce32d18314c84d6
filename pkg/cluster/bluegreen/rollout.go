package bluegreen

import (
	"strconv"

	kubernetes "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/apiextensions"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	// scaleDownSeconds is how long the old version stays once traffic has moved.
	scaleDownSeconds = 30
	// deadlineSeconds is how long a version may take to be ready.
	deadlineSeconds = 600
	// nobody is a user that no image's root is (as distroless images have it).
	nobody = 65532
)

// released is what releases change, and the program leaves as it finds it: the whole
// container. Pulumi's Kubernetes provider follows no index into a list here (its
// handleSSAIgnoreFields): of `containers[0].image` it would apply, with the next change of
// anything else, the image that the application began with, as a version to be promoted.
const released = "spec.template.spec.containers"

type object = map[string]any

// rollout makes the Rollout. Traffic moves when somebody promotes, never by itself.
// The bindings come first: a pod that starts before its binding gets no readiness gate,
// and counts as ready before the load balancer has found it healthy.
func (b *builder) rollout() (err error) {
	b.app.Rollout, err = apiextensions.NewCustomResource(b.ctx, b.name+"-rollout", &apiextensions.CustomResourceArgs{
		ApiVersion: pulumi.String("argoproj.io/v1alpha1"), Kind: pulumi.String("Rollout"),
		Metadata: b.metadata(b.args.Name),
		OtherFields: kubernetes.UntypedArgs{"spec": object{
			"replicas":                b.args.Config.Replicas,
			"revisionHistoryLimit":    3,
			"progressDeadlineSeconds": deadlineSeconds,
			"progressDeadlineAbort":   true,
			"selector":                object{"matchLabels": labels(b.selector())},
			"strategy": object{"blueGreen": object{
				"activeService": b.args.Name + "-" + active, "previewService": b.args.Name + "-" + preview,
				"autoPromotionEnabled": false, "scaleDownDelaySeconds": scaleDownSeconds,
			}},
			"template": object{"metadata": object{"labels": labels(b.selector())}, "spec": b.pod()},
		}},
	}, b.parent(pulumi.IgnoreChanges([]string{released}), pulumi.DependsOn(b.before))...)
	return err
}

func labels(from map[string]string) object {
	made := object{}
	for key, value := range from {
		made[key] = value
	}
	return made
}

// pod is the application's pod.
func (b *builder) pod() object {
	selector := object{"matchLabels": labels(b.selector())}
	const zone, host = "topology.kubernetes.io/zone", "kubernetes.io/hostname"
	return object{
		"serviceAccountName":           b.args.Name,
		"automountServiceAccountToken": false,
		// As long as a load balancer may still send, and a while to finish.
		"terminationGracePeriodSeconds": 2 * b.args.DeregistrationSeconds,
		"securityContext": object{
			"runAsNonRoot": true, "runAsUser": nobody, "runAsGroup": nobody, "fsGroup": nobody, "seccompProfile": object{"type": "RuntimeDefault"},
		},
		"topologySpreadConstraints": []any{object{
			"maxSkew": 1, "topologyKey": zone, "whenUnsatisfiable": "DoNotSchedule", "labelSelector": selector,
			// The versions apart: both are spread while they run side by side.
			"matchLabelKeys": []any{"rollouts-pod-template-hash"},
		}},
		"affinity": object{"podAntiAffinity": object{"preferredDuringSchedulingIgnoredDuringExecution": []any{
			object{"weight": 100, "podAffinityTerm": object{"topologyKey": zone, "labelSelector": selector}},
			object{"weight": 50, "podAffinityTerm": object{"topologyKey": host, "labelSelector": selector}},
		}}},
		"containers": []any{b.container()},
		"volumes":    []any{object{"name": "tmp", "emptyDir": object{"medium": "Memory", "sizeLimit": "16Mi"}}},
	}
}

func (b *builder) container() object {
	memory := strconv.Itoa(b.args.Config.MemoryMiB) + "Mi"
	made := object{
		"name":  "application",
		"image": b.args.Config.Image,
		"ports": []any{object{"name": "application", "containerPort": b.args.Port, "protocol": "TCP"}},
		"securityContext": object{
			"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "runAsNonRoot": true,
			"capabilities": object{"drop": []any{"ALL"}}, "seccompProfile": object{"type": "RuntimeDefault"},
		},
		"resources": object{
			"requests": object{"cpu": strconv.Itoa(b.args.Config.CPUMillis) + "m", "memory": memory},
			"limits":   object{"memory": memory},
		},
		"volumeMounts":   []any{object{"name": "tmp", "mountPath": "/tmp"}},
		"startupProbe":   b.probe(2, 30),
		"readinessProbe": b.probe(5, 2),
		"livenessProbe":  b.probe(10, 3),
		// Until the load balancers have stopped sending; the kubelet itself waits, no shell is needed.
		"lifecycle": object{"preStop": object{"sleep": object{"seconds": b.args.DeregistrationSeconds}}},
	}
	if len(b.args.Config.Args) > 0 {
		list := make([]any, len(b.args.Config.Args))
		for i, arg := range b.args.Config.Args {
			list[i] = arg
		}
		made["args"] = list
	}
	return made
}

// probe asks what the load balancers ask, every so many seconds.
func (b *builder) probe(seconds, failures int) object {
	return object{
		"httpGet":       object{"path": b.args.Config.HealthCheckPath, "port": b.args.Port, "scheme": b.args.Config.Protocol},
		"periodSeconds": seconds, "timeoutSeconds": 2, "failureThreshold": failures,
	}
}
