package pipeline

import (
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"aws-platform/pkg/config"
)

// testPort is the listener of the version that is tried.
const testPort = "8443"

// Address prints where an application answers.
func Address() *cobra.Command {
	var application string
	var preview bool
	command := &cobra.Command{
		Use:   "address <environment>",
		Short: "Print the address at which an application answers in an environment",
		Long: `Print the address of an application: of the fleet, or with --cluster-application of one in
the cluster, at the load balancer that serves it. An environment without a domain serves
no traffic: nothing is printed. With --preview the address of the version that is tried,
on the test listener, which is public for all of them.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, values, err := config.ReadStackFile("Pulumi." + args[0] + ".yaml")
			if err != nil {
				return err
			}
			environment, err := config.Decode(args[0], values)
			if err != nil {
				return err
			}
			address, err := addressOf(environment, application, preview)
			if err != nil || address == "" {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), address)
			return err
		},
	}
	command.Flags().StringVar(&application, "cluster-application", "", "the `name` of an application of cluster.applications")
	command.Flags().BoolVar(&preview, "preview", false, "the version that is tried")
	return command
}

// addressOf is empty where the environment has no name on the internet.
func addressOf(environment *config.Environment, application string, preview bool) (string, error) {
	host, below := environment.Compute.PublicName(), ""
	if application != "" {
		found, ok := environment.Cluster.Applications[application]
		if !ok {
			return "", fmt.Errorf("cluster.applications: %s: %s has no such application: add it to Pulumi.%s.yaml", application, environment.Name, environment.Name)
		}
		if found.LoadBalancer != config.PublicLoadBalancer && !preview && host != "" {
			host = config.InternalName(environment.PrivateZoneName())
		}
		below = strings.TrimSuffix(path.Clean(found.Path), "/")
	}
	if host == "" {
		return "", nil
	}
	if preview {
		host += ":" + testPort
	}
	return "https://" + host + below, nil
}
