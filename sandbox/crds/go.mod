// The custom resource definitions of what Helm would install, as the Go modules of
// their projects bring them. Nothing is compiled of them: the sandbox downloads the
// modules, checks them against go.sum, and copies files. `go mod tidy` would empty this.
module aws-platform/sandbox/crds

go 1.26.0

require (
	github.com/argoproj/argo-rollouts v1.9.0
	istio.io/api v1.29.1
	// The last version of this project that Go's proxy has: it publishes no tags that Go accepts.
	sigs.k8s.io/aws-load-balancer-controller v0.0.0-20221203001353-edeb4f1c1312
)
