// Package tokens says which Terraform type stands behind each Pulumi type that the
// plugin serves, and holds the provider's schema of exactly these types.
//
// Everything in it is generated from types.txt: map.gen.go by matching the source of
// Pulumi's Go SDK with the provider's schema, schema.gen.pb.gz by asking the provider.
// Starting from the stored schema spares each plugin two seconds and some 100 MB.
package tokens

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"

	"aws-platform/sandbox/aws/internal/tfprotocol"
)

//go:generate go run ./gen

//go:embed schema.gen.pb.gz
var packed []byte

// Schema is the provider's configuration and the types in the map.
func Schema() (*tfprotocol.Schema, error) {
	from, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("stored schema: %w", err)
	}
	plain, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("stored schema: %w", err)
	}
	return tfprotocol.ParseSchema(plain)
}

// is makes a pointer of a flag, as the bridge wants it.
func is(flag bool) *bool { return &flag }
