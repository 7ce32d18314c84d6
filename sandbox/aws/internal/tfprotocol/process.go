package tfprotocol

import (
	"context"
	"fmt"
	"os/exec"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/vendored/tfplugin5"
)

// handshake is Terraform's own: a provider refuses to start without the cookie.
// Source: github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server.
var handshake = plugin.HandshakeConfig{
	ProtocolVersion:  5,
	MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
	MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
}

// maxMessage bounds one answer, in bytes: the schema of hashicorp/aws is larger
// than gRPC's default of 4 MB.
const maxMessage = 256 << 20

// Process is a running Terraform provider.
type Process struct {
	client *plugin.Client
	remote tfplugin5.ProviderClient
}

// Start runs the provider binary and shakes hands with it. The process ends with
// ctx, with Close or CloseAll, and on Linux also when this process dies in any way.
func Start(ctx context.Context, binary string) (*Process, error) {
	command := exec.CommandContext(ctx, binary)
	dieWithParent(command)
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  handshake,
		VersionedPlugins: map[int]plugin.PluginSet{5: {pluginName: dispenser{}}},
		Cmd:              command,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Managed:          true, // CloseAll finds it
		Logger:           logger(),
		GRPCDialOptions: []grpc.DialOption{
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessage), grpc.MaxCallSendMsgSize(maxMessage)),
		},
	})
	remote, err := connect(client)
	if err != nil {
		client.Kill()
		return nil, fmt.Errorf("start terraform provider %s: %w", binary, err)
	}
	return &Process{client: client, remote: remote}, nil
}

func connect(client *plugin.Client) (tfplugin5.ProviderClient, error) {
	protocol, err := client.Client()
	if err != nil {
		return nil, err
	}
	raw, err := protocol.Dispense(pluginName)
	if err != nil {
		return nil, err
	}
	return raw.(tfplugin5.ProviderClient), nil
}

// Close ends the provider process.
func (p *Process) Close() { p.client.Kill() }

// CloseAll ends every provider process that Start started.
func CloseAll() { plugin.CleanupClients() }

// PID is the provider's process id, 0 when it has none.
func (p *Process) PID() int {
	reattach := p.client.ReattachConfig()
	if reattach == nil {
		return 0
	}
	return reattach.Pid
}

// pluginName is the name under which Terraform providers register themselves.
const pluginName = "provider"

// dispenser makes the generated client of a connection; go-plugin asks for a type
// that could also serve, which this one never does.
type dispenser struct{ plugin.NetRPCUnsupportedPlugin }

func (dispenser) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return tfplugin5.NewProviderClient(conn), nil
}

func (dispenser) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return fmt.Errorf("tfprotocol: this side is only a client")
}
