package echo

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"aws-platform/sandbox/aws/internal/invent"
)

// change is one apply, each side by attribute; prior is nil for a creation.
type change struct{ prior, config, planned, actual map[string]tftypes.Value }

// settle returns the attributes of the new state.
func (c change) settle(
	block *tfprotov6.SchemaBlock, losses map[string]Loss, resource invent.Resource,
) (map[string]tftypes.Value, error) {
	computed := map[string]bool{}
	for _, attribute := range block.Attributes {
		computed[attribute.Name] = attribute.Computed
	}
	settled := make(map[string]tftypes.Value, len(c.actual))
	for name, actual := range c.actual {
		settled[name] = actual
		_, lossy := losses[name]
		if !lossy && computed[name] && !c.decided(name) {
			continue
		}
		value, err := resource.Fill(settle(c.planned[name], actual), nil)
		if err != nil {
			return nil, err
		}
		settled[name] = value
	}
	return settled, nil
}

// decided says whether a computed attribute is what the plan made it. A plan carries
// the values of unaffected computed attributes along, and these may well change.
func (c change) decided(name string) bool {
	if !c.config[name].IsNull() {
		return true
	}
	if c.prior == nil {
		return !c.planned[name].IsNull()
	}
	return !c.planned[name].Equal(c.prior[name])
}

// settle is planned wherever it is known, and actual elsewhere. What remains unknown
// was planned, did not come back, and must be invented.
func settle(planned, actual tftypes.Value) tftypes.Value {
	switch {
	case !planned.IsKnown():
		return actual
	case empty(planned) && empty(actual):
		return actual // null, "" and an empty list are one thing to the providers of this protocol
	case planned.IsFullyKnown() || empty(actual):
		return planned
	case planned.Type().Is(tftypes.Object{}), planned.Type().Is(tftypes.Map{}):
		return settleFields(planned, actual)
	case planned.Type().Is(tftypes.List{}):
		return settleElements(planned, actual)
	}
	return actual // which element of a set became which cannot be told
}

func settleFields(planned, actual tftypes.Value) tftypes.Value {
	var known, found map[string]tftypes.Value
	if planned.As(&known) != nil || actual.As(&found) != nil {
		return actual
	}
	for name, value := range known {
		if other, ok := found[name]; ok {
			value = settle(value, other)
		}
		known[name] = value
	}
	return tftypes.NewValue(planned.Type(), known)
}

func settleElements(planned, actual tftypes.Value) tftypes.Value {
	var known, found []tftypes.Value
	if planned.As(&known) != nil || actual.As(&found) != nil || len(known) != len(found) {
		return actual
	}
	for i := range known {
		known[i] = settle(known[i], found[i])
	}
	return tftypes.NewValue(planned.Type(), known)
}

// empty says whether a value is null or the zero of its type.
func empty(value tftypes.Value) bool {
	if value.IsNull() {
		return true
	}
	if !value.IsKnown() {
		return false
	}
	var (
		text   string
		flag   bool
		number big.Float
		list   []tftypes.Value
		fields map[string]tftypes.Value
	)
	switch {
	case value.As(&text) == nil:
		return text == ""
	case value.As(&flag) == nil:
		return !flag
	case value.As(&number) == nil:
		return number.Sign() == 0
	case value.As(&list) == nil:
		return len(list) == 0
	case value.As(&fields) == nil:
		return len(fields) == 0
	}
	return false
}
