package appspec_test

import (
	"strings"
	"testing"

	"example.com/app/internal/appspec"
)

const whole = `version: 0.0
os: linux
files:
  - source: bin/app
    destination: /opt/app/bin
# A comment.
file_exists_behavior: OVERWRITE
permissions:
  - object: /opt/app/bin/app
    owner: root
    group: root
    mode: "0755"
    type:
      - file
hooks:
  BeforeInstall:
    - location: hooks/before.sh
      timeout: 60
      runas: root
    - location: hooks/more.sh
      timeout: 30
  ApplicationStart:
    - location: hooks/start.sh
      timeout: 10
`

func TestAWholeFile(t *testing.T) {
	spec, err := appspec.Parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	if !spec.Overwrite || len(spec.Files) != 1 || spec.Files[0] != (appspec.File{Source: "bin/app", Destination: "/opt/app/bin"}) {
		t.Errorf("files: %+v", spec)
	}
	if len(spec.Permissions) != 1 || spec.Permissions[0] != (appspec.Permission{Object: "/opt/app/bin/app", Owner: "root", Group: "root", Mode: 0o755}) {
		t.Errorf("permissions: %+v", spec.Permissions)
	}
	if strings.Join(spec.Order, " ") != "BeforeInstall ApplicationStart" {
		t.Errorf("order: %v", spec.Order)
	}
	before := spec.Hooks["BeforeInstall"]
	if len(before) != 2 || before[0] != (appspec.Script{Location: "hooks/before.sh", RunAs: "root", Seconds: 60}) || before[1].Seconds != 30 {
		t.Errorf("hooks: %+v", before)
	}
}

func TestRefused(t *testing.T) {
	for name, test := range map[string]struct{ old, changed, says string }{
		"another version":             {"version: 0.0", "version: 1.0", "is not a version of the AppSpec file"},
		"no version":                  {"version: 0.0\n", "", "is not a version of the AppSpec file"},
		"another system":              {"os: linux", "os: windows", "is not what the fleet runs"},
		"old files kept":              {"OVERWRITE", "RETAIN", "would keep files of an older revision"},
		"an unknown key":              {"os: linux", "os: linux\nservices: none", `"services": is not a key there`},
		"an unknown event":            {"ApplicationStart:", "ApplicationStarted:", `"ApplicationStarted": is not a key there`},
		"an event of CodeDeploy's":    {"ApplicationStart:", "Install:", `"Install": is not a key there`},
		"an unknown key of a file":    {"destination: /opt", "target: /opt", `"target": is not a key there`},
		"a source outside":            {"source: bin/app", "source: ../app", "is not a file of the revision"},
		"an absolute source":          {"source: bin/app", "source: /bin/app", "is not a file of the revision"},
		"a relative destination":      {"destination: /opt/app/bin", "destination: opt/app/bin", "is not a directory of the instance"},
		"a destination with dots":     {"destination: /opt/app/bin", "destination: /opt/../bin", "is not a directory of the instance"},
		"permission of another file":  {"object: /opt/app/bin/app", "object: /opt/app/bin/other", "is not a file that is copied"},
		"a mode of letters":           {`mode: "0755"`, "mode: u+x", "is not a mode"},
		"a mode with nine":            {`mode: "0755"`, "mode: 799", "is not a mode"},
		"a mode with setuid":          {`mode: "0755"`, "mode: 4755", "is not a mode"},
		"the type of a directory":     {"- file", "- directory", "is not the type of a file"},
		"no time-out":                 {"      timeout: 10\n", "", "is not a number of seconds"},
		"a time-out of none":          {"timeout: 10", "timeout: 0", "is not a number of seconds"},
		"a time-out of words":         {"timeout: 10", "timeout: soon", "is not a number of seconds"},
		"more than an event may take": {"timeout: 60", "timeout: 3600", "is more than an event may take"},
		"a hook outside":              {"location: hooks/start.sh", "location: /usr/bin/true", "is not a file of the revision"},
		"a tab":                       {"os: linux", "os:\tlinux", "is more YAML than is read here"},
		"an anchor":                   {"os: linux", "os: &os linux", "is more YAML than is read here"},
		"a flow list":                 {"      - file", "      [file]", "is more YAML than is read here"},
		"a comment behind":            {"os: linux", "os: linux # here", "is more YAML than is read here"},
		"a key twice":                 {"os: linux", "os: linux\nos: linux", "is no key of its own"},
		"a line without a key":        {"os: linux", "linux", "is no key of its own"},
		"a key without a value":       {"os: linux", "os:", "has no value"},
		"a line too deep":             {"os: linux", "os: linux\n    more: less", "belongs to nothing"},
		"a list too deep":             {"      - file", "      - file\n        - more", "belongs to nothing"},
		"a key too shallow":           {"os: linux", "os: linux\nfiles:\n  - source: a\n   destination: /b", "belongs to nothing"},
		"a text for a list":           {"hooks:\n  BeforeInstall:", "hooks:\n  ValidateService: none\n  BeforeInstall:", "is not a list"},
		"a list for a text":           {"os: linux", "os:\n  - linux", "is not a text"},
		"a list for a mapping":        {"hooks:\n  BeforeInstall:", "hooks:\n  - none\nmore:\n  BeforeInstall:", "is not a mapping"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(whole, test.old, test.changed, 1)
			if changed == whole {
				t.Fatalf("%q is not in the file", test.old)
			}
			_, err := appspec.Parse(changed)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v; want %q", err, test.says)
			}
		})
	}
	if _, err := appspec.Parse("# nothing\n"); err == nil || !strings.Contains(err.Error(), "is empty") {
		t.Errorf("got %v", err)
	}
	if _, err := appspec.Parse("  version: 0.0\nos: linux\n"); err == nil || !strings.Contains(err.Error(), "belongs to nothing") {
		t.Errorf("got %v", err)
	}
}
