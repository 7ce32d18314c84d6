package verify

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeCLI writes a program that answers like the AWS CLI in an account with
// one environment's VPC and the default VPC that every account has.
func fakeCLI(t *testing.T) Collector {
	t.Helper()
	path := filepath.Join(t.TempDir(), "aws")
	script := `#!/bin/sh
case "$6" in
describe-vpcs) echo '{"Vpcs":[{"VpcId":"vpc-default","CidrBlock":"172.31.0.0/16"},{"VpcId":"vpc-1","CidrBlock":"10.20.0.0/16","Tags":[{"Key":"Name","Value":"'$2'"}]}]}';;
describe-security-groups) echo '{"SecurityGroups":[{"GroupId":"sg-1","VpcId":"vpc-1"},{"GroupId":"sg-2","VpcId":"vpc-default"}]}';;
describe-network-acls) [ "$2" = broken ] && { echo 'AccessDenied: no' >&2; exit 254; }; echo '{"NetworkAcls":[]}';;
*) echo '{}';;
esac
`
	require.NoError(t, os.WriteFile(path, []byte(script), 0o755))
	return Collector{Path: path, Environ: os.Environ()}
}

func TestCollectKeepsWhatIsInTheVPC(t *testing.T) {
	estate, err := fakeCLI(t).Collect(context.Background(), "production")
	require.NoError(t, err)
	require.Len(t, estate, 1)
	assert.Equal(t, "vpc-1", estate[0].VPC.VpcId)
	assert.Equal(t, "111111111111", estate[0].Account)
	require.Len(t, estate[0].SecurityGroups, 1)
	assert.Equal(t, "sg-1", estate[0].SecurityGroups[0].GroupId)
}

func TestCollectTellsWhatTheCLISaid(t *testing.T) {
	_, err := fakeCLI(t).Collect(context.Background(), "broken")
	require.Error(t, err)
	assert.Contains(t, err.Error(), "AccessDenied: no")
	assert.Contains(t, err.Error(), "describe-network-acls")
}

func TestChooseRefusesTwoVPCsOfOneName(t *testing.T) {
	twins := answer{Vpcs: []VPC{{VpcId: "a", Tags: tags("Name", "production")}, {VpcId: "b", Tags: tags("Name", "production")}}}
	_, err := choose("production", twins)
	assert.ErrorContains(t, err, "found 2 VPCs")
}
