package tfprotocol

import (
	"reflect"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

var exampleTypes = []tftypes.Type{
	tftypes.String, tftypes.Bool, tftypes.Number, tftypes.DynamicPseudoType,
	tftypes.List{ElementType: tftypes.String},
	tftypes.Set{ElementType: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.Number}}},
	tftypes.Map{ElementType: tftypes.Bool},
}

// fillStruct gives random values to the fields that the wire type also has. Collections
// are never nil and bytes never empty, as the translation leaves them.
func fillStruct(t *rapid.T, into reflect.Value, wire reflect.Type, depth int) {
	for _, common := range matched(into.Type(), wire) {
		field := into.Type().Field(common.to)
		fillValue(t, field.Name, into.Field(common.to), wire.Field(common.from).Type, depth)
	}
}

func fillValue(t *rapid.T, name string, into reflect.Value, wire reflect.Type, depth int) {
	switch into.Type() {
	case valueType:
		into.Set(reflect.ValueOf(rapid.SampledFrom(exampleTypes).Draw(t, name)))
		return
	case path:
		if rapid.Bool().Draw(t, name) {
			into.Set(reflect.ValueOf(drawPath(t)))
		}
		return
	}
	switch into.Kind() { //nolint:exhaustive // the default fails on every other kind
	case reflect.String:
		into.SetString(rapid.StringN(0, 8, -1).Draw(t, name))
	case reflect.Bool:
		into.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Int32:
		into.SetInt(int64(rapid.Int32Range(0, 2).Draw(t, name)))
	case reflect.Int64:
		into.SetInt(rapid.Int64().Draw(t, name))
	case reflect.Pointer:
		fillPointer(t, name, into, wire, depth)
	case reflect.Struct:
		fillStruct(t, into, plain(wire), depth)
	case reflect.Slice:
		fillSlice(t, name, into, wire, depth)
	case reflect.Map:
		fillMap(t, name, into, wire, depth)
	default:
		t.Fatalf("%s has a kind that this generator does not know: %s", name, into.Kind())
	}
}

func plain(wire reflect.Type) reflect.Type {
	if wire.Kind() == reflect.Pointer {
		return wire.Elem()
	}
	return wire
}

func fillPointer(t *rapid.T, name string, into reflect.Value, wire reflect.Type, depth int) {
	if depth == 0 || !rapid.Bool().Draw(t, name) {
		return
	}
	into.Set(reflect.New(into.Type().Elem()))
	fillValue(t, name, into.Elem(), plain(wire), depth-1)
}

func fillSlice(t *rapid.T, name string, into reflect.Value, wire reflect.Type, depth int) {
	if isBytes(into.Type()) {
		if all := rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(t, name); len(all) > 0 {
			into.SetBytes(all)
		}
		return
	}
	size := min(depth, rapid.IntRange(0, 2).Draw(t, name))
	into.Set(reflect.MakeSlice(into.Type(), size, size))
	for i := range size {
		element := into.Index(i)
		if element.Kind() == reflect.Pointer && element.Type() != path { // a list holds no missing message
			element.Set(reflect.New(element.Type().Elem()))
			fillStruct(t, element.Elem(), plain(wire.Elem()), depth-1)
			continue
		}
		fillValue(t, name, element, wire.Elem(), depth-1)
	}
}

func fillMap(t *rapid.T, name string, into reflect.Value, wire reflect.Type, depth int) {
	into.Set(reflect.MakeMap(into.Type()))
	for range min(depth, rapid.IntRange(0, 2).Draw(t, name)) {
		value := reflect.New(into.Type().Elem()).Elem()
		if value.Kind() == reflect.Pointer {
			value.Set(reflect.New(value.Type().Elem()))
			fillStruct(t, value.Elem(), plain(wire.Elem()), depth-1)
		} else {
			fillValue(t, name, value, wire.Elem(), depth-1)
		}
		into.SetMapIndex(reflect.ValueOf(rapid.StringN(1, 4, -1).Draw(t, name)), value)
	}
}

func drawPath(t *rapid.T) *tftypes.AttributePath {
	steps := []tftypes.AttributePathStep{}
	for range rapid.IntRange(0, 3).Draw(t, "steps") {
		switch rapid.IntRange(0, 2).Draw(t, "step") {
		case 0:
			steps = append(steps, tftypes.AttributeName(rapid.StringN(1, 4, -1).Draw(t, "name")))
		case 1:
			steps = append(steps, tftypes.ElementKeyString(rapid.StringN(1, 4, -1).Draw(t, "key")))
		default:
			steps = append(steps, tftypes.ElementKeyInt(rapid.Int64Range(0, 9).Draw(t, "index")))
		}
	}
	return tftypes.NewAttributePathWithSteps(steps)
}
