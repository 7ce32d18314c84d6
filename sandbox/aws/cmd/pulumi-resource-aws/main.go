// Command pulumi-resource-aws is the sandbox's aws plugin: Pulumi's Terraform bridge
// over the unmodified hashicorp/aws provider. The engine starts it with its own address
// as the only argument.
//
//	pulumi-resource-aws -find-provider   print where the Terraform provider is, or where it was looked for
//	pulumi-resource-aws -coverage        print as JSON what is simulated and what is echoed
//	pulumi-resource-aws -version         print the version of pulumi-aws that it stands for
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"aws-platform/sandbox/aws/internal/bridge"
	"aws-platform/sandbox/aws/internal/coverage"
	"aws-platform/sandbox/aws/internal/lifetime"
	"aws-platform/sandbox/aws/internal/locate"
	"aws-platform/sandbox/aws/internal/tfprotocol"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-resource-aws:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 1 {
		switch args[0] {
		case "-find-provider", "--find-provider":
			return find()
		case "-coverage", "--coverage":
			return cover()
		case "-version", "--version":
			fmt.Println(bridge.Version)
			return nil
		}
	}
	return serve()
}

func find() error {
	binary, err := locate.Provider(locate.Here())
	if err == nil {
		fmt.Println(binary)
	}
	return err
}

func cover() error {
	report, err := coverage.Of(context.Background())
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(report)
}

func serve() error {
	ctx, stop := lifetime.Bound(context.Background())
	defer stop()
	defer tfprotocol.CloseAll()
	return bridge.Serve(ctx, func() (*tfprotocol.Process, error) {
		binary, err := locate.Provider(locate.Here())
		if err != nil {
			return nil, err
		}
		return tfprotocol.Start(ctx, binary)
	})
}
