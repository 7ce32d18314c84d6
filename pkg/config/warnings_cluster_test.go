package config

import (
	"strings"
	"testing"
	"time"
)

const leaves135 = "cluster.version: 1.35: leaves standard support on 27 March 2027 and is refused after that " +
	"(https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html): plan the upgrade to "

func TestKubernetesWarnings(t *testing.T) {
	for name, test := range map[string]struct{ day, version, warns, refuses string }{
		"61 days before the end":  {"2027-01-25", "1.35", "", ""},
		"60 days before the end":  {"2027-01-26", "1.35", leaves135, ""},
		"on its last day":         {"2027-03-27", "1.35", leaves135, ""},
		"on the day after":        {"2027-03-28", "1.35", "", "left standard support on 27 March 2027"},
		"the default is not near": {"2027-03-27", "1.36", "", ""},
		"the default comes near":  {"2027-06-03", "1.36", "cluster.version: 1.36: leaves standard support on 2 August 2027", ""},
		"1.34 is never too early": {"2026-10-01", "1.34", "", "leaves standard support on 2 December 2026, too soon to begin with"},
		"1.34 after its end":      {"2026-12-03", "1.34", "", "left standard support on 2 December 2026"},
	} {
		t.Run(name, func(t *testing.T) {
			today, _ := time.Parse(time.DateOnly, test.day)
			now = func() time.Time { return today }
			t.Cleanup(func() { now = time.Now })
			values := parse(t, Production, strings.Replace(base, "platform:cluster: {}", `platform:cluster: {version: "`+test.version+`"}`, 1))
			values["platform:observability"] = somebodyHears
			env, err := Decode(Production, values)
			switch {
			case test.refuses != "":
				if err == nil || !strings.Contains(err.Error(), test.refuses) {
					t.Fatalf("got %v, wanted a refusal with %q", err, test.refuses)
				}
				return
			case err != nil:
				t.Fatal(err)
			}
			if got := env.Warnings().Error(); !strings.HasPrefix(got, test.warns) || test.warns == "" && got != "" {
				t.Errorf("got:\n%s\nwanted:\n%s", got, test.warns)
			}
		})
	}
}
