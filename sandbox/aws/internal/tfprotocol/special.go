package tfprotocol

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/tfplugin5"
)

var (
	wirePath  = reflect.TypeFor[*tfplugin5.AttributePath]()
	path      = reflect.TypeFor[*tftypes.AttributePath]()
	wireType  = reflect.TypeFor[[]byte]()
	valueType = reflect.TypeFor[tftypes.Type]()
)

// specials are the pairs whose two sides differ in form and not only in spelling:
// attribute paths are an interface for each step on one side, and a value's type
// is JSON on the wire.
var specials map[pair]step

func init() {
	specials = map[pair]step{
		{path, wirePath}:      pathFromWire,
		{wirePath, path}:      pathToWire,
		{valueType, wireType}: typeFromWire,
		{wireType, valueType}: typeToWire,
	}
}

func pathFromWire(dst, src reflect.Value) error {
	wire := src.Interface().(*tfplugin5.AttributePath)
	if wire == nil {
		return nil
	}
	steps := make([]tftypes.AttributePathStep, 0, len(wire.Steps))
	for i, each := range wire.Steps {
		switch selector := each.GetSelector().(type) {
		case *tfplugin5.AttributePath_Step_AttributeName:
			steps = append(steps, tftypes.AttributeName(selector.AttributeName))
		case *tfplugin5.AttributePath_Step_ElementKeyString:
			steps = append(steps, tftypes.ElementKeyString(selector.ElementKeyString))
		case *tfplugin5.AttributePath_Step_ElementKeyInt:
			steps = append(steps, tftypes.ElementKeyInt(selector.ElementKeyInt))
		default:
			return fmt.Errorf("attribute path step %d has selector %T, want a name, a key or an index", i, selector)
		}
	}
	dst.Set(reflect.ValueOf(tftypes.NewAttributePathWithSteps(steps)))
	return nil
}

func pathToWire(dst, src reflect.Value) error {
	from := src.Interface().(*tftypes.AttributePath)
	if from == nil {
		return nil
	}
	wire := &tfplugin5.AttributePath{}
	for i, each := range from.Steps() {
		one := &tfplugin5.AttributePath_Step{}
		switch value := each.(type) {
		case tftypes.AttributeName:
			one.Selector = &tfplugin5.AttributePath_Step_AttributeName{AttributeName: string(value)}
		case tftypes.ElementKeyString:
			one.Selector = &tfplugin5.AttributePath_Step_ElementKeyString{ElementKeyString: string(value)}
		case tftypes.ElementKeyInt:
			one.Selector = &tfplugin5.AttributePath_Step_ElementKeyInt{ElementKeyInt: int64(value)}
		default:
			return fmt.Errorf("attribute path step %d is a %T, which protocol 5 cannot carry", i, each)
		}
		wire.Steps = append(wire.Steps, one)
	}
	dst.Set(reflect.ValueOf(wire))
	return nil
}

func typeFromWire(dst, src reflect.Value) error {
	if src.Len() == 0 {
		return nil
	}
	parsed, err := tftypes.ParseJSONType(src.Bytes()) //nolint:staticcheck // the only parser of wire types
	if err != nil {
		return fmt.Errorf("value type %q: %w", src.Bytes(), err)
	}
	dst.Set(reflect.ValueOf(parsed))
	return nil
}

func typeToWire(dst, src reflect.Value) error {
	if src.IsNil() {
		return nil
	}
	wire, err := json.Marshal(src.Interface())
	if err != nil {
		return fmt.Errorf("value type %v: %w", src.Interface(), err)
	}
	dst.SetBytes(wire)
	return nil
}
