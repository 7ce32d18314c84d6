// Command pulumi-resource-kubernetes is the sandbox's kubernetes plugin: it stands in
// for Pulumi's Kubernetes provider. The engine starts it with its own address as the
// only argument.
//
//	pulumi-resource-kubernetes -version   print the version of pulumi-kubernetes that it stands for
//	pulumi-resource-kubernetes -coverage  print as JSON what is simulated, and why
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	sdk "github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"aws-platform/sandbox/kubernetes/internal/provider"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-resource-kubernetes:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) == 2 {
		switch os.Args[1] {
		case "-version", "--version":
			fmt.Println(provider.Version)
			return nil
		case "-coverage":
			return json.NewEncoder(os.Stdout).Encode(provider.Coverage())
		}
	}
	go endWithParent(os.Getppid())
	return sdk.Main("kubernetes", func(host *sdk.HostClient) (pulumirpc.ResourceProviderServer, error) {
		if host == nil {
			return nil, errors.New("no address of an engine: pulumi starts this command; it is of no use by hand")
		}
		return provider.New(), nil
	})
}

// endWithParent ends the plugin with the engine that started it, however that ended.
func endWithParent(parent int) {
	for os.Getppid() == parent {
		time.Sleep(time.Second)
	}
	os.Exit(1)
}
