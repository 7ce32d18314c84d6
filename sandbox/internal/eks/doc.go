// Package eks stands in for the component provider pulumi-eks v3.9.1, which is written
// in TypeScript and comes only as a plugin. It constructs eks:index:Cluster: it registers
// the children that the real component registers for the arguments that it supports, and
// returns a kubeconfig of the cluster's API server on this machine. README.md says where
// it differs.
package eks

// Version is the release of pulumi-eks that the package stands for.
const Version = "3.9.1"

// kubernetesVersion is the version of the kubernetes plugin that the sandbox installs.
const kubernetesVersion = "4.33.0"
