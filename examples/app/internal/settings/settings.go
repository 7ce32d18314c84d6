// Package settings reads what the service is told, by flags and by the environment. A
// flag wins over its variable, whose name is the flag's in capitals: -base-path is
// BASE_PATH. Everything that is wrong is said at once.
package settings

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Settings are what the service is told.
type Settings struct {
	// Port is the TCP port, 8080 by default; 0 takes a free one, which the log names.
	Port int
	// BasePath is what load balancers leave in front of a path: they forward /web/version
	// as it is. Empty: nothing. Requests without it are answered too, as probes send them.
	BasePath string
	// Color is that of the fleet, which /version tells; empty where there is none.
	Color string
	// TLSCertFile and TLSKeyFile are PEM files; TLSSelfSigned makes a certificate in
	// memory in their place. None of them: plain HTTP.
	TLSCertFile, TLSKeyFile string
	TLSSelfSigned           bool
	// Drain is how long the service still answers once it is told to leave, while
	// /readyz says 503; 5 s by default. Shutdown is how long what has begun may take
	// after that; 20 s by default.
	Drain, Shutdown time.Duration
	// ShowVersion prints version and commit in place of serving.
	ShowVersion bool
}

const longest = 5 * time.Minute

// showVersion has no variable: VERSION often holds one.
const showVersion = "version"

// Read reads flags and environment; usage and the errors of flags go to errs.
func Read(args []string, getenv func(string) string, errs io.Writer) (Settings, error) {
	var set Settings
	flags := flag.NewFlagSet("app", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.IntVar(&set.Port, "port", 8080, "TCP port; 0 takes a free one")
	flags.StringVar(&set.BasePath, "base-path", "", "path that load balancers leave in front, as in /web")
	flags.StringVar(&set.Color, "color", "", "color of the fleet")
	flags.StringVar(&set.TLSCertFile, "tls-cert-file", "", "certificate, PEM")
	flags.StringVar(&set.TLSKeyFile, "tls-key-file", "", "its key, PEM")
	flags.BoolVar(&set.TLSSelfSigned, "tls-self-signed", false, "serve HTTPS with a certificate made in memory")
	flags.DurationVar(&set.Drain, "drain", 5*time.Second, "how long to answer, not ready, after SIGTERM")
	flags.DurationVar(&set.Shutdown, "shutdown", 20*time.Second, "how long what has begun may take after that")
	flags.BoolVar(&set.ShowVersion, showVersion, false, "print version and commit, and end")
	problems := fromEnvironment(flags, getenv)
	if err := flags.Parse(args); err != nil {
		return Settings{}, err
	}
	if left := flags.Args(); len(left) > 0 {
		problems = append(problems, problem("arguments", strings.Join(left, " "), "are not flags", "remove them"))
	}
	if err := errors.Join(slices.Concat(problems, set.wrong())...); err != nil {
		return Settings{}, err
	}
	return set, nil
}

// fromEnvironment sets the flags that have a variable.
func fromEnvironment(flags *flag.FlagSet, getenv func(string) string) (problems []error) {
	flags.VisitAll(func(f *flag.Flag) {
		name := strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := getenv(name)
		if f.Name == showVersion || value == "" {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			problems = append(problems, problem(name, value, "is not a value of -"+f.Name, f.Usage))
		}
	})
	return problems
}

var (
	pathPattern  = regexp.MustCompile(`^(/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+$`)
	colorPattern = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
)

// wrong is everything that the settings have no sense in.
func (s Settings) wrong() (problems []error) {
	refuse := func(wrong bool, name, value, fact, remedy string) {
		if wrong {
			problems = append(problems, problem(name, value, fact, remedy))
		}
	}
	refuse(s.Port < 0 || s.Port > 65535, "port", strconv.Itoa(s.Port), "is not a TCP port", "set 1 to 65535")
	refuse(s.BasePath != "" && !pathPattern.MatchString(s.BasePath), "base-path", s.BasePath, "is not a path", "write it as in /web")
	refuse(s.Color != "" && !colorPattern.MatchString(s.Color), "color", s.Color, "is not a color", "write blue or green")
	refuse((s.TLSCertFile == "") != (s.TLSKeyFile == ""), "tls-cert-file", s.TLSCertFile+s.TLSKeyFile, "is one of two", "set tls-cert-file and tls-key-file, or none")
	refuse(s.TLSSelfSigned && s.TLSCertFile != "", "tls-self-signed", "true", "is a second certificate", "set it, or tls-cert-file")
	refuse(s.Drain < 0 || s.Drain > longest, "drain", s.Drain.String(), "is not a time to wait", "set 0s to "+longest.String())
	refuse(s.Shutdown < time.Second || s.Shutdown > longest, "shutdown", s.Shutdown.String(), "is not a time to finish in", "set 1s to "+longest.String())
	return problems
}

func problem(name, value, fact, remedy string) error {
	return fmt.Errorf("%s: %q: %s: %s", name, value, fact, remedy)
}
