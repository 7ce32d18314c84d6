// Package delivery makes what the pipelines need in an account: GitHub as an identity
// provider, the roles that its workflows assume, and the image repositories.
//
// What each role may do is in package permissions below, who may assume it in package
// trust, the repositories are in package registry.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-github              OpenIdConnectProvider   protected
//	<name>-<role>              Role                    platform-<role>
//	<name>-<role>              Policy                  platform-<role>; deploy has one a part: <name>-deploy-<part>
//	<name>-<role>-boundary     Policy                  platform-<role>-boundary, the role's permissions boundary
//	<name>-workload-boundary   Policy                  platform-workload-boundary, which the environment's roles carry; protected
//	<name>                     Registry
//
// Refused before anything is registered: a missing field; a policy that is longer than
// IAM takes.
package delivery
