package tfprotocol

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// renamed lists the only fields that the two sides call by different names,
// in lower case, each under both names.
var renamed = map[string]string{
	"legacytypesystem": "unsafetouselegacytypesystem",
}

// step copies one value; a plan is a list of them.
type step func(dst, src reflect.Value) error

// plans caches the way from one type to another: schemas hold tens of thousands
// of attributes, and looking names up for each would dominate the start.
var plans sync.Map // map[pair]step

type pair struct{ dst, src reflect.Type }

// translate returns src as a *D: fields are matched by name without regard to
// case, fields that only one side has are left alone.
func translate[D any](src any) (*D, error) {
	dst := new(D)
	from := reflect.ValueOf(src)
	if from.Kind() != reflect.Pointer || from.IsNil() {
		return nil, fmt.Errorf("tfprotocol: want a message to translate to %T, got %T (nil)", dst, src)
	}
	into := reflect.ValueOf(dst).Elem()
	if err := planFor(into.Type(), from.Elem().Type())(into, from.Elem()); err != nil {
		return nil, fmt.Errorf("tfprotocol: %T to %T: %w", src, dst, err)
	}
	return dst, nil
}

// planFor finds or builds the step between two types. Recursive types (blocks in
// blocks) end because the step for a pair is looked up when it runs.
func planFor(dst, src reflect.Type) step {
	key := pair{dst, src}
	if known, ok := plans.Load(key); ok {
		return known.(step)
	}
	built := build(dst, src)
	plans.Store(key, built)
	return built
}

// later defers the look-up of a plan to its first use.
func later(dst, src reflect.Type) step {
	return func(d, s reflect.Value) error { return planFor(dst, src)(d, s) }
}

func build(dst, src reflect.Type) step {
	if special, ok := specials[pair{dst, src}]; ok {
		return special
	}
	switch {
	case dst.Kind() == reflect.Pointer || src.Kind() == reflect.Pointer:
		return pointers(dst, src)
	case isBytes(dst) && isBytes(src):
		return copyBytes
	case dst.Kind() == reflect.Slice && src.Kind() == reflect.Slice:
		return sliceStep(dst, src)
	case dst.Kind() == reflect.Map && src.Kind() == reflect.Map:
		return mapStep(dst, src)
	case dst.Kind() == reflect.Struct && src.Kind() == reflect.Struct:
		return structStep(dst, src)
	case src.ConvertibleTo(dst) && src.Kind() == dst.Kind():
		return func(d, s reflect.Value) error { d.Set(s.Convert(dst)); return nil }
	}
	return func(_, _ reflect.Value) error { return fmt.Errorf("no way from %s to %s", src, dst) }
}

func isBytes(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}

// copyBytes keeps nil as nil: a DynamicValue is read as JSON whenever its JSON is
// not nil, even when empty.
func copyBytes(dst, src reflect.Value) error {
	if src.Len() > 0 {
		dst.SetBytes(src.Bytes())
	}
	return nil
}

func pointers(dst, src reflect.Type) step {
	switch {
	case src.Kind() != reflect.Pointer:
		return intoPointer(dst.Elem(), src)
	case dst.Kind() != reflect.Pointer:
		return fromPointer(dst, src.Elem())
	}
	return throughPointers(dst.Elem(), src.Elem())
}

func throughPointers(dst, src reflect.Type) step {
	inner := later(dst, src)
	return func(d, s reflect.Value) error {
		if s.IsNil() {
			return nil
		}
		d.Set(reflect.New(dst))
		return inner(d.Elem(), s.Elem())
	}
}

func intoPointer(dst, src reflect.Type) step {
	inner := later(dst, src)
	return func(d, s reflect.Value) error {
		d.Set(reflect.New(dst))
		return inner(d.Elem(), s)
	}
}

func fromPointer(dst, src reflect.Type) step {
	inner := later(dst, src)
	return func(d, s reflect.Value) error {
		if s.IsNil() {
			return nil
		}
		return inner(d, s.Elem())
	}
}

// sliceStep makes an empty slice of a missing one, as the bridge's own translation does.
func sliceStep(dst, src reflect.Type) step {
	inner := later(dst.Elem(), src.Elem())
	return func(d, s reflect.Value) error {
		d.Set(reflect.MakeSlice(dst, s.Len(), s.Len()))
		for i := range s.Len() {
			if err := inner(d.Index(i), s.Index(i)); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
		return nil
	}
}

// mapStep makes an empty map of a missing one, as the bridge's own translation does.
func mapStep(dst, src reflect.Type) step {
	inner := later(dst.Elem(), src.Elem())
	return func(d, s reflect.Value) error {
		d.Set(reflect.MakeMapWithSize(dst, s.Len()))
		for each := s.MapRange(); each.Next(); {
			value := reflect.New(dst.Elem()).Elem()
			if err := inner(value, each.Value()); err != nil {
				return fmt.Errorf("[%v]: %w", each.Key(), err)
			}
			d.SetMapIndex(each.Key(), value)
		}
		return nil
	}
}

// structStep pairs the exported fields of two structs. Protobuf messages also carry
// unexported ones (state, sizeCache) that must not be touched.
func structStep(dst, src reflect.Type) step {
	type move struct {
		to, from int
		step     step
	}
	var moves []move
	for _, common := range matched(dst, src) {
		to, from := dst.Field(common.to), src.Field(common.from)
		moves = append(moves, move{common.to, common.from, later(to.Type, from.Type)})
	}
	return func(d, s reflect.Value) error {
		for _, m := range moves {
			if err := m.step(d.Field(m.to), s.Field(m.from)); err != nil {
				return fmt.Errorf("%s: %w", dst.Field(m.to).Name, err)
			}
		}
		return nil
	}
}

// match is a field that two structs have in common, by its index in each.
type match struct{ to, from int }

func matched(dst, src reflect.Type) []match {
	byName := map[string]int{}
	for i := range src.NumField() {
		if src.Field(i).IsExported() {
			byName[canonical(src.Field(i).Name)] = i
		}
	}
	var all []match
	for i := range dst.NumField() {
		if !dst.Field(i).IsExported() {
			continue
		}
		if from, ok := byName[canonical(dst.Field(i).Name)]; ok {
			all = append(all, match{to: i, from: from})
		}
	}
	return all
}

// canonical is the name under which both sides' spellings of a field meet.
func canonical(field string) string {
	name := strings.ToLower(field)
	if other, ok := renamed[name]; ok {
		return other
	}
	return name
}
