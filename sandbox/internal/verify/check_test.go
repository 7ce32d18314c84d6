package verify

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func allChecks() []Check {
	matrix, err := ParseMatrix(soundPage())
	if err != nil {
		panic(err)
	}
	return slices.Concat(NetworkChecks(), StoreChecks(), ClusterChecks(), ServingChecks(), PeeringChecks("production", "production-pci"), MatrixChecks(matrix))
}

func TestSoundEstatePasses(t *testing.T) {
	for _, result := range Run(sound(), allChecks()) {
		assert.True(t, result.OK(), "%s: %v", result.Check, result.Findings)
	}
}

// breakage is one thing done wrong to a sound estate's production network, the
// checks that must notice, and a part of what they must say.
type breakage struct {
	reason string
	do     func(*Network)
	checks []string
	says   string
}

const (
	addressCheck = "the addresses are those of the plan"
	tableCheck   = "every subnet uses the route table of its tier and zone"
	defaultCheck = "data and loadbalancer tables have no default route"
	natCheck     = "each zone's app table leaves by its NAT gateway"
	mainCheck    = "the main route table is empty"
	groupCheck   = "the default security group is empty"
	aclCheck     = "the default network ACL is empty"
	logCheck     = "flow logs record all traffic"
	aclPorts     = "no network ACL admits 22 or 3389"
	groupPorts   = "no security group of the account admits 22 or 3389"
	activeCheck  = "the peering is active"
	dnsCheck     = "DNS resolution is on at both sides of the peering"
	appCheck     = "app tables route to the peer's loadbalancer tier and to nothing else"
	backCheck    = "loadbalancer tables route back to the peer's app tier and to nothing else"
	closedCheck  = "no data, public or main table has a peering route"

	matrixCheck      = "security groups are exactly the matrix of docs/network.md"
	doorCheck        = "the internal load balancer admits its own and the peer's app tier on 443 and nothing else"
	internetCheck    = "only the public load balancer admits the internet, on 443 and 80"
	placeCheck       = "both load balancers are active in the three zones of their tier"
	hardenCheck      = "load balancers are hardened and write logs"
	listenCheck      = "listeners speak TLS 1.2 or 1.3, plain HTTP only redirects"
	certificateCheck = "certificates are issued for the names they serve"
	colorCheck       = "one color is live, the test listener leads to the other"
	aclAheadCheck    = "the public load balancer is behind its web ACL"
	redactCheck      = "the web ACL's log redacts credentials"
	fleetCheck       = "the live fleet is healthy in both target groups, the idle one is empty"
	hiddenCheck      = "instances are in the app tier without a public address"
	templateCheck    = "instances launch with IMDSv2, an encrypted volume and no key pair"
	bucketCheck      = "log and deployment buckets are versioned, encrypted and closed"
	nameCheck        = "app.<domain> and internal.<zone> lead to the load balancers"
	databaseCheck    = "the database is encrypted, private, in the data tier and kept as planned"
	cacheCheck       = "the cache's subnet group holds data subnets only"
	searchCheck      = "the search domain is encrypted, private and without users of its own"
	parameterCheck   = "parameters resolve, the sensitive one under its key"
	storeCheck       = "a store admits the app tier on its port and nothing else"
	harmlessCheck    = "no parameter looks like a credential"
	guardCheck       = "keys are used from their account by their services alone"
	keyCheck         = "every service has a key of its own, which rotates"
	vaultCheck       = "the vaults have their key, and are locked as planned"
	keepCheck        = "backups are kept for 35 days, a year, and to any second"
	runbookCheck     = "release runbooks name both listeners"
)

func TestEachBreakageIsNoticed(t *testing.T) {
	noticed := map[string]bool{}
	for _, b := range breakages() {
		t.Run(b.reason, func(t *testing.T) {
			estate := sound()
			b.do(&estate[0])
			var failed []string
			var said strings.Builder
			for _, result := range Run(estate, allChecks()) {
				if result.OK() {
					continue
				}
				failed = append(failed, result.Check)
				noticed[result.Check] = true
				for _, finding := range result.Findings {
					said.WriteString(finding.String() + "\n")
				}
			}
			assert.ElementsMatch(t, b.checks, failed)
			assert.Contains(t, said.String(), b.says)
			assert.Contains(t, said.String(), "production", "a finding names its environment")
		})
	}
	for _, check := range allChecks() {
		assert.True(t, noticed[check.Name], "no breakage fails the check %q", check.Name)
	}
}

func TestNothingToJudgeFails(t *testing.T) {
	results := Run(Estate{}, allChecks())
	require.Len(t, results, len(allChecks()))
	for _, result := range results {
		assert.False(t, result.OK(), result.Check)
	}
	assert.True(t, Failed(results))
}
