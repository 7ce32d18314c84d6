package invent

import (
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Fill returns value with everything unknown in it invented. Shapes say how for the
// resource's own attributes; the rest follows from names and types: numbers are 0,
// flags false, collections empty. The shape of a number is its text.
func (r Resource) Fill(value tftypes.Value, shapes map[string]Shape) (tftypes.Value, error) {
	return tftypes.Transform(value, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		name := lastName(at)
		if shape, ok := shapes[name]; ok && len(at.Steps()) == 1 && v.Type().Is(tftypes.String) {
			return tftypes.NewValue(tftypes.String, shape(r)), nil
		}
		if shape, ok := shapes[name]; ok && len(at.Steps()) == 1 && v.Type().Is(tftypes.Number) {
			number, _, err := big.ParseFloat(shape(r), 10, 64, big.ToNearestEven)
			return tftypes.NewValue(tftypes.Number, number), err
		}
		return r.unknown(name, v.Type()), nil
	})
}

func (r Resource) unknown(name string, t tftypes.Type) tftypes.Value {
	switch {
	case t.Is(tftypes.String):
		return tftypes.NewValue(t, r.invented(name))
	case t.Is(tftypes.Number):
		return tftypes.NewValue(t, 0)
	case t.Is(tftypes.Bool):
		return tftypes.NewValue(t, false)
	case t.Is(tftypes.Map{}):
		return tftypes.NewValue(t, map[string]tftypes.Value{})
	case t.Is(tftypes.List{}), t.Is(tftypes.Set{}):
		return tftypes.NewValue(t, []tftypes.Value{})
	}
	return tftypes.NewValue(t, nil)
}

// lastName is the innermost attribute of a path; elements of a list have their list's.
func lastName(at *tftypes.AttributePath) string {
	for _, step := range slices.Backward(at.Steps()) {
		if name, ok := step.(tftypes.AttributeName); ok {
			return string(name)
		}
	}
	return ""
}
