package release_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/compute/release"
)

func TestWhatCannotMakeARunbookIsRefused(t *testing.T) {
	cases := map[string]struct {
		spoil func(*release.Args)
		want  string
	}{
		"environment": {func(a *release.Args) { a.Environment = "" }, `release.Args.Environment: "": it is required`},
		"account":     {func(a *release.Args) { a.AccountID = "" }, "release.Args.AccountID"},
		"region":      {func(a *release.Args) { a.Region = "" }, "release.Args.Region"},
		"partition":   {func(a *release.Args) { a.Partition = "" }, "release.Args.Partition"},
		"listener":    {func(a *release.Args) { a.TestListenerARN = nil }, "release.Args.TestListenerARN: nil: it is required"},
		"key":         {func(a *release.Args) { a.KeyARN = nil }, "release.Args.KeyARN"},
		"bucket":      {func(a *release.Args) { a.BucketARN = nil }, "release.Args.BucketARN"},
		"application": {func(a *release.Args) { a.Application = nil }, "release.Args.Application"},
		"fleet": {func(a *release.Args) {
			a.Fleets = map[color.Color]release.Fleet{color.Blue: a.Fleets[color.Blue]}
		}, "release.Args.Fleets[green].GroupName"},
		"alarm": {func(a *release.Args) {
			spoilt := a.Fleets[color.Blue]
			spoilt.Alarm = nil
			a.Fleets = map[color.Color]release.Fleet{color.Blue: spoilt, color.Green: a.Fleets[color.Green]}
		}, "release.Args.Fleets[blue].Alarm"},
		"template":      {func(a *release.Args) { a.Template.Version = nil }, "release.Args.Template.Version: nil: it is required"},
		"instance role": {func(a *release.Args) { a.InstanceRoleARN = nil }, "release.Args.InstanceRoleARN"},
		"instances":     {func(a *release.Args) { a.Instances.InstanceTypes = nil }, "release.Args.Instances.InstanceTypes: []: it is required"},
		"alarms": {func(a *release.Args) {
			spoilt := a.Fleets[color.Blue]
			spoilt.Alarms = nil
			a.Fleets = map[color.Color]release.Fleet{color.Blue: spoilt, color.Green: a.Fleets[color.Green]}
		}, "release.Args.Fleets[blue].Alarms: nil"},
		"approvers": {func(a *release.Args) {
			a.Config.ApproverRoleARNs = strings.Split(strings.Repeat("arn:aws:iam::111111111111:role/r ", 11), " ")[:11]
		}, "release.Args.Config.ApproverRoleARNs: 11: an approval takes 10 approvers"},
		"no approval time": {func(a *release.Args) { a.Config.ApprovalMinutes = 0 }, "release.Args.Config.ApprovalMinutes: 0: it is out of range"},
		"no watch":         {func(a *release.Args) { a.Config.KeepMinutes = 0 }, "release.Args.Config.KeepMinutes: 0"},
		"watch for ever":   {func(a *release.Args) { a.Config.KeepMinutes = 1441 }, "write 1 to 1440"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			spoilt := args()
			tc.spoil(&spoilt)
			g, err := plan(spoilt, false)
			assert.ErrorContains(t, err, tc.want)
			assert.Len(t, g.Resources, 2, "nothing is registered but the stack and the provider")
		})
	}
}

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	_, err := plan(release.Args{}, false)
	for _, field := range []string{
		"Environment", "AccountID", "Region", "Partition", "PublicListenerARN", "InternalListenerARN", "TestListenerARN",
		"BucketName", "BucketARN", "KeyARN", "Application", "DeploymentConfig", "Template.ID", "Template.Version", "Template.ARN",
		"InstanceRoleARN", "Instances.InstanceTypes", "Config.ApprovalMinutes", "Config.KeepMinutes",
	} {
		assert.ErrorContains(t, err, "release.Args."+field+": ")
	}
	for _, field := range []string{
		"GroupName", "GroupARN", "DeploymentGroup", "Alarm", "Alarms", "PublicTargetGroupARN", "InternalTargetGroupARN",
	} {
		assert.ErrorContains(t, err, "release.Args.Fleets[blue]."+field+": nil: it is required")
		assert.ErrorContains(t, err, "release.Args.Fleets[green]."+field+": nil: it is required")
	}
}

// What is passed goes into API calls as it is.
func TestParametersAreAVersionOfAnObjectAndItsChecksum(t *testing.T) {
	found := runbook(t, args(), color.Green)
	cases := map[string]struct{ good, bad []string }{
		"RevisionKey":     {[]string{"app/1.2.3.zip"}, []string{"", "{{ X.Y }}", "a b", "a\nb", strings.Repeat("a", 901)}},
		"RevisionVersion": {[]string{"3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY", "06a9737d-c415-4009-8b5e-10700a2dee89"}, []string{"", "{{ X.Y }}", "a/b"}},
		"RevisionSha256":  {[]string{"KSKzlfZ/AQEn5fVA2mM+iJgAfwDJZmGTXMh6pYev+aI="}, []string{"", "29a2", "KSKzlfZ/AQEn5fVA2mM+iJgAfwDJZmGTXMh6pYev+aI=-2"}},
	}
	assert.Len(t, found.Parameters, len(cases))
	for name, tc := range cases {
		pattern := regexp.MustCompile(found.Parameters[name].AllowedPattern)
		for _, text := range tc.good {
			assert.True(t, pattern.MatchString(text), "%s %q", name, text)
		}
		for _, text := range tc.bad {
			assert.False(t, pattern.MatchString(text), "%s %q", name, text)
		}
	}
}
