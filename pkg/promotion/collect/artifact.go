package collect

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/go-github/v85/github"

	"aws-platform/pkg/promotion"
)

// The files in the artifacts.
const (
	BuildFile  = "build.json"
	ResultFile = "result.json"
	RecordFile = "decision.json"
)

// The parts of artifacts' names.
const (
	deploymentPart = "deployment"
	endedPart      = "ended"
)

// Build is what the artifact of a build holds.
type Build struct {
	App    string `json:"app"`
	Digest string `json:"digest"`
	Commit string `json:"commit"`
}

// Result is what the artifact of a test's result holds.
type Result struct {
	Test        string `json:"test"`
	App         string `json:"app"`
	Environment string `json:"environment"`
	Digest      string `json:"digest"`
	Outcome     string `json:"outcome"`
}

// BuildName is the name of the artifact that a build keeps.
func BuildName(app, digest string) string {
	return strings.Join([]string{"build", app, hex(digest)}, ".")
}

// ResultName is the name of the artifact that a test keeps.
func ResultName(test, app, environment, digest string) string {
	return strings.Join([]string{"result", test, app, environment, hex(digest)}, ".")
}

// RecordName is the name of the artifact that a deployment keeps.
func RecordName(app, environment string) string {
	return strings.Join([]string{deploymentPart, app, environment}, ".")
}

// EndingName is the name of the artifact that a deployment keeps at its end: what it
// came to is in the name, which nobody has to download.
func EndingName(app, environment string, state promotion.State) string {
	return strings.Join([]string{endedPart, app, environment, string(state)}, ".")
}

// artifact is what a run kept.
type artifact struct {
	id   int64
	name string
	run  int64
	at   time.Time
}

// unbegun is how many artifacts are read beyond one for each deployment: of those that
// were allowed and never began.
const unbegun = 10

const page = 100 // the most that GitHub gives at once

// artifacts lists what runs kept under a name, if what they say counts, and has not
// expired. Any run can keep an artifact of any name: what others kept is not opened.
func (k *collector) artifacts(name string, counts func(promotion.Run) bool) ([]artifact, error) {
	listed, err := k.listed(name)
	if err != nil {
		return nil, err
	}
	var found []artifact
	for _, a := range listed {
		run, err := k.run(a.run)
		if err != nil {
			return nil, err
		}
		if run != nil && counts(*run) {
			k.names(a.run)
			found = append(found, a)
		}
	}
	return found, nil
}

// listed reads the list of artifacts, the newest first, as far back as histories go.
func (k *collector) listed(name string) ([]artifact, error) {
	var found []artifact
	seen := int64(0)
	options := &github.ListArtifactsOptions{Name: &name, ListOptions: github.ListOptions{PerPage: page}}
	for {
		list, response, err := k.reading.Actions.ListArtifacts(k.ctx, k.owner, k.name, options)
		if err != nil {
			return nil, fmt.Errorf("artifacts %s: %w", name, err)
		}
		if list == nil {
			return nil, lacking("artifacts "+name, "content")
		}
		kept, err := usable(list.Artifacts, name)
		if err != nil {
			return nil, err
		}
		seen += int64(len(list.Artifacts))
		found = append(found, kept...)
		if len(found) >= depth+unbegun {
			return found[:depth+unbegun], nil
		}
		if response.NextPage == 0 {
			if list.TotalCount == nil || seen != *list.TotalCount {
				return nil, fmt.Errorf("artifacts %s: GitHub says that there are %d, and listed %d", name, list.GetTotalCount(), seen)
			}
			return found, nil
		}
		options.Page = response.NextPage
	}
}

// usable are the artifacts that have not expired and that no branch kept, which need
// not even be looked at. GitHub tells of each all that is needed.
func usable(listed []*github.Artifact, name string) ([]artifact, error) {
	var found []artifact
	for _, a := range listed {
		if a.GetExpired() || a.GetWorkflowRun().GetHeadBranch() != "main" {
			continue
		}
		if a.GetID() == 0 || a.GetName() != name || a.GetWorkflowRun().GetID() == 0 || a.GetCreatedAt().IsZero() {
			return nil, lacking("artifacts "+name, "id, name, run or time")
		}
		found = append(found, artifact{id: a.GetID(), name: name, run: a.GetWorkflowRun().GetID(), at: a.GetCreatedAt().UTC()})
	}
	return found, nil
}

// most is how large a record may be; they have a few kilobytes.
const most = 1 << 20

// content reads a file of an artifact.
func (k *collector) content(a artifact, file string, into any) error {
	what := "artifact " + a.name + " of run " + strconv.FormatInt(a.run, 10)
	address, _, err := k.reading.Actions.DownloadArtifact(k.ctx, k.owner, k.name, a.id, 1)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	archive, err := k.fetch(address.String())
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	text, err := unzip(archive, file)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %s: %w", what, file, err)
	}
	return nil
}

func (k *collector) fetch(address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(k.ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := k.download.Do(request) // #nosec G704 -- GitHub named the address, and it gets no token
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("its archive: %s", response.Status)
	}
	return limited(response.Body)
}

// limited reads no more than a record can have.
func limited(from io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(from, most+1))
	if err == nil && len(text) > most {
		err = fmt.Errorf("is larger than %d bytes", most)
	}
	return text, err
}

func unzip(archive []byte, file string) ([]byte, error) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	opened, err := reader.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }()
	return limited(opened)
}
