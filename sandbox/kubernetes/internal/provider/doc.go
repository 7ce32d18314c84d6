// Package provider serves the engine as Pulumi's Kubernetes provider does in its
// server-side-apply mode, for the kinds and the arguments that the program uses.
package provider

import "aws-platform/sandbox/kubernetes/internal/release"

// Version is the release of pulumi-kubernetes that is stood in for.
const Version = "4.33.0"

// releaseType is what Helm installs.
const releaseType = "kubernetes:helm.sh/v3:Release"

// Table is what is simulated, as the AWS plugin prints it too.
type Table struct {
	Simulated []Simulated `json:"simulated"`
}

// Simulated is a type that is recorded and not made.
type Simulated struct {
	Type   string `json:"type"`
	Reason string `json:"reason"`
}

// Coverage lists what is simulated.
func Coverage() Table { return Table{Simulated: []Simulated{{releaseType, release.Reason}}} }
