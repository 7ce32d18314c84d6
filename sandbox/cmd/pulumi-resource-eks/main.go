// Command pulumi-resource-eks is the sandbox's eks plugin: it stands in for the component
// provider pulumi-eks. The engine starts it with its own address as the only argument.
//
//	pulumi-resource-eks -version   print the version of pulumi-eks that it stands for
package main

import (
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"aws-platform/sandbox/internal/eks"
	"aws-platform/sandbox/internal/process"
)

func main() {
	if len(os.Args) == 2 && (os.Args[1] == "-version" || os.Args[1] == "--version") {
		fmt.Println(eks.Version)
		return
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-resource-eks:", err)
		os.Exit(1)
	}
}

// serve answers the engine until it says stop or is gone.
func serve() error {
	process.OnParentExit(func() { os.Exit(1) })
	return provider.Main("eks", func(host *provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		if host == nil {
			return nil, fmt.Errorf("no address of an engine: pulumi starts this command; it is of no use by hand")
		}
		return eks.NewServer(host.EngineConn()), nil
	})
}
