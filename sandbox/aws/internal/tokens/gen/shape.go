package main

import (
	"fmt"
	"go/ast"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// kind is the form of a value, as far as the bridge treats forms differently.
type kind string

const (
	boolean kind = "bool"
	number  kind = "number"
	text    kind = "string"
	list    kind = "list"
	mapping kind = "map"
	object  kind = "object"
	either  kind = "interface" // a string, or a document or resource that stands for one
	other   kind = "asset or unknown"
)

// shape is a Go type of the SDK, reduced to its form.
type shape struct {
	kind   kind
	of     ast.Expr // the element of a list or a map
	name   string   // the struct of an object
	origin string   // the Go type as written, for messages
}

var basic = map[string]kind{
	"bool": boolean, "int": number, "float64": number, "string": text,
}

// shapeOf reduces a Go type: pointers only say that a property is optional, named
// strings are enumerations.
func shapeOf(types map[string]ast.Expr, expr ast.Expr) shape {
	switch t := expr.(type) {
	case *ast.StarExpr:
		return shapeOf(types, t.X)
	case *ast.ArrayType:
		return shape{kind: list, of: t.Elt, origin: "list"}
	case *ast.MapType:
		return shape{kind: mapping, of: t.Value, origin: "map"}
	case *ast.Ident:
		if k, ok := basic[t.Name]; ok {
			return shape{kind: k, origin: t.Name}
		}
		switch types[t.Name].(type) {
		case *ast.StructType:
			return shape{kind: object, name: t.Name, origin: t.Name}
		case *ast.Ident:
			return shapeOf(types, types[t.Name])
		}
		return shape{kind: other, origin: t.Name}
	case *ast.InterfaceType:
		return shape{kind: either, origin: "interface{}"}
	case *ast.SelectorExpr:
		return shape{kind: other, origin: fmt.Sprintf("%v.%s", t.X, t.Sel.Name)}
	}
	return shape{kind: other, origin: fmt.Sprintf("%T", expr)}
}

// scalars are the forms of Terraform's plain values.
var scalars = map[shim.ValueType]kind{
	shim.TypeBool: boolean, shim.TypeInt: number, shim.TypeFloat: number, shim.TypeString: text,
}

// carries says whether a value of the SDK can go through Terraform and come back. A
// setting of the provider never comes back, and the bridge writes flags and numbers
// as strings where Terraform wants those.
func (s shape) carries(want kind, onlyInput bool) bool {
	if s.kind == want || s.kind == either && want == text {
		return true
	}
	return onlyInput && want == text && (s.kind == boolean || s.kind == number)
}

// readBack is Pulumi's name of the type that a string of Terraform must be read as, for a
// flag or a number of the SDK. The bridge does so at the top of a resource (bridge.Info).
func (s shape) readBack(want kind) (tokens.Type, bool) {
	if want != text {
		return "", false
	}
	switch s.kind { //nolint:exhaustive // the others are no plain values
	case boolean:
		return "boolean", true
	case number:
		return "number", true
	}
	return "", false
}
