package main

import (
	"errors"
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/inflector"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/info"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/util"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// matched is what is written.
type matched struct {
	resources  map[string]*info.Resource   // by Terraform type
	functions  map[string]*info.DataSource // by Terraform data source
	config     map[string]*info.Schema     // the provider's own settings
	properties int                         // how many properties of the SDK were proved
}

// level matches the properties of one struct of the SDK with the attributes of one
// object of Terraform.
type level struct {
	all      *matched
	sdk      *sdk
	known    *aliases
	module   string   // of the token: ec2; index for the provider
	resource bool     // and no function, nor the provider
	pkg      string   // of the SDK; the provider is in the root package, ""
	path     string   // for messages
	within   []string // the SDK's structs around this one, outermost first
}

func matchAll(source *sdk, known *aliases, whole *schema, wanted []wantedType) (*matched, error) {
	all := &matched{resources: map[string]*info.Resource{}, functions: map[string]*info.DataSource{}}
	var problems []error
	for _, one := range wanted {
		at := level{
			all: all, sdk: source, known: known,
			module: one.module(), pkg: one.module(), path: one.name(), resource: !one.function(),
		}
		fields, err := at.structs(one.token, whole.attributes(one), one.structs()...)
		problems = append(problems, err)
		if one.function() {
			all.functions[one.terraform] = &info.DataSource{Tok: tokens.ModuleMember(one.token), Fields: fields}
		} else {
			all.resources[one.terraform] = &info.Resource{Tok: tokens.Type(one.token), Fields: fields}
		}
	}
	at := level{all: all, sdk: source, known: known, module: "index", path: "Provider"}
	config, err := at.structs("", whole.shim.Schema(), "providerArgs")
	all.config = config
	return all, errors.Join(append(problems, err)...)
}

// structs are the SDK's plain structs of a type. Where a resource already has the name
// GetX, its function is LookupX.
func (w wantedType) structs() []string {
	if w.function() {
		subject := w.subject()
		return []string{
			"Get" + subject + "Args", "Get" + subject + "Result",
			"Lookup" + subject + "Args", "Lookup" + subject + "Result",
		}
	}
	lower := strings.ToLower(w.name()[:1]) + w.name()[1:]
	return []string{lower + "State", lower + "Args"}
}

// own are properties that Pulumi's patched provider has and Terraform's does not: kept when
// Terraform dropped them, or added. The plugin does not serve them.
var own = []string{
	"Cluster.certificateAuthority",   // of aws:eks/cluster:Cluster: the first of certificateAuthorities
	"Cluster.defaultAddonsToRemoves", // of the same: bootstrapSelfManagedAddons
	"Instance.name",                  // of aws:rds/instance:Instance: dbName
}

// structs matches the properties of some structs, which together are one object.
func (l level) structs(token string, attributes shim.SchemaMap, names ...string) (map[string]*info.Schema, error) {
	properties, err := l.sdk.properties(l.pkg, names...)
	if err != nil {
		return nil, err
	}
	if len(properties) == 0 && attributes.Len() > 0 {
		return nil, fmt.Errorf("%s: %q has no properties, Terraform has %d attributes", l.path, names, attributes.Len())
	}
	renames := l.known.Renames.Properties[token]
	fields := map[string]*info.Schema{}
	partner := map[string]string{}
	var problems []error
	for _, property := range slices.Sorted(maps.Keys(properties)) {
		if slices.Contains(own, l.path+"."+property) {
			continue
		}
		attribute, ok := find(property, attributes, renames)
		if !ok && l.deeper(names) {
			continue
		}
		if !ok {
			problems = append(problems, fmt.Errorf("%s.%s: no Terraform attribute has this name", l.path, property))
			continue
		}
		if first, taken := partner[attribute]; taken {
			problems = append(problems, fmt.Errorf("%s: %s and %s both map to %s", l.path, first, property, attribute))
			continue
		}
		partner[attribute] = property
		field, err := l.below(property, names).value(properties[property], attributes.Get(attribute))
		problems = append(problems, err)
		if field != nil {
			fields[attribute] = field
		}
		l.all.properties++
	}
	name(partner, attributes, fields)
	return fields, errors.Join(problems...)
}

func (l level) below(property string, names []string) level {
	l.path += "." + property
	l.within = append(slices.Clip(l.within), names...)
	return l
}

// deeper says whether a struct stands inside itself, as WAF's statements do. The SDK has
// no end to that, Terraform unrolls it to some depth; the outermost one was proved whole.
func (l level) deeper(names []string) bool {
	return len(names) == 1 && slices.Contains(l.within, names[0])
}

// find looks for the attribute that a property stands for: as Pulumi recorded it, as
// the bridge would derive it, or by the plain or singular name.
func find(property string, attributes shim.SchemaMap, renames map[string]string) (string, bool) {
	if recorded, ok := renames[property]; ok {
		if _, exists := attributes.GetOk(recorded); exists {
			return recorded, true
		}
	}
	found := ""
	attributes.Range(func(attribute string, _ shim.Schema) bool {
		if tfbridge.TerraformToPulumiNameV2(attribute, attributes, nil) == property {
			found = attribute
		}
		return found == ""
	})
	if found != "" {
		return found, true
	}
	plain := snake(property)
	attributes.Range(func(attribute string, _ shim.Schema) bool {
		if attribute == plain || inflector.Pluralize(attribute) == plain {
			found = attribute
		}
		return found == ""
	})
	return found, found != ""
}

// name adds a name wherever the bridge would derive another one than the SDK's.
func name(partner map[string]string, attributes shim.SchemaMap, fields map[string]*info.Schema) {
	for _, attribute := range slices.Sorted(maps.Keys(partner)) {
		if tfbridge.TerraformToPulumiNameV2(attribute, attributes, fields) == partner[attribute] {
			continue
		}
		if fields[attribute] == nil {
			fields[attribute] = &info.Schema{}
		}
		fields[attribute].Name = partner[attribute]
	}
}

// value compares the forms of a property and an attribute, and returns what the bridge
// must be told, nil when it derives everything itself.
func (l level) value(expr ast.Expr, attribute shim.Schema) (*info.Schema, error) {
	types, err := l.sdk.types(l.pkg)
	if err != nil {
		return nil, err
	}
	form := shapeOf(types, expr)
	if attributes, single := util.CastToTypeObject(attribute); single {
		return l.single(form, attributes)
	}
	switch attribute.Type() { //nolint:exhaustive // what remains is a scalar, or an error
	case shim.TypeList, shim.TypeSet:
		return l.list(form, expr, attribute)
	case shim.TypeMap:
		return l.mapping(form, attribute)
	}
	want := scalars[attribute.Type()]
	if form.carries(want, l.pkg == "") {
		return nil, nil
	}
	if as, ok := form.readBack(want); ok && l.resource && strings.Count(l.path, ".") == 1 {
		return &info.Schema{Type: as}, nil
	}
	return nil, fmt.Errorf("%s: the SDK has a %s, Terraform a %s", l.path, form.origin, want)
}

func (l level) single(form shape, attributes shim.SchemaMap) (*info.Schema, error) {
	fields, err := l.object(form, attributes)
	if err != nil || len(fields) == 0 {
		return nil, err
	}
	return &info.Schema{Fields: fields}, nil
}

// list also covers Terraform lists that the SDK shows as a single value.
func (l level) list(form shape, expr ast.Expr, attribute shim.Schema) (*info.Schema, error) {
	field := &info.Schema{}
	flat := form.kind != list
	if flat != (attribute.MaxItems() == 1) {
		field.MaxItemsOne = &flat
	}
	element := expr
	if !flat {
		element = form.of
	}
	inner, err := l.element(element, attribute.Elem())
	field.Elem = inner
	if field.MaxItemsOne == nil && field.Elem == nil {
		return nil, err
	}
	return field, err
}

func (l level) mapping(form shape, attribute shim.Schema) (*info.Schema, error) {
	if form.kind != mapping {
		return nil, fmt.Errorf("%s: the SDK has a %s, Terraform a map", l.path, form.origin)
	}
	inner, err := l.element(form.of, attribute.Elem())
	if err != nil || inner == nil {
		return nil, err
	}
	return &info.Schema{Elem: inner}, nil
}

// element matches what is in a list or a map.
func (l level) element(expr ast.Expr, element any) (*info.Schema, error) {
	types, err := l.sdk.types(l.pkg)
	if err != nil {
		return nil, err
	}
	switch inner := element.(type) {
	case shim.Resource:
		return l.single(shapeOf(types, expr), inner.Schema())
	case shim.Schema:
		return l.value(expr, inner)
	}
	return nil, nil
}

func (l level) object(form shape, attributes shim.SchemaMap) (map[string]*info.Schema, error) {
	if form.kind != object {
		return nil, fmt.Errorf("%s: the SDK has a %s, Terraform an object", l.path, form.origin)
	}
	token := fmt.Sprintf("aws:%s/%s:%s", l.module, form.name, form.name)
	return l.structs(token, attributes, form.name)
}
