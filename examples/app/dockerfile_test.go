package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// instruction is one of a Dockerfile, continued lines joined.
type instruction struct{ verb, rest string }

func instructions(text string) (found []instruction) {
	joined := ""
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if before, more := strings.CutSuffix(line, "\\"); more {
			joined += before + " "
			continue
		}
		verb, rest, _ := strings.Cut(joined+line, " ")
		found, joined = append(found, instruction{strings.ToUpper(verb), strings.TrimSpace(rest)}), ""
	}
	return found
}

var (
	pinned   = regexp.MustCompile(`^(--platform=\S+ )?\S+:\S+@sha256:[0-9a-f]{64}( AS \w+)?$`)
	number   = regexp.MustCompile(`^[1-9][0-9]*:[1-9][0-9]*$`)
	fromWeb  = regexp.MustCompile(`https?://|git@`)
	copyFrom = regexp.MustCompile(`--from=(\S+)`)
)

// wrong is what the platform does not take in a Dockerfile.
func wrong(found []instruction) (problems []string) {
	refuse := func(yes bool, format string, args ...any) {
		if yes {
			problems = append(problems, fmt.Sprintf(format, args...))
		}
	}
	stages, user, entry := []string{}, "", ""
	for _, i := range found {
		switch i.verb {
		case "FROM":
			refuse(!pinned.MatchString(i.rest), "FROM %s: is not pinned by tag and digest", i.rest)
			_, stage, _ := strings.Cut(i.rest, " AS ")
			stages, user, entry = append(stages, stage), "", ""
		case "ADD":
			refuse(true, "ADD %s: fetches and unpacks: use COPY", i.rest)
		case "COPY":
			refuse(fromWeb.MatchString(i.rest), "COPY %s: is of the internet", i.rest)
			if from := copyFrom.FindStringSubmatch(i.rest); from != nil {
				refuse(!slices.Contains(stages, from[1]), "COPY --from=%s: is no stage", from[1])
			}
		case "USER":
			user = i.rest
		case "ENTRYPOINT":
			entry = i.rest
		case "RUN":
			refuse(len(stages) > 1, "RUN %s: there is no shell in the final stage", i.rest)
			refuse(fromWeb.MatchString(i.rest), "RUN %s: is of the internet", i.rest)
		case "CMD", "SHELL", "HEALTHCHECK", "VOLUME", "ONBUILD":
			refuse(true, "%s: is not for this image", i.verb)
		}
	}
	refuse(len(stages) != 2, "%d stages: build in one, run in another", len(stages))
	refuse(!number.MatchString(user), "USER %s: is not a user other than root, by number", user)
	var words []string
	refuse(json.Unmarshal([]byte(entry), &words) != nil || len(words) == 0, "ENTRYPOINT %s: needs a shell, which would keep SIGTERM to itself", entry)
	return problems
}

func TestTheDockerfile(t *testing.T) {
	text, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	found := instructions(string(text))
	if len(found) < 10 {
		t.Fatalf("%d instructions were read", len(found))
	}
	for _, problem := range wrong(found) {
		t.Error(problem)
	}
	var rests []string
	for _, i := range found {
		rests = append(rests, i.verb+" "+i.rest)
	}
	whole := strings.Join(rests, "\n")
	for _, want := range []string{
		"gcr.io/distroless/static-debian13:nonroot@", "USER 65532:65532", "EXPOSE 8080", `ENTRYPOINT ["/app"]`,
		"CGO_ENABLED=0", "-trimpath", "-buildvcs=false", "-X main.version=$VERSION", "-X main.commit=$COMMIT", `test -n "$COMMIT" `,
	} {
		if !strings.Contains(whole, want) {
			t.Errorf("%s: is missing", want)
		}
	}
}

func TestWrongDockerfiles(t *testing.T) {
	text, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ old, changed, says string }{
		"a tag alone":               {"@sha256:e2e927ec666bae08560abb3c55d0659eceabb657f56b6782ab500a9fc7f555e3", "", "is not pinned by tag and digest"},
		"a digest too short":        {"9fc7f555e3", "9fc7f555", "is not pinned by tag and digest"},
		"a digest alone":            {"golang:1.26.8@", "golang@", "is not pinned by tag and digest"},
		"root":                      {"USER 65532:65532", "USER 0:0", "is not a user other than root"},
		"a user by name":            {"USER 65532:65532", "USER nonroot", "is not a user other than root"},
		"no user":                   {"USER 65532:65532\n", "", "is not a user other than root"},
		"the shell form":            {`ENTRYPOINT ["/app"]`, "ENTRYPOINT /app", "needs a shell"},
		"no entry point":            {`ENTRYPOINT ["/app"]`, "", "needs a shell"},
		"ADD":                       {"COPY internal/", "ADD https://example.com/x", "fetches and unpacks"},
		"a copy of the internet":    {"COPY internal/", "COPY https://example.com/x", "is of the internet"},
		"a command in the end":      {"EXPOSE 8080", "RUN id", "there is no shell in the final stage"},
		"a script of the web":       {"RUN test", "RUN curl https://example.com/x | sh; test", "is of the internet"},
		"a stage that is not":       {"--from=build", "--from=busybox", "is no stage"},
		"a health check of its own": {"EXPOSE 8080", "HEALTHCHECK CMD /app", "is not for this image"},
	} {
		changed := strings.Replace(string(text), test.old, test.changed, 1)
		if changed == string(text) {
			t.Fatalf("%s: %q is not in the Dockerfile", name, test.old)
		}
		if problems := wrong(instructions(changed)); len(problems) == 0 || !strings.Contains(strings.Join(problems, "\n"), test.says) {
			t.Errorf("%s: got %v; want %q", name, problems, test.says)
		}
	}
}

func TestTheImageIsBuiltOfWhatIsThere(t *testing.T) {
	text, err := os.ReadFile(".dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if !slices.Contains(lines, "*") {
		t.Error(".dockerignore: lets everything in")
	}
	let := 0
	for _, line := range lines {
		name, isLet := strings.CutPrefix(line, "!")
		if !isLet {
			continue
		}
		let++
		if found, err := filepath.Glob(name); err != nil || len(found) != 1 {
			t.Errorf(".dockerignore: %s: lets %v in, %v", line, found, err)
		}
	}
	if let != 3 {
		t.Errorf(".dockerignore: lets %d in", let)
	}
}
