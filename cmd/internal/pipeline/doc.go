// Package pipeline are the commands that deployments of applications use: platform
// promote and platform address. It imports no Pulumi, so that a rollback need not wait
// for a compiler: see cmd/promote.
package pipeline
