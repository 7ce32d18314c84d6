package languagehost

import (
	"encoding/json"
	"fmt"
	"strconv"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// programEnvironment adds to base what the Go SDK reads at start (the Env*
// constants of its package pulumi). Empty values are left out, as the official
// host does.
func programEnvironment(base []string, req *pulumirpc.RunRequest, engine string) ([]string, error) {
	config, err := json.Marshal(orEmpty(req.GetConfig()))
	if err != nil {
		return nil, fmt.Errorf("configuration of %s: %w", req.GetStack(), err)
	}
	secretKeys, err := json.Marshal(append([]string{}, req.GetConfigSecretKeys()...))
	if err != nil {
		return nil, fmt.Errorf("secret keys of %s: %w", req.GetStack(), err)
	}
	environment := append([]string{}, base...)
	for _, pair := range [][2]string{
		{"PULUMI_ORGANIZATION", req.GetOrganization()},
		{"PULUMI_PROJECT", req.GetProject()},
		{"PULUMI_ROOT_DIRECTORY", req.GetInfo().GetRootDirectory()},
		{"PULUMI_STACK", req.GetStack()},
		{"PULUMI_CONFIG", string(config)},
		{"PULUMI_CONFIG_SECRET_KEYS", string(secretKeys)},
		{"PULUMI_DRY_RUN", strconv.FormatBool(req.GetDryRun())},
		{"PULUMI_PARALLEL", strconv.Itoa(int(req.GetParallel()))},
		{"PULUMI_MONITOR", req.GetMonitorAddress()},
		{"PULUMI_ENGINE", engine},
	} {
		if pair[1] != "" {
			environment = append(environment, pair[0]+"="+pair[1])
		}
	}
	return environment, nil
}

// orEmpty turns a missing map into an empty one, which marshals to {} and not
// to null.
func orEmpty(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}
