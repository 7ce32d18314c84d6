package provider

import "github.com/pulumi/pulumi/sdk/v3/go/common/resource"

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
			if found, there := live.ObjectValue()[key]; there {
				fields[key] = seen(field, found)
			} else if empty(field) {
				fields[key] = field // the API server leaves out what is empty
			}
		}
		return resource.NewObjectProperty(fields)
	case inputs.IsArray() && live.IsArray() && len(inputs.ArrayValue()) == len(live.ArrayValue()):
		list := make([]resource.PropertyValue, len(inputs.ArrayValue()))
		for i, element := range inputs.ArrayValue() {
			list[i] = seen(element, live.ArrayValue()[i])
		}
		return resource.NewArrayProperty(list)
	default:
		return live
	}
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
