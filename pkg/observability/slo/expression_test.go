package slo

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
)

// nothing is a metric without a data point.
const nothing = -1

// traffic is what a load balancer counts in a window; nothing where it reports nothing.
type traffic struct{ requests, balancer, targets float64 }

// fires evaluates an alarm as CloudWatch would for one period.
func fires(t require.TestingT, alarm alarms.Alarm, seen traffic) bool {
	parsed, err := parser.ParseExpr(alarm.Expression) // what is used of metric math reads as Go
	require.NoError(t, err)
	require.Equal(t, alarms.Above, alarm.Comparison)
	return evaluate(t, parsed, map[string]float64{"requests": seen.requests, "balancer": seen.balancer, "targets": seen.targets}) > alarm.Threshold
}

// evaluate knows what the expressions use: IF, FILL, +, *, / and >=.
func evaluate(t require.TestingT, node ast.Expr, values map[string]float64) float64 {
	of := func(node ast.Expr) float64 { return evaluate(t, node, values) }
	switch node := node.(type) {
	case *ast.ParenExpr:
		return of(node.X)
	case *ast.BasicLit:
		value, err := strconv.ParseFloat(node.Value, 64)
		require.NoError(t, err)
		return value
	case *ast.Ident:
		value, known := values[node.Name]
		require.True(t, known, node.Name)
		return value
	case *ast.CallExpr:
		switch name := node.Fun.(*ast.Ident).Name; {
		case name == "FILL" && of(node.Args[0]) == nothing:
			return of(node.Args[1])
		case name == "FILL":
			return of(node.Args[0])
		case name == "IF" && of(node.Args[0]) != 0:
			return of(node.Args[1])
		case name == "IF":
			return of(node.Args[2])
		}
	case *ast.BinaryExpr:
		return binary(t, node.Op, of(node.X), of(node.Y))
	}
	require.Fail(t, fmt.Sprintf("%T is not understood", node))
	return 0
}

func binary(t require.TestingT, op token.Token, x, y float64) float64 {
	atLeast := 0.0
	if x >= y {
		atLeast = 1
	}
	value, known := map[token.Token]float64{token.ADD: x + y, token.MUL: x * y, token.QUO: x / y, token.GEQ: atLeast}[op]
	require.True(t, known, op.String())
	return value
}

func TestTheExpressionsAreEvaluatedAsCloudWatchDoes(t *testing.T) {
	parsed, err := parser.ParseExpr("IF((FILL(a, 0) + b) >= 3, 100 * b / 4, 7)")
	require.NoError(t, err)
	require.InDelta(t, 50, evaluate(t, parsed, map[string]float64{"a": 1, "b": 2}), 0)
	require.InDelta(t, 7, evaluate(t, parsed, map[string]float64{"a": nothing, "b": 2}), 0)
}
