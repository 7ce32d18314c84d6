package trial

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"aws-platform/sandbox/internal/stacks"
)

// noCredentials exports every stack, with what Pulumi encrypts in it, and has `platform
// credentials` scan it; then it plants a password in a copy, and wants that found.
func (t *Trial) noCredentials(ctx context.Context) error {
	program := filepath.Join(t.Layout.Data, "platform")
	if out, err := t.command(ctx, "go", "build", "-o", program, "./cmd/platform").CombinedOutput(); err != nil {
		return fmt.Errorf("go build ./cmd/platform: %w:\n%s", err, out)
	}
	var export string
	for _, stack := range stacks.Default {
		export = t.export(stack.Name)
		if err := t.onEach(ctx, []stacks.Stack{stack}, "stack", "export", "--show-secrets", "--file", export); err != nil {
			return err
		}
		if err := openSecrets(export); err != nil {
			return err
		}
		if out, err := t.command(ctx, program, "credentials", export).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w:\n%s", stack.Name, err, out)
		}
	}
	planted, err := plant(export)
	if err != nil {
		return err
	}
	out, err := t.command(ctx, program, "credentials", planted).CombinedOutput()
	if exitCode(err) != 1 || !strings.Contains(string(out), "inputs.password: looks like a value of password") {
		return fmt.Errorf("a planted password: found exit code %d and %q, wanted 1 and where it is", exitCode(err), out)
	}
	return nil
}

// export is where noCredentials puts the exported state of a stack.
func (t *Trial) export(stack string) string {
	return filepath.Join(t.Layout.Data, "export-"+stack+".json")
}

// plant copies an export with a password among the inputs of its last resource.
func plant(export string) (string, error) {
	text, err := os.ReadFile(export)
	if err != nil {
		return "", err
	}
	var document map[string]any
	if err := json.Unmarshal(text, &document); err != nil {
		return "", err
	}
	deployment, _ := document["deployment"].(map[string]any)
	resources, _ := deployment["resources"].([]any)
	if len(resources) == 0 {
		return "", errors.New(export + ": no resources")
	}
	last, _ := resources[len(resources)-1].(map[string]any)
	inputs, _ := last["inputs"].(map[string]any)
	if inputs == nil {
		return "", errors.New(export + ": its last resource has no inputs")
	}
	inputs["password"] = "planted"
	if text, err = json.Marshal(document); err != nil {
		return "", err
	}
	planted := strings.TrimSuffix(export, ".json") + "-planted.json"
	return planted, os.WriteFile(planted, text, 0o600)
}
