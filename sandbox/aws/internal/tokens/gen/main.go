// Command gen writes what package tokens embeds: which Terraform type each Pulumi
// type is, what the bridge cannot derive of the names, and the provider's schema of
// exactly these types.
//
// It reads types.txt, the schema of the real provider, the aliases in the bridge's
// own test data, and the property tags in the source of Pulumi's Go SDK. A property of
// the SDK that no Terraform attribute answers to is an error, and nothing is written.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"aws-platform/sandbox/aws/internal/locate"
	"aws-platform/sandbox/aws/internal/tfprotocol"
)

const (
	typesFile  = "types.txt"
	mapFile    = "map.gen.go"
	schemaFile = "schema.gen.pb.gz"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "tokens/gen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	process, err := startProvider(ctx)
	if err != nil {
		return err
	}
	defer process.Close()
	wire, err := process.Schema(ctx)
	if err != nil {
		return err
	}
	files, err := generate(ctx, wire)
	if err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(name, content, 0o644); err != nil { //nolint:gosec // source code, for everybody
			return err
		}
	}
	return nil
}

func startProvider(ctx context.Context) (*tfprotocol.Process, error) {
	binary, err := locate.Provider(locate.Here())
	if err != nil {
		return nil, err
	}
	return tfprotocol.Start(ctx, binary)
}

// generate returns the files to write, by name. It runs in the folder of package tokens
// and needs of the schema at least the listed types.
func generate(ctx context.Context, wire *tfprotocol.Schema) (map[string][]byte, error) {
	known, err := loadAliases(ctx)
	if err != nil {
		return nil, err
	}
	source, err := openSDK(ctx)
	if err != nil {
		return nil, err
	}
	whole := newSchema(ctx, wire)
	wanted, err := readTypes(typesFile, known, whole)
	if err != nil {
		return nil, err
	}
	result, err := matchAll(source, known, whole, wanted)
	if err != nil {
		return nil, err
	}
	code, err := emit(result)
	if err != nil {
		return nil, err
	}
	packed, err := whole.pack(wanted)
	if err != nil {
		return nil, err
	}
	fmt.Printf("tokens/gen: %d types, %d properties proved, schema %d bytes\n",
		len(wanted), result.properties, len(packed))
	return map[string][]byte{mapFile: code, schemaFile: packed}, nil
}
