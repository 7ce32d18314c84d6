package provider

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// kindOf reads a type token, kubernetes:apps/v1:Deployment. The core group's types are
// written with its name and served without it.
func kindOf(token string) (schema.GroupVersionKind, error) {
	parts := strings.Split(token, ":")
	if len(parts) != 3 || parts[0] != "kubernetes" {
		return schema.GroupVersionKind{}, fmt.Errorf("type %s: is not of Kubernetes", token)
	}
	at, err := schema.ParseGroupVersion(parts[1])
	if err != nil {
		return schema.GroupVersionKind{}, fmt.Errorf("type %s: %w", token, err)
	}
	if at.Group == "core" {
		at.Group = ""
	}
	return at.WithKind(parts[2]), nil
}

// objectOf is the object of a resource's inputs: secrets opened, numbers as JSON has them.
func objectOf(inputs resource.PropertyMap) *unstructured.Unstructured {
	plain, _ := plainValue(resource.NewObjectProperty(inputs)).(map[string]any)
	return &unstructured.Unstructured{Object: plain}
}

// plainValue turns a property into what an API server takes.
func plainValue(value resource.PropertyValue) any {
	value = open(value)
	switch {
	case value.IsObject():
		fields := map[string]any{}
		for key, field := range value.ObjectValue() {
			if !field.IsNull() {
				fields[string(key)] = plainValue(field)
			}
		}
		return fields
	case value.IsArray():
		list := []any{}
		for _, element := range value.ArrayValue() {
			list = append(list, plainValue(element))
		}
		return list
	case value.IsNumber():
		// The engine has one kind of number, Kubernetes wants whole ones where it says so.
		if n := value.NumberValue(); n == float64(int64(n)) {
			return int64(n)
		}
		return value.NumberValue()
	case value.IsBool():
		return value.BoolValue()
	case value.IsString():
		return value.StringValue()
	default:
		return nil
	}
}

// idOf is the ID of an object: namespace/name, or the name of what is in no namespace.
func idOf(object *unstructured.Unstructured) string {
	return strings.TrimPrefix(object.GetNamespace()+"/"+object.GetName(), "/")
}

// stateOf is what is kept of a live object: all of it but the record of who manages
// which field, which changes by itself. What was secret going in is secret, and so is
// what a Secret holds.
func stateOf(live *unstructured.Unstructured, inputs resource.PropertyMap) resource.PropertyMap {
	object := live.DeepCopy()
	unstructured.RemoveNestedField(object.Object, "metadata", "managedFields")
	state := conceal(resource.NewObjectProperty(inputs), resource.NewObjectProperty(resource.NewPropertyMapFromMap(object.Object))).ObjectValue()
	if object.GetKind() == "Secret" {
		for _, key := range []resource.PropertyKey{"data", "stringData"} {
			if value, held := state[key]; held && !value.IsSecret() {
				state[key] = resource.MakeSecret(value)
			}
		}
	}
	return state
}

// conceal marks as secret what is where the inputs have a secret.
func conceal(inputs, outputs resource.PropertyValue) resource.PropertyValue {
	switch {
	case inputs.IsSecret():
		return resource.MakeSecret(outputs)
	case inputs.IsObject() && outputs.IsObject():
		fields := outputs.ObjectValue().Copy()
		for key, input := range inputs.ObjectValue() {
			if output, there := fields[key]; there {
				fields[key] = conceal(input, output)
			}
		}
		return resource.NewObjectProperty(fields)
	case inputs.IsArray() && outputs.IsArray():
		if len(inputs.ArrayValue()) != len(outputs.ArrayValue()) {
			if inputs.ContainsSecrets() { // nobody can tell which element it was
				return resource.MakeSecret(outputs)
			}
			return outputs
		}
		list := make([]resource.PropertyValue, len(outputs.ArrayValue()))
		for i, output := range outputs.ArrayValue() {
			list[i] = conceal(inputs.ArrayValue()[i], output)
		}
		return resource.NewArrayProperty(list)
	default:
		return outputs
	}
}
