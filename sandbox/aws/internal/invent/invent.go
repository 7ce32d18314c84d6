// Package invent makes up what only AWS could know: the ID, the ARN, the region of a
// thing that the emulator cannot make or does not remember. An invented value has the
// shape of the real one and depends on nothing but its resource, so it never changes.
package invent

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Place is where a provider works.
type Place struct {
	Account string // twelve digits, "" when the configuration does not say
	Region  string // us-east-1
}

// Resource is what a value is invented for.
type Resource struct {
	// Type is Terraform's name of the type: aws_route53_zone.
	Type string
	// Place is where it would be.
	Place Place
	// Known holds the planned attributes, unknown ones among them.
	Known map[string]tftypes.Value
}

// Shape invents one attribute of a resource.
type Shape func(Resource) string

// Joined is the known values of some attributes with a separator between them, as many
// of Terraform's IDs are.
func Joined(separator string, attributes ...string) Shape {
	return func(r Resource) string {
		parts := make([]string, len(attributes))
		for i, name := range attributes {
			parts[i] = r.text(name)
		}
		return strings.Join(parts, separator)
	}
}

// Named is an attribute of the resource itself, as IDs that are names are.
func Named(attribute string) Shape { return Joined("", attribute) }

// Constant is always the same.
func Constant(text string) Shape { return func(Resource) string { return text } }

// Account is the account that the provider works in.
func Account(r Resource) string { return r.Place.Account }

// ARN is the resource's name at AWS: the service, what stands before the resource's own
// part, and that part, which is made of attributes with slashes between them.
func ARN(service, before string, attributes ...string) Shape {
	own := Joined("/", attributes...)
	return func(r Resource) string {
		return fmt.Sprintf("arn:aws:%s:%s:%s:%s%s", service, r.Place.Region, r.Place.Account, before, own(r))
	}
}

// UUID is an ID of the form 8-4-4-4-12; of one resource always the same.
func UUID(r Resource) string {
	digits := hex.EncodeToString(r.sum("uuid"))
	return strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]}, "-")
}

// text is a known attribute, "" for any other.
func (r Resource) text(attribute string) string {
	var text string
	if value, ok := r.Known[attribute]; ok && value.IsKnown() && !value.IsNull() {
		_ = value.As(&text) // an attribute of another type contributes nothing
	}
	return text
}

// digest is 17 hexadecimal digits, the length of AWS's own IDs, of the resource and
// the name of what is invented.
func (r Resource) digest(what string) string {
	const length = 17
	return hex.EncodeToString(r.sum(what))[:length]
}

// sum is the checksum behind what is invented.
func (r Resource) sum(what string) []byte {
	text := fmt.Sprintf("%s/%s/%s/%s", r.Type, r.Place.Account, r.Place.Region, what)
	for _, name := range slices.Sorted(maps.Keys(r.Known)) {
		if value := r.Known[name]; value.IsFullyKnown() {
			text += fmt.Sprintf("/%s=%s", name, value)
		}
	}
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// invented is a string that follows from the name of its attribute.
func (r Resource) invented(name string) string {
	kind := strings.TrimPrefix(r.Type, "aws_")
	service, thing, cut := strings.Cut(kind, "_")
	if !cut {
		thing = kind
	}
	switch {
	case name == "arn" || strings.HasSuffix(name, "_arn"):
		return fmt.Sprintf("arn:aws:%s:%s:%s:%s/%s", service, r.Place.Region, r.Place.Account,
			strings.ReplaceAll(thing, "_", "-"), r.digest(name))
	case name == "region" || strings.HasSuffix(name, "_region"):
		return r.Place.Region
	case name == "account_id" || name == "owner_id" || strings.HasSuffix(name, "_account"):
		return r.Place.Account
	}
	return strings.ReplaceAll(kind, "_", "-") + "-" + r.digest(name)
}
