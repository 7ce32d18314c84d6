package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/verify"
)

func TestStacksAreDeployedInTheirOrder(t *testing.T) {
	wanted, err := parseStacks([]string{"peering", "production"})
	require.NoError(t, err)
	assert.Equal(t, []stacks.Stack{stacks.Production, stacks.Peering}, wanted)
	assert.Equal(t, []string{".", "stacks/peering"}, programDirs(wanted))
	_, err = parseStacks([]string{"prodction"})
	assert.ErrorContains(t, err, `"prodction" is not a stack`)
}

func TestPeeringIsJudgedOnlyWhenDeployed(t *testing.T) {
	byItself := len(verify.NetworkChecks()) + len(verify.StoreChecks()) + len(verify.ClusterChecks()) + len(verify.ServingChecks())
	environments, checks := demands([]stacks.Stack{stacks.Production}, nil, true)
	assert.Equal(t, []string{"production"}, environments)
	assert.Len(t, checks, byItself)

	environments, checks = demands(stacks.Default, nil, true)
	assert.Equal(t, []string{"production", "production-pci"}, environments)
	assert.Len(t, checks, byItself+len(verify.PeeringChecks("a", "b"))+len(verify.MatrixChecks(nil)))

	_, checks = demands([]stacks.Stack{stacks.Dev}, nil, true)
	assert.Len(t, checks, len(verify.NetworkChecks())+len(verify.StoreChecks())+len(verify.ClusterChecks()), "dev serves nothing")
}

func TestAccountsAreJudgedApartFromEnvironments(t *testing.T) {
	assert.Equal(t, []string{"production", "production-pci"}, accountsOf(stacks.Default))
	assert.Empty(t, accountsOf([]stacks.Stack{stacks.Production}))
	environments, _ := demands([]stacks.Stack{stacks.AccountDev, stacks.Dev}, nil, true)
	assert.Equal(t, []string{"dev"}, environments)
	assert.Equal(t, []string{"dev", "staging"}, union([]string{"staging", "dev"}, []string{"dev"}))
}

func TestReportHasALineACheck(t *testing.T) {
	text := report([]verify.Result{
		{Check: "short", Looked: 3},
		{Check: "a longer one", Looked: 1, Findings: []verify.Finding{{Resource: "rtb-1", Found: "x", Wanted: "y"}}},
	})
	assert.Equal(t, "  ✓ short         3 looked at\n  ✗ a longer one  1 looked at\n      rtb-1: found x, wanted y", text)
}

func TestOneCommandAtATime(t *testing.T) {
	l := layout.Layout{Data: t.TempDir()}
	release, err := lock(l)
	require.NoError(t, err)
	_, err = lock(l)
	require.ErrorContains(t, err, "another command")
	release()
	release, err = lock(l)
	require.NoError(t, err)
	release()
}

func TestABriefVerificationLeavesOutWhatWatchesAndSecures(t *testing.T) {
	_, whole := demands([]stacks.Stack{stacks.Production}, nil, false)
	_, brief := demands([]stacks.Stack{stacks.Production}, nil, true)
	assert.Len(t, whole, len(brief)+len(verify.OperationsChecks()))
	assert.Len(t, accountDemands(false), len(accountDemands(true))+len(verify.BaselineChecks()))
}
