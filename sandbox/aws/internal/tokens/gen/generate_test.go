package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"aws-platform/sandbox/aws/internal/tokens"
)

// TestGeneratedFilesAreCurrent repeats the generation from the stored schema: every
// property of every listed type still maps, and types.txt, the SDK's version and the
// committed map agree.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	t.Chdir("..")
	stored, err := tokens.Schema()
	if err != nil {
		t.Fatal(err)
	}
	files, err := generate(t.Context(), stored)
	if err != nil {
		t.Fatalf("%v\nrun `go generate ./internal/tokens` in sandbox/aws", err)
	}
	for name, want := range files {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run `go generate ./internal/tokens` in sandbox/aws and commit the result", name)
		}
	}
	if served := strings.Count(string(files[mapFile]), "{Tok: "); served < 65 {
		t.Errorf("the map has %d types and functions, want the 65 of the first two tiers or more", served)
	}
}

// TestStoredSchemaIsTheProviders holds the stored schema against the real provider.
func TestStoredSchemaIsTheProviders(t *testing.T) {
	t.Parallel()
	process, err := startProvider(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer process.Close()
	whole, err := process.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stored, err := tokens.Schema()
	if err != nil {
		t.Fatal(err)
	}
	listed, functions := tokens.Resources(), tokens.Functions()
	live := whole.Only(
		func(name string) bool { return listed[name] != nil },
		func(name string) bool { return functions[name] != nil })
	if !live.Equal(stored) {
		t.Error("the provider's schema is not the stored one: run `go generate ./internal/tokens` in sandbox/aws")
	}
}
