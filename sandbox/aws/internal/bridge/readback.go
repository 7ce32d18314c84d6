package bridge

import (
	"context"
	"fmt"
	"strconv"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/info"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// readBack turns strings of a resource into the flags and numbers that the SDK has for
// them. The bridge writes such an input as a string, but it ignores the type of the token
// map when the string comes back, and the program could not read it.
func readBack(one *info.Resource, attributes shim.SchemaMap) {
	kinds := map[resource.PropertyKey]string{}
	for attribute, field := range one.Fields {
		if field.Type != "" {
			name := tfbridge.TerraformToPulumiNameV2(attribute, attributes, one.Fields)
			kinds[resource.PropertyKey(name)] = string(field.Type)
		}
	}
	if len(kinds) == 0 {
		return
	}
	one.TransformOutputs = func(_ context.Context, outputs resource.PropertyMap) (resource.PropertyMap, error) {
		read := outputs.Copy()
		for name, kind := range kinds {
			value, given := read[name]
			if !given {
				continue
			}
			typed, err := readAs(kind, value)
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", one.Tok, name, err)
			}
			read[name] = typed
		}
		return read, nil
	}
}

// readAs reads a string as a "boolean" or a "number". Other values stay: what is not
// known yet is no string. Terraform's "" is a value that nobody has set.
func readAs(kind string, value resource.PropertyValue) (resource.PropertyValue, error) {
	if value.IsSecret() {
		plain, err := readAs(kind, value.SecretValue().Element)
		return resource.MakeSecret(plain), err
	}
	if !value.IsString() {
		return value, nil
	}
	text := value.StringValue()
	switch {
	case text == "":
		return resource.NewNullProperty(), nil
	case kind == "boolean":
		flag, err := strconv.ParseBool(text)
		return resource.NewProperty(flag), err
	case kind == "number":
		number, err := strconv.ParseFloat(text, 64)
		return resource.NewProperty(number), err
	}
	return value, fmt.Errorf("%q cannot be read as a %q", text, kind)
}
