package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

// sdkModule is the release whose properties must map; the plugin carries its version.
const sdkModule = "github.com/pulumi/pulumi-aws/sdk/v6@v6.83.2"

// sdk is the source of Pulumi's Go SDK. Only syntax is read: type-checking it takes
// minutes, and the plain structs of states and arguments say everything.
type sdk struct {
	root     string
	packages map[string]map[string]ast.Expr // package -> type name -> definition
}

func openSDK(ctx context.Context) (*sdk, error) {
	out, err := exec.CommandContext(ctx, "go", "mod", "download", "-json", sdkModule).Output()
	if err != nil {
		return nil, fmt.Errorf("download %s: %w", sdkModule, err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return nil, fmt.Errorf("download %s: %w", sdkModule, err)
	}
	return newSDK(filepath.Join(module.Dir, "go", "aws")), nil
}

func newSDK(root string) *sdk { return &sdk{root: root, packages: map[string]map[string]ast.Expr{}} }

// types returns the type definitions of a package; "" is the SDK's root package.
func (s *sdk) types(pkg string) (map[string]ast.Expr, error) {
	if known, ok := s.packages[pkg]; ok {
		return known, nil
	}
	files, err := filepath.Glob(filepath.Join(s.root, pkg, "*.go"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("sdk package %q: %w", pkg, errors.Join(err, fs.ErrNotExist))
	}
	all := map[string]ast.Expr{}
	set := token.NewFileSet()
	for _, file := range files {
		parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		collect(parsed, all)
	}
	s.packages[pkg] = all
	return all, nil
}

func collect(file *ast.File, into map[string]ast.Expr) {
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, spec := range general.Specs {
			defined := spec.(*ast.TypeSpec)
			into[defined.Name.Name] = defined.Type
		}
	}
}

// properties returns the Pulumi properties of the named structs of a package together,
// each with its Go type. A struct that does not exist is left out; none at all is an error.
func (s *sdk) properties(pkg string, names ...string) (map[string]ast.Expr, error) {
	types, err := s.types(pkg)
	if err != nil {
		return nil, err
	}
	all := map[string]ast.Expr{}
	found := false
	for _, name := range names {
		structure, ok := types[name].(*ast.StructType)
		if !ok {
			continue
		}
		found = true
		for _, field := range structure.Fields.List {
			if property := tagged(field); property != "" {
				all[property] = field.Type
			}
		}
	}
	if !found {
		return nil, fmt.Errorf("sdk package %q has no struct with a name of %q", pkg, names)
	}
	return all, nil
}

// tagged is the property that a field's tag names, "" for none.
func tagged(field *ast.Field) string {
	if field.Tag == nil {
		return ""
	}
	text, err := strconv.Unquote(field.Tag.Value)
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(reflect.StructTag(text).Get("pulumi"), ",")
	return name
}
