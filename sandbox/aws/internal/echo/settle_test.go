package echo

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

var (
	item  = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String, "size": tftypes.Number}}
	forms = []tftypes.Type{
		tftypes.String, tftypes.Bool, tftypes.Number, item,
		tftypes.List{ElementType: item}, tftypes.Set{ElementType: tftypes.String}, tftypes.Map{ElementType: tftypes.String},
	}
)

// draw is a random value of a type; unknown says whether it may be unknown somewhere.
func draw(t *rapid.T, form tftypes.Type, unknown bool) tftypes.Value {
	switch rapid.IntRange(0, 5).Draw(t, "special") {
	case 0:
		return tftypes.NewValue(form, nil)
	case 1:
		if unknown {
			return tftypes.NewValue(form, tftypes.UnknownValue)
		}
	}
	switch f := form.(type) {
	case tftypes.Object:
		fields := map[string]tftypes.Value{}
		for name, inner := range f.AttributeTypes {
			fields[name] = draw(t, inner, unknown)
		}
		return tftypes.NewValue(form, fields)
	case tftypes.Map:
		return tftypes.NewValue(form, map[string]tftypes.Value{"k": draw(t, f.ElementType, unknown)})
	case tftypes.List:
		return tftypes.NewValue(form, drawAll(t, f.ElementType, unknown))
	case tftypes.Set:
		return tftypes.NewValue(form, drawAll(t, f.ElementType, unknown))
	}
	switch {
	case form.Is(tftypes.String):
		return tftypes.NewValue(form, rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "text"))
	case form.Is(tftypes.Bool):
		return tftypes.NewValue(form, rapid.Bool().Draw(t, "flag"))
	}
	return tftypes.NewValue(form, rapid.IntRange(0, 2).Draw(t, "number"))
}

func drawAll(t *rapid.T, form tftypes.Type, unknown bool) []tftypes.Value {
	all := []tftypes.Value{}
	for range rapid.IntRange(0, 2).Draw(t, "length") {
		all = append(all, draw(t, form, unknown))
	}
	return all
}

func TestKnownPlanWins(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(forms).Draw(t, "form")
		planned, actual := draw(t, form, false), draw(t, form, false)
		got := settle(planned, actual)
		bothEmpty := empty(planned) && empty(actual) && got.Equal(actual)
		if !got.Equal(planned) && !bothEmpty {
			t.Fatalf("settle(%s, %s) = %s, want what was planned", planned, actual, got)
		}
	})
}

func TestOpenPlanTakesTheAnswer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(forms).Draw(t, "form")
		actual := draw(t, form, false)
		if got := settle(tftypes.NewValue(form, tftypes.UnknownValue), actual); !got.Equal(actual) {
			t.Fatalf("settle(unknown, %s) = %s", actual, got)
		}
	})
}

// TestAnswerLeavesNothingOpen: only what did not come back at all stays unknown.
func TestAnswerLeavesNothingOpen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(forms).Draw(t, "form")
		planned, actual := draw(t, form, true), draw(t, form, false)
		got := settle(planned, actual)
		if !got.IsFullyKnown() && !lost(planned, actual) {
			t.Fatalf("settle(%s, %s) = %s leaves something open that came back", planned, actual, got)
		}
		if again := settle(got, actual); got.IsFullyKnown() && !again.Equal(got) {
			t.Fatalf("settling twice changes %s to %s", got, again)
		}
	})
}

// lost says whether some part that was planned came back empty.
func lost(planned, actual tftypes.Value) bool {
	if planned.IsNull() || !planned.IsKnown() || empty(planned) {
		return false
	}
	if empty(actual) {
		return true
	}
	var inner, found []tftypes.Value
	var fields, others map[string]tftypes.Value
	switch {
	case planned.As(&inner) == nil && actual.As(&found) == nil && len(inner) == len(found):
		for i := range inner {
			if lost(inner[i], found[i]) {
				return true
			}
		}
	case planned.As(&fields) == nil && actual.As(&others) == nil:
		for name := range fields {
			if lost(fields[name], others[name]) {
				return true
			}
		}
	}
	return false
}
