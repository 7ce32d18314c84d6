// Package languagehost serves the part of Pulumi's language protocol that
// `pulumi up`, `preview`, `refresh` and `destroy` use for a Go program: it
// compiles the program and runs it with the engine's addresses in its
// environment, where the Go SDK's `pulumi.Run` looks for them.
//
// It does not generate code or SDKs, and it names no required plugins: in the
// sandbox they are put in place beforehand and nothing may be downloaded.
package languagehost

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync/atomic"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Version is what the host reports to the engine: the release of the protocol
// it was written against.
const Version = "3.256.0"

// Host implements the language protocol. Methods it does not define answer
// "unimplemented", which the engine accepts for all that the sandbox does not
// need (code generation, packing, plugins written in Go).
type Host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	engine atomic.Value // string
}

// New returns a host for the engine at address (host:port). The address may be
// empty, then a handshake must precede the first Run.
func New(address string) *Host {
	h := &Host{}
	h.engine.Store(address)
	return h
}

// Handshake records the engine's address for hosts started by hand.
func (h *Host) Handshake(
	_ context.Context, req *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	if req.GetEngineAddress() == "" {
		return nil, errors.New("handshake: engine address is empty, want host:port")
	}
	h.engine.Store(req.GetEngineAddress())
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

// GetPluginInfo names the host's version.
func (*Host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: Version}, nil
}

// GetRequiredPackages names none: see the package comment.
func (*Host) GetRequiredPackages(
	context.Context, *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

// GetRequiredPlugins names none, for engines that ask in the older way.
func (*Host) GetRequiredPlugins(
	context.Context, *pulumirpc.GetRequiredPluginsRequest,
) (*pulumirpc.GetRequiredPluginsResponse, error) {
	return &pulumirpc.GetRequiredPluginsResponse{}, nil
}

// InstallDependencies has nothing to do: `go build` fetches modules itself.
func (*Host) InstallDependencies(
	*pulumirpc.InstallDependenciesRequest, pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	return nil
}

// RuntimeOptionsPrompts asks the user nothing.
func (*Host) RuntimeOptionsPrompts(
	context.Context, *pulumirpc.RuntimeOptionsRequest,
) (*pulumirpc.RuntimeOptionsResponse, error) {
	return &pulumirpc.RuntimeOptionsResponse{}, nil
}

// About tells which Go compiler programs are built with.
func (*Host) About(ctx context.Context, _ *pulumirpc.AboutRequest) (*pulumirpc.AboutResponse, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return nil, fmt.Errorf("go is not on the PATH: %w", err)
	}
	out, err := exec.CommandContext(ctx, path, "version").Output()
	if err != nil {
		return nil, fmt.Errorf("%s version: %w", path, err)
	}
	return &pulumirpc.AboutResponse{Executable: path, Version: strings.TrimSpace(string(out))}, nil
}
