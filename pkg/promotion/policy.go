package promotion

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// PolicyFile is where the policy lies in the repository.
const PolicyFile = ".github/promotion.yaml"

// Policy is what the people of a repository decide about promotions, in [PolicyFile].
type Policy struct {
	// Repository is the one whose runs count, "owner/name".
	Repository string `yaml:"repository"`
	// Teams are the slugs of the owner's teams, by role.
	Teams map[Team]string `yaml:"teams"`
	// Applications are what can be promoted, by name.
	Applications map[string]Application `yaml:"applications"`
	// Freezes are the times in which nothing goes to some environments.
	Freezes []Freeze `yaml:"freezes"`
	// Findings are vulnerabilities that are known and borne for a while.
	Findings []Exception `yaml:"findings"`
}

// Application is something that is built once and promoted.
type Application struct {
	// Platform is where it runs: "eks" (an image) or "ec2" (an archive).
	Platform string `yaml:"platform"`
}

// Freeze is a time in which nothing is deployed, but in an emergency. Rollbacks
// are always possible.
type Freeze struct {
	Environments []string  `yaml:"environments"`
	From         time.Time `yaml:"from"`
	Until        time.Time `yaml:"until"` // not included
	Reason       string    `yaml:"reason"`
}

// Exception is a finding that does not stop a deployment until it expires.
type Exception struct {
	ID           string    `yaml:"id"` // "CVE-2026-12345"
	Applications []string  `yaml:"applications"`
	Expires      time.Time `yaml:"expires"` // not included
	Reason       string    `yaml:"reason"`
}

// ReadPolicy reads a policy file. Unknown keys and everything that is wrong are
// one error of several lines, each as "path: value: fact: remedy".
func ReadPolicy(path string) (Policy, error) {
	text, err := os.ReadFile(path) // #nosec G304 -- the caller's own repository
	if err != nil {
		return Policy{}, err
	}
	return ParsePolicy(text)
}

// ParsePolicy reads the text of a policy file.
func ParsePolicy(text []byte) (Policy, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var policy Policy
	if err := decoder.Decode(&policy); err != nil && !errors.Is(err, io.EOF) {
		return Policy{}, fmt.Errorf("%s: %w", PolicyFile, err)
	}
	if err := policy.Validate(); err != nil {
		return Policy{}, err
	}
	return policy, nil
}

var (
	repositoryShape = regexp.MustCompile(`^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$`)
	slugShape       = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)
	// The name is part of artifacts' and environments' names, whose parts a dot or a slash divides.
	appShape = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$`)
)

// Validate reports everything that is wrong with the policy, sorted.
func (p Policy) Validate() error {
	var wrong []string
	say := func(path, value, fact, remedy string) {
		wrong = append(wrong, strings.Join([]string{path, value, fact, remedy}, ": "))
	}
	if !repositoryShape.MatchString(p.Repository) {
		say("repository", quoted(p.Repository), "is no repository", `write "owner/name"`)
	}
	p.validateTeams(say)
	p.validateApplications(say)
	p.validateFreezes(say)
	p.validateFindings(say)
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return errors.New(strings.Join(wrong, "\n"))
}

type sayer func(path, value, fact, remedy string)

func (p Policy) validateTeams(say sayer) {
	known := []Team{DevOps, Security}
	for _, team := range known {
		if !slugShape.MatchString(p.Teams[team]) {
			say("teams."+string(team), quoted(p.Teams[team]), "is no slug of a team", "name the team as its address does")
		}
	}
	for team := range p.Teams {
		if !slices.Contains(known, team) {
			say("teams."+string(team), p.Teams[team], "no step asks for this team", "remove it: devops and security are asked for")
		}
	}
	if p.Teams[DevOps] == p.Teams[Security] && p.Teams[DevOps] != "" {
		say("teams.security", p.Teams[Security], "is the team of devops too", "name another one: security's approval is another view")
	}
}

func (p Policy) validateApplications(say sayer) {
	if len(p.Applications) == 0 {
		say("applications", "none", "nothing could be promoted", "name at least one")
	}
	for name, app := range p.Applications {
		if !appShape.MatchString(name) || name == InfrastructureApp {
			say("applications."+name, name, "is no name of an application", "write at most 32 lower-case letters, digits and hyphens, not "+InfrastructureApp)
		}
		if app.Platform != "eks" && app.Platform != "ec2" {
			say("applications."+name+".platform", quoted(app.Platform), "is no platform", "write eks or ec2")
		}
	}
}

func (p Policy) validateFreezes(say sayer) {
	for i, freeze := range p.Freezes {
		path := fmt.Sprintf("freezes[%d]", i)
		if !freeze.From.Before(freeze.Until) {
			say(path+".until", freeze.Until.Format(time.RFC3339), "does not come after from", "write a later time, as 2026-12-18T17:00:00Z")
		}
		if freeze.Reason == "" {
			say(path+".reason", "none", "is required", "say why: it is what people read who are refused")
		}
		if len(freeze.Environments) == 0 {
			say(path+".environments", "none", "freezes nothing", "name environments")
		}
		for _, name := range freeze.Environments {
			if !slices.Contains([]string{Dev, Staging, Production, ProductionPCI, Peering}, name) {
				say(path+".environments", name, "is no environment", "write dev, staging, production, production-pci or peering")
			}
		}
	}
}

var findingShape = regexp.MustCompile(`^(CVE-\d{4}-\d{4,}|GHSA(-[0-9a-z]{4}){3}|ALAS[A-Za-z0-9.-]*-\d{4}-\d+)$`)

func (p Policy) validateFindings(say sayer) {
	for i, exception := range p.Findings {
		path := fmt.Sprintf("findings[%d]", i)
		if !findingShape.MatchString(exception.ID) {
			say(path+".id", quoted(exception.ID), "is no vulnerability", "write it as the scan does: CVE-2026-12345")
		}
		if exception.Expires.IsZero() {
			say(path+".expires", "none", "is required", "write a date, as 2026-12-31: nothing is borne for ever")
		}
		if exception.Reason == "" {
			say(path+".reason", "none", "is required", "say why it can be borne, and who found so")
		}
		if len(exception.Applications) == 0 {
			say(path+".applications", "none", "excepts nothing", "name applications")
		}
		for _, name := range exception.Applications {
			if _, known := p.Applications[name]; !known {
				say(path+".applications", name, "is no application", "name one of "+strings.Join(slices.Sorted(maps.Keys(p.Applications)), ", "))
			}
		}
	}
}

func quoted(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

// frozen is the freeze that is on for an environment, the one that ends last; nil if none is.
func (p Policy) frozen(environment string, now time.Time) *Freeze {
	var on *Freeze
	for _, freeze := range p.Freezes {
		active := slices.Contains(freeze.Environments, environment) && !now.Before(freeze.From) && now.Before(freeze.Until)
		if active && (on == nil || freeze.Until.After(on.Until)) {
			on = &freeze
		}
	}
	return on
}
