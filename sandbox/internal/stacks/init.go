package stacks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"aws-platform/sandbox/internal/secretservice"
)

// Prepare writes the credentials of the sandbox's own Pulumi home: a token for
// the secrets service and nothing else.
func (p Pulumi) Prepare() error {
	url := p.Record.Secrets
	account := map[string]string{"accessToken": secretservice.Token, "username": "sandbox"}
	raw, err := json.Marshal(map[string]any{
		"accessTokens": map[string]string{url: secretservice.Token},
		"accounts":     map[string]any{url: account},
	})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.Layout.Home(), "credentials.json"), raw, 0o600); err != nil {
		return fmt.Errorf("credentials of the sandbox's Pulumi home: %w", err)
	}
	return nil
}

// Exists reports whether the stack is in the sandbox's state.
func (p Pulumi) Exists(stack Stack) bool {
	_, err := os.Stat(p.checkpoint(stack))
	return err == nil
}

// checkpoint is where a file backend keeps the stack's state.
func (p Pulumi) checkpoint(stack Stack) string {
	return filepath.Join(p.Layout.State(), ".pulumi", "stacks", stack.Project, stack.Name+".json")
}

// Init creates the stack unless it exists, without touching the project's
// folder. `pulumi stack init` records its secrets provider in the stack file,
// which is committed; so it runs in a scratch project of the same name, and the
// new state is then given the secrets service as its provider.
func (p Pulumi) Init(ctx context.Context, stack Stack) error {
	if p.Exists(stack) {
		return nil
	}
	scratch, err := os.MkdirTemp(p.Layout.Data, "init-")
	if err != nil {
		return fmt.Errorf("scratch project: %w", err)
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	project := "name: " + stack.Project + "\nruntime: go\n"
	if err := os.WriteFile(filepath.Join(scratch, "Pulumi.yaml"), []byte(project), 0o600); err != nil {
		return fmt.Errorf("scratch project: %w", err)
	}
	cmd := p.raw(ctx, "--non-interactive", "-C", scratch, "stack", "init", "--no-select", stack.Name)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("pulumi stack init %s: %w\n%s", stack.Name, err, out)
	}
	return p.useSecretService(stack)
}

// useSecretService rewrites the secrets provider of a stack that was just
// created.
func (p Pulumi) useSecretService(stack Stack) error {
	path := p.checkpoint(stack)
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("state of new stack %s: %w", stack.Name, err)
	}
	var file struct {
		Version    int            `json:"version"`
		Checkpoint map[string]any `json:"checkpoint"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return fmt.Errorf("state of new stack %s: %w", stack.Name, err)
	}
	latest, ok := file.Checkpoint["latest"].(map[string]any)
	if !ok {
		return errors.New("state of new stack " + stack.Name + " has no checkpoint.latest; does this pulumi write another format?")
	}
	latest["secrets_providers"] = map[string]any{
		"type": "service",
		"state": map[string]any{
			"url": p.Record.Secrets, "owner": "sandbox", "project": stack.Project, "stack": stack.Name,
		},
	}
	if raw, err = json.MarshalIndent(file, "", "    "); err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}
