package config

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-viper/mapstructure/v2"
)

// reading is one pass over a configuration: it decodes what it can and collects
// what it cannot.
type reading struct {
	problems Problems
	// unread are the paths whose value could not be read. What validation says of
	// them, below them or above them follows from that and is left out.
	unread []string
}

// refuse records a value that cannot be read.
func (r *reading) refuse(path, value, fact, remedy string) {
	r.problems.add(path, value, fact, remedy)
	r.unread = append(r.unread, path)
}

// into decodes a value, as JSON has it, into the struct, map or scalar that
// target points to. What target holds beforehand are the defaults. A field that
// cannot be read keeps its default, the others are decoded nonetheless.
func (r *reading) into(path string, value, target any) {
	decoder, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{
		Result:     target,
		DecodeHook: checkType,
		MatchName:  func(key, field string) bool { return key == field },
	})
	if err != nil {
		panic(err) // target is no pointer: a mistake of this package
	}
	if err := decoder.Decode(value); err != nil {
		r.refuseAll(path, err)
	}
	r.unknown(path, value, reflect.TypeOf(target).Elem())
}

// unknown refuses the keys that a struct has no field for, at any depth. mapstructure
// tells them too, but not of a struct in which it could not read something.
func (r *reading) unknown(path string, value any, of reflect.Type) {
	if list, ok := value.([]any); ok && of.Kind() == reflect.Slice {
		for i, element := range list {
			r.unknown(path+"["+strconv.Itoa(i)+"]", element, of.Elem())
		}
		return
	}
	fields, ok := value.(map[string]any)
	if !ok || of.Kind() != reflect.Struct || isSecret(fields) {
		return
	}
	known := map[string]reflect.Type{}
	for i := range of.NumField() {
		known[of.Field(i).Tag.Get("mapstructure")] = of.Field(i).Type
	}
	for name, child := range fields {
		if field, ok := known[name]; ok {
			r.unknown(join(path, name), child, field)
			continue
		}
		r.problems.add(join(path, name), "unknown key", "the platform does not know it and would ignore it",
			"remove it or correct its spelling (docs/configuration.md lists every key)")
	}
}

// refuseAll records every decoding error in err.
func (r *reading) refuseAll(path string, err error) {
	var leaf *mapstructure.DecodeError
	switch e := err.(type) { //nolint:errorlint // the tree of errors is walked here, node by node
	case *mapstructure.DecodeError:
		leaf = e
	case interface{ Unwrap() []error }:
		for _, child := range e.Unwrap() {
			r.refuseAll(path, child)
		}
		return
	case interface{ Unwrap() error }:
		r.refuseAll(path, e.Unwrap())
		return
	default:
		r.refuse(path, "unreadable", err.Error(), "correct it")
		return
	}
	var wrong *typeError
	if errors.As(leaf, &wrong) {
		r.refuse(join(path, leaf.Name()), wrong.value, wrong.fact, wrong.remedy)
		return
	}
	r.refuse(join(path, leaf.Name()), "unreadable", leaf.Unwrap().Error(), "correct it")
}

// each decodes a map of structs, element by element, so that one bad field does
// not lose the rest of its element as it would in mapstructure. fresh makes an
// element with its defaults. The result is nil only if value is no map.
func each[T any](r *reading, path string, value any, fresh func() T) map[string]T {
	var elements map[string]any
	r.into(path, value, &elements)
	if elements == nil {
		return nil
	}
	decoded := make(map[string]T, len(elements))
	for key, element := range elements {
		target := fresh()
		r.into(path+"["+key+"]", element, &target)
		decoded[key] = target
	}
	return decoded
}

// zero makes an element without defaults.
func zero[T any]() T { var none T; return none }

// take removes a key from a map and returns its value, and whether there was one.
func take(tree map[string]any, key string) (any, bool) {
	value, present := tree[key]
	delete(tree, key)
	return value, present
}

// join puts the name that mapstructure gave a value behind the path of its root.
func join(path, name string) string {
	switch {
	case path == "" || name == "":
		return path + name
	case strings.HasPrefix(name, "["):
		return path + name
	default:
		return path + "." + name
	}
}

// typeError is a value of the wrong type.
type typeError struct{ value, fact, remedy string }

func (e *typeError) Error() string { return e.value + ": " + e.fact + ": " + e.remedy }

var prefixType = reflect.TypeFor[netip.Prefix]()

// checkType is the decoding hook that decides on types: it converts what needs
// converting and refuses what mapstructure would bend, such as 90.5 into 90.
func checkType(from, to reflect.Value) (any, error) {
	value := from.Interface()
	if value == (nothing{}) {
		return nil, &typeError{none, "is an empty value", "give it a value or remove the key"}
	}
	if fields, ok := value.(map[string]any); ok && isSecret(fields) {
		return nil, &typeError{"[secret]", "is an encrypted value; the configuration holds no secrets, so that it can be checked offline",
			"write it in plain text, and keep a true secret in Secrets Manager"}
	}
	if to.Type() == prefixType {
		return toPrefix(value)
	}
	switch to.Kind() { //nolint:exhaustive // the kinds that the configuration has
	case reflect.String:
		_, ok := value.(string)
		return value, unless(ok, value, "is not a text", `put it in quotes, as in "text"`)
	case reflect.Bool:
		_, ok := value.(bool)
		return value, unless(ok, value, "is not a boolean", "write true or false, without quotes")
	case reflect.Int:
		return toInt(value)
	case reflect.Float64:
		_, ok := value.(float64)
		return value, unless(ok, value, "is not a number", "write digits, with a point before a fraction, without quotes")
	case reflect.Slice:
		_, ok := value.([]any)
		return value, unless(ok, value, "is not a list", "write a list, as in [a, b]")
	case reflect.Map, reflect.Struct:
		_, ok := value.(map[string]any)
		return value, unless(ok, value, "is not a map of keys", "write keys and values below it")
	default:
		return value, nil
	}
}

// isSecret tells a value that `pulumi config set --secret` wrote.
func isSecret(fields map[string]any) bool {
	_, secret := fields["secure"]
	return secret && len(fields) == 1
}

func unless(ok bool, value any, fact, remedy string) error {
	if ok {
		return nil
	}
	return &typeError{shown(value), fact, remedy}
}

func toPrefix(value any) (any, error) {
	text, ok := value.(string)
	if !ok {
		return nil, unless(false, value, "is not an IP range", "write it in CIDR notation, as in 10.20.1.0/24")
	}
	prefix, err := netip.ParsePrefix(text)
	return prefix, unless(err == nil, value, "is not an IP range", "write it in CIDR notation, as in 10.20.1.0/24")
}

func toInt(value any) (any, error) {
	number, ok := value.(float64)
	if !ok || number != math.Trunc(number) || math.Abs(number) > 1<<53 {
		return nil, unless(false, value, "is not a whole number", "write digits only, without quotes")
	}
	return int(number), nil
}

// shown is a value as an error line shows it: short, on one line, and quoted
// where it would be misread.
func shown(value any) string {
	switch v := value.(type) {
	case map[string]any:
		return "a map"
	case []any:
		return "a list"
	case string:
		return quoted(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}
