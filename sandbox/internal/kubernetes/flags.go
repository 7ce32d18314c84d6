package kubernetes

import (
	"fmt"
	"strconv"
)

// controllers are those without which an API server does not behave like one: a
// namespace would never be gone, a service account have no identity, a quota count nothing.
const controllers = "namespace-controller,serviceaccount-controller,serviceaccount-token-controller," +
	"root-ca-certificate-publisher-controller,garbage-collector-controller,resourcequota-controller,clusterrole-aggregation-controller"

// etcdFlags keep everything in dir, in memory's speed: what a crash loses was worthless.
func etcdFlags(dir string, ports [2]int, ca string, tls pair) []string {
	client, peer := fmt.Sprintf("https://127.0.0.1:%d", ports[0]), fmt.Sprintf("https://127.0.0.1:%d", ports[1])
	return []string{
		"--data-dir=" + dir, "--unsafe-no-fsync=true", "--log-level=warn",
		"--listen-client-urls=" + client, "--advertise-client-urls=" + client,
		"--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer, "--initial-cluster=default=" + peer,
		"--client-cert-auth=true", "--trusted-ca-file=" + ca, "--cert-file=" + tls.cert, "--key-file=" + tls.key,
		"--peer-client-cert-auth=true", "--peer-trusted-ca-file=" + ca, "--peer-cert-file=" + tls.cert, "--peer-key-file=" + tls.key,
	}
}

// serverFlags start the API server of one environment.
func serverFlags(c *cluster, etcd string, etcdTLS pair) []string {
	return []string{
		"--etcd-servers=" + etcd, "--etcd-prefix=/" + c.environment,
		"--etcd-cafile=" + c.ca, "--etcd-certfile=" + etcdTLS.cert, "--etcd-keyfile=" + etcdTLS.key,
		"--bind-address=127.0.0.1", "--secure-port=" + strconv.Itoa(c.port), "--advertise-address=127.0.0.1",
		"--endpoint-reconciler-type=none", // no pod calls it by its service
		"--tls-cert-file=" + c.serving.cert, "--tls-private-key-file=" + c.serving.key,
		"--client-ca-file=" + c.ca, "--anonymous-auth=false", "--authorization-mode=Node,RBAC",
		"--authentication-token-webhook-config-file=" + c.webhook, "--authentication-token-webhook-version=v1",
		// Access entries change while a stack is deployed.
		"--authentication-token-webhook-cache-ttl=2s",
		"--enable-admission-plugins=NodeRestriction",
		"--service-cluster-ip-range=172.20.0.0/16", // as EKS chooses beside a VPC in 10.0.0.0/8
		"--service-account-issuer=" + c.endpoint(), "--service-account-key-file=" + c.accounts, "--service-account-signing-key-file=" + c.accounts,
		"--audit-policy-file=" + c.auditPolicy, "--audit-log-path=" + c.auditLog, "--audit-log-maxsize=100",
		"--allow-privileged=true", "--profiling=false", "--max-requests-inflight=100", "--max-mutating-requests-inflight=50",
	}
}

// managerFlags start the controllers of one environment.
func managerFlags(c *cluster) []string {
	return []string{
		"--kubeconfig=" + c.kubeconfig, "--controllers=" + controllers, "--leader-elect=false", "--secure-port=0",
		"--service-account-private-key-file=" + c.accounts, "--root-ca-file=" + c.ca, "--use-service-account-credentials=false",
		"--kube-api-qps=200", "--kube-api-burst=200", "--profiling=false",
	}
}
