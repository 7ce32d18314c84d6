package system

import (
	kubernetes "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/apiextensions"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/digests"
)

type object = map[string]any

// digests makes the API server refuse an image that is named by a tag, whoever comes with
// it: configuration sees the image that an application begins with, and none of those
// that releases bring.
func (b *builder) digests() error {
	for _, subject := range []struct {
		kind, group, version string
		resources            []any
		pod                  string // where the pod is, in CEL
	}{
		{"pods", "", "v1", []any{"pods", "pods/ephemeralcontainers"}, "object"},
		// A Rollout of somebody else's template (workloadRef) has none that could be judged.
		{"rollouts", "argoproj.io", "v1alpha1", []any{"rollouts"}, "object.spec.template"},
	} {
		name := "images-by-digest-" + subject.kind
		policy, err := b.admission(name, "ValidatingAdmissionPolicy", object{
			"failurePolicy": "Fail",
			"matchConstraints": object{"resourceRules": []any{object{
				"apiGroups": []any{subject.group}, "apiVersions": []any{subject.version}, "operations": []any{"CREATE", "UPDATE"}, "resources": subject.resources,
			}}},
			"validations": []any{object{
				"expression": digests.Expression(subject.pod), "message": digests.Message,
			}},
		})
		if err != nil {
			return err
		}
		binding, err := b.admission(name, "ValidatingAdmissionPolicyBinding", object{
			"policyName": name, "validationActions": []any{"Deny"},
			"matchResources": object{"namespaceSelector": object{"matchLabels": object{digests.Label: digests.Required}}},
		}, policy)
		if err != nil {
			return err
		}
		b.system.Admission = append(b.system.Admission, binding)
	}
	return nil
}

// admission makes an object of admission control, which is in no namespace.
func (b *builder) admission(name, kind string, spec object, after ...pulumi.Resource) (*apiextensions.CustomResource, error) {
	return apiextensions.NewCustomResource(b.ctx, b.name+"-"+name, &apiextensions.CustomResourceArgs{
		ApiVersion: pulumi.String("admissionregistration.k8s.io/v1"), Kind: pulumi.String(kind),
		Metadata: metadata(name, ""), OtherFields: kubernetes.UntypedArgs{"spec": spec},
	}, b.parent(pulumi.DependsOn(after))...)
}
