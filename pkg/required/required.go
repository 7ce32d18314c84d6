// Package required finds what a component needs and was not given.
package required

import (
	"fmt"
	"reflect"
)

// Field is one field of a component's Args that must be given.
type Field struct {
	// Name is the field's, with the path to it: "Config.HealthCheckPath".
	Name string
	// Value is what was given; the zero value of its type is nothing.
	Value any
	// Remedy says what to pass.
	Remedy string
}

// Place are the fields that say which environment a component belongs to and where it is.
func Place(environment, accountID, region, partition string) []Field {
	return []Field{
		{"Environment", environment, "pass the environment's name"},
		{"AccountID", accountID, "pass the ID of the environment's account"},
		{"Region", region, "pass the environment's region"},
		{"Partition", partition, `pass the region's partition, "aws" for most`},
	}
}

// Missing returns an error for each of the fields that was not given, in their
// order: its path below args ("waf.Args"), what was found, and the remedy.
func Missing(args string, fields ...Field) []error {
	var problems []error
	for _, field := range fields {
		value := reflect.ValueOf(field.Value)
		if value.IsValid() && !value.IsZero() {
			continue
		}
		problems = append(problems, fmt.Errorf("%s.%s: %s: it is required: %s", args, field.Name, found(field.Value), field.Remedy))
	}
	return problems
}

// found words a zero value: "", 0 or nil.
func found(zero any) string {
	switch zero.(type) {
	case string, int:
		return fmt.Sprintf("%#v", zero)
	default:
		return "nil"
	}
}
