// Package cluster talks to one Kubernetes API server: it applies, reads and deletes
// objects of any kind, by server-side apply, as Pulumi's Kubernetes provider does.
package cluster

import (
	"context"
	"fmt"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
)

// Manager is the field manager, the real provider's.
const Manager = "pulumi-kubernetes"

// patience is how long a kind may be unknown to the API server, and a deletion may
// take: a custom resource definition is served a moment after it is made.
const patience = 2 * time.Minute

// Cluster is one API server.
type Cluster struct {
	objects dynamic.Interface
	mapper  *restmapper.DeferredDiscoveryRESTMapper
}

// Open reads a kubeconfig (its content) and calls nobody yet.
func Open(kubeconfig, context string) (*Cluster, error) {
	loaded, err := clientcmd.Load([]byte(kubeconfig))
	if err != nil {
		return nil, fmt.Errorf("kubeconfig: %w", err)
	}
	config, err := clientcmd.NewDefaultClientConfig(*loaded, &clientcmd.ConfigOverrides{CurrentContext: context}).ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("kubeconfig: %w", err)
	}
	config.QPS, config.Burst = 120, 200 // the real provider's
	return For(config)
}

// For talks to the API server of a client configuration.
func For(config *rest.Config) (*Cluster, error) {
	objects, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	found, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	return &Cluster{objects: objects, mapper: restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(found))}, nil
}

// Apply makes or changes an object, or with dry asks the API server what would become of
// it. What is at the ignored paths stays as it is.
func (c *Cluster) Apply(ctx context.Context, object *unstructured.Unstructured, ignored []string, dry bool) (*unstructured.Unstructured, error) {
	resource, err := c.resource(ctx, object, dry)
	if err != nil {
		return nil, err
	}
	if object, err = keep(ctx, resource, object, ignored); err != nil {
		return nil, err
	}
	options := metav1.ApplyOptions{FieldManager: Manager}
	if dry {
		options.DryRun = []string{metav1.DryRunAll}
	}
	live, err := resource.Apply(ctx, object.GetName(), object, options)
	if byHand(err) {
		options.Force = true
		return resource.Apply(ctx, object.GetName(), object, options)
	}
	return live, err
}

// Read returns an object as it is; nil when there is none, or its kind is gone.
func (c *Cluster) Read(ctx context.Context, object *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	resource, err := c.resource(ctx, object, true)
	if meta.IsNoMatchError(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	live, err := resource.Get(ctx, object.GetName(), metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return nil, nil
	}
	return live, err
}

// Delete removes an object and returns once it is gone.
func (c *Cluster) Delete(ctx context.Context, object *unstructured.Unstructured) error {
	resource, err := c.resource(ctx, object, true)
	if meta.IsNoMatchError(err) {
		return nil
	}
	if err != nil {
		return err
	}
	before, err := resource.Get(ctx, object.GetName(), metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	background := metav1.DeletePropagationBackground
	err = resource.Delete(ctx, object.GetName(), metav1.DeleteOptions{PropagationPolicy: &background})
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return gone(ctx, resource, before)
}

// gone waits until an object is not there any more; another one of its name is not it.
func gone(ctx context.Context, resource dynamic.ResourceInterface, object *unstructured.Unstructured) error {
	for began := time.Now(); time.Since(began) < patience; {
		live, err := resource.Get(ctx, object.GetName(), metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if live.GetUID() != object.GetUID() {
			return nil
		}
		if err := sleep(ctx); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s %s is still there %s after its deletion: something holds it with a finalizer", object.GetKind(), object.GetName(), patience)
}

// resource finds where objects of a kind are served. Without hurry a kind that is
// unknown is waited for.
func (c *Cluster) resource(ctx context.Context, object *unstructured.Unstructured, hurry bool) (dynamic.ResourceInterface, error) {
	kind := object.GroupVersionKind()
	for began := time.Now(); ; {
		mapping, err := c.mapper.RESTMapping(kind.GroupKind(), kind.Version)
		if err == nil {
			resource := c.objects.Resource(mapping.Resource)
			if mapping.Scope.Name() == meta.RESTScopeNameRoot {
				return resource, nil
			}
			return resource.Namespace(object.GetNamespace()), nil
		}
		if !meta.IsNoMatchError(err) {
			return nil, err
		}
		c.mapper.Reset()
		if hurry && time.Since(began) > time.Second || time.Since(began) > patience {
			return nil, err
		}
		if err := sleep(ctx); err != nil {
			return nil, err
		}
	}
}

// Namespaced tells whether objects of a kind are in namespaces; false, false when the
// API server does not know the kind.
func (c *Cluster) Namespaced(object *unstructured.Unstructured) (namespaced, known bool) {
	kind := object.GroupVersionKind()
	mapping, err := c.mapper.RESTMapping(kind.GroupKind(), kind.Version)
	if err != nil {
		c.mapper.Reset()
		return false, false
	}
	return mapping.Scope.Name() == meta.RESTScopeNameNamespace, true
}

// NotYet tells whether an object is refused for want of something that the same
// deployment makes: its namespace, or the definition of its kind.
func NotYet(err error) bool {
	return meta.IsNoMatchError(err) || apierrors.IsNotFound(err)
}

// FieldIsImmutable tells whether the API server refuses a change that a replacement allows.
func FieldIsImmutable(err error) bool {
	if !apierrors.IsInvalid(err) {
		return false
	}
	text := err.Error()
	return strings.Contains(text, "immutable") || strings.Contains(text, "cannot change") || strings.Contains(text, "updates to")
}

func sleep(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(200 * time.Millisecond):
		return nil
	}
}
