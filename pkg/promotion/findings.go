package promotion

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// scan is what `aws ecr describe-image-scan-findings` prints: basic scanning fills
// findings, enhanced scanning (Amazon Inspector) enhancedFindings. The shapes are
// those of the ECR API Reference, DescribeImageScanFindings.
type scan struct {
	ImageID struct {
		Digest string `json:"imageDigest"`
	} `json:"imageId"`
	Status struct {
		Status string `json:"status"`
	} `json:"imageScanStatus"`
	Findings *struct {
		Counts map[string]int `json:"findingSeverityCounts"`
		Basic  []struct {
			Name     string `json:"name"`
			Severity string `json:"severity"`
		} `json:"findings"`
		Enhanced []struct {
			Severity string `json:"severity"`
			Status   string `json:"status"`
			Title    string `json:"title"`
			Package  struct {
				ID string `json:"vulnerabilityId"`
			} `json:"packageVulnerabilityDetails"`
		} `json:"enhancedFindings"`
	} `json:"imageScanFindings"`
	NextToken string `json:"nextToken"`
}

// Finding is a vulnerability that a scan found.
type Finding struct {
	// ID is its name, "CVE-2026-12345".
	ID string
	// Severity is "CRITICAL", "HIGH" or less.
	Severity string
}

// severe are the severities that stop a deployment. UNDEFINED and UNTRIAGED do not: they
// are what nobody has rated yet, and the scan is made anew at every deployment.
var severe = []string{"CRITICAL", "HIGH"}

// Judge reads what `aws ecr describe-image-scan-findings` printed of an image and
// returns those findings that stop its deployment: CRITICAL and HIGH ones that the
// policy does not list for the application, or whose exception has expired.
//
// It is an error if the scan is not complete, is of another digest, or holds other
// numbers of findings than it counts: AWS gives them in pages, and the CLI joins them.
func (p Policy) Judge(text []byte, app, digest string, now time.Time) ([]Finding, error) {
	var s scan
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("the scan: %w", err)
	}
	if err := s.about(digest); err != nil {
		return nil, err
	}
	found := s.list()
	if err := s.complete(found); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(f Finding) bool { return !slices.Contains(severe, f.Severity) || p.excepted(f.ID, app, now) }), nil
}

// about holds a scan against the image that it must be of.
func (s scan) about(digest string) error {
	if s.ImageID.Digest != digest {
		return fmt.Errorf("the scan is of %s, not of %s", quoted(s.ImageID.Digest), digest)
	}
	if s.Status.Status != "COMPLETE" && s.Status.Status != "ACTIVE" {
		return fmt.Errorf("the scan's status is %s: wait until it is COMPLETE, or ACTIVE with enhanced scanning", quoted(s.Status.Status))
	}
	if s.Findings == nil {
		return errors.New("the scan has no imageScanFindings: describe it again")
	}
	if s.NextToken != "" {
		return errors.New("the scan has more pages: describe it without --max-items")
	}
	return nil
}

// list are the findings of either kind of scan. A finding that Inspector has
// closed or suppressed is not of the image any more, or borne there.
func (s scan) list() []Finding {
	found := []Finding{}
	for _, f := range s.Findings.Basic {
		found = append(found, Finding{f.Name, f.Severity})
	}
	for _, f := range s.Findings.Enhanced {
		if f.Status == "CLOSED" || f.Status == "SUPPRESSED" {
			continue
		}
		id := f.Package.ID
		if id == "" {
			id = f.Title
		}
		found = append(found, Finding{id, f.Severity})
	}
	slices.SortFunc(found, func(a, b Finding) int { return strings.Compare(a.Severity+a.ID, b.Severity+b.ID) })
	return found
}

// complete holds the severe findings against the scan's own counts.
func (s scan) complete(found []Finding) error {
	listed := len(s.Findings.Basic) + len(s.Findings.Enhanced)
	counted := 0
	for _, count := range s.Findings.Counts {
		counted += count
	}
	if listed < counted {
		return fmt.Errorf("the scan lists %d findings and counts %d: describe all pages", listed, counted)
	}
	for _, finding := range found {
		if finding.Severity == "" {
			return fmt.Errorf("the scan does not say how severe %s is", quoted(finding.ID))
		}
	}
	return nil
}

func (p Policy) excepted(id, app string, now time.Time) bool {
	return slices.ContainsFunc(p.Findings, func(e Exception) bool {
		return e.ID == id && slices.Contains(e.Applications, app) && now.Before(e.Expires)
	})
}
