package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aws-platform/pkg/offline"
)

// root is the repository, seen from this package.
var root = filepath.Join("..", "..")

// outcome is what a command line printed, and its exit status.
type outcome struct {
	out, err string
	status   int
}

// execute runs the command line in a folder.
func execute(t *testing.T, folder string, args ...string) outcome {
	t.Helper()
	t.Chdir(folder)
	var stdout, stderr bytes.Buffer
	status := run(args, &stdout, &stderr)
	return outcome{stdout.String(), stderr.String(), status}
}

// estate copies the repository's stack files into a folder, each text replaced
// by what edits say of its file.
func estate(t *testing.T, edits map[string][2]string) string {
	t.Helper()
	folder := t.TempDir()
	for _, file := range stackFiles() {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		edit, edited := edits[file]
		if edited && strings.Count(string(text), edit[0]) != 1 {
			t.Fatalf("%s: %q does not occur once", file, edit[0])
		}
		path := filepath.Join(folder, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(text), edit[0], edit[1], 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

var (
	peering    = filepath.Join("stacks", "peering", "Pulumi.peering.yaml")
	repository = filepath.Join("stacks", "github", "Pulumi.github.yaml")
)

// wrong are mistakes in two stack files.
var wrong = map[string][2]string{
	"Pulumi.dev.yaml": {"data: 10.0.22.0/24", "data: 10.0.22.5/24\n        date: x"},
	peering:           {"[production-pci]", "[production-pci, dev]"},
	repository:        {"visibility: private", "visibility: secret"},
}

const (
	devLines = `network.zones[us-east-1b].data: 10.0.22.5/24: has host bits set: write 10.0.22.0/24
network.zones[us-east-1b].date: unknown key: the platform does not know it and would ignore it: remove it or correct its spelling (docs/configuration.md lists every key)
`
	repositoryLine = "repository.visibility: secret: is not a visibility: set public, private or internal\n"
	peeringLine    = "matrix[production][1]: dev: is not one of peers: add it to peers or remove it; peers has production, production-pci\n"
)

func TestValidate(t *testing.T) {
	right, bad := estate(t, nil), estate(t, wrong)
	cases := []struct {
		reason, folder string
		args           []string
		want           outcome
	}{
		{"a right stack", right, []string{"validate", "production"}, outcome{out: "Pulumi.production.yaml: ok\n"}},
		{"the right peering", right, []string{"validate", "peering"}, outcome{out: peering + ": ok\n"}},
		{"a right file", right, []string{"validate", "--file", "Pulumi.dev.yaml"}, outcome{out: "Pulumi.dev.yaml: ok\n"}},
		{"a wrong stack", bad, []string{"validate", "dev"}, outcome{out: devLines, status: 1}},
		{"a wrong peering", bad, []string{"validate", "peering"}, outcome{out: peeringLine, status: 1}},
		{"the right repository", right, []string{"validate", "github"}, outcome{out: repository + ": ok\n"}},
		{"a right account", right, []string{"validate", "account-dev"}, outcome{out: offline.StackFile("account-dev") + ": ok\n"}},
		{"a wrong account", estate(t, map[string][2]string{offline.StackFile("account-dev"): {"repository: example/platform", "repository: platform"}}), []string{"validate", "account-dev"},
			outcome{out: "delivery.repository: platform: is not a repository of GitHub: write it as <owner>/<name>\n", status: 1}},
		{"a wrong repository", bad, []string{"validate", "github"}, outcome{out: repositoryLine, status: 1}},
		{"a wrong file", bad, []string{"validate", "-f", "Pulumi.dev.yaml"}, outcome{out: devLines, status: 1}},
		{"a wrong peering by its file", bad, []string{"validate", "--file", peering}, outcome{out: peeringLine, status: 1}},
		{"both a stack and a file", right, []string{"validate", "dev", "--file", "x"},
			outcome{err: "platform: validate: name a stack or a --file, not both\n", status: 1}},
		{"a file of another name", right, []string{"validate", "--file", "dev.yaml"},
			outcome{err: "platform: dev.yaml: is not the name of a stack file: name it Pulumi.<stack>.yaml\n", status: 1}},
		{"two stacks", right, []string{"validate", "dev", "staging"}, outcome{err: "platform: accepts at most 1 arg(s), received 2\n", status: 1}},
		{"an unknown command", right, []string{"validat"}, outcome{err: "platform: unknown command \"validat\" for \"platform\"\n\nDid you mean this?\n\tvalidate\n\n", status: 1}},
	}
	for _, c := range cases {
		t.Run(c.reason, func(t *testing.T) {
			if got := execute(t, c.folder, c.args...); got != c.want {
				t.Errorf("got %+v, wanted %+v", got, c.want)
			}
		})
	}
}

func TestValidateWarnsOfWhatCannotBeUndone(t *testing.T) {
	folder := estate(t, map[string][2]string{"Pulumi.production.yaml": {
		"    copyRegion: us-west-2\n", "    copyRegion: us-west-2\n    lock: {compliance: true, graceDays: 30}\n",
	}})
	const warning = "warning: backup.lock.compliance: true: cannot be undone once graceDays are over, 30 days after the lock is made"
	for prefix, args := range map[string][]string{"": {"validate", "production"}, "Pulumi.production.yaml: ": {"validate"}} {
		got := execute(t, folder, args...)
		if got.status != 0 || !strings.Contains(got.out, prefix+warning) || !strings.Contains(got.out, "Pulumi.production.yaml: ok") {
			t.Errorf("got %+v, wanted status 0 and %q", got, prefix+warning)
		}
	}
}

// AWS takes a Slack channel once in an account, where an environment and the account's own
// topic both live: no single file shows that both name it.
func TestValidateAllRefusesAChannelTwiceInAnAccount(t *testing.T) {
	const slack = "slack: [{teamId: T07EA123LEP, channelId: C07EZ1ABC23}]\n"
	account := offline.StackFile("account-production")
	edits := map[string][2]string{
		"Pulumi.production.yaml": {"        email: [finops@example.com]\n", "        email: [finops@example.com]\n        " + slack},
		account:                  {"          secretName: platform/alarms/pagerduty\n", "          secretName: platform/alarms/pagerduty\n      " + slack},
	}
	const line = "production: observability.subscriptions[cost].slack[0].channelId: C07EZ1ABC23: is a channel of account-production too"
	both := estate(t, edits)
	delete(edits, account)
	one := estate(t, edits)
	if got := execute(t, both, "validate"); got.status != 1 || !strings.Contains(got.out, line) {
		t.Errorf("got %+v, wanted status 1 and %q", got, line)
	}
	if got := execute(t, one, "validate"); got.status != 0 {
		t.Errorf("one alone is right: %+v", got)
	}
}

func TestValidateMissingFile(t *testing.T) {
	got := execute(t, t.TempDir(), "validate", "dev")
	if got.status != 1 || got.out != "" || !strings.Contains(got.err, "Pulumi.dev.yaml") {
		t.Errorf("got %+v, wanted status 1 and the file's name on standard error", got)
	}
}

// accounts are the lines of the accounts' stacks, all right.
func accounts(t *testing.T) string {
	t.Helper()
	lines := ""
	for _, stack := range offline.AccountStacks() {
		lines += offline.StackFile(stack) + ": ok\n"
	}
	if strings.Count(lines, "\n") != 4 {
		t.Fatalf("not four accounts: %q", lines)
	}
	return lines
}

func TestValidateAll(t *testing.T) {
	right, bad := estate(t, nil), estate(t, wrong)
	rights := "Pulumi.production.yaml: ok\nPulumi.production-pci.yaml: ok\nPulumi.staging.yaml: ok\n"
	want := outcome{out: "Pulumi.dev.yaml: ok\n" + rights + peering + ": ok\n" + repository + ": ok\n" + accounts(t)}
	if got := execute(t, right, "validate"); got != want {
		t.Errorf("got %+v, wanted %+v", got, want)
	}
	lines := "Pulumi.dev.yaml: " + strings.Replace(devLines, "\n", "\nPulumi.dev.yaml: ", 1)
	want = outcome{out: lines + rights + peering + ": " + peeringLine + repository + ": " + repositoryLine + accounts(t), status: 1}
	if got := execute(t, bad, "validate"); got != want {
		t.Errorf("got %+v, wanted %+v", got, want)
	}
}

func TestValidateAllHoldsEnvironmentsAgainstEachOther(t *testing.T) {
	folder := estate(t, map[string][2]string{"Pulumi.production.yaml": {"us-east-1a: {app: 10.21.64.0/19", "us-east-1a: {app: 10.21.64.0/20"}})
	got := execute(t, folder, "validate")
	line := "production: network.peers[production-pci].zones[us-east-1a].app: 10.21.64.0/20: is not what production-pci has: write 10.21.64.0/19, or correct Pulumi.production-pci.yaml\n"
	if got.status != 1 || !strings.Contains(got.out, line) {
		t.Errorf("got %+v, wanted status 1 and %q", got, line)
	}
}
