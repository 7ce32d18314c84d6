package cluster

import (
	"context"
	"errors"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/dynamic"
)

// keep puts what is there at the ignored paths into an object. As with the real provider
// (its handleSSAIgnoreFields), a path goes by names alone: with an index into a list it
// keeps nothing, and what the engine sends is applied, which is what the state has.
func keep(ctx context.Context, resource dynamic.ResourceInterface, object *unstructured.Unstructured, ignored []string) (*unstructured.Unstructured, error) {
	if len(ignored) == 0 {
		return object, nil
	}
	live, err := resource.Get(ctx, object.GetName(), metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return object, nil
	}
	if err != nil {
		return nil, err
	}
	kept := object.DeepCopy()
	for _, path := range ignored {
		names := strings.Split(path, ".")
		value, found, err := unstructured.NestedFieldCopy(live.Object, names...)
		if err == nil && found {
			err = unstructured.SetNestedField(kept.Object, value, names...)
		}
		if err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// byHand tells whether an object is refused for fields alone that somebody changed with
// kubectl: the real provider takes over the fields of every manager whose name begins so
// (its fixCSAFieldManagers), and leaves those of controllers alone.
func byHand(err error) bool {
	var refused apierrors.APIStatus
	if !errors.As(err, &refused) || !apierrors.IsConflict(err) || refused.Status().Details == nil {
		return false
	}
	causes := refused.Status().Details.Causes
	return len(causes) > 0 && !slices.ContainsFunc(causes, func(cause metav1.StatusCause) bool {
		return cause.Type != metav1.CauseTypeFieldManagerConflict || !strings.HasPrefix(cause.Message, `conflict with "kubectl`)
	})
}
