// Package load holds the load test, a script for k6. k6 itself is not run here: the
// script's function is, by node with stand-ins for k6's two modules, against the real
// binary, and its options are held against what k6 knows.
package load_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/app/internal/running"
)

type outcome struct {
	Options struct {
		Scenarios map[string]struct {
			Executor, TimeUnit, Duration string
			Rate, PreAllocatedVUs        int
		}
		Thresholds            map[string][]any
		MaxRedirects          *int
		InsecureSkipTLSVerify bool
	}
	Checks   map[string]struct{ Passes, Fails int }
	Requests []struct {
		URL          string
		Status       int
		Milliseconds float64
		Failed       bool
	}
}

// run runs the script's function against an address.
func run(t *testing.T, baseURL string, environment ...string) (found outcome, complaint string) {
	t.Helper()
	for _, program := range []string{"node", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not on this machine: the load test's script was not run", program)
		}
	}
	folder := t.TempDir()
	for from, to := range map[string]string{
		"load.js": "load.mjs", "testdata/harness.mjs": "harness.mjs", "testdata/k6/package.json": "node_modules/k6/package.json",
		"testdata/k6/index.js": "node_modules/k6/index.js", "testdata/k6/http.js": "node_modules/k6/http.js",
	} {
		text, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, to)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, to), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command("node", "harness.mjs")
	command.Dir = folder
	command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "BASE_URL=" + baseURL, "ITERATIONS=10"}, environment...)
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	if err := command.Run(); err != nil {
		return outcome{}, errs.String()
	}
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		t.Fatalf("%s: %v", &out, err)
	}
	return found, ""
}

func start(t *testing.T, args ...string) string {
	t.Helper()
	return running.Start(t, running.Build(t, running.Version, running.Commit), args...).URL
}

func TestItsChecksHoldOfTheRealApplication(t *testing.T) {
	found, complaint := run(t, start(t, "-base-path=/web")+"/web/")
	if complaint != "" {
		t.Fatal(complaint)
	}
	if len(found.Checks) < 4 || len(found.Requests) != 20 {
		t.Fatalf("it checks %d things in %d requests", len(found.Checks), len(found.Requests))
	}
	for name, count := range found.Checks {
		if count.Passes != 10 || count.Fails != 0 {
			t.Errorf("%s: %+v", name, count)
		}
	}
	for _, request := range found.Requests {
		if request.Failed || request.Milliseconds > 300 || strings.Contains(strings.TrimPrefix(request.URL, "http://"), "//") {
			t.Errorf("%+v", request)
		}
	}
}

// Each check fails of something: of nothing at all, and of another application.
func TestItsChecksFailOfWhatIsNotTheApplication(t *testing.T) {
	for name, url := range map[string]string{
		"nobody listens":   "http://127.0.0.1:1",
		"another path":     start(t) + "/other",
		"the health check": start(t) + "/healthz?",
	} {
		found, complaint := run(t, url)
		if complaint != "" {
			t.Fatal(complaint)
		}
		failed := 0
		for _, count := range found.Checks {
			failed += count.Fails
		}
		if failed == 0 || len(found.Requests) != 20 {
			t.Errorf("%s: nothing failed in %d requests", name, len(found.Requests))
		}
	}
}

func TestItSaysWhatItNeeds(t *testing.T) {
	if _, complaint := run(t, ""); !strings.Contains(complaint, "BASE_URL: \"\": is not set") {
		t.Errorf("got %s", complaint)
	}
}

// What k6 knows of each metric (Grafana k6 documentation, "Thresholds"): rates have rate,
// trends have avg, min, max, med and p(N).
var knownThresholds = map[string]*regexp.Regexp{
	"http_req_failed":   regexp.MustCompile(`^rate<0\.0[0-9]+$`),
	"http_req_duration": regexp.MustCompile(`^p\(9[0-9]\)<[0-9]+$`),
	"checks":            regexp.MustCompile(`^rate>0\.9[0-9]*$`),
}

func expression(threshold any) string {
	switch of := threshold.(type) {
	case string:
		return of
	case map[string]any:
		text, _ := of["threshold"].(string)
		return text
	}
	return ""
}

func TestItsThresholdsAreThoseOfThePipeline(t *testing.T) {
	found, complaint := run(t, start(t))
	if complaint != "" {
		t.Fatal(complaint)
	}
	var said []string
	for metric, thresholds := range found.Options.Thresholds {
		for _, threshold := range thresholds {
			text := expression(threshold)
			if known := knownThresholds[metric]; known == nil || !known.MatchString(text) {
				t.Errorf("%s: %q: is not a threshold that k6 takes there", metric, text)
			}
			said = append(said, metric+" "+text)
		}
	}
	for _, want := range []string{"http_req_failed rate<0.01", "http_req_duration p(95)<300", "checks rate>0.99"} {
		if !slices.Contains(said, want) {
			t.Errorf("%s: is missing in %v", want, said)
		}
	}
	if found.Options.InsecureSkipTLSVerify || found.Options.MaxRedirects == nil || *found.Options.MaxRedirects != 0 {
		t.Errorf("it follows redirects or any certificate: %+v", found.Options)
	}
}

// 2000 requests of an address in five minutes are what compute.waf.rateLimit lets through.
func TestItStaysBelowTheWebACLsRateLimit(t *testing.T) {
	for _, test := range []struct {
		environment []string
		rate        int
		duration    string
		below       bool
	}{
		{nil, 3, "180s", true},
		{[]string{"RATE=100", "SECONDS=60"}, 100, "60s", false},
	} {
		found, complaint := run(t, start(t), test.environment...)
		if complaint != "" {
			t.Fatal(complaint)
		}
		steady := found.Options.Scenarios["steady"]
		if steady.Executor != "constant-arrival-rate" || steady.TimeUnit != "1s" || steady.Rate != test.rate || steady.Duration != test.duration || steady.PreAllocatedVUs < steady.Rate {
			t.Errorf("%+v", steady)
		}
		perIteration := len(found.Requests) / 10
		if requests := steady.Rate * perIteration * 300; (requests < 2000) != test.below {
			t.Errorf("%d requests in five minutes", requests)
		}
	}
}
