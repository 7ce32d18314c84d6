package detection

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/accessanalyzer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// unusedDays is when access counts as unused (PCI DSS v4.0.1, requirement 8.2.6: accounts
// that nobody used for 90 days are removed or disabled).
const unusedDays = 90

// analyzers make both analyzers of IAM Access Analyzer, of this account: who comes in from
// outside of it, and what nobody has used. The second costs by role and user.
func (b builder) analyzers() error {
	const external, unused = "external-access", "unused-access"
	if _, err := accessanalyzer.NewAnalyzer(b.ctx, b.name+"-"+external, &accessanalyzer.AnalyzerArgs{
		AnalyzerName: pulumi.String(prefix + external), Type: pulumi.String("ACCOUNT"), Tags: tags(prefix + external),
	}, b.child()...); err != nil {
		return err
	}
	_, err := accessanalyzer.NewAnalyzer(b.ctx, b.name+"-"+unused, &accessanalyzer.AnalyzerArgs{
		AnalyzerName: pulumi.String(prefix + unused), Type: pulumi.String("ACCOUNT_UNUSED_ACCESS"), Tags: tags(prefix + unused),
		Configuration: accessanalyzer.AnalyzerConfigurationArgs{
			UnusedAccess: accessanalyzer.AnalyzerConfigurationUnusedAccessArgs{UnusedAccessAge: pulumi.Int(unusedDays)},
		},
	}, b.child()...)
	return err
}
