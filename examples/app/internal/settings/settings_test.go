package settings_test

import (
	"errors"
	"flag"
	"io"
	"strings"
	"testing"
	"time"

	"example.com/app/internal/settings"
)

func read(args []string, environment map[string]string) (settings.Settings, error) {
	return settings.Read(args, func(name string) string { return environment[name] }, io.Discard)
}

func TestDefaults(t *testing.T) {
	got, err := read(nil, nil)
	want := settings.Settings{Port: 8080, Drain: 5 * time.Second, Shutdown: 20 * time.Second}
	if err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestAFlagWinsOverItsVariable(t *testing.T) {
	got, err := read([]string{"-port=9000", "--tls-self-signed"}, map[string]string{
		"PORT": "9001", "BASE_PATH": "/web", "COLOR": "blue", "DRAIN": "30s", "SHUTDOWN": "1m", "VERSION": "1.4.2",
	})
	want := settings.Settings{Port: 9000, BasePath: "/web", Color: "blue", TLSSelfSigned: true, Drain: 30 * time.Second, Shutdown: time.Minute}
	if err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	got, err = read(nil, map[string]string{"TLS_SELF_SIGNED": "true"})
	if err != nil || !got.TLSSelfSigned {
		t.Errorf("got %+v, %v", got, err)
	}
	got, err = read(nil, map[string]string{"TLS_CERT_FILE": "a", "TLS_KEY_FILE": "b"})
	if err != nil || got.TLSCertFile != "a" || got.TLSKeyFile != "b" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		args        []string
		environment map[string]string
		says        string
	}{
		"a port too high":            {args: []string{"-port=65536"}, says: `port: "65536": is not a TCP port`},
		"a port below zero":          {args: []string{"-port=-1"}, says: `port: "-1": is not a TCP port`},
		"a port of letters":          {environment: map[string]string{"PORT": "tcp://10.0.0.1:80"}, says: `PORT: "tcp://10.0.0.1:80": is not a value of -port`},
		"a path without a slash":     {args: []string{"-base-path=web"}, says: `base-path: "web": is not a path`},
		"a path with one at its end": {args: []string{"-base-path=/web/"}, says: `base-path: "/web/": is not a path`},
		"a path of dots":             {args: []string{"-base-path=/.."}, says: "is not a path"},
		"a path with a wildcard":     {args: []string{"-base-path=/{name}"}, says: "is not a path"},
		"a color with a space":       {args: []string{"-color=dark blue"}, says: "is not a color"},
		"a certificate without key":  {args: []string{"-tls-cert-file=a.pem"}, says: "is one of two"},
		"a key without certificate":  {args: []string{"-tls-key-file=a.pem"}, says: "is one of two"},
		"two certificates":           {args: []string{"-tls-cert-file=a", "-tls-key-file=b", "-tls-self-signed"}, says: "is a second certificate"},
		"a drain below zero":         {args: []string{"-drain=-1s"}, says: "is not a time to wait"},
		"a drain of an hour":         {args: []string{"-drain=1h"}, says: "is not a time to wait"},
		"no time to shut down":       {args: []string{"-shutdown=0s"}, says: "is not a time to finish in"},
		"an hour to shut down":       {args: []string{"-shutdown=1h"}, says: "is not a time to finish in"},
		"a word":                     {args: []string{"serve"}, says: `arguments: "serve": are not flags`},
		"a flag that is not there":   {args: []string{"-debug"}, says: "flag provided but not defined: -debug"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(test.args, test.environment)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v; want %q", err, test.says)
			}
		})
	}
}

func TestEverythingIsSaidAtOnce(t *testing.T) {
	_, err := read([]string{"-port=70000", "-color=A"}, map[string]string{"DRAIN": "soon"})
	for _, says := range []string{"port:", "color:", "DRAIN:"} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %s", err, says)
		}
	}
}

func TestHelpIsNoMistake(t *testing.T) {
	if _, err := read([]string{"-help"}, nil); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("got %v", err)
	}
}
