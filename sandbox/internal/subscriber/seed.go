package subscriber

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/shellenv"
)

// Seed creates the secrets that the stack files of the checkout at root name as HTTPS
// subscribers, each in its environment's account of the emulator at endpoint, with the
// subscriber's URL as its text. Those that are there stay as they are.
func Seed(ctx context.Context, root, endpoint, subscriberURL string) error {
	if subscriberURL == "" {
		return errors.New("the cloud that runs has no subscriber of alarms: it was started by an older sandbox, stop it with: make down")
	}
	for _, account := range layout.Accounts {
		names, err := secretNames(root, account.Environment)
		if err != nil {
			return err
		}
		if len(names) == 0 {
			continue
		}
		authorization, err := shellenv.Authorization(ctx, endpoint, account, "secretsmanager")
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := create(ctx, endpoint, authorization, name, subscriberURL); err != nil {
				return fmt.Errorf("secret %s of %s: %w", name, account.Environment, err)
			}
		}
	}
	return nil
}

// secretNames are the secrets that the files of an environment's stack and of its
// account's name as HTTPS subscribers.
func secretNames(root, environment string) ([]string, error) {
	var names []string
	for _, path := range []string{
		filepath.Join(root, "Pulumi."+environment+".yaml"),
		filepath.Join(root, "stacks", "account", "Pulumi.account-"+environment+".yaml"),
	} {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("stack file: %w", err)
		}
		var file any
		if err := yaml.Unmarshal(text, &file); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		names = append(names, endpoints(file, false)...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// endpoints are the secretName of what is in a list under https, at any depth.
func endpoints(value any, inHTTPS bool) []string {
	var names []string
	switch value := value.(type) {
	case []any:
		for _, entry := range value {
			names = append(names, endpoints(entry, inHTTPS)...)
		}
	case map[string]any:
		if name, isText := value["secretName"].(string); isText && inHTTPS {
			names = append(names, name)
		}
		for key, entry := range value {
			names = append(names, endpoints(entry, key == "https")...)
		}
	}
	return names
}

// create makes one secret.
func create(ctx context.Context, endpoint, authorization, name, text string) error {
	body, err := json.Marshal(map[string]string{"Name": name, "SecretString": text})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", authorization)
	request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	request.Header.Set("X-Amz-Target", "secretsmanager.CreateSecret")
	client := http.Client{Transport: &http.Transport{Proxy: nil}}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 10_000))
	if err != nil || response.StatusCode == http.StatusOK || strings.Contains(string(answer), "ResourceExistsException") {
		return err
	}
	return fmt.Errorf("found %s %s, wanted it to be created", response.Status, answer)
}
