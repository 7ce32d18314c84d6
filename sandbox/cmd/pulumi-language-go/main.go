// Command pulumi-language-go is the language host the engine starts to run a
// Go program, for machines whose PATH has no `pulumi` that brings its own.
//
// The engine starts it with its own address as the last argument and reads the
// port it listens on from the first line of its output.
package main

import (
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"

	"aws-platform/sandbox/internal/languagehost"
	"aws-platform/sandbox/internal/process"
)

func main() {
	if err := serve(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-go:", err)
		os.Exit(1)
	}
}

// serve answers the engine until it is told to stop or its parent is gone.
func serve(args []string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen on a loopback port: %w", err)
	}
	server := grpc.NewServer()
	pulumirpc.RegisterLanguageRuntimeServer(server, languagehost.New(engineAddress(args)))

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	process.OnParentExit(func() { stop <- syscall.SIGTERM })
	go func() {
		<-stop
		server.Stop() // cancels a running program's context, which kills it
	}()

	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}

// engineAddress is the last argument; flags of older engines before it are
// ignored. It is empty when the host is started by hand, until a handshake.
func engineAddress(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[len(args)-1]
}
