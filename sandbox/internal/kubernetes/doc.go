// Package kubernetes runs the control planes of the sandbox's clusters: one etcd for
// all, and for each environment a kube-apiserver with a prefix of its own in etcd and a
// kube-controller-manager with the few controllers without which an API server does not
// behave like one (namespaces, service accounts, quotas, garbage). They are Kubernetes'
// own programs, so that schema, admission and authorization are Kubernetes' own. There
// is no scheduler and no node: nothing runs in these clusters.
//
// Everything listens on loopback, with TLS by a certificate authority that is made for
// one run and forgotten with it. Nobody is anonymous. People come with tokens as EKS
// takes them (package identity); a client certificate is the sandbox's alone.
package kubernetes
