package record

const (
	eksARN = "arn:$partition:eks:$region:$account:"
	oidc   = "oidc.eks.$region.amazonaws.com/id/$urn16"
)

// clusterRules are the rules of EKS. The first is a remote component: what it makes is
// not seen here, what it returns is.
var clusterRules = map[string]rule{
	"eks:index:Cluster": {"$in.name", map[string]string{
		"oidcIssuer": "https://" + oidc, "oidcProviderUrl": "https://" + oidc,
		"oidcProviderArn": "arn:$partition:iam::$account:oidc-provider/" + oidc,
		"kubeconfigJson":  `{"clusters":[{"name":"` + eksARN + `cluster/$in.name"}]}`,
	}},
}

// ingressRules are the rules of what leads to an application.
var ingressRules = map[string]rule{
	"aws:lb/listenerRule:ListenerRule": {"$in.listenerArn/$urn16", map[string]string{"arn": "$id"}},
}
