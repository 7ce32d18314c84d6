package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"aws-platform/pkg/config"
	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/contract"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/peering/mesh"
)

// benchMesh peers every environment with every other.
func benchMesh(table *tabwriter.Writer) error {
	fmt.Fprintln(table, "environments\tpeerings\tresources\tseconds\tms a peering\tratio to 5\tkB a peering\tratio to 5")
	var first cost
	for _, size := range []int{5, 10, 20, 50} {
		options, err := fullMesh(size)
		if err != nil {
			return err
		}
		peerings := float64(size*(size-1)) / 2
		c, err := measure(max(1, 100/size), func() (*graph.Graph, error) { return record.Run(mesh.Program, options) })
		if err != nil {
			return err
		}
		each := cost{seconds: c.seconds / peerings, megabytes: c.megabytes / peerings}
		if first.seconds == 0 {
			first = each
		}
		fmt.Fprintf(table, "%d\t%.0f\t%d\t%.2f\t%.2f\t%.2f\t%.0f\t%.2f\n", size, peerings, c.resources, c.seconds,
			1e3*each.seconds, each.seconds/first.seconds, 1e3*each.megabytes, each.megabytes/first.megabytes)
	}
	return nil
}

// fullMesh makes the configuration and the environments' outputs of a full mesh.
func fullMesh(size int) (record.Options, error) {
	peers, matrix, references := map[string]any{}, map[string][]string{}, map[string]map[string]any{}
	for i := range size {
		name := fmt.Sprintf("environment-%02d", i)
		env := configtest.Environment{Stack: "staging", Octet: i, Zones: "abc"}
		g, err := record.Run(environment.Program, record.Options{Project: config.ProjectName, Stack: env.Stack, Config: env.Values()})
		if err != nil {
			return record.Options{}, err
		}
		for j := i + 1; j < size; j++ {
			matrix[name] = append(matrix[name], fmt.Sprintf("environment-%02d", j))
		}
		g.Outputs[contract.Environment] = name
		references[mesh.StackName("organization", name)] = g.Outputs
		peers[name] = map[string]any{"stack": name, "region": "us-east-1"}
	}
	introduce(references)
	values := map[string]string{
		config.PeeringProjectName + ":tags": `{"project":"platform","costCenter":"1234","dataClassification":"internal","owner":"platform"}`,
	}
	for key, value := range map[string]any{"peers": peers, "matrix": matrix} {
		text, err := json.Marshal(value)
		if err != nil {
			return record.Options{}, err
		}
		values[config.PeeringProjectName+":"+key] = string(text)
	}
	return record.Options{Project: config.PeeringProjectName, Stack: "peering", Config: values, References: references}, nil
}

// introduce lets every environment know every other, as their network ACLs must.
func introduce(references map[string]map[string]any) {
	all := map[string]any{}
	for _, outputs := range references {
		all[outputs[contract.Environment].(string)] = map[string]any{
			"cidr": outputs[contract.VPCCIDR], "appCidrs": outputs[contract.AppCIDRs], "loadbalancerCidrs": outputs[contract.LoadBalancerCIDRs],
		}
	}
	for _, outputs := range references {
		outputs[contract.Peers] = all
	}
}
