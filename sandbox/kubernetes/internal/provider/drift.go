package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	apiresource "k8s.io/apimachinery/pkg/api/resource"
)

// seen are the inputs as the live object has them: what was given, with the values that
// are there now. What others added is not the program's.
func seen(inputs, live resource.PropertyValue) resource.PropertyValue {
	if inputs.IsSecret() {
		return resource.MakeSecret(seen(open(inputs), live))
	}
	live = open(live)
	switch {
	case inputs.IsObject() && live.IsObject():
		fields := resource.PropertyMap{}
		for key, field := range inputs.ObjectValue() {
			found, there := live.ObjectValue()[key]
			switch {
			case there:
				fields[key] = seen(field, found)
			case empty(field), key == "stringData":
				fields[key] = field // the API server leaves out what is empty, and makes data of stringData
			}
		}
		return resource.NewObjectProperty(fields)
	case inputs.IsArray() && live.IsArray() && len(inputs.ArrayValue()) == len(live.ArrayValue()):
		list := make([]resource.PropertyValue, len(inputs.ArrayValue()))
		for i, element := range inputs.ArrayValue() {
			list[i] = seen(element, live.ArrayValue()[i])
		}
		return resource.NewArrayProperty(list)
	case sameQuantity(inputs, live):
		return inputs
	default:
		return live
	}
}

// sameQuantity tells whether two texts are one amount, which the API server may write
// in another way: 1000m and 1.
func sameQuantity(a, b resource.PropertyValue) bool {
	if !a.IsString() || !b.IsString() {
		return false
	}
	x, errX := apiresource.ParseQuantity(a.StringValue())
	y, errY := apiresource.ParseQuantity(b.StringValue())
	return errX == nil && errY == nil && x.Cmp(y) == 0
}

// empty tells whether a value says nothing.
func empty(value resource.PropertyValue) bool {
	value = open(value)
	switch {
	case value.IsObject():
		return len(value.ObjectValue()) == 0
	case value.IsArray():
		return len(value.ArrayValue()) == 0
	case value.IsBool():
		return !value.BoolValue()
	case value.IsString():
		return value.StringValue() == ""
	case value.IsNumber():
		return value.NumberValue() == 0
	}
	return value.IsNull()
}
