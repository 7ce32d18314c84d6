package verify

import (
	"encoding/json"
	"strings"
)

// runbooksKnowListeners: there is a release runbook a color, and it moves the
// traffic of both load balancers that are there, not of earlier ones.
func runbooksKnowListeners(n Network) (int, []Finding) {
	var findings []Finding
	for _, color := range colors {
		name := n.Environment + "-release-" + color
		content, found := n.Compute.Runbooks[name]
		if !found {
			findings = append(findings, Finding{"runbook " + name, nothing, "one"})
			continue
		}
		if !json.Valid([]byte(content)) {
			findings = append(findings, Finding{"runbook " + name, "no JSON", "JSON"})
			continue
		}
		for _, side := range sides {
			balancer, _ := n.balancer(side)
			if arn := balancer.listener(httpsPort).ListenerArn; arn == "" || !strings.Contains(content, `"`+arn+`"`) {
				findings = append(findings, Finding{"runbook " + name, "no mention of the " + side + " HTTPS listener " + arn, "both"})
			}
		}
	}
	return len(n.Compute.Runbooks), findings
}
